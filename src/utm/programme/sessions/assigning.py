"""Who leads which group: those whose clocks ask least of the cities, the load shared out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import evolve

from utm.domain import Period, TimeZone
from utm.programme.attendees import Attendee
from utm.programme.meeting_rules import MeetingRules
from utm.programme.meeting_slots import clock_of, starts_of
from utm.programme.scheduling import minute_at
from utm.programme.sessions.facilitator import Facilitator
from utm.programme.sessions.problem import SessionGroup

__all__ = ["assign_facilitators"]

_SAMPLES = 4
_DAYS_A_WEEK = 7
_NO_HOUR = 1_000_000
_CITY_MINUTE = 1_000
_LOST = 100_000_000
_NOBODY = 1_000_000_000_000


def assign_facilitators(
    groups: Iterable[SessionGroup], facilitators: Iterable[Facilitator], rules: MeetingRules
) -> tuple[SessionGroup, ...]:
    """Give every group without a facilitator one, as far as the limits of load allow.

    Four weeks spread over the year are looked at. Of each the least is taken that some
    meeting would ask of the city that bears most, and then of the facilitator. The sum over
    all groups is minimised; where nothing else differs the load is shared evenly. Before
    all that, as few dates that were agreed as may be are lost.

    Parameters
    ----------
    groups
        In any order. Who has a facilitator keeps it, and it counts as load.
    facilitators
        In any order.
    rules
        The programme year and the length of a meeting.

    Returns
    -------
    tuple of SessionGroup
        By key. Groups for which no facilitator is free have none.

    Notes
    -----
    A flow of least cost from groups to places of facilitators. What is proven is that no
    other sharing out has a smaller sum over the weeks looked at; of the whole year nothing
    is. For that [bound_of_assignments][utm.programme.sessions.bound_of_assignments] gives a
    score that no sharing out beats.
    """
    ordered = sorted(groups, key=lambda one: one.key)
    people = sorted(facilitators, key=lambda one: one.key)
    waiting = [one for one in ordered if not one.facilitator]
    taken = [sum(one.facilitator == who.key for one in ordered) for who in people]
    places = [
        (who, number)
        for who, load in zip(people, taken, strict=True)
        for number in range(load, who.most_groups)
    ]
    if not waiting or not places:
        return tuple(ordered)
    chosen = _cheapest(
        {
            (group.key, who.key): _asks(group, who, rules)
            + _LOST * _lost(group, who, ordered, rules)
            for group in waiting
            for who in people
        },
        [(who.key, number) for who, number in places],
    )
    return tuple(evolve(one, facilitator=chosen.get(one.key, one.facilitator)) for one in ordered)


def _cheapest(
    asked: Mapping[tuple[str, str], int], places: Sequence[tuple[str, int]]
) -> dict[str, str]:
    """Groups and who leads them; a place costs its number, so that the load is shared out."""
    import networkx as nx  # noqa: PLC0415 - slow to import

    groups = sorted({group for group, _ in asked})
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_node("sink", demand=len(groups))
    graph.add_edge("nobody", "sink", weight=_NOBODY)
    for who, number in places:
        graph.add_edge(f"who {who}", f"place {number} {who}", capacity=1, weight=number)
        graph.add_edge(f"place {number} {who}", "sink", capacity=1)
    for group in groups:
        graph.add_node(f"group {group}", demand=-1)
        graph.add_edge(f"group {group}", "nobody")
    for (group, who), cost in sorted(asked.items()):
        if f"who {who}" in graph:
            graph.add_edge(f"group {group}", f"who {who}", capacity=1, weight=cost)
    flow: dict[str, dict[str, int]] = nx.min_cost_flow(graph)
    return {
        group: who for group, who in sorted(asked) if flow[f"group {group}"].get(f"who {who}", 0)
    }


def _asks(group: SessionGroup, who: Facilitator, rules: MeetingRules) -> int:
    """What the least burdensome meetings of some weeks would ask."""
    from utm.programme.meeting_offers import candidates_of  # noqa: PLC0415 - loads NumPy

    members = [one for one in group.members if isinstance(one.timezone, TimeZone)]
    total = 0
    for week in _weeks(rules):
        clocks = [clock_of(one, week) for one in _everybody(members, who)]
        burdens = candidates_of(clocks, week).burdens.tolist()
        total += min(
            (_CITY_MINUTE * max(each[:-1], default=0) + each[-1] for each in burdens),
            default=_NO_HOUR,
        )
    return total


def _lost(
    group: SessionGroup, who: Facilitator, groups: Sequence[SessionGroup], rules: MeetingRules
) -> int:
    """How many agreed dates of a group somebody cannot lead."""
    if not group.agreed:
        return 0
    possible = set(starts_of([clock_of(who.attendee, rules)], rules))
    apart = rules.duration_minutes + who.rest_minutes
    taken = [
        minute_at(start)
        for other in groups
        if other.facilitator == who.key
        for start in other.agreed or ()
    ]
    starts = [minute_at(start) for start in group.agreed]
    return sum(
        start not in possible or any(abs(start - each) < apart for each in taken)
        for start in starts
    )


def _everybody(members: Sequence[Attendee], who: Facilitator) -> list[Attendee]:
    return [*sorted(members, key=lambda one: one.key), who.attendee]


def _weeks(rules: MeetingRules) -> Iterator[MeetingRules]:
    for sample in range(_SAMPLES):
        start = rules.year.start.add(days=rules.days * sample // _SAMPLES)
        end = min(start.add(days=_DAYS_A_WEEK), rules.ends_before)
        yield evolve(rules, year=Period(start=start, end=end), number=1)
