"""Entries to what an index in a database keeps of them.

Whole chunks are analysed together: each distinct word of a chunk is looked up once, and large
chunks are counted on arrays of numbers.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import compress, pairwise
from typing import NamedTuple

from utm.knowledge.analyser import Analyser
from utm.knowledge.folding import uncut_words_of
from utm.knowledge.index import TITLE_WEIGHT
from utm.knowledge.pruning import often_of
from utm.knowledge.terms import PlainEntry, languages_of, plain_fingerprint, told_text

__all__ = ["AnalysedChunk", "analysed_chunk", "told_of"]

_FEW = 20  # entries that are counted sooner one by one than on arrays
_MORE_THAN_ONCE = (1).__lt__


class AnalysedChunk(NamedTuple):
    """What an index in a database keeps of some entries, but for their keys.

    Parameters
    ----------
    words
        Their distinct terms, facets among them, in order of first appearance, from place 1 on.
    places
        The terms of one entry after the other, with repeats, as places in ``words``.
    ends
        For each entry where its terms end in ``places``.
    facets, languages, fingerprints
        Of each entry; see `utm.knowledge.terms`.
    told
        What the full-text table is told of each: what it holds, and what more than once.
    """

    words: list[str]
    places: array[int]
    ends: list[int]
    facets: list[tuple[str, ...]]
    languages: list[tuple[str, ...]]
    fingerprints: list[int]
    told: list[str]


def analysed_chunk(analyser: Analyser, entries: Sequence[PlainEntry]) -> AnalysedChunk:
    """Analyse some entries, each text by its own language."""
    numbers = {"": 0}
    tables: dict[str, _Numbers] = {}
    places = array("I")
    ends: list[int] = []
    for texts, labels in entries:
        for text in texts:
            language = text[0]
            table = tables.get(language)
            if table is None:
                table = tables[language] = _Numbers(analyser.term_of(language), numbers)
            title, others = told_text(text)
            for _ in range(TITLE_WEIGHT):
                places.extend(table.of(title))
            places.extend(table.of(others))
        ends.append(len(places))
        for label in labels:
            numbers.setdefault(label, len(numbers))
    words = list(numbers)
    facets = [labels for _, labels in entries]
    return AnalysedChunk(
        words,
        places,
        ends,
        facets,
        list(map(languages_of, entries)),
        [plain_fingerprint(entry, analyser) for entry in entries],
        _told(words, places, ends, facets),
    )


def told_of(times: Mapping[str, int], facets: Iterable[str]) -> str:
    """What the full-text table is told of a practice: what it holds, and what more than once."""
    repeated = compress(times, map(_MORE_THAN_ONCE, times.values()))
    return " ".join([*times, *map(often_of, repeated), *facets])


def _told(
    words: Sequence[str],
    places: array[int],
    ends: Sequence[int],
    facets: Sequence[Iterable[str]],
) -> list[str]:
    """As `told_of`, for all entries of a chunk; the order of the terms does not matter."""
    word = words.__getitem__
    if len(ends) < _FEW:
        return [
            told_of(Counter(map(word, places[begin:end])), labels)
            for (begin, end), labels in zip(pairwise([0, *ends]), facets, strict=True)
        ]
    from utm.knowledge.on_arrays import distinct_and_repeated  # noqa: PLC0415 - arrays are heavy

    return [
        " ".join([*map(word, distinct), *map(often_of, map(word, repeated)), *labels])
        for (distinct, repeated), labels in zip(
            distinct_and_repeated(places, ends), facets, strict=True
        )
    ]


class _Numbers(dict[str, int]):
    """Numbers of the terms of words in one language, in order of first appearance."""

    def __init__(self, term_of: Callable[[str], str], numbers: dict[str, int]) -> None:
        super().__init__()
        self._term_of = term_of
        self._numbers = numbers

    def of(self, text: str) -> Iterator[int]:
        """The numbers of the terms of a text in their order."""
        return filter(None, map(self.__getitem__, uncut_words_of(text)))

    def __missing__(self, word: str) -> int:
        number = self[word] = self._numbers.setdefault(self._term_of(word), len(self._numbers))
        return number
