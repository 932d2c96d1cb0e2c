"""A good choice of columns, by beam search: many choices begun are carried on abreast.

Each step decides on one class of every choice begun, the one with the fewest ways to go on.
What a choice loses at least against the prices tells which are carried on.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from functools import partial
from itertools import pairwise

import numpy as np
from attrs import frozen

from utm.pairing.arrays import Integers
from utm.pairing.kernels.abreast import begin, carry_on, narrow
from utm.pairing.node import Generation, Table, Workspace, generation_for, workspace_for
from utm.pairing.packing import Packing
from utm.pairing.side_by_side import side_by_side

__all__ = ["chosen_abreast"]

_WIDTH = 200
_TRIED = 2  # for each that is carried on
_WAYS = 60
_SHARES = 2


def chosen_abreast(
    packing: Packing,
    prices: Integers,
    most: int,
    *,
    interrupted: Callable[[], bool],
    executor: Executor | None = None,
) -> Integers | None:
    """Return the columns of a good choice.

    Parameters
    ----------
    packing
        The columns.
    prices
        Prices of each row in millionths that no column exceeds. The better they are, the better
        is the choice.
    most
        What a choice may be worth less than all prices together, at most.
    interrupted
        Whether to stop.
    executor
        Threads to work in, if it has any; the choice does not depend on it.

    Returns
    -------
    Indices of columns, each as often as it is taken; ``None`` where it finds none that is worth
    enough.

    Notes
    -----
    O(classes · width · entries) time, for as many entries as the columns have.
    """
    workers = [_Worker.of(packing, prices) for _ in range(_SHARES)]
    threads = executor if isinstance(executor, ThreadPoolExecutor) else None
    now = workers[0].root(prices, most)
    after = _generation(packing)
    begun: list[tuple[Integers, Integers]] = []
    alive = np.zeros(1, dtype=np.int64)
    best: Integers | None = None
    while True:
        complete = alive[(now.rows[alive] < 0) & (now.lost[alive] <= most)]
        if len(complete):
            last = complete[np.argmin(now.lost[complete])]
            best, most = _way_to(begun, int(last)), int(now.lost[last]) - 1
        alive = alive[(now.rows[alive] >= 0) & (now.lost[alive] <= most)]
        parents, ways = _next(now, _best_apart(now, alive), most)
        tasks = [
            partial(worker.carry_on, now, parents[share], ways[share], _part(after, share), most)
            for worker, share in zip(workers, _shares(len(parents)), strict=True)
        ]
        if len(parents) == 0 or interrupted():
            return best
        side_by_side(threads, tasks, lambda: False)  # they take no time worth asking in
        alive = np.arange(len(parents))
        begun.append((parents, after.taken[alive].copy()))
        now, after = after, now


@frozen(kw_only=True, eq=False)
class _Worker:
    """What works on a share of the choices begun: the columns, and room to work in."""

    table: Table
    work: Workspace
    order: Integers
    packing: Packing

    @staticmethod
    def of(packing: Packing, prices: Integers) -> _Worker:
        count = len(packing.worth)
        work = workspace_for(len(packing.limits), count, len(packing.rows))
        return _Worker(
            table=narrow(packing.table(), work, prices),
            work=work,
            order=np.empty(count, dtype=np.int64),
            packing=packing,
        )

    def root(self, prices: Integers, most: int) -> Generation:
        """Return the choice of nothing so far."""
        root = _generation(self.packing)
        columns = np.flatnonzero(self.packing.highest > 0)
        root.columns[0, : len(columns)], root.counts[0] = columns, len(columns)
        root.lacks[0, : len(columns)] = -self.packing.excess(prices)[columns]
        root.prices[0], root.room[0] = prices, self.packing.limits
        begin(self.table, self.work, self.order, self.packing.classes, root, 0, most)
        return root

    def carry_on(
        self, now: Generation, parents: Integers, ways: Integers, after: Generation, most: int
    ) -> None:
        """Carry choices on by one column each."""
        classes = self.packing.classes
        carry_on(self.table, self.work, self.order, classes, now, parents, ways, after, most)


def _generation(packing: Packing) -> Generation:
    columns, rows = len(packing.worth), len(packing.limits)
    return generation_for(_TRIED * _WIDTH, columns, rows, _WAYS)


def _shares(count: int) -> list[slice]:
    """Return shares of so many choices."""
    bounds = [count * share // _SHARES for share in range(_SHARES + 1)]
    return [slice(first, last) for first, last in pairwise(bounds)]


def _part(choices: Generation, share: slice) -> Generation:
    return Generation(*(each[share] for each in choices))


def _best_apart(choices: Generation, alive: Integers) -> Integers:
    """Return the choices that lose least, of those that leave the same room only the best."""
    alive = alive[np.argsort(choices.lost[alive], kind="stable")]
    marks = choices.room[alive] @ _marks(choices.room.shape[1])
    _, first = np.unique(marks, return_index=True)
    return alive[np.sort(first)[:_WIDTH]]


def _marks(rows: int) -> Integers:
    """Return a number for each row, so that the sums for different room differ."""
    return np.random.default_rng(0).integers(1 << 40, size=rows)


def _next(choices: Generation, alive: Integers, most: int) -> tuple[Integers, Integers]:
    """Return the ways to go on by which least is lost: the choice of each, and which it is."""
    losses = choices.losses[alive].ravel()
    near = np.argsort(losses, kind="stable")[: _TRIED * _WIDTH]
    near = near[losses[near] <= most]
    return alive[near // (_WAYS + 1)], near % (_WAYS + 1)


def _way_to(begun: list[tuple[Integers, Integers]], last: int) -> Integers:
    """Return the columns that were taken on the way to a choice."""
    columns: list[int] = []
    for parents, taken in reversed(begun):
        if taken[last] >= 0:
            columns.append(int(taken[last]))
        last = int(parents[last])
    return np.array(columns[::-1], dtype=np.int64)
