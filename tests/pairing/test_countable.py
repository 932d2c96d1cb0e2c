"""Sums of scores fit into 64 bits, or a problem is refused."""

import numpy as np
import pytest
from attrs import evolve

from utm.errors import InvalidInputError
from utm.pairing import Lock, MaxRounds, Priority, Status, pricing, solve, verify
from utm.pairing.certificate import harvest_above
from utm.pairing.compiling import arrays_of
from utm.pairing.instances import generate
from utm.pairing.pricing import are_countable, priced_above

_FAR = 300_000_000_000


def _with_everybody_first(problem):
    """The problem with the highest priorities there may be, and somebody to be placed."""
    names = [one.id for one in problem.participants]
    return evolve(
        problem,
        policy=evolve(
            problem.policy,
            priorities=tuple(Priority(participant=name, worth=10, reason="-") for name in names),
            locks=(Lock(members=(names[0],), reason="-"),),
        ),
    )


def test_so_many_places_that_their_prices_could_not_be_summed_are_refused():
    problem = _with_everybody_first(generate(participants=3_000, seed=1))
    policy = evolve(problem.policy, groups_each=100, locks=(), fewest_groups=1)
    with pytest.raises(InvalidInputError, match="too many places in groups"):
        solve(evolve(problem, policy=policy), stop=MaxRounds(0))
    arrays_of(evolve(problem, policy=evolve(policy, fewest_groups=0)))  # nothing must be placed


@pytest.mark.slow
def test_the_highest_priorities_for_very_many_are_counted_exactly():
    problem = _with_everybody_first(generate(participants=4_500, seed=1))
    result = solve(problem, stop=MaxRounds(2))

    assert result.status is Status.STOPPED
    assert 0 < result.score < result.bound < 5_000 * 12_000_000
    assert verify(problem, result, every_group=False).holds


def test_prices_too_far_from_zero_are_not_looked_at():
    arrays = arrays_of(generate(participants=12, seed=1))
    near = np.zeros(arrays.copies, dtype=np.int64)
    far = near - _FAR
    assert are_countable(near, 0)
    assert not are_countable(far, 0)
    assert not are_countable(near, 8 * _FAR)
    with pytest.raises(OverflowError):
        next(priced_above(arrays, 0, far, 0))
    prices = np.zeros(arrays.classes, dtype=np.int64)
    harvest = harvest_above(arrays, prices + _FAR, 0, keep_all=None, interrupted=lambda: False)
    assert not harvest.complete


@pytest.mark.parametrize("loops", [False, True])
def test_prices_just_countable_find_the_groups_that_they_should(monkeypatch, loops):
    monkeypatch.setattr(pricing, "wants_loops", lambda _copies: loops)
    arrays = arrays_of(generate(participants=12, seed=1))
    furthest = (1 << 62) // 16_000_000 - 1
    one = int(np.flatnonzero(arrays.foci[0].fits)[0])
    for shift in (-furthest, furthest):
        prices = np.zeros(arrays.copies, dtype=np.int64)
        prices[one] = shift
        found = [columns.copies for columns in priced_above(arrays, 0, prices, 0)]
        assert (np.concatenate(found) == one).any() == (shift < 0)
