"""Participants in several groups, where the policy lets them."""

from itertools import combinations

import pytest
from attrs import evolve
from hypothesis import given

from tests.pairing.problems import best_score_within_limits, limited_problems, problems, several
from tests.searching import examples
from utm.errors import InvalidInputError
from utm.pairing import (
    Allowance,
    GroupPrice,
    Lock,
    Policy,
    Problem,
    Result,
    Status,
    audit,
    evaluate,
    explain,
    repair,
    solve,
    verify,
)
from utm.pairing.instances import generate


@examples(40)
@given(problem=several(limited_problems(most=5)))
def test_no_grouping_with_several_groups_each_is_better_than_the_one_found(problem):
    result = solve(problem)
    best = best_score_within_limits(problem)
    if best is None:
        assert result.status is Status.INFEASIBLE
    else:
        assert result.status is Status.OPTIMAL
        assert result.score == result.bound == best
        assert evaluate(problem, result.groups).keeps_every_rule
    verification = verify(problem, result)
    assert verification.holds, verification.faults


@examples(40)
@given(problem=several(problems(most=6)))
def test_why_not_never_promises_more_than_a_grouping_with_them_gives(problem):
    result = solve(problem)
    if result.status is Status.INFEASIBLE or len(problem.participants) < 2:
        return
    told = explain(problem, result, ("c0", "c1"), force=True)
    if told.forced is not None and told.forced.status is not Status.INFEASIBLE:
        assert told.forced.score <= told.at_most


@examples(40)
@given(problem=several(problems(most=6)))
def test_several_groups_survive_json_and_repair(problem):
    assert Problem.from_json(problem.to_json()) == problem
    result = solve(problem)
    assert Result.from_json(result.to_json()) == result
    if result.status is not Status.INFEASIBLE:
        mended = repair(problem, result)
        assert mended.result.score == result.score
        assert mended.broken == ()


def after_calls(count):
    """Stop when asked for so many times."""
    left = iter(range(count))
    return lambda _progress: next(left, None) is None


def _twice(problem):
    return evolve(problem, policy=evolve(problem.policy, groups_each=2))


def test_two_places_for_all_bring_more_and_never_the_same_group_twice():
    problem = generate(participants=24, seed=3)
    once, twice = solve(problem), solve(_twice(problem))
    assert twice.status is Status.OPTIMAL
    assert once.score < twice.score
    groups = [group.members for group in twice.groups]
    assert len(set(groups)) == len(groups)
    assert max(sum(p.id in members for members in groups) for p in problem.participants) == 2
    assert twice.group_prices


def test_the_bound_holds_whenever_the_search_is_stopped():
    problem = _twice(generate(participants=20, seed=5))
    best = solve(problem).score
    for calls in (0, 2, 5, 11, 30):
        result = solve(problem, stop=after_calls(calls))
        assert result.score <= best <= result.bound
        assert verify(problem, result).holds


def test_a_forged_price_of_a_group_is_caught():
    problem = _twice(generate(participants=16, seed=4))
    result = solve(problem)
    first, *others = result.group_prices
    cheaper = evolve(
        result, group_prices=tuple(others), price_bound=result.price_bound - first.price
    )
    stranger = GroupPrice(members=("nobody", "p00000"), price=1)
    invented = evolve(
        result,
        group_prices=tuple(sorted((*result.group_prices, stranger))),
        price_bound=result.price_bound + 1,
    )
    assert verify(problem, result).holds
    assert not verify(problem, cheaper).holds
    assert not verify(problem, invented).holds


def test_the_same_group_twice_and_a_group_too_many_are_faults():
    problem = _twice(generate(participants=16, seed=4))
    groups = solve(problem).groups
    assert not evaluate(problem, (*groups, groups[0])).keeps_every_rule
    alone = evolve(problem, policy=evolve(problem.policy, groups_each=1))
    assert not evaluate(alone, groups).keeps_every_rule


@given(problem=several(problems(most=5)))
@examples(25)
def test_blocking_groups_are_those_whose_members_all_gain_by_giving_up_their_worst(problem):
    from utm.pairing.definition import Definition
    from utm.pairing.violations import violations_of

    result = solve(problem)
    definition = Definition(problem)
    gains = {name: [] for name in definition.people}
    for group in result.groups:
        for scores in group.member_scores:
            gains[scores.member].append(scores.gain)
    gives_up = {
        name: min(gained) if len(gained) == definition.places[name] else 0
        for name, gained in gains.items()
    }
    formed = {group.members for group in result.groups}
    blocking = {
        members
        for focus in definition.foci()
        for size in (2, 3, 4)
        for members in combinations(sorted(gains), size)
        if members not in formed
        and not violations_of(definition, members, focus)
        and all(
            score.gain > gives_up[score.member]
            for score in definition.group(members, focus).member_scores
        )
    }
    assert {found.group.members for found in audit(problem, result).blocking} == blocking


def test_allowances_that_make_no_sense_are_told_at_once():
    people = generate(participants=3, seed=1).participants
    with pytest.raises(InvalidInputError) as caught:
        Problem(
            participants=people,
            policy=Policy(
                groups_each=0,
                locks=(Lock(members=("p00000",), reason="x"),),
                allowances=(
                    Allowance(participant="p00000", most_groups=2, reason="x"),
                    Allowance(participant="nobody", most_groups=101, reason=""),
                    Allowance(participant="nobody", most_groups=1, reason="x"),
                ),
            ),
        )
    assert [problem.path for problem in caught.value.problems] == [
        "$.policy.groups_each",
        "$.policy.allowances[0].most_groups",
        "$.policy.allowances[1].participant",
        "$.policy.allowances[1].most_groups",
        "$.policy.allowances[1].reason",
        "$.policy.allowances[2].participant",
        "$.policy.allowances[2]",
    ]
