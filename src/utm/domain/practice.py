"""A practice: what was done where, how well it worked, and what it takes elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import ClassVar

from attrs import frozen

from utm.domain.effect import Effect, PracticeCost
from utm.domain.enabling import EnablingCondition
from utm.domain.identifiers import CityId, Identifier, ThemeId, TopicId
from utm.domain.lesson import Lesson, NoLimitationReported
from utm.domain.names import clean_name
from utm.domain.places import CountryCode, LanguageCode
from utm.domain.practice_evidence import EvidenceStrength, PracticeEvidence, Readiness
from utm.domain.prose import require_distinct, require_prose
from utm.errors import InvalidValueError

__all__ = [
    "BuildingBlock",
    "KnowledgeKind",
    "Practice",
    "PracticeId",
    "PracticeOrigin",
    "PracticeText",
    "SolutionKind",
]


@frozen(order=True)
class PracticeId(Identifier):
    """Key of a practice, e.g. ``guimaraes-green-corridor``."""

    KIND: ClassVar[str] = "practice id"


class SolutionKind(Enum):
    """What a practice is, first of all."""

    POLICY = "policy"
    IMPLEMENTATION = "implementation"
    FUNDING = "funding"


class KnowledgeKind(Enum):
    """What a practice teaches; one may teach several."""

    SYSTEMS_INTEGRATION = "systems integration"
    TECHNOLOGY = "technology"
    POLICY = "policy"
    INVESTMENT_AND_FUNDING = "investment and funding"
    PARTICIPATION = "participation"


@frozen(kw_only=True)
class PracticeOrigin:
    """Where a practice was done.

    Parameters
    ----------
    country
        The country; its continent and region follow from it.
    city
        Key of the city, if it was done in one.
    name
        The place in words, where it is no city that bears a key.
    """

    country: CountryCode
    city: CityId | None = None
    name: str = ""

    def __attrs_post_init__(self) -> None:
        if self.city is not None and self.city.country != self.country:
            raise InvalidValueError(
                kind="origin", value=self.city.value, reason=f"does not lie in {self.country}"
            )

    @property
    def path(self) -> tuple[str, ...]:
        """Continent, region, country and city, as far as known: ``("Europe", …, "fi-turku")``."""
        country = self.country.country
        steps = (country.region, country.subregion, self.country.value)
        return (*steps, self.city.value) if self.city else steps


@frozen(kw_only=True)
class PracticeText:
    """A practice told in one language.

    Parameters
    ----------
    language
        The language.
    title
        One line.
    summary
        A paragraph.
    body
        The whole story; may be empty.
    """

    language: LanguageCode
    title: str
    summary: str
    body: str = ""

    def __attrs_post_init__(self) -> None:
        if clean_name(self.title, kind="title of a practice") != self.title:
            raise InvalidValueError(
                kind="title of a practice",
                value=self.title,
                reason="has stray spaces or is not normalised",
            )
        require_prose(self.summary, kind="summary of a practice")
        if self.body:
            require_prose(self.body, kind="body of a practice")


@frozen(kw_only=True)
class BuildingBlock:
    """A part of a practice that can be taken over by itself.

    Parameters
    ----------
    name
        What it is called, once a practice.
    purpose
        What it is for.
    conditions
        What must hold for this part.
    lessons
        What was learned about this part.
    """

    name: str
    purpose: str
    conditions: tuple[EnablingCondition, ...] = ()
    lessons: tuple[Lesson, ...] = ()

    def __attrs_post_init__(self) -> None:
        require_prose(self.name, kind="name of a building block")
        require_prose(self.purpose, kind="purpose of a building block")


@frozen(kw_only=True)
class Practice:
    """Something that cities did, told so that others can judge and reuse it.

    Parameters
    ----------
    id
        Its key.
    texts
        What is told of it, the original first, at most one text a language.
    topics
        The topics it answers, at least one; its themes follow.
    origins
        Where it was done, at least one place.
    readiness
        How far it has come.
    solution
        What it is, first of all.
    teaches
        What kinds of knowledge it holds.
    blocks
        Parts that can be taken over one by one.
    conditions
        What must hold for the whole.
    lessons
        What was learned from the whole.
    no_limitation
        A statement that nobody knows of a limitation; never beside a limitation.
    evidence
        What shows that it works.
    costs, effects
        What it costs and achieves, with units.
    authors
        Organisations that did or wrote it; they never evaluate it.
    builds_on
        Practices that it was made from.

    Raises
    ------
    InvalidValueError
        A part is missing or stands twice, or two parts contradict each other.
    """

    id: PracticeId
    texts: tuple[PracticeText, ...]
    topics: tuple[TopicId, ...]
    origins: tuple[PracticeOrigin, ...]
    readiness: Readiness
    solution: SolutionKind = SolutionKind.IMPLEMENTATION
    teaches: tuple[KnowledgeKind, ...] = ()
    blocks: tuple[BuildingBlock, ...] = ()
    conditions: tuple[EnablingCondition, ...] = ()
    lessons: tuple[Lesson, ...] = ()
    no_limitation: NoLimitationReported | None = None
    evidence: tuple[PracticeEvidence, ...] = ()
    costs: tuple[PracticeCost, ...] = ()
    effects: tuple[Effect, ...] = ()
    authors: tuple[str, ...] = ()
    builds_on: tuple[PracticeId, ...] = ()

    def __attrs_post_init__(self) -> None:
        for kind, parts in (
            ("text", self.texts),
            ("topic", self.topics),
            ("origin", self.origins),
        ):
            if not parts:
                raise InvalidValueError(
                    kind="practice", value=self.id.value, reason=f"has no {kind}"
                )
        require_distinct([text.language for text in self.texts], kind="texts of a practice")
        require_distinct(self.topics, kind="topics of a practice")
        require_distinct(self.origins, kind="origins of a practice")
        require_distinct([b.name for b in self.blocks], kind="building blocks of a practice")
        if self.id in self.builds_on:
            raise InvalidValueError(
                kind="practice", value=self.id.value, reason="cannot build on itself"
            )
        if self.no_limitation and self.limitations:
            raise InvalidValueError(
                kind="practice",
                value=self.id.value,
                reason="reports limitations and says that none is reported",
            )

    @property
    def title(self) -> str:
        """Title of the original text."""
        return self.texts[0].title

    @property
    def themes(self) -> tuple[ThemeId, ...]:
        """Themes of its topics, each once, in order of the topics."""
        return tuple(dict.fromkeys(topic.theme for topic in self.topics))

    @property
    def cities(self) -> tuple[CityId, ...]:
        """Cities where it was done, as far as they bear a key."""
        return tuple(origin.city for origin in self.origins if origin.city is not None)

    @property
    def limitations(self) -> tuple[Lesson, ...]:
        """Mistakes and trade-offs, of the whole and of its parts."""
        return tuple(lesson for lesson in self.all_lessons() if lesson.kind.is_limitation)

    @property
    def strongest_evidence(self) -> EvidenceStrength | None:
        """Strength of its best piece of evidence; ``None`` where it has none."""
        strengths = [piece.strength for piece in self.evidence]
        return max(strengths, key=lambda strength: strength.rank, default=None)

    def all_lessons(self) -> Iterator[Lesson]:
        """Lessons of the whole, then of each building block."""
        yield from self.lessons
        for block in self.blocks:
            yield from block.lessons

    def all_conditions(self) -> Iterator[tuple[BuildingBlock | None, EnablingCondition]]:
        """Conditions with the building block that they belong to, ``None`` for the whole."""
        for condition in self.conditions:
            yield None, condition
        for block in self.blocks:
            for condition in block.conditions:
                yield block, condition
