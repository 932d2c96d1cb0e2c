"""The complete look at all groups of four from their best pairs, over whole numbers.

Units: learning of two in 1e-9, of three in 1e-12, of four in 1e-15; worths and prices in
1e-6; *excess* in thirds of 1e-12. All sums stay below 2**63 as weights sum to 1e6, chances
are at most 1e3 and prices `are_countable`.
"""
# ruff: noqa: C901, PLR0912  # loops for a compiler

from __future__ import annotations

from utm.pairing.compiled import compiled, inlined
from utm.pairing.kernels.fourths import (
    LOW,
    ROUNDED,
    fill_fourths,
    fill_from_leads,
    lacks_of,
    list_leads,
    may_lead,
)
from utm.pairing.kernels.parts import (
    APART,
    LOOK,
    MICRO,
    NEVER,
    enter_pair,
    enter_trio,
    joined,
    mix,
    worth_of,
    worth_to,
)
from utm.pairing.kernels.scoring import admit
from utm.pairing.market import Graded, Market, Numbers, Scratch

__all__ = ["fours_above"]

OUT = -(1 << 31)  # steps


@inlined
def height_of(
    market: Market, pair: Numbers, base: int, mixed: Numbers, wants: Numbers, z: int
) -> int:
    """Return what a pair, which adds the base, and a third add to a four, in thirds of 1e-12."""
    worth = worth_to(market, pair, 2, mixed, z)
    if worth < APART:
        return NEVER
    added: int = 3 * joined(market, wants, z) + 2 * MICRO * (worth - market.prices[z])
    return base + added


@inlined
def added_by_two(market: Market, x: int, y: int) -> int:
    """Return what two add to a four by themselves, in thirds of 1e-12."""
    learnt = 0
    for t in range(market.needs.shape[1]):
        learnt += market.needs[x, t] * (1_000 - market.misses[y, t])
        learnt += market.needs[y, t] * (1_000 - market.misses[x, t])
    rest = 2 * worth_of(market, x, y) - market.prices[x] - market.prices[y]
    added: int = 3_000 * learnt + MICRO * rest
    return added


@inlined
def level_of(graded: Graded, x: int, y: int) -> int:
    """Return what two add to a four at most, in steps."""
    return int(graded.levels[x, y]) + int(graded.alone[x]) + int(graded.alone[y])


@inlined
def adds_more(market: Market, graded: Graded, members: Numbers, top: int) -> bool:
    """Return whether any two of a four add more than the first two, who add the top."""
    for i in range(4):
        for j in range(max(2, i + 1), 4):
            x, y = members[i], members[j]
            is_near = graded.step * level_of(graded, x, y) > top
            if is_near and added_by_two(market, x, y) > top:
                return True
    return False


@inlined
def excess_of(market: Market, scratch: Scratch, height: int, fourth: int) -> int:
    """Return what the trio entered and a fourth exceed their prices by, rounded up.

    In thirds of 1e-12; ``height`` is what the trio adds.
    """
    trio = scratch.members
    worth = worth_to(market, trio, 2, scratch.mixed, fourth) + worth_of(market, trio[2], fourth)
    if worth < APART:
        return NEVER
    rest = 2 * worth - 3 * market.prices[fourth]
    for k in range(3):
        rest -= market.prices[trio[k]]
    learnt = -(-joined(market, scratch.trio_wants, fourth) // 1_000)
    excess: int = height + 3 * learnt + MICRO * rest
    return excess


@inlined
def sort_falling(keys: Numbers, count: int) -> None:
    """Sort the first few keys, the highest first (Shell 1959, Gonnet and Baeza-Yates 1991)."""
    gap = max(1, count * 5 // 11)
    while gap > 0:
        for i in range(gap, count):
            key = keys[i]
            j = i
            while j >= gap and keys[j - gap] < key:
                keys[j] = keys[j - gap]
                j -= gap
            keys[j] = key
        gap = 1 if gap == 2 else gap * 5 // 11  # noqa: PLR2004


@inlined
def sum_levels(graded: Graded, x: int, y: int, level: int, sums: Numbers) -> None:
    """Fill in what each adds to a pair, whose level is given, at most, in steps.

    Who adds more to one of the pair than they add to each other is out: such a group is
    found from another pair.
    """
    levels, alone = graded.levels, graded.alone
    by_x, by_y = int(alone[x]), int(alone[y])
    for z in range(len(alone)):
        with_x = int(levels[x, z]) + int(alone[z]) + by_x
        with_y = int(levels[y, z]) + int(alone[z]) + by_y
        sums[z] = with_x + with_y if max(with_x, with_y) < level + ROUNDED else OUT


@inlined
def ceiling_of(market: Market, graded: Graded, scratch: Scratch, base: int, z: int) -> int:
    """Return how much a four of a pair and a third exceeds its prices by at most.

    In thirds of 1e-12, without the height of the fourth but for its price. What the fourth
    and the third learn from each other is counted as far as the pair leaves it unmet.
    """
    wants, (x, y) = scratch.wants, (scratch.pair[0], scratch.pair[1])
    topics = market.needs.shape[1]
    taught = learns = 0
    for t in range(topics):
        missed = 1_000_000 - wants[topics + t]
        offer = 1_000 - market.misses[z, t]
        open_to_fourth = missed * market.needs[z, t] - wants[t] * offer
        learns += max(0, open_to_fourth) * graded.offered[t]
        taught = max(taught, missed * offer)
    learnt = -(-(learns + taught * graded.needed) // 1_000)
    rest = 2 * graded.closest[z] - market.prices[x] - market.prices[y] - market.prices[z]
    ceiling: int = scratch.heights[z] - base + 3 * learnt + MICRO * rest
    return ceiling


@inlined
def net_height(market: Market, scratch: Scratch, z: int) -> int:
    """Return the height of a third or fourth beside the pair, less its price."""
    net: int = scratch.heights[z] - MICRO * market.prices[z]
    return net


@inlined
def may_exceed(market: Market, scratch: Scratch, z: int, fourth: int, bound: int) -> bool:
    """Return whether neither of the two beside a pair rules the other out."""
    by_third = scratch.ceilings[z] + net_height(market, scratch, fourth)
    by_fourth = scratch.ceilings[fourth] + net_height(market, scratch, z)
    return bool(by_third > bound and by_fourth > bound)


@inlined
def raise_thirds(
    market: Market, graded: Graded, scratch: Scratch, x: int, y: int, top: int, bound: int
) -> tuple[int, int]:
    """Fill in the heights of the thirds that matter beside a pair, and keys that fall.

    A key is a height in steps and a place. ``top`` is what the pair adds by itself. Returns how
    many keys there are, and how much was looked at.
    """
    step, most, sums = graded.step, graded.most, scratch.sums
    pair, mixed, wants = scratch.pair, scratch.mixed, scratch.wants
    thirds, heights = scratch.thirds, scratch.heights
    goal, under, level = bound // step, top // step, -(-top // step)
    nearest = goal // 2 - level  # one of the two others reaches half the way
    sum_levels(graded, x, y, level, sums)
    number, looked = 0, len(most) // LOOK
    for z in range(len(most)):
        if sums[z] > nearest:
            thirds[number] = z
            number += 1
    if number == 0:
        return 0, looked
    pair[0], pair[1] = x, y
    base = 3 * enter_pair(market, x, y, wants)
    base += 2 * MICRO * (worth_of(market, x, y) - market.prices[x] - market.prices[y])
    mix(market, pair, 2, mixed)
    highest = NEVER
    for j in range(number):
        z = int(thirds[j])
        heights[z] = height_of(market, pair, base, mixed, wants, z)
        highest = max(highest, heights[z])
    looked += LOOK * number
    if 2 * highest <= bound:
        return 0, looked
    peak = -(-highest // step)
    furthest = goal - peak - level
    for z in range(len(most)):
        if furthest < sums[z] <= nearest and sums[z] + min(most[z] - under, 0) > furthest:
            looked += LOOK
            thirds[number] = z
            heights[z] = height_of(market, pair, base, mixed, wants, z)
            number += 1
    highest_net, kept = NEVER, 0
    for j in range(number):
        z = int(thirds[j])
        if heights[z] == NEVER or z in (x, y):
            continue
        height = -(-heights[z] // step)
        if height + peak + min(most[z] - under, 0) > goal:
            scratch.ceilings[z] = ceiling_of(market, graded, scratch, base, z)
            highest_net = max(highest_net, net_height(market, scratch, z))
            thirds[kept] = z
            kept += 1
    wanted = 0
    for j in range(kept):
        z = int(thirds[j])
        if scratch.ceilings[z] + highest_net > bound:
            height = -(-heights[z] // step)
            scratch.beside[z] = height
            scratch.keys[wanted] = (height << 32) + z
            wanted += 1
    sort_falling(scratch.keys, wanted)
    return wanted, looked


@compiled
def fours_above(
    market: Market,
    graded: Graded,
    scratch: Scratch,
    least: int,
    begin: int,
    found: Numbers,
    budget: int,
) -> tuple[int, int, int]:
    """Find the fours worth more than their prices, from the best pair of each.

    Parameters
    ----------
    market
        The focus.
    graded
        What any two can add to a four, in steps of thirds of 1e-12.
    scratch, least, begin, found, budget
        As for `trios_above`.

    Returns
    -------
    The place to go on with, how many were found, and how many were looked at.

    Notes
    -----
    See the lemma in ``docs/explanation/pairing.md``. Levels are rounded up, so that sums of
    them pass over nothing; what remains is worked out exactly.
    """
    step, places = graded.step, len(graded.alone)
    count = looked = 0
    bound = 3 * MICRO * least
    goal = bound // step
    members, heights, keys, beside = scratch.members, scratch.heights, scratch.keys, scratch.beside
    for z in range(places):
        beside[z] = OUT
    for x in range(begin, places):
        kept = count
        for y in range(x + 1, places):
            if 6 * level_of(graded, x, y) <= goal:
                continue
            top = added_by_two(market, x, y)
            if 6 * top <= bound:
                continue
            wanted, looks = raise_thirds(market, graded, scratch, x, y, top, bound)
            looked += looks
            lock, home = lacks_of(market, x, y)  # one of the two beside the pair must bring that
            leads = list_leads(market, scratch, lock, home, wanted)
            # and one at least reaches half the way
            for one in range(wanted - 1):
                if leads == 0 or 2 * (keys[one] >> 32) <= goal:
                    break
                z = keys[one] & LOW
                beside[z] = OUT  # each two once
                if may_lead(market, lock, home, z):
                    passed, looks = fill_fourths(graded, scratch, one, wanted, goal, top)
                else:
                    passed, looks = fill_from_leads(graded, scratch, one, leads, goal, top)
                looked += looks + LOOK * passed
                if passed == 0:
                    continue
                members[0], members[1], members[2] = x, y, z
                enter_trio(market, x, y, z, scratch.trio_wants)
                for k in range(passed):
                    fourth = int(scratch.waiting[k])
                    if not may_exceed(market, scratch, z, fourth, bound):
                        continue
                    if excess_of(market, scratch, heights[z], fourth) <= bound:
                        continue
                    members[3] = fourth
                    if adds_more(market, graded, members, top):
                        continue  # found from another pair
                    if admit(market, members, 4, least):
                        if count == len(found):
                            return x, kept, looked
                        for i in range(4):
                            found[count, i] = members[i]
                        count += 1
            for k in range(wanted):
                beside[keys[k] & LOW] = OUT
        if looked > budget:
            return x + 1, count, looked
    return places, count, looked
