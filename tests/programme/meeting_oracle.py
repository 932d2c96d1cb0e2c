"""The best meetings found in the dullest way: every minute looked at, every choice tried."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import combinations, pairwise

from pendulum import Date

from utm.domain import TimeZone
from utm.programme import Attendee, MeetingRules
from utm.programme.time_zones import zone_info_of

Choice = tuple[int, tuple[int, ...], int, int, tuple[datetime, ...]]


def best_choice(
    attendees: Sequence[Attendee],
    rules: MeetingRules,
    *,
    facilitator: Attendee | None = None,
    agreed: Collection[datetime] | None = None,
    held: Sequence[datetime] = (),
    busy: Sequence[tuple[datetime, datetime]] = (),
) -> Choice | None:
    """The smallest score with its starts; ``None`` when nothing fits."""
    return min(
        all_choices(attendees, rules, facilitator=facilitator, agreed=agreed, held=held, busy=busy),
        default=None,
    )


def all_choices(
    attendees: Sequence[Attendee],
    rules: MeetingRules,
    *,
    facilitator: Attendee | None = None,
    agreed: Collection[datetime] | None = None,
    held: Sequence[datetime] = (),
    busy: Sequence[tuple[datetime, datetime]] = (),
) -> Iterator[Choice]:
    """Every way to meet, each with its score."""
    everybody = [*attendees, *([facilitator] if facilitator else [])]
    possible = {
        start: burdens
        for start, burdens in _possible_starts(everybody, rules)
        if all(
            start + timedelta(minutes=rules.duration_minutes) <= begins or ends <= start
            for begins, ends in busy
        )
        and (not held or start in held or start.date() > held[-1].date())
    }
    for starts in combinations(sorted(possible), rules.number):
        if _is_spaced(starts, rules) and starts[: len(held)] == tuple(held):
            yield _judged(starts, possible, rules, members=len(attendees), agreed=agreed, held=held)


def _possible_starts(
    attendees: Sequence[Attendee], rules: MeetingRules
) -> Iterator[tuple[datetime, tuple[int, ...]]]:
    first = datetime(
        rules.year.start.year, rules.year.start.month, rules.year.start.day, tzinfo=UTC
    )
    length = rules.days * 24 * 60
    free = {
        attendee.key: {holiday.day for holiday in attendee.holidays.holidays_within(rules.year)}
        if attendee.holidays
        else set()
        for attendee in attendees
    }
    clocks = [_readings(attendee, first, length) for attendee in attendees]
    for offset in range(-1440, length + 1440, rules.grid_minutes):
        burdens = []
        for attendee, clock in zip(attendees, clocks, strict=True):
            shown = clock[offset + 1440 : offset + 1440 + rules.duration_minutes]
            if not _suits(attendee, shown, rules, free[attendee.key]):
                break
            minutes = [reading.hour * 60 + reading.minute for reading in shown]
            early = max(0, attendee.hours.preferred_from - min(minutes))
            late = max(0, max(minutes) + 1 - attendee.hours.preferred_to)
            burdens.append(early + late)
        else:
            yield first + timedelta(minutes=offset), tuple(burdens)


def _readings(attendee: Attendee, first: datetime, length: int) -> list[datetime]:
    assert isinstance(attendee.timezone, TimeZone)
    zone = zone_info_of(attendee.timezone)
    instants = (first + timedelta(minutes=m) for m in range(-1440, length + 2 * 1440))
    return [instant.astimezone(zone) for instant in instants]


def _suits(attendee: Attendee, shown: list[datetime], rules: MeetingRules, free: set[Date]) -> bool:
    day = shown[0].date()
    return (
        all(reading.date() == day for reading in shown)
        and rules.year.start <= day < rules.ends_before
        and day.isoweekday() in attendee.working_weekdays
        and day not in free
        and day not in rules.blackout_days
        and all(
            attendee.hours.acceptable_from
            <= reading.hour * 60 + reading.minute
            < attendee.hours.acceptable_to
            for reading in shown
        )
    )


def _is_spaced(starts: Sequence[datetime], rules: MeetingRules) -> bool:
    gaps = (later.date() - earlier.date() for earlier, later in pairwise(starts))
    return all(rules.minimum_spacing_days <= g.days <= rules.maximum_spacing_days for g in gaps)


def _judged(
    starts: tuple[datetime, ...],
    possible: dict[datetime, tuple[int, ...]],
    rules: MeetingRules,
    *,
    members: int,
    agreed: Collection[datetime] | None,
    held: Sequence[datetime],
) -> Choice:
    burdens = [possible[start] for start in starts]
    cumulative = [sum(each) for each in zip(*burdens, strict=True)]
    gaps = [(b.date() - a.date()).days for a, b in pairwise(starts)]
    changes = 0 if agreed is None else sum(s not in agreed and s not in held for s in starts)
    return (
        changes,
        tuple(sorted(cumulative[:members], reverse=True)),
        sum(cumulative[members:]),
        sum((rules.number * gap - rules.days) ** 2 for gap in gaps),
        starts,
    )
