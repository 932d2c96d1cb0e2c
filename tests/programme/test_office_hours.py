import pytest
from hypothesis import given
from hypothesis import strategies as st
from pendulum import Date, DateTime

from tests.programme.meeting_groups import LISTED_GROUPS
from tests.programme.test_time_zones import ALL_ZONES, DAYS, wall_minute
from utm.domain import TimeZone
from utm.errors import InvalidValueError
from utm.programme import (
    OfficeHours,
    common_office_minutes,
    common_office_minutes_in_worst_season,
)
from utm.programme.time_zones import MINUTES_A_DAY, minute_of

ZONES = st.sampled_from(ALL_ZONES)


def zones(*names: str) -> list[TimeZone]:
    return [TimeZone(name) for name in names]


@pytest.mark.parametrize("number", LISTED_GROUPS)
def test_listed_group_shares_the_office_hours_that_were_counted(number: int) -> None:
    group = LISTED_GROUPS[number]
    shared = common_office_minutes_in_worst_season(group.zones, 2026)
    assert shared == group.common_office_hours * 60


def test_rio_varanasi_and_yenisehir_share_no_office_hour() -> None:
    group = zones("America/Sao_Paulo", "Asia/Kolkata", "Europe/Istanbul")
    assert common_office_minutes_in_worst_season(group, 2025) == 0


def test_kisumu_and_mersin_share_all_eight_hours_on_every_day() -> None:
    group = zones("Africa/Nairobi", "Europe/Istanbul")
    assert {common_office_minutes(group, Date(2025, month, 1)) for month in range(1, 13)} == {480}


def test_ann_arbor_and_lviv_share_more_while_only_one_clock_has_changed() -> None:
    group = zones("America/Detroit", "Europe/Kyiv")
    assert common_office_minutes(group, Date(2025, 3, 8)) == 60
    assert common_office_minutes(group, Date(2025, 3, 10)) == 120


def test_offices_on_both_sides_of_the_date_line_share_hours() -> None:
    assert (
        common_office_minutes(zones("Pacific/Auckland", "Pacific/Honolulu"), Date(2027, 1, 15)) > 0
    )


@given(group=st.lists(ZONES, min_size=1, max_size=3), day=DAYS)
def test_common_minutes_are_those_at_which_every_clock_shows_office_hours(
    group: list[str], day: Date
) -> None:
    midnight = minute_of(day)
    expected = sum(
        all(540 <= wall_minute(zone, instant) % MINUTES_A_DAY < 1020 for zone in group)
        for instant in range(midnight, midnight + MINUTES_A_DAY)
    )
    assert common_office_minutes(zones(*group), day) == expected


@given(group=st.lists(ZONES, min_size=1, max_size=4), other=ZONES, day=DAYS)
def test_one_more_member_never_adds_common_minutes(group: list[str], other: str, day: Date) -> None:
    alone = common_office_minutes(zones(*group), day)
    assert common_office_minutes(zones(other, *reversed(group)), day) <= alone


@given(start=st.integers(0, 1350), length=st.integers(1, 90))
def test_burden_is_zero_exactly_within_preferred_hours(start: int, length: int) -> None:
    burden = OfficeHours().burden_minutes(start, start + length)
    assert (burden == 0) == (start >= 540 and start + length <= 1020)


@given(start=st.integers(0, 1349), later=st.integers(1, 60))
def test_burden_grows_with_the_distance_from_the_office_day(start: int, later: int) -> None:
    hours = OfficeHours()
    if start + later <= 540:
        assert hours.burden_minutes(start, start + 90) > hours.burden_minutes(
            start + later, start + later + 90
        )
    if start + 90 >= 1020:
        assert hours.burden_minutes(start + later, start + later + 90) > hours.burden_minutes(
            start, start + 90
        )


def test_burden_of_the_documented_examples() -> None:
    hours = OfficeHours()
    assert hours.burden_minutes(7 * 60 + 30, 9 * 60) == 90
    assert hours.burden_minutes(18 * 60, 19 * 60 + 30) == 150
    assert hours.burden_minutes(8 * 60, 18 * 60) == 120


@pytest.mark.parametrize(
    "bounds",
    [
        {"preferred_from": 400},
        {"preferred_to": 1300},
        {"preferred_from": 600, "preferred_to": 600},
        {"acceptable_from": -1},
        {"acceptable_to": 1441},
        {"preferred_from": 540.0},
        {"preferred_from": True, "acceptable_from": 0},
    ],
)
def test_impossible_hours_are_refused(bounds: dict[str, int]) -> None:
    with pytest.raises(InvalidValueError, match="office hours"):
        OfficeHours(**bounds)


@given(minutes=st.integers(0, 3000))
def test_widened_hours_stay_within_the_day_and_keep_the_preferred_ones(minutes: int) -> None:
    hours, wider = OfficeHours(), OfficeHours().widened(minutes)
    assert wider.acceptable_from == max(0, hours.acceptable_from - minutes)
    assert wider.acceptable_to == min(1440, hours.acceptable_to + minutes)
    assert (wider.preferred_from, wider.preferred_to) == (540, 1020)


def test_common_minutes_of_nobody_are_refused() -> None:
    with pytest.raises(InvalidValueError, match="must not be empty"):
        common_office_minutes([], Date(2027, 1, 1))


def test_a_date_with_a_time_is_refused() -> None:
    with pytest.raises(InvalidValueError, match=r"not exactly a pendulum\.Date"):
        common_office_minutes(zones("Asia/Kolkata"), DateTime(2027, 1, 1))
