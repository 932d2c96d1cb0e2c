"""The engine against a table of all subsets that shares no code with it, nor with `verify`."""

from itertools import combinations

import pytest
from attrs import evolve
from hypothesis import given, settings

from benchmarks.pairing.scoring import Scorer
from benchmarks.pairing.ways import WAYS
from tests.pairing.problems import problems
from utm.pairing import Policy, Problem, Status, evaluate, solve
from utm.pairing.instances import FAMILIES, generate


def best_by_subsets(problem):
    """The highest worth for each set of participants, as bits, from the empty set upwards."""
    scorer = Scorer(problem)
    count = len(scorer.ids)
    worth = {}
    for size in range(2, min(count, 4) + 1):
        for members in combinations(range(count), size):
            best = scorer.best(members)
            if best is not None:
                worth[sum(1 << member for member in members)] = best[0]
    value = [None] * (1 << count)
    value[0] = 0
    for used in range(1, 1 << count):
        last = used.bit_length() - 1  # is it alone, or in which group?
        options = [] if last in scorer.locks else [value[used ^ (1 << last)]]
        options += [
            value[used ^ group] + gained
            for group, gained in worth.items()
            if group & used == group and group >> last and value[used ^ group] is not None
        ]
        value[used] = max((option for option in options if option is not None), default=None)
    return value[-1]


@given(problem=problems(most=9))
@settings(max_examples=15)
def test_the_engine_finds_what_the_table_of_all_subsets_holds(problem):
    result = solve(problem)
    best = best_by_subsets(problem)
    assert (result.status is Status.INFEASIBLE) == (best is None)
    if best is not None:
        assert result.score == result.bound == best


def test_the_table_is_right_where_the_best_pair_is_in_no_best_grouping():
    problem = generate(participants=8, seed=3)
    policy = evolve(problem.policy, largest_group=2)
    problem = evolve(problem, policy=policy)
    scorer = Scorer(problem)
    pairs = {pair: scorer.best(pair) for pair in combinations(range(8), 2)}
    best = max(
        sum(pairs[pair][0] for pair in chosen)
        for count in range(5)
        for chosen in combinations([pair for pair, found in pairs.items() if found], count)
        if len({one for pair in chosen for one in pair}) == 2 * count
    )
    assert best_by_subsets(problem) == best


def test_nobody_is_worth_nothing():
    assert best_by_subsets(Problem(participants=(), policy=Policy())) == 0


QUICK = {"standard", "facilitated"}
families = [
    name if name in QUICK else pytest.param(name, marks=pytest.mark.slow) for name in FAMILIES
]


@pytest.mark.parametrize("family", families)
def test_an_integer_program_over_all_groups_finds_the_same(family):
    problem = generate(participants=15, seed=2, family=FAMILIES[family])
    answer, told = WAYS["set packing, HiGHS"].run(problem, 30.0, 0)
    found = evaluate(problem, answer.groups)
    assert found.keeps_every_rule
    assert solve(problem).score == found.score
    assert abs(told["bound"] - found.score) <= 1_000  # the solver's own tolerance
