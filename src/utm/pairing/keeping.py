"""The best plan that keeps so many old groups, among all plans that could be better than one."""

from __future__ import annotations

import numpy as np

from utm.pairing.arrays import Booleans, Integers, PairingArrays
from utm.pairing.certificate import harvest_above
from utm.pairing.columns import Columns, stacked
from utm.pairing.master import Selection, select
from utm.pairing.search import Search

__all__ = ["best_keeping", "is_among"]

_ENUMERABLE = 20_000
_STALL_NODES = 5_000


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
    search: Search, old: Columns, least_kept: int, plan: Columns, score: int
) -> tuple[Columns, int] | None:
    """Return the best plan that keeps so many old groups, and a bound on all such plans.

    Parameters
    ----------
    search
        A search that has run with the old groups as favoured columns.
    old
        These, at what they are worth.
    least_kept
        How many of them are to be kept at least.
    plan
        The best known plan that keeps so many, at what its groups are worth.
    score
        Its worth, without bonus.

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
    favour = int((search.favoured.worth - old.worth).max(initial=0))
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
    found = harvest.columns()
    others = [each.taken(~is_among(arrays, each, old)) for each in (found, plan)]
    columns = stacked([*others, old])
    kept = np.arange(len(columns)) >= len(columns) - len(old)
    chosen = _chosen(search, columns, plan, (kept, least_kept))
    if chosen.bound is None:
        return None
    groups = columns.taken(np.repeat(np.arange(len(columns)), chosen.times))
    return groups, chosen.bound - arrays.total_bonus


def _chosen(
    search: Search, columns: Columns, plan: Columns, at_least: tuple[Booleans, int]
) -> Selection:
    place = {key: number for number, key in enumerate(_keys(columns.copies, columns.focus))}
    start: Integers = np.zeros(len(columns), dtype=np.int64)
    for key in _keys(plan.copies, plan.focus):
        start[place[key]] += 1
    return select(
        search.arrays,
        columns,
        start=start,
        seed=search.seed,
        interrupted=search.interrupted,
        stall_nodes=_STALL_NODES,
        at_least=at_least,
    )
