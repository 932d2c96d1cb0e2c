"""What a converter says of a value that does not fit, and how it looks at values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeGuard

from cattrs.errors import IterableValidationError, IterableValidationNote

__all__ = ["UnfitError", "is_array", "is_object", "noted", "together"]


class UnfitError(ValueError):
    """A value of another kind than its place asks for; only inside the converter.

    Parameters
    ----------
    value
        What was read.
    reason
        What is wrong, as a clause.
    remedy
        What to write instead, as a sentence.
    """

    def __init__(self, value: object, reason: str, remedy: str) -> None:
        super().__init__(value, reason, remedy)
        self.value = value
        self.reason = reason
        self.remedy = remedy


def is_object(value: object) -> TypeGuard[Mapping[str, object]]:
    """Tell whether a JSON value is an object."""
    return isinstance(value, Mapping)


def is_array(value: object) -> TypeGuard[Sequence[object]]:
    """Tell whether a JSON value is an array."""
    return isinstance(value, Sequence) and not isinstance(value, str)


def noted(error: Exception, index: int | str) -> Exception:
    """Say in an error at which index or key it arose."""
    error.add_note(IterableValidationNote("inside", index, None))
    return error


# The class is whatever the converter was asked for, and only cattrs knows it: hence Any.
def together(errors: list[Exception], kind: Any) -> IterableValidationError:  # noqa: ANN401
    """All errors of the parts of a value as one."""
    # The third argument belongs to __new__, which type checkers do not see.
    return IterableValidationError("parts do not fit", errors, kind)  # pyright: ignore[reportCallIssue]
