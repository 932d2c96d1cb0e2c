"""Good groupings: at once, or by a dive from the linear program."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from utm.pairing.arrays import Booleans, Floats, Integers, PairingArrays
from utm.pairing.columns import (
    Columns,
    classes_of,
    formed_once,
    join,
    repeats_of,
    stacked,
    surplus,
    worth_with_bonus,
)
from utm.pairing.master import Relaxation, relaxed, select
from utm.pairing.smoothing import smoothed

__all__ = ["MOST_IN_A_PROGRAM", "Dive", "fits_in", "greedy", "times_in"]

MOST_IN_A_PROGRAM = 1_500
"""Above so many participants prices are smoothed and not from linear programs."""

_NOTEWORTHY = 50  # millionths
_SMOOTHLY_FROM, _SMOOTHLY = 150, 300
_COOL, _COLD = (5_000.0, 2_500.0), (5_000.0, 2_500.0, 1_000.0)
_SURE, _FEW = 0.9, 25
_SOLVED_WHOLE = 48
_STALL_NODES = 40
_LOOKS = 60
_NEAR = 700
_AT_ONCE = 1_000
_NO_LIMIT = 1 << 62

Finder = Callable[[Integers, Integers, Columns], Columns]
"""Finds columns worth more than prices by class among the places that are left, from others."""


class Dive:
    """A good grouping from the linear program, some groups at a time.

    Parameters
    ----------
    arrays, pool
        The problem and the columns known.
    prices
        Prices by class that no group beats, bonus included.
    seed
        Seed of the solver.
    find
        Finds further columns.
    interrupted
        Whether to stop.

    Attributes
    ----------
    found
        The columns found on the way.
    """

    def __init__(
        self,
        arrays: PairingArrays,
        pool: Columns,
        prices: Integers,
        *,
        seed: int,
        find: Finder,
        interrupted: Callable[[], bool],
    ) -> None:
        self._arrays = arrays
        self._pool = pool
        self._prices = prices
        self._seed = seed
        self._find = find
        self._interrupted = interrupted
        self._standing = Columns.none()
        self._left = arrays.places.copy()
        self._promised = _NO_LIMIT
        self.found: list[Columns] = []

    @property
    def _unseated(self) -> int:
        return int(self._left[: len(self._arrays.seats)].sum())

    def grouping(self, standing: Columns | None = None, *, least: int = 0) -> Columns:
        """Form the surest groups at each solution, then solve for the last participants whole.

        Parameters
        ----------
        standing
            Disjoint groups that stay as they are; none where ``None``.
        least
            What the grouping is to be worth, bonus included. Where it is seen on the way that
            it would be less, it is left as far as it has come.
        """
        if standing is not None and len(standing):
            self._stand(standing)
        smoothly = min(max(self._unseated // 2, _SMOOTHLY_FROM), _SMOOTHLY)
        while self._unseated > _SOLVED_WHOLE and not self._interrupted():
            shares = self._solved(smoothly=self._unseated > smoothly)
            if self._promised < least:
                return self._standing
            taken = _surest(self._arrays, self._pool, shares, self._left)
            if len(taken) == 0:
                break
            self._stand(taken)
        if self._interrupted():  # whatever is left is placed at once
            last = greedy(self._arrays, self._pool, self._prices, places=self._left)
        else:
            self._solved(smoothly=False)
            if self._promised < least:
                return self._standing
            last = self._chosen(least)
        return stacked([self._standing, last])

    def _stand(self, groups: Columns) -> None:
        """Take groups for good, with their places, and forget the columns that are left none."""
        arrays = self._arrays
        self._standing = stacked([self._standing, groups])
        used = np.zeros(arrays.classes + 1, dtype=np.int64)
        np.add.at(used, classes_of(arrays, groups), 1)
        self._left -= used[:-1]
        self._pool = self._open(self._pool)

    def _open(self, columns: Columns) -> Columns:
        """Return those that there are places for, and that do not stand already."""
        again = repeats_of(self._arrays, columns, self._standing)
        return columns.taken(fits_in(self._arrays, columns, self._left) & ~again)

    def _solved(self, *, smoothly: bool) -> Floats:
        """Solve the linear program for the places left, with columns made for them."""
        if not smoothly:
            return self._solved_exactly()
        solution = self._smoothed(_COOL)
        if self._renews(solution.prices):
            solution = self._smoothed(_COLD)
        self._prices = solution.prices
        return solution.shares

    def _solved_exactly(self) -> Floats:
        solution = relaxed(self._arrays, self._pool, places=self._left)
        formed = int(worth_with_bonus(self._arrays, self._standing).sum())
        if len(self._standing) and not self._interrupted() and self._renews(solution.prices):
            solution = relaxed(self._arrays, self._pool, places=self._left)
        self._promised = formed + int((solution.prices * self._left).sum())
        return solution.shares

    def _renews(self, prices: Integers) -> bool:
        """Make columns for the places left; return whether there are new ones."""
        fresh = self._open(self._find(prices, self._left, self._pool))
        before = len(self._pool)
        self._pool = join(self._arrays, [self._pool, fresh])
        self.found.append(fresh)
        return len(self._pool) > before

    def _smoothed(self, heats: tuple[float, ...]) -> Relaxation:
        return smoothed(
            self._arrays,
            self._pool,
            self._prices,
            places=self._left,
            interrupted=self._interrupted,
            heats=heats,
        )

    def _chosen(self, least: int) -> Columns:
        """Solve the integer program over the columns nearest to the prices."""
        arrays, pool, left = self._arrays, self._pool, self._left
        prices = relaxed(arrays, pool, places=left).prices
        excess = surplus(arrays, pool, prices)
        near = np.argsort(-excess, kind="stable")[:_NEAR]
        near = near[excess[near] >= least - self._promised]  # others would cost too much
        columns = pool.taken(np.sort(near))
        selection = select(
            arrays,
            columns,
            start=times_in(arrays, columns, greedy(arrays, columns, prices, places=left)),
            seed=self._seed,
            interrupted=lambda _: self._interrupted(),
            places=left,
            stall_nodes=_STALL_NODES,
            most_looks=_LOOKS,
        )
        return columns.taken(np.repeat(np.arange(len(columns)), selection.times))


def greedy(
    arrays: PairingArrays, pool: Columns, prices: Integers, *, places: Integers | None = None
) -> Columns:
    """Take columns by their worth beyond the prices, by class, as long as places last."""
    excess = surplus(arrays, pool, prices)
    worth = worth_with_bonus(arrays, pool)
    classes = classes_of(arrays, pool)
    left = (arrays.places if places is None else places).copy()
    once, met = formed_once(arrays, pool), set[tuple[int, ...]]()
    taken: list[int] = []
    waiting = np.lexsort((-worth, -excess))
    waiting = waiting[worth[waiting] > 0]
    while len(waiting):
        for index in waiting[:_AT_ONCE].tolist():
            members = classes[index][classes[index] >= 0]
            if _seats(left, members) and not (once[index] and _met(met, pool, index)):
                taken.append(index)
                np.subtract.at(left, members, 1)
        waiting = waiting[_AT_ONCE:]
        has_places = np.append(left > 0, True)[classes[waiting]]  # the last stands for no member
        waiting = waiting[np.logical_and.reduce(has_places, axis=1)]
    return pool.taken(np.array(taken, dtype=np.int64))


def _seats(left: Integers, members: Integers) -> bool:
    """Return whether there are places for all members of a group, alike or not."""
    numbers: list[int] = members.tolist()
    return all(left[each] >= numbers.count(each) for each in numbers)


def _met(met: set[tuple[int, ...]], columns: Columns, index: int) -> bool:
    """Return whether the participants of a column were met before, and remember them."""
    members = tuple(columns.copies[index].tolist())
    before = members in met
    met.add(members)
    return before


def _surest(arrays: PairingArrays, pool: Columns, shares: Floats, left: Integers) -> Columns:
    """Return all columns that are nearly whole, or else the few nearest, as places last."""
    left = left.copy()
    worth = worth_with_bonus(arrays, pool)
    order = np.lexsort((-worth, -np.round(shares, 4))).tolist()
    taken: list[int] = []
    few = max(1, int(left[: len(arrays.seats)].sum()) // _FEW)
    uses = classes_of(arrays, pool)
    once, met = formed_once(arrays, pool), set[tuple[int, ...]]()
    for index in order:
        if worth[index] <= 0 or (shares[index] < _SURE and len(taken) >= few):
            break
        classes, counts = np.unique(uses[index][uses[index] >= 0], return_counts=True)
        if (left[classes] >= counts).all() and not (once[index] and _met(met, pool, index)):
            left[classes] -= counts
            taken.append(index)
    return pool.taken(np.array(taken, dtype=np.int64))


def times_in(arrays: PairingArrays, columns: Columns, groups: Columns) -> Integers:
    """Return how often groups occur among columns; all zero where one does not."""
    place = {tuple(row): index for index, row in enumerate(classes_of(arrays, columns).tolist())}
    times = np.zeros(len(columns), dtype=np.int64)
    for row in classes_of(arrays, groups).tolist():
        index = place.get(tuple(row))
        if index is None:
            return np.zeros(len(columns), dtype=np.int64)
        times[index] += 1
    return times


def fits_in(arrays: PairingArrays, columns: Columns, left: Integers) -> Booleans:
    """Return which columns there are places for."""
    classes = classes_of(arrays, columns)
    seats = np.zeros(classes.shape, dtype=np.int64)
    for place in range(classes.shape[1]):
        seats[:, place] = (classes == classes[:, [place]]).sum(axis=1)
    seated = (classes < 0) | (seats <= left[classes])
    fits: Booleans = np.logical_and.reduce(seated, axis=1)
    return fits
