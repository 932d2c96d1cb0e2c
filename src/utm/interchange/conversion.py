"""The one converter between facts and JSON: strict, and without any coercion.

The only home of cattrs. A converter with cattrs' defaults would turn ``"123"`` into
123, 12.9 into 12 and ``"false"`` into true without a word.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from enum import Enum
from functools import cache
from typing import Any, TypeVar, get_origin

import attrs
from cattrs import Converter
from cattrs.gen import make_dict_structure_fn
from pendulum import Date

from utm.domain import Unknown, UnknownReason, civil_date
from utm.domain.dates import require_date
from utm.interchange.own_notations import register_own_notations
from utm.interchange.sequences import register_tuples
from utm.interchange.unfit import UnfitError, is_object
from utm.interchange.unions import register_unions

__all__ = ["converter"]

ClassT = TypeVar("ClassT")
_LARGEST_EXACT = 2**53


@cache
def converter() -> Converter:
    """The hardened converter; do not change it, make your own copy with ``.copy()``.

    Exact types only: no text becomes a number, no truth value an integer, no fraction
    is cut. Keys that a class does not have are refused. An enumeration is its value, a
    day ``YYYY-MM-DD``, an identifier its text, what is not known
    ``{"unknown": reason, "note": …}``. Where several classes may stand, the value is
    wrapped with the name of its class: ``{"city": {…}}``.
    """
    made = Converter(forbid_extra_keys=True)
    _register_plain_values(made)
    register_tuples(made)
    _register_classes(made)
    register_unions(made)
    register_own_notations(made)
    return made


def _register_plain_values(made: Converter) -> None:
    for kind, name in ((bool, "true or false"), (int, "a whole number"), (str, "a text")):
        made.register_structure_hook(kind, _exactly(kind, name))
    made.register_structure_hook(float, _decimal)
    made.register_unstructure_hook(float, _finite)
    made.register_structure_hook(Date, _day)
    made.register_unstructure_hook(Date, _day_text)
    made.register_structure_hook(Unknown, _unknown)
    made.register_unstructure_hook(Unknown, _unknown_object)
    made.register_structure_hook_func(_is_enumeration, _member)
    made.register_unstructure_hook_func(_is_enumeration, lambda value: value.value)


def _register_classes(made: Converter) -> None:
    """Identifiers and codes as their text, all other attrs classes as objects."""

    def structure_class(kind: type[ClassT]) -> Callable[[object, object], ClassT]:
        structure = make_dict_structure_fn(kind, made, _cattrs_forbid_extra_keys=True)

        def checked(value: object, _: object) -> ClassT:
            if not is_object(value):
                raise UnfitError(value, "is not an object", "Write an object in braces.")
            return structure(value, kind)

        return checked

    # The type of a hook is a class that only cattrs knows: hence Any here and below.
    def structure_key(value: object, kind: Any) -> object:  # noqa: ANN401
        if type(value) is not str:
            raise UnfitError(value, "is not a text", "Write a text in quotation marks.")
        return kind(value)

    made.register_structure_hook_factory(_is_fact, structure_class)
    made.register_structure_hook_func(_is_key, structure_key)
    made.register_unstructure_hook_func(_is_key, lambda value: value.value)


def _exactly(kind: type, name: str) -> Callable[[object, object], object]:
    def structure(value: object, _: object) -> object:
        if type(value) is not kind:
            raise UnfitError(value, f"is not {name}", f"Write {name}.")
        return value

    return structure


def _decimal(value: object, _: object) -> float:
    if type(value) is float and math.isfinite(value):
        return value
    # JSON of other programs writes 1.0 as 1; nothing is lost by reading that.
    if type(value) is int and abs(value) <= _LARGEST_EXACT:
        return float(value)
    raise UnfitError(value, "is not a number", "Write a finite number.")


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise UnfitError(value, "is not finite", "JSON holds finite numbers only.")
    return float(value)


def _day(value: object, _: object) -> Date:
    if type(value) is not str:
        raise UnfitError(value, "is not a day", 'Write a day as "YYYY-MM-DD".')
    return civil_date(value)


def _day_text(value: Date) -> str:
    require_date(value)
    return value.isoformat()


def _unknown(value: object, _: object) -> Unknown:
    admitted = {"unknown", "note"}
    if not is_object(value) or "unknown" not in value or not admitted >= set(value):
        remedy = 'Write {"unknown": "not reported"}, with a note if there is one.'
        raise UnfitError(value, "does not say why something is not known", remedy)
    reason, note = value["unknown"], value.get("note", "")
    if type(note) is not str:
        raise UnfitError(note, "is not a text", "Write the note as a text.")
    return Unknown(reason=UnknownReason(_member(reason, UnknownReason)), note=note)


def _unknown_object(value: Unknown) -> dict[str, str]:
    reason = {"unknown": str(value.reason.value)}
    return {**reason, "note": value.note} if value.note else reason


def _is_enumeration(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, Enum)


def _member(value: object, kind: type[Enum]) -> Enum:
    for member in kind:
        if type(value) is type(member.value) and value == member.value:
            return member
    words = ", ".join(str(member.value) for member in kind)
    raise UnfitError(value, "is none of the words that may stand here", f"Write one of: {words}.")


def _is_fact(kind: Any) -> bool:  # noqa: ANN401
    origin: object = get_origin(kind)
    plain: object = kind if origin is None else origin
    return isinstance(plain, type) and attrs.has(plain) and plain is not Unknown


def _is_key(kind: object) -> bool:
    """Tell whether a class only wraps a text named ``value``."""
    if not isinstance(kind, type) or not attrs.has(kind):
        return False
    return [(field.name, field.type in {str, "str"}) for field in attrs.fields(kind)] == [
        ("value", True)
    ]
