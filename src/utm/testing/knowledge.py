"""Strategies for practices and their parts."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st
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

__all__ = ["WORDS", "practices", "sentences"]

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
