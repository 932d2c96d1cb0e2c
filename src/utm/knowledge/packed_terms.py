"""The terms of a practice as few bytes, from which an index learns what it has to take out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import accumulate
from operator import sub

from attrs import frozen

__all__ = ["PackedTerms", "pack_terms"]

_PLAIN = 5  # bits of a number that are written as they are, before its length is told
_SMALL = 1 << 15


@frozen(kw_only=True)
class PackedTerms:
    """What stands in an index for one practice: which terms, and how many in all.

    How often each word occurs is not kept: a full-text index takes a word out whole.

    Parameters
    ----------
    size
        Words in all, repeats included.
    mark
        A number from 0 up that tells these words from as many others, repeats included.
    words, facets
        Numbers of the distinct words and facets, from 1 up, ascending.
    """

    size: int
    mark: int
    words: tuple[int, ...]
    facets: tuple[int, ...]

    @classmethod
    def unpack(cls, packed: bytes) -> PackedTerms:
        """Read what `pack_terms` has written."""
        size, mark, count, *gaps = _decode(packed)
        return cls(
            size=size - 1,
            mark=mark - 1,
            words=tuple(accumulate(gaps[: count - 1])),
            facets=tuple(accumulate(gaps[count - 1 :])),
        )


def pack_terms(size: int, mark: int, words: Iterable[int], facets: Iterable[int]) -> bytes:
    """Write the fields of `PackedTerms`; numbers may repeat and stand in any order.

    The size, the mark, the number of distinct words, and the gaps between words and between
    facets, as one row of bits: each number in the exponential Golomb code of order 5, which
    is short for gaps of some dozens up to some thousands.

    References
    ----------
    J. Teuhola, "A compression method for clustered bit-vectors", Information Processing
    Letters 7(6), 1978.
    """
    gaps = _gaps(words)
    numbers = [size + 1, mark + 1, len(gaps) + 1, *gaps, *_gaps(facets)]
    try:
        bits = "1" + "".join(map(_small_codes().__getitem__, numbers))
    except IndexError:
        bits = "1" + "".join(map(_encode, numbers))
    return int(bits, 2).to_bytes((len(bits) + 7) // 8, "big")


def _gaps(numbers: Iterable[int]) -> list[int]:
    ascending = sorted(set(numbers))
    return list(map(sub, ascending, [0, *ascending]))


def _encode(number: int) -> str:
    """Bits of a number from 1 up: zeros that tell a length, so many bits, and five more."""
    high, low = divmod(number - 1, 1 << _PLAIN)
    told = format(high + 1, "b")
    return "0" * (len(told) - 1) + told + format(low, f"0{_PLAIN}b")


def _decode(packed: bytes) -> Iterator[int]:
    bits = format(int.from_bytes(packed, "big"), "b")
    at = 1
    while at < len(bits):
        zeros = bits.index("1", at) - at
        middle = at + 2 * zeros + 1
        high, low = int(bits[at + zeros : middle], 2), int(bits[middle : middle + _PLAIN], 2)
        yield ((high - 1) << _PLAIN) + low + 1
        at = middle + _PLAIN


@cache
def _small_codes() -> list[str]:
    return ["", *map(_encode, range(1, _SMALL))]
