"""The terms of an entry by field, as all indexes hold them."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from utm.domain.practice import PracticeId
from utm.errors import InvalidValueError
from utm.knowledge.analyser import Analyser
from utm.knowledge.entry import IndexEntry

__all__ = ["EntryTerms", "millionths", "refuse_repeats", "terms_of"]

_UNIT = 1_000_000


@frozen(kw_only=True)
class EntryTerms:
    """An entry after analysis.

    Parameters
    ----------
    fields
        Terms of the title, the summary and the body, all languages in a row.
    facets
        Facets as terms.
    languages
        Languages of its texts.
    """

    fields: tuple[list[str], list[str], list[str]]
    facets: tuple[str, ...]
    languages: tuple[str, ...]

    @property
    def length(self) -> int:
        """Number of terms, facets included."""
        return sum(map(len, self.fields)) + len(self.facets)


def terms_of(entry: IndexEntry, analyser: Analyser) -> EntryTerms:
    """Analyse an entry, each text by its own language."""
    titles: list[str] = []
    summaries: list[str] = []
    bodies: list[str] = []
    for text in entry.texts:
        language = text.language.value
        titles += analyser.terms(text.title, language)
        summaries += analyser.terms(text.summary, language)
        bodies += analyser.terms(text.body, language)
    return EntryTerms(
        fields=(titles, summaries, bodies),
        facets=tuple(dict.fromkeys(facet.term for facet in entry.facets)),
        languages=tuple(dict.fromkeys(text.language.value for text in entry.texts)),
    )


def refuse_repeats(keys: Iterable[PracticeId], seen: set[PracticeId]) -> None:
    """Refuse entries of which two bear one key, and remember those that were seen."""
    for key in keys:
        if key in seen:
            raise InvalidValueError(kind="practice id", value=key.value, reason="stands twice")
        seen.add(key)


def millionths(score: float) -> int:
    """Quantise a score; every order and comparison is on whole numbers."""
    return round(score * _UNIT)
