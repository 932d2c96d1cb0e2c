"""Entries to what an index in a database keeps of them, here or in the workers of an executor."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from itertools import compress
from typing import NamedTuple

from utm.knowledge.analyser import Analyser
from utm.knowledge.entry import IndexEntry
from utm.knowledge.pruning import often_of
from utm.knowledge.terms import PlainEntry, plain_fingerprint, plain_of, plain_terms

__all__ = ["AnalysedEntry", "analysed_in_order", "told_of"]

# Chunks that wait for the workers or for us: enough to keep many workers busy, few enough
# that texts of a million practices never lie in memory together.
_AHEAD = 32
_WORTH_SENDING = 100  # fewer entries than this are analysed sooner than they are sent
_MORE_THAN_ONCE = (1).__lt__


class AnalysedEntry(NamedTuple):
    """What an index in a database keeps of an entry, but for its key.

    Parameters
    ----------
    words, facets
        Its terms, words with repeats.
    languages
        Languages of its texts.
    fingerprint
        See `utm.knowledge.terms.fingerprint_of`.
    told
        What the full-text table is told: what it holds, and what more than once.
    """

    words: list[str]
    facets: tuple[str, ...]
    languages: tuple[str, ...]
    fingerprint: int
    told: str


def analysed_in_order(
    chunks: Iterable[Sequence[IndexEntry]], analyser: Analyser, executor: Executor | None
) -> Iterator[tuple[Sequence[IndexEntry], list[AnalysedEntry]]]:
    """Analyse entries chunk by chunk; what comes back is the same wherever it was done.

    Parameters
    ----------
    chunks
        The entries. Some chunks are read ahead where there is an executor.
    analyser
        How texts become terms.
    executor
        Where large chunks are analysed; ``None`` for here.
    """
    if executor is None:
        for chunk in chunks:
            yield chunk, _analyse(analyser, list(map(plain_of, chunk)))
        return
    waiting: deque[tuple[Sequence[IndexEntry], Future[list[AnalysedEntry]]]] = deque()
    try:
        for chunk in chunks:
            waiting.append((chunk, _sent(chunk, analyser, executor)))
            if len(waiting) >= _AHEAD:
                done, future = waiting.popleft()
                yield done, future.result()
        while waiting:
            done, future = waiting.popleft()
            yield done, future.result()
    finally:
        for _, future in waiting:
            future.cancel()


def told_of(times: Mapping[str, int], facets: Iterable[str]) -> str:
    """What the full-text table is told of a practice: what it holds, and what more than once."""
    repeated = compress(times, map(_MORE_THAN_ONCE, times.values()))
    return " ".join([*times, *map(often_of, repeated), *facets])


def _sent(
    chunk: Sequence[IndexEntry], analyser: Analyser, executor: Executor
) -> Future[list[AnalysedEntry]]:
    plain = list(map(plain_of, chunk))
    if len(chunk) >= _WORTH_SENDING:
        return executor.submit(_analyse, analyser, plain)
    future: Future[list[AnalysedEntry]] = Future()
    future.set_result(_analyse(analyser, plain))
    return future


def _analyse(analyser: Analyser, entries: Sequence[PlainEntry]) -> list[AnalysedEntry]:
    analysed: list[AnalysedEntry] = []
    for entry in entries:
        terms = plain_terms(entry, analyser)
        told = told_of(Counter(terms.words), terms.facets)
        fingerprint = plain_fingerprint(entry, analyser)
        analysed.append(
            AnalysedEntry(terms.words, terms.facets, terms.languages, fingerprint, told)
        )
    return analysed
