"""One hash for everything that a decision rests on."""

from __future__ import annotations

import hashlib
import json
from enum import Enum
from typing import TypeGuard

import attrs
from pendulum import Date

from utm.domain.identifiers import ExternalId, Identifier
from utm.errors import InvalidValueError

__all__ = ["CanonicalForm", "canonical_facts", "canonical_form", "sha256_of"]

CanonicalForm = str | int | float | bool | None | list["CanonicalForm"] | dict[str, "CanonicalForm"]
"""Plain data that has one form for equal values."""


def canonical_form(value: object, *, ordered: bool = True) -> CanonicalForm:
    """Turn frozen attrs values into plain data with one form for equal values.

    Parameters
    ----------
    value
        Text, numbers, dates, enumerations, tuples and attrs instances of these.
    ordered
        False if the order within tuples is to leave no trace.

    Raises
    ------
    InvalidValueError
        Something within is none of these, so that it has no stable form.
    """
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, Date):
        return value.isoformat()
    if isinstance(value, Enum):
        return f"{type(value).__name__}.{value.name}"
    if isinstance(value, Identifier | ExternalId):
        return str(value)
    if _is_collection(value):
        return _list_of(value, ordered=ordered and isinstance(value, tuple))
    kind = type(value)
    if attrs.has(kind):
        return _record_of(value, kind, ordered=ordered)
    raise InvalidValueError(
        kind="fact", value=value, reason="has no stable form, so no hash can cover it"
    )


def canonical_facts(value: object) -> CanonicalForm:
    """Turn facts into plain data in which the order of evidence leaves no trace."""
    return canonical_form(value, ordered=False)


def sha256_of(plain: CanonicalForm) -> str:
    """Hash plain data: 64 hexadecimal digits."""
    text = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _is_collection(value: object) -> TypeGuard[tuple[object, ...] | frozenset[object]]:
    return isinstance(value, tuple | frozenset)


def _list_of(
    values: tuple[object, ...] | frozenset[object], *, ordered: bool
) -> list[CanonicalForm]:
    items = [canonical_form(value, ordered=ordered) for value in values]
    return items if ordered else sorted(items, key=lambda item: json.dumps(item, sort_keys=True))


def _record_of(
    value: object, kind: type[attrs.AttrsInstance], *, ordered: bool
) -> dict[str, CanonicalForm]:
    record: dict[str, CanonicalForm] = {"type": kind.__name__}
    for name in (a.name for a in attrs.fields(kind) if a.init):
        record[name] = canonical_form(getattr(value, name), ordered=ordered)
    return record
