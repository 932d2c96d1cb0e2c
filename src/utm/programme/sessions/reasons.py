"""Why groups and visits that fit alone do not fit together, and what is least to give up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from attrs import evolve, frozen

from utm.programme.meetings import Relaxation, RelaxationKind
from utm.programme.sessions.agents import Agent
from utm.programme.sessions.clashes import Guide
from utm.programme.sessions.search import Outcome, search_sessions

__all__ = ["TogetherNot", "why_not_together"]

_WITHOUT_LIMIT = 10_000


@frozen(kw_only=True)
class TogetherNot:
    """What could be given up, and what is placed meanwhile.

    Parameters
    ----------
    relaxations
        The smallest change of each kind with which everything fits.
    without
        The agents that fit together.
    outcome
        Their dates.
    """

    relaxations: tuple[Relaxation, ...]
    without: list[Agent]
    outcome: Outcome


def why_not_together(
    agents: Sequence[Agent], guides: Mapping[str, Guide], *, most_nodes: int
) -> TogetherNot:
    """Find what is least to give up: groups handed over, visits, or limits of a facilitator.

    Parameters
    ----------
    agents
        Groups and visits that fit alone and not together.
    guides
        The facilitators by key.
    most_nodes
        Limit of each search. What is not found within it counts as not fitting.
    """
    for size in range(1, len(agents) + 1):
        helpful: list[tuple[tuple[Agent, ...], list[Agent], Outcome]] = []
        for absent in combinations(agents, size):
            rest = [agent for agent in agents if agent not in absent]
            outcome = search_sessions(rest, guides, most_nodes=most_nodes)
            if outcome.placings is not None:
                helpful.append((absent, rest, outcome))
        if helpful:
            changes = [_without(absent) for absent, _, _ in helpful]
            more = _more_load(agents, guides, most_nodes)
            _, rest, outcome = min(helpful, key=lambda each: _worth(each[2]))
            return TogetherNot(relaxations=(*changes, *more), without=rest, outcome=outcome)
    raise AssertionError("nothing always fits")  # pragma: no cover - the last set is empty


def _worth(outcome: Outcome) -> int:
    return -len(outcome.placings or ())


def _without(absent: Sequence[Agent]) -> Relaxation:
    names = " and ".join(agent.key for agent in absent)
    visits = all(agent.is_visit for agent in absent)
    leaders = sorted({agent.facilitator for agent in absent if agent.facilitator})
    sentence = f"The others fit if {names} {'is' if len(absent) == 1 else 'are'} left out."
    if not visits:
        sentence = (
            f"The others fit if somebody else leads {names}"
            f"{' instead of ' + ' and '.join(leaders) if leaders else ''}."
        )
    return Relaxation(
        kind=RelaxationKind.LEAVE_OUT_VISITS if visits else RelaxationKind.HAND_OVER,
        members=tuple(agent.key for agent in absent),
        amount=len(absent),
        sentence=sentence,
    )


def _more_load(
    agents: Sequence[Agent], guides: Mapping[str, Guide], most_nodes: int
) -> Iterator[Relaxation]:
    for key in sorted({agent.facilitator for agent in agents if agent.facilitator}):
        guide = guides[key]
        tireless = evolve(
            guide.who,
            most_meetings_a_day=_WITHOUT_LIMIT,
            most_meetings_a_week=_WITHOUT_LIMIT,
            rest_minutes=0,
        )
        outcome = search_sessions(
            agents, {**guides, key: evolve(guide, who=tireless)}, most_nodes=most_nodes
        )
        if outcome.placings is not None:
            yield Relaxation(
                kind=RelaxationKind.MORE_LOAD,
                members=(key,),
                amount=0,
                sentence=(
                    f"Everything fits if {guide.who.name} leads more than "
                    f"{guide.who.most_meetings_a_day} meetings in a day or "
                    f"{guide.who.most_meetings_a_week} in a week, or rests for less than "
                    f"{guide.who.rest_minutes} minutes between them."
                ),
            )
