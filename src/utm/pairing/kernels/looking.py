"""What two can add to a group, and the complete look at all groups of three, over whole numbers.

Units: learning of two in 1e-9, of three in 1e-12, of four in 1e-15; worths and prices in
1e-6; *excess* in thirds of 1e-12. All sums stay below 2**63 as weights sum to 1e6, chances
are at most 1e3 and prices `are_countable`.
"""
# ruff: noqa: C901, PLR0912  # loops for a compiler

from __future__ import annotations

from utm.pairing.compiled import compiled
from utm.pairing.kernels.parts import (
    APART,
    LOOK,
    MICRO,
    NEVER,
    enter_one,
    joined,
    mix,
    worth_to,
)
from utm.pairing.kernels.scoring import admit
from utm.pairing.market import Market, Numbers, Ranked, Scratch

__all__ = ["best_pair", "pair_rows", "trios_above"]


@compiled
def pair_rows(
    market: Market,
    scratch: Scratch,
    begin: int,
    end: int,
    fours: Numbers,
    trios: Numbers,
    twos: Numbers,
) -> None:
    """Fill in for some places and all others what a pair can add, and what it exceeds alone.

    Shapes (end - begin, places). ``fours`` in thirds of 1e-12, ``trios`` in halves of
    1e-12, ``twos`` in 1e-6, rounded up.
    """
    members, wants, mixed = scratch.alone, scratch.wants, scratch.mixed
    for x in range(begin, end):
        members[0] = x
        enter_one(market, x, wants)
        mix(market, members, 1, mixed)
        for y in range(len(market.rows)):
            worth = worth_to(market, members, 1, mixed, y)
            if worth < APART or y == x:
                fours[x - begin, y] = trios[x - begin, y] = twos[x - begin, y] = NEVER
                continue
            learnt = joined(market, wants, y)
            rest = 2 * worth - market.prices[x] - market.prices[y]
            fours[x - begin, y] = 3_000 * learnt + MICRO * rest
            trios[x - begin, y] = 2_000 * learnt + MICRO * rest
            twos[x - begin, y] = rest - (-learnt // 1_000)


@compiled
def best_pair(market: Market, scratch: Scratch, closest: Numbers) -> tuple[int, int]:
    """Return how far what a pair adds to a four is from zero, and the most that it adds to a trio.

    In thirds of 1e-12, prices apart, and in halves of 1e-12. Fills in what each place and the
    one ``closest`` to it are worth to each other at most beside learning, in 1e-6.
    """
    in_four, in_trio = 0, NEVER
    members, wants, mixed = scratch.alone, scratch.wants, scratch.mixed
    for x in range(len(market.rows)):
        members[0] = x
        enter_one(market, x, wants)
        mix(market, members, 1, mixed)
        closest[x] = APART
        for y in range(x):
            worth = worth_to(market, members, 1, mixed, y)
            if worth > APART:
                closest[x] = max(closest[x], worth)
                closest[y] = max(closest[y], worth)
                learnt = joined(market, wants, y)
                price = market.prices[x] + market.prices[y]
                in_four = max(in_four, abs(3_000 * learnt + 2 * MICRO * worth))
                in_trio = max(in_trio, 2_000 * learnt + MICRO * (2 * worth - price))
    return in_four, in_trio


@compiled
def trios_above(
    market: Market,
    ranked: Ranked,
    scratch: Scratch,
    least: int,
    begin: int,
    found: Numbers,
    budget: int,
) -> tuple[int, int, int]:
    """Find the trios worth more than their prices, from the best pair of each.

    Parameters
    ----------
    market
        The focus.
    ranked
        What any two can add to a trio, in halves of 1e-12.
    scratch
        To work in.
    least
        Millionths that a trio must exceed its prices by.
    begin
        The place to begin with.
    found
        Where trios are written.
    budget
        Give up after looking at so many.

    Returns
    -------
    The place to go on with, how many were found, and how many were looked at.
    """
    starts, others, values = ranked.starts, ranked.others, ranked.values
    count = 0
    looked = 0
    bound = 2 * MICRO * least
    members, alone, wants, mixed = scratch.members, scratch.alone, scratch.wants, scratch.mixed
    for x in range(begin, len(starts) - 1):
        kept = count
        for i in range(starts[x], starts[x + 1]):
            y, top = others[i] + 0, values[i]
            if 3 * top <= bound:
                break
            if y < x:
                continue
            for side in range(2):
                centre, wing = (x, y) if side == 0 else (y, x)
                alone[0] = wing
                enter_one(market, wing, wants)
                mix(market, alone, 1, mixed)
                for j in range(starts[centre], starts[centre + 1]):
                    z, value = others[j] + 0, values[j]
                    if 2 * value <= bound - top:
                        break
                    if value > top or z in (x, y):
                        continue
                    looked += LOOK
                    worth = worth_to(market, alone, 1, mixed, z)
                    if worth < APART:
                        continue
                    rest = 2 * worth - market.prices[wing] - market.prices[z]
                    between = 2_000 * joined(market, wants, z) + MICRO * rest
                    if between > top or top + value + between <= bound:
                        continue
                    if side == 1 and 2 * between > bound - top:
                        continue  # met on the other side
                    members[0], members[1], members[2] = x, y, z
                    if admit(market, members, 3, least):
                        if count == len(found):
                            return x, kept, looked
                        found[count, 0], found[count, 1], found[count, 2] = x, y, z
                        count += 1
        if looked > budget:
            return x + 1, count, looked
    return len(starts) - 1, count, looked
