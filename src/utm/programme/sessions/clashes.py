"""Where placings of several agents cannot all be: two at once, or too many in a day or week."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from attrs import frozen

from utm.programme.meeting_rules import MeetingRules
from utm.programme.meeting_slots import LocalClock, clock_of
from utm.programme.sessions.agents import Agent, Placing, Ruling
from utm.programme.sessions.facilitator import Facilitator
from utm.programme.time_zones import MINUTES_A_DAY, Window, local_minute, windows_within

__all__ = ["Clash", "Guide", "clashes_among"]

_DAYS_A_WEEK = 7
_MONDAY_SHIFT = 3  # 1 January 1970 was a Thursday


@frozen(kw_only=True)
class Guide:
    """A facilitator with its clock."""

    who: Facilitator
    clock: LocalClock

    @classmethod
    def of(cls, who: Facilitator, rules: MeetingRules) -> Guide:
        """Look the clock up."""
        return cls(who=who, clock=clock_of(who.attendee, rules))

    def day_of(self, start: int) -> int:
        """Its local day at an instant, in days since 1970."""
        return local_minute(self.clock.spells, start) // MINUTES_A_DAY

    def week_of(self, start: int) -> int:
        """Monday of its local week at an instant, in days since 1970."""
        day = self.day_of(start)
        return day - (day + _MONDAY_SHIFT) % _DAYS_A_WEEK

    def window_of(self, first_day: int, days: int) -> Window:
        """Some local days as instants."""
        windows = windows_within(
            self.clock.spells, first_day * MINUTES_A_DAY, (first_day + days) * MINUTES_A_DAY
        )
        return windows[0][0], windows[-1][1]


@frozen(kw_only=True)
class Clash:
    """Placings that cannot all be, and the ways out.

    Parameters
    ----------
    at
        Its first instant, for the order in which clashes are settled.
    agents
        Positions of those that clash.
    ways_out
        What to rule, by position of the agent. In every solution at least one of them holds.
    """

    at: int
    agents: tuple[int, ...]
    ways_out: tuple[tuple[tuple[int, Ruling], ...], ...]


def clashes_among(
    agents: Sequence[Agent], placings: Sequence[Placing], guides: Mapping[str, Guide]
) -> list[Clash]:
    """All clashes, in order of time."""
    found = [*_of_pairs(agents, placings, guides), *_of_loads(agents, placings, guides)]
    return sorted(found, key=lambda clash: (clash.at, clash.agents, len(clash.ways_out)))


def _of_pairs(
    agents: Sequence[Agent], placings: Sequence[Placing], guides: Mapping[str, Guide]
) -> Iterator[Clash]:
    for left, right in combinations(range(len(agents)), 2):
        one, other = agents[left], agents[right]
        led_by_one = one.facilitator and one.facilitator == other.facilitator
        if not led_by_one and not one.people & other.people:
            continue
        whole_days = one.is_visit or other.is_visit
        rest = guides[one.facilitator].who.rest_minutes if led_by_one and not whole_days else 0
        for mine in placings[left].windows:
            for theirs in placings[right].windows:
                if mine[0] < theirs[1] + rest and theirs[0] < mine[1] + rest:
                    yield Clash(
                        at=max(mine[0], theirs[0]),
                        agents=(left, right),
                        ways_out=_ways_out(agents, (left, mine), (right, theirs), rest),
                    )


def _ways_out(
    agents: Sequence[Agent], left: tuple[int, Window], right: tuple[int, Window], rest: int
) -> tuple[tuple[tuple[int, Ruling], ...], ...]:
    for (at, window), (other, _) in ((left, right), (right, left)):
        if agents[at].is_visit:
            # Either the visit is elsewhere, or it is here and the other keeps out of it.
            elsewhere = Ruling(kind="not", first=window[0])
            here = Ruling(kind="only", first=window[0])
            keeps_out = Ruling(kind="busy", first=window[0], last=window[1])
            return ((at, elsewhere),), ((at, here), (other, keeps_out))
    # Both are busy or resting at one instant, so one of the two must not be; the last such
    # instant rules most of the later starts out, and those are what comes next.
    instant = min(left[1][1], right[1][1]) + rest - 1
    busy = Ruling(kind="busy", first=instant - rest, last=instant + 1)
    return ((left[0], busy),), ((right[0], busy),)


def _of_loads(
    agents: Sequence[Agent], placings: Sequence[Placing], guides: Mapping[str, Guide]
) -> Iterator[Clash]:
    for name in sorted(guides):
        guide = guides[name]
        by_day: dict[int, list[tuple[int, int]]] = defaultdict(list)
        by_week: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for position, agent in enumerate(agents):
            if agent.facilitator == name and not agent.is_visit:
                for start, _ in placings[position].windows:
                    by_day[guide.day_of(start)].append((start, position))
                    by_week[guide.week_of(start)].append((start, position))
        limits = (
            (by_day, 1, guide.who.most_meetings_a_day),
            (by_week, _DAYS_A_WEEK, guide.who.most_meetings_a_week),
        )
        for meetings, days, most in limits:
            for first_day, led in sorted(meetings.items()):
                if len(led) > most:
                    yield _overload(sorted(led)[: most + 1], guide.window_of(first_day, days))


def _overload(led: Sequence[tuple[int, int]], window: Window) -> Clash:
    positions = [position for _, position in led]
    all_different = len(set(positions)) == len(positions)
    ways_out = tuple(
        (
            (
                position,
                Ruling(kind="busy", first=window[0], last=window[1])
                if all_different
                else Ruling(kind="busy", first=start, last=start + 1),
            ),
        )
        for start, position in led
    )
    return Clash(at=led[0][0], agents=tuple(sorted(set(positions))), ways_out=ways_out)
