"""What an earlier result knows, in terms of a problem as it is now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np

from utm.pairing.arrays import Integers, PairingArrays
from utm.pairing.columns import Columns, appraise, join
from utm.pairing.first_prices import first_prices
from utm.pairing.group import Group
from utm.pairing.policy import FocusKind
from utm.pairing.result import Result

__all__ = ["columns_of", "prices_by_class", "prices_of"]

_NO_TOLL: Mapping[str, int] = MappingProxyType({})


def columns_of(arrays: PairingArrays, groups: Sequence[Group]) -> Columns:
    """Return the groups that every rule still admits, with the worth that they have now."""
    class_of = {
        arrays.ids[index]: number
        for number, members in enumerate(arrays.class_members)
        for index in members
    }
    first = np.searchsorted(arrays.class_of, np.arange(len(arrays.class_members)))
    by_name: dict[tuple[object, ...], list[int]] = {}
    single = arrays.policy.focus is FocusKind.TOPIC
    for number, focus in enumerate(arrays.foci):
        name = (focus.theme, focus.topics) if single else (focus.theme,)
        by_name.setdefault(name, []).append(number)
    rows: dict[tuple[int, int], list[list[int]]] = {}
    for group in groups:
        if not all(member in class_of for member in group.members):
            continue
        copies: list[int] = []
        for number, count in sorted(Counter(class_of[name] for name in group.members).items()):
            copies += range(int(first[number]), int(first[number]) + count)
        name = (group.theme, group.focus_topics) if single else (group.theme,)
        for number in by_name.get(name, ()):
            rows.setdefault((number, len(copies)), []).append(copies)
    parts = [
        appraise(arrays, number, np.array(members, dtype=np.int64))
        for (number, _), members in sorted(rows.items())
    ]
    return join(arrays, parts or [Columns.none()])


def prices_of(arrays: PairingArrays, earlier: Result) -> Integers | None:
    """Return the earlier prices by class, bonus included; ``None`` where there are none."""
    if not earlier.prices:
        return None
    return prices_by_class(
        arrays,
        {entry.participant: entry.price for entry in earlier.prices},
        {entry.capacity: entry.price for entry in earlier.capacity_prices},
    )


def prices_by_class(
    arrays: PairingArrays, price: Mapping[str, int], toll: Mapping[str, int] = _NO_TOLL
) -> Integers:
    """Return prices of participants and of capacities by class, bonus included.

    Who has none has the price that it could gain at the most.
    """
    prices = first_prices(arrays)
    for number, members in enumerate(arrays.class_members):
        known = [price[arrays.ids[index]] for index in members if arrays.ids[index] in price]
        if known:
            prices[number] = max(known) + arrays.must[number]
    for place, capacity in enumerate(arrays.capacities, start=len(arrays.class_members)):
        if capacity in toll:
            prices[place] = toll[capacity] + arrays.must[place]
    return prices
