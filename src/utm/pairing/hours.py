"""Office hours in coordinated time, as quarter-hour slots of a round day."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache

import numpy as np
import numpy.typing as npt
from pendulum import Date

from utm.domain.time_zone_data import read_zone
from utm.pairing.policy import Policy

__all__ = ["DAY_SLOTS", "SLOT_MINUTES", "office_slots", "offset_minutes"]

SLOT_MINUTES = 15
DAY_SLOTS = 24 * 60 // SLOT_MINUTES


@cache
def offset_minutes(timezone: str, day: Date) -> int:
    """Return how far the clock of a zone is ahead of UTC at noon of a day, in minutes."""
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=read_zone(timezone))
    ahead = noon.utcoffset()
    return 0 if ahead is None else ahead // timedelta(minutes=1)


def office_slots(timezone: str | None, policy: Policy) -> npt.NDArray[np.bool_]:
    """Return which quarter hours of the UTC day are office time.

    Parameters
    ----------
    timezone
        Name of the zone; ``None`` for not known.
    policy
        Gives the office day and the reference days.

    Returns
    -------
    Booleans of shape (reference days, 96). The day is round: hours after midnight UTC
    wrap to its beginning, so two places at opposite sides of the date line meet. For an
    unknown zone all are true where the policy admits what is unknown, otherwise none.
    """
    slots = np.zeros((len(policy.reference_days), DAY_SLOTS), dtype=np.bool_)
    if timezone is None:
        slots[:] = policy.admits_unknown
        return slots
    for row, day in enumerate(policy.reference_days):
        ahead = offset_minutes(timezone, day)
        first = (policy.office_opens_minute - ahead) // SLOT_MINUTES
        last = (policy.office_closes_minute - ahead) // SLOT_MINUTES
        slots[row, np.arange(first, last) % DAY_SLOTS] = True
    return slots
