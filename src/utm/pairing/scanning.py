"""The complete look at all groups of one focus, by compiled loops."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from utm.pairing.arrays import Integers, PairingArrays
from utm.pairing.kernels.fours import fours_above
from utm.pairing.kernels.looking import best_pair, pair_rows, trios_above
from utm.pairing.market import Graded, Market, Ranked, Scratch, market_of, scratch_for

__all__ = ["groups_above"]

_CELLS = 1_000_000
_BUDGET = 100_000_000
_STEPS = 30_000  # within 16 bits
_LOWEST = -32_000
_MOST_STEPS = 1 << 28  # so that sums of a few are told apart in 31 bits
_NOBODY = -(1 << 40)
_LISTED = 1_000
_ROOM = 65_536
_MICRO = 1_000_000
_TRIO, _FOUR = 3, 4
_Whole = TypeVar("_Whole", np.int32, np.int64)


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
        """Return everything taken in, once: nothing is held any longer."""
        return Ranked(
            starts=_starts(self._counts),
            others=_joined(self._others),
            values=_joined(self._values),
        )


class _Grading:
    """Grades what each place can add with any other, and lists the best of these.

    Parameters
    ----------
    scale
        How far what two add is from zero at most, prices apart, in the units of the rows to
        come. Only the level of two who must not be together is rounded up by more than a step.
    prices
        What each place takes from that, in these units.
    threshold
        What a group is to exceed its prices by, in these units.
    """

    def __init__(self, scale: int, prices: Integers, threshold: int) -> None:
        places = len(prices)
        self._prices = prices
        furthest = 3 * int(np.abs(prices).max(initial=0)) + abs(threshold)
        self._step = max(1, -(-scale // _STEPS), -(-furthest // _MOST_STEPS))
        self._alone = -(prices // self._step).astype(np.int32)
        self._levels = np.empty((places, places), dtype=np.int16)
        self._most = np.empty(places, dtype=np.int64)
        self._unlisted = np.empty(places, dtype=np.int64)
        self._others: list[npt.NDArray[np.int32]] = []
        self._listed: list[npt.NDArray[np.int32]] = []

    def add(self, rows: Integers) -> None:
        """Take in the next places with all others, shape (some, places), prices included."""
        begin = len(self._others)
        here = slice(begin, begin + len(rows))
        besides = rows + self._prices[here, None] + self._prices
        self._levels[here] = np.maximum(-(-besides // self._step), _LOWEST)
        for place in range(here.start, here.stop):
            added = self._levels[place] + self._alone
            self._most[place] = added.max() + self._alone[place]
            least = _NOBODY
            if len(added) > _LISTED:
                least = np.partition(added, -_LISTED)[-_LISTED]
            others = np.flatnonzero(added > least)
            others = others[np.argsort(-added[others], kind="stable")]
            self._unlisted[place] = least
            self._others.append(others.astype(np.int32))
            self._listed.append(added[others])

    def graded(self, market: Market, closest: Integers) -> Graded:
        """Return everything taken in, once: nothing is held any longer.

        Parameters
        ----------
        market
            The focus.
        closest
            What each place and another are worth to each other at most beside learning.
        """
        return Graded(
            step=self._step,
            levels=self._levels,
            alone=self._alone,
            most=self._most,
            starts=_starts([len(each) for each in self._others]),
            others=_joined(self._others),
            listed=_joined(self._listed),
            unlisted=self._unlisted,
            closest=closest,
            offered=1_000 - market.misses.min(axis=0),
            needed=int(market.totals.max()),
        )


def _joined(parts: list[npt.NDArray[_Whole]]) -> npt.NDArray[_Whole]:
    """Return some arrays as one, and let go of them."""
    joined = np.concatenate(parts)
    parts.clear()
    return joined


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
    closest = np.empty(len(market.rows), dtype=np.int64)
    in_four, in_trio = best_pair(market, scratch, closest)
    trios = _Ranking(_depth_of_trios(in_trio, threshold))
    prices = _MICRO * market.prices
    fours = _Grading(in_four, prices if has_fours else prices[:0], 3 * _MICRO * threshold)
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
        del look
    if has_fours:
        look = partial(fours_above, market, fours.graded(market, closest), scratch, threshold)
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
