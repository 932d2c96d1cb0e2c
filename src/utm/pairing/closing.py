"""The last part of a search: every group that a better grouping could hold, and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utm.pairing.certificate import harvest_above
from utm.pairing.columns import Columns, join
from utm.pairing.improving import reform
from utm.pairing.master import select
from utm.pairing.primal import times_in
from utm.pairing.tightening import Tightening

if TYPE_CHECKING:
    from utm.pairing.search import Search

__all__ = ["close_gap"]

_REFORMED_FROM = 30_000
_SOLVABLE = 20_000
_SOLVED_AT_ONCE = 2_500
_NEAREST = 1_000
_STALL_NODES = 500


def close_gap(search: Search, most: int) -> None:
    """Enumerate every group that a better grouping could hold and solve over them.

    Gives up where there are more groups than ``most``. The bound is tightened by cuts, the
    grouping is improved at the prices of these, and what is left is solved as a whole if it
    is not too much.
    """
    search.enter("closing the gap")
    arrays = search.arrays
    harvest = harvest_above(
        arrays,
        search.certificate,
        search.worth - search.proven,
        keep_all=most,
        interrupted=search.interrupted,
        favoured=search.favoured,
        executor=search.executor,
    )
    if not harvest.complete:
        return
    tightening = Tightening(arrays, harvest.columns(), search.certificate)
    search.pool = join(arrays, [search.pool, tightening.columns])

    def tell() -> None:
        search.lower(tightening.bound)
        search.tell()

    tightening.run(known=lambda: search.worth, interrupted=search.interrupted, tell=tell)
    tell()
    if search.is_open:
        search.enter("choosing groups")
    if search.is_open and len(tightening.columns) > _SOLVED_AT_ONCE:
        reform(search, tightening.nearest(_REFORMED_FROM), tightening)
        tightening.forget(search.worth)
        tell()
    if search.is_open and len(tightening.columns) > 2 * _NEAREST:  # a better grouping leaves fewer
        is_last = len(tightening.columns) <= _SOLVABLE
        few = tightening.nearest(_NEAREST)
        _solve(search, few, tightening, stall_nodes=None if is_last else _STALL_NODES)
        tightening.forget(search.worth)
        tell()
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
