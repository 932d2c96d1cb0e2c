"""When a group could meet: for each day the starts worth considering, with their burdens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import frozen
from pendulum import Date

from utm.domain import TimeZone
from utm.errors import InvalidValueError
from utm.programme.attendees import Attendee
from utm.programme.meeting_rules import MeetingRules
from utm.programme.time_zones import (
    MINUTES_A_DAY,
    Spell,
    Window,
    intersect,
    minute_of,
    offset_spells,
    windows_within,
)

__all__ = ["Burdens", "LocalClock", "Slots", "clock_of", "days_on_offer", "slots_of"]

Burdens = tuple[int, ...]
"""Burden in minutes of each attendee, in the order of their keys."""

Slots = dict[int, dict[Burdens, int]]
"""For each UTC day (days since 1970) the burdens on offer, each with its earliest start.

No burdens on offer on a day are at least as large for everybody as others of that day.
"""


@frozen(kw_only=True)
class LocalClock:
    """An attendee whose zone is known, with the offsets of the programme year."""

    attendee: Attendee
    zone: TimeZone
    spells: tuple[Spell, ...]

    def reading(self, start: int, end: int) -> tuple[int, int]:
        """Earliest and latest reading of the wall clock between two instants.

        Both are wall minutes. With a clock change in between the latest reading is
        not always the last one.
        """
        pieces = [
            (max(start, begins) + offset, min(end, ends) + offset)
            for begins, ends, offset in self.spells
            if begins < end and start < ends
        ]
        return min(first for first, _ in pieces), max(last for _, last in pieces)

    def burden_minutes(self, start: int, end: int) -> int:
        """What a meeting between two instants of one local day asks of the attendee."""
        first, last = self.reading(start, end)
        midnight = first - first % MINUTES_A_DAY
        return self.attendee.hours.burden_minutes(first - midnight, last - midnight)


def clock_of(attendee: Attendee, rules: MeetingRules) -> LocalClock:
    """Look up the offsets that an attendee's clock has in the programme year.

    Raises
    ------
    InvalidValueError
        The zone of the attendee is not known.
    """
    if not isinstance(attendee.timezone, TimeZone):
        raise InvalidValueError(
            kind="time zone of an attendee", value=attendee.timezone, reason="must be known"
        )
    first, last = minute_of(rules.year.start), minute_of(rules.ends_before)
    spells = offset_spells(attendee.timezone, first - MINUTES_A_DAY, last + MINUTES_A_DAY)
    return LocalClock(attendee=attendee, zone=attendee.timezone, spells=spells)


def slots_of(clocks: Sequence[LocalClock], rules: MeetingRules) -> Slots:
    """Find the starts worth considering on each UTC day of the programme year.

    Parameters
    ----------
    clocks
        One or more attendees, in the order of their keys.
    rules
        Length of a meeting, grid, programme year and blackout days.

    Returns
    -------
    Slots
        Days without a possible start are left out. Of two starts on one day with
        equal burdens the earlier is kept; a start that asks more of somebody and
        less of nobody than another of that day is dropped. Neither can be part of a
        best plan: spacing looks at the day alone.
    """
    working_days = [_working_days(clock.attendee, rules) for clock in clocks]
    preferred = _common_starts(clocks, working_days, rules, only_preferred=True)
    acceptable = _common_starts(clocks, working_days, rules, only_preferred=False)
    free_of_burden = (0,) * len(clocks)
    slots: Slots = {}
    for start in _on_grid(preferred, rules.grid_minutes):
        slots.setdefault(start // MINUTES_A_DAY, {free_of_burden: start})
    days_in_office = set(slots)
    for start in _on_grid(acceptable, rules.grid_minutes):
        day = start // MINUTES_A_DAY
        if day not in days_in_office:
            end = start + rules.duration_minutes
            burdens = tuple(clock.burden_minutes(start, end) for clock in clocks)
            slots.setdefault(day, {}).setdefault(burdens, start)
    return {day: _without_dominated(slots[day]) for day in sorted(slots)}


def days_on_offer(clocks: Sequence[LocalClock], rules: MeetingRules) -> list[int]:
    """The UTC days, since 1970, on which some start suits the acceptable hours of everybody."""
    working_days = [_working_days(clock.attendee, rules) for clock in clocks]
    acceptable = _common_starts(clocks, working_days, rules, only_preferred=False)
    return sorted({start // MINUTES_A_DAY for start in _on_grid(acceptable, rules.grid_minutes)})


def _working_days(attendee: Attendee, rules: MeetingRules) -> list[Date]:
    free = set(rules.blackout_days)
    if attendee.holidays is not None:
        free |= {holiday.day for holiday in attendee.holidays.holidays_within(rules.year)}
    first, last = rules.year.start.toordinal(), rules.ends_before.toordinal()
    days = (Date.fromordinal(ordinal) for ordinal in range(first, last))
    return [d for d in days if d.isoweekday() in attendee.working_weekdays and d not in free]


def _common_starts(
    clocks: Sequence[LocalClock],
    working_days: Sequence[Sequence[Date]],
    rules: MeetingRules,
    *,
    only_preferred: bool,
) -> list[Window]:
    """Windows of starts from which a whole meeting fits into the hours of everybody."""
    common: list[Window] | None = None
    for clock, days in zip(clocks, working_days, strict=True):
        hours = clock.attendee.hours
        if only_preferred:
            opens, closes = hours.preferred_from, hours.preferred_to
        else:
            opens, closes = hours.acceptable_from, hours.acceptable_to
        starts = sorted(
            (begins, ends - rules.duration_minutes + 1)
            for day in days
            for begins, ends in _joined(
                windows_within(clock.spells, minute_of(day) + opens, minute_of(day) + closes)
            )
            if ends - begins >= rules.duration_minutes
        )
        common = starts if common is None else intersect(common, starts)
    return common or []


def _joined(windows: list[Window]) -> list[Window]:
    """Join windows of one local day that touch, as they do at a clock change."""
    joined: list[Window] = []
    for opens, closes in windows:
        if joined and joined[-1][1] == opens:
            joined[-1] = (joined[-1][0], closes)
        else:
            joined.append((opens, closes))
    return joined


def _on_grid(windows: Iterable[Window], grid_minutes: int) -> Iterable[int]:
    for opens, closes in windows:
        yield from range(-(-opens // grid_minutes) * grid_minutes, closes, grid_minutes)


def _without_dominated(offers: dict[Burdens, int]) -> dict[Burdens, int]:
    kept: dict[Burdens, int] = {}
    for burdens in sorted(offers, key=lambda each: (sum(each), each)):
        if not any(all(map(int.__le__, other, burdens)) for other in kept):
            kept[burdens] = offers[burdens]
    return kept
