"""The engine against trying everything, and against maximum weight matching."""

from itertools import combinations

import networkx as nx
import pytest
from attrs import evolve
from hypothesis import given

from tests.pairing.problems import admissible_groups, best_score, problems
from tests.searching import examples
from utm.pairing import Status, evaluate, solve, verify
from utm.pairing.instances import FAMILIES, generate


@examples(60)
@given(problem=problems())
def test_no_grouping_is_better_than_the_one_found(problem):
    result = solve(problem)
    best = best_score(problem)
    if best is None:
        assert result.status is Status.INFEASIBLE
        assert result.infeasible_because
    else:
        assert result.status is Status.OPTIMAL
        assert result.score == result.bound == best


@examples(60)
@given(problem=problems(alike=True))
def test_participants_that_nothing_tells_apart_are_grouped_as_well_as_any(problem):
    result = solve(problem)
    best = best_score(problem)
    assert (result.status is Status.INFEASIBLE) == (best is None)
    assert result.score == (best or 0)


@examples(60)
@given(problem=problems())
def test_no_admissible_group_is_worth_more_than_its_prices(problem):
    result = solve(problem)
    if result.status is not Status.INFEASIBLE:
        price = {entry.participant: entry.price for entry in result.prices}
        for members, worth in admissible_groups(problem).items():
            assert worth <= sum(price[name] for name in members)
        assert sum(price.values()) == result.price_bound


@examples(60)
@given(problem=problems())
def test_every_result_verifies_and_evaluates_to_its_own_score(problem):
    result = solve(problem)
    verification = verify(problem, result)
    assert verification.holds, verification.faults
    if result.status is not Status.INFEASIBLE:
        assert verification.proven_bound == result.price_bound
        evaluation = evaluate(problem, result.groups)
        assert evaluation.keeps_every_rule
        assert evaluation.score == result.score


@examples(60)
@given(problem=problems(most=9))
def test_groups_of_two_equal_the_maximum_weight_matching(problem):
    policy = evolve(problem.policy, smallest_group=2, largest_group=2, locks=())
    problem = evolve(problem, policy=policy)
    graph = nx.Graph()
    graph.add_weighted_edges_from(
        (*members, worth) for members, worth in admissible_groups(problem).items()
    )
    matched = nx.max_weight_matching(graph)
    assert solve(problem).score == sum(graph.edges[pair]["weight"] for pair in matched)


@pytest.mark.parametrize(
    ("family", "participants", "seed"), [("scarce-help", 145, 2), ("standard", 300, 2)]
)
def test_many_groups_of_two_are_soon_proven_best(family, participants, seed):
    """Some five hundred columns are left, where odd cycles let the linear program take halves.

    Cuts end that; branch and bound without them goes on and on.
    """
    problem = generate(family=FAMILIES[family], participants=participants, seed=seed)
    problem = evolve(problem, policy=evolve(problem.policy, largest_group=2))
    told = []
    result = solve(problem, stop=lambda _: len(told) > 50, on_progress=told.append)
    assert result.status is Status.OPTIMAL


def test_trying_everything_is_right_on_a_case_worked_by_hand():
    groups = {("a", "b"): 5, ("b", "c"): 6, ("c", "d"): 5}
    best = max(
        sum(groups[pair] for pair in chosen)
        for count in range(3)
        for chosen in combinations(groups, count)
        if len({name for pair in chosen for name in pair}) == 2 * count
    )
    assert best == 10
