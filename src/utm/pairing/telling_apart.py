"""A plan of kinds as one of participants whom an earlier plan tells apart.

A repair asks which old groups stay, so everybody of an old group is somebody of its own. For
the best plan of all that does not matter: those alike are searched as one kind, which is
proven far sooner, and are put into the places of their kind afterwards.
"""

from __future__ import annotations

import numpy as np

from utm.pairing.arrays import Integers, PairingArrays
from utm.pairing.columns import Columns, appraise, stacked

__all__ = ["as_kinds", "kinds_of_each", "told_apart"]

_Pattern = tuple[object, tuple[int, ...]]


def kinds_of_each(arrays: PairingArrays, alike: PairingArrays) -> Integers:
    """Return for each class of a problem told apart its class where those alike are one."""
    number = {
        index: which for which, members in enumerate(alike.class_members) for index in members
    }
    people = [number[members[0]] for members in arrays.class_members]
    capacities = len(alike.class_members) + np.arange(len(alike.capacities))
    return np.concatenate([np.array(people, dtype=np.int64), capacities])


def as_kinds(
    arrays: PairingArrays, kinds: Integers, alike: PairingArrays, columns: Columns
) -> Columns:
    """Return columns of a problem told apart as those of the one where those alike are one."""
    copies: Integers = np.full_like(columns.copies, -1)
    for row, held in enumerate(columns.copies):
        of_kinds = kinds[arrays.class_of[held[held >= 0]]]
        copies[row, : len(of_kinds)] = _copies_of(alike, of_kinds.tolist())
    return Columns(copies=copies, focus=columns.focus, worth=columns.worth)


def told_apart(
    arrays: PairingArrays, kinds: Integers, alike: PairingArrays, plan: Columns, old: Columns
) -> Columns:
    """Return the same plan with as many of the old groups as can be in it.

    Parameters
    ----------
    arrays, alike
        The problem with the members of the old groups told apart, and with those alike as one.
    kinds
        As `kinds_of_each` gives them.
    plan
        A grouping of the problem with those alike as one.
    old
        The old groups that can go on, told apart.

    Notes
    -----
    Each group of the plan takes the members of an old group of the same kinds under the same
    topics, if they all still have places. Where the old groups are disjoint, as many stay as
    could by any choice.
    """
    waiting: dict[_Pattern, list[Integers]] = {}
    for copies, focus in zip(*_each_once(old), strict=True):
        held = copies[copies >= 0]
        pattern = _pattern(arrays, int(focus), kinds[arrays.class_of[held]])
        waiting.setdefault(pattern, []).append(held)
    taken: list[Integers | None] = []
    seats: Integers = arrays.seats.copy()
    for copies, focus in zip(plan.copies, plan.focus, strict=True):
        pattern = _pattern(alike, int(focus), alike.class_of[copies[copies >= 0]])
        taken.append(_next_seated(arrays, seats, waiting.get(pattern, [])))
    free = _by_kind(kinds, seats)
    parts = [Columns.none()]
    for copies, focus, same in zip(plan.copies, plan.focus, taken, strict=True):
        classes = alike.class_of[copies[copies >= 0]].tolist()
        members = same if same is not None else _filled(arrays, free, classes)
        parts.append(appraise(arrays, int(focus), members[None, :]))
    return stacked(parts)


def _each_once(old: Columns) -> tuple[Integers, Integers]:
    """Return the members and the first focus of each old group: a focus has a language besides."""
    _, first = np.unique(old.copies, axis=0, return_index=True)
    return old.copies[first], old.focus[first]


def _pattern(arrays: PairingArrays, number: int, kinds: Integers) -> _Pattern:
    focus = arrays.foci[number]
    return (focus.theme, focus.topics), tuple(sorted(kinds.tolist()))


def _next_seated(
    arrays: PairingArrays, seats: Integers, waiting: list[Integers]
) -> Integers | None:
    """Take the next group whose members all have places left, and their places."""
    for number, copies in enumerate(waiting):
        classes = arrays.class_of[copies]
        if (seats[classes] > 0).all():
            seats[classes] -= 1
            del waiting[number]
            return copies
    return None


def _by_kind(kinds: Integers, seats: Integers) -> dict[int, list[int]]:
    """Return by kind the classes with places left, once for each place."""
    free: dict[int, list[int]] = {}
    for number, count in enumerate(seats.tolist()):
        free.setdefault(int(kinds[number]), []).extend([number] * count)
    return free


def _filled(arrays: PairingArrays, free: dict[int, list[int]], kinds: list[int]) -> Integers:
    """Take the next of each kind, and return their copies."""
    return _copies_of(arrays, [free[kind].pop(0) for kind in kinds])


def _copies_of(arrays: PairingArrays, numbers: list[int]) -> Integers:
    """Return the first copies of some classes, of those that are there twice the first two."""
    classes = sorted(numbers)
    firsts = np.searchsorted(arrays.class_of, classes)
    again = np.arange(len(classes)) - np.searchsorted(classes, classes)
    return firsts + again
