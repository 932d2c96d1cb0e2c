"""The terms of an entry by field, as all indexes hold them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import NamedTuple

from attrs import frozen

from utm.domain.practice import PracticeId
from utm.errors import InvalidValueError
from utm.knowledge.analyser import Analyser
from utm.knowledge.entry import IndexEntry
from utm.knowledge.index import TITLE_WEIGHT

__all__ = [
    "EntryTerms",
    "PlainEntry",
    "PlainText",
    "fingerprint_of",
    "millionths",
    "plain_fingerprint",
    "plain_of",
    "plain_terms",
    "refuse_repeats",
    "terms_of",
    "told_text",
]

_UNIT = 1_000_000


@frozen(kw_only=True)
class EntryTerms:
    """An entry after analysis.

    Parameters
    ----------
    words
        Terms of the title, the summary, the body and the names of topics, all languages in a
        row, those of the title as often as they count.
    facets
        Facets as terms.
    languages
        Languages of its texts.
    """

    words: list[str]
    facets: tuple[str, ...]
    languages: tuple[str, ...]

    @property
    def length(self) -> int:
        """Number of terms, facets included."""
        return len(self.words) + len(self.facets)


class PlainText(NamedTuple):
    """The words of an entry in one language; see `utm.knowledge.entry.EntryText`."""

    language: str
    title: str
    summary: str
    body: str
    topics: str


class PlainEntry(NamedTuple):
    """What is analysed of an entry, as plain tuples that travel cheaply to a worker.

    Parameters
    ----------
    texts
        Its texts.
    facets
        Its facets as terms, each once, in their order.
    """

    texts: tuple[PlainText, ...]
    facets: tuple[str, ...]


def plain_of(entry: IndexEntry) -> PlainEntry:
    """What is analysed of an entry."""
    texts = tuple(
        PlainText(text.language.value, text.title, text.summary, text.body, text.topics)
        for text in entry.texts
    )
    return PlainEntry(texts, tuple(dict.fromkeys(facet.term for facet in entry.facets)))


def terms_of(entry: IndexEntry, analyser: Analyser) -> EntryTerms:
    """Analyse an entry, each text by its own language."""
    return plain_terms(plain_of(entry), analyser)


def plain_terms(entry: PlainEntry, analyser: Analyser) -> EntryTerms:
    """Analyse an entry, each text by its own language."""
    words: list[str] = []
    for text in entry.texts:
        words += analyser.terms(told_text(text), text.language)
    return EntryTerms(
        words=words,
        facets=entry.facets,
        languages=tuple(dict.fromkeys(text.language for text in entry.texts)),
    )


def told_text(text: PlainText) -> str:
    """The words of an entry in one language, those of the title as often as they count."""
    return "\n".join([*[text.title] * TITLE_WEIGHT, text.summary, text.body, text.topics])


def fingerprint_of(entry: IndexEntry, analyser: Analyser) -> int:
    """A number of 48 bits that tells what an index holds of an entry from anything else.

    It follows from the texts, the facets and the analyser, and from nothing else.
    """
    return plain_fingerprint(plain_of(entry), analyser)


def plain_fingerprint(entry: PlainEntry, analyser: Analyser) -> int:
    """The number that `fingerprint_of` gives."""
    facets = sorted(entry.facets)
    parts = [part for text in entry.texts for part in text] + facets
    written = f"{analyser.name} {len(facets)} {[*map(len, parts)]}{''.join(parts)}"
    digest = hashlib.blake2b(written.encode("utf-8", "surrogatepass"), digest_size=6).digest()
    return int.from_bytes(digest, "big", signed=True)


def refuse_repeats(keys: Iterable[PracticeId], seen: set[PracticeId]) -> None:
    """Refuse entries of which two bear one key, and remember those that were seen."""
    for key in keys:
        if key in seen:
            raise InvalidValueError(kind="practice id", value=key.value, reason="stands twice")
        seen.add(key)


def millionths(score: float) -> int:
    """Quantise a score; every order and comparison is on whole numbers."""
    return round(score * _UNIT)
