"""The complete look at all groups of one focus, by compiled loops."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt

from utm.pairing.arrays import Integers, PairingArrays
from utm.pairing.kernels.looking import best_pair, fours_above, pair_rows, trios_above
from utm.pairing.market import Market, market_of

__all__ = ["groups_above"]

_CELLS = 1_000_000
_BUDGET = 20_000_000
_ROOM = 65_536
_MICRO = 1_000_000
_TRIO, _FOUR = 3, 4


class _Lists:
    """Of each place the others with whom it can add more than a depth, the best first."""

    def __init__(self, deepest: int) -> None:
        self.deepest = deepest
        self._counts: list[int] = []
        self._others: list[npt.NDArray[np.int32]] = []
        self._values: list[Integers] = []

    def add(self, rows: Integers) -> None:
        """Take in the next places with all others, shape (some, places)."""
        for row in rows:
            others = np.flatnonzero(row > self.deepest)
            others = others[np.argsort(-row[others], kind="stable")]
            self._counts.append(len(others))
            self._others.append(others.astype(np.int32))
            self._values.append(row[others])

    def joined(self) -> tuple[Integers, npt.NDArray[np.int32], Integers]:
        """Return where the list of each place begins, whom it holds, and their values."""
        starts = np.append(0, np.cumsum(np.array(self._counts, dtype=np.int64)))
        return starts, np.concatenate(self._others), np.concatenate(self._values)


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
    best = best_pair(market)
    trios, fours = _depths(best, threshold)
    for begin, (by_four, by_trio, alone) in _pair_rows(market):
        found = np.argwhere(alone > threshold)
        found[:, 0] += begin
        found = found[found[:, 0] < found[:, 1]]
        yield market.rows[found if policy.smallest_group <= 2 else found[:0]]  # noqa: PLR2004
        if has_trios:
            trios.add(by_trio)
        if has_fours:
            fours.add(by_four)
    if has_trios:
        listed = trios.joined()
        yield from _found(
            market,
            _TRIO,
            lambda place, room: trios_above(market, *listed, place, threshold, room, _BUDGET),
        )
    if has_fours:
        listed = fours.joined()
        yield from _found(
            market,
            _FOUR,
            lambda place, room: fours_above(
                market,
                *listed,
                fours.deepest,
                place,
                threshold,
                room,
                _BUDGET,
            ),
        )


def _found(
    market: Market, size: int, look: Callable[[int, Integers], tuple[int, int, int]]
) -> Iterator[Integers]:
    """Look on and on with room enough."""
    place, room = 0, np.empty((_ROOM, size), dtype=np.int64)
    while place < len(market.rows):
        reached, count, _ = look(place, room)
        yield market.rows[room[:count]]
        if reached == place:
            room = np.empty((4 * len(room), size), dtype=np.int64)
        place = reached


def _pair_rows(market: Market) -> Iterator[tuple[int, tuple[Integers, Integers, Integers]]]:
    places = len(market.rows)
    step = max(1, _CELLS // places)
    for begin in range(0, places, step):
        end = min(places, begin + step)
        rows = tuple(np.empty((end - begin, places), dtype=np.int64) for _ in range(3))
        pair_rows(market, begin, end, *rows)
        yield begin, (rows[0], rows[1], rows[2])


def _depths(best: Integers, threshold: int) -> tuple[_Lists, _Lists]:
    """Choose how far down to list pairs, from the best pairs of all places.

    In trios a third can lack half of what the best pair exceeds. In fours it is as much as
    most pairs ask for, those that ask for more look at everybody; but a best pair may add as
    little as a sixth of the threshold, and every group is looked at from its best pair.
    """
    trio = 2 * _MICRO * threshold - max(int(best[1]), 0)
    four = 3 * _MICRO * threshold - 2 * max(int(best[0]), 0)
    sixth = 3 * _MICRO * threshold // 6
    return _Lists(trio // 2 - 1), _Lists(min(four // 2, sixth) - 1)
