"""Candidate groups, many at a time: exact worth and admissibility."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from attrs import frozen

from utm.pairing.arrays import Booleans, FocusArrays, Integers, PairingArrays
from utm.pairing.context import millionths
from utm.pairing.hours import SLOT_MINUTES
from utm.pairing.policy import LanguageRule

__all__ = [
    "Columns",
    "admissible",
    "appraise",
    "classes_of",
    "formed_once",
    "join",
    "learning_and_worth",
    "repeats_of",
    "stacked",
    "surplus",
    "worth_with_bonus",
]

_CERTAIN = 1_000
_NOBODY = -1


@frozen(kw_only=True, eq=False)
class Columns:
    """Admissible groups as rows of arrays.

    Parameters
    ----------
    copies
        Indices of the members' copies in rising order, shape (m, 4), padded with -1.
    focus
        Index of the focus of each.
    worth
        Score of each in millionths, without bonus.
    """

    copies: Integers
    focus: Integers
    worth: Integers

    def __len__(self) -> int:
        return len(self.worth)

    def taken(self, chosen: Integers | Booleans) -> Columns:
        """Return some of the columns, by index or mask."""
        return Columns(
            copies=self.copies[chosen], focus=self.focus[chosen], worth=self.worth[chosen]
        )

    @classmethod
    def none(cls) -> Columns:
        """Return no column."""
        empty = np.zeros(0, dtype=np.int64)
        return cls(copies=np.zeros((0, 4), dtype=np.int64), focus=empty, worth=empty)


def classes_of(arrays: PairingArrays, columns: Columns) -> Integers:
    """Return the classes that each column takes a place of, padded with -1.

    Shape (m, 4 + u): four members, in rising order of their copies, then capacities.
    """
    members = np.where(columns.copies >= 0, arrays.class_of[columns.copies], _NOBODY)
    return np.concatenate([members, arrays.uses[columns.focus]], axis=1)


def worth_with_bonus(arrays: PairingArrays, columns: Columns) -> Integers:
    """Return the worth of each column and the bonus of its classes."""
    padded = np.append(arrays.bonus, 0)
    bonus: Integers = padded[classes_of(arrays, columns)].sum(axis=1)
    return columns.worth + bonus


def surplus(arrays: PairingArrays, columns: Columns, prices: Integers) -> Integers:
    """Return worth with bonus less prices by class, bonus included, of each column."""
    padded = np.append(prices, 0)
    cost: Integers = padded[classes_of(arrays, columns)].sum(axis=1)
    return worth_with_bonus(arrays, columns) - cost


def formed_once(arrays: PairingArrays, columns: Columns) -> Booleans:
    """Return which columns could be taken twice by the same participants, and must not be."""
    if not arrays.several.any():
        return np.zeros(len(columns), dtype=np.bool_)
    padded = np.append(arrays.several, True)
    once: Booleans = np.logical_and.reduce(padded[columns.copies], axis=1)
    return once


def repeats_of(arrays: PairingArrays, columns: Columns, groups: Columns) -> Booleans:
    """Return which columns are of the same participants as a group that is formed once."""
    once = formed_once(arrays, columns)
    if once.any():
        taken = {tuple(row) for row in groups.copies.tolist()}
        rows = columns.copies[once].tolist()
        once[once] = [tuple(row) in taken for row in rows]
    return once


def learning_and_worth(focus: FocusArrays, members: Integers) -> tuple[Integers, Integers]:
    """Return what each member learns, and what it gains from pairs, in millionths.

    Parameters
    ----------
    focus
        The focus of all groups.
    members
        Copies, shape (m, k) with k from 2 to 4.

    Returns
    -------
    Two arrays of shape (m, k). Learning is rounded down once for each member.
    """
    size = members.shape[1]
    needs = focus.needs[members]
    misses = focus.misses[members]
    scale = _CERTAIN ** (size - 1)
    learning = np.empty(members.shape, dtype=np.int64)
    pairs = np.empty(members.shape, dtype=np.int64)
    for place in range(size):
        others = [other for other in range(size) if other != place]
        nobody = misses[:, others[0]].copy()
        for other in others[1:]:
            nobody *= misses[:, other]
        exact = (needs[:, place] * (scale - nobody)).sum(axis=1)
        learning[:, place] = exact.astype(np.int64) // scale
        worth = focus.pair_worth(members[:, [place]], members[:, others]).sum(axis=1)
        pairs[:, place] = worth // (size - 1)
    return learning, pairs


def appraise(
    arrays: PairingArrays,
    number: int,
    members: Integers,
    *,
    prices: Integers | None = None,
    threshold: int = 0,
) -> Columns:
    """Return those of the groups that every rule admits, with their worth.

    Parameters
    ----------
    arrays
        The problem.
    number
        Index of the focus.
    members
        Copies, shape (m, k) with k from 2 to 4, in any order within a row.
    prices
        Millionths by copy, bonus subtracted: only groups worth more than the prices of their
        members are returned, and rules are looked at for these alone.
    threshold
        By how much more.
    """
    members = np.sort(members, axis=1)
    focus = arrays.foci[number]
    learning, pairs = learning_and_worth(focus, members)
    benefit = learning + pairs
    if prices is not None:
        dear = benefit.sum(axis=1) - prices[members].sum(axis=1) > threshold
        members, benefit = members[dear], benefit[dear]
    if len(members) == 0:
        return Columns.none()
    fits = admissible(arrays, focus, members)
    if arrays.policy.least_benefit is not None:
        fits &= (benefit >= millionths(arrays.policy.least_benefit)).all(axis=1)
    members, benefit = members[fits], benefit[fits]
    copies = np.full((len(members), 4), -1, dtype=np.int64)
    copies[:, : members.shape[1]] = members
    return Columns(
        copies=copies,
        focus=np.full(len(members), number, dtype=np.int64),
        worth=benefit.sum(axis=1),
    )


def admissible(arrays: PairingArrays, focus: FocusArrays, members: Integers) -> Booleans:
    """Return which groups every rule admits, save the least benefit of each member."""
    policy = arrays.policy
    size = members.shape[1]
    if not policy.smallest_group <= size <= policy.largest_group:
        return np.zeros(len(members), dtype=np.bool_)
    fits = np.ones(len(members), dtype=np.bool_)
    for left in range(size):
        for right in range(left + 1, size):
            fits &= focus.together(members[:, left], members[:, right])
    fits &= _spans_countries(arrays, members)
    fits &= _is_connected(focus, members)
    fits &= _keeps_locks(arrays, members)
    fits &= _keeps_conflicts(arrays, members)
    if focus.working_languages is not None:
        spoken = arrays.languages[:, focus.working_languages][members]
        spoken_by_all = np.logical_and.reduce(spoken, axis=1)
        fits &= np.logical_or.reduce(spoken_by_all, axis=1)
    if policy.common_language is LanguageRule.ALL:
        spoken_by_all = np.logical_and.reduce(arrays.languages[members], axis=1)
        fits &= np.logical_or.reduce(spoken_by_all, axis=1)
    if policy.fewest_common_office_minutes > 0:
        open_to_all = np.logical_and.reduce(arrays.slots[members], axis=1)
        minutes = open_to_all.sum(axis=2) * SLOT_MINUTES
        fits &= (minutes >= policy.fewest_common_office_minutes).all(axis=1)
    return fits


def _spans_countries(arrays: PairingArrays, members: Integers) -> Booleans:
    policy = arrays.policy
    countries = np.sort(arrays.countries[members], axis=1)
    fits: Booleans = (np.diff(countries, axis=1) != 0).sum(axis=1) + 1 >= policy.fewest_countries
    most = policy.most_of_one_country
    if most is not None and most < members.shape[1]:
        fits &= (countries[:, most:] != countries[:, : members.shape[1] - most]).all(axis=1)
    return fits


def _is_connected(focus: FocusArrays, members: Integers) -> Booleans:
    size = members.shape[1]
    pairs = list(combinations(range(size), 2))
    tied = [focus.tied(members[:, left], members[:, right]) for left, right in pairs]
    reached = np.zeros(members.shape, dtype=np.bool_)
    reached[:, 0] = True
    for _ in range(size - 1):
        for (left, right), ties in zip(pairs, tied, strict=True):
            reached[:, left] |= ties & reached[:, right]
            reached[:, right] |= ties & reached[:, left]
    connected: Booleans = np.logical_and.reduce(reached, axis=1)
    return connected


def _keeps_locks(arrays: PairingArrays, members: Integers) -> Booleans:
    fits = np.ones(len(members), dtype=np.bool_)
    if not arrays.policy.locks:
        return fits
    sizes = np.array([len(lock.members) for lock in arrays.policy.locks], dtype=np.int64)
    lock_of = arrays.lock_of[members]
    for place in range(members.shape[1]):
        mine = lock_of[:, place]
        fits &= (mine < 0) | ((lock_of == mine[:, None]).sum(axis=1) == sizes[mine])
    return fits


def _keeps_conflicts(arrays: PairingArrays, members: Integers) -> Booleans:
    fits = np.ones(len(members), dtype=np.bool_)
    for conflict, held in zip(arrays.policy.conflicts, arrays.conflicts, strict=True):
        fits &= held[members].sum(axis=1) <= conflict.most_together
    return fits


def stacked(parts: list[Columns]) -> Columns:
    """Return columns one after the other, repeats and all; there is at least one part."""
    return Columns(
        copies=np.concatenate([part.copies for part in parts]),
        focus=np.concatenate([part.focus for part in parts]),
        worth=np.concatenate([part.worth for part in parts]),
    )


def join(arrays: PairingArrays, parts: list[Columns]) -> Columns:
    """Join columns; of those with the same classes keep the worthiest, then the first focus."""
    if not parts:
        return Columns.none()
    copies = np.concatenate([part.copies for part in parts])
    focus = np.concatenate([part.focus for part in parts])
    worth = np.concatenate([part.worth for part in parts])
    classes = classes_of(arrays, Columns(copies=copies, focus=focus, worth=worth))
    order = np.lexsort((focus, -worth, *classes.T[::-1]))
    ordered = classes[order]
    first = np.ones(len(order), dtype=np.bool_)
    first[1:] = (ordered[1:] != ordered[:-1]).any(axis=1)
    kept = order[first]
    return Columns(copies=copies[kept], focus=focus[kept], worth=worth[kept])
