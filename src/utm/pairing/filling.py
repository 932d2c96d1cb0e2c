"""Groups for those who are left, from small parts of them drawn by lot.

Where many want the same few partners, as with a single topic, each looks for the best of all
and all find the same. Among some forty drawn by lot each finds others, and soon all have a
group.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import numpy as np

from utm.pairing.arrays import Booleans, Integers, PairingArrays
from utm.pairing.beam import OUT_OF_REACH, grown
from utm.pairing.columns import (
    Columns,
    classes_of,
    formed_once,
    join,
    repeats_of,
    stacked,
    worth_with_bonus,
)

__all__ = ["filled", "reaches_few"]

_FEW = 0.5
_TOGETHER = 40
_PASSES = 30
_MOST_MET = 200_000
_SEED = 1


def reaches_few(arrays: PairingArrays, groups: Columns) -> bool:
    """Return whether most places are not taken."""
    return int((groups.copies >= 0).sum()) < _FEW * int(arrays.seats.sum())


def filled(
    arrays: PairingArrays,
    groups: Columns,
    *,
    interrupted: Callable[[], bool],
    together: int = _TOGETHER,
) -> tuple[Columns, Columns]:
    """Form groups of those who are in none yet.

    Parameters
    ----------
    arrays
        The problem.
    groups
        A grouping, each group as often as it is formed.
    interrupted
        Asked after each part whether to stop.
    together
        How many are drawn to look among one another.

    Returns
    -------
    The grouping with more groups, and the groups that were met, or many of them.
    """
    random = Random(_SEED)  # noqa: S311 - a search, not a secret
    met, held = [Columns.none()], 0
    for _ in range(_PASSES):
        before = len(groups)
        for part in _parts(arrays, _left(arrays, groups), random, together):
            found = _among(arrays, part)
            held += len(found)
            met += [found] if held <= _MOST_MET else []
            groups = _with_more(arrays, groups, found)
            if interrupted():
                return groups, join(arrays, met)
        if len(groups) == before:
            break
    return groups, join(arrays, met)


def _left(arrays: PairingArrays, groups: Columns) -> Integers:
    """Return how many places of each class are left."""
    classes = classes_of(arrays, groups)
    used = np.bincount(classes[classes >= 0], minlength=arrays.classes)
    left: Integers = arrays.places - used
    return left


def _parts(arrays: PairingArrays, left: Integers, random: Random, together: int) -> list[Booleans]:
    """Draw parts of the copies that are left; a lock stays together."""
    first = np.searchsorted(arrays.class_of, arrays.class_of)
    free = np.arange(arrays.copies) - first < left[arrays.class_of]
    whole: dict[int, list[int]] = {}
    for copy in np.flatnonzero(free).tolist():
        lock = int(arrays.lock_of[copy])
        whole.setdefault(lock if lock >= 0 else -1 - copy, []).append(copy)
    drawn = list(whole.values())
    random.shuffle(drawn)
    count = max(1, len(drawn) // together)
    parts: list[Booleans] = []
    for number in range(count):
        part = np.zeros(arrays.copies, dtype=np.bool_)
        part[[copy for each in drawn[number::count] for copy in each]] = True
        parts.append(part)
    return parts


def _among(arrays: PairingArrays, part: Booleans) -> Columns:
    """Grow groups among some copies, whatever they are worth."""
    by_copy = np.where(part, -arrays.bonus[arrays.class_of], OUT_OF_REACH)
    nothing = np.zeros(arrays.classes, dtype=np.int64)
    return join(
        arrays,
        [
            grown(arrays, number, by_copy, arrays.toll(number, nothing))
            for number in range(len(arrays.foci))
        ],
    )


def _with_more(arrays: PairingArrays, groups: Columns, found: Columns) -> Columns:
    """Add those that are worth most for each member and for which there are places."""
    left = _left(arrays, groups)
    found = found.taken(~repeats_of(arrays, found, groups))
    once, met = formed_once(arrays, found), set[tuple[int, ...]]()
    sizes = (found.copies >= 0).sum(axis=1)
    each = worth_with_bonus(arrays, found) // np.maximum(sizes, 1)
    order = np.argsort(-each, kind="stable")
    taken: list[int] = []
    for index, classes in zip(order.tolist(), classes_of(arrays, found)[order], strict=True):
        held, counts = np.unique(classes[classes >= 0], return_counts=True)
        members = tuple(found.copies[index].tolist())
        if (left[held] >= counts).all() and not (once[index] and members in met):
            left[held] -= counts
            met.add(members)
            taken.append(index)
    return stacked([groups, found.taken(np.array(taken, dtype=np.int64))])
