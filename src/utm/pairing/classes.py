"""Which participants neither a rule nor a score can tell apart."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from utm.pairing.context import millionths
from utm.pairing.participant import Participant
from utm.pairing.policy import Policy
from utm.pairing.problem import Problem

__all__ = ["classes_among"]


def classes_among(
    problem: Problem, everybody: Sequence[Participant], apart: Collection[str]
) -> tuple[tuple[int, ...], ...]:
    """Return the places of the participants, those together whom nothing tells apart.

    Parameters
    ----------
    problem
        The problem.
    everybody
        Its participants, in order.
    apart
        Whom to tell apart all the same.

    Notes
    -----
    Whoever is named together with another, or may be in several groups, is alike to nobody.
    What rules say of one alone, or of all members of a conflict, is a mark that those alike
    share.
    """
    policy = problem.policy
    named = set(apart)
    named |= {name for lock in policy.locks if len(lock.members) > 1 for name in lock.members}
    named |= {name for exclusion in policy.exclusions for name in exclusion.members}
    named |= {name for pair in problem.earlier_pairs for name in pair}
    named |= {allowance.participant for allowance in policy.allowances}
    if policy.groups_each > 1 or policy.pair_parts:
        named |= {participant.id for participant in everybody}
    marks = _marks(policy)
    alike: dict[object, list[int]] = {}
    for place, p in enumerate(everybody):
        key: object = (
            tuple((need.topic, millionths(need.weight_share)) for need in p.needs),
            tuple((offer.topic, offer.maturity) for offer in p.offers),
            (p.country, p.languages, p.timezone, p.climate, p.population),
            (p.coast_km, p.elevation_m, p.on_river, p.income),
            tuple(marks.get(p.id, ())),
        )
        alike.setdefault(p.id if p.id in named else key, []).append(place)
    return tuple(tuple(members) for members in alike.values())


def _marks(policy: Policy) -> Mapping[str, Sequence[object]]:
    """Return by name what rules say of one participant whoever the others are.

    That it must be placed, what its place is worth, and which conflicts name it.
    """
    marks: dict[str, list[object]] = {}
    for lock in policy.locks:
        if len(lock.members) == 1:
            marks.setdefault(lock.members[0], []).append("placed")
    for priority in policy.priorities:
        marks.setdefault(priority.participant, []).append(("worth", millionths(priority.worth)))
    for number, conflict in enumerate(policy.conflicts):
        for name in conflict.members:
            marks.setdefault(name, []).append(number)
    return marks
