"""A sweep over weights: which groups every policy forms."""

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.pairing.problems import policies, problems
from tests.searching import examples
from utm.errors import InvalidInputError
from utm.pairing import Lock, Policy, solve, sweep
from utm.pairing.instances import generate


@examples(40)
@given(problem=problems(most=5), data=st.data())
def test_a_group_is_stable_exactly_where_every_policy_forms_it(problem, data):
    ids = [participant.id for participant in problem.participants]
    varied = data.draw(st.lists(policies(ids), min_size=1, max_size=3))
    told = sweep(problem, varied)
    each = [solve(evolve(problem, policy=policy)) for policy in varied]
    assert list(told.results) == each
    formed = [{group.members for group in result.groups} for result in each]
    assert set(told.stable) == set.intersection(*formed)
    assert {one.members: one.policies for one in told.recurrences} == {
        members: tuple(place for place, groups in enumerate(formed) if members in groups)
        for members in set.union(*formed)
    }
    counts = [len(one.policies) for one in told.recurrences]
    assert counts == sorted(counts, reverse=True)


@examples(40)
@given(problem=problems(most=6))
def test_without_a_change_of_weights_every_group_is_stable(problem):
    told = sweep(problem, [problem.policy] * 2)
    assert told.stable == tuple(group.members for group in told.results[0].groups)


def test_a_sweep_over_nothing_and_a_policy_for_strangers_are_refused():
    problem = generate(participants=4, seed=1)
    with pytest.raises(InvalidInputError):
        sweep(problem, [])
    with pytest.raises(InvalidInputError):
        sweep(problem, [Policy(locks=(Lock(members=("nobody",), reason="x"),))])
