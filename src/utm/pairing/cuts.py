"""Cuts: inequalities that every grouping keeps, and that shares of groups may offend.

Take some rows of the program, each with what its columns take of it at most: places of
participants and capacities, and cuts that are known already. Half of their sum, rounded
down on both sides, holds for whole groups as well. With the places of three participants
it says: of the groups that hold two or three of them, one can be formed (a *subset-row
cut*); with more rows, and with cuts among them, it is a *zero-half cut* of Chvátal and
Gomory. Cuts by the sizes of groups come from `utm.pairing.sizing`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
from attrs import evolve, frozen

from utm.pairing.arrays import Booleans, Integers

__all__ = ["Cut", "CutRow", "CutRows", "rows_of", "taken_of"]


@frozen(kw_only=True, eq=False)
class Cut:
    """Half of some rows together, rounded down, or another count of the participants in a group.

    Parameters
    ----------
    classes
        Rows of classes, in rising order.
    cuts
        Rows that are cuts themselves.
    limit
        How much of it a grouping takes at most.
    counts
        What a column takes of it instead of a half, by how many of the participants it holds;
        ``None`` for the half. Such a cut is of classes alone, and its limit that of a knapsack.
    """

    classes: tuple[int, ...]
    cuts: tuple[Cut, ...] = ()
    limit: int = 1
    counts: tuple[int, ...] | None = None


@frozen(kw_only=True, eq=False)
class CutRows:
    """What columns take of cuts.

    Parameters
    ----------
    entries
        How much each column takes of each cut, shape (m, c).
    limits
        How much all take at most, shape (c,).
    """

    entries: Integers
    limits: Integers

    @classmethod
    def none(cls, columns: int) -> CutRows:
        """Return no cut of so many columns."""
        return cls(
            entries=np.zeros((columns, 0), dtype=np.int64), limits=np.zeros(0, dtype=np.int64)
        )


@frozen(kw_only=True, eq=False)
class CutRow:
    """A cut in the program, which columns take how much of it, and for how long none used it up."""

    cut: Cut
    columns: Integers
    taken: Integers
    idle: int = 0

    def spread(self, count: int) -> Integers:
        """Return how much each of so many columns takes of it."""
        taken = np.zeros(count, dtype=np.int64)
        taken[self.columns] = self.taken
        return taken

    def moved(self, kept: Booleans, place: Integers) -> CutRow:
        """Return it among the columns that are kept."""
        stays = kept[self.columns]
        return evolve(self, columns=place[self.columns[stays]], taken=self.taken[stays])


def rows_of(
    cuts: Sequence[Cut], classes: Integers, known: Mapping[Cut, Integers] = MappingProxyType({})
) -> CutRows:
    """Return what columns take of cuts.

    Parameters
    ----------
    cuts
        The cuts.
    classes
        Classes that each column takes a place of, padded with -1, shape (m, k).
    known
        What the columns take of some cuts, shape (m,) each.
    """
    if not cuts:
        return CutRows.none(len(classes))
    return CutRows(
        entries=np.stack(taken_of(cuts, classes, known), axis=1),
        limits=np.array([cut.limit for cut in cuts], dtype=np.int64),
    )


def taken_of(
    cuts: Sequence[Cut], classes: Integers, known: Mapping[Cut, Integers] = MappingProxyType({})
) -> list[Integers]:
    """Return what each column takes of each cut; parameters as for `rows_of`."""
    seats = _Seats(classes, dict(known))
    return [seats.taken_of(cut) for cut in cuts]


class _Seats:
    """The places that columns take, and what they take of cuts, each found once."""

    def __init__(self, classes: Integers, known: dict[Cut, Integers]) -> None:
        self._seats = list(np.ascontiguousarray(classes.T))
        self._known = known
        self._count = len(classes)
        self._highest = int(classes.max(initial=-1))

    def taken_of(self, cut: Cut) -> Integers:
        """Return what each column takes of a cut."""
        if cut not in self._known:
            is_row = np.zeros(self._highest + 2, dtype=np.int64)  # the last stands for no class
            is_row[[row for row in cut.classes if row <= self._highest]] = 1
            total = np.zeros(self._count, dtype=np.int64)
            for seats in self._seats:
                total += is_row[seats]
            for each in cut.cuts:
                total += self.taken_of(each)
            self._known[cut] = total // 2 if cut.counts is None else np.array(cut.counts)[total]
        return self._known[cut]
