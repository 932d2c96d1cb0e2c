"""Keys made from other keys and from names."""

from __future__ import annotations

import hashlib
import re
from typing import TypeVar

from utm.domain import Identifier, fold_name

__all__ = ["key_of"]

KeyT = TypeVar("KeyT", bound=Identifier)

_LONGEST = 120
_DIGEST_DIGITS = 10


def key_of(kind: type[KeyT], *parts: str) -> KeyT:
    """Join parts with points into a key.

    A part that is no key already becomes its words. Where that loses something (other
    scripts, great length), ten digits of the SHA-256 are added, so that no two texts
    that differ in more than case, accents and punctuation share a key.
    """
    made = ".".join(_words(part) for part in parts)
    if len(made) > _LONGEST:
        head = made[: _LONGEST - _DIGEST_DIGITS - 1].rstrip("-.")
        made = f"{head}-{_digest('.'.join(parts))}"
    return kind(made)


def _words(text: str) -> str:
    if re.fullmatch(r"[a-z0-9]+(?:[-.][a-z0-9]+)*", text):
        return text
    folded = fold_name(text)
    words = "-".join(re.findall(r"[a-z0-9]+", folded))
    if words.replace("-", " ") == folded and folded:
        return words
    return "-".join(part for part in (words, _digest(folded or text)) if part)


def _digest(text: str) -> str:
    encoded = text.encode("utf-8", "surrogatepass")
    return hashlib.sha256(encoded).hexdigest()[:_DIGEST_DIGITS]
