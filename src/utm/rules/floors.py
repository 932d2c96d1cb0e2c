"""Inhabitants of many cities in order, so that another floor costs what it changes."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence

from utm.rules.inhabitants import InhabitantSpan

__all__ = ["FloorLanes"]


class FloorLanes:
    """Who reaches a floor, and who surely does not, as one byte a city.

    The cities are sorted once, in O(n log n). To move from one floor to another
    then takes time in the number of cities between the two.

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
    """Numbers in order, with a mark on all from some place on."""

    def __init__(self, numbers: Sequence[float]) -> None:
        self._positions = sorted(range(len(numbers)), key=numbers.__getitem__)
        self._sorted = [numbers[position] for position in self._positions]
        self._marks = bytearray(b"\x01" * len(numbers))
        self._place = 0

    def from_floor(self, floor: int) -> int:
        place = bisect_left(self._sorted, floor)
        mark = place < self._place
        low, high = sorted((place, self._place))
        for position in self._positions[low:high]:
            self._marks[position] = mark
        self._place = place
        return int.from_bytes(self._marks, "little")
