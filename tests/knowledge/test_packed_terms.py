"""What an index notes of a practice comes back as it was, in few bytes."""

from hypothesis import given
from hypothesis import strategies as st

from utm.knowledge.packed_terms import PackedTerms, pack_terms

NUMBERS = st.lists(st.integers(1, 300) | st.integers(1, 2**40), max_size=30)


@given(st.integers(0, 2**30), st.integers(0, 2**20), NUMBERS, NUMBERS)
def test_what_is_packed_comes_back_in_order_and_once(
    size: int, mark: int, words: list[int], facets: list[int]
) -> None:
    packed = pack_terms(size, mark, words, facets)

    assert PackedTerms.unpack(packed) == PackedTerms(
        size=size,
        mark=mark,
        words=tuple(sorted(set(words))),
        facets=tuple(sorted(set(facets))),
    )


def test_small_gaps_take_less_than_a_byte() -> None:
    assert len(pack_terms(100, 0, range(1, 101), ())) < 80
