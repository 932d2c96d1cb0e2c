"""Where nothing keeps every rule, the rules named contradict and none could be left out."""

import time
from itertools import combinations

from attrs import evolve
from hypothesis import given

from tests.pairing.problems import best_score_within_limits, limited_problems
from tests.searching import examples
from utm.pairing import Exclusion, Lock, MaxRuntime, Status, solve
from utm.pairing.contradiction import (
    _demands,  # pyright: ignore[reportPrivateUsage]
    _without_rules,  # pyright: ignore[reportPrivateUsage]
)
from utm.pairing.instances import generate


@examples(40)
@given(problem=limited_problems(most=5))
def test_the_rules_named_contradict_and_without_any_one_of_them_there_is_a_grouping(problem):
    result = solve(problem)
    if result.status is not Status.INFEASIBLE:
        return
    *named, closing = result.infeasible_because
    by_sentence = {demand.sentence: demand for demand in _demands(problem.policy)}
    assert closing.startswith("Without any one" if len(named) > 1 else "Nobody can keep this")

    def possible(sentences):
        policy = _without_rules(problem.policy)
        for sentence in sentences:
            policy = by_sentence[sentence].added_to(policy)
        return best_score_within_limits(evolve(problem, policy=policy)) is not None

    assert not possible(named)
    assert all(possible(fewer) for fewer in combinations(named, len(named) - 1))


def test_one_contradiction_among_many_locks_is_found():
    problem = generate(participants=70, seed=4)
    names = [participant.id for participant in problem.participants]
    pair = (names[6], names[7])
    locks = tuple(
        Lock(members=(names[at], names[at + 1]), reason="they know each other")
        for at in range(0, 50, 2)
    )
    told = Exclusion(members=pair, reason="they do not speak")
    policy = evolve(problem.policy, fewest_countries=1, locks=locks, exclusions=(told,))
    result = solve(evolve(problem, policy=policy))
    assert result.status is Status.INFEASIBLE
    assert result.infeasible_because == (
        f"{pair[0]} and {pair[1]} must not be together (they do not speak).",
        f"{pair[0]} and {pair[1]} must be together in one group (they know each other).",
        "Without any one of these there is a grouping that keeps the others.",
    )


def test_a_limit_of_time_ends_the_search_for_the_rules_to_name():
    problem = generate(participants=48, seed=5)
    locks = tuple(Lock(members=(one.id,), reason="invited") for one in problem.participants)
    policy = evolve(problem.policy, locks=locks, most_groups=11)
    began = time.perf_counter()
    result = solve(evolve(problem, policy=policy), stop=MaxRuntime(1))
    assert result.status is Status.INFEASIBLE
    assert "There are at most 11 groups." in result.infeasible_because
    assert result.infeasible_because[-1].startswith("The search ended before")
    assert time.perf_counter() - began < 30
