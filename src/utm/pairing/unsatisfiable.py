"""Whether any group with a participant keeps every rule."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from utm.pairing.arrays import Integers, PairingArrays
from utm.pairing.columns import appraise

__all__ = ["Tries", "broken_locks", "does_not_add_up", "has_group", "soon_grouped"]

_PIECE = 40_000
_DRAWS = 40


def broken_locks(arrays: PairingArrays) -> frozenset[str]:
    """Return the locked whose locks fit no focus or break a rule on two, whoever joins them."""
    number = {
        arrays.ids[index]: which
        for which, members in enumerate(arrays.class_members)
        for index in members
    }
    broken: set[str] = set()
    for lock in arrays.policy.locks:
        wanted = np.array([number[name] for name in lock.members], dtype=np.int64)
        rows: Integers = np.searchsorted(arrays.class_of, wanted).astype(np.int64)
        left, right = np.triu_indices(len(rows), 1)
        if not any(
            focus.fits[rows].all() and focus.together(rows[left], rows[right]).all()
            for place, focus in enumerate(arrays.foci)
            if not arrays.is_closed(place)
        ):
            broken.update(lock.members)
    return frozenset(broken)


def does_not_add_up(arrays: PairingArrays) -> bool:
    """Return whether counting alone shows that nothing keeps every rule.

    More groups are wanted than all who fit any focus could fill or than may be formed, or more
    must be placed than so many groups hold.
    """
    fitting = np.zeros(len(arrays.seats), dtype=np.bool_)
    for place, focus in enumerate(arrays.foci):
        if not arrays.is_closed(place):
            fitting[arrays.class_of[focus.fits]] = True
    policy = arrays.policy
    if policy.fewest_groups * policy.smallest_group > int(arrays.seats[fitting].sum()):
        return True
    most = _most_groups(arrays)
    if most is None:
        return False
    largest = policy.largest_group
    placed = int(arrays.seats[arrays.must[: len(arrays.seats)] > 0].sum())
    large = sum(2 * len(lock.members) > largest for lock in policy.locks)
    return most < max(policy.fewest_groups, -(-placed // largest), large)


def _most_groups(arrays: PairingArrays) -> int | None:
    """Return how many groups may be formed at most, by themes, languages or in all."""
    open_ = [number for number in range(len(arrays.foci)) if not arrays.is_closed(number)]
    kinds = arrays.uses[open_].T if open_ else np.zeros((0, 0), dtype=np.int64)
    limits = [int(arrays.places[np.unique(used)].sum()) for used in kinds if (used >= 0).all()]
    return min(limits, default=None) if open_ else 0


class Tries:
    """How many more groups may be tried.

    Parameters
    ----------
    left
        So many; a million take some seconds.
    """

    def __init__(self, left: int) -> None:
        self.left = left


def has_group(arrays: PairingArrays, number: int, tries: Tries) -> bool | None:
    """Return whether any admissible group holds a participant of this class.

    Parameters
    ----------
    arrays
        The problem.
    number
        The class.
    tries
        How many groups may be tried; lowered by those that were.

    Returns
    -------
    ``None`` where none of those tried keeps every rule, and others were not tried.

    Notes
    -----
    Groups are tried from the smallest on. Who is locked is tried with the whole lock.
    """
    for focus, members in _tried(arrays, number):
        if tries.left <= 0:
            return None
        tries.left -= len(members)
        if len(appraise(arrays, focus, members)):
            return True
    return False


def soon_grouped(arrays: PairingArrays, classes: Integers) -> Integers:
    """Return those of some classes for which a group is met at once, many looked at together.

    Each is tried with a few others, as many as the smallest group asks for. Whoever is not
    returned may be in a group as well; who is locked never is.
    """
    rows = np.searchsorted(arrays.class_of, classes)
    open_ = rows[arrays.lock_of[rows] < 0]
    met = np.zeros(arrays.copies, dtype=np.bool_)
    others = np.arange(1, arrays.policy.smallest_group)
    for number, focus in enumerate(arrays.foci):
        if arrays.is_closed(number):
            continue
        fitting = np.flatnonzero(focus.fits)
        for draw in range(1, min(_DRAWS, len(fitting)) if len(fitting) > len(others) else 1):
            left = open_[focus.fits[open_] & ~met[open_]]
            if len(left) == 0:
                break
            places = np.searchsorted(fitting, left)[:, None] + draw * others
            joining = fitting[places % len(fitting)]
            groups = np.concatenate([left[:, None], joining], axis=1)
            found = appraise(arrays, number, groups).copies
            met[found[found >= 0]] = True
    return arrays.class_of[open_[met[open_]]]


def _tried(arrays: PairingArrays, number: int) -> Iterator[tuple[int, Integers]]:
    """Yield foci with groups that hold a class, or the lock of its participant."""
    row = int(np.searchsorted(arrays.class_of, number))
    lock = arrays.lock_of[row]
    base = np.array([row]) if lock < 0 else np.flatnonzero(arrays.lock_of == lock)
    policy = arrays.policy
    for place, focus in enumerate(arrays.foci):
        if arrays.is_closed(place) or not focus.fits[base].all():
            continue
        free = focus.fits.copy()
        free[base] = False
        for member in base:
            free &= focus.together(np.full(arrays.copies, member), np.arange(arrays.copies))
        others = np.flatnonzero(free)
        for size in range(max(policy.smallest_group, len(base)), policy.largest_group + 1):
            for joining in _some_of(others, size - len(base)):
                yield place, np.concatenate([np.tile(base, (len(joining), 1)), joining], axis=1)


def _some_of(others: Integers, count: int) -> Iterator[Integers]:
    """Yield all choices of so many, up to three, piece by piece."""
    if count == 0:
        yield np.zeros((1, 0), dtype=np.int64)
        return
    step = max(1, _PIECE // max(1, len(others)) ** (count - 1))
    for begin in range(0, len(others), step):
        first = np.arange(begin, min(begin + step, len(others)))
        chosen = first[:, None]
        for _ in range(count - 1):
            which, place = np.nonzero(np.arange(len(others)) > chosen[:, -1:])
            chosen = np.concatenate([chosen[which], place[:, None]], axis=1)
        if len(chosen):
            yield others[chosen]
