"""What columns take of rows that have limits: the set packing, laid out for programs and loops."""

from __future__ import annotations

import numpy as np
from attrs import frozen

from utm.pairing.arrays import Booleans, Integers, PairingArrays
from utm.pairing.columns import Columns, classes_of, formed_once, worth_with_bonus
from utm.pairing.cuts import CutRows
from utm.pairing.node import Table

__all__ = ["Packing", "packing_of"]


@frozen(kw_only=True, eq=False)
class Packing:
    """Columns, and how much each takes of rows.

    The rows are classes, then cuts, then sets of participants that form a group only once.

    Parameters
    ----------
    starts, rows, takes
        Of each column, from its start to that of the next, the rows that it takes something
        of, and how much: whole numbers above zero.
    limits
        How much all columns may take of each row.
    worth
        What each column is worth, bonus included, in millionths.
    highest
        How often each column may be taken.
    classes, cuts
        How many of the rows are classes, and then cuts. Each column takes something of a
        class.
    """

    starts: Integers
    rows: Integers
    takes: Integers
    limits: Integers
    worth: Integers
    highest: Integers
    classes: int
    cuts: int

    def taken(self, chosen: Integers | Booleans) -> Packing:
        """Return it with some of the columns, by index or mask."""
        numbers = np.arange(len(self.worth))[chosen]
        counts = np.diff(self.starts)[numbers]
        starts = np.append(0, np.cumsum(counts))
        shift = np.repeat(self.starts[numbers] - starts[:-1], counts)
        entries = np.arange(len(shift)) + shift
        return Packing(
            starts=starts,
            rows=self.rows[entries],
            takes=self.takes[entries],
            limits=self.limits,
            worth=self.worth[numbers],
            highest=self.highest[numbers],
            classes=self.classes,
            cuts=self.cuts,
        )

    def table(self) -> Table:
        """Return it for loops."""
        rows = np.arange(len(self.limits))
        implied = (rows >= self.classes) & (rows < self.classes + self.cuts)
        return Table(self.starts, self.rows, self.takes, implied)

    def excess(self, prices: Integers) -> Integers:
        """Return what the worth of each column exceeds the prices of what it takes by."""
        paid = np.append(0, np.cumsum(self.takes * prices[self.rows]))
        excess: Integers = self.worth - np.diff(paid[self.starts])
        return excess

    def lifted(self, prices: Integers) -> Integers:
        """Return prices raised so that no column exceeds what it takes.

        A row that the column shares with no other participants bears it, or else its first.
        """
        excess = self.excess(prices)
        above = np.flatnonzero(excess > 0)
        first, last = self.starts[above], self.starts[above + 1] - 1
        has_own_row = self.rows[last] >= self.classes + self.cuts
        lifted = np.where(has_own_row, last, first)
        lift = np.zeros(len(self.limits), dtype=np.int64)
        np.maximum.at(lift, self.rows[lifted], -(-excess[above] // self.takes[lifted]))
        return prices + lift


def packing_of(
    arrays: PairingArrays,
    columns: Columns,
    cuts: CutRows | None = None,
    *,
    places: Integers | None = None,
    each_once: bool = False,
) -> Packing:
    """Lay out columns.

    Parameters
    ----------
    arrays, columns
        The problem and its columns.
    cuts
        Inequalities to be kept.
    places
        Places by class where not all are free.
    each_once
        Whether sets of participants that form a group only once have a row even if there is
        one column of them.
    """
    places = arrays.places if places is None else places
    cuts = CutRows.none(len(columns)) if cuts is None else cuts
    classes = classes_of(arrays, columns)
    seats = np.zeros(classes.shape, dtype=np.int64)
    for place in range(classes.shape[1]):
        seats[:, place] = (classes == classes[:, [place]]).sum(axis=1)
    first = classes >= 0
    first[:, 1:] &= classes[:, 1:] != classes[:, :-1]  # a class twice is one entry of two
    rows = [classes]
    entries = [np.where(first, seats, 0)]
    last = arrays.classes + len(cuts.limits)
    rows.append(np.broadcast_to(np.arange(arrays.classes, last), cuts.entries.shape))
    entries.append(cuts.entries)
    once = formed_once(arrays, columns)
    twin, twins = _twins(columns, once, 1 if each_once else 2)
    rows.append(last + twin[:, None])
    entries.append((twin >= 0).astype(np.int64)[:, None])
    row, entry = np.concatenate(rows, axis=1), np.concatenate(entries, axis=1)
    used = entry > 0
    upper = np.where(first, places[classes] // np.maximum(seats, 1), np.iinfo(np.int64).max)
    highest = upper.min(axis=1)
    highest[once] = np.minimum(highest[once], 1)
    return Packing(
        starts=np.append(0, np.cumsum(used.sum(axis=1))),
        rows=row[used],
        takes=entry[used],
        limits=np.concatenate([places, cuts.limits, np.ones(twins, dtype=np.int64)]),
        worth=worth_with_bonus(arrays, columns),
        highest=highest,
        classes=arrays.classes,
        cuts=len(cuts.limits),
    )


def _twins(columns: Columns, once: Booleans, fewest: int) -> tuple[Integers, int]:
    """Number the sets of participants that have so many columns, of which one may be taken.

    Returns the number of each column's set, or -1, and how many there are.
    """
    number = np.full(len(columns), -1, dtype=np.int64)
    if not once.any():
        return number, 0
    _, of_set, count = np.unique(
        columns.copies[once], axis=0, return_inverse=True, return_counts=True
    )
    again = count >= fewest
    number[once] = np.where(again, np.cumsum(again) - 1, -1)[of_set.ravel()]
    return number, int(again.sum())
