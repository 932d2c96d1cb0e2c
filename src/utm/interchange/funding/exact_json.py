"""JSON whose numbers stay exact: fractions become decimals, and never binary ones."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import TypeAlias

from utm.errors import InputProblem
from utm.interchange.limits import Limits
from utm.interchange.problems import Problems

__all__ = ["ExactJson", "Place", "read_exact_json"]

ExactJson: TypeAlias = (
    "bool | int | Decimal | str | Sequence[ExactJson] | Mapping[str, ExactJson] | None"
)
_MOST_DIGITS = 40


class _UnfitError(ValueError):
    """Something that JSON, or a reader who wants to be sure, does not admit."""


class Place:
    """A place in a document, where problems are told.

    Parameters
    ----------
    problems
        The problems met so far.
    path
        JSON path or place in XML.
    """

    __slots__ = ("path", "problems")

    def __init__(self, problems: Problems, path: str) -> None:
        self.problems = problems
        self.path = path

    def at(self, step: str) -> Place:
        """A place below, e.g. ``place.at(".title")``."""
        return Place(self.problems, f"{self.path}{step}")

    def tell(self, reason: str, remedy: str, read: object = None) -> None:
        """Note a problem at this place."""
        self.problems.add(
            InputProblem(
                source=self.problems.source,
                path=self.path,
                reason=reason,
                remedy=remedy,
                read=read,
            )
        )


def read_exact_json(text: str, *, place: Place, limits: Limits) -> ExactJson:
    """Read JSON; tell what is wrong with it, once, and give ``None`` then."""
    if len(text.encode("utf-8", "surrogatepass")) > limits.file_bytes:
        place.tell(f"is larger than {limits.file_bytes:,} bytes", "Split the file.")
        return None
    try:
        value: ExactJson = json.loads(
            text.removeprefix("\ufeff"),
            object_pairs_hook=_object,
            parse_float=_decimal,
            parse_int=_whole,
            parse_constant=_constant,
        )
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, character {error.colno}"
        place.tell(f"is not JSON at {where}: {error.msg}", "Mend the syntax there.")
        return None
    except _UnfitError as error:
        place.tell(str(error), "Mend what made the file.")
        return None
    except RecursionError:
        place.tell("is nested too deeply", "Check what made the file.")
        return None
    return value


def _object(pairs: list[tuple[str, ExactJson]]) -> dict[str, ExactJson]:
    made = dict(pairs)
    if len(made) < len(pairs):
        counts = Counter(key for key, _ in pairs)
        twice = next(key for key, count in counts.items() if count > 1)
        raise _UnfitError(f"names the key {twice!r} twice in one object")
    return made


def _decimal(text: str) -> Decimal:
    if len(text) > _MOST_DIGITS:
        raise _UnfitError(f"holds a number of over {_MOST_DIGITS} characters")
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise _UnfitError(f"holds a number beyond all bounds, {text}") from error


def _whole(text: str) -> int:
    if len(text) > _MOST_DIGITS:
        raise _UnfitError(f"holds a number of over {_MOST_DIGITS} characters")
    return int(text)


def _constant(text: str) -> None:
    raise _UnfitError(f"holds {text}, which is no number")
