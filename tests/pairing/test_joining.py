"""Whoever is found to add most to a part of a group does add most, of all who may join."""

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.pairing.problems import limited_problems
from tests.searching import examples
from utm.pairing import MaxRounds, solve
from utm.pairing.beam import OUT_OF_REACH, exchanged, grown
from utm.pairing.columns import Columns, appraise, learning_and_worth
from utm.pairing.compiling import arrays_of
from utm.pairing.instances import generate
from utm.pairing.joining import Joining

PRICES = st.lists(st.integers(-200_000, 900_000), min_size=8, max_size=8)


def _gain(focus, prices, part, who):
    """Reduced cost of the part with one more, by the code that scores groups."""
    members = np.sort(np.array([[*part, who]], dtype=np.int64), axis=1)
    learning, pairs = learning_and_worth(focus, members)
    return int((learning + pairs).sum() - prices[members].sum())


def _parts_to_join(problem, prices, size):
    """Each focus with its copies, the prices, and all parts that lack one."""
    arrays = arrays_of(problem)
    by_copy = np.resize(np.array(prices, dtype=np.int64), arrays.copies)
    for focus in arrays.foci:
        rows = np.flatnonzero(focus.fits)
        parts = np.array(list(combinations(range(len(rows)), size - 1)), dtype=np.int64)
        if len(parts):
            yield focus, rows, by_copy, parts


@given(problem=limited_problems(most=8), prices=PRICES, size=st.integers(2, 4))
def test_the_best_to_complete_a_group_are_found(problem, prices, size):
    for focus, rows, by_copy, parts in _parts_to_join(problem, prices, size):
        best = Joining(focus, rows, by_copy[rows]).best(parts, 2, size)
        for part, found in zip(parts.tolist(), best.tolist(), strict=True):
            part_rows = rows[part]
            others = [
                row
                for place, row in enumerate(rows.tolist())
                if place not in part and bool(focus.together(part_rows, np.array(row)).all())
            ]
            gains = sorted((_gain(focus, by_copy, part_rows, row) for row in others), reverse=True)
            reached = [_gain(focus, by_copy, part_rows, rows[who]) for who in found if who >= 0]
            assert len(reached) == min(2, len(others))
            # learning is rounded down once for each member, facing a need together once a topic
            assert all(
                abs(gain - most) <= 40 for gain, most in zip(reached, gains[:2], strict=True)
            )


@examples(30)
@given(problem=limited_problems(most=8), prices=PRICES, size=st.integers(2, 4))
def test_nobody_adds_more_to_any_of_some_parts_than_is_told_of_all_of_them(problem, prices, size):
    for focus, rows, by_copy, parts in _parts_to_join(problem, prices, size):
        joining = Joining(focus, rows, by_copy[rows])
        most = joining.most(parts, size)
        for place in range(len(rows)):
            others = parts[(parts != place).all(axis=1)]
            if len(others):
                assert joining.scores(others, size)[:, place].max() <= most[place]


@given(
    problem=limited_problems(most=8),
    prices=PRICES,
    threshold=st.sampled_from([-400_000, 0, 250_000]),
    away=st.sets(st.integers(0, 7), max_size=3),
)
def test_groups_found_quickly_are_admissible_worth_enough_and_of_those_there(
    problem, prices, threshold, away
):
    arrays = arrays_of(problem)
    by_copy = np.resize(np.array(prices, dtype=np.int64), arrays.copies)
    by_copy[[copy for copy in away if copy < arrays.copies]] = OUT_OF_REACH
    for number in range(len(arrays.foci)):
        first = grown(arrays, number, by_copy, threshold)
        for found in (first, exchanged(arrays, number, by_copy, threshold, first)):
            for size in (2, 3, 4):
                of_size = found.taken((found.copies >= 0).sum(axis=1) == size)
                again = appraise(arrays, number, of_size.copies[:, :size])
                assert again.worth.tolist() == of_size.worth.tolist()
                cost = by_copy[of_size.copies[:, :size]].sum(axis=1)
                assert (of_size.worth - cost > threshold).all()


def test_exchanging_from_nothing_finds_nothing():
    arrays = arrays_of(generate(participants=12, seed=1))
    prices = np.zeros(arrays.copies, dtype=np.int64)
    assert len(exchanged(arrays, 0, prices, 0, Columns.none())) == 0


def test_many_small_chunks_find_what_one_large_one_finds(monkeypatch):
    problem = generate(participants=40, seed=5)
    whole = solve(problem, stop=MaxRounds(3))
    monkeypatch.setattr("utm.pairing.joining._CELLS", 64)
    assert solve(problem, stop=MaxRounds(3)) == whole
