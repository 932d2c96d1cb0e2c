"""What a person wrote: not empty, and without invisible characters."""

from __future__ import annotations

import unicodedata
from collections.abc import Hashable, Sequence

from utm.errors import InvalidValueError

__all__ = ["require_distinct", "require_prose"]

_LAYOUT = "\n\t"
_UNSEEN = {"Cc", "Cs"}


def require_prose(text: object, *, kind: str) -> None:
    """Refuse what is not text, says nothing, or hides control characters.

    Line ends and tabulators are allowed; lone surrogates are not.

    Raises
    ------
    InvalidValueError
        The text is refused.
    """
    if type(text) is not str:
        raise InvalidValueError(kind=kind, value=text, reason="is not text")
    if not text.strip():
        raise InvalidValueError(kind=kind, value=text, reason="must not be empty")
    if text.isascii() and text.isprintable():
        return
    if any(unicodedata.category(c) in _UNSEEN and c not in _LAYOUT for c in text):
        raise InvalidValueError(kind=kind, value=text, reason="must hold no control characters")


def require_distinct(values: Sequence[Hashable], *, kind: str) -> None:
    """Refuse a list that holds one thing twice.

    Raises
    ------
    InvalidValueError
        Something stands twice.
    """
    if len(set(values)) < len(values):
        raise InvalidValueError(
            kind=kind, value=[str(value) for value in values], reason="name one thing twice"
        )
