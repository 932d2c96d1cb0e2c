"""A changed problem, solved from what the earlier result knows."""

from itertools import product

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.pairing.problems import limited_problems, problems, several
from tests.searching import examples
from utm.errors import InvalidInputError
from utm.pairing import (
    UNIT,
    Exclusion,
    GapBelow,
    Status,
    evaluate,
    explain,
    solve,
    verify,
    what_if,
)
from utm.pairing.instances import generate


@given(problem=several(limited_problems(most=6)), other=several(limited_problems(most=6)))
@examples(12)
def test_whatever_a_search_begins_from_it_ends_with_the_same_score(problem, other):
    fresh = solve(problem)
    for earlier in (fresh, solve(other)):
        again = solve(problem, start=earlier)
        assert (again.score, again.status) == (fresh.score, fresh.status)
        assert verify(problem, again).holds


@given(problem=problems(most=6, alike=True))
@examples(15)
def test_a_start_counts_those_who_are_alike_once_each(problem):
    fresh = solve(problem)
    assert solve(problem, start=fresh).score == fresh.score


@given(problem=problems(most=6), weight=st.sampled_from([0.0, 0.5, 1.0]))
@examples(15)
def test_a_changed_weight_is_answered_as_if_solved_afresh(problem, weight):
    before = solve(problem)
    policy = evolve(problem.policy, shared_challenge=weight)
    told = what_if(problem, before, policy=policy)
    assert told.result.score == solve(evolve(problem, policy=policy)).score
    if told.earlier_score is not None:
        assert told.earlier_score <= told.result.score
        groups = evaluate(told.problem, before.groups)
        assert groups.score == told.earlier_score
    assert told.sentences


def test_forbidding_two_parts_them_and_says_who_gains_and_who_loses():
    problem = generate(participants=18, seed=4)
    before = solve(problem)
    one, two = before.groups[0].members[:2]
    told = what_if(problem, before, forbid=(one, two))
    assert not any({one, two} <= set(group.members) for group in told.result.groups)
    assert told.result.score <= before.score
    assert before.groups[0].members in told.dissolved
    assert set(told.kept) | set(told.dissolved) == {group.members for group in before.groups}
    now = {s.member: s.gain for group in told.result.groups for s in group.member_scores}
    assert all(change.after == now.get(change.participant) for change in told.changes)


def test_locking_two_who_may_not_meet_is_answered_with_the_contradiction():
    problem = generate(participants=18, seed=4)
    before = solve(problem)
    pair = before.groups[0].members[:2]
    apart = Exclusion(members=pair, reason="they compete")
    told = what_if(problem, before, lock=pair, policy=evolve(problem.policy, exclusions=(apart,)))
    assert told.result.status is Status.INFEASIBLE
    assert any("they compete" in sentence for sentence in told.sentences)


@pytest.mark.parametrize("names", [("nobody",), ("p00000", "p00000"), tuple("abcde")])
def test_a_lock_that_makes_no_sense_is_refused(names):
    problem = generate(participants=6, seed=1)
    with pytest.raises(InvalidInputError):
        what_if(problem, solve(problem), lock=names)


def test_a_start_from_an_infeasible_result_is_no_harm():
    problem = generate(participants=10, seed=1)
    nothing = solve(evolve(problem, policy=evolve(problem.policy, fewest_groups=9)))
    assert nothing.status is Status.INFEASIBLE
    assert solve(problem, start=nothing).score == solve(problem).score


def _apart(problem, result):
    """Return two of different groups who could be together."""
    first, *others = result.groups
    pairs = product(first.members, (name for group in others for name in group.members))
    return next(pair for pair in pairs if explain(problem, result, pair).best_group is not None)


def test_a_change_that_could_not_be_decided_is_not_told_as_worth_nothing():
    problem = generate(participants=120, seed=2)
    before = solve(problem, stop=GapBelow(0.01))
    told = what_if(problem, before, lock=_apart(problem, before), stop=lambda _progress: True)
    bound = f"{told.result.bound / UNIT:.3f}"
    assert told.result.status is Status.UNDECIDED
    assert told.sentences == (
        f"No grouping was found before the search ended; none is worth more than {bound}.",
    )


def _once_there_is_a_grouping(progress):
    return progress.score is not None


@pytest.mark.parametrize(
    ("stop", "status"),
    [(lambda _: True, Status.UNDECIDED), (_once_there_is_a_grouping, Status.STOPPED)],
)
def test_what_force_costs_is_bounded_where_the_search_was_ended(stop, status):
    problem = generate(participants=120, seed=2)
    before = solve(problem, stop=GapBelow(0.01))
    pair = _apart(problem, before)
    told = explain(problem, before, pair, force=True, stop=stop)
    least = max(0, before.score - told.forced.bound) / UNIT
    assert told.forced.status is status
    assert f"costs at least {least:.3f}" in told.sentences[-1]
    assert ("at most" in told.sentences[-1]) == (status is Status.STOPPED)


@pytest.mark.parametrize("named", [None, 5, "p00000", [5], [None], [["p00000", 5]]])
@pytest.mark.parametrize("asked", ["lock", "forbid"])
def test_what_names_no_ids_is_refused(asked, named):
    problem = generate(participants=8, seed=1)
    with pytest.raises(InvalidInputError):
        what_if(problem, solve(problem), **{asked: named})


def test_sets_may_come_from_anything_that_is_gone_through_once():
    problem = generate(participants=8, seed=1)
    pair = [each.id for each in problem.participants[:2]]
    told = what_if(problem, solve(problem), forbid=(each for each in [pair]))
    assert told.problem.policy.exclusions[0].members == tuple(pair)
