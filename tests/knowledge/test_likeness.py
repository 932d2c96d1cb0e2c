"""Likeness is symmetric, explained part by part, and what is unknown stays unknown."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.knowledge.cities import BRAGA, CUENCA, MERSIN, city, figure
from utm.domain import (
    ClimateClass,
    GovernmentKind,
    IncomeGroup,
    LanguageCode,
    Unknown,
    UnknownReason,
)
from utm.errors import InvalidValueError
from utm.knowledge import ContextPart, ContextWeights, likeness

NOWHERE = city("in-panaji")
UNKNOWN = Unknown(reason=UnknownReason.NOT_REPORTED)


def or_unknown(values: st.SearchStrategy) -> st.SearchStrategy:
    return st.one_of(st.just(UNKNOWN), values)


cities = st.builds(
    city,
    st.sampled_from(("pt-braga", "tr-mersin", "ec-cuenca")),
    climate=or_unknown(st.sampled_from(("Csa", "Csb", "BWh", "Dfb")).map(ClimateClass)),
    populations=st.lists(st.integers(1, 10**7).map(figure), max_size=3).map(tuple),
    income=or_unknown(st.sampled_from(IncomeGroup)),
    coast_kilometres=or_unknown(st.integers(0, 900)),
    elevation_metres=or_unknown(st.integers(-10, 4_000)),
    government=or_unknown(st.sampled_from(GovernmentKind)),
    languages=st.lists(
        st.sampled_from(("pt", "es", "en")).map(LanguageCode), max_size=2, unique=True
    ).map(tuple),
)


def part(left: object, right: object, name: ContextPart) -> object:
    return next(one for one in likeness(left, right).parts if one.part is name).millionths


@given(cities, cities)
def test_likeness_is_symmetric_and_lies_between_its_bounds(left: object, right: object) -> None:
    there, back = likeness(left, right), likeness(right, left)

    assert (there.lowest, there.highest, there.coefficient) == (
        back.lowest,
        back.highest,
        back.coefficient,
    )
    assert there.unknown_parts == back.unknown_parts
    assert 0 <= there.lowest <= there.highest <= 1_000_000
    if there.coefficient is not None:
        assert there.lowest <= there.coefficient <= there.highest


@given(cities)
def test_a_city_is_like_itself_in_all_that_is_known(one: object) -> None:
    same = likeness(one, one)

    assert same.coefficient in {None, 1_000_000}
    assert same.highest == 1_000_000


@given(cities, cities)
def test_learning_a_fact_only_narrows_the_bounds(left: object, right: object) -> None:
    known = likeness(left, right)
    forgotten = likeness(attrs.evolve(left, climate=UNKNOWN), right)

    assert forgotten.lowest <= known.lowest
    assert known.highest <= forgotten.highest


def test_two_cities_of_which_nothing_is_known_may_be_anything() -> None:
    nothing = likeness(NOWHERE, NOWHERE)

    assert (nothing.lowest, nothing.coefficient, nothing.highest) == (0, None, 1_000_000)
    assert nothing.unknown_parts == tuple(ContextPart)


def test_the_parts_of_a_comparison_add_up_by_hand() -> None:
    # Climate: same group, other class. Population: 190,000 and 948,683 are 10^0.698 apart.
    # Income: one of three steps. Coast: both within 30 km. Elevation: 190 m of 1,000 m.
    found = likeness(BRAGA, MERSIN)

    assert [one.millionths for one in found.parts] == [
        500_000,
        302_000,
        666_666,
        1_000_000,
        810_000,
        0,
        0,
    ]
    by_hand = 25 * 500_000 + 20 * 302_000 + 20 * 666_666 + 10 * 1_000_000 + 10 * 810_000
    assert found.lowest == found.highest == by_hand // 100


def test_ten_times_the_inhabitants_is_nothing_alike() -> None:
    large = city("es-large", populations=(figure(1_000_000),))
    small = city("es-small", populations=(figure(100_000),))

    assert part(large, small, ContextPart.POPULATION) == 0


def test_doubted_figures_do_not_count_and_figures_far_apart_are_a_conflict() -> None:
    doubted = city("es-a", populations=(figure(100_000), figure(1_000_000, doubt="a digit more")))
    apart = city("es-b", populations=(figure(100_000), figure(300_001)))
    near = city("es-c", populations=(figure(100_000), figure(300_000)))

    assert part(doubted, doubted, ContextPart.POPULATION) == 1_000_000
    assert part(apart, near, ContextPart.POPULATION).reason is UnknownReason.CONFLICTING
    assert isinstance(part(near, near, ContextPart.POPULATION), int)


def test_a_part_of_weight_zero_is_left_out() -> None:
    weights = ContextWeights(
        climate=0, population=0, income=0, coast=0, government=0, language=1, elevation=1
    )

    parts = [one.part for one in likeness(BRAGA, CUENCA, weights=weights).parts]

    assert parts == [ContextPart.ELEVATION, ContextPart.LANGUAGE]


@pytest.mark.parametrize("wrong", [-1, 0.5])
def test_weights_are_whole_and_not_negative(wrong: object) -> None:
    with pytest.raises(InvalidValueError):
        ContextWeights(climate=wrong)


def test_weights_that_are_all_zero_are_refused() -> None:
    with pytest.raises(InvalidValueError):
        ContextWeights(**dict.fromkeys((one.value for one in ContextPart), 0))
