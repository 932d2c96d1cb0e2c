"""Groups worth more than the prices of their members: many, quickly, without proof."""

from __future__ import annotations

import numpy as np

from utm.pairing.arrays import Floats, Integers, PairingArrays
from utm.pairing.columns import Columns, appraise, join
from utm.pairing.compiled import wants_loops
from utm.pairing.market import market_of
from utm.pairing.pricing import FocusScan, reduced_costs

__all__ = ["OUT_OF_REACH", "promising", "turns_of"]

OUT_OF_REACH = 1_000_000_000_000

_MICRO = 1e6
_NEVER = -1e290
_CHUNK_CELLS = 4_000_000
_BLOCK = 1_500
_Breadth = tuple[int, int, int]
_BREADTHS = ((500, (6, 4, 2)), (1_500, (4, 2, 1)), (1 << 60, (2, 1, 1)))


def turns_of(places: int) -> int:
    """Return in how many turns so many places are gone through."""
    return max(1, -(-places // _BLOCK))


def promising(
    arrays: PairingArrays, number: int, prices: Integers, threshold: int, turn: int = 0
) -> Columns:
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
    turn
        Among very many, each turn begins from another block of copies.
    """
    focus = arrays.foci[number]
    rows = np.flatnonzero(focus.fits & (prices < OUT_OF_REACH))
    if len(rows) == 0:
        return Columns.none()
    breadth = next(wide for places, wide in _BREADTHS if len(rows) <= places)
    turns = turns_of(len(rows))
    cuts = np.linspace(0, len(rows), turns + 1).astype(np.int64).tolist()
    block = (int(cuts[turn % turns]), int(cuts[turn % turns + 1]))
    grown = _grown_by_loops if wants_loops(arrays.copies) else _grown_by_arrays
    found = [
        appraise(arrays, number, rows[members])
        for members in grown(arrays, number, prices, rows, block=block, breadth=breadth)
        if len(members)
    ]
    kept = [part.taken(reduced_costs(part, prices) > threshold) for part in found]
    return join(arrays, kept)


def _grown_by_loops(
    arrays: PairingArrays,
    number: int,
    prices: Integers,
    rows: Integers,
    *,
    block: tuple[int, int],
    breadth: _Breadth,
) -> list[Integers]:
    from utm.pairing.kernels import growing  # noqa: PLC0415 - loads numba

    market = market_of(arrays, number, prices, rows)
    partners = growing.best_partners(market, *block, breadth[0])
    grown = [_extended(np.arange(*block)[:, None], partners)]
    if arrays.policy.largest_group > 2:  # noqa: PLR2004
        grown.append(_extended(grown[-1], growing.best_thirds(market, grown[-1], breadth[1])))
    if arrays.policy.largest_group > 3:  # noqa: PLR2004
        grown.append(_extended(grown[-1], growing.best_fourths(market, grown[-1], breadth[2])))
    return grown


def _extended(groups: Integers, joining: Integers) -> Integers:
    """Return the groups with one more each, sorted, each once; -1 joins nobody."""
    which, place = np.nonzero(joining >= 0)
    members = np.concatenate([groups[which], joining[which, place][:, None]], axis=1)
    return np.unique(np.sort(members, axis=1), axis=0)


def _grown_by_arrays(
    arrays: PairingArrays,
    number: int,
    prices: Integers,
    rows: Integers,
    *,
    block: tuple[int, int],
    breadth: _Breadth,
) -> list[Integers]:
    """Return the same as by loops."""
    scan = FocusScan(arrays.foci[number], rows, prices.astype(np.float64)[rows], 0.0)
    grown = [_best_pairs(scan, block, breadth[0])]
    if arrays.policy.largest_group > 2:  # noqa: PLR2004
        grown.append(_grown_to_three(scan, grown[-1], breadth[1]))
    if arrays.policy.largest_group > 3:  # noqa: PLR2004
        grown.append(_grown_to_four(scan, grown[-1], breadth[2]))
    return grown


def _highest(values: Floats, count: int) -> tuple[Integers, Integers]:
    """Return row and column of the highest entries of each row, ties to the left."""
    count = min(count, values.shape[1])
    columns = np.argsort(-values, axis=1, kind="stable")[:, :count]
    rows = np.repeat(np.arange(len(values)), count)
    flat = columns.ravel()
    possible = values[rows, flat] > _NEVER
    return rows[possible], flat[possible]


def _best_pairs(scan: FocusScan, block: tuple[int, int], count: int) -> Integers:
    parts: list[Integers] = []
    for score in (scan.in_four, scan.pair_excess):
        left, right = _highest(score[slice(*block)], count)
        left = left + block[0]
        parts.append(np.stack([np.minimum(left, right), np.maximum(left, right)], axis=1))
    return np.unique(np.concatenate(parts), axis=0)


def _grown_to_three(scan: FocusScan, pairs: Integers, count: int) -> Integers:
    parts = [np.zeros((0, 3), dtype=np.int64)]
    for anchor in np.unique(pairs[:, 0]):
        partners = pairs[pairs[:, 0] == anchor, 1]
        bound = 3 * scan.exchange_with(int(anchor), partners)
        bound += 2 * (scan.worth[anchor] + scan.worth[partners] - scan.prices)
        bound[~(scan.together[anchor] & scan.together[partners])] = -1e300
        which, third = _highest(bound, count)
        parts.append(np.stack([np.full(len(which), anchor), partners[which], third], axis=1))
    return np.unique(np.sort(np.concatenate(parts), axis=1), axis=0)


def _grown_to_four(scan: FocusScan, trios: Integers, count: int) -> Integers:
    parts = [np.zeros((0, 4), dtype=np.int64)]
    step = max(1, _CHUNK_CELLS // len(scan.prices))
    for start in range(0, len(trios), step):
        trio = trios[start : start + step]
        needs, misses = scan.needs[trio], scan.misses[trio]
        met = needs[:, 0] * misses[:, 1] * misses[:, 2]
        met = met + needs[:, 1] * misses[:, 0] * misses[:, 2]
        met = met + needs[:, 2] * misses[:, 0] * misses[:, 1]
        factors = np.concatenate([met, misses.prod(axis=1)], axis=1)
        added = (met.sum(axis=1)[:, None] + scan.total * 1e3 - factors @ scan.both) // 1e3
        excess = 3 * added + 2 * scan.worth[trio].sum(axis=1) - 3 * scan.prices
        excess[~scan.together[trio].all(axis=1)] = -1e300
        which, fourth = _highest(excess, count)
        parts.append(np.concatenate([trio[which], fourth[:, None]], axis=1))
    return np.unique(np.sort(np.concatenate(parts), axis=1), axis=0)
