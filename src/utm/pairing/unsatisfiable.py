"""Whether any group with a participant keeps every rule."""

from __future__ import annotations

import numpy as np

from utm.pairing.arrays import Integers, PairingArrays
from utm.pairing.pricing import priced_above

__all__ = ["broken_locks", "has_group"]

_FAR = 1_000_000_000  # millionths, above any score of a group


def broken_locks(arrays: PairingArrays) -> frozenset[str]:
    """Return the locked whose locks break a rule on two members, whoever joins them."""
    number = {arrays.ids[each[0]]: index for index, each in enumerate(arrays.class_members)}
    broken: set[str] = set()
    for lock in arrays.policy.locks:
        wanted = np.array([number[name] for name in lock.members], dtype=np.int64)
        rows: Integers = np.searchsorted(arrays.class_of, wanted).astype(np.int64)
        left, right = np.triu_indices(len(rows), 1)
        if not any(focus.together(rows[left], rows[right]).all() for focus in arrays.foci):
            broken.update(lock.members)
    return frozenset(broken)


def has_group(arrays: PairingArrays, number: int) -> bool:
    """Return whether any admissible group holds a participant of this class.

    The prices are such that exactly those groups are worth more than they cost: the
    class brings more than three others take away.
    """
    prices = np.full(arrays.classes, _FAR, dtype=np.int64)
    prices[number] = -4 * _FAR
    by_copy = prices[arrays.class_of]
    closed = arrays.places == 0
    return any(
        len(columns) > 0
        for focus in range(len(arrays.foci))
        if not closed[arrays.uses[focus][arrays.uses[focus] >= 0]].any()
        for columns in priced_above(arrays, focus, by_copy, 0)
    )
