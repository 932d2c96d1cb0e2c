"""Who may be the fourth beside a pair and a third, in the complete look at groups of four.

Steps, keys and heights as in ``fours``, which uses this.
"""

from __future__ import annotations

from utm.pairing.compiled import inlined
from utm.pairing.market import Graded, Market, Numbers, Scratch

__all__ = [
    "LOW",
    "ROUNDED",
    "fill_fourths",
    "fill_from_leads",
    "lacks_of",
    "list_leads",
    "may_lead",
]

LOW = (1 << 32) - 1
ROUNDED = 3  # a level is the sum of three numbers rounded up, and less than so much too high


@inlined
def count_above(keys: Numbers, count: int, least: int) -> int:
    """Return how many of the first few keys, which fall, exceed a number."""
    low, high = 0, count
    while low < high:
        middle = (low + high) // 2
        if keys[middle] > least:
            low = middle + 1
        else:
            high = middle
    return low


@inlined
def fill_fourths(
    graded: Graded, scratch: Scratch, one: int, wanted: int, goal: int, top: int
) -> tuple[int, int]:
    """Fill in who may be the fourth beside a third, of all those that follow it in the order.

    ``top`` is what the pair adds by itself. Returns how many wait, and how many were looked at.
    """
    under, level = top // graded.step, -(-top // graded.step)
    keys, waiting, beside = scratch.keys, scratch.waiting, scratch.beside
    starts, others, listed = graded.starts, graded.others, graded.listed
    z, height = keys[one] & LOW, keys[one] >> 32
    levels, own = graded.levels, int(graded.alone[z])
    first = one + 1
    lower = goal - height - min(graded.most[z] - under, 0)
    last = count_above(keys, wanted, (lower << 32) + LOW)
    if last <= first:
        return 0, 0
    # those who are high enough beside the pair, or those who add enough to the third
    lacking = goal + under - height - (keys[first] >> 32)
    alike = starts[z] + last - first  # so many are as quickly looked at as listed
    is_listed = lacking >= graded.unlisted[z] + own
    if is_listed and alike < starts[z + 1]:
        is_listed = listed[alike] + own <= lacking
    passed = looked = 0
    least = goal + under - height
    if is_listed:
        for k in range(starts[z], starts[z + 1]):
            between = int(listed[k]) + own
            if between <= lacking:
                break
            looked += 1
            if beside[others[k]] > least - between and between < level + ROUNDED:
                waiting[passed] = others[k]
                passed += 1
        return passed, looked
    for k in range(first, last):
        fourth = keys[k] & LOW
        between = int(levels[z, fourth]) + int(graded.alone[fourth]) + own
        if (keys[k] >> 32) > least - between and between < level + ROUNDED:
            waiting[passed] = fourth
            passed += 1
    return passed, last - first


@inlined
def lacks_of(market: Market, x: int, y: int) -> tuple[int, int]:
    """Return of which lock, and else from outside which country, one beside a pair must be.

    Both are -1 where there is no such rule.
    """
    for member, other in ((x, y), (y, x)):
        lock = market.locks[member]
        if lock >= 0:
            held = 2 if market.locks[other] == lock else 1
            if market.lock_sizes[lock] > held:
                return lock, -1
    if market.fewest_countries > 1 and market.countries[x] == market.countries[y]:
        return -1, market.countries[x]
    return -1, -1


@inlined
def may_lead(market: Market, lock: int, home: int, z: int) -> bool:
    """Return whether somebody brings what `lacks_of` says that a pair lacks."""
    if lock >= 0:
        return bool(market.locks[z] == lock)
    return bool(market.countries[z] != home)


@inlined
def list_leads(market: Market, scratch: Scratch, lock: int, home: int, wanted: int) -> int:
    """List the places among the keys of those who bring what a pair lacks; return how many."""
    count = 0
    for k in range(wanted):
        if may_lead(market, lock, home, scratch.keys[k] & LOW):
            scratch.leads[count] = k
            count += 1
    return count


@inlined
def fill_from_leads(
    graded: Graded, scratch: Scratch, one: int, count: int, goal: int, top: int
) -> tuple[int, int]:
    """Fill in who of those listed may be the fourth, of those that follow a third in the order.

    Returns as `fill_fourths`.
    """
    keys = scratch.keys
    z, height = keys[one] & LOW, keys[one] >> 32
    own, level = int(graded.alone[z]), -(-top // graded.step)
    least = goal + top // graded.step - height
    passed = looked = 0
    for k in range(count):
        place = int(scratch.leads[k])
        if place <= one:
            continue
        looked += 1
        fourth = keys[place] & LOW
        between = int(graded.levels[z, fourth]) + int(graded.alone[fourth]) + own
        if (keys[place] >> 32) > least - between and between < level + ROUNDED:
            scratch.waiting[passed] = fourth
            passed += 1
    return passed, looked
