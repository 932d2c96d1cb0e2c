"""Names as people type them: folding for comparison, cleaning for display."""

from __future__ import annotations

import re
import unicodedata

from utm.domain.unseen import is_ignorable, says_nothing, unseen_in
from utm.errors import InvalidValueError

__all__ = ["clean_name", "fold_name", "name_key"]

_LETTERS_WITHOUT_DECOMPOSITION = str.maketrans(
    {
        "\N{LATIN SMALL LETTER DOTLESS I}": "i",
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
    }
)
_SIGNS_OF_VOWELS = {"Mc", "Mn"}
_OVERLAY, _POINTS, _DIACRITICS = 1, range(10, 37), 200  # canonical combining classes
_SPACES = re.compile(r"\s+")


def fold_name(text: str) -> str:
    """Reduce a name to what two spellings of it share.

    Case, accents, points of Hebrew and Arabic, the Turkish dotless i, punctuation, repeated
    spaces and what nobody sees fall away; letters and signs of other scripts, such as vowels
    and tones, stay.
    ``"São Paulo"``, ``"SAO-PAULO"`` and ``" são paulo "`` give the same text.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    str
        Words in lower case, joined by one space; empty for a text without letters and digits.
        Folding twice changes nothing.
    """
    lowered = unicodedata.normalize("NFKC", text).casefold()
    decomposed = unicodedata.normalize("NFKD", lowered).translate(_LETTERS_WITHOUT_DECOMPOSITION)
    bare = "".join(c for c in decomposed if not _is_accent(c) and not is_ignorable(c))
    letters = (c if _is_of_a_word(c) else " " for c in unicodedata.normalize("NFC", bare))
    return " ".join("".join(letters).split())


def name_key(text: str) -> str:
    """What two names must share to be taken for one: as folded, or as they are without letters.

    So ``"Chloé"`` and ``"chloe"`` are one name, and ``"★"`` and ``"☆"`` are two.
    """
    return fold_name(text) or " ".join(unicodedata.normalize("NFKC", text).split())


def clean_name(text: str, *, kind: str = "name") -> str:
    """Normalise a name for storage: NFC, one space between words, nothing that nobody sees.

    The joiners that scripts and emoji need stay, and are passed over when names are compared.

    Parameters
    ----------
    text
        The name as typed.
    kind
        What the name names, for the error.

    Raises
    ------
    InvalidValueError
        The name is empty, or holds control characters, characters without width or marks of
        writing direction.
    """
    name = _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()
    if says_nothing(name):
        raise InvalidValueError(kind=kind, value=text, reason="must not be empty")
    unseen = unseen_in(name)
    if unseen:
        raise InvalidValueError(
            kind=kind, value=text, reason=f"holds what nobody sees: {', '.join(unseen)}"
        )
    return name


def _is_of_a_word(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character) in _SIGNS_OF_VOWELS


def _is_accent(character: str) -> bool:
    place = unicodedata.combining(character)
    return place == _OVERLAY or place in _POINTS or place >= _DIACRITICS
