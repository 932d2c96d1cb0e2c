"""What a whole group is worth and whether it is sound, over whole numbers.

Units: learning of two in 1e-9, of three in 1e-12, of four in 1e-15; worths and prices in
1e-6; *excess* in thirds of 1e-12. All sums stay below 2**63 as weights sum to 1e6, chances
are at most 1e3 and prices below 1e12.
"""
# ruff: noqa: PLR2004, C901  # loops for a compiler

from __future__ import annotations

import numpy as np

from utm.pairing.compiled import inlined
from utm.pairing.kernels.parts import APART, NEVER, worth_of
from utm.pairing.market import Market, Numbers

__all__ = ["admit"]


@inlined
def score_of(market: Market, members: Numbers, size: int) -> int:
    """Return the score of a group in 1e-6, learning rounded down for each member.

    Far below zero where two must be apart.
    """
    scale = 1
    for _ in range(size - 1):
        scale *= 1_000
    score = 0
    gains = np.zeros(4, dtype=np.int64)
    for i in range(size):
        for j in range(i + 1, size):
            worth = worth_of(market, members[i], members[j])
            if worth < APART:
                return NEVER
            gains[i] += worth
            gains[j] += worth
    for i in range(size):
        learnt = 0
        for k in range(market.need_starts[members[i]], market.need_starts[members[i] + 1]):
            nobody = 1
            for j in range(size):
                if j != i:
                    nobody *= market.misses[members[j], market.need_topics[k]]
            learnt += market.need_weights[k] * (scale - nobody)
        score += learnt // scale + gains[i] // (size - 1)
    return score


@inlined
def are_tied(market: Market, x: int, y: int) -> bool:
    """Return whether the exchange rule ties two together."""
    for k in range(market.need_starts[x], market.need_starts[x + 1]):
        topic = market.need_topics[k]
        if market.misses[y, topic] < 1_000:
            return True
        if market.ties == 2 and market.needs[y, topic] > 0:
            return True
    for k in range(market.need_starts[y], market.need_starts[y + 1]):
        if market.misses[x, market.need_topics[k]] < 1_000:
            return True
    return market.ties == 0


@inlined
def is_sound(market: Market, members: Numbers, size: int) -> bool:
    """Return whether a group keeps the rules on countries and is tied together."""
    countries = 0
    for i in range(size):
        same = 0
        for j in range(size):
            if market.countries[members[j]] == market.countries[members[i]]:
                same += 1
                if j < i:
                    same += 100
        if same % 100 > market.most_of_one_country:
            return False
        if same < 100:
            countries += 1
    if countries < market.fewest_countries:
        return False
    reached = 1
    for _ in range(size):
        for i in range(size):
            if reached >> i & 1:
                for j in range(size):
                    if not reached >> j & 1 and are_tied(market, members[i], members[j]):
                        reached |= 1 << j
    return reached == (1 << size) - 1


@inlined
def admit(market: Market, members: Numbers, size: int, least: int) -> bool:
    """Return whether a group is sound and worth more than ``least`` above its prices."""
    excess = score_of(market, members, size)
    if excess == NEVER:
        return False
    for i in range(size):
        excess -= market.prices[members[i]]
    return excess > least and is_sound(market, members, size)
