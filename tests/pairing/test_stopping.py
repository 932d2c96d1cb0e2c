"""A search that is told to stop does so soon."""

import pytest

from utm.pairing import Status, search, solve, verify
from utm.pairing.beam import promising
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
        return promising(*arguments)

    monkeypatch.setattr(search, "promising", counted)
    result = solve(PROBLEM, stop=stop)
    assert len(asked) == asked_before + 1
    assert result.status is Status.STOPPED
    assert not looked_after
    assert verify(PROBLEM, result, every_group=False).holds
