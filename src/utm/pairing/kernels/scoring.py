"""What a whole group is worth and whether it is sound, over whole numbers.

Units: learning of two in 1e-9, of three in 1e-12, of four in 1e-15; worths and prices in
1e-6; *excess* in thirds of 1e-12. All sums stay below 2**63 as weights sum to 1e6, chances
are at most 1e3 and prices `are_countable`.
"""
# ruff: noqa: PLR2004, PLR0912, C901  # loops for a compiler

from __future__ import annotations

from utm.pairing.compiled import inlined
from utm.pairing.kernels.parts import APART, NEVER, told_worth
from utm.pairing.market import Market, Numbers

__all__ = ["admit"]


@inlined
def score_of(market: Market, members: Numbers, size: int) -> int:
    """Return the score of a group in 1e-6, learning rounded down for each member.

    Far below zero where two must be apart.
    """
    needs, misses = market.needs, market.misses
    kinds, tables, begins, widths = market.kinds, market.tables, market.begins, market.widths
    worth = 0
    for f in range(len(widths)):
        for i in range(size):
            line = begins[f] + kinds[members[i], f] * widths[f]
            for j in range(i + 1, size):
                worth += tables[line + kinds[members[j], f]]
    if market.shared_challenge > 0 or len(market.named_rows) > 0:
        for i in range(size):
            for j in range(i + 1, size):
                worth += told_worth(market, members[i], members[j])
    if worth < APART:
        return NEVER
    score = 2 * worth // (size - 1)
    scale = 1
    for _ in range(size - 1):
        scale *= 1_000
    for i in range(size):
        learnt = 0
        for t in range(needs.shape[1]):
            need = needs[members[i], t]
            if need > 0:
                nobody = 1
                for j in range(size):
                    if j != i:
                        nobody *= misses[members[j], t]
                learnt += need * (scale - nobody)
        score += learnt // scale
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
def holds_locks_whole(market: Market, members: Numbers, size: int) -> bool:
    """Return whether a group holds everybody who is locked to any of its members."""
    for i in range(size):
        lock = market.locks[members[i]]
        if lock >= 0:
            held = 0
            for j in range(size):
                if market.locks[members[j]] == lock:
                    held += 1
            if held < market.lock_sizes[lock]:
                return False
    return True


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
    if not holds_locks_whole(market, members, size):
        return False
    excess = score_of(market, members, size)
    if excess == NEVER:
        return False
    for i in range(size):
        excess -= market.prices[members[i]]
    return excess > least and is_sound(market, members, size)
