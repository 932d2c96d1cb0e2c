"""The search for sets of rows whose halves a solution offends, over whole numbers.

The same search as `utm.pairing.halving` does by products of matrices, one start after the
other: what a change of each row brings is kept, and mended where a change is made.
"""
# ruff: noqa: C901  # a loop for a compiler

from __future__ import annotations

from utm.pairing.compiled import compiled
from utm.pairing.market import Numbers

__all__ = ["search_halves"]

_FAR = 1 << 62


@compiled
def search_halves(
    row_starts: Numbers,
    row_columns: Numbers,
    column_starts: Numbers,
    column_rows: Numbers,
    weights: Numbers,
    spare: Numbers,
    odd_limit: Numbers,
    first: Numbers,
    noise: Numbers,
    shifts: Numbers,
    most: int,
    not_again: int,
    chosen: Numbers,
    uneven: Numbers,
    change: Numbers,
    free_from: Numbers,
    found: Numbers,
    lacks: Numbers,
) -> int:
    """Fill in sets of rows with an odd limit that lack less than told; return how many.

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
    first
        The row that each start begins with.
    noise, shifts
        What is added to each change, and where in it each step of each start begins, shape
        (steps, starts).
    most
        What a set may lack and one more.
    not_again
        For how many steps no row is changed again.
    chosen, uneven, change, free_from
        Room to work in, for each row or column.
    found, lacks
        The sets, as a line of marks for each, and what they lack.
    """
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
            odd = (odd + odd_limit[flipped]) % 2
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
