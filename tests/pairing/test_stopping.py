"""A search that is told to stop does so soon."""

import pytest

from utm.errors import InvalidValueError
from utm.pairing import (
    AllOf,
    GapBelow,
    MaxRounds,
    MaxRuntime,
    Progress,
    Status,
    finding,
    solve,
    verify,
)
from utm.pairing.beam import exchanged
from utm.pairing.instances import generate

PROBLEM = generate(participants=60, seed=3)


@pytest.mark.parametrize("asked_before", [8, 12, 30])
def test_after_the_word_no_more_groups_are_looked_for(asked_before, monkeypatch):
    asked, looked_after = [], []

    def stop(progress):
        asked.append(progress)
        return len(asked) > asked_before

    def counted(*arguments):
        if len(asked) > asked_before:
            looked_after.append(arguments)
        return exchanged(*arguments)

    monkeypatch.setattr(finding, "exchanged", counted)
    result = solve(PROBLEM, stop=stop)
    assert len(asked) == asked_before + 1
    assert result.status is Status.STOPPED
    assert not looked_after
    assert verify(PROBLEM, result, every_group=False).holds


def test_a_search_that_ends_after_some_rounds_ends_alike_each_time():
    problem = generate(participants=30, seed=2)
    first, again = (solve(problem, stop=MaxRounds(2)) for _ in range(2))
    assert first == again
    assert first.statistics.pricing_rounds <= 3


@pytest.mark.parametrize("make", [MaxRuntime, GapBelow, MaxRounds])
@pytest.mark.parametrize("value", [float("nan"), -1, "5", None, True])
def test_a_limit_that_is_no_number_from_zero_on_is_refused(make, value):
    with pytest.raises(InvalidValueError):
        make(value)


def test_all_criteria_must_agree_and_none_agree_on_nothing():
    progress = Progress(stage="x", seconds=5.0, score=90, bound=100, columns=1, rounds=4)
    assert AllOf(MaxRounds(4), GapBelow(0.1))(progress)
    assert not AllOf(MaxRounds(4), GapBelow(0.05))(progress)
    assert not AllOf()(progress)
