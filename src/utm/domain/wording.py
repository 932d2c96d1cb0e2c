"""Words in a row, as sentences need them."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["capitalised", "join_words"]


def join_words(words: Iterable[str]) -> str:
    """Join words as English does: ``a``, ``a and b``, ``a, b and c``."""
    *first, last = list(words) or [""]
    return f"{', '.join(first)} and {last}" if first else last


def capitalised(sentence: str) -> str:
    """Begin a sentence with a capital letter and leave the rest as it is."""
    return sentence[:1].upper() + sentence[1:]
