"""The last part of a search: every group that a better grouping could hold, and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from utm.pairing.certificate import Harvest, Paid, harvest_above
from utm.pairing.columns import Columns, join
from utm.pairing.compiled import chooses_by_loops
from utm.pairing.improving import choose_abreast, chooses_abreast, reform
from utm.pairing.master import select
from utm.pairing.primal import times_in
from utm.pairing.tightening import FEW, Tightening

if TYPE_CHECKING:
    from utm.pairing.arrays import Integers
    from utm.pairing.branching import Branching
    from utm.pairing.search import Search
    from utm.pairing.tightening import Look

__all__ = ["choose_by_size", "close_gap"]

_REFORMED_FROM = 30_000
_SOLVABLE = 20_000
_SOLVED_AT_ONCE = 2_500
_NEAREST = 1_000
_STALL_NODES = 500
_BRANCHED_FIRST, _FURTHER = 600, 4
_NEGLIGIBLE = 1_000  # millionths


def close_gap(search: Search, most: int, *, looks_at_all: bool = False) -> None:
    """Enumerate every group that a better grouping could hold and solve over them.

    The bound is tightened by cuts, the grouping is improved at the prices of these, and what is
    left is solved as a whole if it is not too much. Where there are more groups than ``most``,
    it gives up, or looks at all groups while the bound is tightened and enumerates at the end,
    when a lower bound leaves fewer.
    """
    search.enter("closing the gap")
    arrays = search.arrays
    tightening = _begun(search, most, looks_at_all=looks_at_all)
    if tightening is None:
        return
    search.pool = join(arrays, [search.pool, tightening.columns])

    _tighten(search, tightening)
    if search.is_open:
        search.enter("choosing groups")
    if not _completed(search, tightening):
        return
    is_good = len(tightening.columns) <= _SOLVED_AT_ONCE or chooses_abreast(search)
    if search.is_open and not is_good:
        reform(search, tightening.nearest(_REFORMED_FROM), tightening)
        tightening.forget(search.worth)
        _take_over(search, tightening)
    if chooses_by_loops(search.arrays.classes) and len(tightening.columns) > FEW:
        _branch(search, tightening)
    else:
        _solve_all(search, tightening)


def choose_by_size(search: Search) -> None:
    """Choose groups at prices that know how many there can be of each size, if that matters."""
    if not search.is_open or not chooses_abreast(search):
        return
    search.enter("closing the gap")
    tightening = Tightening(search.arrays, search.pool, search.certificate, _look(search, None))
    _tighten(search, tightening, by_size=True)
    search.pool = join(search.arrays, [search.pool, tightening.columns])
    if tightening.cuts and search.is_open:
        search.enter("choosing groups")
        choose_abreast(search, tightening)


def _tighten(search: Search, tightening: Tightening, *, by_size: bool = False) -> None:
    """Lower the bound by cuts."""
    tightening.run(
        known=lambda: search.worth,
        interrupted=search.interrupted,
        tell=lambda: _take_over(search, tightening),
        by_size=by_size,
    )
    _take_over(search, tightening)


def _take_over(search: Search, tightening: Tightening) -> None:
    """Let the search know its bound."""
    search.lower(tightening.bound)
    search.tell()


def _look(search: Search, most: int | None) -> Look:
    """Return how to look at all groups.

    A look below the prices keeps all that it finds and is given up where these are more than
    ``most``; with ``None`` there is none.
    """

    def look(prices: Integers, threshold: int, paid: Paid | None) -> Harvest | None:
        if threshold < 0 and most is None:
            return None
        harvest = harvest_above(
            search.arrays,
            prices,
            threshold,
            keep_all=None if threshold == 0 else most,
            interrupted=search.interrupted,
            favoured=search.favoured,
            paid=paid,
            executor=search.executor,
        )
        return harvest if harvest.complete else None

    return look


def _begun(search: Search, most: int, *, looks_at_all: bool) -> Tightening | None:
    """Begin with every group that a better grouping could hold, or look at all on the way."""
    arrays, look = search.arrays, _look(search, most)
    harvest = look(search.certificate, search.worth - search.proven, None)
    if harvest is not None:
        return Tightening(arrays, harvest.columns(), search.certificate)
    if not search.is_open or not looks_at_all or search.is_large:
        return None
    if arrays.several.any():  # what they pay for forming a group once changes with its price
        return None
    return Tightening(arrays, search.pool, search.certificate, look)


def _completed(search: Search, tightening: Tightening) -> bool:
    """Enumerate what a better grouping could hold, with better groupings until that is feasible."""
    while search.is_open and not tightening.complete(search.worth):
        before = search.worth
        reform(search, tightening.nearest(_REFORMED_FROM), tightening)
        if search.worth == before:
            return False
    return search.is_open


def _branch(search: Search, tightening: Tightening) -> None:
    """Find the best choice by branch and bound: at first near the bound, then further below.

    What is nearest to the bound is looked through soon, and either holds the best choice or
    proves that there is none so near.
    """
    from utm.pairing.branching import Branching  # noqa: PLC0415 - loads numba

    packing, prices = tightening.packed(tightening.columns)
    reach = int(packing.limits @ prices)
    lacks = -packing.excess(prices)
    in_order = np.sort(lacks)
    count = _BRANCHED_FIRST
    while search.is_open:
        within = int(in_order[count]) if count < len(in_order) else reach
        least = max(search.worth, reach - max(_NEGLIGIBLE, within))
        near = np.flatnonzero(lacks < reach - least)
        if len(near) > _SOLVABLE:
            return
        branching = Branching(packing.taken(near), prices, least)
        _carry_out(search, branching, tightening.columns.taken(near))
        if branching.is_full:
            return
        count *= _FURTHER


def _carry_out(search: Search, branching: Branching, columns: Columns) -> None:
    """Carry a branch and bound to its end, or until told to stop or there is no more room."""
    search.lower(branching.bound)  # it may have nothing to do
    while search.is_open and not branching.is_done and not branching.is_full:
        branching.advance(interrupted=search.interrupted, executor=search.executor)
        if branching.columns is not None:
            search.keep(columns, np.bincount(branching.columns, minlength=len(columns)))
        search.lower(branching.bound)
        search.tell()


def _solve_all(search: Search, tightening: Tightening) -> None:
    """Find the best choice by an integer program, at first over the nearest columns."""
    if search.is_open and len(tightening.columns) > 2 * _NEAREST:  # a better grouping leaves fewer
        is_last = len(tightening.columns) <= _SOLVABLE
        few = tightening.nearest(_NEAREST)
        _solve(search, few, tightening, stall_nodes=None if is_last else _STALL_NODES)
        tightening.forget(search.worth)
        search.lower(tightening.bound)
        search.tell()
    if search.is_open and len(tightening.columns) <= _SOLVABLE:
        bound = _solve(search, tightening.columns, tightening)
        if bound is not None:
            search.lower(bound)


def _solve(
    search: Search, columns: Columns, tightening: Tightening, *, stall_nodes: int | None = None
) -> int | None:
    """Take the best of some columns; return what no choice among them exceeds.

    Gives up after so many nodes without a better grouping.
    """
    arrays = search.arrays
    columns = join(arrays, [columns, search.groups])
    selection = select(
        arrays,
        columns,
        start=times_in(arrays, columns, search.groups),
        seed=search.seed,
        interrupted=search.interrupted,
        cuts=tightening.rows_of(columns),
        stall_nodes=stall_nodes,
    )
    search.keep(columns, selection.times)
    return selection.bound
