"""What one more adds to a part of a group, over whole numbers.

Units: learning of two in 1e-9, of three in 1e-12, of four in 1e-15; worths and prices in
1e-6; *excess* in thirds of 1e-12. All sums stay below 2**63 as weights sum to 1e6, chances
are at most 1e3 and prices `are_countable`.
"""
# loops for a compiler

from __future__ import annotations

from utm.pairing.compiled import inlined
from utm.pairing.market import Market, Numbers

__all__ = [
    "APART",
    "LOOK",
    "MICRO",
    "NEVER",
    "enter_one",
    "enter_pair",
    "enter_trio",
    "joined",
    "mix",
    "worth_of",
    "worth_to",
]

APART = -(1 << 39)
NEVER = -(1 << 62)
MICRO = 1_000_000
LOOK = 10  # what working out a worth takes, beside reading one


@inlined
def named_worth(market: Market, x: int, y: int) -> int:
    """Return what is said of two by name."""
    worth = 0
    if len(market.named_rows) == 0:
        return worth
    row, other = market.rows[x], market.rows[y]
    for k in range(market.named_starts[row], market.named_starts[row + 1]):
        if market.named_rows[k] == other:
            worth += market.named_values[k]
    return worth


@inlined
def told_worth(market: Market, x: int, y: int) -> int:
    """Return what two are worth to each other by name and by facing the same needs."""
    worth = named_worth(market, x, y)
    if market.shared_challenge > 0:
        overlap = 0
        for k in range(market.need_starts[y], market.need_starts[y + 1]):
            overlap += min(market.needs[x, market.need_topics[k]], market.need_weights[k])
        worth += market.shared_challenge * overlap // 6_000_000 * 6
    return worth


@inlined
def worth_of(market: Market, x: int, y: int) -> int:
    """Return the worth of two to each other beside learning, in 1e-6."""
    worth = 0
    for f in range(market.kinds.shape[1]):
        line = market.begins[f] + market.kinds[x, f] * market.widths[f]
        worth += market.tables[line + market.kinds[y, f]]
    return worth + told_worth(market, x, y)


@inlined
def enter_one(market: Market, x: int, wants: Numbers) -> None:
    """Fill in what one needs (1e-6), and behind it what it offers (1e-3)."""
    topics = market.needs.shape[1]
    for t in range(topics):
        wants[t] = market.needs[x, t]
        wants[topics + t] = 1_000 - market.misses[x, t]


@inlined
def enter_pair(market: Market, x: int, y: int, wants: Numbers) -> int:
    """Fill in what two leave unmet (1e-9) and offer (1e-6); return their learning in 1e-12."""
    learnt = 0
    topics = market.needs.shape[1]
    for t in range(topics):
        mx, my = market.misses[x, t], market.misses[y, t]
        wx, wy = market.needs[x, t], market.needs[y, t]
        wants[t] = wx * my + wy * mx
        wants[topics + t] = 1_000_000 - mx * my
        learnt += wx * (1_000 - my) + wy * (1_000 - mx)
    return learnt * 1_000


@inlined
def enter_trio(market: Market, x: int, y: int, z: int, wants: Numbers) -> None:
    """Fill in what three leave unmet (1e-12) and offer (1e-9)."""
    topics = market.needs.shape[1]
    for t in range(topics):
        mx, my, mz = market.misses[x, t], market.misses[y, t], market.misses[z, t]
        unmet = market.needs[x, t] * my * mz + market.needs[y, t] * mx * mz
        wants[t] = unmet + market.needs[z, t] * mx * my
        wants[topics + t] = 1_000_000_000 - mx * my * mz


@inlined
def joined(market: Market, wants: Numbers, z: int) -> int:
    """Return what one more adds to the learning of one, two or three."""
    added = 0
    for k in range(market.entry_starts[z], market.entry_starts[z + 1]):
        added += wants[market.entries[k, 0]] * market.entries[k, 1]
    return added


@inlined
def mix(market: Market, members: Numbers, size: int, mixed: Numbers) -> int:
    """Fill in what each kind is worth to some members; return a bound on any one's worth."""
    at = 0
    most = 0
    for f in range(market.kinds.shape[1]):
        width = market.widths[f]
        best = NEVER
        for kind in range(width):
            worth = 0
            for k in range(size):
                line = market.begins[f] + market.kinds[members[k], f] * width
                worth += market.tables[line + kind]
            mixed[at + kind] = worth
            best = max(best, worth)
        at += width
        most += best
    if market.shared_challenge > 0:
        most += size * market.shared_challenge
    for k in range(size):
        row = market.rows[members[k]]
        for j in range(market.named_starts[row], market.named_starts[row + 1]):
            most += max(0, market.named_values[j])
    return most


@inlined
def worth_to(market: Market, members: Numbers, size: int, mixed: Numbers, z: int) -> int:
    """Return the worth of one more to some members; far below zero where it must be apart."""
    worth = 0
    at = 0
    for f in range(market.kinds.shape[1]):
        worth += mixed[at + market.kinds[z, f]]
        at += market.widths[f]
    if len(market.named_rows) > 0:
        row = market.rows[z]
        if market.named_starts[row + 1] > market.named_starts[row]:
            for k in range(size):
                worth += named_worth(market, members[k], z)
    if market.shared_challenge > 0:
        for k in range(size):
            overlap = 0
            for j in range(market.need_starts[z], market.need_starts[z + 1]):
                need = market.needs[members[k], market.need_topics[j]]
                overlap += min(need, market.need_weights[j])
            worth += market.shared_challenge * overlap // 6_000_000 * 6
    return worth
