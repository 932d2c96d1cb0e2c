"""Announced sizes: golden facts of the mission, reconciled and never overwritten."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pendulum import Date

from utm.domain import CohortCount, CohortTarget, Observation, Source
from utm.errors import InvalidValueError
from utm.programme.cohort import compare_announced_sizes, outcome_of, pace_between, pace_to
from utm.reference.announcements import announcements


def test_the_two_announced_waves_add_up_to_the_announced_97() -> None:
    compared = compare_announced_sizes(announcements())
    at_the_second_wave = [one for one in compared if one.day == Date(2023, 12, 12)]

    assert [one.announced.value.cities for one in at_the_second_wave] == [97]
    assert [one.from_waves for one in at_the_second_wave] == [48 + 49]
    assert [one.waves_difference for one in at_the_second_wave] == [0]


def test_the_145_of_2026_are_48_more_than_any_announced_wave_explains() -> None:
    latest = next(
        one
        for one in compare_announced_sizes(announcements(), named=60)
        if one.announced.value.cities == 145
    )

    assert latest.day == Date(2026, 12, 31)
    assert latest.waves_difference == 48
    assert latest.unnamed == 85
    assert latest.sentence.endswith(
        "tells of 145 cities in 2026: the announced waves add up to 97, "
        "a difference of +48; the register can name 60."
    )


def test_a_count_without_a_day_is_compared_with_nothing() -> None:
    undated = [one for one in compare_announced_sizes(announcements(), named=60) if one.day is None]

    assert sorted(one.announced.value.cities for one in undated) == [50, 97]
    assert {(one.from_waves, one.named, one.unnamed) for one in undated} == {(None, None, None)}


def test_from_mid_2026_there_are_155_cities_to_go_at_34_a_year() -> None:
    pace = pace_to(CohortTarget(cities=300, by_year=2030), cities=145, on=Date(2026, 7, 1))

    assert pace.cities == 155
    assert round(pace.cities_a_year) == 34


def test_a_target_whose_year_is_over_has_no_pace() -> None:
    with pytest.raises(InvalidValueError):
        pace_to(CohortTarget(cities=300, by_year=2024), cities=145, on=Date(2026, 7, 1))


@given(st.integers(1, 400), st.integers(0, 400), st.integers(-30, 30))
def test_a_target_has_a_pace_until_its_day_and_then_an_outcome(
    wanted: int, cities: int, later: int
) -> None:
    due = Date(2030, 12, 31)
    target, on = CohortTarget(cities=wanted, by_year=2030), due.add(days=later)

    if on < due:
        assert pace_to(target, cities=cities, on=on).cities == max(wanted - cities, 0)
        with pytest.raises(InvalidValueError, match="is before 2030-12-31"):
            outcome_of(target, cities=cities, counted_on=on, on=on)
        return
    with pytest.raises(InvalidValueError):
        pace_to(target, cities=cities, on=on)
    outcome = outcome_of(target, cities=cities, counted_on=due, on=on)
    assert cities + outcome.missed_by == max(wanted, cities)
    assert ("missed by" in outcome.sentence) is (cities < wanted)
    assert "its day has come" in outcome.sentence
    with pytest.raises(InvalidValueError, match="is after 2030-12-31"):
        outcome_of(target, cities=cities, counted_on=due.add(days=1), on=on)


def test_the_outcome_tells_by_how_many_cities_a_target_was_missed_or_met() -> None:
    due = Date(2030, 12, 31)
    told = [
        outcome_of(CohortTarget(cities=300, by_year=2030), cities=cities, counted_on=due, on=due)
        for cities in (145, 299, 300, 312)
    ]

    assert [one.sentence.partition("it was ")[2] for one in told] == [
        "missed by 155 cities, 145 being counted on 2030-12-31.",
        "missed by 1 city, 299 being counted on 2030-12-31.",
        "met exactly, 300 being counted on 2030-12-31.",
        "met, with 12 more, 312 being counted on 2030-12-31.",
    ]


def test_the_second_wave_came_at_45_cities_a_year() -> None:
    counts = [
        one
        for one in announcements()
        if isinstance(one.value, CohortCount) and one.as_of is not None
    ]
    first, second = (
        Observation(value=one.value, source=one.source, as_of=one.as_of)
        for one in counts[:2]
        if isinstance(one.value, CohortCount)
    )

    pace = pace_between(first, second)

    assert pace.cities == 49
    assert round(pace.cities_a_year, 1) == 45.5


def test_two_counts_without_days_have_no_pace_between_them() -> None:
    undated = Observation(value=CohortCount(cities=50), source=Source(title="home page"))
    with pytest.raises(InvalidValueError):
        pace_between(undated, undated)
