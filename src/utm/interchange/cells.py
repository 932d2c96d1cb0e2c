"""What stands in a cell: text, or a JSON value, that becomes a fact or is refused."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import Protocol, TypeAlias, TypeGuard

from attrs import evolve, frozen

from utm.domain.unseen import is_unseen

__all__ = [
    "Cell",
    "JsonValue",
    "ListCell",
    "Refusal",
    "TextCell",
    "escape_formula",
    "hidden_character",
    "shown",
    "unescape_formula",
]

JsonValue: TypeAlias = (
    "bool | int | float | str | Sequence[JsonValue] | Mapping[str, JsonValue] | None"
)
"""Whatever a JSON document can hold."""

# A spreadsheet would compute a cell that begins so; full-width signs count in some locales.
_FORMULA = re.compile(
    "'*[=+\\-@\t\r\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}"
    "\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}]"
)
_ESCAPED_FORMULA = re.compile(f"'{_FORMULA.pattern}")
_OTHER_LINE_ENDS = "\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}"


@frozen(kw_only=True)
class Refusal:
    """Why a cell is not read.

    Parameters
    ----------
    reason
        What is wrong, as a clause.
    remedy
        What to write instead, as a sentence; empty where the column's own rule says it.
    choices
        The words that may stand there, if one of them may have been meant.
    is_placeholder
        Whether what stands there says that nothing is known, such as ``N/A``.
    """

    reason: str
    remedy: str = ""
    choices: tuple[str, ...] = ()
    is_placeholder: bool = False


class Cell(Protocol):
    """One kind of cell: how it is read and written, as text and as JSON."""

    @property
    def schema(self) -> Mapping[str, JsonValue]:
        """JSON Schema of the JSON value."""
        ...

    @property
    def json_values(self) -> str:
        """What may stand in JSON, as the end of "Write …", with a value or bounds to copy."""
        ...

    @property
    def is_prose(self) -> bool:
        """Whether people write freely in it, so that ``no`` or ``none`` may be meant."""
        ...

    def read_text(self, text: str) -> object:
        """Read trimmed, non-empty text; a `Refusal` when it cannot be read."""
        ...

    def read_json(self, value: JsonValue) -> object:
        """Read a JSON value strictly; a `Refusal` when it cannot be read."""
        ...

    def text_of(self, value: object) -> str:
        """Write a value that was read."""
        ...

    def json_of(self, value: object) -> JsonValue:
        """Write a value that was read as JSON."""
        ...


@frozen(kw_only=True)
class TextCell:
    """A cell that is text in CSV and in JSON; JSON must hold the canonical spelling.

    Parameters
    ----------
    parse
        Reads the text, tolerantly.
    schema
        JSON Schema of the canonical spelling.
    json_values
        What may stand in JSON, as the end of "Write …".
    is_prose
        Whether people write freely in it.
    """

    parse: Callable[[str], object]
    schema: Mapping[str, JsonValue]
    json_values: str
    is_prose: bool = False

    def read_text(self, text: str) -> object:
        """Read the text."""
        return self.parse(text)

    def read_json(self, value: JsonValue) -> object:
        """Read a JSON text in its canonical spelling."""
        if not isinstance(value, str):
            return Refusal(reason="is not a text")
        found = self.parse(value)
        if isinstance(found, Refusal) or shown(found) == value:
            return found
        return Refusal(
            reason="is not in the exact spelling that JSON must have",
            remedy=f"Write {json.dumps(shown(found), ensure_ascii=False)}.",
        )

    def text_of(self, value: object) -> str:
        """Write the canonical spelling."""
        return shown(value)

    def json_of(self, value: object) -> JsonValue:
        """Write the canonical spelling."""
        return shown(value)


@frozen(kw_only=True)
class ListCell:
    """Several texts: separated in a CSV cell, an array in JSON.

    Parameters
    ----------
    item
        Kind of each text.
    separator
        Regular expression of what may stand between two.
    joiner
        What is written between two.
    json_values
        What may stand in JSON, as the end of "Write …".
    is_prose
        Whether people write freely in it.
    """

    item: TextCell
    separator: str
    joiner: str
    json_values: str
    is_prose: bool = False

    @property
    def schema(self) -> Mapping[str, JsonValue]:
        """JSON Schema of the array."""
        return {"type": "array", "items": self.item.schema, "minItems": 1, "uniqueItems": True}

    def read_text(self, text: str) -> object:
        """Read the separated texts."""
        parts = [part.strip() for part in re.split(self.separator, text)]
        return self._collected([self.item.read_text(part) for part in parts if part])

    def read_json(self, value: JsonValue) -> object:
        """Read an array of texts."""
        if isinstance(value, str) or not isinstance(value, Sequence):
            return Refusal(reason="is not an array of texts")
        if not value:
            return Refusal(reason="is an empty array", remedy="Leave it out if it is not known.")
        return self._collected([_checked_json(self.item, part) for part in value])

    def text_of(self, value: object) -> str:
        """Write the texts with what separates them."""
        return self.joiner.join(shown(part) for part in _parts(value))

    def json_of(self, value: object) -> JsonValue:
        """Write the texts as an array."""
        return [shown(part) for part in _parts(value)]

    def _collected(self, found: list[object]) -> object:
        refused = next((part for part in found if isinstance(part, Refusal)), None)
        if refused is not None:
            return refused
        texts = [shown(part) for part in found]
        if len(set(texts)) < len(texts):
            ((repeated, _),) = Counter(texts).most_common(1)
            return Refusal(reason=f"names '{repeated}' twice", remedy="Name each once.")
        return tuple(found)


def shown(value: object) -> str:
    """The canonical spelling of a value."""
    return str(value.value) if isinstance(value, Enum) else str(value)


def escape_formula(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would compute."""
    return f"'{text}" if _FORMULA.match(text) else text


def unescape_formula(text: str) -> str:
    """Take away the apostrophe that `escape_formula` has put."""
    return text[1:] if _ESCAPED_FORMULA.match(text) else text


def hidden_character(text: str, *, lines: bool = False) -> Refusal | None:
    """Refuse characters that are not seen, or that make other text be seen.

    Parameters
    ----------
    text
        What was read.
    lines
        Whether line breaks and tabs are admitted.
    """
    for position, character in enumerate(text, start=1):
        if lines and character in "\n\t":
            continue
        if character in "\n\r\t\x0b\x0c\x85":
            return Refusal(
                reason="holds a line break or a tab", remedy="Write it on one line with spaces."
            )
        if character in _OTHER_LINE_ENDS or is_unseen(character):
            return Refusal(
                reason=f"holds an invisible character (U+{ord(character):04X}, "
                f"the {position}. character)",
                remedy="Delete that character, or type the text anew.",
            )
    return None


def _checked_json(item: TextCell, value: JsonValue) -> object:
    hidden = hidden_character(value) if isinstance(value, str) else None
    found = hidden if hidden is not None else item.read_json(value)
    if isinstance(found, Refusal) and found.remedy:
        return evolve(found, remedy=f"In the list, {found.remedy[0].lower()}{found.remedy[1:]}")
    return found


def _parts(value: object) -> Sequence[object]:
    return value if _is_tuple(value) else (value,)


def _is_tuple(value: object) -> TypeGuard[tuple[object, ...]]:
    return isinstance(value, tuple)
