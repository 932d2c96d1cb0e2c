"""Words in a row, as sentences need them."""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["capitalised", "join_words", "two_readings"]


def join_words(words: Iterable[str]) -> str:
    """Join words as English does: ``a``, ``a and b``, ``a, b and c``."""
    *first, last = list(words) or [""]
    return f"{', '.join(first)} and {last}" if first else last


def capitalised(sentence: str) -> str:
    """Begin a sentence with a capital letter and leave the rest as it is."""
    return sentence[:1].upper() + sentence[1:]


def two_readings(number: str) -> str:
    """Say how each meaning of ``50.000`` or ``50,000`` is written: ``50000 or 50.0``."""
    whole, part = re.split(r"[.,]", number)
    decimals = f"{part}0" if part.rstrip("0") == part else part.rstrip("0") or "0"
    return f"{whole}{part} or {whole}.{decimals}"
