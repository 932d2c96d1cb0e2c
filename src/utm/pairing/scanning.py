"""The complete look at all groups of one focus, by compiled loops."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
import numpy.typing as npt

from utm.pairing.arrays import Integers, PairingArrays
from utm.pairing.kernels.fours import fours_above
from utm.pairing.kernels.looking import best_pair, pair_rows, trios_above
from utm.pairing.market import Graded, Market, Ranked, Scratch, market_of, scratch_for

__all__ = ["groups_above"]

_CELLS = 1_000_000
_BUDGET = 100_000_000
_STEPS = 10_000  # heights, the sum of three, stay within 16 bits
_LOWEST = -32_000
_LISTED = 1_000
_ROOM = 65_536
_MICRO = 1_000_000
_TRIO, _FOUR = 3, 4


class _Ranking:
    """Ranks for each place the others with whom it can add more than a depth, the best first."""

    def __init__(self, deepest: int) -> None:
        self._deepest = deepest
        self._counts: list[int] = []
        self._others: list[npt.NDArray[np.int32]] = []
        self._values: list[Integers] = []

    def add(self, rows: Integers) -> None:
        """Take in the next places with all others, shape (some, places)."""
        for row in rows:
            others = np.flatnonzero(row > self._deepest)
            others = others[np.argsort(-row[others], kind="stable")]
            self._counts.append(len(others))
            self._others.append(others.astype(np.int32))
            self._values.append(row[others])

    def ranked(self) -> Ranked:
        """Return everything taken in."""
        return Ranked(
            starts=_starts(self._counts),
            others=np.concatenate(self._others),
            values=np.concatenate(self._values),
        )


class _Grading:
    """Grades what each place can add with any other, and lists the best of these.

    Parameters
    ----------
    scale
        What is to be told apart, in the units of the rows to come.
    places
        How many there are.
    """

    def __init__(self, scale: int, places: int) -> None:
        self._step = max(1, -(-scale // _STEPS))
        self._levels = np.empty((places, places), dtype=np.int16)
        self._unlisted = np.full(places, _LOWEST, dtype=np.int16)
        self._others: list[npt.NDArray[np.int32]] = []
        self._listed: list[npt.NDArray[np.int16]] = []

    def add(self, rows: Integers) -> None:
        """Take in the next places with all others, shape (some, places)."""
        begin = len(self._others)
        steps = np.maximum(-(-rows // self._step), _LOWEST)
        self._levels[begin : begin + len(rows)] = steps
        for place in range(begin, begin + len(rows)):
            row = self._levels[place]
            if len(row) > _LISTED:
                self._unlisted[place] = np.partition(row, -_LISTED)[-_LISTED]
            others = np.flatnonzero(row > self._unlisted[place])
            others = others[np.argsort(-row[others], kind="stable")]
            self._others.append(others.astype(np.int32))
            self._listed.append(row[others])

    def graded(self) -> Graded:
        """Return everything taken in."""
        return Graded(
            step=self._step,
            levels=self._levels,
            most=self._levels.max(axis=1),
            starts=_starts([len(each) for each in self._others]),
            others=np.concatenate(self._others),
            listed=np.concatenate(self._listed),
            unlisted=self._unlisted,
        )


def _starts(counts: list[int]) -> Integers:
    return np.append(0, np.cumsum(np.array(counts, dtype=np.int64)))


def groups_above(
    arrays: PairingArrays, number: int, prices: Integers, threshold: int
) -> Iterator[Integers]:
    """Yield, piece by piece, groups of one focus whose reduced cost may exceed a threshold.

    Parameters
    ----------
    arrays, number, prices, threshold
        As for `utm.pairing.pricing.priced_above`.

    Yields
    ------
    Copies, shape (m, k) with k from 2 to 4; empty pieces mark time.
    """
    market = market_of(arrays, number, prices)
    if len(market.rows) == 0:
        return
    policy = arrays.policy
    has_trios = policy.smallest_group <= _TRIO <= policy.largest_group
    has_fours = policy.largest_group == _FOUR
    scratch = scratch_for(market)
    in_four, in_trio = best_pair(market, scratch)
    trios = _Ranking(_depth_of_trios(in_trio, threshold))
    scale = max(abs(in_four), 3 * _MICRO * abs(threshold))
    fours = _Grading(scale, len(market.rows) if has_fours else 0)
    for begin, (by_four, by_trio, alone) in _pair_rows(market, scratch):
        found = np.argwhere(alone > threshold)
        found[:, 0] += begin
        found = found[found[:, 0] < found[:, 1]]
        yield market.rows[found if policy.smallest_group <= 2 else found[:0]]  # noqa: PLR2004
        if has_trios:
            trios.add(by_trio)
        if has_fours:
            fours.add(by_four)
    if has_trios:
        look = partial(trios_above, market, trios.ranked(), scratch, threshold)
        yield from _found(market, _TRIO, look)
    if has_fours:
        look = partial(fours_above, market, fours.graded(), scratch, threshold)
        yield from _found(market, _FOUR, look)


def _found(
    market: Market, size: int, look: Callable[[int, Integers, int], tuple[int, int, int]]
) -> Iterator[Integers]:
    """Look on and on with room enough."""
    place, room = 0, np.empty((_ROOM, size), dtype=np.int64)
    while place < len(market.rows):
        reached, count, _ = look(place, room, _BUDGET)
        yield market.rows[room[:count]]
        if reached == place:
            room = np.empty((4 * len(room), size), dtype=np.int64)
        place = reached


def _pair_rows(
    market: Market, scratch: Scratch
) -> Iterator[tuple[int, tuple[Integers, Integers, Integers]]]:
    places = len(market.rows)
    step = max(1, _CELLS // places)
    for begin in range(0, places, step):
        end = min(places, begin + step)
        rows = tuple(np.empty((end - begin, places), dtype=np.int64) for _ in range(3))
        pair_rows(market, scratch, begin, end, *rows)
        yield begin, (rows[0], rows[1], rows[2])


def _depth_of_trios(best: int, threshold: int) -> int:
    """Choose how far down to rank pairs: a third can lack half of what the best pair exceeds."""
    return (2 * _MICRO * threshold - max(best, 0)) // 2 - 1
