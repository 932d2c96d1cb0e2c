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
    surplus,
    worth_with_bonus,
)
from utm.pairing.master import Relaxation, relaxed, select
from utm.pairing.smoothing import smoothed

__all__ = ["MOST_IN_A_PROGRAM", "Dive", "fits_in", "greedy", "stacked", "times_in"]

MOST_IN_A_PROGRAM = 1_500
"""Above so many participants prices are smoothed and not from linear programs."""

_NOTEWORTHY = 50  # millionths
_SMOOTHLY_FROM, _SMOOTHLY = 150, 300
_COOL = (5_000.0, 2_500.0)
_SURE, _FEW = 0.9, 25
_SOLVED_WHOLE = 48
_RENEWED_AT = 0.75
_STALL_NODES = 40
_NEAR = 700

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
    pool
        The columns known, with those found on the way.
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
        self.pool = pool
        self._prices = prices
        self._seed = seed
        self._find = find
        self._interrupted = interrupted
        self._standing = Columns.none()
        half = int(arrays.seats.sum()) // 2
        self._renewed = int(arrays.seats.sum())
        self._smoothly = min(max(half, _SMOOTHLY_FROM), _SMOOTHLY)

    def _unseated(self, left: Integers) -> int:
        return int(left[: len(self._arrays.seats)].sum())

    def grouping(self) -> Columns:
        """Form the surest groups at each solution, then solve for the last participants whole."""
        arrays = self._arrays
        left = arrays.places.copy()
        formed: list[Columns] = []
        self._standing = Columns.none()
        while self._unseated(left) > _SOLVED_WHOLE and not self._interrupted():
            pool, shares = self._solved(left)
            taken = _surest(arrays, pool, shares, left)
            self._standing = stacked([self._standing, taken])
            if len(taken) == 0:
                break
            formed.append(taken)
        if self._interrupted():  # whatever is left is placed at once
            pool = self.pool.taken(self._open(self.pool, left))
            formed.append(greedy(arrays, pool, self._prices, places=left))
        else:
            pool, _ = self._solved(left)
            formed.append(self._chosen(pool, left))
        return stacked(formed)

    def _solved(self, left: Integers) -> tuple[Columns, Floats]:
        """Solve the linear program for the places left, with columns made for them."""
        arrays = self._arrays
        pool = self.pool.taken(self._open(self.pool, left))
        unseated = self._unseated(left)
        if unseated > self._smoothly:
            solution = self._smoothed(pool, left)
            if unseated <= _RENEWED_AT * self._renewed:
                self._renewed = unseated
                fresh = self._find(solution.prices, left, pool)
                fresh = fresh.taken(self._open(fresh, left))
                self.pool = join(arrays, [self.pool, fresh])
                pool = join(arrays, [pool, fresh])
                solution = self._smoothed(pool, left)
            return pool, solution.shares
        solution = relaxed(arrays, pool, places=left)
        if (left < arrays.places).any():
            for _ in range(2):
                if self._interrupted():
                    break
                fresh = self._find(solution.prices, left, pool)
                fresh = fresh.taken(self._open(fresh, left))
                if len(fresh) == 0:
                    break
                self.pool = join(arrays, [self.pool, fresh])
                pool = join(arrays, [pool, fresh])
                solution = relaxed(arrays, pool, places=left)
        return pool, solution.shares

    def _smoothed(self, pool: Columns, left: Integers) -> Relaxation:
        return smoothed(
            self._arrays,
            pool,
            self._prices,
            places=left,
            interrupted=self._interrupted,
            heats=_COOL,
        )

    def _open(self, columns: Columns, left: Integers) -> Booleans:
        """Return which columns there are places for, and which do not stand already."""
        again = repeats_of(self._arrays, columns, self._standing)
        return fits_in(self._arrays, columns, left) & ~again

    def _chosen(self, pool: Columns, left: Integers) -> Columns:
        """Solve the integer program over the columns nearest to the prices."""
        arrays = self._arrays
        prices = relaxed(arrays, pool, places=left).prices
        excess = surplus(arrays, pool, prices)
        near = np.sort(np.argsort(-excess, kind="stable")[:_NEAR])
        columns = pool.taken(near)
        selection = select(
            arrays,
            columns,
            start=np.zeros(len(columns), dtype=np.int64),
            seed=self._seed,
            interrupted=lambda _: self._interrupted(),
            places=left,
            stall_nodes=_STALL_NODES,
        )
        return columns.taken(np.repeat(np.arange(len(columns)), selection.times))


def greedy(
    arrays: PairingArrays, pool: Columns, prices: Integers, *, places: Integers | None = None
) -> Columns:
    """Take columns by their worth beyond the prices, by class, as long as places last."""
    excess = surplus(arrays, pool, prices)
    worth = worth_with_bonus(arrays, pool)
    classes = classes_of(arrays, pool).tolist()
    left = (arrays.places if places is None else places).tolist()
    once, met = formed_once(arrays, pool), set[tuple[int, ...]]()
    taken: list[int] = []
    for index in np.lexsort((-worth, -excess)).tolist():
        members = [number for number in classes[index] if number >= 0]
        fits = all(left[each] >= members.count(each) for each in members)
        if worth[index] > 0 and fits and not (once[index] and _met(met, pool, index)):
            taken.append(index)
            for each in members:
                left[each] -= 1
    return pool.taken(np.array(taken, dtype=np.int64))


def _met(met: set[tuple[int, ...]], columns: Columns, index: int) -> bool:
    """Return whether the participants of a column were met before, and remember them."""
    members = tuple(columns.copies[index].tolist())
    before = members in met
    met.add(members)
    return before


def stacked(parts: list[Columns]) -> Columns:
    """Return columns one after the other, repeats and all; there is at least one part."""
    return Columns(
        copies=np.concatenate([part.copies for part in parts]),
        focus=np.concatenate([part.focus for part in parts]),
        worth=np.concatenate([part.worth for part in parts]),
    )


def _surest(arrays: PairingArrays, pool: Columns, shares: Floats, left: Integers) -> Columns:
    """Take all columns that are nearly whole, or else the few nearest; lower ``left``."""
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
