"""The way for thousands of participants, taken by few: no less true, only less tight."""

import pytest
from hypothesis import given

from tests.pairing.problems import limited_problems
from tests.searching import examples
from utm.pairing import (
    MaxRounds,
    Status,
    improving,
    joining,
    primal,
    reforming,
    search,
    solve,
    verify,
)
from utm.pairing.instances import find_family, generate


@pytest.fixture(autouse=True, scope="module")
def _as_if_there_were_thousands():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "MOST_IN_A_PROGRAM", 3)
        patch.setattr(primal, "_SMOOTHLY", 6)
        patch.setattr(search, "MANY", 3)
        patch.setattr(primal, "_SOLVED_WHOLE", 6)
        patch.setattr(search, "_EXACTLY", 3)
        patch.setattr(improving, "_FEW", 3)
        patch.setattr(search, "_VAST", 4)
        patch.setattr(search, "_IMMENSE", 4)
        patch.setattr(improving, "_PATIENT", 4)
        patch.setattr(improving, "_FREED", 4)
        patch.setattr(joining, "_ALL", 3)
        patch.setattr(joining, "_PROMISING", 2)
        patch.setattr(joining, "_ALIKE", 2)
        patch.setattr(reforming, "_FREED", 4)
        patch.setattr(reforming, "_MOST", 8)
        yield


@examples(15)
@given(problem=limited_problems(most=8))
def test_every_rule_holds_and_the_bound_is_one(problem):
    result = solve(problem, stop=MaxRounds(6))
    if result.status is Status.INFEASIBLE:
        return
    assert result.score <= result.bound
    assert verify(problem, result).holds


@pytest.mark.parametrize("family", ["standard", "strict-rules", "facilitated", "twins"])
def test_each_family_is_grouped_within_a_tenth_of_its_bound(family):
    problem = generate(family=find_family(family), participants=40, seed=1)
    result = solve(problem, stop=MaxRounds(12))
    assert verify(problem, result).holds
    assert result.score >= 0.9 * result.bound
