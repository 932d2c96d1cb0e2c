"""What tests of commands share: a day on which all that they record has come."""

import pytest
from pendulum import Date


@pytest.fixture(autouse=True)
def a_day_after_all_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set the clock of what is recorded, so that no test depends on when it runs."""
    monkeypatch.setattr("utm.cli.clock.today", lambda: Date(2027, 1, 1))
