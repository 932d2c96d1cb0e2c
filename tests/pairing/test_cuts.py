"""Cuts hold for every grouping, are found where shares offend them, and bring bounds down."""

from functools import cache
from itertools import combinations
from random import Random

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.searching import examples
from utm.pairing import Lock, halving, solve, verify
from utm.pairing.certificate import best_of_each_class, harvest_above
from utm.pairing.compiling import arrays_of
from utm.pairing.cuts import Cut, rows_of
from utm.pairing.first_prices import first_certificate
from utm.pairing.halving import offended_halves, offended_threes
from utm.pairing.instances import FAMILIES, generate
from utm.pairing.master import select
from utm.pairing.tightening import Tightening

_ROWS = 9


@st.composite
def _columns(draw):
    """Classes of columns as rows, padded; a class may be taken more than once."""
    one = st.lists(st.integers(0, _ROWS - 1), min_size=1, max_size=4).map(sorted)
    rows = draw(st.lists(one, min_size=1, max_size=12))
    return np.array([row + [-1] * (4 - len(row)) for row in rows], dtype=np.int64)


@cache
def _most_counted(counts, seats):
    """What groups count together at most that hold so many, by trying all sizes."""
    fits = range(1, min(seats, len(counts) - 1) + 1)
    rest = (counts[held] + _most_counted(counts, seats - held) for held in fits)
    return max(rest, default=0)


@st.composite
def _cuts(draw, places):
    """Cuts of classes, and of cuts that came before."""
    cuts = []
    for _ in range(draw(st.integers(1, 5))):
        classes = draw(st.lists(st.integers(0, _ROWS - 1), max_size=5, unique=True).map(sorted))
        halved = draw(st.lists(st.sampled_from(cuts), max_size=2, unique=True)) if cuts else []
        seats = sum(places[each] for each in classes)
        total = seats + sum(cut.limit for cut in halved)
        cuts.append(Cut(classes=tuple(classes), cuts=tuple(halved), limit=total // 2))
        if draw(st.booleans()):  # what groups count by how many they hold
            counts = (0, *draw(st.lists(st.integers(0, 5), min_size=4, max_size=4).map(sorted)))
            limit = _most_counted(counts, seats)
            cuts.append(Cut(classes=tuple(classes), counts=counts, limit=limit))
    return cuts


@examples(200)
@given(data=st.data(), seed=st.integers(0, 1_000))
def test_no_whole_choice_of_columns_offends_a_cut(data, seed):
    places = data.draw(st.lists(st.integers(1, 3), min_size=_ROWS, max_size=_ROWS))
    classes, cuts = data.draw(_columns()), data.draw(_cuts(places))
    rows = rows_of(cuts, classes)
    left = list(places)
    random = Random(seed)  # noqa: S311 - a test, not a secret
    times = np.zeros(len(classes), dtype=np.int64)
    for _ in range(20):  # whatever fits
        column = random.randrange(len(classes))
        members = [each for each in classes[column].tolist() if each >= 0]
        if all(left[each] >= members.count(each) for each in members):
            times[column] += 1
            for each in members:
                left[each] -= 1
    assert (times @ rows.entries <= rows.limits).all()


@examples(100)
@given(data=st.data())
def test_what_is_known_of_some_cuts_changes_nothing(data):
    classes, cuts = data.draw(_columns()), data.draw(_cuts([1] * _ROWS))
    entries = rows_of(cuts, classes).entries
    known = {cut: entries[:, number] for number, cut in enumerate(cuts[::2])}
    some = {cut: entries[:, cuts.index(cut)] for cut in known}
    assert (rows_of(cuts, classes, some).entries == entries).all()


def _shared(seed):
    """A packing by shares: columns of two to four of 12 rows with one place, by row."""
    random = Random(seed)  # noqa: S311 - a test, not a secret
    entries = np.zeros((14, 12), dtype=np.int64)
    for column in entries:
        column[random.sample(range(12), random.randint(2, 4))] = 1
    weights = np.array([random.choice([0.0, 0.25, 0.5, 1.0]) for _ in entries])
    return entries, np.ones(12, dtype=np.int64), weights / max(1.0, (weights @ entries).max())


@examples(100)
@given(seed=st.integers(0, 100_000))
def test_threes_are_those_that_are_offended_and_no_other(seed):
    entries, limits, shares = _shared(seed)
    offence = {
        three: shares @ (entries[:, three].sum(axis=1) // 2) - 1
        for three in combinations(range(12), 3)
    }
    found = [tuple(three) for three in offended_threes(entries, limits, shares)]
    assert len(set(found)) == len(found)
    assert {three for three, by in offence.items() if by > 0.02 + 1e-9} <= set(found)
    assert all(offence[three] > 0.02 - 1e-9 for three in found)


@examples(100)
@given(seed=st.integers(0, 100_000))
def test_halves_that_are_found_are_offended_and_again_the_same(seed):
    entries, limits, shares = _shared(seed)
    found = offended_halves(entries, limits, shares, most=5, seed=seed)
    assert len(found) <= 5
    for rows in found:
        limit = int(limits[rows].sum()) // 2
        assert shares @ (entries[:, rows].sum(axis=1) // 2) > limit + 0.02 - 1e-6
    assert found == offended_halves(entries, limits, shares, most=5, seed=seed)


@st.composite
def _taken_by_shares(draw):
    """Columns that take rows of any limit, some often, by shares that may be whole."""
    rows, columns = draw(st.integers(1, 13)), draw(st.integers(0, 24))
    random = np.random.default_rng(draw(st.integers(0, 100_000)))
    entries = random.choice([0, 0, 0, 1, 1, 2, 3], (columns, rows))
    limits = random.choice([0, 1, 1, 1, 2, 3, 50], rows)
    return entries, limits, random.choice([0, 0.25, 1 / 3, 0.5, 0.5, 1, 1.5, 2], columns)


@examples(150)
@given(drawn=_taken_by_shares(), seed=st.integers(0, 100_000))
def test_loops_and_products_find_the_same_halves(drawn, seed):
    entries, limits, shares = drawn
    found = []
    for wants_loops in (True, False):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(halving, "_wants_loops", lambda _rows, wants=wants_loops: wants)
            found.append(offended_halves(entries, limits, shares, most=50, seed=seed))
    assert found[0] == found[1]


@pytest.mark.parametrize("length", [5, 7, 9])
def test_an_odd_ring_of_pairs_is_halved_where_no_three_is_offended(length):
    entries = np.eye(length, dtype=np.int64) + np.roll(np.eye(length, dtype=np.int64), 1, axis=1)
    limits, shares = np.ones(length, dtype=np.int64), np.full(length, 0.5)
    assert offended_threes(entries, limits, shares) == []
    assert list(range(length)) in [
        sorted(rows) for rows in offended_halves(entries, limits, shares, most=5, seed=0)
    ]


def test_nothing_is_offended_by_a_whole_choice():
    entries = np.eye(6, dtype=np.int64)
    shares, limits = np.ones(6), np.ones(6, dtype=np.int64)
    assert offended_threes(entries, limits, shares) == []
    assert offended_halves(entries, limits, shares, most=5, seed=0) == []


def _tightened(problem, known):
    """All columns, and the program over them after its cuts."""
    arrays = arrays_of(problem)
    prices = first_certificate(arrays)
    whole = harvest_above(arrays, prices, -(10**12), keep_all=10**6, interrupted=lambda: False)
    columns = whole.columns()
    tightening = Tightening(arrays, columns, prices)
    plain = Tightening(arrays, columns, prices)
    plain._solve(lambda: known, lambda: False)
    tightening.run(known=lambda: known, interrupted=lambda: False, tell=lambda: None)
    return arrays, columns, tightening, plain.bound


def _best_of(arrays, columns, rows_of_cuts=lambda _: None):
    """Worth of the best choice of whole columns."""
    selection = select(
        arrays,
        columns,
        start=np.zeros(len(columns), dtype=np.int64),
        seed=0,
        interrupted=lambda _: False,
        cuts=rows_of_cuts(columns),
    )
    return selection.bound


@pytest.mark.parametrize("family", ["standard", "facilitated", "twins", "shared-needs"])
@pytest.mark.parametrize("seed", [1, 2])
def test_cuts_leave_the_best_grouping_and_no_bound_below_it(family, seed, monkeypatch):
    monkeypatch.setattr("utm.pairing.tightening.FEW", 0)
    problem = generate(family=FAMILIES[family], participants=20, seed=seed)
    best = solve(problem)
    arrays = arrays_of(problem)
    known = best.score + arrays.total_bonus - 1  # so that the best is still better
    _, _, tightening, plain = _tightened(problem, known)
    assert known < tightening.bound <= plain
    assert _best_of(arrays, tightening.columns, tightening.rows_of) == known + 1


def _looking(problem, known):
    """A program over few columns at first, that looks at all groups; and how often it did."""
    arrays = arrays_of(problem)
    looks = []

    def look(prices, threshold, paid):
        looks.append(threshold)
        return harvest_above(
            arrays, prices, threshold, keep_all=10**6, interrupted=lambda: False, paid=paid
        )

    prices = first_certificate(arrays)
    few = best_of_each_class(arrays, look(prices, -(10**12), None).columns(), prices, 3)
    looks.clear()
    tightening = Tightening(arrays, few, prices, look)
    tightening.run(known=lambda: known, interrupted=lambda: False, tell=lambda: None)
    return arrays, tightening, looks


@pytest.mark.parametrize("family", ["standard", "facilitated", "twins", "regions"])
@pytest.mark.parametrize("seed", [1, 2])
def test_a_program_that_looks_at_all_groups_misses_none_of_the_best_grouping(
    family, seed, monkeypatch
):
    monkeypatch.setattr("utm.pairing.tightening.FEW", 0)
    problem = generate(family=FAMILIES[family], participants=20, seed=seed)
    known = solve(problem).score + arrays_of(problem).total_bonus - 1
    arrays, tightening, looks = _looking(problem, known)
    assert set(looks) == {0}
    plain = _tightened(problem, known)[3]
    assert known < tightening.bound <= plain + 100  # of a price rounded up for each
    assert (tightening.excess_of(tightening.columns) == tightening.excess).all()
    assert tightening.complete(known)
    assert looks[-1] <= known - tightening.bound
    assert (tightening.excess_of(tightening.columns) == tightening.excess).all()
    assert _best_of(arrays, tightening.columns) == known + 1


def test_what_looks_at_all_groups_ends_where_the_whole_program_ends(monkeypatch):
    problem = generate(participants=40, seed=1)
    known = solve(problem).score - 200_000
    _, tightening, _ = _looking(problem, known)
    monkeypatch.setattr("utm.pairing.tightening.FEW", 0)
    _, _, whole, plain = _tightened(problem, known)
    assert tightening.cuts
    assert tightening.bound < plain
    assert abs(tightening.bound - whole.bound) < (plain - whole.bound) // 2


def test_a_program_that_was_cut_short_completes_nothing():
    arrays = arrays_of(generate(participants=20, seed=1))
    prices = first_certificate(arrays)
    whole = harvest_above(arrays, prices, -(10**12), keep_all=10**6, interrupted=lambda: False)
    columns = whole.columns()
    answers = [whole, whole, None]  # the first look is the last that ends
    tightening = Tightening(arrays, columns.taken(np.arange(50)), prices, lambda *_: answers.pop())
    before = tightening.bound
    tightening.run(known=lambda: 0, interrupted=lambda: False, tell=lambda: None)
    assert tightening.bound == before
    assert not tightening.complete(0)
    assert len(answers) == 2


@pytest.mark.parametrize("enumerable", [20, 400_000])
@pytest.mark.parametrize("rounds", [1, 2, 3])
def test_rounds_that_are_used_up_leave_a_proof(enumerable, rounds, monkeypatch):
    problem = generate(participants=40, seed=1)
    best = solve(problem)
    monkeypatch.setattr("utm.pairing.tightening._ROUNDS", rounds)
    monkeypatch.setattr("utm.pairing.tightening.FEW", 0)
    monkeypatch.setattr("utm.pairing.closing._SOLVED_AT_ONCE", 0)
    monkeypatch.setattr("utm.pairing.search._ENUMERABLE", enumerable)
    monkeypatch.setattr("utm.pairing.search._QUICKLY_SOLVED", 10)
    result = solve(problem)
    assert result.score <= best.score <= result.bound
    assert verify(problem, result).holds


def test_a_program_over_groups_of_several_bounds_the_best_grouping(monkeypatch):
    monkeypatch.setattr("utm.pairing.tightening.FEW", 0)
    problem = generate(participants=16, seed=1)
    problem = evolve(problem, policy=evolve(problem.policy, groups_each=2))
    best = solve(problem)
    _, _, tightening, _ = _tightened(problem, best.score - 1)
    assert tightening.bound >= best.score


def _rounds(problem, score):
    """In how many rounds a program is cut until that stops helping."""
    told = []
    arrays = arrays_of(problem)
    known = score + arrays.total_bonus - 300_000
    prices = first_certificate(arrays)
    whole = harvest_above(arrays, prices, -(10**12), keep_all=10**6, interrupted=lambda: False)
    tightening = Tightening(arrays, whole.columns(), prices)
    tightening.run(known=lambda: known, interrupted=lambda: False, tell=lambda: told.append(1))
    return len(told)


def test_the_bonus_of_the_locked_cuts_no_rounds_short(monkeypatch):
    monkeypatch.setattr("utm.pairing.tightening.FEW", 0)
    monkeypatch.setattr("utm.pairing.tightening._PATIENCE", 1)
    monkeypatch.setattr("utm.pairing.tightening._STALL", 5e-4)
    problem = generate(participants=60, seed=1)
    free = solve(problem)
    lock = Lock(members=free.groups[0].members[:2], reason="They work together already.")
    locked = evolve(problem, policy=evolve(problem.policy, locks=(lock,)))
    assert _rounds(locked, free.score) == _rounds(problem, free.score)


@pytest.mark.parametrize("seed", [1, 2, 5])
def test_a_program_with_cuts_prices_all_columns_and_agrees_with_their_rows(seed, monkeypatch):
    monkeypatch.setattr("utm.pairing.tightening._FIRST", 50)
    monkeypatch.setattr("utm.pairing.tightening._MORE", 20)
    monkeypatch.setattr("utm.pairing.tightening.FEW", 0)
    problem = generate(participants=40, seed=seed)
    _, columns, tightening, plain = _tightened(problem, solve(problem).score - 200_000)
    assert tightening.cuts
    assert tightening.bound < plain
    assert (tightening.excess_of(tightening.columns) == tightening.excess).all()
    assert len(tightening.columns) < len(columns)
    assert (tightening.excess_of(columns) <= 1_000).all()
