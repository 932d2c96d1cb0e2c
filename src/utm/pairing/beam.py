"""Groups worth more than the prices of their members: many, quickly, without proof."""

from __future__ import annotations

import numpy as np

from utm.pairing.arrays import Floats, Integers, PairingArrays
from utm.pairing.columns import Columns, appraise, join
from utm.pairing.pricing import FocusScan, reduced_costs

__all__ = ["OUT_OF_REACH", "promising"]

OUT_OF_REACH = 1_000_000_000_000

_PARTNERS = 6
_THIRDS = 4
_FOURTHS = 2
_MICRO = 1e6
_NEVER = -1e290
_CHUNK_CELLS = 4_000_000


def promising(arrays: PairingArrays, number: int, prices: Integers, threshold: int) -> Columns:
    """Grow groups from the best pairs of each copy, under one focus.

    Parameters
    ----------
    arrays
        The problem.
    number
        Index of the focus.
    prices
        Millionths by copy, bonus subtracted; ``OUT_OF_REACH`` for the already placed.
    threshold
        Only groups with a reduced cost above this are returned.
    """
    focus = arrays.foci[number]
    rows = np.flatnonzero(focus.fits & (prices < OUT_OF_REACH))
    if len(rows) == 0:
        return Columns.none()
    scan = FocusScan(focus, rows, prices.astype(np.float64)[rows], 0.0)
    pairs = _best_pairs(scan)
    grown = [pairs]
    if arrays.policy.largest_group > 2:  # noqa: PLR2004
        trios = _grown_to_three(scan, pairs)
        grown.append(trios)
        if arrays.policy.largest_group > 3:  # noqa: PLR2004
            grown.append(_grown_to_four(scan, trios))
    found = [appraise(arrays, number, rows[members]) for members in grown if len(members)]
    kept = [part.taken(reduced_costs(part, prices) > threshold) for part in found]
    return join(arrays, kept)


def _highest(values: Floats, count: int) -> tuple[Integers, Integers]:
    """Return row and column of the highest entries of each row, ties to the left."""
    count = min(count, values.shape[1])
    columns = np.argsort(-values, axis=1, kind="stable")[:, :count]
    rows = np.repeat(np.arange(len(values)), count)
    flat = columns.ravel()
    possible = values[rows, flat] > _NEVER
    return rows[possible], flat[possible]


def _best_pairs(scan: FocusScan) -> Integers:
    parts: list[Integers] = []
    for score in (scan.in_four, scan.pair_excess):
        left, right = _highest(score, _PARTNERS)
        parts.append(np.stack([np.minimum(left, right), np.maximum(left, right)], axis=1))
    return np.unique(np.concatenate(parts), axis=0)


def _grown_to_three(scan: FocusScan, pairs: Integers) -> Integers:
    parts = [np.zeros((0, 3), dtype=np.int64)]
    for anchor in np.unique(pairs[:, 0]):
        partners = pairs[pairs[:, 0] == anchor, 1]
        bound = 3 * scan.exchange_with(int(anchor), partners)
        bound += 2 * (scan.worth[anchor] + scan.worth[partners] - scan.prices)
        bound[~(scan.together[anchor] & scan.together[partners])] = -1e300
        which, third = _highest(bound, _THIRDS)
        parts.append(np.stack([np.full(len(which), anchor), partners[which], third], axis=1))
    return np.unique(np.sort(np.concatenate(parts), axis=1), axis=0)


def _grown_to_four(scan: FocusScan, trios: Integers) -> Integers:
    parts = [np.zeros((0, 4), dtype=np.int64)]
    step = max(1, _CHUNK_CELLS // len(scan.prices))
    for start in range(0, len(trios), step):
        trio = trios[start : start + step]
        needs, misses = scan.needs[trio], scan.misses[trio]
        met = sum(
            needs[:, i] * misses[:, j] * misses[:, k]
            for i, j, k in ((0, 1, 2), (1, 0, 2), (2, 0, 1))
        )
        factors = np.concatenate([met, misses.prod(axis=1)], axis=1)
        exchange = scan.total[trio].sum(axis=1)[:, None] + scan.total - factors @ scan.both / 1e3
        worth = scan.worth[trio].sum(axis=1) * (2 / 3) - scan.prices
        excess = exchange + worth
        excess[~scan.together[trio].all(axis=1)] = -1e300
        which, fourth = _highest(excess, _FOURTHS)
        parts.append(np.concatenate([trio[which], fourth[:, None]], axis=1))
    return np.unique(np.sort(np.concatenate(parts), axis=1), axis=0)
