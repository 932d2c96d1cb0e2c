"""Values of several possible classes for the converter: tagged, so that nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

from cattrs import Converter

from utm.domain import Unknown
from utm.interchange.unfit import UnfitError, is_object, noted, together

__all__ = ["register_unions", "tag_of"]

# The kinds of a union are classes that only cattrs knows: hence Any throughout.


def register_unions(made: Converter) -> None:
    """Teach a converter unions.

    ``X | None`` is X or null, ``X | Unknown`` is X or the object of an unknown. Where two
    or more other classes remain, the value is wrapped: ``{"consortium": {…}}``.
    """

    def structure(kind: Any) -> Callable[[object, object], object]:  # noqa: ANN401
        return _structure_hook(made, kind)

    def unstructure(kind: Any) -> Callable[[object], object]:  # noqa: ANN401
        return _unstructure_hook(made, kind)

    made.register_structure_hook_factory(_is_union, structure)
    made.register_unstructure_hook_factory(_is_union, unstructure)


def tag_of(kind: Any) -> str:  # noqa: ANN401
    """The name under which a class is wrapped: ``CityId`` is ``city_id``."""
    name: str = getattr(get_origin(kind) or kind, "__name__", str(kind))
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def _is_union(kind: object) -> bool:
    return get_origin(kind) in {Union, UnionType}


def _kinds(kind: Any) -> tuple[bool, bool, dict[str, Any]]:  # noqa: ANN401
    args = get_args(kind)
    others = {tag_of(arg): arg for arg in args if arg not in {NoneType, Unknown}}
    return NoneType in args, Unknown in args, others


def _structure_hook(made: Converter, kind: Any) -> Callable[[object, object], object]:  # noqa: ANN401
    may_be_null, may_be_unknown, others = _kinds(kind)

    def structure(value: object, _: object) -> object:
        if value is None and may_be_null:
            return None
        if may_be_unknown and is_object(value) and "unknown" in value:
            return made.structure(value, Unknown)
        if len(others) == 1:
            return made.structure(value, next(iter(others.values())))
        return _unwrapped(made, value, others, kind)

    return structure


def _unwrapped(made: Converter, value: object, kinds: Mapping[str, Any], kind: Any) -> object:  # noqa: ANN401
    if not is_object(value) or len(value) != 1 or not kinds.keys() >= set(value):
        names = " or ".join(f'{{"{name}": …}}' for name in kinds)
        raise UnfitError(value, "does not say which of several it is", f"Write {names}.")
    ((tag, content),) = value.items()
    try:
        return made.structure(content, kinds[tag])
    except Exception as error:
        raise together([noted(error, tag)], kind) from error


def _unstructure_hook(made: Converter, kind: Any) -> Callable[[object], object]:  # noqa: ANN401
    _, may_be_unknown, others = _kinds(kind)

    def unstructure(value: object) -> object:
        if value is None or (may_be_unknown and isinstance(value, Unknown)):
            return made.unstructure(value)
        if len(others) == 1:
            return made.unstructure(value, next(iter(others.values())))
        tag = tag_of(type(value))
        return {tag: made.unstructure(value, others[tag])}

    return unstructure
