"""Good groupings: a dive from the linear program, then a few groups reformed at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

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
from utm.pairing.master import relaxed, select
from utm.pairing.smoothing import smoothed

__all__ = ["MOST_IN_A_PROGRAM", "Primal", "fits_in", "greedy", "stacked", "times_in"]

MOST_IN_A_PROGRAM = 1_500
"""Above so many participants prices are smoothed and not from linear programs."""

_NOTEWORTHY = 50  # millionths
_SMOOTHLY_FROM, _SMOOTHLY = 150, 400
_COOL = (5_000.0, 2_500.0)
_SURE = 0.9
_SOLVED_WHOLE = 48
_REFORMED = 44
_PATIENCE = 15
_ATTEMPTS = 150
_STALL_NODES = 40
_NEAR = 700
_SLACK_FLOOR = 2_000  # millionths; keeps tight groups in play

Finder = Callable[[Integers, Integers, Columns], Columns]
"""Finds columns worth more than prices by class among the places that are left, from others."""


class Primal:
    """A search for good groupings.

    Parameters
    ----------
    arrays, pool
        The problem and the columns known.
    prices
        Prices by class that no group beats, bonus included.
    seed
        Seed of the choice of groups to reform.
    find
        Finds further columns.
    interrupted
        Whether to stop; told the best worth where one is known.
    known
        Groups to reform, of an earlier dive; a new dive where there are none.
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
        known: Columns,
    ) -> None:
        self._arrays = arrays
        self.pool = pool
        self._prices = prices
        self._random = Random(seed)  # noqa: S311 - a search, not a secret
        self._seed = seed
        self._find = find
        self._interrupted = interrupted
        self._groups = known
        self._standing = Columns.none()
        half = int(arrays.seats.sum()) // 2
        self._smoothly = min(max(half, _SMOOTHLY_FROM), _SMOOTHLY)

    def groupings(self) -> Iterator[tuple[Columns, Integers]]:
        """Yield better and better groupings as columns and how often each is taken."""
        if len(self._groups) == 0:
            yield self._dive()
        failures = 0
        patience = min(_PATIENCE, int(self._arrays.seats.sum()) // _SOLVED_WHOLE * 5 - 4)
        for _ in range(_ATTEMPTS):
            if failures >= patience or self._interrupted():
                return
            improved = self._reform()
            failures = 0 if improved is not None else failures + 1
            if improved is not None:
                yield improved

    def _as_grouping(self) -> tuple[Columns, Integers]:
        joined = join(self._arrays, [self._groups])
        return joined, times_in(self._arrays, joined, self._groups)

    def _unseated(self, left: Integers) -> int:
        return int(left[: len(self._arrays.seats)].sum())

    def _dive(self) -> tuple[Columns, Integers]:
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
        pool, _ = self._solved(left)
        formed.append(self._chosen(pool, left, Columns.none()))
        self._groups = stacked(formed)
        return self._as_grouping()

    def _solved(self, left: Integers) -> tuple[Columns, Floats]:
        """Solve the linear program for the places left, with columns made for them."""
        arrays = self._arrays
        pool = self.pool.taken(self._open(self.pool, left))
        if self._unseated(left) > self._smoothly:
            solution = smoothed(
                arrays,
                pool,
                self._prices,
                places=left,
                interrupted=self._interrupted,
                heats=_COOL,
            )
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

    def _open(self, columns: Columns, left: Integers) -> Booleans:
        """Return which columns there are places for, and which do not stand already."""
        again = repeats_of(self._arrays, columns, self._standing)
        return fits_in(self._arrays, columns, left) & ~again

    def _chosen(self, pool: Columns, left: Integers, known: Columns) -> Columns:
        """Solve the integer program over the columns nearest to the prices."""
        arrays = self._arrays
        prices = relaxed(arrays, pool, places=left).prices
        excess = surplus(arrays, pool, prices)
        near = np.sort(np.argsort(-excess, kind="stable")[:_NEAR])
        columns = join(arrays, [pool.taken(near), known])
        selection = select(
            arrays,
            columns,
            start=times_in(arrays, columns, known),
            seed=self._seed,
            interrupted=lambda _: self._interrupted(),
            places=left,
            stall_nodes=_STALL_NODES,
        )
        return columns.taken(np.repeat(np.arange(len(columns)), selection.times))

    def _reform(self) -> tuple[Columns, Integers] | None:
        """Free some groups, most likely the ones furthest from their prices, and solve again."""
        arrays = self._arrays
        slack = -surplus(arrays, self._groups, self._prices)
        lure = [(int(each) + _SLACK_FLOOR) for each in np.maximum(slack, 0)]
        order = sorted(range(len(lure)), key=lambda g: self._random.random() ** (1 / lure[g]))
        used = _used(arrays, self._groups)
        left = arrays.places - used
        freed: list[int] = []
        for group in reversed(order):
            freed.append(group)
            left = left + _used(arrays, self._groups.taken(np.array([group])))
            if self._unseated(left) >= _REFORMED:
                break
        known = self._groups.taken(np.array(sorted(freed), dtype=np.int64))
        kept = np.ones(len(self._groups), dtype=np.bool_)
        kept[freed] = False
        self._standing = self._groups.taken(kept)
        pool, _ = self._solved(left)
        chosen = self._chosen(pool, left, known)
        gain = int(worth_with_bonus(arrays, chosen).sum() - worth_with_bonus(arrays, known).sum())
        if gain <= 0:
            return None
        self._groups = stacked([self._standing, chosen])
        return self._as_grouping()


def greedy(arrays: PairingArrays, pool: Columns, prices: Integers) -> Columns:
    """Take columns by their worth beyond the prices, by class, as long as places last."""
    excess = surplus(arrays, pool, prices)
    worth = worth_with_bonus(arrays, pool)
    classes = classes_of(arrays, pool).tolist()
    left = arrays.places.tolist()
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


def _used(arrays: PairingArrays, columns: Columns) -> Integers:
    classes = classes_of(arrays, columns)
    return np.bincount(classes[classes >= 0], minlength=arrays.classes).astype(np.int64)


def _surest(arrays: PairingArrays, pool: Columns, shares: Floats, left: Integers) -> Columns:
    """Take all columns that are nearly whole, or else the few nearest; lower ``left``."""
    worth = worth_with_bonus(arrays, pool)
    order = np.lexsort((-worth, -np.round(shares, 4))).tolist()
    taken: list[int] = []
    few = max(1, int(left[: len(arrays.seats)].sum()) // 40)
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
