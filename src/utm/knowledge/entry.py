"""What an index holds of a practice: its words by field and language, and its facets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum

from attrs import evolve, field, frozen

from utm.domain.identifiers import TopicId
from utm.domain.names import fold_name
from utm.domain.places import LanguageCode
from utm.domain.practice import Practice, PracticeId
from utm.domain.taxonomy import Taxonomy, Topic
from utm.errors import InvalidValueError

__all__ = ["EntryText", "Facet", "FacetKind", "IndexEntry", "TopicNames", "entry_of"]

TopicNames = Mapping[LanguageCode, Taxonomy]
"""The names of themes and topics by language."""

_KEYS_ARE_IN = LanguageCode("en")


class FacetKind(Enum):
    """What practices can be filtered by."""

    THEME = "theme"
    TOPIC = "topic"
    CONTINENT = "continent"
    REGION = "region"
    COUNTRY = "country"
    CITY = "city"
    LANGUAGE = "language"
    READINESS = "readiness"
    EVIDENCE = "evidence"
    SOLUTION = "solution"
    KNOWLEDGE = "knowledge"
    LESSON = "lesson"
    CO_BENEFIT = "cobenefit"


@frozen
class Facet:
    """One thing that a practice is, and by which it can be found.

    Parameters
    ----------
    kind
        What kind of thing, e.g. a country.
    value
        The thing in lower-case words joined by hyphens, e.g. ``pt`` or ``southern-europe``.

    Attributes
    ----------
    term
        The facet as an index writes it; no word of a text can look like it.
    """

    kind: FacetKind
    value: str
    term: str = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        plain = self.value.replace("-", "").replace(".", "")
        if not (plain.isascii() and plain.isalnum() and plain == plain.lower()):
            raise InvalidValueError(
                kind="facet", value=self.value, reason="is not of the form 'some-words'"
            )
        object.__setattr__(self, "term", f"{self.kind.value}_{self.value}")

    @classmethod
    def of(cls, kind: FacetKind, text: str) -> Facet:
        """Read a facet tolerantly: ``"Southern Europe"`` becomes ``southern-europe``."""
        if kind is FacetKind.TOPIC:
            return cls(kind, text.strip().lower())
        return cls(kind, fold_name(text).replace(" ", "-"))


@frozen(kw_only=True)
class EntryText:
    """What is searched of a practice in one language.

    Parameters
    ----------
    language
        The language.
    title, summary, body
        The practice in words; words of the title count twice.
    topics
        Names of its themes and topics.
    """

    language: LanguageCode
    title: str = ""
    summary: str = ""
    body: str = ""
    topics: str = ""


@frozen(kw_only=True)
class IndexEntry:
    """What an index holds of a practice.

    Parameters
    ----------
    id
        Key of the practice.
    texts
        Its words, at least in one language.
    facets
        What it can be filtered by, each once.
    """

    id: PracticeId
    texts: tuple[EntryText, ...]
    facets: tuple[Facet, ...] = ()


def entry_of(practice: Practice, *, topic_names: TopicNames | None = None) -> IndexEntry:
    """Turn a practice into what an index holds of it.

    Building blocks, conditions, lessons and effects belong to the body of the original
    text, so that a search finds mistakes too.

    Parameters
    ----------
    practice
        The practice.
    topic_names
        Names by which its topics are found, by language; a topic without an English name is
        found by the words of its key.
    """
    original = practice.texts[0].language
    texts = {
        text.language: EntryText(
            language=text.language,
            title=text.title,
            summary=text.summary,
            body="\n".join([text.body, *_parts(practice)])
            if text.language == original
            else text.body,
        )
        for text in practice.texts
    }
    for language, names in _topics(practice, topic_names or {}):
        text = texts.get(language, EntryText(language=language))
        texts[language] = evolve(text, topics=names)
    return IndexEntry(
        id=practice.id,
        texts=tuple(texts.values()),
        facets=tuple(sorted(set(_facets(practice)), key=lambda facet: facet.term)),
    )


def _topics(practice: Practice, names: TopicNames) -> Iterator[tuple[LanguageCode, str]]:
    for language in sorted({*names, _KEYS_ARE_IN}):
        told: dict[str, None] = {}
        for key in practice.topics:
            topic = _named(key, names.get(language))
            if topic is not None:
                told |= dict.fromkeys((names[language].theme(key.theme).label, topic.label))
            elif language == _KEYS_ARE_IN:
                told[key.value.replace(".", ", ").replace("-", " ")] = None
        if told:
            yield language, ", ".join(told)


def _named(key: TopicId, taxonomy: Taxonomy | None) -> Topic | None:
    if taxonomy is None:
        return None
    try:
        return taxonomy.topic(key)
    except InvalidValueError:
        return None


def _parts(practice: Practice) -> Iterator[str]:
    for block in practice.blocks:
        yield from (block.name, block.purpose)
    for _, condition in practice.all_conditions():
        yield condition.statement
    for lesson in practice.all_lessons():
        yield lesson.statement
    for effect in practice.effects:
        yield effect.indicator


def _facets(practice: Practice) -> Iterator[Facet]:
    for topic in practice.topics:
        yield Facet(FacetKind.TOPIC, topic.value)
        yield Facet.of(FacetKind.THEME, topic.theme.value)
    for origin in practice.origins:
        places = (FacetKind.CONTINENT, FacetKind.REGION, FacetKind.COUNTRY, FacetKind.CITY)
        for kind, step in zip(places, origin.path, strict=False):
            if step:
                yield Facet.of(kind, step)
    for text in practice.texts:
        yield Facet(FacetKind.LANGUAGE, text.language.value)
    yield Facet.of(FacetKind.READINESS, practice.readiness.value)
    yield Facet.of(FacetKind.SOLUTION, practice.solution.value)
    if practice.strongest_evidence is not None:
        yield Facet.of(FacetKind.EVIDENCE, practice.strongest_evidence.value)
    for taught in practice.teaches:
        yield Facet.of(FacetKind.KNOWLEDGE, taught.value)
    for lesson in practice.all_lessons():
        yield Facet.of(FacetKind.LESSON, lesson.kind.value)
        yield from (Facet.of(FacetKind.CO_BENEFIT, gain.value) for gain in lesson.co_benefits)
