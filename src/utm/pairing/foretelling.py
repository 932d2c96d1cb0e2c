"""Prices to begin with where there are thousands: foretold from those of a sample.

What a participant is worth to others follows mostly from what it needs and offers. So the
prices of some, found among themselves, tell those of all by a linear regression. They prove
nothing, as all prices; they make the first groups that are looked for much better ones.
"""

from __future__ import annotations

from random import Random

import numpy as np

from utm.pairing.arrays import Integers, PairingArrays

__all__ = ["foretold", "sampled"]

_FINEST = 1_000  # millionths: finer differences are noise
_MOST_KINDS = 40
_THOUSAND = 1_000


def sampled(arrays: PairingArrays, count: int, seed: int) -> Integers:
    """Return places by class of which only a sample is free: some participants, all capacities."""
    seats = len(arrays.seats)
    chosen = Random(seed).sample(range(seats), min(count, seats))  # noqa: S311 - a search
    places = arrays.places.copy()
    places[:seats] = 0
    places[chosen] = arrays.places[chosen]
    return places


def foretold(arrays: PairingArrays, prices: Integers, places: Integers) -> Integers:
    """Return prices of all classes, told by the prices of those that have places.

    Parameters
    ----------
    arrays
        The problem.
    prices
        Prices by class, bonus included, that count where there are places.
    places
        Places by class.
    """
    seats = len(arrays.seats)
    facts = _facts(arrays)
    known = np.flatnonzero(places[:seats] > 0)
    sample = facts[known]
    worth = (prices - arrays.bonus)[known].astype(np.float64)
    # whole numbers below 2**53, so that sums come out the same in any order
    products = sample.T @ sample + _THOUSAND * np.eye(sample.shape[1])
    weights = np.linalg.solve(products, sample.T @ worth)
    told = np.rint(facts @ weights / _FINEST).astype(np.int64) * _FINEST
    found = prices.copy()
    found[:seats] = arrays.bonus[:seats] + np.maximum(told, 0)
    found[known] = prices[known]
    return found


def _facts(arrays: PairingArrays) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Return in thousandths what each class needs and offers, and of which kinds it is."""
    _, first = np.unique(arrays.class_of, return_index=True)
    parts = [np.full((len(first), 1), _THOUSAND, dtype=np.float64)]
    for focus in arrays.foci:
        parts += [focus.needs[first] // _THOUSAND, _THOUSAND - focus.misses[first]]
    for focus in arrays.foci[:1]:
        for kinds in focus.pairs.kinds[first].T:
            different = np.unique(kinds)
            if len(different) <= _MOST_KINDS:
                parts.append((kinds[:, None] == different).astype(np.float64) * _THOUSAND)
    return np.concatenate(parts, axis=1)
