"""The terms of an entry by field, as all indexes hold them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from itertools import chain

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
    "languages_of",
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


PlainText = tuple[str, str, str, str, str]
"""Language, title, summary, body and names of topics; see `utm.knowledge.entry.EntryText`."""

PlainEntry = tuple[tuple[PlainText, ...], tuple[str, ...]]
"""What is analysed of an entry: its texts, and its facets as terms, each once, in their order.

Tuples without names, which travel to a worker in a quarter of the time.
"""


def plain_of(entry: IndexEntry) -> PlainEntry:
    """What is analysed of an entry."""
    texts = [
        (text.language.value, text.title, text.summary, text.body, text.topics)
        for text in entry.texts
    ]
    return tuple(texts), tuple(dict.fromkeys([facet.term for facet in entry.facets]))


def terms_of(entry: IndexEntry, analyser: Analyser) -> EntryTerms:
    """Analyse an entry, each text by its own language."""
    return plain_terms(plain_of(entry), analyser)


def plain_terms(entry: PlainEntry, analyser: Analyser) -> EntryTerms:
    """Analyse an entry, each text by its own language."""
    texts, facets = entry
    words: list[str] = []
    for text in texts:
        title, others = told_text(text)
        words += analyser.terms(title, text[0]) * TITLE_WEIGHT
        words += analyser.terms(others, text[0])
    return EntryTerms(words=words, facets=facets, languages=languages_of(entry))


def languages_of(entry: PlainEntry) -> tuple[str, ...]:
    """The languages of its texts, each once, in their order."""
    texts, _ = entry
    return tuple(dict.fromkeys([language for language, *_ in texts]))


def told_text(text: PlainText) -> tuple[str, str]:
    """The words of an entry in one language: those of the title, and all others."""
    _, title, summary, body, topics = text
    return title, f"{summary}\n{body}\n{topics}"


def fingerprint_of(entry: IndexEntry, analyser: Analyser) -> int:
    """A number of 48 bits that tells what an index holds of an entry from anything else.

    It follows from the texts, the facets and the analyser, and from nothing else.
    """
    return plain_fingerprint(plain_of(entry), analyser)


def plain_fingerprint(entry: PlainEntry, analyser: Analyser) -> int:
    """The number that `fingerprint_of` gives."""
    texts, labels = entry
    facets = sorted(labels)
    parts = [*chain.from_iterable(texts), *facets]
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
