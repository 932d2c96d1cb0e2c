"""Parts that nothing ties: solved apart, and as good as solved together."""

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.pairing.problems import admissible_groups, problems
from tests.searching import examples
from utm.domain.identifiers import TopicId
from utm.pairing import (
    ExchangeRule,
    Lock,
    MaxRounds,
    Need,
    Status,
    parts_of,
    solve,
    solve_in_parts,
    verify,
)
from utm.pairing.instances import generate


@st.composite
def falling_apart(draw):
    """Problems where every second participant knows one theme only, and the others another."""
    problem = draw(problems(fewest=4, most=8))
    exchange = draw(st.sampled_from([ExchangeRule.HELP, ExchangeRule.HELP_OR_SHARED_NEED]))
    people = []
    for number, one in enumerate(problem.participants):
        theme = ("heat", "move")[number % 2]
        needs = [need for need in one.needs if need.topic.theme.value == theme]
        total = sum(need.weight_share for need in needs)
        people.append(
            evolve(
                one,
                needs=tuple(
                    Need(topic=need.topic, weight_share=need.weight_share / total) for need in needs
                ),
                offers=tuple(offer for offer in one.offers if offer.topic.theme.value == theme),
            )
        )
    locks = problem.policy.locks if draw(st.integers(0, 3)) == 0 else ()
    policy = evolve(problem.policy, exchange=exchange, locks=locks)
    return evolve(problem, participants=tuple(people), policy=policy)


@examples(12)
@given(problem=falling_apart())
def test_parts_solved_apart_are_as_good_as_the_whole_and_prove_it(problem):
    whole, joined = solve(problem), solve_in_parts(problem)

    assert (joined.status, joined.score, joined.bound) == (whole.status, whole.score, whole.bound)
    assert joined.infeasible_because == whole.infeasible_because
    assert joined.notes == whole.notes
    verification = verify(problem, joined)
    assert verification.holds, verification.faults


@examples(12)
@given(problem=falling_apart())
def test_every_admissible_group_lies_in_one_part(problem):
    parts = [frozenset(one.id for one in part.participants) for part in parts_of(problem)]

    assert sorted(name for part in parts for name in part) == [
        one.id for one in problem.participants
    ]
    for members in admissible_groups(problem):
        assert any(part.issuperset(members) for part in parts)


def _two_halves(participants=16, **rules):
    """Two families side by side, whose topics have nothing in common."""
    problem = generate(participants=participants, seed=3)
    people = []
    for number, one in enumerate(problem.participants):
        half = "abc" if number % 2 else "xyz"

        def moved(each, half=half):
            topic = type(each.topic)(f"{half}-{each.topic.value}")
            return evolve(each, topic=topic)

        people.append(
            evolve(one, needs=tuple(map(moved, one.needs)), offers=tuple(map(moved, one.offers)))
        )
    policy = evolve(problem.policy, **rules)
    return evolve(problem, participants=tuple(people), topics=None, policy=policy)


def test_neither_an_executor_nor_the_order_of_rows_changes_anything():
    problem = _two_halves()
    alone = solve_in_parts(problem)

    assert len(parts_of(problem)) >= 2
    assert alone.status is Status.OPTIMAL
    assert alone.score == solve(problem).score
    with ThreadPoolExecutor(2) as executor:
        assert solve_in_parts(problem, executor=executor) == alone
    turned = evolve(problem, participants=problem.participants[::-1])
    assert solve_in_parts(turned) == alone


def test_a_rule_for_all_groups_together_and_no_exchange_leave_one_part():
    for rules in (
        {"most_groups": 3},
        {"fewest_groups": 1},
        {"exchange": ExchangeRule.NOT_ASKED},
    ):
        problem = _two_halves(6, **rules)
        assert parts_of(problem) == (problem,)
        assert solve_in_parts(problem) == solve(problem)


def test_a_lock_joins_the_parts_of_its_members_and_none_keeps_it():
    problem = _two_halves()
    lock = Lock(members=("p00000", "p00001"), reason="asked for it")
    locked = evolve(problem, policy=evolve(problem.policy, locks=(lock,)))

    assert len(parts_of(locked)) < len(parts_of(problem))
    assert solve_in_parts(locked) == solve(locked)
    assert solve_in_parts(locked).status is Status.INFEASIBLE


def test_parts_that_are_stopped_have_a_bound_that_holds():
    problem = _two_halves()
    stopped = solve_in_parts(problem, stop=MaxRounds(0))

    assert stopped.score <= solve(problem).score <= stopped.bound
    assert verify(problem, stopped).holds


def _two_calls():
    """Two problems with no topic in common, as one."""
    here, there = (generate(participants=14, seed=seed) for seed in (1, 2))
    others = [
        evolve(
            one,
            id=f"x{one.id}",
            needs=[evolve(need, topic=TopicId(f"x-{need.topic}")) for need in one.needs],
            offers=[evolve(offer, topic=TopicId(f"x-{offer.topic}")) for offer in one.offers],
        )
        for one in there.participants
    ]
    return evolve(here, participants=[*here.participants, *others], topics=None)


@pytest.mark.parametrize("workers", [None, 2])
def test_progress_of_all_parts_is_told_as_one(workers):
    problem, told = _two_calls(), []
    if workers is None:
        result = solve_in_parts(problem, on_progress=told.append)
    else:
        with ThreadPoolExecutor(workers) as executor:
            result = solve_in_parts(problem, executor=executor, on_progress=told.append)

    assert told[0].score is None
    assert told[0].bound is None
    assert (told[-1].score, told[-1].bound) == (result.score, result.bound)
    assert told[-1].stage.endswith("2 of 2 parts done")
    assert any("1 of 2 parts done" in each.stage for each in told)
    assert [each.seconds for each in told] == sorted(each.seconds for each in told)
    known = [each for each in told if each.bound is not None]
    assert all(each.score is None or each.score <= result.score for each in known)
    assert all(each.bound >= result.score for each in known)


@pytest.mark.slow
def test_progress_of_parts_in_other_processes_is_told_when_one_is_done():
    problem, told = _two_calls(), []
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as executor:
        result = solve_in_parts(problem, executor=executor, on_progress=told.append)
    assert [each.score for each in told] == [None, result.score]
