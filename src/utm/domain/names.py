"""Names as people type them: folding for comparison, cleaning for display."""

from __future__ import annotations

import re
import unicodedata

from utm.errors import InvalidValueError

__all__ = ["clean_name", "fold_name"]

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
_SEPARATORS = re.compile(r"[\W_]+")
_SPACES = re.compile(r"\s+")


def fold_name(text: str) -> str:
    """Reduce a name to what two spellings of it share.

    Case, accents, the Turkish dotless i, punctuation and repeated spaces fall
    away; letters of other scripts stay. ``"São Paulo"``, ``"SAO-PAULO"`` and
    ``" são paulo "`` give the same text.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    str
        Words in lower case, joined by one space. Folding twice changes nothing.
    """
    lowered = unicodedata.normalize("NFKC", text).casefold()
    lowered = lowered.translate(_LETTERS_WITHOUT_DECOMPOSITION)
    decomposed = unicodedata.normalize("NFKD", lowered)
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return _SEPARATORS.sub(" ", unicodedata.normalize("NFC", bare)).strip()


def clean_name(text: str, *, kind: str = "name") -> str:
    """Normalise a name for storage: NFC, one space between words, nothing invisible.

    Parameters
    ----------
    text
        The name as typed.
    kind
        What the name names, for the error.

    Raises
    ------
    InvalidValueError
        The name is empty or holds control characters.
    """
    name = _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()
    if not name:
        raise InvalidValueError(kind=kind, value=text, reason="must not be empty")
    if any(unicodedata.category(c) in {"Cc", "Cs"} for c in name):
        raise InvalidValueError(kind=kind, value=text, reason="must hold no control characters")
    return name
