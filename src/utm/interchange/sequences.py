"""Tuples for the converter: JSON arrays and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args, get_origin

from cattrs import Converter

from utm.interchange.unfit import UnfitError, is_array, noted, together

__all__ = ["register_tuples"]

# The types given to hooks are classes that only cattrs knows: hence Any throughout.


def register_tuples(made: Converter) -> None:
    """Teach a converter tuples, of one kind and any length or of fixed kinds."""

    def factory(kind: Any) -> Callable[[object, object], object]:  # noqa: ANN401
        return _tuple_hook(made, kind)

    made.register_structure_hook_factory(_is_tuple, factory)


def _is_tuple(kind: Any) -> bool:  # noqa: ANN401
    origin: object = get_origin(kind)
    return origin is tuple


def _tuple_hook(made: Converter, kind: Any) -> Callable[[object, object], object]:  # noqa: ANN401
    args = get_args(kind)
    alike = args[-1] is Ellipsis

    def structure(value: object, _: object) -> object:
        if not is_array(value):
            raise UnfitError(value, "is not an array", "Write an array in brackets.")
        if not alike and len(value) != len(args):
            remedy = f"Write {len(args)} values."
            raise UnfitError(value, f"does not have {len(args)} values", remedy)
        found: list[object] = []
        errors: list[Exception] = []
        for index, part in enumerate(value):
            try:
                found.append(made.structure(part, args[0] if alike else args[index]))
            except Exception as error:  # noqa: BLE001 - raised below, with all the others
                errors.append(noted(error, index))
        if errors:
            raise together(errors, kind)
        return tuple(found)

    return structure
