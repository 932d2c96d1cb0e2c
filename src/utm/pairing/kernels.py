"""The inner loops of the search, over whole numbers.

Units: learning of two in 1e-9, of three in 1e-12, of four in 1e-15; worths and prices in
1e-6; *excess* in thirds of 1e-12. All sums stay below 2**63 as weights sum to 1e6, chances
are at most 1e3 and prices below 1e12.
"""
# ruff: noqa: PLR2004, C901, PLR0912, PLR0915  # loops for a compiler

from __future__ import annotations

import numpy as np

from utm.pairing.compiled import compiled, inlined
from utm.pairing.market import Market, Numbers

__all__ = [
    "best_fourths",
    "best_pair",
    "best_partners",
    "best_thirds",
    "fours_above",
    "pair_rows",
    "scores_of",
    "trios_above",
]

_APART = -(1 << 39)
_NEVER = -(1 << 62)
_MICRO = 1_000_000
_FAR = 1 << 50


@inlined
def named_worth(market: Market, x: int, y: int) -> int:
    """Return what is said of two by name."""
    row, other = market.rows[x], market.rows[y]
    worth = 0
    for k in range(market.named_starts[row], market.named_starts[row + 1]):
        if market.named_rows[k] == other:
            worth += market.named_values[k]
    return worth


@inlined
def worth_of(market: Market, x: int, y: int) -> int:
    """Return the worth of two to each other beside learning, in 1e-6."""
    worth = 0
    for f in range(market.kinds.shape[1]):
        line = market.begins[f] + market.kinds[x, f] * market.widths[f]
        worth += market.tables[line + market.kinds[y, f]]
    row, other = market.rows[x], market.rows[y]
    for k in range(market.named_starts[row], market.named_starts[row + 1]):
        if market.named_rows[k] == other:
            worth += market.named_values[k]
    if market.shared_challenge > 0:
        overlap = 0
        for k in range(market.need_starts[y], market.need_starts[y + 1]):
            overlap += min(market.needs[x, market.need_topics[k]], market.need_weights[k])
        worth += market.shared_challenge * overlap // 6_000_000 * 6
    return worth


@inlined
def enter_one(market: Market, x: int, demand: Numbers, supply: Numbers) -> None:
    """Fill in what one needs (1e-6) and offers (1e-3)."""
    for t in range(market.needs.shape[1]):
        demand[t] = market.needs[x, t]
        supply[t] = 1_000 - market.misses[x, t]


@inlined
def enter_pair(market: Market, x: int, y: int, demand: Numbers, supply: Numbers) -> int:
    """Fill in what two leave unmet (1e-9) and offer (1e-6); return their learning in 1e-12."""
    learnt = 0
    for t in range(market.needs.shape[1]):
        mx, my = market.misses[x, t], market.misses[y, t]
        wx, wy = market.needs[x, t], market.needs[y, t]
        demand[t] = wx * my + wy * mx
        supply[t] = 1_000_000 - mx * my
        learnt += wx * (1_000 - my) + wy * (1_000 - mx)
    return learnt * 1_000


@inlined
def enter_trio(market: Market, x: int, y: int, z: int, demand: Numbers, supply: Numbers) -> int:
    """Fill in what three leave unmet (1e-12) and offer (1e-9); return their learning in 1e-15."""
    learnt = 0
    for t in range(market.needs.shape[1]):
        mx, my, mz = market.misses[x, t], market.misses[y, t], market.misses[z, t]
        wx, wy, wz = market.needs[x, t], market.needs[y, t], market.needs[z, t]
        unmet = wx * my * mz + wy * mx * mz + wz * mx * my
        demand[t] = unmet
        supply[t] = 1_000_000_000 - mx * my * mz
        learnt += (wx + wy + wz) * 1_000_000 - unmet
    return learnt * 1_000


@inlined
def joined(market: Market, demand: Numbers, supply: Numbers, z: int) -> int:
    """Return what one more adds to the learning of two or three."""
    added = 0
    for k in range(market.offer_starts[z], market.offer_starts[z + 1]):
        added += demand[market.offer_topics[k]] * market.offer_chances[k]
    for k in range(market.need_starts[z], market.need_starts[z + 1]):
        added += supply[market.need_topics[k]] * market.need_weights[k]
    return added


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


@inlined
def mix(market: Market, members: Numbers, size: int, mixed: Numbers) -> int:
    """Fill in what each kind is worth to some members; return a bound on any one's worth."""
    at = 0
    most = 0
    for f in range(market.kinds.shape[1]):
        width = market.widths[f]
        best = _NEVER
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
        values[:] = _NEVER
        for y in range(len(market.rows)):
            worth = worth_to(market, members, 1, mixed, y)
            if y == x or worth < _APART:
                continue
            learnt = joined(market, demand, supply, y)
            rest = _MICRO * (2 * worth - market.prices[x] - market.prices[y])
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
        most = 2 * _MICRO * mix(market, members, 2, mixed)
        values[:] = _NEVER
        for z in range(len(market.rows)):
            value = 3 * joined(market, demand, supply, z) - 2 * _MICRO * market.prices[z]
            if value + most <= values[count - 1] or z in (x, y):
                continue
            worth = worth_to(market, members, 2, mixed, z)
            value += 2 * _MICRO * worth
            if worth > _APART and value > values[count - 1]:
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
        most = 2 * _MICRO * mix(market, members, 3, mixed)
        values[:] = _NEVER
        for last in range(len(market.rows)):
            value = 3 * (joined(market, demand, supply, last) // 1_000)
            value -= 3 * _MICRO * market.prices[last]
            if value + most <= values[count - 1] or last in (x, y, z):
                continue
            worth = worth_to(market, members, 3, mixed, last)
            value += 2 * _MICRO * worth
            if worth > _APART and value > values[count - 1]:
                enlist(value, last, values, found[number])
    return found


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
            if worth < _APART or y == x:
                fours[x - begin, y] = trios[x - begin, y] = twos[x - begin, y] = _NEVER
                continue
            learnt = joined(market, demand, supply, y)
            rest = 2 * worth - market.prices[x] - market.prices[y]
            fours[x - begin, y] = 3_000 * learnt + _MICRO * rest
            trios[x - begin, y] = 2_000 * learnt + _MICRO * rest
            twos[x - begin, y] = rest - (-learnt // 1_000)


@compiled
def best_pair(market: Market) -> Numbers:
    """Return the most that any pair adds to a four, in thirds, and to a trio, in halves."""
    best = np.full(2, _NEVER, dtype=np.int64)
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
            if worth > _APART:
                learnt = joined(market, demand, supply, y)
                rest = _MICRO * (2 * worth - market.prices[x] - market.prices[y])
                best[0] = max(best[0], 3_000 * learnt + rest)
                best[1] = max(best[1], 2_000 * learnt + rest)
    return best


@inlined
def score_of(market: Market, members: Numbers, size: int, least: int) -> int:
    """Return the score of a group in 1e-6, learning rounded down for each member.

    Far below zero where two must be apart or a member gains less than ``least``.
    """
    scale = 1
    for _ in range(size - 1):
        scale *= 1_000
    score = 0
    gains = np.zeros(4, dtype=np.int64)
    for i in range(size):
        for j in range(i + 1, size):
            worth = worth_of(market, members[i], members[j])
            if worth < _APART:
                return _NEVER
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
        gain = learnt // scale + gains[i] // (size - 1)
        if gain < least:
            return _NEVER
        score += gain
    return score


@compiled
def scores_of(market: Market, groups: Numbers, least: int) -> Numbers:
    """Return the score of each group of places, far below zero where a rule forbids it.

    Rules on two, countries, ties and the least gain of each member are looked at.
    """
    scores = np.empty(len(groups), dtype=np.int64)
    for number in range(len(groups)):
        members = groups[number]
        score = score_of(market, members, groups.shape[1], least)
        if score > _NEVER and not is_sound(market, members, groups.shape[1]):
            score = _NEVER
        scores[number] = score
    return scores


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
    excess = score_of(market, members, size, -_FAR)
    if excess == _NEVER:
        return False
    for i in range(size):
        excess -= market.prices[members[i]]
    return excess > least and is_sound(market, members, size)


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
    bound = 2 * _MICRO * least
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
                    if worth_of(market, wing, z) < _APART:
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
    bound = 3 * _MICRO * least
    members = np.empty(4, dtype=np.int64)
    pair = np.empty(2, dtype=np.int64)
    alone = np.empty(1, dtype=np.int64)
    demand = np.empty(market.needs.shape[1], dtype=np.int64)
    supply = np.empty(market.needs.shape[1], dtype=np.int64)
    mixed = np.empty(market.widths.sum(), dtype=np.int64)
    with_x = np.full(places, _NEVER, dtype=np.int64)
    with_y = np.full(places, _NEVER, dtype=np.int64)
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
            base += 2 * _MICRO * own
            mix(market, pair, 2, mixed)
            for j in range(starts[y], starts[y + 1]):
                with_y[others[j]] = values[j]
            # first those who may be the best third, then those who may stand beside it
            highest = _NEVER
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
                        if worth < _APART:
                            continue
                        height = base + 3 * joined(market, demand, supply, z)
                        height += 2 * _MICRO * (worth - market.prices[z])
                        highest = max(highest, height)
                        thirds[number] = z
                        heights[number] = height
                        number += 1
            for j in range(starts[y], starts[y + 1]):
                with_y[others[j]] = _NEVER
            if 2 * highest <= bound or number < 2:
                continue
            wanted = 0
            for j in range(number):
                if heights[j] + highest > bound:
                    thirds[wanted] = thirds[j]
                    heights[wanted] = heights[j]
                    wanted += 1
            order: Numbers = np.argsort(-heights[:wanted])
            for one in range(wanted):
                z, height = thirds[order[one]], heights[order[one]]
                if one + 1 < wanted and height + heights[order[one + 1]] <= bound:
                    break
                alone[0] = z
                enter_one(market, z, demand, supply)
                mix(market, alone, 1, mixed)
                for two in range(one + 1, wanted):
                    last = thirds[order[two]]
                    both = height + heights[order[two]]
                    if both <= bound:
                        break
                    looked += 1
                    worth = worth_to(market, alone, 1, mixed, last)
                    between = 3_000 * joined(market, demand, supply, last)
                    between += _MICRO * (2 * worth - market.prices[z] - market.prices[last])
                    if worth < _APART or between > top or both - top + between <= bound:
                        continue
                    members[0], members[1], members[2], members[3] = x, y, z, last
                    if admit(market, members, 4, least):
                        if count == len(found):
                            for j in range(starts[x], starts[x + 1]):
                                with_x[others[j]] = _NEVER
                            return x, kept, looked
                        for k in range(4):
                            found[count, k] = members[k]
                        count += 1
        for i in range(starts[x], starts[x + 1]):
            with_x[others[i]] = _NEVER
        if looked > budget:
            return x + 1, count, looked
    return places, count, looked
