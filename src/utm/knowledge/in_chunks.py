"""Entries chunk by chunk, analysed here or in the workers of an executor."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from typing import TypeVar

from utm.domain.practice import PracticeId
from utm.knowledge.entry import IndexEntry
from utm.knowledge.terms import PlainEntry, plain_of, refuse_repeats

__all__ = ["analysed_in_order", "in_chunks"]

Analysed = TypeVar("Analysed")

_CHUNK = 5_000
_CHUNK_CHARACTERS = 10_000_000
# Chunks that wait for the workers or for us: enough to keep many workers busy, few enough
# that texts of a million practices never lie in memory together.
_AHEAD = 8
_WORTH_SENDING = 100  # fewer entries than this are analysed sooner than they are sent


def in_chunks(entries: Iterable[IndexEntry]) -> Iterator[list[IndexEntry]]:
    """Entries in chunks of so many, or fewer long ones.

    Raises
    ------
    InvalidValueError
        One key stands twice.
    """
    seen: set[PracticeId] = set()
    chunk: list[IndexEntry] = []
    characters = 0
    for entry in entries:
        chunk.append(entry)
        characters += sum([len(text.body) for text in entry.texts])
        if len(chunk) == _CHUNK or characters >= _CHUNK_CHARACTERS:
            refuse_repeats((one.id for one in chunk), seen)
            yield chunk
            chunk, characters = [], 0
    if chunk:
        refuse_repeats((one.id for one in chunk), seen)
        yield chunk


def analysed_in_order(
    chunks: Iterable[Sequence[IndexEntry]],
    analyse: Callable[[Sequence[PlainEntry]], Analysed],
    executor: Executor | None,
) -> Iterator[tuple[Sequence[IndexEntry], Analysed]]:
    """Analyse entries chunk by chunk; what comes back is the same wherever it was done.

    Parameters
    ----------
    chunks
        The entries. Some chunks are read ahead where there is an executor.
    analyse
        What is done with each chunk.
    executor
        Where large chunks are analysed; ``None`` for here.
    """
    if executor is None:
        for chunk in chunks:
            yield chunk, analyse(list(map(plain_of, chunk)))
        return
    waiting: deque[tuple[Sequence[IndexEntry], Future[Analysed]]] = deque()
    try:
        for chunk in chunks:
            waiting.append((chunk, _sent(chunk, analyse, executor)))
            if len(waiting) >= _AHEAD:
                done, future = waiting.popleft()
                yield done, future.result()
        while waiting:
            done, future = waiting.popleft()
            yield done, future.result()
    finally:
        for _, future in waiting:
            future.cancel()


def _sent(
    chunk: Sequence[IndexEntry],
    analyse: Callable[[Sequence[PlainEntry]], Analysed],
    executor: Executor,
) -> Future[Analysed]:
    plain = list(map(plain_of, chunk))
    if len(chunk) >= _WORTH_SENDING:
        return executor.submit(analyse, plain)
    future: Future[Analysed] = Future()
    future.set_result(analyse(plain))
    return future
