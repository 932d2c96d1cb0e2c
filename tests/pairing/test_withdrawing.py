"""Who has left is out of a problem and out of all its rules."""

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.pairing.problems import limited_problems
from utm.errors import InvalidInputError
from utm.pairing import (
    Allowance,
    Conflict,
    Exclusion,
    Lock,
    Priority,
    repair,
    solve,
    verify,
    withdraw,
)
from utm.pairing.instances import generate


@given(problem=limited_problems(fewest=2), data=st.data())
def test_anybody_may_leave_whatever_rules_name_them(problem, data):
    ids = [participant.id for participant in problem.participants]
    gone = data.draw(st.lists(st.sampled_from(ids), unique=True))
    told = withdraw(problem, gone)
    assert {one.id for one in told.problem.participants} == set(ids) - set(gone)
    policy = told.problem.policy
    named = {
        name
        for rules in (policy.locks, policy.exclusions, policy.conflicts)
        for rule in rules
        for name in rule.members
    }
    named |= {each.participant for each in (*policy.priorities, *policy.allowances)}
    assert not named & set(gone)
    assert (told.problem == problem) == (not gone)
    assert not told.sentences or told.problem.policy != problem.policy
    untouched = [lock for lock in problem.policy.locks if not set(lock.members) & set(gone)]
    assert set(untouched) <= set(policy.locks)


def test_each_rule_that_no_longer_holds_is_told():
    problem = generate(participants=12, seed=1)
    a, b, c, d, e = (participant.id for participant in problem.participants[:5])
    policy = evolve(
        problem.policy,
        locks=(Lock(members=(a, b), reason="twins"), Lock(members=(c,), reason="host")),
        exclusions=(Exclusion(members=(a, d), reason="rivals"),),
        conflicts=(Conflict(members=(a, c, d, e), reason="one fund", most_together=2),),
        priorities=(Priority(participant=e, worth=0.5, reason="first"),),
        allowances=(Allowance(participant=e, most_groups=2, reason="large"),),
    )
    told = withdraw(evolve(problem, policy=policy), [a, e])
    assert told.sentences == (
        f"The lock of {a}, {b} (twins) no longer applies.",
        f"That {a}, {d} must not be together (rivals) no longer applies.",
        f"The conflict of {a}, {c}, {d}, {e} is without who has left.",
        f"The priority of {e} no longer applies.",
        f"The allowance of {e} no longer applies.",
    )
    assert told.problem.policy.locks == (policy.locks[1],)
    assert told.problem.policy.conflicts == ()


def test_a_lock_of_three_goes_on_for_two_and_is_kept_by_a_repair():
    problem = generate(participants=20, seed=3)
    three = next(group.members[:3] for group in solve(problem).groups if len(group.members) > 2)
    policy = evolve(problem.policy, locks=(Lock(members=three, reason="neighbours"),))
    problem = evolve(problem, policy=policy)
    told = withdraw(problem, [three[0]])
    mended = repair(told.problem, solve(problem))
    assert any(set(three[1:]) <= set(group.members) for group in mended.result.groups)
    assert verify(told.problem, mended.result).holds


def test_all_who_are_not_there_are_told_at_once_with_whom_they_may_be():
    problem = generate(participants=12, seed=1)
    with pytest.raises(InvalidInputError) as caught:
        withdraw(problem, ["p0000", "nobody"])
    assert [each.remedy for each in caught.value.problems] == [
        "Use the id of a participant.",
        "Write 'p00000' or 'p00001' or 'p00002'.",
    ]
