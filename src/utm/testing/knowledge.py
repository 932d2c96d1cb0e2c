"""Strategies for practices, and the laws of their indexes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from attrs import evolve
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from pendulum import Date

from utm.domain import (
    BuildingBlock,
    CityId,
    ClimateAmong,
    CoastBetween,
    CostKind,
    CountryCode,
    Effect,
    EnablingCondition,
    EvidenceStrength,
    InhabitantsBetween,
    LanguageCode,
    Lesson,
    LessonKind,
    NoLimitationReported,
    Practice,
    PracticeCost,
    PracticeEvidence,
    PracticeId,
    PracticeOrigin,
    PracticeText,
    Readiness,
    SolutionKind,
    Source,
    TopicId,
)
from utm.knowledge import (
    Facet,
    FacetKind,
    IndexEntry,
    MemoryIndex,
    PracticeIndex,
    Question,
    entry_of,
)

__all__ = [
    "HOSTILE",
    "WORDS",
    "HashingEmbedder",
    "index_laws",
    "practices",
    "questions",
    "sentences",
]

WORDS = (
    "bus", "buses", "cycling", "cooling", "roof", "roofs", "river", "heat", "pump", "shade",
    "trees", "calle", "calles", "energia", "énergie", "énergies", "ısıtma", "Straße", "vélo",
    "能源", "城市能源", "พลังงาน", "ऊर्जा", "طاقة", "город", "городской", "the", "and", "de", "la",
)  # fmt: skip
"""Words of many scripts, some with their inflections, some that carry no meaning."""

_LANGUAGES = ("en", "es", "fr", "tr", "ru", "de", "zh", "th", "hi", "ar")
_TOPICS = ("mobility.cycling", "mobility.charging", "cooling.shade", "energy.heat-pumps")
_CITIES = ("fi-turku", "pt-braga", "ec-cuenca", "ar-mendoza", "tr-mersin", "in-panaji")


def sentences(*, most_words: int = 8) -> st.SearchStrategy[str]:
    """Some words in a row, at least one."""
    return st.lists(st.sampled_from(WORDS), min_size=1, max_size=most_words).map(" ".join)


def _texts() -> st.SearchStrategy[tuple[PracticeText, ...]]:
    text = st.builds(
        PracticeText,
        language=st.sampled_from(_LANGUAGES).map(LanguageCode),
        title=sentences(most_words=4),
        summary=sentences(),
        body=st.one_of(st.just(""), sentences(most_words=20)),
    )
    return st.lists(text, min_size=1, max_size=3, unique_by=lambda one: one.language).map(tuple)


def _origins() -> st.SearchStrategy[tuple[PracticeOrigin, ...]]:
    origin = st.sampled_from(_CITIES).map(
        lambda key: PracticeOrigin(country=CountryCode(key[:2].upper()), city=CityId(key))
    )
    return st.lists(origin, min_size=1, max_size=2, unique=True).map(tuple)


def _conditions() -> st.SearchStrategy[tuple[EnablingCondition, ...]]:
    requirement = st.sampled_from(
        (
            None,
            ClimateAmong(main_groups=("B", "C")),
            CoastBetween(below_kilometres=30),
            InhabitantsBetween(from_inhabitants=100_000),
        )
    )
    condition = st.builds(EnablingCondition, statement=sentences(), requirement=requirement)
    return st.lists(condition, min_size=1, max_size=3).map(tuple)


_EVIDENCE = st.builds(
    PracticeEvidence,
    statement=sentences(),
    strength=st.sampled_from(EvidenceStrength),
    source=st.just(Source(title="a report")),
)
_COST = st.builds(
    PracticeCost,
    kind=st.sampled_from(CostKind),
    lowest=st.just(Decimal(1000)),
    highest=st.sampled_from((Decimal(1000), Decimal(25_000))),
    currency=st.sampled_from(("EUR", "USD", "TRY")),
)
_EFFECT = st.builds(
    Effect,
    indicator=sentences(),
    change=st.sampled_from((Decimal("-12.5"), Decimal(3))),
    unit=st.just("t CO2e per year"),
)


@st.composite
def practices(draw: st.DrawFn, *, key: str | None = None) -> Practice:
    """Practices that are complete enough to be handed in.

    Parameters
    ----------
    key
        Id of the practice; drawn from a few short ones if not given.
    """
    warnings = st.builds(
        Lesson,
        kind=st.sampled_from((LessonKind.MISTAKE, LessonKind.TRADE_OFF)),
        statement=sentences(),
    )
    lessons = draw(st.lists(warnings, max_size=2).map(tuple))
    asked = NoLimitationReported(reported_by="the city", reported_on=Date(2026, 1, 5))
    return Practice(
        id=PracticeId(key or draw(st.from_regex(r"p-[0-9]{1,3}", fullmatch=True))),
        texts=draw(_texts()),
        topics=draw(
            st.lists(st.sampled_from(_TOPICS), min_size=1, max_size=2, unique=True).map(
                lambda topics: tuple(TopicId(topic) for topic in topics)
            )
        ),
        origins=draw(_origins()),
        readiness=draw(st.sampled_from(Readiness)),
        solution=draw(st.sampled_from(SolutionKind)),
        blocks=(BuildingBlock(name="the whole", purpose=draw(sentences())),),
        conditions=draw(_conditions()),
        lessons=lessons,
        no_limitation=None if lessons else asked,
        evidence=draw(st.lists(_EVIDENCE, min_size=1, max_size=2).map(tuple)),
        costs=draw(st.lists(_COST, max_size=1).map(tuple)),
        effects=draw(st.lists(_EFFECT, max_size=1).map(tuple)),
    )


def questions() -> st.SearchStrategy[Question]:
    """Questions of which many find something, and some are hostile."""
    facet = st.one_of(
        st.sampled_from(_TOPICS).map(lambda topic: Facet(FacetKind.TOPIC, topic)),
        st.sampled_from(("europe", "asia", "americas")).map(
            lambda name: Facet(FacetKind.CONTINENT, name)
        ),
        st.sampled_from(_LANGUAGES).map(lambda name: Facet(FacetKind.LANGUAGE, name)),
        st.sampled_from(Readiness).map(lambda stage: Facet.of(FacetKind.READINESS, stage.value)),
    )
    hostile = st.sampled_from(HOSTILE)
    return st.builds(
        Question,
        words=st.one_of(st.just(""), sentences(), hostile, st.text(max_size=12)),
        languages=st.lists(st.sampled_from(_LANGUAGES).map(LanguageCode), max_size=2).map(tuple),
        facets=st.lists(facet, max_size=3).map(tuple),
        all_words=st.booleans(),
    )


HOSTILE = (
    '"', "'", '" OR "', "title:heat", "facets : europe", "heat NEAR(pump)", "heat*", "^heat",
    "heat AND", "NOT heat", "-heat", "{title} : heat", "heat\x00pump", "\ud800", "(" * 50, "%", "_",
    "'; DROP TABLE utm_entry; --", "heat " * 300, "topic_mobility.cycling", "\u202eheat",
)  # fmt: skip
"""Texts that break out of a careless query language, or break it."""


class HashingEmbedder:
    """An embedder without a model: each word is a place and a sign drawn from its hash.

    Parameters
    ----------
    likewise
        Words that are to mean the same as others.
    """

    name = "hashing"
    version = "1"
    dimensions = 64

    def __init__(self, *, likewise: Mapping[str, str] | None = None) -> None:
        self._likewise = dict(likewise or {})

    def encode_texts(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """One vector a text."""
        return [self._encode(text) for text in texts]

    def encode_questions(self, questions: Sequence[str]) -> Sequence[Sequence[float]]:
        """One vector a question."""
        return [self._encode(question) for question in questions]

    def _encode(self, text: str) -> list[float]:
        vector = [0.0] * self.dimensions
        for word in text.casefold().split():
            meant = self._likewise.get(word, word)
            digest = hashlib.sha256(meant.encode("utf-8", "surrogatepass")).digest()
            vector[digest[0] % self.dimensions] += 1.0 if digest[1] % 2 else -1.0
        return vector


def index_laws(
    make: Callable[[], PracticeIndex], *, exact: bool = True
) -> type[RuleBasedStateMachine]:
    """A machine that puts, replaces, removes and asks in any order, and checks the laws.

    Every answer is held against an index made anew in memory from what is in the index, so
    that order and history cannot matter. Take its ``TestCase`` into a test module.

    Parameters
    ----------
    make
        Makes an empty index.
    exact
        Whether order and scores must be those of `MemoryIndex`; without it only what is found
        is compared, and that scores fall and equal ones stand in order of their keys.
    """

    class IndexLaws(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.index = make()
            self.held: dict[PracticeId, IndexEntry] = {}

        @rule(told=st.lists(practices(), max_size=4, unique_by=lambda practice: practice.id))
        def put(self, told: list[Practice]) -> None:
            entries = [entry_of(practice) for practice in told]
            self.index.put(entries)
            self.held |= {entry.id: entry for entry in entries}

        @rule(pick=st.integers(0, 10))
        def remove(self, pick: int) -> None:
            keys = sorted(self.held)
            key = keys[pick % len(keys)] if keys else PracticeId("nobody")
            _demand(self.index.remove(key) == bool(keys), "tells whether it removed something")
            _demand(not self.index.remove(key), "removes nothing twice")
            self.held.pop(key, None)

        @rule(question=questions(), limit=st.integers(0, 12))
        def ask(self, question: Question, limit: int) -> None:
            reference = MemoryIndex()
            reference.put(self.held[key] for key in sorted(self.held, reverse=True))
            everything = reference.search(question, limit=len(self.held))
            hits = self.index.search(question, limit=limit)
            if exact:
                _demand(hits == everything[:limit], "answers as the reference does")
                return
            found = {hit.practice for hit in hits}
            allowed = {hit.practice for hit in everything}
            _demand(len(found) == min(limit, len(everything)), "finds as many as there are")
            _demand(found <= allowed, "finds what the reference finds")
            ordered = tuple(sorted(hits, key=lambda hit: (-hit.score, hit.practice)))
            _demand(hits == ordered, "orders by score, then by key")

        @invariant()
        def what_is_in_is_known(self) -> None:
            _demand(len(self.index) == len(self.held), "counts what it holds")
            _demand(all(key in self.index for key in self.held), "knows what it holds")
            for entry in self.held.values():
                _demand(self.index.holds(entry), "knows exactly what it holds of a practice")
                other = evolve(entry, texts=entry.texts[1:])
                _demand(not self.index.holds(other), "knows what it does not hold of one")

    return IndexLaws


def _demand(holds: bool, law: str) -> None:  # noqa: FBT001
    # A statement 'assert' would be stripped from a library that is run optimised.
    if not holds:
        message = f"an index {law}"
        raise AssertionError(message)
