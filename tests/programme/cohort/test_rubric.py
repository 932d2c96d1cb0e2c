"""The rubric: marks, weights of one's own, conflicts of interest, how firm the ranks are."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utm.domain import ApplicationId
from utm.errors import InvalidValueError
from utm.programme.cohort import (
    Review,
    SelectionPrinciple,
    equal_weights,
    find_weight_room,
    rate_applications,
)

AMBITION, READINESS = SelectionPrinciple.AMBITION, SelectionPrinciple.READINESS


def review(key: str, reviewer: str = "Ada", default: int = 3, **marks: int | None) -> Review:
    given_marks = dict.fromkeys(SelectionPrinciple, default)
    chosen = {**{p.name.lower(): mark for p, mark in given_marks.items()}, **marks}
    return Review(
        application=ApplicationId(key),
        reviewer=reviewer,
        marks=tuple(
            (principle, mark)
            for principle in SelectionPrinciple
            if (mark := chosen[principle.name.lower()]) is not None
        ),
    )


def test_who_is_better_in_everything_is_first_whatever_the_weights() -> None:
    first, second = rate_applications([review("b", default=2), review("a")], equal_weights())

    assert (first.application.value, second.application.value) == ("a", "b")
    assert (first.score_low, first.score_high) == (600_000, 600_000)
    assert first.worst_rank_of_all == 1
    assert first.moved_by == ()


def test_what_moves_a_rank_is_named() -> None:
    ambitious = review("ambitious", default=2, ambition=5)
    steady = review("steady", default=2, ambition=0, readiness=5, knowledge=5)

    ranked = {
        one.application.value: one
        for one in rate_applications([ambitious, steady], equal_weights())
    }

    assert ranked["ambitious"].best_rank == 2
    assert ranked["ambitious"].moved_by == (
        "ambition of the climate target doubled",
        "readiness of the climate action strategy dropped",
        "knowledge and solutions to share with peers dropped",
    )
    assert ranked["ambitious"].best_rank_of_all == 1


def test_a_principle_that_nobody_marked_makes_the_score_a_span() -> None:
    ranked = rate_applications(
        [review("a", ambition=None), review("b"), review("c", default=4)], equal_weights()
    )
    unsure = next(one for one in ranked if one.application.value == "a")

    assert unsure.unmarked == (AMBITION,)
    assert unsure.score_low < 600_000 < unsure.score_high
    assert (unsure.best_rank, unsure.worst_rank) == (2, 3)
    assert "not marked: ambition of the climate target" in unsure.sentence


def test_a_review_with_a_conflict_of_interest_is_left_out_and_named() -> None:
    reviews = [review("a", "Ada", 5), review("a", "Bo", 1)]

    (rated,) = rate_applications(reviews, equal_weights(), conflicts=[("Ada", ApplicationId("a"))])
    (alone,) = rate_applications(
        reviews[:1], equal_weights(), conflicts=[("Ada", ApplicationId("a"))]
    )

    assert rated.left_out == ("Ada",)
    assert rated.score_low == 200_000
    assert (alone.score_low, alone.score_high) == (0, 1_000_000)


MARKS = st.lists(
    st.tuples(st.sampled_from("abcd"), st.sampled_from(["Ada", "Bo"]), st.integers(0, 5)),
    min_size=1,
    unique_by=lambda one: one[:2],
)


@given(MARKS, st.randoms(), st.lists(st.integers(0, 9), min_size=7, max_size=7).filter(any))
def test_ranks_do_not_depend_on_the_order_and_scaling_the_weights_changes_nothing(
    marks: list[tuple[str, str, int]], random: object, chosen: list[int]
) -> None:
    reviews = [review(key, who, mark) for key, who, mark in marks]
    weights = dict(zip(SelectionPrinciple, chosen, strict=True))
    shuffled = sorted(reviews, key=lambda _: random.random())  # type: ignore[attr-defined]

    rated = rate_applications(reviews, weights)

    assert rate_applications(shuffled, weights) == rated
    tripled = rate_applications(reviews, {key: 3 * one for key, one in weights.items()})
    assert [(r.application, r.best_rank) for r in tripled] == [
        (r.application, r.best_rank) for r in rated
    ]
    for one in rated:
        assert one.best_rank_of_all <= one.best_rank <= one.worst_rank <= one.worst_rank_of_all


@pytest.mark.parametrize(
    "weights",
    [{}, dict.fromkeys(SelectionPrinciple, 0), {**equal_weights(), AMBITION: -1}],
)
def test_weights_that_make_no_sense_are_refused(weights: dict[SelectionPrinciple, int]) -> None:
    with pytest.raises(InvalidValueError):
        rate_applications([review("a")], weights)


def test_a_mark_out_of_range_and_a_second_review_are_refused() -> None:
    with pytest.raises(InvalidValueError):
        review("a", default=6)
    with pytest.raises(InvalidValueError):
        rate_applications([review("a"), review("a")], equal_weights())
    with pytest.raises(InvalidValueError):
        Review(
            application=ApplicationId("a"), reviewer="Ada", marks=((READINESS, 1), (READINESS, 2))
        )


def test_how_far_a_weight_may_move_is_told_exactly_with_the_two_that_change_places() -> None:
    # bb leads by 2 marks on readiness and trails by 1 on ambition: equal at ambition twice as heavy
    reviews = [review("aa", ambition=4, readiness=3), review("bb", ambition=3, readiness=5)]
    room = {one.principle: one for one in find_weight_room(reviews, equal_weights())}

    ambition = room[SelectionPrinciple.AMBITION]
    assert (ambition.least, ambition.most) == (None, Fraction(2))
    assert ambition.changed_above == (ApplicationId("bb"), ApplicationId("aa"))
    assert "up to 2.00, where aa reaches bb" in ambition.sentence
    readiness = room[SelectionPrinciple.READINESS]
    assert (readiness.least, readiness.most) == (Fraction(1, 2), None)
    assert "down to 0.50, where aa reaches bb" in readiness.sentence
    assert room[SelectionPrinciple.INNOVATION].sentence.endswith("any weight keeps the order.")


@given(
    st.lists(st.lists(st.integers(0, 5), min_size=7, max_size=7), min_size=2, max_size=4),
    st.lists(st.integers(0, 4), min_size=7, max_size=7).filter(any),
    st.integers(0, 6),
)
def test_within_the_room_no_lead_is_lost_and_at_its_ends_one_is(
    marks: list[list[int]], weights: list[int], place: int
) -> None:
    reviews = [
        Review(
            application=ApplicationId(f"a{number}"),
            reviewer="Ada",
            marks=tuple(zip(SelectionPrinciple, some, strict=True)),
        )
        for number, some in enumerate(marks)
    ]

    def leads(weight: Fraction) -> set[tuple[int, int]]:
        chosen = [Fraction(each) for each in weights]
        chosen[place] = weight
        scores = [
            sum(w * (m * 200_000) for w, m in zip(chosen, some, strict=True)) for some in marks
        ]
        return {
            (one, other)
            for one in range(len(marks))
            for other in range(len(marks))
            if scores[one] > scores[other]
        }

    room = find_weight_room(reviews, dict(zip(SelectionPrinciple, weights, strict=True)))[place]
    here = leads(Fraction(weights[place]))
    low = Fraction(0) if room.least is None else room.least
    high = room.most if room.most is not None else Fraction(1_000)
    for share in (Fraction(1, 1000), Fraction(1, 2), Fraction(999, 1000)):
        within = low + (high - low) * share
        assert here <= leads(within)
    for end in (room.least, room.most):
        assert end is None or not here <= leads(end)


def test_a_panel_that_disagrees_widely_is_named() -> None:
    reviews = [review("aa", "Ada", readiness=1), review("aa", "Bo", readiness=5)]
    (rated,) = rate_applications(reviews, equal_weights())

    assert rated.disputed == (SelectionPrinciple.READINESS,)
