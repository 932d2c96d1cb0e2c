"""What an earlier result knows, in terms of a problem as it is now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from utm.pairing.arrays import Integers, PairingArrays
from utm.pairing.certificate import first_prices
from utm.pairing.columns import Columns, appraise, join
from utm.pairing.group import Group
from utm.pairing.policy import FocusKind
from utm.pairing.result import Result

__all__ = ["columns_of", "prices_of"]


def columns_of(arrays: PairingArrays, groups: Sequence[Group]) -> Columns:
    """Return the groups that every rule still admits, with the worth that they have now."""
    class_of = {
        arrays.ids[index]: number
        for number, members in enumerate(arrays.class_members)
        for index in members
    }
    first = np.searchsorted(arrays.class_of, np.arange(len(arrays.class_members)))
    found = [Columns.none()]
    for group in groups:
        if not set(group.members) <= set(class_of):
            continue
        copies: list[int] = []
        for number, count in sorted(Counter(class_of[name] for name in group.members).items()):
            copies += range(int(first[number]), int(first[number]) + count)
        members = np.array([copies], dtype=np.int64)
        for number, focus in enumerate(arrays.foci):
            single = arrays.policy.focus is FocusKind.TOPIC
            if focus.theme == group.theme and (not single or focus.topics == group.focus_topics):
                found.append(appraise(arrays, number, members))
    return join(arrays, found)


def prices_of(arrays: PairingArrays, earlier: Result) -> Integers | None:
    """Return the earlier prices by class, bonus included; ``None`` where there are none.

    Who is new has the price that it could gain at the most.
    """
    if not earlier.prices:
        return None
    price = {entry.participant: entry.price for entry in earlier.prices}
    toll = {entry.capacity: entry.price for entry in earlier.capacity_prices}
    prices = first_prices(arrays)
    for number, members in enumerate(arrays.class_members):
        known = [price[arrays.ids[index]] for index in members if arrays.ids[index] in price]
        if known:
            prices[number] = max(known) + arrays.must[number]
    for place, capacity in enumerate(arrays.capacities, start=len(arrays.class_members)):
        if capacity in toll:
            prices[place] = toll[capacity] + arrays.must[place]
    return prices
