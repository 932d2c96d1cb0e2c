"""Plain JSON data, read within bounds and with every problem placed."""

from __future__ import annotations

import json
from typing import NoReturn

from utm.errors import InputProblem, InvalidInputError

__all__ = ["LONGEST_TEXT", "MOST_BRACKETS", "Plain", "Problems", "canonical_text", "parse_text"]

Plain = str | int | float | bool | None | list["Plain"] | dict[str, "Plain"]

LONGEST_TEXT = 1_000_000
"""Most characters that a rulebook may have."""

MOST_BRACKETS = 200
"""How deep brackets may nest in it."""


class Problems:
    """The problems found so far, each with its place."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.found: list[InputProblem] = []

    def add(self, path: str, reason: str, remedy: str, *, read: object = None) -> None:
        """Note a problem at a JSON path."""
        self.found.append(
            InputProblem(source=self.source, path=path, reason=reason, remedy=remedy, read=read)
        )

    def raise_if_any(self) -> None:
        """Raise all problems together, if there are any."""
        if self.found:
            raise InvalidInputError(tuple(self.found))


def canonical_text(plain: Plain) -> str:
    """Write plain data in its one canonical form: sorted keys, no spaces, ASCII."""
    return json.dumps(
        plain, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False
    )


def parse_text(text: str, *, source: str) -> Plain:
    """Read JSON text within bounds, refusing repeated keys and numbers that are none.

    Raises
    ------
    InvalidInputError
        The text is too long, nests too deep, or is no JSON.
    """
    problems = Problems(source)
    if len(text) > LONGEST_TEXT:
        remedy = f"Split it: at most {LONGEST_TEXT:,} characters are read."
        problems.add("$", f"has {len(text):,} characters", remedy)
    elif _deepest_brackets(text) > MOST_BRACKETS:
        remedy = f"Write a flatter rule: at most {MOST_BRACKETS} brackets may nest."
        problems.add("$", "nests too deep", remedy)
    problems.raise_if_any()
    try:
        plain: Plain = json.loads(
            text, object_pairs_hook=_without_repeats, parse_constant=_refuse_constant
        )
    except ValueError as error:
        problems.add("$", f"is not JSON: {error}", "Correct the text at that place.")
        raise InvalidInputError(tuple(problems.found)) from error
    return plain


def _deepest_brackets(text: str) -> int:
    depth = deepest = 0
    within_string = escaped = False
    for sign in text:
        if within_string:
            within_string = escaped or sign != '"'
            escaped = sign == "\\" and not escaped
        elif sign == '"':
            within_string = True
        elif sign in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif sign in "]}":
            depth -= 1
    return deepest


def _without_repeats(pairs: list[tuple[str, Plain]]) -> dict[str, Plain]:
    record = dict(pairs)
    if len(record) < len(pairs):
        keys = [key for key, _ in pairs]
        repeated = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"the key {repeated!r} stands twice in one object")
    return record


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")
