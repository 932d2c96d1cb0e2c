"""What day it is: asked here alone for what is recorded, so that tests need not wait for a day."""

from __future__ import annotations

from pendulum import Date

__all__ = ["today"]


def today() -> Date:
    """Today, on the clock of this machine."""
    return Date.today()
