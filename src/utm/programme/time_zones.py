"""Clocks of the world as integers: offsets of a zone, and windows of local hours in UTC.

Instants are whole minutes since 1970-01-01 00:00 UTC. A *wall minute* is what a local
clock shows, counted in the same way as if it showed UTC: it is the instant plus the
offset. A *window* is a half-open pair of instants.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from pendulum import Date

from utm.domain import TimeZone
from utm.domain.time_zone_data import read_zone, time_zone_data_version
from utm.errors import InvalidValueError

__all__ = [
    "MINUTES_A_DAY",
    "Spell",
    "Window",
    "date_of",
    "instant_of",
    "intersect",
    "local_minute",
    "minute_of",
    "offset_spells",
    "time_zone_data_version",
    "total_minutes",
    "windows_within",
    "zone_info_of",
]

MINUTES_A_DAY = 24 * 60

Window = tuple[int, int]
"""A half-open pair of instants, in minutes."""

Spell = tuple[int, int, int]
"""First instant, first instant afterwards, and the offset in minutes that holds between."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_ORDINAL = _EPOCH.toordinal()
_PROBE_MINUTES = 12 * 60
_BLOCK_MINUTES = 366 * MINUTES_A_DAY


def minute_of(day: Date) -> int:
    """The instant at which a UTC day begins."""
    return (day.toordinal() - _EPOCH_ORDINAL) * MINUTES_A_DAY


def date_of(minute: int) -> Date:
    """The day that a (wall) minute falls on."""
    return Date.fromordinal(minute // MINUTES_A_DAY + _EPOCH_ORDINAL)


def instant_of(minute: int) -> datetime:
    """An instant as an aware ``datetime`` in UTC."""
    return _EPOCH + timedelta(minutes=minute)


def offset_spells(zone: TimeZone, first: int, last: int) -> tuple[Spell, ...]:
    """The offsets of a zone from one instant to another, without gaps.

    Parameters
    ----------
    zone
        The zone.
    first, last
        Instants; the spells cover ``first - 1 day`` to ``last + 1 day`` at least.
        They should lie after 1972, when the last zone gave up offsets in seconds.

    Returns
    -------
    tuple of Spell
        In order of time; neighbours differ in their offset.

    Notes
    -----
    The database is probed twice a day and each change is found by bisection to the
    minute, once for each zone and block of 366 days.
    """
    blocks = range(
        (first - MINUTES_A_DAY) // _BLOCK_MINUTES, (last + MINUTES_A_DAY) // _BLOCK_MINUTES + 1
    )
    joined: list[Spell] = []
    for block in blocks:
        for start, end, offset in _spells_of_block(zone.value, block):
            if joined and joined[-1][2] == offset:
                joined[-1] = (joined[-1][0], end, offset)
            else:
                joined.append((start, end, offset))
    return tuple(joined)


def windows_within(spells: Iterable[Spell], wall_from: int, wall_to: int) -> list[Window]:
    """The instants at which a clock reads between two wall minutes.

    Hours that a clock leaps over give nothing; hours that it repeats give two windows.
    """
    windows: list[Window] = []
    for start, end, offset in spells:
        opens, closes = max(start, wall_from - offset), min(end, wall_to - offset)
        if opens < closes:
            windows.append((opens, closes))
    return windows


def local_minute(spells: Iterable[Spell], instant: int) -> int:
    """What the clock shows at an instant, as a wall minute."""
    for start, end, offset in spells:
        if start <= instant < end:
            return instant + offset
    raise InvalidValueError(kind="instant", value=instant, reason="lies outside the known offsets")


def intersect(left: Sequence[Window], right: Sequence[Window]) -> list[Window]:
    """What two sorted lists of disjoint windows share, in one sweep."""
    shared: list[Window] = []
    i = j = 0
    while i < len(left) and j < len(right):
        opens, closes = max(left[i][0], right[j][0]), min(left[i][1], right[j][1])
        if opens < closes:
            shared.append((opens, closes))
        if left[i][1] <= right[j][1]:
            i += 1
        else:
            j += 1
    return shared


def total_minutes(windows: Iterable[Window]) -> int:
    """Length of disjoint windows together."""
    return sum(closes - opens for opens, closes in windows)


@cache
def _spells_of_block(zone_name: str, block: int) -> tuple[Spell, ...]:
    zone = read_zone(zone_name)
    start, end = block * _BLOCK_MINUTES, (block + 1) * _BLOCK_MINUTES
    spells: list[Spell] = []
    offset = _offset(zone, start)
    for probe in range(start + _PROBE_MINUTES, end + 1, _PROBE_MINUTES):
        if (now := _offset(zone, probe)) != offset:
            change = _bisect_change(zone, probe - _PROBE_MINUTES, probe)
            spells.append((start, change, offset))
            start, offset = change, now
    if start < end:
        spells.append((start, end, offset))
    return tuple(spells)


def _bisect_change(zone: ZoneInfo, before: int, after: int) -> int:
    old = _offset(zone, before)
    while after - before > 1:
        middle = (before + after) // 2
        if _offset(zone, middle) == old:
            before = middle
        else:
            after = middle
    return after


def _offset(zone: ZoneInfo, instant: int) -> int:
    local = (_EPOCH + timedelta(minutes=instant)).astimezone(zone)
    offset = local.utcoffset()
    return 0 if offset is None else offset // timedelta(minutes=1)


def zone_info_of(zone: TimeZone) -> ZoneInfo:
    """The zone as the standard library knows it, from the same data.

    Raises
    ------
    InvalidValueError
        The database of the ``tzdata`` distribution lacks the zone.
    """
    return read_zone(zone.value)
