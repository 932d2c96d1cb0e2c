"""Rows of values as tuples, in order where they can be ordered.

What is no row, and a row of something else, is left as it was given: a `Problem` refuses it
with its place, beside everything else that is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import Any, TypeVar, cast

__all__ = ["as_tuple", "in_order", "with_tuples"]

_T = TypeVar("_T")


def as_tuple(values: _T) -> _T:
    """Return the values of a list or an iterator as a tuple.

    Text is no row of letters, and a set has no order.
    """
    given: object = values
    if isinstance(given, str | bytes | Mapping | AbstractSet) or not isinstance(given, Iterable):
        return values
    try:
        return cast("_T", tuple(cast("Iterable[object]", given)))
    except TypeError:  # an array without a dimension
        return values


def in_order(
    values: tuple[_T, ...], kind: type[_T], key: Callable[[_T], Any] | None = None
) -> tuple[_T, ...]:
    """Return values of one kind as a sorted tuple, also those of a set, and others as given."""
    given = cast("object", values)
    found = tuple(values) if isinstance(given, AbstractSet) else as_tuple(given)
    if not isinstance(found, tuple):
        return values
    row = cast("tuple[_T, ...]", found)
    if all(isinstance(value, kind) for value in row):
        return tuple(sorted(row, key=cast("Callable[[_T], Any]", key)))
    return row


def with_tuples(_: type, parts: list[Any]) -> list[Any]:
    """Let lists pass for the parts of a class that are tuples: a transformer of attrs."""
    return [
        part.evolve(converter=part.converter or as_tuple)
        if str(part.type).startswith("tuple[")
        else part
        for part in parts
    ]
