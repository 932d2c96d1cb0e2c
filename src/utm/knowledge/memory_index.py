"""The reference index, in plain dictionaries: what every other index is measured against."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from utm.domain.practice import PracticeId
from utm.knowledge.analyser import Analyser
from utm.knowledge.bm25 import Bm25
from utm.knowledge.entry import IndexEntry
from utm.knowledge.index import AskedTerms, Hit, Question
from utm.knowledge.terms import (
    EntryTerms,
    fingerprint_of,
    millionths,
    refuse_repeats,
    terms_of,
)

__all__ = ["MemoryIndex"]


class MemoryIndex:
    """An index in memory that scores by BM25 in the form of SQLite's FTS5.

    A term in more than half of all practices counts next to nothing. Facets count towards
    the length of a text and never towards its score.

    Parameters
    ----------
    analyser
        How texts become terms.

    Notes
    -----
    A search visits every practice that holds a term of the question.

    References
    ----------
    S. Robertson and H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond",
    Foundations and Trends in Information Retrieval 3(4), 2009.
    """

    def __init__(self, analyser: Analyser | None = None) -> None:
        self.analyser = analyser or Analyser()
        self._entries: dict[PracticeId, EntryTerms] = {}
        self._fingerprints: dict[PracticeId, int] = {}
        self._holders: dict[str, dict[PracticeId, int]] = {}
        self._with_facet: dict[str, set[PracticeId]] = {}
        self._languages: Counter[str] = Counter()
        self._length = 0

    def put(self, entries: Iterable[IndexEntry]) -> None:
        """Add or replace practices."""
        analysed = [
            (entry.id, terms_of(entry, self.analyser), fingerprint_of(entry, self.analyser))
            for entry in entries
        ]
        refuse_repeats((key for key, _, _ in analysed), set())
        for key, terms, fingerprint in analysed:
            self.remove(key)
            self._entries[key] = terms
            self._fingerprints[key] = fingerprint
            self._languages.update(terms.languages)
            self._length += terms.length
            for facet in terms.facets:
                self._with_facet.setdefault(facet, set()).add(key)
            for word, count in Counter(terms.words).items():
                self._holders.setdefault(word, {})[key] = count

    def remove(self, key: PracticeId) -> bool:
        """Take a practice out."""
        terms = self._entries.pop(key, None)
        if terms is None:
            return False
        del self._fingerprints[key]
        self._languages.subtract(terms.languages)
        self._length -= terms.length
        for facet in terms.facets:
            self._with_facet[facet].discard(key)
        for word in set(terms.words):
            del self._holders[word][key]
        return True

    def search(self, question: Question, *, limit: int = 10) -> tuple[Hit, ...]:
        """The best hits, best first."""
        known = [language for language, count in self._languages.items() if count]
        scores = self._scores(question.asked_terms(self.analyser, known))
        for group in question.facet_groups():
            allowed = set[PracticeId]().union(
                *(self._with_facet.get(facet.term, set()) for facet in group)
            )
            scores = {key: score for key, score in scores.items() if key in allowed}
        hits = [Hit(practice=key, score=score) for key, score in scores.items()]
        return tuple(sorted(hits, key=lambda hit: (-hit.score, hit.practice))[: max(limit, 0)])

    def holds(self, entry: IndexEntry) -> bool:
        """Whether it holds exactly this of a practice."""
        return self._fingerprints.get(entry.id) == fingerprint_of(entry, self.analyser)

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, key: object) -> bool:
        return key in self._entries

    def _scores(self, asked: AskedTerms | None) -> dict[PracticeId, int]:
        if asked is None:
            return dict.fromkeys(self._entries, 0)
        totals: dict[PracticeId, float] = {}
        bm25 = Bm25(texts=len(self._entries), length=self._length)
        for term in asked.terms:
            holders = self._holders.get(term, {})
            rarity = bm25.rarity(len(holders))
            for key, frequency in holders.items():
                gained = bm25.gain(rarity, frequency, self._entries[key].length)
                totals[key] = totals.get(key, 0.0) + gained
        return {
            key: millionths(total)
            for key, total in totals.items()
            if all(
                any(key in self._holders.get(term, {}) for term in group) for group in asked.groups
            )
        }
