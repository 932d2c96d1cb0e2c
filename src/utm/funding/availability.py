"""May one still ask: open, closed, stale, and how many days are left."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from enum import Enum

from attrs import frozen
from pendulum import Date

from utm.domain.closing_time import ClosingTime, require_instant
from utm.domain.opportunity import Curation, Opportunity

__all__ = ["Availability", "State", "state_of"]

# A day has begun somewhere on earth as soon as it has in UTC+14.
_FIRST_DAY_OF_ALL = timezone(timedelta(hours=14))


class Availability(Enum):
    """Whether one may ask for an opportunity at an instant."""

    OPEN = "open"
    NOT_YET_OPEN = "not yet open"
    FORECAST = "forecast"
    NO_DEADLINE_STATED = "no deadline stated"
    STALE = "stale"
    UNVERIFIED = "unverified"
    CLOSED = "closed"


@frozen(kw_only=True)
class State:
    """What holds of an opportunity at an instant.

    Parameters
    ----------
    availability
        Whether one may ask.
    next_closing
        The next closing time for new applicants that is not past; ``None`` if there is none or
        the provider has closed it.
    days_left
        Whole days until then, rounded down; ``None`` without a next closing time.
    reason
        Why, as a clause.
    """

    availability: Availability
    next_closing: ClosingTime | None
    days_left: int | None
    reason: str

    @property
    def is_open(self) -> bool:
        """Whether one may ask now."""
        return self.availability is Availability.OPEN


def state_of(opportunity: Opportunity, *, at: datetime) -> State:
    """Tell whether one may ask for an opportunity at an instant.

    It is open only if all of this holds: somebody has verified the record, the next check is
    not due anywhere on earth, it is more than a forecast, it has opened, and it is rolling or
    a closing time for new applicants lies ahead. What is past, or closed by its provider, is
    closed, whatever else holds.

    Parameters
    ----------
    opportunity
        The record.
    at
        The instant, with a zone.

    Raises
    ------
    InvalidValueError
        The instant has no zone.
    """
    instant = require_instant(at)
    ahead = sorted(
        (each for each in opportunity.deadlines if each.stage == 1 and not each.is_past(instant)),
        key=lambda each: (each.instant, str(each)),
    )
    following = ahead[0] if ahead and not opportunity.closed else None
    availability, reason = _judged(opportunity, instant, following)
    days_left = None if following is None else (following.instant - instant).days
    return State(
        availability=availability, next_closing=following, days_left=days_left, reason=reason
    )


def _judged(
    opportunity: Opportunity, instant: datetime, following: ClosingTime | None
) -> tuple[Availability, str]:
    last = opportunity.last_entry
    if last is not None and last.is_past(instant):
        return Availability.CLOSED, f"it closed on {last}"
    if opportunity.closed:
        return Availability.CLOSED, "its provider takes no applications any longer"
    if opportunity.forecast:
        return Availability.FORECAST, "it is only expected"
    return _doubted(opportunity.curation, instant) or _timed(opportunity, instant, following)


def _doubted(curation: Curation | None, instant: datetime) -> tuple[Availability, str] | None:
    today = _latest_day(instant)
    if curation is None or curation.verified_on > today:
        return Availability.UNVERIFIED, "nobody has verified the record"
    if curation.next_check_on <= today:
        return Availability.STALE, f"the record was to be checked on {curation.next_check_on}"
    return None


def _timed(
    opportunity: Opportunity, instant: datetime, following: ClosingTime | None
) -> tuple[Availability, str]:
    opens = opportunity.opens
    if opens is not None and not opens.is_past(instant):
        return Availability.NOT_YET_OPEN, f"it opens on {opens}"
    if opportunity.rolling:
        return Availability.OPEN, "applications are taken at any time"
    if following is None:
        return Availability.NO_DEADLINE_STATED, "nobody has said until when"
    return Availability.OPEN, f"it closes on {following}"


def _latest_day(instant: datetime) -> Date:
    """The latest civil day that it is anywhere on earth."""
    local = instant.astimezone(_FIRST_DAY_OF_ALL)
    return Date(local.year, local.month, local.day)
