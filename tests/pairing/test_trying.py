"""A bound below that of the prices is tried where few groups are near, or said to be open."""

from itertools import combinations

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.pairing.problems import admissible_groups, limited_problems, problems
from tests.searching import examples
from utm.pairing import Problem, Status, Unmatched, solve, verify
from utm.pairing.bound_check import lacking_less
from utm.pairing.definition import Definition
from utm.pairing.trying import may_lack_less
from utm.programme import city2city_policy, participant_of
from utm.reference import city2city_2026

NAMES = "abcdefg"


@st.composite
def lacking_groups(draw):
    groups = [members for size in (2, 3, 4) for members in combinations(NAMES, size)]
    some = draw(st.lists(st.sampled_from(groups), unique=True, max_size=20))
    return {members: draw(st.integers(0, 9)) for members in some}


def _least(lacking, prices, locked):
    """What any disjoint groups lack at the least with all who are left out, by trying them all."""
    names = frozenset(prices)
    best = None
    choices = [(frozenset(), 0)]
    for members, lack in lacking.items():
        choices += [
            (used | set(members), sum_ + lack) for used, sum_ in choices if not used & set(members)
        ]
    for used, sum_ in choices:
        if not locked - used:
            total = sum_ + sum(prices[name] for name in names - used)
            best = total if best is None else min(best, total)
    return best


@given(
    lacking=lacking_groups(),
    prices=st.lists(st.integers(0, 9), min_size=len(NAMES), max_size=len(NAMES)),
    than=st.integers(1, 25),
    locked=st.frozensets(st.sampled_from(NAMES), max_size=3),
)
def test_whether_less_can_be_lacking_is_what_trying_all_says(lacking, prices, than, locked):
    priced = dict(zip(NAMES, prices, strict=True))
    least = _least(lacking, priced, locked)
    expected = least is not None and least < than
    assert may_lack_less(lacking, priced, than, locked=locked) is expected


@examples(60)
@given(problem=problems(most=7), than=st.integers(1, 900_000))
def test_all_groups_that_lack_less_are_found(problem, than):
    result = solve(problem)
    if result.status is Status.INFEASIBLE:
        return
    prices = {entry.participant: entry.price for entry in result.prices}
    lacks = {
        members: sum(prices[name] for name in members) - worth
        for members, worth in admissible_groups(problem).items()
    }
    near = {members: lack for members, lack in lacks.items() if lack < than}
    assert lacking_less(Definition(problem), prices, {}, than) == near


@examples(60)
@given(problem=st.one_of(problems(most=7), limited_problems(most=6)))
def test_the_bound_of_a_small_result_is_tried_and_one_that_is_too_low_is_a_fault(problem):
    result = solve(problem)
    if result.status is not Status.OPTIMAL:
        return
    verification = verify(problem, result)
    has_limits = bool(result.capacity_prices)
    assert verification.tried_bound == result.bound or has_limits
    if not result.groups or problem.policy.locks or has_limits:
        return
    *groups, last = result.groups
    score = result.score - last.score
    left = [Unmatched(participant=name, reason="forgotten") for name in last.members]
    forged = evolve(
        result,
        groups=tuple(groups),
        unmatched=tuple(sorted([*result.unmatched, *left])),
        score=score,
        bound=score,
    )
    found = verify(problem, forged)
    assert found.tried_bound is None or last.score <= 0
    assert found.holds == (last.score <= 0)


def test_the_grouping_of_the_real_list_is_proven_best_by_code_of_its_own():
    people = tuple(map(participant_of, city2city_2026().applications))
    problem = Problem(participants=people, policy=city2city_policy())
    result = solve(problem)
    assert result.bound < result.price_bound
    verification = verify(problem, result)
    assert verification.tried_bound == result.score
    assert "none exceeds" in verification.proves
