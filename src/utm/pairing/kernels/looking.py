"""The complete look at all groups from their best pairs, over whole numbers.

Units: learning of two in 1e-9, of three in 1e-12, of four in 1e-15; worths and prices in
1e-6; *excess* in thirds of 1e-12. All sums stay below 2**63 as weights sum to 1e6, chances
are at most 1e3 and prices below 1e12.
"""
# ruff: noqa: PLR2004, C901, PLR0912, PLR0915  # loops for a compiler

from __future__ import annotations

import numpy as np

from utm.pairing.compiled import compiled
from utm.pairing.kernels.parts import (
    APART,
    MICRO,
    NEVER,
    enter_one,
    enter_pair,
    joined,
    mix,
    worth_of,
    worth_to,
)
from utm.pairing.kernels.scoring import admit
from utm.pairing.market import Market, Numbers

__all__ = ["best_pair", "fours_above", "pair_rows", "trios_above"]


@compiled
def pair_rows(
    market: Market, begin: int, end: int, fours: Numbers, trios: Numbers, twos: Numbers
) -> None:
    """Fill in for some places and all others what a pair can add, and what it exceeds alone.

    Shapes (end - begin, places). ``fours`` in thirds of 1e-12, ``trios`` in halves of
    1e-12, ``twos`` in 1e-6, rounded up.
    """
    demand = np.empty(market.needs.shape[1], dtype=np.int64)
    supply = np.empty(market.needs.shape[1], dtype=np.int64)
    mixed = np.empty(market.widths.sum(), dtype=np.int64)
    members = np.empty(1, dtype=np.int64)
    for x in range(begin, end):
        members[0] = x
        enter_one(market, x, demand, supply)
        mix(market, members, 1, mixed)
        for y in range(len(market.rows)):
            worth = worth_to(market, members, 1, mixed, y)
            if worth < APART or y == x:
                fours[x - begin, y] = trios[x - begin, y] = twos[x - begin, y] = NEVER
                continue
            learnt = joined(market, demand, supply, y)
            rest = 2 * worth - market.prices[x] - market.prices[y]
            fours[x - begin, y] = 3_000 * learnt + MICRO * rest
            trios[x - begin, y] = 2_000 * learnt + MICRO * rest
            twos[x - begin, y] = rest - (-learnt // 1_000)


@compiled
def best_pair(market: Market) -> Numbers:
    """Return the most that any pair adds to a four, in thirds, and to a trio, in halves."""
    best = np.full(2, NEVER, dtype=np.int64)
    demand = np.empty(market.needs.shape[1], dtype=np.int64)
    supply = np.empty(market.needs.shape[1], dtype=np.int64)
    mixed = np.empty(market.widths.sum(), dtype=np.int64)
    members = np.empty(1, dtype=np.int64)
    for x in range(len(market.rows)):
        members[0] = x
        enter_one(market, x, demand, supply)
        mix(market, members, 1, mixed)
        for y in range(x):
            worth = worth_to(market, members, 1, mixed, y)
            if worth > APART:
                learnt = joined(market, demand, supply, y)
                rest = MICRO * (2 * worth - market.prices[x] - market.prices[y])
                best[0] = max(best[0], 3_000 * learnt + rest)
                best[1] = max(best[1], 2_000 * learnt + rest)
    return best


@compiled
def trios_above(
    market: Market,
    starts: Numbers,
    others: Numbers,
    values: Numbers,
    begin: int,
    least: int,
    found: Numbers,
    budget: int,
) -> tuple[int, int, int]:
    """Find the trios worth more than their prices, from the best pair of each.

    Parameters
    ----------
    market
        The focus.
    starts, others, values
        Of each place the others with whom it can add most to a trio, the best first.
    begin
        The place to begin with.
    least
        Millionths that a trio must exceed its prices by.
    found
        Where trios are written.
    budget
        Give up after looking at so many.

    Returns
    -------
    The place to go on with, how many were found, and how many were looked at.
    """
    count = 0
    looked = 0
    bound = 2 * MICRO * least
    members = np.empty(3, dtype=np.int64)
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
                for j in range(starts[centre], starts[centre + 1]):
                    z, value = others[j] + 0, values[j]
                    if 2 * value <= bound - top:
                        break
                    if value > top or z in (x, y):
                        continue
                    looked += 1
                    members[0], members[1], members[2] = x, y, z
                    if worth_of(market, wing, z) < APART:
                        continue
                    if admit(market, members, 3, least):
                        if count == len(found):
                            return x, kept, looked
                        found[count, 0], found[count, 1], found[count, 2] = x, y, z
                        count += 1
        if looked > budget:
            return x + 1, count, looked
    return len(starts) - 1, count, looked


@compiled
def fours_above(
    market: Market,
    starts: Numbers,
    others: Numbers,
    values: Numbers,
    deepest: int,
    begin: int,
    least: int,
    found: Numbers,
    budget: int,
) -> tuple[int, int, int]:
    """Find the fours worth more than their prices, from the best pair of each.

    Parameters
    ----------
    market
        The focus.
    starts, others, values
        Of each place the others with whom it can add more than ``deepest`` to a four, the
        best first.
    deepest
        In thirds of 1e-12.
    begin, least, found, budget
        As for `trios_above`.

    Returns
    -------
    The place to go on with, how many were found, and how many were looked at.

    Notes
    -----
    See the lemma in ``docs/explanation/pairing.md``.
    """
    places = len(starts) - 1
    count = 0
    looked = 0
    bound = 3 * MICRO * least
    members = np.empty(4, dtype=np.int64)
    pair = np.empty(2, dtype=np.int64)
    alone = np.empty(1, dtype=np.int64)
    demand = np.empty(market.needs.shape[1], dtype=np.int64)
    supply = np.empty(market.needs.shape[1], dtype=np.int64)
    mixed = np.empty(market.widths.sum(), dtype=np.int64)
    with_x = np.full(places, NEVER, dtype=np.int64)
    with_y = np.full(places, NEVER, dtype=np.int64)
    beside: Numbers = np.full(places, NEVER, dtype=np.int64)
    thirds: Numbers = np.empty(places, dtype=np.int64)
    heights: Numbers = np.empty(places, dtype=np.int64)
    for x in range(begin, places):
        kept = count
        for i in range(starts[x], starts[x + 1]):
            with_x[others[i]] = values[i]
        for i in range(starts[x], starts[x + 1]):
            y, top = others[i] + 0, values[i]
            if 6 * top <= bound:
                break
            if y < x:
                continue
            pair[0], pair[1] = x, y
            base = 3 * enter_pair(market, x, y, demand, supply)
            own = worth_of(market, x, y) - market.prices[x] - market.prices[y]
            base += 2 * MICRO * own
            mix(market, pair, 2, mixed)
            for j in range(starts[y], starts[y + 1]):
                with_y[others[j]] = values[j]
            # first those who may be the best third, then those who may stand beside it
            highest = NEVER
            number = 0
            reach = (bound - 2 * top) // 4 - 1
            before = 1 << 62
            for stage in range(2):
                if stage == 1:
                    if 2 * highest <= bound:
                        break
                    before = reach
                    reach = (bound - highest - top) // 2 - 1
                    if reach >= before:
                        break
                # where the lists end above the reach, everybody is looked at
                for side in range(1 if reach < deepest else 2):
                    if reach < deepest:
                        first, last = 0, places
                    elif side == 0:
                        first, last = starts[x], starts[x + 1]
                    else:
                        first, last = starts[y], starts[y + 1]
                    for j in range(first, last):
                        if reach < deepest:
                            z = j
                            nearer = max(with_x[z], with_y[z])
                            if nearer > before:
                                continue
                        else:
                            z, value = others[j] + 0, values[j]
                            if value <= reach:
                                break
                            other = with_y[z] if side == 0 else with_x[z]
                            if other > before or value > before:
                                continue
                            if side == 1 and other > reach:
                                continue  # met on the side of x
                        if z in (x, y) or with_x[z] > top or with_y[z] > top:
                            continue
                        looked += 1
                        worth = worth_to(market, pair, 2, mixed, z)
                        if worth < APART:
                            continue
                        height = base + 3 * joined(market, demand, supply, z)
                        height += 2 * MICRO * (worth - market.prices[z])
                        highest = max(highest, height)
                        thirds[number] = z
                        heights[number] = height
                        number += 1
            for j in range(starts[y], starts[y + 1]):
                with_y[others[j]] = NEVER
            if 2 * highest <= bound or number < 2:
                continue
            wanted = 0
            for j in range(number):
                if heights[j] + highest > bound:
                    thirds[wanted] = thirds[j]
                    heights[wanted] = heights[j]
                    wanted += 1
            order: Numbers = np.argsort(-heights[:wanted])
            for j in range(wanted):
                beside[thirds[j]] = heights[j]
            for one in range(wanted - 1):
                z, height = thirds[order[one]], heights[order[one]]
                beside[z] = NEVER  # each two once
                second = heights[order[one + 1]]
                if height + second <= bound:
                    break
                # what the third and the fourth must add by themselves, at least
                lacking = bound - height - second + top
                is_listed = lacking >= deepest
                if is_listed:
                    first, last = starts[z], starts[z + 1]
                else:
                    first, last = one + 1, wanted
                    alone[0] = z
                    enter_one(market, z, demand, supply)
                    mix(market, alone, 1, mixed)
                for j in range(first, last):
                    looked += 1
                    if is_listed:
                        fourth, between = others[j] + 0, values[j]
                        if between <= lacking:
                            break
                        other = beside[fourth]
                    else:
                        fourth, other = thirds[order[j]], heights[order[j]]
                        if height + other <= bound:
                            break
                        worth = worth_to(market, alone, 1, mixed, fourth)
                        if worth < APART:
                            continue
                        between = 3_000 * joined(market, demand, supply, fourth)
                        between += MICRO * (2 * worth - market.prices[z] - market.prices[fourth])
                    if between > top or height + other - top + between <= bound:
                        continue
                    members[0], members[1], members[2], members[3] = x, y, z, fourth
                    if admit(market, members, 4, least):
                        if count == len(found):
                            return x, kept, looked
                        for k in range(4):
                            found[count, k] = members[k]
                        count += 1
            for j in range(wanted):
                beside[thirds[j]] = NEVER
        for i in range(starts[x], starts[x + 1]):
            with_x[others[i]] = NEVER
        if looked > budget:
            return x + 1, count, looked
    return places, count, looked
