"""Cuts by size: as many groups of each size as there are seats for, and no more."""

from itertools import product
from random import Random

import highspy
import numpy as np
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.searching import examples
from utm.domain.identifiers import TopicId
from utm.pairing import Need, Offer, Problem, Status, solve, verify
from utm.pairing.certificate import harvest_above
from utm.pairing.columns import surplus
from utm.pairing.compiling import arrays_of
from utm.pairing.first_prices import first_certificate
from utm.pairing.instances import FAMILIES, generate
from utm.pairing.sizing import offended_sizes, paid_by_each
from utm.pairing.tightening import Tightening

HEAT = TopicId("heat.shade")


@st.composite
def _solutions(draw):
    """Columns of some classes, their places, and the shares that a linear program takes."""
    places = draw(st.lists(st.integers(1, 3), min_size=2, max_size=7))
    seats = [row for row, count in enumerate(places) for _ in range(count)]
    one = st.lists(
        st.sampled_from(range(len(seats))), min_size=2, max_size=min(4, len(seats)), unique=True
    )
    columns = draw(st.lists(one, min_size=6, max_size=30))
    entries = np.zeros((len(columns), len(places)), dtype=np.int64)
    for column, taken in zip(entries, columns, strict=True):
        np.add.at(column, [seats[seat] for seat in taken], 1)
    sizes = entries.sum(axis=1)
    worth = sizes * 10 + draw(st.integers(0, 5)) * (sizes - 2)  # all the same, whoever meets whom
    limits = np.array(places, dtype=np.int64)
    program = _program(entries, limits, worth)
    program.run()
    return entries, limits, np.array(program.getSolution().col_value)


def _program(entries, places, worth):
    """The linear program over columns, silent."""
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
    for each in worth.tolist():
        solver.addCol(float(each), 0.0, highspy.kHighsInf, 0, [], [])
    columns = list(range(len(worth)))
    for row, limit in zip(entries.T, places.tolist(), strict=True):
        solver.addRow(0.0, float(limit), len(columns), columns, row.astype(float))
    return solver


@examples(300)
@given(drawn=_solutions(), seed=st.integers(0, 1_000))
def test_no_whole_choice_offends_a_cut_by_size_and_the_shares_do(drawn, seed):
    entries, places, shares = drawn
    random = Random(seed)  # noqa: S311 - a test, not a secret
    for cut in offended_sizes(entries, places, shares):
        held = entries[:, list(cut.classes)].sum(axis=1)
        assert shares @ np.array(cut.counts)[held] > cut.limit
        for _ in range(20):
            left, counted = places.copy(), 0
            for column in random.choices(range(len(entries)), k=20):
                if (left >= entries[column]).all():
                    left -= entries[column]
                    counted += cut.counts[held[column]]
            assert counted <= cut.limit


@pytest.mark.parametrize("seats", range(2, 27))
def test_alike_participants_are_left_no_share_of_a_group(seats):
    """The program is left with as many groups of each size as whole choices can have."""
    worth = {2: 1_000, 3: 1_900, 4: 2_900}
    entries = np.array([[size] for size in worth], dtype=np.int64)
    best = max(
        sum(count * worth[size] for count, size in zip(counts, worth, strict=True))
        for counts in product(*(range(seats // size + 1) for size in worth))
        if sum(count * size for count, size in zip(counts, worth, strict=True)) <= seats
    )
    places = np.array([seats], dtype=np.int64)
    assert _cut_to_the_end(entries, places, np.array(list(worth.values()))) == best


def _cut_to_the_end(entries, places, worth):
    """Value of the linear program once no share offends a cut by size."""
    solver = _program(entries, places, worth)
    columns = list(range(len(worth)))
    while True:
        solver.run()
        shares = np.array(solver.getSolution().col_value)
        cuts = offended_sizes(entries, places, shares)
        if not cuts:
            return round(solver.getInfo().objective_function_value)
        for cut in cuts:
            taken = np.array(cut.counts, dtype=float)[entries[:, 0]]
            solver.addRow(0.0, float(cut.limit), len(columns), columns, taken)


@examples(200)
@given(
    counts=st.lists(st.integers(0, 9), min_size=4, max_size=4).map(sorted),
    price=st.integers(0, 10**7),
    largest=st.integers(2, 4),
)
def test_what_each_pays_is_never_more_than_a_group_pays(counts, price, largest):
    counts = (0, *counts)
    each, spared = paid_by_each(counts, price, largest)
    assert each >= 0
    assert spared >= 0
    for held in range(largest + 1):
        assert each * held - spared <= price * counts[held]
    assert each * largest - spared == price * counts[largest]


def _all_need_the_same(count, seed=2):
    """Participants with one need in common, and offers that differ; so does their context."""
    drawn = generate(participants=count, seed=seed)
    people = tuple(
        evolve(
            each,
            needs=(Need(topic=HEAT, weight_share=1.0),),
            offers=(Offer(topic=HEAT, maturity=1 + number % 5),),
        )
        for number, each in enumerate(drawn.participants)
    )
    return Problem(participants=people, policy=drawn.policy)


def test_nothing_is_missed_by_a_look_that_knows_what_cuts_by_size_cost():
    arrays = arrays_of(_all_need_the_same(22))
    prices = first_certificate(arrays)
    every = harvest_above(arrays, prices, -(10**12), keep_all=10**6, interrupted=lambda: False)
    columns = every.columns()
    tightening = Tightening(arrays, columns, prices)
    tightening.run(known=lambda: 0, interrupted=lambda: False, tell=lambda: None, by_size=True)
    assert all(cut.counts is not None for cut in tightening.cuts)
    assert tightening.paid.relief > 0
    for threshold in (0, -50_000):
        looked = harvest_above(
            arrays,
            tightening.prices,
            threshold,
            keep_all=10**6,
            interrupted=lambda: False,
            paid=tightening.paid,
        )
        excess = surplus(arrays, columns, tightening.prices) - tightening.paid.of(columns)
        assert sorted(looked.columns().worth) == sorted(columns.worth[excess > threshold])


@pytest.mark.parametrize("count", [18, 22, 27])
def test_where_all_need_the_same_topic_the_best_grouping_is_proven(count):
    problem = _all_need_the_same(count)
    result = solve(problem)
    assert result.status is Status.OPTIMAL
    assert verify(problem, result).holds


def test_a_choice_by_size_is_found_where_prices_by_participant_mislead(monkeypatch):
    """The linear program would place all in fours; two are left over, or two groups of three."""
    monkeypatch.setattr("utm.pairing.search._SOON_ENUMERATED", 10)
    monkeypatch.setattr("utm.pairing.search._QUICKLY_SOLVED", 10)
    problem = _all_need_the_same(22)
    chosen = []
    monkeypatch.setattr("utm.pairing.search.reform_on", lambda search: chosen.append(search.groups))
    assert solve(problem).status is Status.OPTIMAL
    assert sorted((chosen[0].copies >= 0).sum(axis=1).tolist()) == [3, 3, 4, 4, 4, 4]


@pytest.mark.parametrize("family", ["standard", "facilitated", "twins"])
def test_cuts_by_size_leave_the_best_grouping(family):
    problem = generate(family=FAMILIES[family], participants=26, seed=3)
    known = solve(problem)
    arrays = arrays_of(problem)
    prices = first_certificate(arrays)
    whole = harvest_above(arrays, prices, -(10**12), keep_all=10**6, interrupted=lambda: False)
    tightening = Tightening(arrays, whole.columns(), prices)
    tightening.run(known=lambda: 0, interrupted=lambda: False, tell=lambda: None, by_size=True)
    assert tightening.bound >= known.score + arrays.total_bonus
