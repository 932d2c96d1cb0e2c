"""Text of others on our page: nothing in it reorders, hides or floods what stands around it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Self

from attrs import field, frozen

__all__ = ["LONGEST_NAME", "NameBook", "plain", "shortened"]

LONGEST_NAME = 80
"""Characters of a name that are shown wherever it occurs; the whole is given once."""

_MOST_MARKS_ON_A_LETTER = 4
_WHITE_SPACE = frozenset("\t\n\r\v\f\x85\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}")
_KEPT_INVISIBLE = frozenset("\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}")
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
_ISOLATE, _END_ISOLATE = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"


def plain(text: str) -> str:
    """Take out of a text what a reader cannot see but a page obeys.

    Control characters, marks and overrides of writing direction, zero-width characters and
    tags fall away; joiners stay, because Persian and emoji need them. Half a surrogate pair
    becomes the replacement character, white space becomes a space, and a letter keeps at
    most four combining marks, so that none climbs into the line above.
    """
    if text.isascii() and text.isprintable():
        return text
    return _without_towers("".join(_visible(character) for character in text))


def shortened(text: str, longest: int = LONGEST_NAME) -> str:
    """Cut a text to so many characters, the last of which is then an ellipsis."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def _visible(character: str) -> str:
    if character in _WHITE_SPACE:
        return " "
    category = unicodedata.category(character)
    if category == "Cs":
        return "\N{REPLACEMENT CHARACTER}"
    if category in {"Cc", "Cf"} and character not in _KEPT_INVISIBLE:
        return ""
    return "" if _is_noncharacter(ord(character)) else character


def _is_noncharacter(code: int) -> bool:
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF  # noqa: PLR2004 - of Unicode


def _without_towers(text: str) -> str:
    runs = groupby(text, key=lambda character: unicodedata.combining(character) != 0)
    return "".join(
        "".join(run)[: _MOST_MARKS_ON_A_LETTER if is_mark else None] for is_mark, run in runs
    )


def _isolated(text: str) -> str:
    """Wrap a text that is written from right to left, so that it moves no neighbour."""
    if any(unicodedata.bidirectional(character) in _RIGHT_TO_LEFT for character in text):
        return f"{_ISOLATE}{text}{_END_ISOLATE}"
    return text


@frozen
class NameBook:
    """How names are shown, alone and inside sentences that were made from them."""

    _shown: Mapping[str, str] = field(alias="shown")
    _pattern: re.Pattern[str] = field(alias="pattern")

    @classmethod
    def of(cls, names: Iterable[str], keys: Mapping[str, str] | None = None) -> Self:
        """Learn the names; only those that cannot be shown as they are cost anything.

        Parameters
        ----------
        names
            All names that occur.
        keys
            Names by the keys that stand for them in sentences of the engine. A key of
            a single word is left alone, since it may be a word of the sentence.
        """
        shown = {name: _isolated(shortened(plain(name))) for name in sorted(set(names))}
        special = {name: text for name, text in shown.items() if name != text}
        for key, name in sorted((keys or {}).items()):
            if "-" in key and key not in shown:
                special[key] = _isolated(shortened(plain(name)))
        longest_first = sorted(special, key=lambda text: (-len(text), text))
        pattern = "|".join(
            rf"(?<![\w-]){re.escape(text)}(?![\w-])" if text in (keys or {}) else re.escape(text)
            for text in longest_first
        )
        return cls(shown=special, pattern=re.compile(f"({pattern})" if pattern else r"(?!)"))

    def short(self, name: str) -> str:
        """Give a name as it is shown: visible, isolated and at most 80 characters long."""
        return _isolated(shortened(plain(name)))

    def sentence(self, text: str) -> str:
        """Show a sentence with every known name in it as `short` gives it."""
        parts = self._pattern.split(text)
        return "".join(self._shown[part] if part in self._shown else plain(part) for part in parts)
