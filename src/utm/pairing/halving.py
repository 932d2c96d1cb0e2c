"""Cuts that a solution of the linear program offends, found by halving rows.

A set of rows whose limits sum to an odd number makes a cut that is offended by
½ (1 − s − o): *s* is what the rows are short of their limits, *o* the shares of the columns
that take an odd number of them together. Threes of rows are tried one and all. Among all
other sets a search goes from some hundreds of rows by adding or dropping one row at a time,
whichever leaves *s* + *o* smallest, and none again soon: by products of matrices from all at
once, or by compiled loops, which find the same.

After Jepsen, Petersen, Spoorendonk and Pisinger, *Subset-row inequalities applied to the
vehicle-routing problem with time windows* (2008), and Koster, Zymolka and Kutschka,
*Algorithms to separate {0, ½}-Chvátal-Gomory cuts* (2009).
"""

from __future__ import annotations

import numpy as np

from utm.pairing.arrays import Booleans, Floats, Integers
from utm.pairing.compiled import IS_COMPILED
from utm.pairing.parity import Draws, parity_of

__all__ = ["offended_halves", "offended_threes"]

_OFFENCE = 0.02
_SHARE = 1e-7
_SHORT = 0.5
_UNIT = 2.0**24  # shares in whole numbers of its inverse, so that sums of them have no rounding
_STARTS = 300
_STEPS = 30
_NOT_AGAIN = 6  # steps
_NOISE = 0.3
_DRAWN = 4_096
_FEW_ROWS = 120
_MOST_LACK = int((1 - 2 * _OFFENCE) * _UNIT)
_ALIKE = 0.8
_CONSIDERED = 1_000


def offended_threes(entries: Integers, limits: Integers, shares: Floats) -> list[list[int]]:
    """Return the threes of rows of one place that a solution offends, the most first.

    Time grows with r² and the columns that are taken.

    Parameters
    ----------
    entries
        How much each column takes of each row, shape (m, r).
    limits
        How much all take at most.
    shares
        How much of each column is taken.
    """
    split = _is_split(shares)
    rows = np.flatnonzero((entries[split] > 0).any(axis=0) & (limits == 1))
    held = (entries[:, rows] > 0).astype(np.float64)
    pairs = (held.T * shares) @ held
    left, right = np.nonzero(np.triu(pairs > 1 / 3, k=1))  # as the largest of the three is
    both = held[:, left] * held[:, right]
    trios = (both.T * shares) @ held
    offence = pairs[left] + pairs[right] + pairs[left, right][:, None] - 2 * trios - 1
    pair, third = np.nonzero(offence > _OFFENCE)
    other = (third != left[pair]) & (third != right[pair])
    pair, third = pair[other], third[other]
    found = np.sort(np.stack([left[pair], right[pair], third], axis=1), axis=1)
    found, where = np.unique(found, axis=0, return_index=True)
    worst = np.round(offence[pair, third][where], 6)
    threes: list[list[int]] = rows[found[np.argsort(-worst, kind="stable")]].tolist()
    return threes


def offended_halves(
    entries: Integers, limits: Integers, shares: Floats, *, most: int, seed: int
) -> list[list[int]]:
    """Return sets of rows whose halves a solution offends, the most first, none much alike.

    Parameters
    ----------
    entries, limits, shares
        As for threes.
    most
        How many sets at most.
    seed
        Seed of the search.
    """
    short = limits - shares @ entries
    split = _is_split(shares)
    odd = entries % 2 == 1
    rows = np.flatnonzero(odd[split].any(axis=0) & (short < _SHORT))
    if len(rows) == 0:
        return []
    sets = _searched(
        odd[np.ix_(split, rows)], limits[rows] % 2 == 1, shares[split], short[rows], seed
    )[:_CONSIDERED]
    taken = (sets.astype(np.float64) @ entries[:, rows].T) // 2
    offends = taken @ shares - (sets @ limits[rows]) // 2 >= _OFFENCE
    sets, held = sets[offends], (taken[offends] > 0)[:, split].astype(np.float64)
    sizes = held.sum(axis=1)
    is_like = held @ held.T > _ALIKE * np.minimum(sizes[:, None], sizes)
    found: list[list[int]] = []
    is_open = np.ones(len(sets), dtype=np.bool_)
    while is_open.any() and len(found) < most:
        best = int(is_open.argmax())
        found.append(rows[sets[best]].tolist())
        is_open &= ~is_like[best]
    return found


def _is_split(shares: Floats) -> Booleans:
    """Return which columns are not taken a whole number of times."""
    split: Booleans = np.abs(shares - np.rint(shares)) > _SHARE
    return split


def _searched(
    odd: Booleans, odd_limit: Booleans, shares: Floats, short: Floats, seed: int
) -> Booleans:
    """Return sets of rows with an odd limit and little besides, the least first, (s, r)."""
    random = np.random.default_rng(seed)
    count = len(odd_limit)
    weights = np.rint(shares * _UNIT).astype(np.int64)
    spare = np.rint(np.maximum(short, 0) * _UNIT).astype(np.int64)
    draws = Draws(
        first=np.resize(random.permutation(count), _STARTS),
        noise=random.integers(0, int(_NOISE * _UNIT), _DRAWN + count),
        shifts=random.integers(0, _DRAWN, (_STEPS, _STARTS)),
    )
    search = _by_loops if _wants_loops(count) else _by_products
    found, lacks = search(odd, odd_limit, weights, spare, draws)
    _, where = np.unique(np.packbits(found, axis=1), axis=0, return_index=True)
    sets = found[where]
    least: Booleans = sets[np.lexsort((sets.sum(axis=1), lacks[where]))]
    return least


def _wants_loops(rows: int) -> bool:
    """Return whether loops are worth it: to load them takes longer than a few products."""
    return IS_COMPILED and rows > _FEW_ROWS


def _by_products(
    odd: Booleans, odd_limit: Booleans, weights: Integers, spare: Integers, draws: Draws
) -> tuple[Booleans, Integers]:
    """Search from all starts at once; return sets and what they lack."""
    parity = odd.astype(np.float64)
    by_column, by_row = weights.astype(np.float64), spare.astype(np.float64)
    count = len(odd_limit)
    each, rows = np.arange(_STARTS), np.arange(count)
    chosen = np.zeros((_STARTS, count), dtype=np.bool_)
    chosen[each, draws.first] = True
    uneven = parity[:, draws.first].T.copy()
    odd_sum = odd_limit[draws.first].copy()
    free_from = np.zeros((_STARTS, count), dtype=np.int64)
    found: list[Booleans] = []
    lacks: list[Floats] = []
    for step in range(_STEPS):
        lack = uneven @ by_column + chosen @ by_row
        good = odd_sum & (lack < _MOST_LACK)
        found.append(chosen[good])
        lacks.append(lack[good])
        change = (by_column * (1 - 2 * uneven)) @ parity + np.where(chosen, -by_row, by_row)
        change += draws.noise[draws.shifts[step][:, None] + rows]
        change[free_from > step] = np.inf
        flipped = change.argmin(axis=1)
        chosen[each, flipped] ^= True
        uneven = np.abs(uneven - parity[:, flipped].T)
        odd_sum ^= odd_limit[flipped]
        free_from[each, flipped] = step + _NOT_AGAIN
    return np.concatenate(found), np.concatenate(lacks).astype(np.int64)


def _by_loops(
    odd: Booleans, odd_limit: Booleans, weights: Integers, spare: Integers, draws: Draws
) -> tuple[Booleans, Integers]:
    """Search from one start after the other; return the same."""
    from utm.pairing.kernels.halves import search_halves  # noqa: PLC0415 - loads numba

    columns, rows = len(weights), len(odd_limit)
    found = np.empty((_STARTS * _STEPS, rows), dtype=np.bool_)
    lacks = np.empty(_STARTS * _STEPS, dtype=np.int64)
    count = search_halves(
        parity_of(odd, odd_limit, weights, spare),
        draws,
        _MOST_LACK,
        _NOT_AGAIN,
        np.empty(rows, dtype=np.int64),
        np.empty(columns, dtype=np.int64),
        np.empty(rows, dtype=np.int64),
        np.empty(rows, dtype=np.int64),
        found,
        lacks,
    )
    return found[:count], lacks[:count]
