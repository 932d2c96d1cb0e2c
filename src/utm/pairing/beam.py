"""Groups worth more than the prices of their members: many, quickly, without proof.

Who is locked brings the whole lock along, and leaves with it.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from utm.pairing.arrays import Integers, PairingArrays
from utm.pairing.columns import Columns, appraise, join
from utm.pairing.joining import Joining
from utm.pairing.together import Together

__all__ = ["OUT_OF_REACH", "exchanged", "grown"]

OUT_OF_REACH = 1_000_000_000_000
_MANY = 4_000
_Breadth = tuple[int, int, int]
_WIDE: _Breadth = (4, 2, 1)
_BREADTHS: tuple[tuple[int, _Breadth], ...] = (
    (500, (6, 4, 2)),
    (1_500, _WIDE),
    (_MANY, (2, 1, 1)),
    (1 << 60, (1, 1, 1)),
)


def grown(
    arrays: PairingArrays,
    number: int,
    prices: Integers,
    threshold: int,
    *,
    widely: bool = False,
) -> Columns:
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
    widely
        Whether to follow as many partners among very many copies as among some hundreds,
        which takes twice as long.
    """
    rows = _rows_of(arrays, number, prices)
    if len(rows) == 0:
        return Columns.none()
    joining = Joining(arrays.foci[number], rows, prices[rows])
    largest = arrays.policy.largest_group
    breadth = next(each for places, each in _BREADTHS if len(rows) <= places)
    if widely:
        breadth = max(breadth, _WIDE)
    groups = _Sorted(Together(arrays, rows))
    groups.add(np.arange(len(rows))[:, None])
    for size in range(1, largest):
        last = groups.of(size)
        sizes = (2, largest) if size == 1 and len(rows) <= _MANY else (largest,)
        best = [joining.best(last, breadth[size - 1], each) for each in sizes]
        groups.add(_extended(last, np.concatenate(best, axis=1)))
    return _above(arrays, number, prices, threshold, [rows[each] for each in groups.all()])


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
    sizes = (columns.copies >= 0).sum(axis=1)
    together = Together(arrays, rows)
    parts, groups = _Sorted(together), _Sorted(together)
    for size in range(2, arrays.policy.largest_group + 1):
        whole = members[sizes == size][:, :size]
        for left_out in range(size):
            parts.add_intact(np.delete(whole, left_out, axis=1))
        if size < arrays.policy.largest_group:
            parts.add_intact(whole)
    for part in parts.all():
        groups.add(_extended(part, joining.best(part, 2, part.shape[1] + 1)))
    return _above(arrays, number, prices, threshold, [rows[each] for each in groups.all()])


class _Sorted:
    """Groups in places, by their size, each once."""

    def __init__(self, together: Together) -> None:
        self._together = together
        self._by_size: dict[int, list[Integers]] = {}

    def add(self, groups: Integers) -> None:
        """Take in groups, with those whom locks bring along."""
        for each in self._together.whole(groups):
            self._by_size.setdefault(each.shape[1], []).append(each)

    def add_intact(self, parts: Integers) -> None:
        """Take in parts of groups, without those who are out of reach or locked to such."""
        for each in self._together.intact(parts[(parts >= 0).all(axis=1)]):
            self._by_size.setdefault(each.shape[1], []).append(each)

    def of(self, size: int) -> Integers:
        """Return those of one size."""
        groups = self._by_size.get(size, [np.zeros((0, size), dtype=np.int64)])
        return np.unique(np.concatenate(groups), axis=0)

    def all(self) -> Iterator[Integers]:
        """Yield those of each size."""
        for size in sorted(self._by_size):
            yield self.of(size)


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
            if members.shape[1] > 1
        ],
    )


def _extended(groups: Integers, joining: Integers) -> Integers:
    """Return the groups with one more each, sorted, each once; -1 joins nobody."""
    which, place = np.nonzero(joining >= 0)
    members = np.concatenate([groups[which], joining[which, place][:, None]], axis=1)
    return np.unique(np.sort(members, axis=1), axis=0)
