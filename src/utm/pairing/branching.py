"""The best choice of columns, by branch and bound.

A *node* is a choice begun: columns that are taken, columns that still can be, and prices that
tell what it can become worth at most. The node that can become worth most is worked on
first, and only as far as a *floor* a little below: a loop looks through all choices from it
that are worth more than the floor. Where there are none, the floor is what it can become
worth; where there are too many to look through, a linear program gives better prices, and
the node is split by the columns of one class.

Nodes are worked on side by side, always as many, whatever the number of workers, so that the
answer does not depend on it.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from functools import partial
from heapq import heapify, heappop, heappush

import numpy as np
from attrs import evolve, frozen

from utm.pairing.arrays import Integers
from utm.pairing.kernels.branches import best_within, follow, pick_row, rank, settle
from utm.pairing.node import levels_for, workspace_for
from utm.pairing.packing import Packing
from utm.pairing.repricing import Basics, Repricing
from utm.pairing.side_by_side import side_by_side

__all__ = ["Branching"]

_STEPS = 300
_PROGRAMS = 5
_AT_ONCE = 32
_FIRST_STEP = 8
_NEXT_STEP = 2
_MOST_HELD = 1 << 30  # bytes
_SIZE = 1_000  # bytes of a node besides what its arrays hold


@frozen(kw_only=True, eq=False)
class _Node:
    """A choice begun.

    Parameters
    ----------
    taken, worth
        Columns taken, and what they are worth.
    columns
        Columns that can still be taken.
    prices, room
        Prices and room of each row. No column exceeds the prices of what it takes.
    bound
        No choice that goes on from here is worth more.
    start
        Where the linear program that it was split at has ended, if there was one.
    """

    taken: tuple[int, ...]
    worth: int
    columns: Integers
    prices: Integers
    room: Integers
    bound: int
    start: Basics | None = None

    @property
    def reach(self) -> int:
        """What all prices together say that it can become worth."""
        return self.worth + int(self.room @ self.prices)

    @property
    def size(self) -> int:
        """Bytes that it holds, about; what siblings share counts for each."""
        size = _SIZE + self.columns.nbytes + self.prices.nbytes + self.room.nbytes
        if self.start is not None:
            size += self.start.columns.nbytes + self.start.rows.nbytes
        return size


@frozen(kw_only=True, eq=False)
class _Part:
    """What came of one node: nodes that are left, and the best choice above the floor.

    Where none is above it, ``taken`` is ``None`` and ``worth`` is the floor.
    """

    taken: tuple[int, ...] | None
    worth: int
    left: tuple[_Node, ...]


class Branching:
    """A search for the best choice of columns.

    Parameters
    ----------
    packing
        The columns.
    prices
        Prices of each row in millionths, none negative, that no column exceeds. The better
        they are, the sooner it ends.
    known
        What a choice must be worth more than.

    Attributes
    ----------
    columns
        Indices of the columns of the best choice, each as often as it is taken; ``None``
        where none worth more than what is known has been found.
    worth
        What that choice is worth, or what is known.
    """

    def __init__(self, packing: Packing, prices: Integers, known: int) -> None:
        self._packing = packing
        self.columns: Integers | None = None
        self.worth = known
        root = _Node(
            taken=(),
            worth=0,
            columns=np.flatnonzero(packing.highest > 0),
            prices=prices,
            room=packing.limits,
            bound=int(packing.limits @ prices),
        )
        self._first_bound = root.bound
        self._first_step = (root.bound - known) // _FIRST_STEP
        self._number = self._held = 0
        self._open: list[tuple[int, int, _Node]] = []
        self._put(root)

    @property
    def bound(self) -> int:
        """No choice is worth more."""
        return max(self.worth, -self._open[0][0]) if self._open else self.worth

    @property
    def is_done(self) -> bool:
        """Whether no choice is worth more than the best so far."""
        return self.bound <= self.worth

    @property
    def is_full(self) -> bool:
        """Whether it holds as much as it should; it has come as far as it can."""
        return self._held > _MOST_HELD

    def advance(self, *, interrupted: Callable[[], bool], executor: Executor | None = None) -> None:
        """Work on the next nodes.

        Parameters
        ----------
        interrupted
            Asked now and then whether to give up.
        executor
            Where to work; in this thread where ``None``.
        """
        bound = self.bound
        step = max(self._first_step, (self._first_bound - bound) // _NEXT_STEP)
        floor = max(self.worth, bound - step - 1)
        nodes: list[_Node] = []
        while self._open and len(nodes) < _AT_ONCE and -self._open[0][0] > floor:
            nodes.append(self._next())
        tasks = [partial(_explored, self._packing, node, self.worth, floor) for node in nodes]
        parts = side_by_side(executor, tasks, interrupted)
        for node, part in zip(nodes, parts, strict=True):
            if part is None:  # told to stop
                self._put(node)
                continue
            if part.taken is not None and part.worth > self.worth:
                self.columns = np.array(part.taken, dtype=np.int64)
                self.worth = part.worth
                self._forget()
            for left in part.left:
                self._put(left)

    def _put(self, node: _Node) -> None:
        if node.bound > self.worth:
            heappush(self._open, (-node.bound, self._number, node))
            self._number += 1
            self._held += node.size

    def _next(self) -> _Node:
        node = heappop(self._open)[2]
        self._held -= node.size
        return node

    def _forget(self) -> None:
        """Forget nodes that can become worth no more than is known by now."""
        self._open = [each for each in self._open if -each[0] > self.worth]
        heapify(self._open)
        self._held = sum(node.size for _, _, node in self._open)


def _explored(packing: Packing, node: _Node, known: int, floor: int) -> _Part:
    """Look through the choices that go on from a node, until that takes long."""
    return _Explorer(packing, node, known, floor).explored()


class _Explorer:
    """Depth first from one node, among the columns that can bring it above the floor.

    Parameters
    ----------
    packing, node
        All columns, and where to begin.
    known, floor
        Choices worth more than the floor are looked for. Columns that can be in none worth
        more than is known are dropped.
    """

    def __init__(self, packing: Packing, node: _Node, known: int, floor: int) -> None:
        self._whole = packing
        self._numbers = node.columns.astype(np.int64)
        self._packing = packing.taken(node.columns)
        self._table = self._packing.table()
        self._work = workspace_for(len(node.room), len(node.columns), len(self._packing.rows))
        self._levels = levels_for(len(node.columns), len(node.room), _STEPS + 1)
        self._root = evolve(node, columns=np.arange(len(node.columns)))
        self._taken: tuple[int, ...] | None = None
        self._known, self._floor = known, floor
        self._repricing: Repricing | None = None

    def explored(self) -> _Part:
        """Work on node after node while there is time."""
        nodes, done = [self._root], list[_Node]()
        programs = _PROGRAMS
        while nodes and programs:
            node = nodes.pop()
            if node.bound <= self._floor:
                done.append(node)
            elif self._is_looked_through(node):
                done.append(evolve(node, bound=self._floor))
            else:
                programs -= 1
                nodes += reversed(self._split(node))
        left = done + nodes
        return _Part(
            taken=self._taken,
            worth=self._floor,
            left=tuple(self._put_away(each) for each in left),
        )

    def _put_away(self, node: _Node) -> _Node:
        """Return a node as it is held until its turn, in little room, among all columns."""
        return evolve(node, columns=self._numbers[node.columns].astype(np.int32))

    def _is_looked_through(self, node: _Node) -> bool:
        """Look through the choices from a node at its prices; return whether these were all."""
        levels, count = self._levels, len(node.columns)
        levels.columns[0, :count], levels.counts[0] = node.columns, count
        levels.lacks[0, :count] = self._lacks(node)
        levels.prices[0], levels.room[0], levels.lost[0] = node.prices, node.room, 0
        reach = node.reach
        most = reach - self._floor - 1
        least, is_done = best_within(
            self._table, levels, self._work, self._packing.classes, most, _STEPS
        )
        if least >= 0:
            taken = self._numbers[levels.best[levels.best >= 0]].tolist()
            self._taken, self._floor = (*node.taken, *taken), reach - least
        return bool(is_done)

    def _lacks(self, node: _Node) -> Integers:
        return -self._packing.excess(node.prices)[node.columns]

    def _split(self, node: _Node) -> list[_Node]:
        """Split a node by the columns of a class, at the prices of its linear program."""
        node = self._repriced(node)
        table, work, classes = self._table, self._work, self._packing.classes
        columns, lacks, prices = node.columns.copy(), self._lacks(node), node.prices.copy()
        most = node.reach - self._known - 1
        count, lost = settle(table, work, columns, lacks, len(columns), prices, node.room, 0, most)
        lacks = lacks[:count]
        node = evolve(
            node, columns=columns[:count], prices=prices, bound=min(node.bound, node.reach - lost)
        )
        if node.bound <= self._floor:
            return [node]
        options = np.empty(count, dtype=np.int64)
        for spare in (node.reach - self._known - 1, node.reach - self._floor - 1):
            row = pick_row(work, classes, lacks, prices, node.room, spare)
            if row < 0:  # only what is taken already can be above the floor
                return [node]
            ways = rank(work, row, lacks, node.reach - self._floor - 1, options)
            if ways:  # the better class may have no way above the floor, and would not be split
                break
        options = options[:ways]
        children = [self._child(node, lacks, options, way) for way in range(len(options))]
        holders = work.holders[work.begins[row] : work.begins[row + 1]]
        others = holders[~np.isin(holders, options)]
        left_over = int(prices[row] * node.room[row])
        least = min(left_over, int(lacks[others].min(initial=left_over)))
        rest = evolve(
            node,
            columns=np.delete(node.columns, options),
            bound=min(node.bound, node.reach - least),
        )
        return [*children, rest]

    def _repriced(self, node: _Node) -> _Node:
        """Return a node with the prices of its linear program, if there are any."""
        if self._repricing is None:
            self._repricing = Repricing(self._whole, self._numbers, self._root.start)
        prices = self._repricing.prices(node.columns, node.room)
        if prices is None:
            return node
        prices = self._packing.taken(node.columns).lifted(prices)
        start = self._repricing.basics()
        node = evolve(node, prices=prices, start=node.start if start is None else start)
        return evolve(node, bound=min(node.bound, node.reach))

    def _child(self, node: _Node, lacks: Integers, options: Integers, way: int) -> _Node:
        """Return the node where one option is taken and none before it."""
        column = int(node.columns[options[way]])
        columns, room = np.empty_like(node.columns), node.room.copy()
        most = node.reach - int(lacks[options[way]]) - self._known - 1
        left = follow(
            self._table,
            node.columns,
            lacks,
            len(columns),
            options,
            way,
            most,
            columns,
            np.empty_like(lacks),
            room,
        )
        child = evolve(
            node,
            taken=(*node.taken, int(self._numbers[column])),
            worth=node.worth + int(self._packing.worth[column]),
            columns=columns[:left].copy(),
            room=room,
        )
        return evolve(child, bound=min(node.bound, child.reach))
