"""Place all sessions of an edition in its programme year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from attrs import frozen

from utm.programme.meetings import MeetingPlan
from utm.programme.scheduling import plan_at
from utm.programme.sessions.plan import (
    NOTHING,
    GroupSessions,
    PlacedVisit,
    SessionsPlan,
    SessionsScore,
)
from utm.programme.sessions.problem import SessionsProblem
from utm.programme.time_zones import time_zone_data_version

if TYPE_CHECKING:
    from utm.programme.meetings import Relaxation
    from utm.programme.sessions.agents import Agent, GroupAgent, Placing, VisitAgent

__all__ = ["schedule_sessions"]


def schedule_sessions(
    problem: SessionsProblem, *, most_nodes: int = 400, most_labels: int = 2_000
) -> SessionsPlan:
    """Place the meetings of all groups, and the visits, in one programme year.

    Each meeting lies within the acceptable hours of a working day of every member and of
    the facilitator, never on a holiday or blackout day. Nobody is in two places at once: a
    facilitator leads one meeting at a time, with rest in between and no more in a day or
    week than agreed; hosts and guests of a visit meet nobody else meanwhile. Among all such
    plans the best is chosen, the first difference decides:

    1. fewest meetings and visits on other dates than were agreed before,
    2. smallest cumulative inconvenience of the city that bears most in the whole edition,
       then of the one that bears second most, and so on,
    3. smallest burden of all facilitators together,
    4. most even spacing over the year, over all groups.

    A visit gives way to meetings, since its days cost nobody more than others.

    Parameters
    ----------
    problem
        Groups, visits, facilitators and rules; their order leaves no trace.
    most_nodes
        Limit of the search for each set of groups that share facilitators. After it the
        best plan at hand is given, with the bound that was reached.
    most_labels
        Limit of the search for each group, see `search_meetings`.

    Returns
    -------
    SessionsPlan
        With a bound that no plan can beat. A group or visit for which nothing fits has no
        dates; what could be given up stands with it, or with the whole if it fits alone.

    Notes
    -----
    Without shared people every group is placed alone, exactly. Sets of groups that share
    people are searched best first over their clashes, so the bound is proven at every
    moment. The 19 published groups with four shared facilitators take about a second.
    """
    # NumPy is imported with the search only, so that the types stay cheap to import.
    from utm.programme.sessions.agents import GroupAgent, VisitAgent  # noqa: PLC0415
    from utm.programme.sessions.clashes import Guide  # noqa: PLC0415
    from utm.programme.sessions.reasons import why_not_together  # noqa: PLC0415
    from utm.programme.sessions.search import search_sessions  # noqa: PLC0415

    groups = [
        GroupAgent.of(one, problem, most_labels=most_labels)
        for one in sorted(problem.groups, key=lambda one: one.key)
    ]
    visits = [
        VisitAgent.of(one, problem) for one in sorted(problem.visits, key=lambda one: one.key)
    ]
    guides = {one.key: Guide.of(one, problem.rules) for one in problem.facilitators}
    everybody: list[Agent] = [*groups, *visits]
    possible = [one for one in everybody if one.place(frozenset()) is not None]
    placed: dict[str, Placing] = {}
    bound = NOTHING
    relaxations: list[Relaxation] = []
    for together in _sharing_people(possible):
        outcome, fitting = search_sessions(together, guides, most_nodes=most_nodes), together
        if outcome.placings is None:
            reasons = why_not_together(together, guides, most_nodes=most_nodes)
            relaxations += reasons.relaxations
            fitting, outcome = reasons.without, reasons.outcome
        for agent, placing in zip(fitting, outcome.placings or (), strict=True):
            placed[_name(agent)] = placing
        bound += outcome.bound or NOTHING
    return _told(_Placed(groups, visits, placed, bound, tuple(relaxations)), problem)


@frozen
class _Placed:
    groups: Sequence[GroupAgent]
    visits: Sequence[VisitAgent]
    placings: Mapping[str, Placing]
    bound: SessionsScore
    relaxations: tuple[Relaxation, ...]


def _name(agent: Agent) -> str:
    return f"{'visit' if agent.is_visit else 'group'}/{agent.key}"


def _sharing_people(agents: Sequence[Agent]) -> list[list[Agent]]:
    """Sets of agents that are tied by facilitators or cities, directly or over others."""
    sets: list[tuple[set[str], list[Agent]]] = []
    for agent in agents:
        people = {f"city/{key}" for key in agent.people}
        if agent.facilitator:
            people.add(f"facilitator/{agent.facilitator}")
        tied = [one for one in sets if one[0] & people]
        sets = [one for one in sets if not one[0] & people]
        together = [each for _, those in tied for each in those] + [agent]
        sets.append((people.union(*(those for those, _ in tied)), together))
    order = {id(agent): at for at, agent in enumerate(agents)}
    sets.sort(key=lambda one: min(order[id(each)] for each in one[1]))
    return [sorted(those, key=lambda each: order[id(each)]) for _, those in sets]


def _told(found: _Placed, problem: SessionsProblem) -> SessionsPlan:
    from utm.programme.sessions.visit_reasons import why_no_days  # noqa: PLC0415 - as above

    scores = [placing.score for placing in found.placings.values()]
    score = NOTHING
    for one in scores:
        score += one
    groups = tuple(
        GroupSessions(
            group=agent.key,
            facilitator=agent.facilitator,
            meetings=_meetings(agent, found.placings.get(_name(agent))),
        )
        for agent in found.groups
    )
    visits: list[PlacedVisit] = []
    for agent in found.visits:
        placing = found.placings.get(_name(agent))
        first, last = (None, None) if placing is None else agent.days_of(placing)
        alone = () if agent.options else why_no_days(agent.visit, problem)
        visits.append(
            PlacedVisit(visit=agent.key, first_day=first, last_day=last, relaxations=alone)
        )
    plan = SessionsPlan(
        groups=groups,
        visits=tuple(visits),
        score=score,
        bound=found.bound,
        relaxations=found.relaxations,
        notes=(),
        time_zone_data=time_zone_data_version(),
    )
    return SessionsPlan(
        groups=plan.groups,
        visits=plan.visits,
        score=plan.score,
        bound=plan.bound,
        relaxations=plan.relaxations,
        notes=tuple(_notes(plan, problem)),
        time_zone_data=plan.time_zone_data,
    )


def _meetings(agent: GroupAgent, placing: Placing | None) -> MeetingPlan:
    members = sorted(agent.group.members, key=lambda member: member.key)
    return plan_at(
        None if placing is None else placing.starts,
        members,
        agent.clocks,
        agent.rules,
        slots=agent.slots,
        agreed=agent.agreed,
        is_proven_best=placing is not None
        and placing.score == placing.bound
        and placing == agent.place(frozenset()),
    )


def _notes(plan: SessionsPlan, problem: SessionsProblem) -> list[str]:
    notes: list[str] = []
    if plan.without_dates:
        notes.append(f"No dates fit {', '.join(plan.without_dates)}.")
    if plan.is_proven_best:
        notes.append("No other plan of the year asks less of the city that bears most.")
    elif plan.is_complete:
        notes.append(
            f"The search was cut short: the city that bears most bears "
            f"{plan.score.largest_burden_minutes} minutes, and no plan has less than "
            f"{plan.bound.largest_burden_minutes}."
        )
    nobody = [one.group for one in plan.groups if not one.facilitator]
    if problem.facilitators and nobody:
        notes.append(f"Nobody leads {', '.join(nobody)}.")
    return notes
