"""Choices of columns that are carried on abreast, by one column each: by loops, or by NumPy.

Both do the same. Loops are faster once they are loaded, and far slower where they are
interpreted. What is lost and lacks is as in `utm.pairing.kernels.branches`.
"""

from __future__ import annotations

from concurrent.futures import Executor, ThreadPoolExecutor
from functools import partial
from itertools import pairwise
from typing import Protocol, TypeVar

import numpy as np
from attrs import frozen

from utm.pairing.arrays import Floats, Integers
from utm.pairing.node import PARTS, Generation, generation_for, workspace_for
from utm.pairing.packing import Packing
from utm.pairing.side_by_side import side_by_side

__all__ = ["ByArrays", "ByLoops", "Carrying", "Choices"]

_SHARES = 2
_GONE = 1 << 60  # lacked by a column that cannot be taken
_NONE = -1


class Choices(Protocol):
    """What is told of choices begun."""

    @property
    def room(self) -> Integers:
        """The room that is left of each row, shape (choices, rows)."""
        ...

    @property
    def lost(self) -> Integers:
        """What is lost so far, or by those that are complete."""
        ...

    @property
    def taken(self) -> Integers:
        """The column that was taken last, or -1."""
        ...

    @property
    def rows(self) -> Integers:
        """The row that is decided on, or -1 where a choice is complete or loses too much."""
        ...

    @property
    def losses(self) -> Integers:
        """What would be lost by each way to go on, shape (choices, ways + 1)."""
        ...


_Choices = TypeVar("_Choices", bound=Choices)


class Carrying(Protocol[_Choices]):
    """A way to carry choices on."""

    def root(self, prices: Integers, most: int) -> _Choices:
        """Return the choice of nothing so far, that may lose so much."""
        ...

    def carried_on(
        self, choices: _Choices, parents: Integers, ways: Integers, most: int
    ) -> _Choices:
        """Return where so many lead, each from one of the choices by one of its ways.

        Those that it goes on from are not to be used any more.
        """
        ...


class ByLoops:
    """Carry choices on by loops, in two shares.

    Parameters
    ----------
    packing, prices
        The columns, and prices of each row that none exceeds.
    choices, ways
        How many choices at most, and how many ways to go on from each.
    executor
        Threads to work in, if it has any.
    """

    def __init__(
        self,
        packing: Packing,
        prices: Integers,
        *,
        choices: int,
        ways: int,
        executor: Executor | None = None,
    ) -> None:
        from utm.pairing.kernels import abreast  # noqa: PLC0415 - loads numba

        self._loops = abreast
        self._packing = packing
        self._executor = executor if isinstance(executor, ThreadPoolExecutor) else None
        count, rows = len(packing.worth), len(packing.limits)
        works = [workspace_for(rows, count, len(packing.rows)) for _ in range(_SHARES)]
        self._tables = [abreast.narrow(packing.table(), work, prices) for work in works]
        self._works = works
        self._orders = [np.empty(count, dtype=np.int64) for _ in range(_SHARES)]
        self._free = [generation_for(choices, count, rows, ways) for _ in range(2)]

    def root(self, prices: Integers, most: int) -> Generation:
        """Return the choice of nothing so far."""
        root = self._free.pop()
        columns = np.flatnonzero(self._packing.highest > 0)
        root.columns[0, : len(columns)], root.counts[0] = columns, len(columns)
        root.lacks[0, : len(columns)] = -self._packing.excess(prices)[columns]
        root.prices[0], root.room[0] = prices, self._packing.limits
        table, work, order = self._tables[0], self._works[0], self._orders[0]
        self._loops.begin(table, work, order, self._packing.classes, root, 0, most)
        return root

    def carried_on(
        self, choices: Generation, parents: Integers, ways: Integers, most: int
    ) -> Generation:
        """Return where the ways lead, in the room of the choices before the last."""
        children = self._free.pop()
        self._free.append(choices)
        bounds = [len(parents) * share // _SHARES for share in range(_SHARES + 1)]
        tasks = [
            partial(
                self._loops.carry_on,
                *(table, work, order, self._packing.classes, choices),
                *(parents[first:last], ways[first:last]),
                Generation(*(each[first:last] for each in children)),
                most,
            )
            for table, work, order, (first, last) in zip(
                self._tables, self._works, self._orders, pairwise(bounds), strict=True
            )
        ]
        side_by_side(self._executor, tasks, lambda: False)  # no time worth asking in
        return children


@frozen(kw_only=True, eq=False)
class _Begun:
    """Choices begun, by choice but for what each column lacks.

    Parameters
    ----------
    lacks
        What each column lacks, shape (columns + 1, choices); the last column is none.
    prices, room, lost, taken, rows, losses
        As for loops.
    options, ways
        The columns to go on by, nearest first, and how many they are.
    """

    lacks: Integers
    prices: Integers
    room: Integers
    lost: Integers
    taken: Integers
    rows: Integers
    options: Integers
    ways: Integers
    losses: Integers


class ByArrays:
    """Carry choices on by NumPy, all of them row by row. Parameters as for loops."""

    def __init__(self, packing: Packing, prices: Integers, *, ways: int) -> None:
        self._packing = packing
        self._ways = ways
        columns, rows = len(packing.worth), len(packing.limits)
        table = packing.table()
        counts = (prices[packing.rows] > 0) | ~table.implied[packing.rows]
        column = np.repeat(np.arange(columns), np.diff(packing.starts))[counts]
        row, takes = packing.rows[counts], packing.takes[counts]
        self._rows, self._takes = _side_by_side(column, (row, takes), columns, (0, 0))
        by_row = np.argsort(row, kind="stable")
        self._holders, self._held = _side_by_side(
            row[by_row], (column[by_row], takes[by_row]), rows, (columns, 0)
        )
        self._count = np.bincount(row, minlength=rows)
        self._holds = np.zeros((packing.classes, columns))
        of_class = row < packing.classes
        self._holds[row[of_class], column[of_class]] = 1

    def root(self, prices: Integers, most: int) -> _Begun:
        """Return the choice of nothing so far."""
        packing = self._packing
        lacks = np.full((len(packing.worth) + 1, 1), _GONE)
        columns = np.flatnonzero(packing.highest > 0)
        lacks[columns, 0] = -packing.excess(prices)[columns]
        zero = np.zeros(1, dtype=np.int64)
        room, prices = packing.limits[None], prices[None].copy()
        return self._begun(lacks, prices, room, zero, taken=zero - 1, most=most)

    def carried_on(self, choices: _Begun, parents: Integers, ways: Integers, most: int) -> _Begun:
        """Return where the ways lead."""
        lacks, room = choices.lacks[:, parents], choices.room[parents]
        prices, lost = choices.prices[parents], choices.losses[parents, ways]
        lacks[lacks > most - lost] = _GONE
        options, rows = choices.options[parents], choices.rows[parents]
        child, earlier = np.nonzero(np.arange(self._ways) < ways[:, None])
        lacks[options[child, earlier], child] = _GONE
        takes_one = ways < choices.ways[parents]
        some, others = np.flatnonzero(takes_one), np.flatnonzero(~takes_one)
        taken = np.full(len(parents), _NONE)
        taken[some] = options[some, ways[some]]
        for row, takes in zip(self._rows[taken[some]].T, self._takes[taken[some]].T, strict=True):
            room[some, row] -= takes
            self._drop(lacks, room, some, row)
        room[others, rows[others]] = prices[others, rows[others]] = 0
        self._drop(lacks, room, others, rows[others])
        return self._begun(lacks, prices, room, lost, taken=taken, most=most)

    def _drop(self, lacks: Integers, room: Integers, choices: Integers, rows: Integers) -> None:
        """Drop the columns for which a row, one of each choice, has no room any more."""
        choice, place = np.nonzero(self._held[rows] > room[choices, rows][:, None])
        lacks[self._holders[rows][choice, place], choices[choice]] = _GONE

    def _begun(
        self,
        lacks: Integers,
        prices: Integers,
        room: Integers,
        lost: Integers,
        *,
        taken: Integers,
        most: int,
    ) -> _Begun:
        """Settle what choices lose at least, and list their ways to go on."""
        lost = lost + self._settle(lacks, prices, room)
        spare = most - lost
        rows = self._picked(lacks, prices, room, spare)
        holders = self._holders[rows]
        near = lacks[holders, np.arange(len(rows))[:, None]]
        is_way = near <= spare[:, None]
        is_way[rows == _NONE] = False
        order = np.argsort(np.where(is_way, near, _GONE), axis=1, kind="stable")
        nearest: Integers = order[:, : self._ways]
        ways = np.minimum(is_way.sum(axis=1), self._ways)
        listed = nearest.shape[1]
        options = np.full((len(rows), self._ways), len(lacks) - 1)
        options[:, :listed] = np.take_along_axis(holders, nearest, axis=1)
        losses = np.full((len(rows), self._ways + 1), most + 1)
        losses[:, :listed] = lost[:, None] + np.take_along_axis(near, nearest, axis=1)
        losses[np.arange(self._ways + 1) > ways[:, None]] = most + 1
        left_over = prices * room
        each = np.arange(len(rows))
        losses[each, ways] = lost + left_over[each, rows]
        is_complete = (rows == _NONE) & (spare >= 0)
        return _Begun(
            lacks=lacks,
            prices=prices,
            room=room,
            lost=lost + np.where(is_complete, left_over.sum(axis=1), 0),
            taken=taken,
            rows=rows,
            options=options,
            ways=ways,
            losses=losses,
        )

    def _settle(self, lacks: Integers, prices: Integers, room: Integers) -> Integers:
        """Move what each row loses at least out of columns and prices; return it."""
        lost = np.zeros(len(room), dtype=np.int64)
        for row in np.flatnonzero(((room > 0) & (prices > 0)).any(axis=0)).tolist():
            holders, held = self._holders[row, : self._count[row]], self._held[row, None].T
            held = held[: len(holders)]
            near = lacks[holders]
            least = np.where(room[:, row] > 0, prices[:, row], 0)
            np.minimum(least, (near // held).min(axis=0, initial=_GONE), out=least)
            if least.any():
                lacks[holders] = near - held * least
                prices[:, row] -= least
                lost += least * room[:, row]
        return lost

    def _picked(
        self, lacks: Integers, prices: Integers, room: Integers, spare: Integers
    ) -> Integers:
        """Return of each choice the class with the fewest ways to go on, or -1."""
        classes = self._packing.classes
        ways = (self._holds @ _counted(lacks[:-1], spare)).T
        is_open = (room[:, :classes] > 0) & (ways > 0)
        alone = prices[:, :classes] * room[:, :classes]
        ways += _counted(alone.T, spare).T
        ways[~is_open] = np.inf
        picked = ways.argmin(axis=1)
        return np.where(is_open.any(axis=1), picked, _NONE)


def _counted(lacks: Integers, spare: Integers) -> Floats:
    """Return how much each counts of what lacks no more than can be spared, near ones more."""
    counted = np.zeros(lacks.shape)
    near = lacks <= spare
    share = PARTS * lacks[near] // (np.broadcast_to(spare, lacks.shape)[near] + 1)
    counted[near] = (PARTS - share) ** 2
    return counted


def _side_by_side(
    keys: Integers, values: tuple[Integers, ...], count: int, fill: tuple[int, ...]
) -> list[Integers]:
    """Return the values of each key in a row of their own, filled up; the keys rise."""
    counts = np.bincount(keys, minlength=count)
    place = np.arange(len(keys)) - np.repeat(np.cumsum(counts) - counts, counts)
    tables = [np.full((count, int(counts.max(initial=0))), each) for each in fill]
    for table, of_key in zip(tables, values, strict=True):
        table[keys, place] = of_key
    return tables
