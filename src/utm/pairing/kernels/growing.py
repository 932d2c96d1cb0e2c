"""The best to join one, two or three, over whole numbers.

Units: learning of two in 1e-9, of three in 1e-12, of four in 1e-15; worths and prices in
1e-6; *excess* in thirds of 1e-12. All sums stay below 2**63 as weights sum to 1e6, chances
are at most 1e3 and prices below 1e12.
"""
# loops for a compiler

from __future__ import annotations

import numpy as np

from utm.pairing.compiled import compiled, inlined
from utm.pairing.kernels.parts import (
    APART,
    MICRO,
    NEVER,
    enter_one,
    enter_pair,
    enter_trio,
    joined,
    mix,
    worth_to,
)
from utm.pairing.market import Market, Numbers

__all__ = ["best_fourths", "best_partners", "best_thirds"]


@inlined
def enlist(value: int, who: int, values: Numbers, places: Numbers) -> None:
    """Enter somebody in a list of the best, of which earlier ones win ties."""
    at = len(values) - 1
    while at > 0 and values[at - 1] < value:
        values[at] = values[at - 1]
        places[at] = places[at - 1]
        at -= 1
    values[at] = value
    places[at] = who


@compiled
def best_partners(market: Market, begin: int, end: int, count: int) -> Numbers:
    """Return the best partners of some places, within fours and as pairs.

    Shape (end - begin, 2 · count), padded with -1.
    """
    found = np.full((end - begin, 2 * count), -1, dtype=np.int64)
    values = np.empty((2, count), dtype=np.int64)
    demand = np.empty(market.needs.shape[1], dtype=np.int64)
    supply = np.empty(market.needs.shape[1], dtype=np.int64)
    mixed = np.empty(market.widths.sum(), dtype=np.int64)
    members = np.empty(1, dtype=np.int64)
    for x in range(begin, end):
        members[0] = x
        enter_one(market, x, demand, supply)
        mix(market, members, 1, mixed)
        values[:] = NEVER
        for y in range(len(market.rows)):
            worth = worth_to(market, members, 1, mixed, y)
            if y == x or worth < APART:
                continue
            learnt = joined(market, demand, supply, y)
            rest = MICRO * (2 * worth - market.prices[x] - market.prices[y])
            four, two = 3_000 * learnt + rest, 1_000 * learnt + rest
            if four > values[0, count - 1]:
                enlist(four, y, values[0], found[x - begin, :count])
            if two > values[1, count - 1]:
                enlist(two, y, values[1], found[x - begin, count:])
    return found


@compiled
def best_thirds(market: Market, pairs: Numbers, count: int) -> Numbers:
    """Return the best thirds of some pairs, within fours; shape (pairs, count), padded with -1."""
    found = np.full((len(pairs), count), -1, dtype=np.int64)
    values = np.empty(count, dtype=np.int64)
    demand = np.empty(market.needs.shape[1], dtype=np.int64)
    supply = np.empty(market.needs.shape[1], dtype=np.int64)
    mixed = np.empty(market.widths.sum(), dtype=np.int64)
    for number in range(len(pairs)):
        members = pairs[number]
        x, y = members[0], members[1]
        enter_pair(market, x, y, demand, supply)
        most = 2 * MICRO * mix(market, members, 2, mixed)
        values[:] = NEVER
        for z in range(len(market.rows)):
            value = 3 * joined(market, demand, supply, z) - 2 * MICRO * market.prices[z]
            if value + most <= values[count - 1] or z in (x, y):
                continue
            worth = worth_to(market, members, 2, mixed, z)
            value += 2 * MICRO * worth
            if worth > APART and value > values[count - 1]:
                enlist(value, z, values, found[number])
    return found


@compiled
def best_fourths(market: Market, trios: Numbers, count: int) -> Numbers:
    """Return the best fourths of some trios; shape (trios, count), padded with -1."""
    found = np.full((len(trios), count), -1, dtype=np.int64)
    values = np.empty(count, dtype=np.int64)
    demand = np.empty(market.needs.shape[1], dtype=np.int64)
    supply = np.empty(market.needs.shape[1], dtype=np.int64)
    mixed = np.empty(market.widths.sum(), dtype=np.int64)
    for number in range(len(trios)):
        members = trios[number]
        x, y, z = members[0], members[1], members[2]
        enter_trio(market, x, y, z, demand, supply)
        most = 2 * MICRO * mix(market, members, 3, mixed)
        values[:] = NEVER
        for last in range(len(market.rows)):
            value = 3 * (joined(market, demand, supply, last) // 1_000)
            value -= 3 * MICRO * market.prices[last]
            if value + most <= values[count - 1] or last in (x, y, z):
                continue
            worth = worth_to(market, members, 3, mixed, last)
            value += 2 * MICRO * worth
            if worth > APART and value > values[count - 1]:
                enlist(value, last, values, found[number])
    return found
