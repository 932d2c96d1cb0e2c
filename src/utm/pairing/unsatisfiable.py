"""Why nothing keeps every rule."""

from __future__ import annotations

import numpy as np

from utm.pairing.arrays import PairingArrays
from utm.pairing.policy import Lock
from utm.pairing.pricing import priced_above
from utm.pairing.problem import Problem

__all__ = ["contradictions", "has_group"]

_FAR = 1_000_000_000  # millionths, above any score of a group


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


def contradictions(problem: Problem, arrays: PairingArrays) -> tuple[str, ...]:
    """Name the locks that cannot be kept, or say that they cannot be kept together."""
    class_of = {
        arrays.ids[index]: number
        for number, members in enumerate(arrays.class_members)
        for index in members
    }
    impossible = [
        _sentence(lock)
        for lock in problem.policy.locks
        if not has_group(arrays, class_of[lock.members[0]])  # the rules keep a lock whole
    ]
    if impossible:
        return tuple(impossible)
    return (
        "Each lock can be kept alone, but not all together: they compete for the same partners.",
    )


def _sentence(lock: Lock) -> str:
    names = " and ".join(lock.members)
    whom = "together in one group" if len(lock.members) > 1 else "in a group"
    return f"No group keeps every rule and holds {names} {whom} (locked because: {lock.reason})."
