"""The complete look at all groups of four from their best pairs, over whole numbers.

Units: learning of two in 1e-9, of three in 1e-12, of four in 1e-15; worths and prices in
1e-6; *excess* in thirds of 1e-12. All sums stay below 2**63 as weights sum to 1e6, chances
are at most 1e3 and prices below 1e12.
"""
# ruff: noqa: PLR2004, C901, PLR0912, PLR0915  # loops for a compiler

from __future__ import annotations

from utm.pairing.compiled import compiled, inlined
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
from utm.pairing.market import Market, Numbers, Ranked, Scratch

__all__ = ["fours_above"]


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
def excess_of(
    market: Market, trio: Numbers, mixed: Numbers, wants: Numbers, height: int, fourth: int
) -> int:
    """Return what a four exceeds its prices by, in thirds of 1e-12, rounded up.

    ``mixed`` is of the first two of the trio, ``wants`` of all three, ``height`` what they add.
    """
    worth = worth_to(market, trio, 2, mixed, fourth) + worth_of(market, trio[2], fourth)
    if worth < APART:
        return NEVER
    rest = 2 * worth - 3 * market.prices[fourth]
    for k in range(3):
        rest -= market.prices[trio[k]]
    excess: int = height - 3 * (-joined(market, wants, fourth) // 1_000) + MICRO * rest
    return excess


@inlined
def sort_falling(keys: Numbers, places: Numbers, count: int) -> None:
    """Sort the first few places by their keys, the highest first (Shell 1959)."""
    gap = count // 2
    while gap > 0:
        for i in range(gap, count):
            key, place = keys[i], places[i]
            j = i
            while j >= gap and keys[j - gap] < key:
                keys[j], places[j] = keys[j - gap], places[j - gap]
                j -= gap
            keys[j], places[j] = key, place
        gap //= 2


@compiled
def fours_above(
    market: Market,
    ranked: Ranked,
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
    ranked
        What any two can add to a four, in thirds of 1e-12, with levels.
    scratch, least, begin, found, budget
        As for `trios_above`.

    Returns
    -------
    The place to go on with, how many were found, and how many were looked at.

    Notes
    -----
    See the lemma in ``docs/explanation/pairing.md``.
    """
    starts, others, values = ranked.starts, ranked.others, ranked.values
    deepest, levels, step = ranked.deepest, ranked.levels, ranked.step
    places = len(starts) - 1
    count = 0
    looked = 0
    bound = 3 * MICRO * least
    members, pair, mixed = scratch.members, scratch.pair, scratch.mixed
    wants, trio_wants = scratch.wants, scratch.trio_wants
    with_x, with_y, most, beside = scratch.with_x, scratch.with_y, scratch.most, scratch.beside
    thirds, heights = scratch.thirds, scratch.heights
    waiting, ceilings = scratch.waiting, scratch.ceilings
    for z in range(places):
        with_x[z] = with_y[z] = most[z] = deepest  # at most, where it is not listed
        beside[z] = NEVER
        if starts[z] < starts[z + 1]:
            most[z] = values[starts[z]]
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
            base = 3 * enter_pair(market, x, y, wants)
            own = worth_of(market, x, y) - market.prices[x] - market.prices[y]
            base += 2 * MICRO * own
            mix(market, pair, 2, mixed)
            for j in range(starts[y], starts[y + 1]):
                with_y[others[j]] = values[j]
            # first those who may be the best third, then those who may stand beside it
            highest = NEVER
            number = 0
            passed = 0
            reach = (bound - 2 * top) // 4 - 1
            before = 1 << 62
            for stage in range(2):
                if stage == 1:
                    if 2 * highest <= bound:
                        break
                    for j in range(passed):
                        z = waiting[j] + 0
                        if ceilings[j] + highest + min(most[z] - top, 0) > bound:
                            looked += LOOK
                            height = height_of(market, pair, base, mixed, wants, z)
                            if height > NEVER:
                                thirds[number], heights[number] = z, height
                                number += 1
                    if reach < deepest:
                        break  # everybody was seen
                    before = reach
                    reach = (bound - highest - top) // 2 - 1
                    if reach >= before:
                        break
                # where the lists end above the reach, everybody is seen
                for side in range(1 if reach < deepest else 2):
                    if reach < deepest:
                        first, last = 0, places
                    elif side == 0:
                        first, last = starts[x], starts[x + 1]
                    else:
                        first, last = starts[y], starts[y + 1]
                    for j in range(first, last):
                        z = j
                        if reach >= deepest:
                            z = others[j] + 0
                            if values[j] <= reach:
                                break
                            if side == 1 and with_x[z] > reach:
                                continue  # met on the side of x
                        if max(with_x[z], with_y[z]) > min(before, top) or z in (x, y):
                            continue
                        ceiling = top + with_x[z] + with_y[z]
                        if stage == 0 and 2 * ceiling <= bound:
                            waiting[passed] = z
                            ceilings[passed] = ceiling
                            passed += 1
                            continue
                        if stage == 1 and ceiling + highest + min(most[z] - top, 0) <= bound:
                            continue
                        looked += LOOK
                        height = height_of(market, pair, base, mixed, wants, z)
                        if height > NEVER:
                            highest = max(highest, height)
                            thirds[number], heights[number] = z, height
                            number += 1
            for j in range(starts[y], starts[y + 1]):
                with_y[others[j]] = deepest
            if 2 * highest <= bound or number < 2:
                continue
            # of the two beside the pair, one at least is a leader: it reaches half the way
            wanted = leaders = 0
            follows = NEVER
            for j in range(number):
                z, height = thirds[j] + 0, heights[j] + 0
                if height + highest + min(most[z] - top, 0) <= bound:
                    continue
                beside[z] = height
                at = wanted
                if 2 * height > bound:
                    thirds[wanted], heights[wanted] = thirds[leaders], heights[leaders]
                    at = leaders
                    leaders += 1
                else:
                    follows = max(follows, height)
                thirds[at], heights[at] = z, height
                wanted += 1
            sort_falling(heights, thirds, leaders)
            for one in range(leaders):
                z = thirds[one] + 0
                beside[z] = NEVER  # each two once
                height = heights[one] - bound + min(most[z] - top, 0)
                other = max(follows, heights[one + 1]) if one + 1 < leaders else follows
                if height + other <= 0:
                    continue
                # what the third and the fourth add by themselves must exceed this
                lacking = min(most[z], top) - height - other
                alike = starts[z] + wanted - one  # so many are as quickly looked at as listed
                is_listed = alike >= starts[z + 1] or values[alike] <= lacking
                is_listed = is_listed and lacking >= deepest
                first, last = one + 1, wanted
                if is_listed:
                    first, last = starts[z], starts[z + 1]
                is_entered = False
                for j in range(first, last):
                    looked += 1
                    if is_listed:
                        if values[j] <= lacking:
                            break
                        fourth = others[j] + 0
                        between = values[j] + 0
                    else:
                        fourth = thirds[j] + 0
                        between = min(deepest + step * levels[z, fourth], most[z], top)
                    if between > top or height + beside[fourth] + between <= min(most[z], top):
                        continue
                    if not is_entered:
                        is_entered = True
                        members[0], members[1], members[2] = x, y, z
                        enter_trio(market, x, y, z, trio_wants)
                    looked += LOOK
                    own = heights[one] + 0
                    if excess_of(market, members, mixed, trio_wants, own, fourth) <= bound:
                        continue
                    if added_by_two(market, z, fourth) > top:
                        continue  # found from that pair
                    members[3] = fourth
                    if admit(market, members, 4, least):
                        if count == len(found):
                            return x, kept, looked
                        for k in range(4):
                            found[count, k] = members[k]
                        count += 1
            for j in range(wanted):
                beside[thirds[j]] = NEVER
        for i in range(starts[x], starts[x + 1]):
            with_x[others[i]] = deepest
        if looked > budget:
            return x + 1, count, looked
    return places, count, looked
