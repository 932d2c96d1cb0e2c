"""One group, or one visit, alone: its best dates under whatever has been ruled out for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Protocol, TypeAlias

from attrs import evolve, field, frozen
from pendulum import Date

from utm.domain import TimeZone
from utm.programme.meeting_offers import Candidates, candidates_of, last_held
from utm.programme.meeting_rules import MeetingRules
from utm.programme.meeting_search import search_meetings
from utm.programme.meeting_slots import Slots, working_days
from utm.programme.scheduling import GroupClocks, clocks_of, minute_at
from utm.programme.sessions.plan import NOTHING, SessionsScore
from utm.programme.sessions.problem import SessionGroup, SessionsProblem, Visit
from utm.programme.time_zones import MINUTES_A_DAY, Window, minute_of, zone_info_of

__all__ = ["Agent", "GroupAgent", "Placing", "Ruling", "VisitAgent", "visit_options"]


@frozen(kw_only=True, order=True)
class Ruling:
    """Something that is ruled out for an agent, or fixed.

    Parameters
    ----------
    kind
        ``"busy"``: no meeting from ``first`` to ``last``; ``"not"``: a visit does not
        begin at ``first``; ``"only"``: it begins then.
    first, last
        Instants in minutes.
    """

    kind: str
    first: int
    last: int = 0


Rulings: TypeAlias = frozenset[Ruling]


@frozen(kw_only=True)
class Placing:
    """Where an agent would be, and what it costs.

    Parameters
    ----------
    starts
        Instants in minutes: of every meeting, or of the one visit.
    windows
        From when to when it is busy, one window for each start that is still to come.
    score
        What the placing costs.
    bound
        No other placing under the same rulings costs less.
    """

    starts: tuple[int, ...]
    windows: tuple[Window, ...]
    score: SessionsScore
    bound: SessionsScore


class Agent(Protocol):
    """Something with dates of its own that shares people with others."""

    @property
    def key(self) -> str:
        """What it is called in data."""
        ...

    @property
    def people(self) -> frozenset[str]:
        """Keys of the cities that take part."""
        ...

    @property
    def facilitator(self) -> str:
        """Key of whoever leads it; empty for nobody."""
        ...

    @property
    def is_visit(self) -> bool:
        """Whether it takes whole days."""
        ...

    def place(self, rulings: Rulings) -> Placing | None:
        """The best dates under some rulings; ``None`` when nothing fits."""
        ...


@frozen(kw_only=True, eq=False)
class GroupAgent:
    """The meetings of one group."""

    group: SessionGroup
    rules: MeetingRules
    clocks: GroupClocks
    candidates: Candidates
    slots: Slots
    most_labels: int
    is_visit: bool = False
    _known: dict[Rulings, Placing | None] = field(
        factory=dict[Rulings, Placing | None], init=False, repr=False
    )

    @classmethod
    def of(cls, group: SessionGroup, problem: SessionsProblem, *, most_labels: int) -> GroupAgent:
        """Look up every start that suits the group and its facilitator."""
        who = problem.facilitator(group.facilitator)
        members = sorted(group.members, key=lambda member: member.key)
        clocks = clocks_of(
            members, problem.rules, facilitator=None if who is None else who.attendee
        )
        candidates = candidates_of(clocks.everybody, problem.rules).without(
            (minute_at(begins), minute_at(ends)) for begins, ends in group.closed
        )
        candidates = candidates.only(_not_too_early(candidates, group, problem))
        agreed = None if group.agreed is None else map(minute_at, (*group.agreed, *group.held))
        return cls(
            group=group,
            rules=problem.rules,
            clocks=clocks,
            candidates=candidates,
            slots=candidates.slots(
                agreed=agreed,
                held=[minute_at(start) for start in group.held],
                held_on=[minute_of(day) // MINUTES_A_DAY for day in group.held_on],
            ),
            most_labels=most_labels,
        )

    @property
    def key(self) -> str:
        """Key of the group."""
        return self.group.key

    @property
    def people(self) -> frozenset[str]:
        """Its members."""
        return frozenset(member.key for member in self.group.members)

    @property
    def facilitator(self) -> str:
        """Who leads it."""
        return self.group.facilitator

    @property
    def held(self) -> tuple[int, ...]:
        """Starts of the meetings that were held, as far as they are known."""
        return tuple(sorted(minute_at(start) for start in self.group.held))

    @property
    def held_on(self) -> tuple[int, ...]:
        """UTC days of the others that were held."""
        return tuple(sorted(minute_of(day) // MINUTES_A_DAY for day in self.group.held_on))

    @property
    def agreed(self) -> frozenset[int] | None:
        """Starts that were agreed, and those held."""
        if self.group.agreed is None:
            return None
        return frozenset({*map(minute_at, self.group.agreed), *self.held})

    def place(self, rulings: Rulings) -> Placing | None:
        """The best meetings; remembered for each set of rulings."""
        if rulings not in self._known:
            self._known[rulings] = self._place(rulings)
        return self._known[rulings]

    def _place(self, rulings: Rulings) -> Placing | None:
        done = len(self.held) + len(self.held_on)
        if done >= self.rules.number:
            return self._placing((), self.held)
        if not self.clocks.members:
            return None
        found = search_meetings(
            self._slots_under(rulings),
            self.rules,
            guides=len(self.clocks.guides),
            number=self.rules.number - done + (1 if done else 0),
            begins_on=last_held(self.held, self.held_on)[0] if done else None,
            most_labels=self.most_labels,
        )
        if found is None:
            return None
        coming = found.starts[1:] if done else found.starts
        placing = self._placing(coming, (*self.held, *coming))
        if found.is_proven_best:
            return placing
        least = SessionsScore(
            changes=found.fewest_changes,
            burdens_minutes=(found.least_largest,) + (0,) * (len(self.clocks.members) - 1),
            facilitator_minutes=0,
            unevenness=0,
        )
        return evolve(placing, bound=least)

    def _slots_under(self, rulings: Rulings) -> Slots:
        """The slots without those ruled out; only days that a ruling touches are made anew."""
        length = self.rules.duration_minutes
        touched = {
            day
            for one in rulings
            for day in range((one.first - length) // MINUTES_A_DAY, one.last // MINUTES_A_DAY + 1)
        }
        left = self.candidates.on_days(touched).without((one.first, one.last) for one in rulings)
        anew = left.slots(agreed=self.agreed)
        anchor = next(iter(self.slots)) if self.held or self.held_on else None
        slots = {
            day: anew.get(day, {}) if day in touched and day != anchor else offers
            for day, offers in self.slots.items()
        }
        return {day: offers for day, offers in slots.items() if offers}

    def _placing(self, coming: tuple[int, ...], starts: tuple[int, ...]) -> Placing:
        length = self.rules.duration_minutes
        burdens = [
            sum(clock.burden_minutes(start, start + length) for start in starts)
            for clock in self.clocks.everybody
        ]
        members = len(self.clocks.members)
        days = sorted([*(start // MINUTES_A_DAY for start in starts), *self.held_on])
        agreed = self.agreed
        score = SessionsScore(
            changes=0 if agreed is None else sum(start not in agreed for start in coming),
            burdens_minutes=tuple(sorted(burdens[:members], reverse=True)),
            facilitator_minutes=sum(burdens[members:]),
            unevenness=self.rules.unevenness(
                tuple(Date.fromordinal(day + _EPOCH_ORDINAL) for day in days)
            ),
        )
        return Placing(
            starts=starts,
            windows=tuple((start, start + length) for start in coming),
            score=score,
            bound=score,
        )


@frozen(kw_only=True, eq=False)
class VisitAgent:
    """A visit, which takes whole days."""

    visit: Visit
    options: tuple[Window, ...]
    agreed: int | None
    is_visit: bool = True

    @classmethod
    def of(cls, visit: Visit, problem: SessionsProblem) -> VisitAgent:
        """Look up every day on which the visit could begin."""
        options = tuple(visit_options(visit, problem))
        agreed = visit.agreed_on
        start = (
            None if agreed is None else _midnight(visit, agreed.subtract(days=visit.travel_days))
        )
        return cls(visit=visit, options=options, agreed=start)

    @property
    def key(self) -> str:
        """Key of the visit."""
        return self.visit.key

    @property
    def people(self) -> frozenset[str]:
        """Hosts and guests."""
        return frozenset(one.key for one in self.visit.everybody)

    @property
    def facilitator(self) -> str:
        """Who goes along."""
        return self.visit.facilitator

    def place(self, rulings: Rulings) -> Placing | None:
        """The agreed days if they are free, otherwise the earliest."""
        free = [option for option in self.options if all(_allows(option, one) for one in rulings)]
        chosen = next((one for one in free if one[0] == self.agreed), None)
        chosen = chosen or next(iter(free), None)
        if chosen is None:
            return None
        changes = int(self.agreed is not None and chosen[0] != self.agreed)
        score = evolve(NOTHING, changes=changes)
        return Placing(starts=(chosen[0],), windows=(chosen,), score=score, bound=score)

    def days_of(self, placing: Placing) -> tuple[Date, Date]:
        """First and last day on the calendar of the first host, without those of travel."""
        zone = self.visit.hosts[0].timezone
        begins = placing.starts[0]
        if isinstance(zone, TimeZone):
            local = datetime.fromtimestamp(begins * 60, tz=zone_info_of(zone))
            first = Date(local.year, local.month, local.day)
        else:
            first = Date.fromordinal(begins // MINUTES_A_DAY + _EPOCH_ORDINAL)
        first = first.add(days=self.visit.travel_days)
        return first, first.add(days=self.visit.days - 1)


_EPOCH_ORDINAL = Date(1970, 1, 1).toordinal()


def _not_too_early(
    candidates: Candidates, group: SessionGroup, problem: SessionsProblem
) -> Iterable[bool]:
    if problem.not_before is None:
        return [True] * len(candidates.starts)
    kept = {minute_at(start) for start in group.agreed or ()}
    earliest = minute_of(problem.not_before)
    return [start >= earliest or start in kept for start in candidates.starts.tolist()]


def visit_options(visit: Visit, problem: SessionsProblem) -> Iterator[Window]:
    """When a visit could be, travel included, in order of time."""
    rules = problem.rules
    within = visit.within or rules.year
    who = problem.facilitator(visit.facilitator)
    everybody = [*visit.everybody, *([who.attendee] if who else [])]
    open_days = set(working_days(everybody[0], rules)) - set(visit.not_on)
    for one in everybody[1:]:
        open_days &= set(working_days(one, rules))
    for ordinal in range(rules.year.start.toordinal(), rules.ends_before.toordinal()):
        first = Date.fromordinal(ordinal)
        days = [first.add(days=number) for number in range(visit.days)]
        too_early = problem.not_before is not None and first < problem.not_before
        if too_early and first != visit.agreed_on:
            continue
        if all(day in open_days and day in within for day in days):
            begins = _midnight(visit, first.subtract(days=visit.travel_days))
            ends = _midnight(visit, days[-1].add(days=visit.travel_days + 1))
            yield begins, ends


def _midnight(visit: Visit, day: Date) -> int:
    """The instant at which a day begins for the first host."""
    zone = visit.hosts[0].timezone
    if not isinstance(zone, TimeZone):
        return minute_of(day)
    local = datetime(day.year, day.month, day.day, tzinfo=zone_info_of(zone))
    return int(local.timestamp()) // 60


def _allows(option: Window, ruling: Ruling) -> bool:
    if ruling.kind == "busy":
        return option[1] <= ruling.first or ruling.last <= option[0]
    return (option[0] == ruling.first) is (ruling.kind == "only")
