"""Where a branch and bound stands, laid out for loops over whole numbers."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from utm.pairing.market import Numbers

__all__ = [
    "PARTS",
    "Generation",
    "Levels",
    "Table",
    "Workspace",
    "generation_for",
    "levels_for",
    "workspace_for",
]

PARTS = 1_024
"""How finely it counts, where a class is picked, how near its columns are."""


class Table(NamedTuple):
    """What columns take of rows.

    Parameters
    ----------
    starts, rows, takes
        As in `Packing`.
    implied
        Which rows say nothing that the others do not say of whole choices.
    """

    starts: Numbers
    rows: Numbers
    takes: Numbers
    implied: Numbers


class Workspace(NamedTuple):
    """To work in: which columns take something of each row.

    Parameters
    ----------
    begins, ends
        Where the columns of each row begin and end.
    holders, held
        Places of these columns, and how much they take.
    starts, rows, takes
        Room for a table with fewer rows.
    """

    begins: Numbers
    ends: Numbers
    holders: Numbers
    held: Numbers
    starts: Numbers
    rows: Numbers
    takes: Numbers


class Levels(NamedTuple):
    """A way from the start to a choice, level by level.

    Parameters
    ----------
    columns, lacks, counts
        Columns that can still be taken, what each lacks, and how many there are.
    prices, room, lost
        Prices and room of each row, and what is lost so far.
    picked, options, ways, next_way, chosen
        The row that is decided on, places of the columns that take something of it, how many
        these are, which comes next, and the column that is taken, or -1.
    best
        Columns of the best choice.
    """

    columns: Numbers
    lacks: Numbers
    counts: Numbers
    prices: Numbers
    room: Numbers
    lost: Numbers
    picked: Numbers
    options: Numbers
    ways: Numbers
    next_way: Numbers
    chosen: Numbers
    best: Numbers


class Generation(NamedTuple):
    """Choices begun, abreast.

    Parameters
    ----------
    columns, lacks, counts
        Columns that can still be taken, what each lacks, and how many there are.
    prices, room, lost
        Prices and room of each row, and what is lost so far.
    taken
        The column that was taken last, or -1.
    rows, options, ways, losses
        The row that is decided on, or -1, places of the columns that take something of it, how
        many these are, and what would be lost by each, and then by none of them.
    """

    columns: Numbers
    lacks: Numbers
    counts: Numbers
    prices: Numbers
    room: Numbers
    lost: Numbers
    taken: Numbers
    rows: Numbers
    options: Numbers
    ways: Numbers
    losses: Numbers


def workspace_for(rows: int, columns: int, entries: int) -> Workspace:
    """Return room for so many rows, and so many columns and entries of them."""
    return Workspace(
        begins=np.zeros(rows + 1, dtype=np.int64),
        ends=np.zeros(rows, dtype=np.int64),
        holders=np.zeros(entries, dtype=np.int64),
        held=np.zeros(entries, dtype=np.int64),
        starts=np.zeros(columns + 1, dtype=np.int64),
        rows=np.zeros(entries, dtype=np.int64),
        takes=np.zeros(entries, dtype=np.int64),
    )


def levels_for(columns: int, rows: int, depth: int) -> Levels:
    """Return so many levels to work in."""
    by_column, by_row = (depth, columns), (depth, rows)
    return Levels(
        columns=np.empty(by_column, dtype=np.int64),
        lacks=np.empty(by_column, dtype=np.int64),
        counts=np.zeros(depth, dtype=np.int64),
        prices=np.empty(by_row, dtype=np.int64),
        room=np.empty(by_row, dtype=np.int64),
        lost=np.zeros(depth, dtype=np.int64),
        picked=np.zeros(depth, dtype=np.int64),
        options=np.empty(by_column, dtype=np.int64),
        ways=np.zeros(depth, dtype=np.int64),
        next_way=np.zeros(depth, dtype=np.int64),
        chosen=np.full(depth, -1, dtype=np.int64),
        best=np.full(depth, -1, dtype=np.int64),
    )


def generation_for(choices: int, columns: int, rows: int, ways: int) -> Generation:
    """Return room for so many choices begun, and so many ways to go on from each."""
    by_column, by_row = (choices, columns), (choices, rows)
    return Generation(
        columns=np.empty(by_column, dtype=np.int64),
        lacks=np.empty(by_column, dtype=np.int64),
        counts=np.zeros(choices, dtype=np.int64),
        prices=np.empty(by_row, dtype=np.int64),
        room=np.empty(by_row, dtype=np.int64),
        lost=np.zeros(choices, dtype=np.int64),
        taken=np.full(choices, -1, dtype=np.int64),
        rows=np.full(choices, -1, dtype=np.int64),
        options=np.empty((choices, ways), dtype=np.int64),
        ways=np.zeros(choices, dtype=np.int64),
        losses=np.zeros((choices, ways + 1), dtype=np.int64),
    )
