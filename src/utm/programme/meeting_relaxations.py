"""When no plan fits: the smallest change of each kind with which one would."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from itertools import combinations

from attrs import evolve

from utm.programme.meeting_rules import MeetingRules
from utm.programme.meeting_slots import LocalClock, days_on_offer
from utm.programme.meetings import Relaxation, RelaxationKind
from utm.programme.time_zones import MINUTES_A_DAY

__all__ = ["most_meetings_that_fit", "relaxations_for"]

_QUARTER_HOUR = 15


def relaxations_for(clocks: Sequence[LocalClock], rules: MeetingRules) -> tuple[Relaxation, ...]:
    """Find the smallest change of each kind with which the meetings fit.

    Tried are, each alone: to leave out members, to widen the acceptable hours of as few
    members as will do or of all, to hold fewer meetings, to meet on holidays and blackout
    days, to give up the spacing. Of leaving out and of widening, all changes of the
    smallest size are told.

    Parameters
    ----------
    clocks
        The members with known zones, by key; no plan fits them.
    rules
        What the programme asks.

    Returns
    -------
    tuple of Relaxation
        When no single change helps: the smallest widening of all hours with which some
        meetings fit. Empty when not even one does in whole days.
    """
    if not clocks:
        return ()
    alone = (
        *_leaving_out(clocks, rules),
        *_widening_some(clocks, rules),
        *_widening_all(clocks, rules),
        *_fewer_meetings(clocks, rules),
        *_without_holidays(clocks, rules),
        *_free_spacing(clocks, rules),
    )
    return alone or tuple(_wider_and_fewer(clocks, rules))


def most_meetings_that_fit(days: Sequence[int], rules: MeetingRules) -> int:
    """The largest number of meetings that the spacing admits on some days.

    Parameters
    ----------
    days
        Days as numbers, sorted.
    rules
        The spacing; the number of meetings that it asks for is not looked at.
    """
    reached, number = list(days), 0
    while reached:
        number += 1
        reached = [
            day
            for day in days
            if bisect_left(reached, day - rules.maximum_spacing_days)
            < bisect_right(reached, day - rules.minimum_spacing_days)
        ]
    return number


def _fits(clocks: Sequence[LocalClock], rules: MeetingRules) -> bool:
    return most_meetings_that_fit(days_on_offer(clocks, rules), rules) >= rules.number


def _leaving_out(clocks: Sequence[LocalClock], rules: MeetingRules) -> Iterator[Relaxation]:
    for size in range(1, len(clocks)):
        helpful = [
            absent
            for absent in combinations(clocks, size)
            if _fits([clock for clock in clocks if clock not in absent], rules)
        ]
        for absent in helpful:
            names = " and ".join(clock.attendee.name for clock in absent)
            yield Relaxation(
                kind=RelaxationKind.LEAVE_OUT_MEMBERS,
                members=tuple(clock.attendee.key for clock in absent),
                amount=0,
                sentence=f"Without {names} the meetings fit.",
            )
        if helpful:
            return


def _widening_some(clocks: Sequence[LocalClock], rules: MeetingRules) -> Iterator[Relaxation]:
    """The smallest sets of members whose hours help, and of them the smallest widenings."""
    needed = _smallest_sets(clocks, rules)
    least = min(needed.values(), default=0)
    for chosen, minutes in needed.items():
        if len(chosen) < max(2, len(clocks)) and minutes == least:
            members = [clocks[index].attendee for index in chosen]
            names = " and ".join(member.name for member in members)
            yield Relaxation(
                kind=RelaxationKind.WIDEN_HOURS_OF_SOME,
                members=tuple(member.key for member in members),
                amount=minutes,
                sentence=(
                    f"The meetings fit if {names} {'accepts' if len(chosen) == 1 else 'accept'} "
                    f"to start up to {minutes} minutes earlier and to end up to {minutes} "
                    "minutes later."
                ),
            )


def _smallest_sets(clocks: Sequence[LocalClock], rules: MeetingRules) -> dict[tuple[int, ...], int]:
    """For each smallest set of members that helps, the smallest widening in minutes."""
    for size in range(1, len(clocks) + 1):
        needed: dict[tuple[int, ...], int] = {}
        for chosen in combinations(range(len(clocks)), size):
            minutes = _smallest_widening(clocks, rules, chosen)
            if minutes is not None:
                needed[chosen] = minutes
        if needed:
            return needed
    return {}


def _widening_all(clocks: Sequence[LocalClock], rules: MeetingRules) -> Iterator[Relaxation]:
    minutes = _smallest_widening(clocks, rules, range(len(clocks)))
    if minutes is not None:
        yield Relaxation(
            kind=RelaxationKind.WIDEN_HOURS_OF_ALL,
            members=(),
            amount=minutes,
            sentence=(
                f"The meetings fit if everybody accepts to start up to {minutes} minutes earlier "
                f"and to end up to {minutes} minutes later."
            ),
        )


def _fewer_meetings(clocks: Sequence[LocalClock], rules: MeetingRules) -> Iterator[Relaxation]:
    number = most_meetings_that_fit(days_on_offer(clocks, rules), rules)
    if number:
        yield Relaxation(
            kind=RelaxationKind.FEWER_MEETINGS,
            members=(),
            amount=number,
            sentence=f"At most {number} of the {rules.number} meetings fit.",
        )


def _without_holidays(clocks: Sequence[LocalClock], rules: MeetingRules) -> Iterator[Relaxation]:
    open_clocks = [
        evolve(clock, attendee=evolve(clock.attendee, holidays=None)) for clock in clocks
    ]
    if _fits(open_clocks, evolve(rules, blackout_days=())):
        yield Relaxation(
            kind=RelaxationKind.IGNORE_HOLIDAYS,
            members=(),
            amount=0,
            sentence="The meetings fit if they may fall on holidays and blackout days.",
        )


def _free_spacing(clocks: Sequence[LocalClock], rules: MeetingRules) -> Iterator[Relaxation]:
    if len(days_on_offer(clocks, rules)) >= rules.number:
        yield Relaxation(
            kind=RelaxationKind.FREE_SPACING,
            members=(),
            amount=0,
            sentence=(
                "The meetings fit if their distance need not lie between "
                f"{rules.minimum_spacing_days} and {rules.maximum_spacing_days} days."
            ),
        )


def _wider_and_fewer(clocks: Sequence[LocalClock], rules: MeetingRules) -> Iterator[Relaxation]:
    minutes = _smallest_widening(clocks, evolve(rules, number=1), range(len(clocks)))
    if minutes is not None:
        wider = [_widened(clock, minutes) for clock in clocks]
        number = most_meetings_that_fit(days_on_offer(wider, rules), rules)
        yield Relaxation(
            kind=RelaxationKind.WIDER_HOURS_AND_FEWER,
            members=(),
            amount=minutes,
            sentence=(
                f"No single change helps. If everybody accepts to start up to {minutes} minutes "
                f"earlier and to end up to {minutes} minutes later, at most {number} of the "
                f"{rules.number} meetings fit."
            ),
        )


def _smallest_widening(
    clocks: Sequence[LocalClock], rules: MeetingRules, chosen: Collection[int]
) -> int | None:
    """Smallest widening that helps, in quarter hours; wider hours never help less."""

    def fits_with(minutes: int) -> bool:
        wider = [
            _widened(clock, minutes) if index in chosen else clock
            for index, clock in enumerate(clocks)
        ]
        return _fits(wider, rules)

    widenings = range(_QUARTER_HOUR, MINUTES_A_DAY + 1, _QUARTER_HOUR)
    first = bisect_left(widenings, 1, key=fits_with)
    return widenings[first] if first < len(widenings) else None


def _widened(clock: LocalClock, minutes: int) -> LocalClock:
    hours = clock.attendee.hours.widened(minutes)
    return evolve(clock, attendee=evolve(clock.attendee, hours=hours))
