"""Prices within a lock: whoever is in one group or none may share what they pay at will."""

from __future__ import annotations

import numpy as np

from utm.pairing.arrays import Integers, PairingArrays

__all__ = ["evened"]


def evened(arrays: PairingArrays, prices: Integers, usual: Integers) -> Integers:
    """Return prices that ask as much of each lock, of its members as differently as is usual.

    Parameters
    ----------
    arrays
        The problem.
    prices
        By class, bonus included.
    usual
        Prices by class whose differences within a lock are taken over.

    Notes
    -----
    Every admissible group holds a lock whole or not at all, so such prices prove the same.
    A solver may ask all of one member and nothing of the others; then a complete look meets
    a crowd of groups with the cheap ones alone, which it cannot pass over.
    """
    locks = [lock for lock in arrays.policy.locks if len(lock.members) > 1]
    if not locks:
        return prices
    number = {arrays.ids[each[0]]: index for index, each in enumerate(arrays.class_members)}
    even = prices.copy()
    for lock in locks:
        members = np.array([number[name] for name in lock.members], dtype=np.int64)
        total = int((prices - usual)[members].sum())
        even[members] = usual[members] + total // len(members)
        even[members[0]] += total % len(members)
    return np.maximum(even, 0)
