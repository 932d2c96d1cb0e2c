"""Search by meaning: vectors of somebody else's making, compared exactly."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from utm.domain.practice import PracticeId
from utm.errors import InvalidValueError
from utm.knowledge.entry import IndexEntry

__all__ = ["Embedder", "MeaningIndex"]

_GRAIN = 10_000
_BATCH = 256


class Embedder(Protocol):
    """Anything that turns texts into vectors, such as a model or a service.

    The same text must give the same vector as long as name and version stay the same.
    """

    @property
    def name(self) -> str:
        """What it is called."""
        ...

    @property
    def version(self) -> str:
        """Its state; vectors of two versions are never compared."""
        ...

    @property
    def dimensions(self) -> int:
        """Length of its vectors, from 1 up."""
        ...

    def encode_texts(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """One vector a text that is to be found."""
        ...

    def encode_questions(self, questions: Sequence[str]) -> Sequence[Sequence[float]]:
        """One vector a question."""
        ...


class MeaningIndex:
    """Vectors of practices, compared one by one with that of a question.

    Vectors are brought to length one and to whole numbers, so that sums are exact and the
    order is the same on every machine. A search takes time and memory in proportion to
    practices times dimensions.

    Parameters
    ----------
    embedder
        What makes the vectors.
    """

    def __init__(self, embedder: Embedder) -> None:
        self.embedder = embedder
        self._vectors: dict[PracticeId, tuple[int, ...]] = {}

    def put(self, entries: Iterable[IndexEntry]) -> None:
        """Add practices, or replace those that are in: all or none.

        Raises
        ------
        InvalidValueError
            As for `encode`.
        """
        self.hold(self.encode(entries))

    def encode(self, entries: Iterable[IndexEntry]) -> dict[PracticeId, tuple[int, ...]]:
        """Make the vectors of practices, and change nothing.

        Raises
        ------
        InvalidValueError
            The embedder gave another number of vectors than it was given texts, or one that
            is not finite or has another length. What the embedder raises itself passes.
        """
        waiting = list(entries)
        vectors: dict[PracticeId, tuple[int, ...]] = {}
        for start in range(0, len(waiting), _BATCH):
            batch = waiting[start : start + _BATCH]
            encoded = self.embedder.encode_texts([_text(entry) for entry in batch])
            self._require(encoded, count=len(batch))
            for entry, vector in zip(batch, encoded, strict=True):
                vectors[entry.id] = self._whole(vector)
        return vectors

    def hold(self, vectors: Mapping[PracticeId, tuple[int, ...]]) -> None:
        """Add practices, or replace those that are in, by the vectors that `encode` gave."""
        self._vectors.update(vectors)

    def remove(self, key: PracticeId) -> bool:
        """Take a practice out; tell whether it was in."""
        return self._vectors.pop(key, None) is not None

    def likeness(self, words: str) -> dict[PracticeId, int]:
        """The cosine between a question and each practice, in hundred-millionths.

        Practices whose cosine is not positive are left out.

        Raises
        ------
        InvalidValueError
            As for `encode`.
        """
        if not self._vectors:
            return {}
        import numpy as np  # noqa: PLC0415 - heavy, and needed by few

        encoded = self.embedder.encode_questions([words])
        self._require(encoded, count=1)
        asked = self._whole(encoded[0])
        matrix = np.array(list(self._vectors.values()), dtype=np.int64)
        products = (matrix @ np.array(asked, dtype=np.int64)).tolist()
        return {
            key: int(product)
            for key, product in zip(self._vectors, products, strict=True)
            if product > 0
        }

    def _require(self, encoded: Sequence[object], *, count: int) -> None:
        if len(encoded) != count:
            self._refuse(len(encoded), f"are not {count} vectors")

    def _whole(self, vector: Sequence[float]) -> tuple[int, ...]:
        values = [float(value) for value in vector]
        if len(values) != self.embedder.dimensions or not all(map(math.isfinite, values)):
            self._refuse(len(values), f"must have {self.embedder.dimensions} finite numbers")
        length = math.hypot(*values)
        return tuple(round(_GRAIN * value / length) if length else 0 for value in values)

    def _refuse(self, value: object, reason: str) -> None:
        raise InvalidValueError(kind=f"vectors of {self.embedder.name}", value=value, reason=reason)


def _text(entry: IndexEntry) -> str:
    return "\n".join(
        part
        for text in entry.texts
        for part in (text.title, text.summary, text.body, text.topics)
        if part
    )
