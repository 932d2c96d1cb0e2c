"""Branch and bound finds the best choice of columns, and its bound holds all along."""

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from importlib.util import find_spec, module_from_spec
from itertools import cycle
from multiprocessing import get_context
from pickle import dumps
from types import SimpleNamespace

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.pairing.packings import best_of, entries_of, packings, row_prices
from tests.pairing.problems import limited_problems, several
from tests.searching import examples
from utm.pairing import Status, branching, closing, compiled, search, side_by_side, solve, verify
from utm.pairing.branching import Branching
from utm.pairing.certificate import harvest_above
from utm.pairing.compiling import arrays_of
from utm.pairing.first_prices import first_certificate
from utm.pairing.instances import FAMILIES, generate
from utm.pairing.packing import packing_of


@contextmanager
def _in_steps(steps, **loops):
    """Work in small steps, so that few columns need many; with other loops where told."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(branching, "_STEPS", steps)
        patch.setattr(branching, "_PROGRAMS", 1)
        patch.setattr(branching, "_AT_ONCE", 3)
        for name, loop in loops.items():
            patch.setattr(branching, name, loop)
        yield


@examples(400)
@given(
    drawn=packings(),
    below=st.floats(-0.1, 1),
    steps=st.sampled_from([1, 2, 4, 70]),
    stops=st.lists(st.booleans(), max_size=12),
)
def test_the_best_choice_is_found_and_the_bound_holds_all_along(drawn, below, steps, stops):
    packing, prices = drawn
    best = best_of(packing)
    known = max(0, best - 1 - int(below * best))
    _assert_best(Branching(packing, prices, known), packing, best, steps, stops)


def _assert_best(branches, packing, best, steps, stops=()):
    """Carry a branch and bound to its end; it stops whenever it is told to, and goes on."""
    known, stops = branches.worth, list(stops)
    with _in_steps(steps):
        while not branches.is_done:
            branches.advance(interrupted=lambda: bool(stops and stops.pop()))
            assert branches.bound >= best or best <= known
    if best <= known:
        assert branches.columns is None
        assert branches.worth == known
        return
    times = np.bincount(branches.columns, minlength=len(packing.worth))
    assert (times @ entries_of(packing) <= packing.limits).all()
    assert int(times @ packing.worth) == branches.worth == branches.bound == best


@examples(100)
@given(drawn=packings(), wrong=st.lists(row_prices(), min_size=1, max_size=4))
def test_whatever_prices_a_linear_program_gives_the_best_choice_is_found(drawn, wrong):
    packing, prices = drawn
    given_prices = cycle(wrong)

    def told(_repricing, _columns, room):
        return np.where(room > 0, next(given_prices), 0)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(branching.Repricing, "prices", told)
        best = best_of(packing)
        _assert_best(Branching(packing, prices, max(0, best - 90_000)), packing, best, 1)


def _interpreted():
    """Return the loops as they are without numba."""
    spec = find_spec("utm.pairing.kernels.branches")
    module = module_from_spec(spec)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compiled, "IS_COMPILED", False)
        spec.loader.exec_module(module)
    return module


@examples(40)
@given(drawn=packings(), steps=st.sampled_from([2, 70]))
def test_loops_take_the_same_way_compiled_and_interpreted(drawn, steps):
    packing, prices = drawn
    loops = _interpreted()
    names = ("best_within", "follow", "pick_row", "rank", "settle")
    with _in_steps(steps):
        compiled_way = _way(Branching(packing, prices, 0))
    with _in_steps(steps, **{name: getattr(loops, name) for name in names}):
        assert _way(Branching(packing, prices, 0)) == compiled_way


def _way(branches, executor=None):
    """Return bounds, worths and columns, step by step."""
    way = []
    while not branches.is_done:
        branches.advance(interrupted=lambda: False, executor=executor)
        chosen = None if branches.columns is None else branches.columns.tolist()
        way.append((branches.bound, branches.worth, chosen))
    return way


@pytest.fixture(scope="module", name="packed")
def _packed():
    """The groups near the bound of a problem of 145, prices of all rows, and the best worth."""
    problem = generate(participants=145, seed=12)
    met = []
    branched = closing._branch

    def told(search, tightening):
        met.append(tightening.packed(tightening.columns))
        branched(search, tightening)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(closing, "_branch", told)
        best = solve(problem).score
    return *met[0], best


@pytest.mark.parametrize("workers", [1, 3])
def test_neither_threads_nor_their_number_change_the_way(packed, workers):
    packing, prices, best = packed
    with ThreadPoolExecutor(workers) as executor:
        shared = _way(Branching(packing, prices, best - 20_000), executor)
    assert shared == _way(Branching(packing, prices, best - 20_000))
    assert len(shared) > 1


def test_other_processes_take_the_same_way(packed):
    packing, prices, best = packed
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as executor:
        shared = _way(Branching(packing, prices, best - 1), executor)
    assert shared == _way(Branching(packing, prices, best - 1))


def test_threads_that_are_stopped_lose_no_choice(packed, monkeypatch):
    packing, prices, best = packed
    monkeypatch.setattr(side_by_side, "_ASKED_EVERY", 0)
    branches = Branching(packing, prices, best - 1)
    with ThreadPoolExecutor(1) as executor:
        for _ in range(40):
            branches.advance(interrupted=lambda: True, executor=executor)
            assert branches.bound >= best
    _way(branches)
    assert branches.worth == branches.bound == best


def test_the_same_participants_form_a_group_once_though_they_have_places_for_more():
    problem = generate(participants=4, seed=4)
    problem = evolve(problem, policy=evolve(problem.policy, groups_each=3))
    arrays = arrays_of(problem)
    prices = first_certificate(arrays)
    known = {"keep_all": 1_000, "interrupted": lambda: False}
    columns = harvest_above(arrays, prices, -(10**9), **known).columns()
    _, first = np.unique(columns.copies, axis=0, return_index=True)  # one of each set
    columns = columns.taken(np.sort(first))
    packing = packing_of(arrays, columns, each_once=True)
    branches = Branching(packing, packing.lifted(np.zeros(len(packing.limits), dtype=np.int64)), 0)
    _way(branches)
    chosen = columns.copies[branches.columns].tolist()
    assert len({tuple(each) for each in chosen}) == len(chosen) > 1


def _solved(problem, *, branches, few=0):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(closing, "chooses_by_loops", lambda _classes: branches)
        patch.setattr(closing, "FEW", few)
        return solve(problem)


@examples(40)
@given(problem=st.one_of(limited_problems(most=8), several(limited_problems(most=6))))
def test_searches_end_with_the_same_worth_as_by_an_integer_program(problem):
    with _in_steps(2):
        results = [_solved(problem, branches=branches) for branches in (True, False)]
    told = [(each.status, each.score, each.bound) for each in results]
    assert told[0] == told[1]


@pytest.mark.parametrize("family", sorted(FAMILIES))
@pytest.mark.parametrize("seed", [1, 2])
def test_problems_of_every_family_are_solved_as_by_an_integer_program(family, seed):
    problem = generate(family=FAMILIES[family], participants=50, seed=seed)
    with _in_steps(20):
        branched = _solved(problem, branches=True)
    whole = _solved(problem, branches=False)
    assert (branched.score, branched.bound) == (whole.score, whole.bound)
    assert branched.status is Status.OPTIMAL
    assert verify(problem, branched).holds


class _Columns:
    """Columns of a packing, by number."""

    def __init__(self, packing, numbers):
        self.packing, self.numbers = packing, numbers

    def __len__(self):
        return len(self.numbers)

    def taken(self, chosen):
        return _Columns(self.packing, self.numbers[chosen])


class _Search:
    """As much of a search as the last part of it needs; it must not be asked for ever."""

    executor = None

    def __init__(self, known, bound):
        self.worth, self.bound, self.asked = known, bound, 0

    @property
    def is_open(self):
        self.asked += 1
        assert self.asked < 5_000
        return self.worth < self.bound

    def interrupted(self):
        return False

    def lower(self, bound):
        self.bound = min(self.bound, max(self.worth, bound))

    def keep(self, columns, times):
        self.worth = max(self.worth, int(times @ columns.packing.worth[columns.numbers]))

    def tell(self):
        pass


@examples(200)
@given(drawn=packings(), known=st.integers(-30, 30), above=st.integers(1, 40))
def test_the_last_part_ends_whatever_is_known(drawn, known, above):
    """Also where the prices together are worth no more than what is known."""
    packing, prices = drawn
    best = best_of(packing)
    search = _Search(max(0, best + known), int(packing.limits @ prices) + best + 30 + above)
    expected = max(search.worth, best)
    columns = _Columns(packing, np.arange(len(packing.worth)))
    tightening = SimpleNamespace(packed=lambda _: (packing, prices), columns=columns)
    with _in_steps(4):
        closing._branch(search, tightening)
    assert search.worth == search.bound == expected


def test_where_too_much_would_be_held_the_bound_stays_as_far_as_it_is_proven(monkeypatch):
    problem = generate(participants=145, seed=1)
    best = solve(problem)
    monkeypatch.setattr(branching, "_MOST_HELD", 100_000)
    monkeypatch.setattr(search, "_STUBBORN", 1)
    result = solve(problem)
    assert result.status is Status.STOPPED
    assert result.score <= best.score < result.bound
    assert verify(problem, result).holds


def test_what_is_held_is_counted(packed):
    packing, prices, best = packed
    branches = Branching(packing, prices, best - 20_000)
    met = 0
    while not branches.is_done:
        branches.advance(interrupted=lambda: False)
        nodes = [node for _, _, node in branches._open]
        assert all(node.bound > branches.worth for node in nodes)
        written = sum(len(dumps(node)) for node in nodes)  # all that each refers to
        assert written <= branches._held <= 2 * written
        met += any(node.start is not None for node in nodes)
    assert met


def test_where_too_many_are_near_the_bound_stays_as_far_as_it_is_proven(monkeypatch):
    monkeypatch.setattr(closing, "_SOLVABLE", 500)
    monkeypatch.setattr(search, "_STUBBORN", 1)
    problem = generate(participants=145, seed=1)
    result = solve(problem)
    assert result.status is Status.STOPPED
    assert result.score < result.bound
    assert verify(problem, result).holds
