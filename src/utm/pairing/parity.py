"""Which columns take an odd number of which rows, laid out for loops over whole numbers."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from utm.pairing.arrays import Booleans, Integers
from utm.pairing.market import Numbers

__all__ = ["Draws", "Parity", "parity_of"]


class Parity(NamedTuple):
    """Columns with their shares, and rows with their limits.

    Parameters
    ----------
    row_starts, row_columns
        From the start of each row to that of the next, the columns that take an odd number
        of it.
    column_starts, column_rows
        The same of each column.
    weights, spare
        Share of each column, and what each row is short of its limit.
    odd_limit
        Which rows have an odd limit.
    """

    row_starts: Numbers
    row_columns: Numbers
    column_starts: Numbers
    column_rows: Numbers
    weights: Numbers
    spare: Numbers
    odd_limit: Numbers


class Draws(NamedTuple):
    """What a search has drawn before it begins.

    Parameters
    ----------
    first
        The row that each start begins with.
    noise, shifts
        What is added to the change of each row, and where in it each step of each start
        begins, shape (steps, starts).
    """

    first: Numbers
    noise: Numbers
    shifts: Numbers


def parity_of(odd: Booleans, odd_limit: Booleans, weights: Integers, spare: Integers) -> Parity:
    """Lay out which columns take an odd number of which rows, shape (m, r)."""
    columns, rows = len(weights), len(odd_limit)
    column, row_of_column = np.nonzero(odd)
    row, column_of_row = np.nonzero(odd.T)
    return Parity(
        row_starts=np.searchsorted(row, np.arange(rows + 1)),
        row_columns=column_of_row,
        column_starts=np.searchsorted(column, np.arange(columns + 1)),
        column_rows=row_of_column,
        weights=weights,
        spare=spare,
        odd_limit=odd_limit.astype(np.int64),
    )
