"""What a criterion names: always a value of the kind that it asks for, never its text."""

from __future__ import annotations

from collections.abc import Iterable

from utm.errors import InvalidValueError

__all__ = ["require_terms"]


def require_terms(values: Iterable[object], of: type, *, kind: str) -> None:
    """Refuse values of another kind: they would never equal what the facts hold."""
    for value in values:
        if not isinstance(value, of):
            raise InvalidValueError(kind=kind, value=value, reason=f"is no {of.__name__}")
