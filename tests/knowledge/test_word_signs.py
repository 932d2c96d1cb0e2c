"""Words as signs: a short text from which the words and how often they occur come back."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from utm.knowledge.word_signs import numbers_of_signs, sign_of

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
