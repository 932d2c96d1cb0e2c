"""Characters that a reader does not see: some are refused, the others tell no two names apart."""

from __future__ import annotations

import unicodedata

__all__ = ["is_ignorable", "is_unseen", "says_nothing", "unseen_in"]

_CONTROLS = frozenset({"Cc", "Cs"})
_MARKS_OF_DIRECTION = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_FORMER_MARKS = "\u206a\u206b\u206c\u206d\u206e\u206f"
_WITHOUT_WIDTH = "\u200b\u2060\u2061\u2062\u2063\u2064\ufeff"
_FILLERS = "\u115f\u1160\u3164\uffa0"  # letters of Hangul that are never drawn
_REFUSED = frozenset(_MARKS_OF_DIRECTION + _FORMER_MARKS + _WITHOUT_WIDTH + _FILLERS)
_GRAPHEME_JOINER = 0x34F
_VARIANTS = (range(0x180B, 0x1810), range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))


def is_unseen(character: str) -> bool:
    """Whether a character is refused in what people write.

    Controls, half surrogate pairs, marks and overrides of writing direction, and what has no
    width. The two joiners, which scripts and emoji need, are none of them.
    """
    return character in _REFUSED or unicodedata.category(character) in _CONTROLS


def unseen_in(text: str, *, layout: str = "") -> tuple[str, ...]:
    """The characters of a text that are refused, as ``U+202E``, each once in their order.

    Parameters
    ----------
    text
        Any text.
    layout
        Controls that are admitted, such as line ends.
    """
    if text.isascii() and text.isprintable():
        return ()
    found = dict.fromkeys(one for one in text if one not in layout and is_unseen(one))
    return tuple(f"U+{ord(one):04X}" for one in found)


def is_ignorable(character: str) -> bool:
    """Whether two names that differ in a character alone look the same.

    So with joiners, soft hyphens, variants of one sign, and all that is refused but for
    controls.
    """
    if character.isascii():
        return False
    point = ord(character)
    return (
        unicodedata.category(character) == "Cf"
        or point == _GRAPHEME_JOINER
        or character in _FILLERS
        or any(point in variants for variants in _VARIANTS)
    )


def says_nothing(text: str) -> bool:
    """Whether a text holds nothing but spaces and what nobody sees."""
    return all(one.isspace() or is_ignorable(one) for one in text)
