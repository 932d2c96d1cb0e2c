"""Whether the parts of a fact are of the kinds that its class declares."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, cast, get_args, get_origin, get_type_hints

from attrs import NOTHING, fields, has

from utm.errors import InvalidValueError, excerpt

__all__ = ["kind_in_words", "require_kinds"]


def require_kinds(fact: object, *, says_something: bool = False) -> None:
    """Refuse a fact of which a part is of another kind than its class declares.

    A checker of types finds that before a program runs; a notebook has none, and a number
    without its unit would pass in silence. What a part holds is looked at where the part is a
    tuple, and no deeper.

    Parameters
    ----------
    fact
        An instance of a class made by attrs; others have no parts.
    says_something
        Whether text must say something where the class has no default for it.

    Raises
    ------
    InvalidValueError
        All parts that cannot be are named, each with what it must be.
    """
    if not says_something and _fits_at_a_glance(fact):
        return
    found = tuple(_wrong_parts(fact, says_something)) if has(type(fact)) else ()
    if found:
        (value, reason), others = found[0], found[1:]
        raise InvalidValueError(
            kind=kind_in_words(fact),
            value=value,
            reason="; ".join([reason, *(f"{excerpt(one)} {why}" for one, why in others)]),
        )


def kind_in_words(fact: object) -> str:
    """The name of its class in words: ``meeting held``."""
    name = type(fact).__name__
    return "".join(f" {one.lower()}" if one.isupper() else one for one in name).strip()


def _fits_at_a_glance(fact: object) -> bool:
    """Tell whether each part is exactly of a class that its class declares: of nearly all facts."""
    cls: object = type(fact)
    for name, whole, each in _plain_kinds(cls):
        value: object = getattr(fact, name)
        kind = _class_of(value)
        if isinstance(value, tuple) and each:
            if not all(_class_of(one) in each for one in cast("tuple[object, ...]", value)):
                return False
        elif kind not in whole:
            return False
    return True


_Kinds = frozenset[object]
_class_of: Callable[[object], object] = type


@cache
def _plain_kinds(cls: type[Any]) -> tuple[tuple[str, _Kinds, _Kinds], ...]:
    """For each part the classes that it may be of, and those that are in a tuple of it."""
    declared = _declared(cls) if has(cls) else ()
    return tuple(
        (
            name,
            frozenset(kind for one in _alternatives(hint) for kind in _classes(one)),
            frozenset(
                kind
                for one in _alternatives(hint)
                if get_origin(one) is tuple and get_args(one)[1:] == (Ellipsis,)
                for each in _alternatives(get_args(one)[0])
                for kind in _classes(each)
            ),
        )
        for name, hint, _ in declared
    )


def _alternatives(hint: object) -> tuple[object, ...]:
    return get_args(hint) if get_origin(hint) in {Union, UnionType} else (hint,)


def _classes(hint: object) -> tuple[object, ...]:
    kind = get_origin(hint) or hint
    if kind is float:
        return (int, float)
    return (kind,) if isinstance(kind, type) and kind is not tuple else ()


def _wrong_parts(fact: object, says_something: bool) -> Iterator[tuple[object, str]]:  # noqa: FBT001
    cls: object = type(fact)
    for name, hint, is_required in _declared(cls):
        value = getattr(fact, name)
        if not _fits(value, hint):
            yield value, f"cannot be its {name}, which must be {_words(hint)}"
        elif says_something and is_required and hint is str and not value.strip():
            yield value, f"cannot be its {name}, which must say something"


@cache
def _declared(cls: type[Any]) -> tuple[tuple[str, object, bool], ...]:
    try:
        hints = get_type_hints(cls)
    except NameError:  # names that only a checker of types imports
        return ()
    return tuple(
        (one.name, hints[one.name], one.default is NOTHING)
        for one in fields(cls)
        if one.init and one.name in hints
    )


def _fits(value: object, hint: object) -> bool:
    origin, parts = get_origin(hint), get_args(hint)
    if origin in {Union, UnionType}:
        return any(_fits(value, one) for one in parts)
    if origin is tuple:
        return isinstance(value, tuple) and _fits_each(cast("tuple[object, ...]", value), parts)
    if origin is Literal:
        return value in parts
    if hint is int or hint is float:
        return type(value) is int or (hint is float and type(value) is float)
    kind = hint if origin is None else origin
    if not isinstance(kind, type) or getattr(kind, "_is_protocol", False):
        return True  # a type variable, a protocol: nothing that an instance tells
    return isinstance(value, kind)


def _fits_each(values: tuple[object, ...], parts: tuple[object, ...]) -> bool:
    if len(parts) == 2 and parts[1] is Ellipsis:  # noqa: PLR2004
        return all(_fits(one, parts[0]) for one in values)
    return len(values) == len(parts) and all(map(_fits, values, parts))


def _words(hint: object) -> str:
    origin, parts = get_origin(hint), get_args(hint)
    if origin in {Union, UnionType}:
        return " or ".join(map(_words, parts))
    if origin is tuple and len(parts) == 2 and parts[1] is Ellipsis:  # noqa: PLR2004
        return f"a tuple of {_words(parts[0])}"
    if origin is tuple:
        return f"a tuple of {', '.join(map(_words, parts))}"
    if origin is Literal:
        return " or ".join(map(repr, parts))
    if hint is NoneType:
        return "None"
    return str(getattr(origin or hint, "__name__", hint))
