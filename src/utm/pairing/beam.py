"""Groups worth more than the prices of their members: many, quickly, without proof."""

from __future__ import annotations

import numpy as np

from utm.pairing.arrays import Integers, PairingArrays
from utm.pairing.columns import Columns, appraise, join
from utm.pairing.joining import Joining

__all__ = ["OUT_OF_REACH", "exchanged", "grown"]

OUT_OF_REACH = 1_000_000_000_000
_MANY = 4_000
_Breadth = tuple[int, int, int]
_BREADTHS: tuple[tuple[int, _Breadth], ...] = (
    (500, (6, 4, 2)),
    (1_500, (4, 2, 1)),
    (_MANY, (2, 1, 1)),
    (1 << 60, (1, 1, 1)),
)


def grown(arrays: PairingArrays, number: int, prices: Integers, threshold: int) -> Columns:
    """Grow groups from the best partners of each copy, under one focus.

    Parameters
    ----------
    arrays
        The problem.
    number
        Index of the focus.
    prices
        Millionths by copy, bonus subtracted; ``OUT_OF_REACH`` for the already placed.
    threshold
        Only groups with a reduced cost above this are returned.
    """
    rows = _rows_of(arrays, number, prices)
    if len(rows) == 0:
        return Columns.none()
    joining = Joining(arrays.foci[number], rows, prices[rows])
    largest = arrays.policy.largest_group
    breadth = next(wide for places, wide in _BREADTHS if len(rows) <= places)
    alone = np.arange(len(rows))[:, None]
    sizes = (2, largest) if len(rows) <= _MANY else (largest,)
    partners = [joining.best(alone, breadth[0], size) for size in sizes]
    groups = [_extended(alone, np.concatenate(partners, axis=1))]
    for size in range(3, largest + 1):
        last = groups[-1]
        groups.append(_extended(last, joining.best(last, breadth[size - 2], largest)))
    return _above(arrays, number, prices, threshold, [rows[each] for each in groups])


def exchanged(
    arrays: PairingArrays, number: int, prices: Integers, threshold: int, columns: Columns
) -> Columns:
    """Take members out of groups and put the best others in, under one focus.

    Parameters
    ----------
    arrays, number, prices, threshold
        As for `grown`.
    columns
        Groups to begin with, best those that are worth nearly their prices.
    """
    rows = _rows_of(arrays, number, prices)
    if len(rows) == 0 or len(columns) == 0:
        return Columns.none()
    joining = Joining(arrays.foci[number], rows, prices[rows])
    place = np.full(arrays.copies + 1, -1, dtype=np.int64)
    place[rows] = np.arange(len(rows))
    members = place[columns.copies]
    groups: list[Integers] = []
    sizes = (columns.copies >= 0).sum(axis=1)
    for size in range(2, arrays.policy.largest_group + 1):
        parts = [members[sizes == size - 1][:, : size - 1]]
        whole = members[sizes == size][:, :size]
        parts += [np.delete(whole, left_out, axis=1) for left_out in range(size)]
        part = np.concatenate(parts)
        part = np.unique(part[(part >= 0).all(axis=1)], axis=0)
        groups.append(_extended(part, joining.best(part, 2, size)))
    return _above(arrays, number, prices, threshold, [rows[each] for each in groups])


def _rows_of(arrays: PairingArrays, number: int, prices: Integers) -> Integers:
    return np.flatnonzero(arrays.foci[number].fits & (prices < OUT_OF_REACH))


def _above(
    arrays: PairingArrays, number: int, prices: Integers, threshold: int, groups: list[Integers]
) -> Columns:
    """Return the admissible of some groups that are worth enough."""
    return join(
        arrays,
        [
            appraise(arrays, number, members, prices=prices, threshold=threshold)
            for members in groups
        ],
    )


def _extended(groups: Integers, joining: Integers) -> Integers:
    """Return the groups with one more each, sorted, each once; -1 joins nobody."""
    which, place = np.nonzero(joining >= 0)
    members = np.concatenate([groups[which], joining[which, place][:, None]], axis=1)
    return np.unique(np.sort(members, axis=1), axis=0)
