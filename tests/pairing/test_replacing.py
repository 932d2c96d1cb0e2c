"""The groups that could take the place of another, compared with trying them all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pairing.problems import admissible_groups, problems
from tests.searching import examples
from utm.errors import InvalidInputError
from utm.pairing import Status, alternatives, solve
from utm.pairing.instances import generate


@examples(25)
@given(problem=problems(most=6), within=st.sampled_from([0.0, 0.01, 0.3]))
def test_exactly_the_groups_that_the_prices_allow_are_found(problem, within):
    result = solve(problem)
    if result.status is Status.INFEASIBLE:
        return
    price = {entry.participant: entry.price for entry in result.prices}
    groups = admissible_groups(problem)
    for group in result.groups:
        costs = {
            members: max(
                0, result.score - result.price_bound - worth + sum(price[m] for m in members)
            )
            for members, worth in groups.items()
            if members != group.members and set(members) & set(group.members)
        }
        near = {members: cost for members, cost in costs.items() if cost <= within * result.score}
        told = alternatives(problem, result, group.members, within=within, most=100)
        assert {each.group.members: each.costs_at_least for each in told} == near
        assert all(each.group.score == groups[each.group.members] for each in told)
        assert [each.costs_at_least for each in told] == sorted(near.values())


def best_of(groups, names):
    """The highest worth of disjoint groups of some participants."""
    if not names:
        return 0
    with_first = [
        worth + best_of(groups, names - set(members))
        for members, worth in groups.items()
        if min(names) in members and set(members) <= names
    ]
    return max([best_of(groups, names - {min(names)}), *with_first])


def test_no_alternative_is_cheaper_when_the_best_grouping_with_it_is_counted():
    problem = generate(participants=8, seed=2)
    result, groups = solve(problem), admissible_groups(problem)
    names = {participant.id for participant in problem.participants}
    told = alternatives(problem, result, result.groups[0].members, within=0.5)
    assert told
    for each in told:
        rest = best_of(groups, names - set(each.group.members))
        assert result.score - each.group.score - rest >= each.costs_at_least


def test_every_fault_of_the_question_is_told_at_once():
    problem = generate(participants=6, seed=1)
    with pytest.raises(InvalidInputError) as caught:
        alternatives(problem, solve(problem), ("nobody",), within=float("nan"), most=-1)
    assert len(caught.value.problems) == 3
