"""How alike two texts are: the share of runs of three characters that they have in common."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from attrs import frozen

from utm.domain.names import fold_name
from utm.errors import InvalidValueError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["FULL_LIKENESS", "AlikePair", "alike_pairs", "text_likeness"]

FULL_LIKENESS = 1000
"""Likeness of two equal texts."""

_RUN = 3
_AT_ONCE = 512


class _Rows(Protocol):
    """What is used of a sparse matrix that is kept by rows."""

    data: NDArray[np.int32]
    indices: NDArray[np.int32]
    indptr: NDArray[np.int32]

    def __getitem__(self, rows: slice) -> _Rows: ...
    def __matmul__(self, other: _Rows) -> _Rows: ...
    def transpose(self) -> _Rows: ...
    def tocsr(self) -> _Rows: ...


class _Sparse(Protocol):
    def csr_array(self, parts: object, *, shape: tuple[int, int]) -> _Rows:
        """A matrix of values, their columns, and where each row ends."""
        ...


@frozen(kw_only=True, order=True)
class AlikePair:
    """Two texts that are alike, by their places in a list.

    Parameters
    ----------
    first, second
        Their places; the first is lower.
    likeness
        How alike they are, in thousandths.
    """

    first: int
    second: int
    likeness: int


def text_likeness(one: str, other: str) -> int:
    """How alike two texts are, in thousandths: 1000 for equal ones, 0 for nothing in common.

    Twice the number of runs of three characters that both hold, by the numbers that each
    holds (Dice 1945, on sets), rounded down. Case, accents and punctuation do not count; each
    word begins and ends with a space. It knows no meaning and no inflection: two languages
    have little in common, and neither have synonyms.

    Examples
    --------
    >>> text_likeness("Storing heat", "storing HEAT!")
    1000
    """
    return _likeness(_runs(one), _runs(other))


def alike_pairs(texts: Sequence[str], *, least: int) -> tuple[AlikePair, ...]:
    """Find every pair of texts that is at least so alike, in order of their places.

    Exact. An inverted index of the runs, as a sparse matrix, is multiplied with itself, some
    hundred texts at a time, which counts the runs that any two texts share.

    Parameters
    ----------
    texts
        The texts.
    least
        Least likeness in thousandths, 1 to 1000.

    Raises
    ------
    InvalidValueError
        The least likeness is not a whole number from 1 to 1000.

    Notes
    -----
    Time grows with the sum, over all runs, of the square of the number of texts that hold
    them; memory with the texts.
    """
    if type(least) is not int or not 1 <= least <= FULL_LIKENESS:
        raise InvalidValueError(
            kind="least likeness", value=least, reason="must be a whole number from 1 to 1000"
        )
    import numpy as np  # noqa: PLC0415 - heavy, and needed by few

    holders = _holders(texts)
    sizes = np.diff(holders.indptr).astype(np.int64)
    # What is alike enough shares at least so many of the runs of the first.
    fewest = np.maximum(1, -(-least * sizes // (2 * FULL_LIKENESS - least))).astype(np.int32)
    found: list[AlikePair] = []
    for start in range(0, len(texts), _AT_ONCE):
        stop = min(start + _AT_ONCE, len(texts))
        shared = holders[start:stop] @ holders[start:].transpose().tocsr()
        row_sizes = np.diff(shared.indptr)
        (near,) = np.nonzero(shared.data >= np.repeat(fewest[start:stop], row_sizes))
        first = np.searchsorted(shared.indptr, near, side="right") - 1 + start
        second = shared.indices[near].astype(np.int64) + start
        total = sizes[first] + sizes[second]
        likeness = 2 * FULL_LIKENESS * shared.data[near].astype(np.int64) // total
        kept = (first < second) & (likeness >= least)
        found += [
            AlikePair(first=one, second=other, likeness=share)
            for one, other, share in zip(
                first[kept].tolist(), second[kept].tolist(), likeness[kept].tolist(), strict=True
            )
        ]
    return tuple(sorted(found))


def _holders(texts: Sequence[str]) -> _Rows:
    """A row a text, a column a run, 1 where the text holds the run."""
    import numpy as np  # noqa: PLC0415 - heavy, and needed by few

    # By name, for scipy brings no types; what is used of it stands in the protocols above.
    sparse = cast(_Sparse, import_module("scipy.sparse"))
    numbers: dict[str, int] = {}
    columns: list[int] = []
    ends = [0]
    for text in texts:
        columns += sorted(numbers.setdefault(run, len(numbers)) for run in _runs(text))
        ends.append(len(columns))
    ones = np.ones(len(columns), dtype=np.int32)
    return sparse.csr_array((ones, columns, ends), shape=(len(texts), len(numbers)))


def _likeness(one: frozenset[str], other: frozenset[str]) -> int:
    total = len(one) + len(other)
    return 2 * FULL_LIKENESS * len(one & other) // total if total else 0


def _runs(text: str) -> frozenset[str]:
    folded = fold_name(text)
    padded = f" {folded} " if folded else ""
    return frozenset(padded[at : at + _RUN] for at in range(len(padded) - _RUN + 1))
