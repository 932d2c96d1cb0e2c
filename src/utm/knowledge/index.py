"""What every index of practices can do, whatever it is made of."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Protocol

from attrs import frozen

from utm.domain.places import LanguageCode
from utm.domain.practice import PracticeId
from utm.knowledge.analyser import Analyser
from utm.knowledge.entry import Facet, IndexEntry

__all__ = ["AskedTerms", "Hit", "PracticeIndex", "Question"]

MOST_WORDS = 64
"""Distinct words of a question that are looked up; further ones are passed over."""

TITLE_WEIGHT = 2
"""As how many occurrences elsewhere one in the title counts."""


@frozen(kw_only=True)
class AskedTerms:
    """The terms of a question.

    Parameters
    ----------
    terms
        What counts towards the score, each once, whichever words led to it.
    groups
        What a hit must hold: at least one term of each group. Two groups share a term where
        two words have one stem in some language.
    """

    terms: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]

    @property
    def are_the_groups(self) -> bool:
        """Whether the groups, one after the other, are the terms: none shared, none left out."""
        return tuple(term for group in self.groups for term in group) == self.terms


@frozen(kw_only=True)
class Question:
    """What is looked for.

    Parameters
    ----------
    words
        Words in any language; text of any kind does no harm. Blank for all practices.
    languages
        Languages in which the words may be meant; all those of the index if none is given.
    facets
        What a hit must be: any of the values of each kind that is named.
    all_words
        Whether a hit must hold every word instead of at least one. It only takes hits away:
        those that are left keep their scores.
    """

    words: str = ""
    languages: tuple[LanguageCode, ...] = ()
    facets: tuple[Facet, ...] = ()
    all_words: bool = False

    def facet_groups(self) -> list[tuple[Facet, ...]]:
        """The facets by kind, in a fixed order, each once."""
        ordered = sorted(set(self.facets), key=lambda facet: facet.term)
        return [tuple(group) for _, group in groupby(ordered, key=lambda facet: facet.kind)]

    def asked_terms(self, analyser: Analyser, known: Iterable[str]) -> AskedTerms | None:
        """The terms that are looked up.

        Where any word will do there is one group. Where all are asked for there is one a
        word, with the word's stems in every language that is meant; a word that one of these
        languages passes over need not be held, unless there is no other.

        Parameters
        ----------
        analyser
            That of the index.
        known
            Languages of the index.

        Returns
        -------
        AskedTerms or None
            ``None`` where no word is given; without terms where no word means anything.
        """
        if not self.words.strip():
            return None
        wanted = [language.value for language in self.languages] or sorted(known)
        asked = [word for word in analyser.question_words(self.words, wanted) if word.terms]
        asked = asked[:MOST_WORDS]
        terms = tuple(dict.fromkeys(term for word in asked for term in word.terms))
        if not self.all_words:
            return AskedTerms(terms=terms, groups=(terms,))
        telling = [word.terms for word in asked if not word.may_be_passed_over]
        groups = dict.fromkeys(telling or [word.terms for word in asked])
        return AskedTerms(terms=terms, groups=tuple(groups))


@frozen(kw_only=True)
class Hit:
    """A practice that was found.

    Parameters
    ----------
    practice
        Its key.
    score
        How well its words fit, in millionths of BM25; 0 where no word was given.
    """

    practice: PracticeId
    score: int


class PracticeIndex(Protocol):
    """An index of practices.

    Whatever it is made of, the laws in `utm.testing.knowledge` hold: hits satisfy their
    facets, the order depends on what is in the index and never on how it came there, equal
    scores stand in order of their keys, what was put is found at once, and removing takes
    away exactly one.
    """

    def put(self, entries: Iterable[IndexEntry]) -> None:
        """Add practices, or replace those whose keys are in the index: all or none.

        Raises
        ------
        InvalidValueError
            One key stands twice among the entries.
        """
        ...

    def remove(self, key: PracticeId) -> bool:
        """Take a practice out; tell whether it was in."""
        ...

    def search(self, question: Question, *, limit: int = 10) -> tuple[Hit, ...]:
        """The best hits, best first; equal scores in order of their keys."""
        ...

    def holds(self, entry: IndexEntry) -> bool:
        """Whether it holds exactly this of a practice, analysed as it analyses now.

        So that an index which outlives a program can be told from one of other practices.
        """
        ...

    def __len__(self) -> int:
        """How many practices it holds."""
        ...

    def __contains__(self, key: object) -> bool:
        """Whether it holds a practice."""
        ...
