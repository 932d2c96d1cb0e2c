"""The search for sets of rows whose halves a solution offends, over whole numbers.

The same search as `utm.pairing.halving` does by products of matrices, one start after the
other: what a change of each row brings is kept, and mended where a change is made.
"""
# ruff: noqa: C901  # a loop for a compiler

from __future__ import annotations

from utm.pairing.compiled import compiled
from utm.pairing.market import Numbers
from utm.pairing.parity import Draws, Parity

__all__ = ["search_halves"]

_FAR = 1 << 62


@compiled
def search_halves(
    parity: Parity,
    draws: Draws,
    most: int,
    not_again: int,
    chosen: Numbers,
    uneven: Numbers,
    change: Numbers,
    free_from: Numbers,
    found: Numbers,
    lacks: Numbers,
) -> int:
    """Fill in sets of rows with an odd limit that lack less than ``most``; return how many.

    Parameters
    ----------
    parity, draws
        The rows and their columns, and what is drawn.
    most
        A set must lack less.
    not_again
        For how many steps no row is changed again.
    chosen, uneven, change, free_from
        Room to work in, for each row, column, row and row.
    found, lacks
        The sets, as a line of marks for each, and what they lack; at most one for each step
        of each start.
    """
    row_starts, row_columns = parity.row_starts, parity.row_columns
    column_starts, column_rows = parity.column_starts, parity.column_rows
    weights, spare = parity.weights, parity.spare
    first, noise, shifts = draws.first, draws.noise, draws.shifts
    count = 0
    for start in range(len(first)):
        chosen[:] = 0
        uneven[:] = 0
        free_from[:] = 0
        for row in range(len(spare)):
            change[row] = spare[row]
            for at in range(row_starts[row], row_starts[row + 1]):
                change[row] += weights[row_columns[at]]
        lack = odd = 0
        flipped = first[start] + 0
        for step in range(len(shifts)):
            lack += change[flipped]
            change[flipped] -= 2 * spare[flipped] * (1 - 2 * chosen[flipped])
            chosen[flipped] = 1 - chosen[flipped]
            odd = (odd + parity.odd_limit[flipped]) % 2
            for at in range(row_starts[flipped], row_starts[flipped + 1]):
                column = row_columns[at] + 0
                turned = 2 * weights[column] * (1 - 2 * uneven[column])
                uneven[column] = 1 - uneven[column]
                for each in range(column_starts[column], column_starts[column + 1]):
                    change[column_rows[each]] -= turned
            if odd == 1 and lack < most:
                for row in range(len(spare)):
                    found[count, row] = chosen[row]
                lacks[count] = lack
                count += 1
            shift = shifts[step, start] + 0
            best, least = 0, _FAR
            for row in range(len(spare)):
                if free_from[row] > step:
                    continue
                value = change[row] + noise[shift + row]
                if value < least:
                    best, least = row, value
            free_from[best] = step + not_again
            flipped = best
    return count
