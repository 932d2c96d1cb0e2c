from datetime import UTC, datetime
from importlib import resources
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pendulum import Date

from tests.programme.meeting_groups import LISTED_GROUPS
from utm.domain import TimeZone
from utm.errors import InvalidValueError
from utm.programme.time_zones import (
    MINUTES_A_DAY,
    date_of,
    instant_of,
    intersect,
    local_minute,
    minute_of,
    offset_spells,
    time_zone_data_version,
    total_minutes,
    windows_within,
    zone_info_of,
)

ALL_ZONES = [
    name
    for name in resources.files("tzdata").joinpath("zones").read_text().split()
    if "/" in name and name != "Africa/Monrovia"
]
LISTED_ZONES = sorted({zone.value for group in LISTED_GROUPS.values() for zone in group.zones})
CLOCKS_THAT_LEAP = [
    "Europe/Lisbon",
    "America/New_York",
    "America/Santiago",
    "America/Havana",
    "Africa/Casablanca",
    "Africa/Cairo",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Pacific/Chatham",
]
DAYS = st.dates(min_value=Date(1990, 1, 1), max_value=Date(2035, 1, 1)).map(
    lambda day: Date(day.year, day.month, day.day)
)
WINDOWS = st.lists(st.integers(0, 60), max_size=12, unique=True).map(
    lambda bounds: list(
        zip(sorted(bounds)[0::2], sorted(bounds)[1::2], strict=False),
    )
)


def wall_minute(zone: str, instant: int) -> int:
    local = datetime.fromtimestamp(instant * 60, tz=zone_info_of(TimeZone(zone)))
    return int(local.replace(tzinfo=UTC).timestamp()) // 60


@given(zone=st.sampled_from(ALL_ZONES), day=DAYS, minute=st.integers(0, MINUTES_A_DAY - 1))
@example(zone="Africa/Casablanca", day=Date(2025, 2, 23), minute=120)
@example(zone="Pacific/Apia", day=Date(2011, 12, 30), minute=600)
def test_offsets_are_those_of_the_standard_library(zone: str, day: Date, minute: int) -> None:
    instant = minute_of(day) + minute
    spells = offset_spells(TimeZone(zone), instant, instant)
    assert local_minute(spells, instant) == wall_minute(zone, instant)


@given(zone=st.sampled_from(ALL_ZONES), day=DAYS)
def test_spells_cover_their_period_without_gap_and_change_the_offset(zone: str, day: Date) -> None:
    first, last = minute_of(day), minute_of(day) + 400 * MINUTES_A_DAY
    spells = offset_spells(TimeZone(zone), first, last)
    assert spells[0][0] <= first - MINUTES_A_DAY
    assert spells[-1][1] >= last + MINUTES_A_DAY
    for before, after in pairwise(spells):
        assert before[1] == after[0]
        assert before[2] != after[2]


@given(zone=st.sampled_from(CLOCKS_THAT_LEAP), year=st.integers(2005, 2030))
def test_each_change_is_found_to_the_minute(zone: str, year: int) -> None:
    first, last = minute_of(Date(year, 1, 1)), minute_of(Date(year + 1, 1, 1))
    for _, change, offset in offset_spells(TimeZone(zone), first, last)[:-1]:
        assert wall_minute(zone, change - 1) == change - 1 + offset
        assert wall_minute(zone, change) != change + offset


@given(
    zone=st.sampled_from(CLOCKS_THAT_LEAP),
    year=st.integers(2010, 2028),
    shift=st.integers(-1, 1),
    bounds=st.tuples(st.integers(0, 1440), st.integers(0, 1440)).map(sorted),
    which=st.integers(0, 1),
)
def test_local_hours_become_exactly_the_minutes_at_which_the_clock_shows_them(
    zone: str, year: int, shift: int, bounds: list[int], which: int
) -> None:
    first, last = minute_of(Date(year, 1, 1)), minute_of(Date(year + 1, 1, 1))
    spells = offset_spells(TimeZone(zone), first, last)
    changes = [end for _, end, _ in spells[:-1]] or [first]
    midnight = minute_of(date_of(changes[which % len(changes)])) + shift * MINUTES_A_DAY
    windows = windows_within(spells, midnight + bounds[0], midnight + bounds[1])
    found = {minute for opens, closes in windows for minute in range(opens, closes)}
    around = range(midnight - 2 * MINUTES_A_DAY, midnight + 3 * MINUTES_A_DAY)
    expected = {
        instant
        for instant in around
        if midnight + bounds[0] <= wall_minute(zone, instant) < midnight + bounds[1]
    }
    assert found == expected
    assert total_minutes(windows) == len(expected)


@pytest.mark.parametrize("zone", ["Asia/Hebron", "Africa/Cairo", "Africa/Casablanca"])
def test_changes_that_last_for_weeks_only_are_found(zone: str) -> None:
    first, last = minute_of(Date(2010, 1, 1)), minute_of(Date(2015, 1, 1))
    spells = offset_spells(TimeZone(zone), first, last)
    for noon in range(first + 720, last, MINUTES_A_DAY):
        assert local_minute(spells, noon) == wall_minute(zone, noon)
    assert min(end - start for start, end, _ in spells[1:-1]) < 45 * MINUTES_A_DAY


def test_an_hour_that_a_clock_leaps_over_gives_no_window() -> None:
    day = minute_of(Date(2025, 3, 9))
    spells = offset_spells(TimeZone("America/New_York"), day, day)
    assert windows_within(spells, day + 120, day + 180) == []


def test_an_hour_that_a_clock_repeats_gives_two_windows() -> None:
    day = minute_of(Date(2025, 11, 2))
    spells = offset_spells(TimeZone("America/New_York"), day, day)
    assert windows_within(spells, day + 60, day + 120) == [
        (day + 300, day + 360),
        (day + 360, day + 420),
    ]


def test_morocco_goes_back_for_ramadan_and_forward_after_it() -> None:
    first, last = minute_of(Date(2025, 1, 1)), minute_of(Date(2026, 1, 1))
    spells = offset_spells(TimeZone("Africa/Casablanca"), first, last)
    changes = [(date_of(end), after[2]) for (_, end, _), after in pairwise(spells)]
    in_2025 = [(day, offset) for day, offset in changes if day.year == 2025]
    assert in_2025 == [(Date(2025, 2, 23), 0), (Date(2025, 4, 6), 60)]


@given(left=WINDOWS, right=WINDOWS)
def test_intersection_of_windows_is_that_of_their_minutes(
    left: list[tuple[int, int]], right: list[tuple[int, int]]
) -> None:
    def minutes(windows: list[tuple[int, int]]) -> set[int]:
        return {minute for opens, closes in windows for minute in range(opens, closes)}

    shared = intersect(left, right)
    assert minutes(shared) == minutes(left) & minutes(right)
    assert shared == sorted(shared)
    assert all(opens < closes for opens, closes in shared)


@pytest.mark.parametrize("zone", LISTED_ZONES)
def test_every_listed_zone_keeps_whole_quarter_hours(zone: str) -> None:
    first, last = minute_of(Date(2026, 1, 1)), minute_of(Date(2030, 1, 1))
    assert all(offset % 15 == 0 for _, _, offset in offset_spells(TimeZone(zone), first, last))


@given(day=DAYS, minute=st.integers(0, MINUTES_A_DAY - 1))
def test_an_instant_and_its_day_come_back(day: Date, minute: int) -> None:
    instant = minute_of(day) + minute
    assert date_of(instant) == day
    assert type(date_of(instant)) is Date
    assert instant_of(instant).timestamp() == instant * 60


def test_an_instant_outside_of_the_spells_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="outside the known offsets"):
        local_minute(((0, 10, 60),), 10)


def test_the_version_names_the_distribution_and_a_year() -> None:
    name, version = time_zone_data_version().split()
    assert name == "tzdata"
    assert int(version.split(".")[0]) >= 2024


def test_zone_info_is_read_from_the_distribution() -> None:
    assert isinstance(zone_info_of(TimeZone("Asia/Kathmandu")), ZoneInfo)
