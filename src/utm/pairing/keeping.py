"""The best plan that keeps so many old groups, among all plans that could be better than one."""

from __future__ import annotations

import numpy as np

from utm.pairing.arrays import Booleans, Integers, PairingArrays
from utm.pairing.certificate import harvest_above
from utm.pairing.columns import Columns, stacked
from utm.pairing.master import select
from utm.pairing.packing import packing_of
from utm.pairing.search import Search

__all__ = ["best_keeping", "is_among"]

_ENUMERABLE = 20_000
_STALL_NODES = 5_000
_ANY = 1_000_000
"""As often as places admit."""


def is_among(arrays: PairingArrays, columns: Columns, others: Columns) -> Booleans:
    """Return which columns are of the same participants and topics as one of others."""
    of_topics = {(focus.theme, focus.topics): number for number, focus in enumerate(arrays.foci)}
    numbers = [of_topics[focus.theme, focus.topics] for focus in arrays.foci]
    topics = np.array(numbers, dtype=np.int64)  # a focus has a working language besides
    known = set(_keys(others.copies, topics[others.focus]))
    found = [key in known for key in _keys(columns.copies, topics[columns.focus])]
    return np.array(found, dtype=np.bool_)


def _keys(copies: Integers, numbers: Integers) -> list[tuple[int, ...]]:
    return list(map(tuple, np.column_stack([copies, numbers]).tolist()))


def best_keeping(
    search: Search, old: Columns, plan: Columns, *, favour: int, least_kept: int, score: int
) -> tuple[Columns, int] | None:
    """Return the best plan that keeps so many old groups, and a bound on all such plans.

    Parameters
    ----------
    search
        A search that has run with the old groups as favoured columns.
    old
        These, at what they are worth; of those alike as often as there are such groups.
    plan
        The best known plan that keeps so many, at what its groups are worth.
    favour
        What each old group counted for besides, in millionths.
    least_kept
        How many of them are to be kept at least.
    score
        Worth of the plan, without bonus.

    Returns
    -------
    Groups at what they are worth, and the bound without bonus; ``None`` where too many groups
    could be part of a better plan.

    Notes
    -----
    A better plan is worth more than ``score`` and all favours of so many groups, so each of its
    groups is near to the prices of the search. All groups so near are enumerated, and the best
    choice among them is an integer program with one more row, for the groups that are kept.
    """
    arrays = search.arrays
    least = score + favour * least_kept + arrays.total_bonus - search.proven
    harvest = harvest_above(
        arrays,
        search.certificate,
        least,
        keep_all=_ENUMERABLE,
        interrupted=search.interrupted,
        executor=search.executor,
    )
    if not harvest.complete:
        return None
    kept, times = _each_once(old)
    never_new = kept.taken(packing_of(arrays, kept).highest <= times)
    found = stacked([harvest.columns(), _each_once(plan)[0]])
    found = found.taken(~is_among(arrays, found, never_new))
    columns = stacked([found, kept])
    highest = np.append(np.full(len(found), _ANY, dtype=np.int64), times)
    chosen = select(
        arrays,
        columns,
        start=_start(columns, highest, plan),
        seed=search.seed,
        interrupted=search.interrupted,
        stall_nodes=_STALL_NODES,
        at_least=(highest < _ANY, least_kept),
        highest=highest,
    )
    if chosen.bound is None:
        return None
    groups = columns.taken(np.repeat(np.arange(len(columns)), chosen.times))
    return groups, chosen.bound - arrays.total_bonus


def _each_once(columns: Columns) -> tuple[Columns, Integers]:
    """Return columns that differ, and how often each stands there."""
    rows = np.column_stack([columns.copies, columns.focus])
    _, first, times = np.unique(rows, axis=0, return_index=True, return_counts=True)
    return columns.taken(first), times.astype(np.int64)


def _start(columns: Columns, highest: Integers, plan: Columns) -> Integers:
    """Return how often a plan takes each column, the last that are the same first."""
    places: dict[tuple[int, ...], list[int]] = {}
    for number, key in enumerate(_keys(columns.copies, columns.focus)):
        places.setdefault(key, []).append(number)
    start: Integers = np.zeros(len(columns), dtype=np.int64)
    for key in _keys(plan.copies, plan.focus):
        open_ = [number for number in places[key] if start[number] < highest[number]]
        start[open_[-1]] += 1
    return start
