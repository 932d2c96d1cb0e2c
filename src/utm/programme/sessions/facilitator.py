"""Who leads the meetings of several groups: a clock, a working week, and limits of load."""

from __future__ import annotations

from attrs import frozen

from utm.domain import TimeZone
from utm.errors import InvalidValueError
from utm.programme.attendees import Attendee

__all__ = ["Facilitator"]


@frozen(kw_only=True)
class Facilitator:
    """Somebody that may lead groups.

    Parameters
    ----------
    attendee
        Its key, name, zone, working week, holidays and hours; the zone must be known.
    most_groups
        Groups that it may lead.
    most_meetings_a_day
        Meetings that it may lead on one day of its own calendar.
    most_meetings_a_week
        The same for one week from Monday.
    rest_minutes
        Minutes between the end of one meeting and the start of the next.

    Raises
    ------
    InvalidValueError
        The zone is not known, a limit is below 1, or the rest is below 0.
    """

    attendee: Attendee
    most_groups: int = 5
    most_meetings_a_day: int = 2
    most_meetings_a_week: int = 5
    rest_minutes: int = 30

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.attendee.timezone, TimeZone):
            raise InvalidValueError(
                kind="time zone of a facilitator",
                value=self.attendee.timezone,
                reason="must be known",
            )
        limits = (self.most_groups, self.most_meetings_a_day, self.most_meetings_a_week)
        if any(type(one) is not int or one < 1 for one in limits):
            raise InvalidValueError(
                kind="limits of a facilitator",
                value=limits,
                reason="must be whole numbers of at least 1",
            )
        if type(self.rest_minutes) is not int or self.rest_minutes < 0:
            raise InvalidValueError(
                kind="rest of a facilitator",
                value=self.rest_minutes,
                reason="must be whole minutes of at least 0",
            )

    @property
    def key(self) -> str:
        """What it is called in data."""
        return self.attendee.key

    @property
    def name(self) -> str:
        """What people call it."""
        return self.attendee.name
