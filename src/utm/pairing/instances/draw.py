"""Numbers that look random and are the same on every machine."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

__all__ = ["Draw", "Wheel"]

_MASK = (1 << 64) - 1
_SHARES = 1 << 53


class Draw:
    """SplitMix64 (Steele, Lea and Flood 2014): 64 bits of state, one step a number.

    Parameters
    ----------
    seed
        Any whole number; those that agree in their last 64 bits are the same.
    """

    def __init__(self, seed: int) -> None:
        self._state = seed & _MASK

    def bits(self) -> int:
        """Return 64 bits."""
        self._state = (self._state + 0x9E3779B97F4A7C15) & _MASK
        mixed = ((self._state ^ (self._state >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _MASK
        return mixed ^ (mixed >> 31)

    def below(self, count: int) -> int:
        """Return a whole number from 0 to one below the count."""
        return self.bits() * count >> 64

    def share(self) -> float:
        """Return a number from 0 to below 1 with 53 bits."""
        return (self.bits() >> 11) / _SHARES

    def some(self, count: int, among: int) -> list[int]:
        """Return so many different whole numbers below a limit, in rising order."""
        found: set[int] = set()
        while len(found) < min(count, among):
            found.add(self.below(among))
        return sorted(found)


class Wheel:
    """Whole numbers from 0 drawn by weight.

    Parameters
    ----------
    weights
        The weight of each, positive.
    """

    def __init__(self, weights: Sequence[float]) -> None:
        self._sums = list(accumulate(weights))

    @classmethod
    def falling(cls, count: int, skew: float, *, from_the_end: bool = False) -> Wheel:
        """Weigh number *k* (from 1) with 1 / k to the power of the skew; 0 weighs all alike."""
        weights = [(number + 1) ** -skew for number in range(count)]
        return cls(weights[::-1] if from_the_end else weights)

    def spin(self, draw: Draw) -> int:
        """Draw one."""
        return bisect_right(self._sums, draw.share() * self._sums[-1])
