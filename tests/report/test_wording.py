from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from pendulum import Date

from tests.report.editions import small_edition
from utm.domain.wording import join_words
from utm.pairing import Result, Status
from utm.report.wording import (
    CHECK_IN_WORDS,
    count_in_words,
    hours_in_words,
    percent_at_most,
    proof_sentences,
    span_in_words,
    worst_day_in_words,
)


@given(st.integers(0, 1_000_000))
def test_a_gap_is_never_told_smaller_than_it_is(millionths: int) -> None:
    told = Fraction(percent_at_most(millionths / 1_000_000).removesuffix(" %"))

    assert told >= Fraction(millionths, 10_000)
    assert told - Fraction(millionths, 10_000) < Fraction(1, 100)


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "0 min"), (45, "45 min"), (60, "1 h"), (150, "2 h 30 min")]
)
def test_minutes_are_told_in_hours(minutes: int, words: str) -> None:
    assert hours_in_words(minutes) == words


def test_counts_agree_with_their_nouns() -> None:
    assert count_in_words(1, "city", "cities") == "one city"
    assert count_in_words(0, "city", "cities") == "no cities"
    assert count_in_words(1_206, "group") == "1,206 groups"


def test_words_are_joined_as_in_english() -> None:
    assert join_words([]) == ""
    assert join_words(["a"]) == "a"
    assert join_words(["a", "b", "c"]) == "a, b and c"


def result(status: Status, *, score: int, bound: int) -> Result:
    return evolve(small_edition().result, status=status, score=score, bound=bound)


def test_the_best_is_called_the_best() -> None:
    (sentence,) = proof_sentences(result(Status.OPTIMAL, score=2_000_000, bound=2_000_000))

    assert "2.000 fully met needs" in sentence
    assert sentence.endswith("this is proven to be the best.")


def test_a_gap_is_told_with_the_bound() -> None:
    (sentence,) = proof_sentences(result(Status.WITHIN_GAP, score=1_990_000, bound=2_000_000))

    assert sentence.endswith("this is proven to be within 0.5 % of the best.")


def test_a_search_that_was_stopped_says_so() -> None:
    first, second = proof_sentences(result(Status.STOPPED, score=1_000_000, bound=2_000_000))

    assert "stopped" in first
    assert "within 50 % of the best" in second


def test_an_infeasible_problem_claims_no_proof() -> None:
    impossible = evolve(
        small_edition().result, status=Status.INFEASIBLE, infeasible_because=("A contradicts B.",)
    )

    assert proof_sentences(impossible) == (
        "No grouping satisfies the hard rules.",
        "A contradicts B.",
    )


def test_a_grouping_without_groups_is_not_called_the_best() -> None:
    nothing = evolve(small_edition().result, groups=(), score=0, bound=0)
    stopped = evolve(nothing, status=Status.STOPPED, bound=2_000_000)

    assert proof_sentences(nothing) == (
        "No group that keeps every rule is worth anything, and that is proven.",
    )
    assert "It had found no grouping by then." in proof_sentences(stopped)
    assert proof_sentences(stopped)[-1].endswith("more than 2.000 fully met needs.")


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ([3], "three"),
        ([3, 2, 3], "two or three"),
        ([2, 4], "two or four"),
        ([4, 2, 3], "two to four"),
        ([2, 3, 5], "two, three or five"),
    ],
)
def test_sizes_in_a_row_are_told_as_a_span(numbers: list[int], words: str) -> None:
    assert span_in_words(numbers) == words


@pytest.mark.parametrize(
    ("months", "words"),
    [
        ([7, 1], "in the worse of January and July"),
        ([4, 4], "in April"),
        ([1, 4, 7], "in the worst of January, April and July"),
    ],
)
def test_a_least_value_is_told_with_the_days_over_which_it_was_taken(
    months: list[int], words: str
) -> None:
    assert worst_day_in_words([Date(2026, month, 15) for month in months]) == words


def test_every_check_of_the_certificate_is_told_in_words() -> None:
    assert {check.name for check in small_edition().verification.checks} == set(CHECK_IN_WORDS)
