"""Shares of very many participants, grouped first: the search over all begins there."""

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.pairing.problems import limited_problems, problems
from tests.searching import examples
from utm.pairing import Lock, MaxRounds, Progress, Status, search, sharding, solve, verify
from utm.pairing.compiling import arrays_of
from utm.pairing.instances import find_family, generate
from utm.pairing.sharding import _Roughly, _shards


@pytest.fixture(autouse=True)
def _few_are_many(monkeypatch):
    monkeypatch.setattr(search, "_VAST", 4)
    monkeypatch.setattr(sharding, "_MOST_IN_SHARD", 5)


def _told(problem, **settings):
    """A result, and the stages that led to it."""
    told = []
    return solve(problem, on_progress=told.append, **settings), told


@examples(12)
@given(problem=limited_problems(fewest=5, most=9))
def test_given_time_it_proves_the_same_as_without_shares(problem):
    result = solve(problem)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "_VAST", 4_000)
        whole = solve(problem)

    assert (result.status, result.score) == (whole.status, whole.score)
    if whole.status is not Status.INFEASIBLE:
        assert verify(problem, result).holds


@examples(12)
@given(problem=limited_problems(fewest=5, most=9), rounds=st.integers(0, 4))
def test_every_rule_holds_and_the_bound_is_one_wherever_it_stops(problem, rounds):
    result = solve(problem, stop=MaxRounds(rounds))

    if result.status not in {Status.INFEASIBLE, Status.UNDECIDED}:
        verification = verify(problem, result)
        assert verification.holds, verification.faults
    if (best := solve(problem)).status is not Status.INFEASIBLE:
        assert result.score <= best.score <= result.bound


@examples(20)
@given(problem=problems(fewest=2, most=9), seed=st.integers(0, 3))
def test_shares_hold_everybody_once_and_keep_locks_together(problem, seed):
    shares = list(_shards(problem, arrays_of(problem), seed))

    everybody = sorted(one.id for one in problem.participants)
    assert sorted(name for share in shares for name in share) == everybody
    for lock in problem.policy.locks:
        assert sum(share.issuperset(lock.members) for share in shares) == 1
    if not problem.policy.locks:
        assert max(map(len, shares)) - min(map(len, shares)) <= 1


def test_the_groups_of_the_shares_are_there_when_no_time_is_left():
    problem = generate(participants=40, seed=2)
    of_shares, _ = _told(problem, stop=lambda progress: progress.stage == "finding groups")

    assert of_shares.score > 0
    assert of_shares.status is Status.STOPPED
    assert verify(problem, of_shares).holds


def test_groups_across_shares_are_found():
    problem = generate(family=find_family("strict-rules"), participants=40, seed=1)
    of_shares = solve(problem, stop=lambda progress: progress.stage == "finding groups")
    shares = list(_shards(problem, arrays_of(problem), 0))
    result = solve(problem, stop=MaxRounds(6))

    assert result.score > of_shares.score
    assert any(
        not any(share.issuperset(group.members) for share in shares) for group in result.groups
    )


def test_neither_an_executor_nor_the_order_of_rows_changes_anything():
    problem = generate(participants=30, seed=3)
    turned = evolve(problem, participants=problem.participants[::-1])
    alone = solve(problem, stop=MaxRounds(4))

    assert solve(turned, stop=MaxRounds(4)) == alone
    with ThreadPoolExecutor(2) as executor:
        assert solve(problem, stop=MaxRounds(4), executor=executor) == alone


def test_a_start_is_taken_instead_of_shares():
    problem = generate(participants=20, seed=3)
    first, told = _told(problem, stop=MaxRounds(2))
    assert "grouping shares" in {each.stage for each in told}

    _, told = _told(problem, start=first, stop=MaxRounds(2))
    assert "grouping shares" not in {each.stage for each in told}


@pytest.mark.slow
def test_shares_may_be_grouped_in_other_processes():
    problem = generate(participants=40, seed=3)
    alone = solve(problem, stop=MaxRounds(3))
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as executor:
        assert solve(problem, stop=MaxRounds(3), executor=executor) == alone


def test_a_limit_on_all_groups_together_is_kept():
    problem = generate(participants=30, seed=3)
    limited = evolve(problem, policy=evolve(problem.policy, most_groups=2))
    result = solve(limited, stop=MaxRounds(3))

    assert len(result.groups) <= 2
    assert verify(limited, result).holds


def test_a_share_is_left_when_groups_are_to_be_chosen_and_when_time_is_over():
    def stands(stage, rounds):
        return Progress(stage=stage, seconds=1, score=None, bound=None, columns=0, rounds=rounds)

    roughly = _Roughly(MaxRounds(2))
    assert not roughly(stands("finding groups", 1))
    assert roughly(stands("finding groups", 2))
    assert roughly(stands("choosing groups", 0))
    assert not _Roughly(None)(stands("finding groups", 4))
    assert _Roughly(None)(stands("finding groups", 5))


def test_a_lock_that_breaks_a_rule_is_told_without_grouping_shares():
    problem = generate(participants=30, seed=3)
    country = problem.participants[0].country
    fellow = next(one for one in problem.participants[1:] if one.country == country)
    lock = Lock(members=(problem.participants[0].id, fellow.id), reason="asked for it")
    locked = evolve(problem, policy=evolve(problem.policy, locks=(lock,), most_of_one_country=1))
    result, told = _told(locked)

    assert result.status is Status.INFEASIBLE
    assert "grouping shares" not in {each.stage for each in told}


def test_nothing_more_is_looked_for_when_time_is_over_after_the_shares():
    problem, told = generate(participants=40, seed=2), []
    solve(
        problem,
        stop=lambda progress: progress.stage == "finding groups",
        on_progress=told.append,
    )
    assert {each.rounds for each in told} == {0}
    after = [each.columns for each in told if each.stage == "finding groups"]
    assert after[0] == after[-1] > 0
