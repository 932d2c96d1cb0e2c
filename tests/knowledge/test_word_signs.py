"""Words as signs: a short text from which the words and how often they occur come back."""

from array import array
from collections import Counter
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utm.knowledge import word_signs
from utm.knowledge.word_signs import numbers_of_signs, sign_of, signs_in_rows

NUMBERS = st.lists(
    st.integers(1, 300) | st.sampled_from((0xD7FF, 0xD800, 0xD801)) | st.integers(1, 2**32),
    max_size=30,
)


@given(NUMBERS)
def test_the_numbers_of_signs_come_back(numbers: list[int]) -> None:
    signs = "".join(map(sign_of, numbers))

    assert list(numbers_of_signs(signs)) == numbers
    assert signs.encode().decode() == signs


@given(NUMBERS)
def test_a_sign_occurs_as_often_as_its_word_and_never_by_chance(numbers: list[int]) -> None:
    signs = "".join(map(sign_of, numbers))

    assert {number: signs.count(sign_of(number)) for number in numbers} == Counter(numbers)


@given(st.lists(NUMBERS, max_size=30))
def test_the_signs_of_many_texts_are_those_of_each(texts: list[list[int]]) -> None:
    numbers = [0, *(number for text in texts for number in text)]
    places = array("I", range(1, len(numbers)))
    ends = list(accumulate(map(len, texts)))
    each = ["".join(map(sign_of, text)) for text in texts]

    assert signs_in_rows(numbers, places, ends) == each
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(word_signs, "_FEW", 0)
        assert signs_in_rows(numbers, places, ends) == each
