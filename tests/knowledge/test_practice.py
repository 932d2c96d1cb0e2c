"""A practice refuses what contradicts itself, and tells what it lacks."""

from decimal import Decimal

import attrs
import pytest
from hypothesis import given
from pendulum import Date, DateTime

from utm.domain import (
    BuildingBlock,
    CityId,
    ClimateAmong,
    CoBenefit,
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
    Source,
    ThemeId,
    TopicId,
)
from utm.errors import InvalidValueError
from utm.knowledge import submission_obstacles
from utm.testing.knowledge import practices

BRAGA = PracticeOrigin(country=CountryCode("PT"), city=CityId("pt-braga"))
TEXT = PracticeText(language=LanguageCode("en"), title="Shaded stops", summary="Trees at stops.")
BARE = Practice(
    id=PracticeId("shaded-stops"),
    texts=(TEXT,),
    topics=(TopicId("cooling.shade"),),
    origins=(BRAGA,),
    readiness=Readiness.PILOT,
)
MISTAKE = Lesson(kind=LessonKind.MISTAKE, statement="The trees were planted in July.")
ASKED = NoLimitationReported(reported_by="Braga", reported_on=Date(2026, 1, 5))


def test_a_practice_lies_in_a_continent_a_region_a_country_and_a_city() -> None:
    assert BRAGA.path == ("Europe", "Southern Europe", "PT", "pt-braga")


def test_a_practice_without_a_city_still_lies_in_its_country() -> None:
    origin = PracticeOrigin(country=CountryCode("BR"), name="the coast of Ceará")

    assert origin.path == ("Americas", "South America", "BR")


def test_an_origin_outside_its_country_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="does not lie in ES"):
        PracticeOrigin(country=CountryCode("ES"), city=CityId("pt-braga"))


def test_themes_follow_from_topics_and_stand_once() -> None:
    topics = tuple(map(TopicId, ("mobility.cycling", "cooling.shade", "mobility.charging")))

    assert attrs.evolve(BARE, topics=topics).themes == (ThemeId("mobility"), ThemeId("cooling"))


@pytest.mark.parametrize("part", ["texts", "topics", "origins"])
def test_a_practice_without_text_topic_or_origin_is_refused(part: str) -> None:
    with pytest.raises(InvalidValueError, match="has no"):
        attrs.evolve(BARE, **{part: ()})


@pytest.mark.parametrize("part", ["texts", "topics", "origins"])
def test_a_practice_that_names_a_part_twice_is_refused(part: str) -> None:
    with pytest.raises(InvalidValueError, match="twice"):
        attrs.evolve(BARE, **{part: getattr(BARE, part) * 2})


def test_a_limitation_beside_the_statement_that_there_is_none_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="says that none is reported"):
        attrs.evolve(BARE, lessons=(MISTAKE,), no_limitation=ASKED)


def test_a_limitation_of_a_building_block_counts_for_the_whole() -> None:
    block = BuildingBlock(name="trees", purpose="shade", lessons=(MISTAKE,))

    assert attrs.evolve(BARE, blocks=(block,)).limitations == (MISTAKE,)


def test_a_co_benefit_is_no_limitation() -> None:
    gain = Lesson(
        kind=LessonKind.CO_BENEFIT, statement="Less heat.", co_benefits=(CoBenefit.COOLER_STREETS,)
    )

    assert attrs.evolve(BARE, lessons=(gain,)).limitations == ()


def test_silence_about_limitations_is_a_lack_and_a_statement_is_none() -> None:
    lack = "reports no limitation and does not say that none is known"

    assert lack in submission_obstacles(BARE)
    assert lack not in submission_obstacles(attrs.evolve(BARE, no_limitation=ASKED))
    assert lack not in submission_obstacles(attrs.evolve(BARE, lessons=(MISTAKE,)))


def test_a_bare_practice_is_told_all_its_lacks_at_once() -> None:
    assert len(submission_obstacles(BARE)) == 4


@given(practices())
def test_a_drawn_practice_lacks_nothing(practice: Practice) -> None:
    assert submission_obstacles(practice) == ()


def test_a_practice_cannot_build_on_itself() -> None:
    with pytest.raises(InvalidValueError, match="itself"):
        attrs.evolve(BARE, builds_on=(BARE.id,))


def test_the_strongest_of_several_pieces_of_evidence_counts() -> None:
    pieces = tuple(
        PracticeEvidence(statement="so", strength=strength, source=Source(title="a report"))
        for strength in (EvidenceStrength.TOLD, EvidenceStrength.COMPARED)
    )

    assert attrs.evolve(BARE, evidence=pieces).strongest_evidence is EvidenceStrength.COMPARED
    assert BARE.strongest_evidence is None


def test_strengths_and_readiness_rise_in_the_order_of_their_definition() -> None:
    assert [strength.rank for strength in EvidenceStrength] == [1, 2, 3, 4, 5]
    assert [readiness.rank for readiness in Readiness] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    "statement", ["", "  \n", "null\x00byte", "lone \ud800 surrogate", 7], ids=repr
)
def test_prose_that_says_nothing_or_hides_something_is_refused(statement: object) -> None:
    with pytest.raises(InvalidValueError):
        Lesson(kind=LessonKind.MISTAKE, statement=statement)  # type: ignore[arg-type]


@pytest.mark.parametrize("amount", [Decimal("NaN"), Decimal("Infinity"), 1.5, 3])
def test_money_and_effects_are_finite_decimals_and_nothing_else(amount: object) -> None:
    with pytest.raises(InvalidValueError):
        Effect(indicator="trips", change=amount, unit="share")  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError):
        PracticeCost(
            kind=CostKind.INVESTMENT,
            lowest=amount,  # type: ignore[arg-type]
            highest=amount,  # type: ignore[arg-type]
            currency="EUR",
        )


@pytest.mark.parametrize(("lowest", "highest"), [("-1", "5"), ("5", "1")])
def test_a_cost_below_zero_or_the_wrong_way_round_is_refused(lowest: str, highest: str) -> None:
    with pytest.raises(InvalidValueError, match="negative"):
        PracticeCost(
            kind=CostKind.INVESTMENT,
            lowest=Decimal(lowest),
            highest=Decimal(highest),
            currency="EUR",
        )


COST = PracticeCost(kind=CostKind.INVESTMENT, lowest=Decimal(1), highest=Decimal(5), currency="EUR")


@pytest.mark.parametrize(
    "change",
    [
        {"price_year": "abc"},
        {"price_year": 2019.0},
        {"price_year": True},
        {"price_year": 0},
        {"price_year": 20_190},
        {"per": "\x00"},
        {"per": "  "},
        {"per": "km of\u202e track"},
        {"per": 7},
        {"currency": "QQQ"},
        {"currency": "eur"},
        {"currency": 7},
        {"kind": "investment"},
        {"source": "a report"},
    ],
    ids=repr,
)
def test_a_cost_with_a_part_that_cannot_be_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(InvalidValueError):
        attrs.evolve(COST, **change)


@pytest.mark.parametrize("change", [{"unit": 7}, {"source": "a report"}, {"baseline": 1.5}])
def test_an_effect_with_a_part_that_cannot_be_is_refused(change: dict[str, object]) -> None:
    effect = Effect(indicator="trips", change=Decimal(1), unit="share")

    with pytest.raises(InvalidValueError):
        attrs.evolve(effect, **change)


def test_a_cost_tells_its_year_and_what_it_buys() -> None:
    told = attrs.evolve(COST, price_year=2019, per="km of cycle track", currency="HRK")

    assert (told.price_year, told.per, told.currency) == (2019, "km of cycle track", "HRK")


def test_a_condition_that_asks_for_nothing_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="at least one"):
        ClimateAmong()
    with pytest.raises(InvalidValueError, match="bound"):
        InhabitantsBetween()
    with pytest.raises(InvalidValueError, match="above"):
        InhabitantsBetween(from_inhabitants=100_000, below_inhabitants=100_000)


def test_a_condition_in_words_alone_is_allowed() -> None:
    assert EnablingCondition(statement="A mayor who cycles.").requirement is None


def test_a_statement_on_an_instant_instead_of_a_day_is_refused() -> None:
    with pytest.raises(InvalidValueError, match=r"pendulum\.Date"):
        NoLimitationReported(reported_by="Braga", reported_on=DateTime(2026, 1, 5))
