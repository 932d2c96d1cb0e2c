"""Words of a text in any script, folded so that two spellings of one word meet.

The steps, in this order: compatible forms of one character become one (NFKC), case falls
away, the Turkish dotless i becomes an i, accents fall away from Latin and Greek letters,
and vowel points from Arabic and Hebrew ones. Marks that make another letter (й, ї, the
vowel signs of Indic scripts) stay.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

__all__ = ["LONGEST_WORD", "fold_word", "uncut_words_of", "words_of", "words_with_places"]

LONGEST_WORD = 64
"""Characters of a word that count; what follows them is passed over."""

_LONGEST_RUN = 4 * LONGEST_WORD  # letters and marks that are folded to fill a longest word
_FIRST_CYRILLIC = "\u0400"  # before it: Latin and Greek
_FIRST_EXTENDED, _AFTER_GREEK = "\u1e00", "\u2000"
_FIRST_MARK = 0x300
_AFTER_THE_LAST_SCRIPT = 0x1F000
_ASCII_WORD = re.compile(rf"([a-z0-9]{{1,{LONGEST_WORD}}})[a-z0-9]*")
_ASCII_LETTERS = b"".join(
    one.lower() if one.isalnum() else b" " for one in (bytes([point]) for point in range(256))
)
_WITHOUT_DECOMPOSITION = str.maketrans(
    {
        "\N{LATIN SMALL LETTER DOTLESS I}": "i",
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ё": "е",  # noqa: RUF001 - Cyrillic, as its own dictionaries have it
    }
)
# Letters of Thai and Lao that NFKC takes apart: as two they would make another pair.
_KEPT_WHOLE = (
    ("\u0e4d\u0e32", "\N{THAI CHARACTER SARA AM}"),
    ("\u0ecd\u0eb2", "\N{LAO VOWEL SIGN AM}"),
    ("\u0eab\u0e99", "\N{LAO HO NO}"),
    ("\u0eab\u0ea1", "\N{LAO HO MO}"),
)
# Scripts whose words are not parted by spaces: Chinese, Japanese kana, Thai, Lao, Khmer, Burmese.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+"
)
_POINTS = re.compile("[\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]")


@cache
def _word() -> re.Pattern[str]:
    """Letters, digits and the marks upon them; Python's own class of letters has no marks."""
    marks = "".join(
        chr(point)
        for point in range(_FIRST_MARK, _AFTER_THE_LAST_SCRIPT)
        if unicodedata.category(chr(point)).startswith("M")
    )
    return re.compile(rf"(?:[^\W_]|[{marks}\u200c\u200d])+")


def words_with_places(text: str) -> Iterator[tuple[str, int, int]]:
    """Words of a text, folded, each with its first place and the place after its last.

    Runs of a script without spaces give every two neighbouring characters as one word, or
    the one character where it stands alone.
    """
    if text.isascii():
        for match in _ASCII_WORD.finditer(text.lower()):
            yield match[1], match.start(), match.end()
        return
    for run in _word().finditer(text):
        start = run.start()
        for part, is_unspaced in _parts(run[0]):
            end = start + len(part)
            if is_unspaced:
                yield from _pairs(part, start)
            else:
                for word in fold_word(part[:_LONGEST_RUN]):
                    yield word, start, end
            start = end


def words_of(text: str) -> list[str]:
    """Words of a text, folded, in their order."""
    return [word[:LONGEST_WORD] for word in uncut_words_of(text)]


def uncut_words_of(text: str) -> list[str]:
    """Words of a text, folded, in their order, of which some may be longer than counts."""
    if text.isascii():
        # Several times as fast as a pattern, and most texts of large repositories are such.
        return text.encode().translate(_ASCII_LETTERS).decode().split()
    return [word for word, _, _ in words_with_places(text)]


@lru_cache(maxsize=200_000)
def fold_word(run: str) -> tuple[str, ...]:
    """Fold one run of letters; a few characters fall apart into two words, or into none."""
    lowered = unicodedata.normalize("NFKC", run).casefold().translate(_WITHOUT_DECOMPOSITION)
    bare = _POINTS.sub("", _without_accents(unicodedata.normalize("NFKD", lowered)))
    folded = unicodedata.normalize("NFC", bare)
    for parts, whole in _KEPT_WHOLE:
        folded = folded.replace(parts, whole)
    return tuple(word[:LONGEST_WORD] for word in _word().findall(folded))


def _parts(run: str) -> Iterator[tuple[str, bool]]:
    start = 0
    for match in _UNSPACED.finditer(run):
        if match.start() > start:
            yield run[start : match.start()], False
        yield match[0], True
        start = match.end()
    if start < len(run):
        yield run[start:], False


def _pairs(run: str, start: int) -> Iterator[tuple[str, int, int]]:
    if len(run) == 1:
        yield "".join(fold_word(run)), start, start + 1
    for place in range(len(run) - 1):
        pair = "".join(fold_word(run[place : place + 2]))
        if pair:
            yield pair, start + place, start + place + 2


def _without_accents(decomposed: str) -> str:
    kept: list[str] = []
    base = ""
    for character in decomposed:
        if not unicodedata.combining(character):
            base = character
        elif base < _FIRST_CYRILLIC or _FIRST_EXTENDED <= base < _AFTER_GREEK:
            continue
        kept.append(character)
    return "".join(kept)
