"""Families of sets of which none contains another."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from typing import TypeVar

__all__ = ["MOST_SETS", "Family", "each_of", "minimal", "one_of", "several_of"]

MOST_SETS = 200
"""Most sets that a family keeps: the smallest ones."""

ItemT = TypeVar("ItemT")
Family = tuple[frozenset[ItemT], ...]


def minimal(sets: Iterable[frozenset[ItemT]]) -> Family[ItemT]:
    """Keep the sets that contain no other, smallest first; no more than `MOST_SETS`."""
    kept: list[frozenset[ItemT]] = []
    for each in sorted(dict.fromkeys(sets), key=len):
        if not any(smaller <= each for smaller in kept):
            kept.append(each)
        if len(kept) == MOST_SETS:
            break
    return tuple(kept)


def one_of(families: Iterable[Family[ItemT]]) -> Family[ItemT]:
    """Give the minimal sets that serve at least one of several ends."""
    return minimal(each for family in families for each in family)


def each_of(families: Iterable[Family[ItemT]]) -> Family[ItemT]:
    """Give the minimal sets that serve all of several ends; one empty set for no end at all."""
    result: Family[ItemT] = (frozenset(),)
    for family in families:
        result = minimal(one | other for one in result for other in family)
    return result


def several_of(count: int, families: tuple[Family[ItemT], ...]) -> Family[ItemT]:
    """Give the minimal sets that serve at least `count` of several ends; none if too many."""
    if count == 1:
        return one_of(families)
    return one_of(each_of(chosen) for chosen in combinations(families, count))
