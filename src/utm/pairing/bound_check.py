"""Whether any admissible group is worth more than the prices of its members.

Written apart from the search, to be compared with it. All numbers are whole; products of
chances are taken in twelve and fifteen digits, as 64-bit integers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import combinations

import numpy as np
import numpy.typing as npt
from attrs import evolve

from utm.pairing.barriers import Barriers
from utm.pairing.definition import Definition, Focus
from utm.pairing.excess_table import FURTHEST, Rest, Table
from utm.pairing.limits import Limits
from utm.pairing.policy import FocusKind
from utm.pairing.violations import violations_of

__all__ = ["lacking_less", "undersold"]

Whole = npt.NDArray[np.int64]

_MOST_FAULTS = 5
_MOST_NEAR = 2_000


def undersold(
    definition: Definition,
    prices: Mapping[str, int],
    capacity_prices: Mapping[str, int] | None = None,
    group_prices: Mapping[tuple[str, ...], int] | None = None,
) -> Iterator[str]:
    """Yield admissible groups worth more than their members' prices, at most five.

    Parameters
    ----------
    definition
        Scores and rules.
    prices
        Millionths by participant.
    capacity_prices
        Millionths by capacity, as `Limits.places` names them; none where there is none.
    group_prices
        Millionths by the members of groups that have a price of their own.

    Notes
    -----
    Each group of four is looked at from its best pair. Learning from partners is
    submodular, so that a bound from triples rules out most fours; the rest are counted
    exactly. Time grows with n³ for each theme, memory with n², where those who are alike in
    all but their ids count four times at most.
    """
    if not prices:
        return
    far = list(_too_far(definition, prices, capacity_prices or {}))
    if far:
        yield from far
        return
    once = group_prices or {}
    names = _four_of_each_kind(definition, prices, once)
    faults: set[tuple[Focus, tuple[str, ...]]] = set()
    for focus, group, worth, due in _near(definition, names, prices, capacity_prices or {}):
        asked = due + once.get(group, 0)
        if worth > asked and (focus, group) not in faults:
            single = definition.policy.focus is FocusKind.TOPIC
            names_it = focus[1][0] if single else focus[0]
            yield f"{' and '.join(group)} are worth {worth} under {names_it} and cost {asked}."
            faults.add((focus, group))
            if len(faults) == _MOST_FAULTS:
                return


def _too_far(
    definition: Definition, prices: Mapping[str, int], dues: Mapping[str, int]
) -> Iterator[str]:
    """Name prices so far from zero that sums of them might not fit into 64 bits."""
    for name in sorted(name for name, due in dues.items() if abs(due) > FURTHEST):
        yield f"The capacity of {name} has a price too far from zero."
    limits = Limits(definition)
    shares = [_share(limits.least_dues(theme, dues)) for theme, _ in definition.foci()]
    lowest = min([0, *shares])
    for name in sorted(definition.people):
        if prices[name] + lowest - definition.priorities.get(name, 0) < -FURTHEST:
            yield f"{name} has a price too far below zero."


def _share(least: int) -> int:
    """Return what each member of a group is asked for its dues: no group pays more by that."""
    return least // 4 if least > 0 else least // 2


def lacking_less(
    definition: Definition,
    prices: Mapping[str, int],
    capacity_prices: Mapping[str, int],
    than: int,
) -> dict[tuple[str, ...], int] | None:
    """Return the admissible groups that lack less than an amount to their members' prices.

    Parameters
    ----------
    definition, prices, capacity_prices
        As for `undersold`, which has found no group that exceeds them.
    than
        The amount in millionths.

    Returns
    -------
    What each group lacks, by its members; ``None`` where there are thousands.
    """
    found: dict[tuple[str, ...], int] = {}
    names = sorted(prices)
    for _, group, worth, asked in _near(definition, names, prices, capacity_prices, lack=than):
        if asked - worth < than:
            found[group] = min(asked - worth, found.get(group, than))
        if len(found) > _MOST_NEAR:
            return None
    return found


def _near(
    definition: Definition,
    names: list[str],
    prices: Mapping[str, int],
    dues: Mapping[str, int],
    *,
    lack: int = 0,
) -> Iterator[tuple[Focus, tuple[str, ...], int, int]]:
    """Yield admissible groups with their worth and what they cost.

    All that are worth more than that, or lack less than so many millionths.
    """
    limits = Limits(definition)
    barriers = Barriers(definition, names)
    likeness = _likeness(definition, names)
    tongues = _tongues(definition, names, dues)
    for focus in definition.foci():
        least = limits.least_dues(focus[0], dues)
        share = _share(least)
        first = definition.priorities
        asked_of = {name: prices[name] + share - first.get(name, 0) for name in names}
        table = Table(
            definition,
            names,
            focus,
            prices=asked_of,
            barriers=barriers,
            likeness=likeness,
            lack=lack,
            rest=Rest(limits.dues_but_for_language(focus[0], dues), share, tongues),
        )
        for members in table.suspects():
            group = tuple(names[index] for index in sorted(members))
            asked = sum(prices[name] for name in group) + limits.dues(group, focus[0], dues)
            worth = definition.score(group, focus)
            if worth > asked - lack and not violations_of(definition, group, focus):
                yield focus, group, worth, asked


def _tongues(
    definition: Definition, names: list[str], dues: Mapping[str, int]
) -> tuple[npt.NDArray[np.bool_], Whole] | None:
    """Return who may speak what, shape (n, languages), and what each language costs at least."""
    limited = {each.language for each in definition.policy.language_capacities}
    if not limited:
        return None
    spoken = [definition.people[name].languages for name in names]
    codes = sorted(limited.union(*(languages or () for languages in spoken)))
    # the last stands for any other: who is not known to speak any may speak that
    speaks = [
        [languages is None or code in languages for code in codes] + [languages is None]
        for languages in spoken
    ]
    costs = [*(dues.get(f"language {code}", 0) for code in codes), 0]
    return np.array(speaks, dtype=np.bool_), np.array(costs, dtype=np.int64)


def _four_of_each_kind(
    definition: Definition,
    prices: Mapping[str, int],
    group_prices: Mapping[tuple[str, ...], int],
) -> list[str]:
    """Return the participants in order, of those alike in everything but the id the first four.

    No group holds more, and which of them it holds changes neither worth nor price nor rules.
    Whoever is named together with another, or judged by a part of a third party, is like nobody
    else; those whom the same conflicts name are alike.
    """
    policy = definition.policy
    named = {name for lock in policy.locks if len(lock.members) > 1 for name in lock.members}
    named |= {name for exclusion in policy.exclusions for name in exclusion.members}
    named |= {name for pair in definition.problem.earlier_pairs for name in pair}
    named |= {name for members in group_prices for name in members}
    conflicts: dict[str, list[int]] = {}
    for number, conflict in enumerate(policy.conflicts):
        for name in conflict.members:
            conflicts.setdefault(name, []).append(number)
    met: Counter[object] = Counter()
    kept: list[str] = []
    for name in sorted(definition.people):
        price = prices[name] - definition.priorities.get(name, 0)
        kind: object = (evolve(definition.people[name], id=""), price, *conflicts.get(name, ()))
        if policy.pair_parts or name in named:
            kind = name
        met[kind] += 1
        if met[kind] <= policy.largest_group:
            kept.append(name)
    return kept


def _likeness(definition: Definition, names: list[str]) -> Whole:
    """Return what the likeness of two is worth to each, shape (n, n)."""
    worth: Whole = np.zeros((len(names), len(names)), dtype=np.int64)
    for i, j in combinations(range(len(names)), 2):
        parts = definition.likeness.parts(names[i], names[j])
        worth[i, j] = worth[j, i] = sum(parts.values())
    return worth
