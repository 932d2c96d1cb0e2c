"""Inhabitants of many cities in order, so that any other floor is answered at once."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence

from utm.rules.inhabitants import InhabitantSpan

__all__ = ["FloorLanes"]

_GROUPS = 256  # as many as a byte tells apart


class FloorLanes:
    """Who reaches a floor, and who surely does not, as one byte a city.

    The cities are sorted once, in O(n log n), and cut into 256 groups of one size. A floor
    splits one of them, which is looked at city by city; all others are answered as a whole.

    Parameters
    ----------
    spans
        Fewest and most inhabitants of each city.
    """

    def __init__(self, spans: Sequence[InhabitantSpan]) -> None:
        self._fewest = _Lane([span.fewest for span in spans])
        self._most = _Lane([math.inf if span.most is None else span.most for span in spans])

    def reaching(self, floor: int) -> int:
        """Give the cities whose fewest inhabitants reach a floor: bytes 1 of a number."""
        return self._fewest.from_floor(floor)

    def possible(self, floor: int) -> int:
        """Give the cities whose most inhabitants reach a floor: bytes 1 of a number."""
        return self._most.from_floor(floor)


class _Lane:
    """Numbers in order, and the group of each."""

    def __init__(self, numbers: Sequence[float]) -> None:
        self._positions = sorted(range(len(numbers)), key=numbers.__getitem__)
        self._sorted = [numbers[position] for position in self._positions]
        self._size = max(1, math.ceil(len(numbers) / _GROUPS))
        self._groups = bytearray(len(numbers))
        for rank, position in enumerate(self._positions):
            self._groups[position] = rank // self._size

    def from_floor(self, floor: int) -> int:
        place = bisect_left(self._sorted, floor)
        split = place // self._size
        marks = self._groups.translate(bytes([group > split for group in range(_GROUPS)]))
        for position in self._positions[place : (split + 1) * self._size]:
            marks[position] = True
        return int.from_bytes(marks, "little")
