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

__all__ = [
    "Burdens",
    "LocalClock",
    "Offer",
    "Slots",
    "clock_of",
    "days_on_offer",
    "starts_of",
    "working_days",
]

Burdens = tuple[int, ...]
"""Burden in minutes of each attendee, in the order of their keys."""

Offer = tuple[int, Burdens]
"""What a start asks: 1 if it is another than was agreed, 0 if not; and its burdens."""

Slots = dict[int, dict[Offer, int]]
"""For each UTC day (days since 1970) what is on offer, each with its earliest start.

No offer on a day asks at least as much of everybody as another of that day.
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


def starts_of(
    clocks: Sequence[LocalClock], rules: MeetingRules, *, busy: Iterable[Window] = ()
) -> list[int]:
    """Every start on the grid that suits the acceptable hours of everybody, in order.

    Parameters
    ----------
    clocks
        One or more attendees.
    rules
        Length of a meeting, grid, programme year and blackout days.
    busy
        Windows with which no meeting may overlap.
    """
    days = [working_days(clock.attendee, rules) for clock in clocks]
    starts = list(_on_grid(_common_starts(clocks, days, rules), rules.grid_minutes))
    taken = sorted(busy)
    if not taken:
        return starts
    return [
        start
        for start in starts
        if all(start + rules.duration_minutes <= begins or ends <= start for begins, ends in taken)
    ]


def days_on_offer(clocks: Sequence[LocalClock], rules: MeetingRules) -> list[int]:
    """The UTC days, since 1970, on which some start suits the acceptable hours of everybody."""
    return sorted({start // MINUTES_A_DAY for start in starts_of(clocks, rules)})


def working_days(attendee: Attendee, rules: MeetingRules) -> list[Date]:
    """The days of the programme year on which somebody works, in order."""
    free = set(rules.blackout_days)
    if attendee.holidays is not None:
        free |= {holiday.day for holiday in attendee.holidays.holidays_within(rules.year)}
    first, last = rules.year.start.toordinal(), rules.ends_before.toordinal()
    days = (Date.fromordinal(ordinal) for ordinal in range(first, last))
    return [d for d in days if d.isoweekday() in attendee.working_weekdays and d not in free]


def _common_starts(
    clocks: Sequence[LocalClock],
    open_days: Sequence[Sequence[Date]],
    rules: MeetingRules,
) -> list[Window]:
    """Windows of starts from which a whole meeting fits into the hours of everybody."""
    common: list[Window] | None = None
    for clock, days in zip(clocks, open_days, strict=True):
        opens, closes = clock.attendee.hours.acceptable_from, clock.attendee.hours.acceptable_to
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
