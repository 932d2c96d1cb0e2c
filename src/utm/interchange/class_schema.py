"""JSON Schemas made from the same classes that read documents."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import time
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

import attrs
from pendulum import Date, DateTime

from utm.domain import Unknown, UnknownReason
from utm.interchange.cells import JsonValue
from utm.interchange.own_notations import (
    DECIMAL_PATTERN,
    FRACTION_PATTERN,
    INSTANT_PATTERN,
    TIME_PATTERN,
)
from utm.interchange.unions import tag_of
from utm.rules import Rulebook

__all__ = ["Definitions", "Schema"]

# The classes come from annotations, which may be anything: hence Any throughout.

Schema = dict[str, JsonValue]
_PLAIN: dict[object, Schema] = {
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    str: {"type": "string"},
    Date: {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    DateTime: {"type": "string", "pattern": f"^{INSTANT_PATTERN}$"},
    Decimal: {"type": "string", "pattern": f"^{DECIMAL_PATTERN}$"},
    time: {"type": "string", "pattern": f"^{TIME_PATTERN}$"},
    Fraction: {"type": "string", "pattern": f"^{FRACTION_PATTERN}$"},
    Rulebook: {"type": "object", "description": "A document of the format utm.rulebook."},
    NoneType: {"type": "null"},
}


class Definitions:
    """Schemas of classes, each made once and referred to by name."""

    def __init__(self) -> None:
        self.made: dict[str, JsonValue] = {}

    def of(self, kind: Any, types: dict[Any, Any] | None = None) -> Schema:  # noqa: ANN401
        """The schema of a class, where type variables stand for some classes."""
        if isinstance(kind, TypeVar):
            return self.of((types or {})[kind])
        origin = get_origin(kind)
        if origin is tuple:
            return self._tuple(get_args(kind), types)
        if origin in {Union, UnionType}:
            return self._union(get_args(kind), types)
        if kind in _PLAIN:
            return _PLAIN[kind]
        if isinstance(kind, type) and issubclass(kind, Enum):
            return {"enum": [member.value for member in kind]}
        return self._class(kind)

    def _tuple(self, args: tuple[Any, ...], types: dict[Any, Any] | None) -> Schema:
        if args[-1] is Ellipsis:
            return {"type": "array", "items": self.of(args[0], types)}
        parts: list[JsonValue] = [self.of(arg, types) for arg in args]
        return {"type": "array", "prefixItems": parts, "minItems": len(parts), "items": False}

    def _union(self, args: tuple[Any, ...], types: dict[Any, Any] | None) -> Schema:
        others = [arg for arg in args if arg not in {NoneType, Unknown}]
        options: list[JsonValue] = [self.of(arg) for arg in args if arg in {NoneType, Unknown}]
        if len(others) == 1:
            options.append(self.of(others[0], types))
        else:
            options += [_object({tag_of(arg): self.of(arg, types)}) for arg in others]
        return {"anyOf": options}

    def _class(self, kind: Any) -> Schema:  # noqa: ANN401
        origin = get_origin(kind) or kind
        if origin is Unknown:
            return self._named("Unknown", _unknown)
        words = [origin.__name__, *(tag_of(arg) for arg in get_args(kind))]
        return self.named_class(kind, name=".".join(words))

    def named_class(self, kind: Any, *, name: str) -> Schema:  # noqa: ANN401
        """The schema of a class of the library under a name."""
        origin = get_origin(kind) or kind
        fields = attrs.fields(attrs.resolve_types(origin))
        if [(field.name, field.type) for field in fields] == [("value", str)]:
            pattern = getattr(origin, "GRAMMAR", re.compile(".*")).pattern
            return self._named(name, lambda: {"type": "string", "pattern": f"^(?:{pattern})$"})
        parameters = getattr(origin, "__parameters__", ())
        types = dict(zip(parameters, get_args(kind), strict=False))

        def make() -> Schema:
            required = [field.name for field in fields if field.init and _is_required(field)]
            shown = {field.name: self.of(field.type, types) for field in fields if field.init}
            return {**_object(shown), "required": [*required]}

        return self._named(name, make)

    def _named(self, name: str, make: Callable[[], Schema]) -> Schema:
        if name not in self.made:
            self.made[name] = {}  # classes may hold each other
            self.made[name] = make()
        return {"$ref": f"#/$defs/{name}"}


def _is_required(field: Any) -> bool:  # noqa: ANN401
    return field.default is attrs.NOTHING


def _object(properties: dict[str, Schema]) -> Schema:
    return {
        "type": "object",
        "properties": {**properties},
        "required": [*properties],
        "additionalProperties": False,
    }


def _unknown() -> Schema:
    reasons: list[JsonValue] = [reason.value for reason in UnknownReason]
    return {
        **_object({"unknown": {"enum": reasons}, "note": {"type": "string"}}),
        "required": ["unknown"],
    }
