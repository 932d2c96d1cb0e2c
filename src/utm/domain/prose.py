"""What a person wrote: not empty, and without invisible characters."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from utm.domain.unseen import says_nothing, unseen_in
from utm.errors import InvalidValueError

__all__ = ["require_distinct", "require_prose"]

_LAYOUT = "\n\t"


def require_prose(text: object, *, kind: str) -> None:
    """Refuse what is not text, says nothing, or holds what nobody sees.

    Line ends and tabulators are allowed, and so are the joiners that scripts and emoji need;
    control characters, lone surrogates, characters without width and marks of writing
    direction are not.

    Raises
    ------
    InvalidValueError
        The text is refused.
    """
    if type(text) is not str:
        raise InvalidValueError(kind=kind, value=text, reason="is not text")
    if says_nothing(text):
        raise InvalidValueError(kind=kind, value=text, reason="must not be empty")
    unseen = unseen_in(text, layout=_LAYOUT)
    if unseen:
        raise InvalidValueError(
            kind=kind, value=text, reason=f"holds what nobody sees: {', '.join(unseen)}"
        )


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
