"""What must not change an answer, and what must hold at every moment."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from random import Random

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.pairing.problems import problems
from tests.searching import examples
from utm.pairing import (
    AnyOf,
    GapBelow,
    Lock,
    MaxRuntime,
    Problem,
    Result,
    Status,
    evaluate,
    solve,
    verify,
)
from utm.pairing.instances import generate


@examples(50)
@given(problem=problems(), order=st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(problem, order):
    people = list(problem.participants)
    order.shuffle(people)
    assert solve(evolve(problem, participants=tuple(people))) == solve(problem)


@examples(50)
@given(problem=problems(), order=st.randoms(use_true_random=False))
def test_other_names_change_neither_score_nor_feasibility(problem, order):
    names = [p.id for p in problem.participants]
    others = [f"n{number}" for number in range(len(names))]
    order.shuffle(others)
    new = dict(zip(names, others, strict=True))
    renamed = Problem(
        participants=tuple(evolve(p, id=new[p.id]) for p in problem.participants),
        policy=evolve(
            problem.policy,
            locks=tuple(
                evolve(lock, members=tuple(new[name] for name in lock.members))
                for lock in problem.policy.locks
            ),
            exclusions=tuple(
                evolve(each, members=tuple(new[name] for name in each.members))
                for each in problem.policy.exclusions
            ),
        ),
        earlier_pairs=tuple((new[left], new[right]) for left, right in problem.earlier_pairs),
    )
    before, after = solve(problem), solve(renamed)
    assert (after.score, after.status) == (before.score, before.status)


def _answer(code, **env):
    """Return what a process of its own prints."""
    command = [sys.executable, "-c", code]
    env = {**os.environ, **env}
    return subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout


def test_the_hash_seed_changes_nothing():
    code = (
        "from utm.pairing import solve; from utm.pairing.instances import generate;"
        "print(solve(generate(participants=30, seed=5)).to_json())"
    )
    assert len({_answer(code, PYTHONHASHSEED=seed) for seed in ("1", "2", "77")}) == 1


@pytest.mark.parametrize("family", ["regions", "standard", "twins"])
@pytest.mark.parametrize(("participants", "gap"), [(60, 0.0), (145, 0.005)])
def test_without_numba_the_answer_is_the_same(family, participants, gap):
    code = (
        "from utm.pairing import GapBelow, solve\n"
        "from utm.pairing.instances import FAMILIES, generate\n"
        f"family, participants = FAMILIES[{family!r}], {participants}\n"
        "problem = generate(family=family, participants=participants, seed=5)\n"
        f"print(solve(problem, stop=GapBelow({gap})).to_json())"
    )
    without = "import sys\nsys.modules['numba'] = None\n"
    assert _answer(without + code) == _answer(code)


def test_an_executor_changes_nothing():
    problem = generate(participants=40, seed=3)
    with ThreadPoolExecutor(2) as executor:
        assert solve(problem, executor=executor) == solve(problem)


@examples(10)
@given(problem=problems(most=8))
def test_themes_looked_at_side_by_side_prove_the_same(problem):
    with ThreadPoolExecutor(3) as threads:
        assert solve(problem, executor=threads) == solve(problem)


@pytest.mark.parametrize("calls", [0, 1, 3, 8, 20])
def test_a_look_by_threads_can_be_ended_and_keeps_a_valid_bound(calls):
    problem = generate(participants=30, seed=5)
    with ThreadPoolExecutor(2) as threads:
        stopped = solve(problem, executor=threads, stop=_AfterCalls(calls))
    assert stopped.score <= solve(problem).score <= stopped.bound


class _AfterCalls:
    def __init__(self, calls):
        self.left = calls

    def __call__(self, _progress):
        self.left -= 1
        return self.left < 0


@pytest.mark.parametrize("calls", [0, 1, 2, 3, 5, 8, 13, 40, 100])
@pytest.mark.parametrize("seed", [1, 2])
def test_the_bound_holds_whenever_the_search_is_stopped(calls, seed):
    problem = generate(participants=30, seed=seed)
    best = solve(problem).score
    result = solve(problem, stop=_AfterCalls(calls))
    assert result.score <= best <= result.bound <= result.price_bound
    assert verify(problem, result).holds


@pytest.mark.parametrize("calls", [0, 1, 3, 8])
def test_a_search_stopped_before_the_locks_are_kept_places_nobody(calls):
    problem = generate(participants=24, seed=4)
    lock = Lock(members=("p00003", "p00007"), reason="they asked for it")
    problem = evolve(problem, policy=evolve(problem.policy, locks=(lock,)))
    result = solve(problem, stop=_AfterCalls(calls))
    if result.status is Status.UNDECIDED:
        assert result.groups == ()
        assert len(result.unmatched) == 24
    assert verify(problem, result).holds


def test_a_gap_that_is_asked_for_is_reached_and_said():
    problem = generate(participants=60, seed=1)
    result = solve(problem, stop=AnyOf(MaxRuntime(120), GapBelow(0.2)))
    assert result.status in {Status.WITHIN_GAP, Status.OPTIMAL}
    assert result.gap <= 0.2


def test_progress_only_ever_gets_better():
    told = []
    solve(generate(participants=40, seed=2), on_progress=told.append)
    scores = [progress.score for progress in told]
    bounds = [progress.bound for progress in told]
    assert scores == sorted(scores)
    assert bounds == sorted(bounds, reverse=True)
    assert told[-1].gap == 0


@examples(50)
@given(problem=problems(most=6))
def test_locking_a_best_group_keeps_the_best_score(problem):
    result = solve(problem)
    if result.groups and not problem.policy.locks:
        lock = Lock(members=result.groups[0].members, reason="it was the best")
        again = solve(evolve(problem, policy=evolve(problem.policy, locks=(lock,))))
        assert again.score == result.score


@examples(50)
@given(problem=problems(most=6))
def test_somebody_unmatched_who_leaves_changes_no_score(problem):
    result = solve(problem)
    named = {name for lock in problem.policy.locks for name in lock.members}
    named |= {name for each in problem.policy.exclusions for name in each.members}
    named |= {name for pair in problem.earlier_pairs for name in pair}
    leaving = [entry.participant for entry in result.unmatched if entry.participant not in named]
    if leaving and result.status is Status.OPTIMAL:
        left = tuple(p for p in problem.participants if p.id != leaving[0])
        assert solve(evolve(problem, participants=left)).score == result.score


@examples(50)
@given(problem=problems())
def test_problems_and_results_survive_json(problem):
    assert Problem.from_json(problem.to_json()) == problem
    result = solve(problem)
    assert Result.from_json(result.to_json()) == result


@examples(50)
@given(problem=problems(), order=st.randoms(use_true_random=False))
def test_any_grouping_is_worth_at_most_the_bound_or_breaks_a_rule(problem, order: Random):
    result = solve(problem)
    names = [p.id for p in problem.participants]
    order.shuffle(names)
    size = order.choice([2, 3, 4])
    drawn = [tuple(names[at : at + size]) for at in range(0, len(names) - size + 1, size)]
    topics = {n.topic for p in problem.participants for n in p.needs}
    if drawn and topics:
        from utm.pairing import ProposedGroup

        evaluation = evaluate(problem, [ProposedGroup(members=members) for members in drawn])
        if evaluation.keeps_every_rule:
            assert result.status is not Status.INFEASIBLE
            assert evaluation.score <= result.bound
