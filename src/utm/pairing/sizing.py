"""Cuts by the sizes of groups: so many seats are no more than so many groups of each size.

Of 22 participants five groups of four can be formed and one of two, or four of four and two
of three; the linear program forms five of four and two thirds of one of three. Let a group
that holds k of some participants count c(k). What all groups can count together follows from
the number of seats alone, as a small knapsack, and no grouping counts more. These are cuts of
Chvátal and Gomory too, of the rows of all of these participants at once, but of a higher rank
than halves can reach soon where it is all the same who meets whom.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations_with_replacement

import numpy as np

from utm.pairing.arrays import Booleans, Floats, Integers
from utm.pairing.cuts import Cut

__all__ = ["offended_sizes", "paid_by_each"]

_LARGEST = 4
_HIGHEST = 8
_OFFENCE = 0.02
_MOST_SEATS = 400
_A_ROUND = 3
_ROUNDING = 1e-6
_COUNTS: Integers = np.array(
    [
        (0, 0, *counts)
        for counts in combinations_with_replacement(range(_HIGHEST + 1), 3)
        if np.gcd.reduce(counts) == 1
    ],
    dtype=np.int64,
)
_LENGTHS: Floats = np.sqrt((_COUNTS**2).sum(axis=1).astype(np.float64))


def offended_sizes(entries: Integers, places: Integers, shares: Floats) -> list[Cut]:
    """Return cuts by size that a solution offends, the most first.

    Among all classes that are used up, and among those of them that groups tie together.

    Parameters
    ----------
    entries
        How many participants of each class each column takes, shape (m, c).
    places
        How many participants each class holds.
    shares
        How much of each column is taken.
    """
    full = np.flatnonzero((shares @ entries >= places - _ROUNDING) & (places > 0))
    sets = dict.fromkeys([tuple(full.tolist()), *_tied(entries[:, full] > 0, full)])
    found = [each for classes in sets for each in _of(classes, entries, places, shares)]
    found.sort(key=lambda each: -each[0])
    return [cut for _, cut in found[:_A_ROUND]]


def _of(
    classes: tuple[int, ...], entries: Integers, places: Integers, shares: Floats
) -> list[tuple[float, Cut]]:
    """Return the cuts of some classes that are offended most, and how far it is to each."""
    seats = int(places[list(classes)].sum())
    if not 0 < seats <= _MOST_SEATS:
        return []
    held = np.minimum(entries[:, list(classes)].sum(axis=1), _LARGEST)
    taken = np.bincount(held, weights=shares, minlength=_LARGEST + 1).astype(np.float64)
    limits = _limits(seats)
    offence: Floats = _COUNTS @ taken - limits
    distance: Floats = (offence / _LENGTHS).round(6)
    offended = np.flatnonzero(offence >= _OFFENCE)
    worst = offended[np.argsort(-distance[offended], kind="stable")[:_A_ROUND]]
    return [
        (
            float(distance[number]),
            Cut(classes=classes, counts=tuple(_COUNTS[number].tolist()), limit=int(limits[number])),
        )
        for number in worst.tolist()
    ]


def paid_by_each(counts: tuple[int, ...], price: int, largest: int) -> tuple[int, int]:
    """Return what each member that counts pays, and what all together are spared.

    No group of so many at most pays less, and those of the largest size that count wholly pay
    no more.

    Parameters
    ----------
    counts
        What a group counts that holds none, one, … of the participants, rising.
    price
        What it pays for each that it counts, in millionths, not below zero.
    largest
        The largest size of a group.
    """
    whole = price * counts[largest]
    below = enumerate(counts[:largest])
    each = max(-((price * count - whole) // (largest - held)) for held, count in below)
    return each, largest * each - whole


@lru_cache(maxsize=64)
def _limits(seats: int) -> Integers:
    """Return what groups count at most that hold so many participants together, by counts."""
    most = np.zeros((seats + 1, len(_COUNTS)), dtype=np.int64)
    for held in range(1, seats + 1):
        most[held] = most[held - 1]
        for size in range(1, min(held, _LARGEST) + 1):
            np.maximum(most[held], most[held - size] + _COUNTS[:, size], out=most[held])
    limits: Integers = most[seats]
    return limits


def _tied(holds: Booleans, classes: Integers) -> list[tuple[int, ...]]:
    """Return the parts into which columns tie some classes together, as numbers of classes."""
    part = np.arange(len(classes))
    for row in holds:
        held = part[row]
        if len(held) > 1:
            part[np.isin(part, held)] = held.min()
    return [tuple(classes[part == number].tolist()) for number in np.unique(part)]
