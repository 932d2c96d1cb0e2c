"""The words of many texts on arrays of numbers, which for some thousand texts is far quicker."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from utm.knowledge.word_signs import FIRST_LEAD, FIRST_PAIR, FIRST_TRAIL, TRAILS

__all__ = ["distinct_and_repeated", "signs_on_arrays"]

_BITS = 32


def distinct_and_repeated(
    places: array[int], ends: Sequence[int]
) -> Iterator[tuple[list[int], list[int]]]:
    """For each text its distinct numbers, and those that it holds more than once.

    Parameters
    ----------
    places
        Numbers below 2**32 of one text after the other.
    ends
        For each text where its numbers end.
    """
    sizes = [end - begin for begin, end in pairwise([0, *ends])]
    rows = np.repeat(np.arange(len(ends), dtype=np.uint64), sizes)
    pairs = rows << np.uint64(_BITS) | np.array(places, dtype=np.uint64)
    distinct, times = np.unique(pairs, return_counts=True)
    return zip(_parted(distinct, len(ends)), _parted(distinct[times > 1], len(ends)), strict=True)


def signs_on_arrays(numbers: Sequence[int], places: array[int], ends: Sequence[int]) -> list[str]:
    """As `utm.knowledge.word_signs.signs_in_rows`."""
    of_each = np.array(numbers, dtype=np.int64)[np.array(places, dtype=np.int64)]
    is_pair = of_each >= FIRST_PAIR
    after = np.zeros(len(of_each) + 1, dtype=np.int64)
    np.cumsum(1 + is_pair, out=after[1:])
    points = np.empty(after[-1], dtype="<u4")
    lead, trail = np.divmod(of_each - FIRST_PAIR, TRAILS)
    points[after[1:] - 1] = np.where(is_pair, FIRST_TRAIL + trail, of_each)
    points[after[:-1][is_pair]] = FIRST_LEAD + lead[is_pair]
    signs = points.tobytes().decode("utf-32-le")
    return [signs[begin:end] for begin, end in pairwise([0, *after[list(ends)].tolist()])]


def _parted(pairs: NDArray[np.uint64], rows: int) -> Iterator[list[int]]:
    """The numbers of the pairs of each row."""
    ends = np.searchsorted(pairs >> np.uint64(_BITS), np.arange(rows + 1, dtype=np.uint64))
    numbers: list[int] = (pairs & np.uint64(2**_BITS - 1)).tolist()
    return (numbers[begin:end] for begin, end in pairwise(ends.tolist()))
