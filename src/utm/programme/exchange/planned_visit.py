"""A visit that was agreed ahead, as its history left it."""

from __future__ import annotations

import pendulum
from attrs import frozen
from pendulum import Date, DateTime

from utm.domain import TimeZone
from utm.programme.exchange.naming import (
    ParticipantId,
)

__all__ = ["PlannedVisit"]


@frozen(kw_only=True)
class PlannedVisit:
    """A visit as its history left it.

    Parameters
    ----------
    key, first_day, days, travel_days, timezone, facilitator
        As agreed last, see `VisitAgreed`.
    hosts, guests
        Those of them that have not left the edition.
    sequence
        How often it was moved or called off since it was agreed.
    is_cancelled
        Whether it will not take place.
    held_on
        The day on which it was recorded as held.
    """

    key: str
    hosts: tuple[ParticipantId, ...]
    guests: tuple[ParticipantId, ...]
    first_day: Date
    days: int
    travel_days: int
    timezone: TimeZone | None = None
    facilitator: str = ""
    sequence: int = 0
    is_cancelled: bool = False
    held_on: Date | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is still to be held."""
        return not self.is_cancelled and self.held_on is None

    @property
    def last_day(self) -> Date:
        """Its last day, without those of travel."""
        return self.first_day.add(days=self.days - 1)

    @property
    def begins_on(self) -> Date:
        """The first day of travel."""
        return self.first_day.subtract(days=self.travel_days)

    @property
    def ends_before(self) -> Date:
        """The day after the last one of travel."""
        return self.last_day.add(days=self.travel_days + 1)

    @property
    def begins_at(self) -> DateTime:
        """The instant at which the travel begins."""
        return self._midnight(self.begins_on)

    @property
    def ends_at(self) -> DateTime:
        """The instant at which the travel ends."""
        return self._midnight(self.ends_before)

    def _midnight(self, day: Date) -> DateTime:
        zone = "UTC" if self.timezone is None else self.timezone.value
        return pendulum.datetime(day.year, day.month, day.day, tz=zone)

    def concerns(self, members: set[ParticipantId], facilitator: str) -> bool:
        """Whether a traveller is among some members, or is some facilitator."""
        goes_along = bool(facilitator) and facilitator == self.facilitator
        return goes_along or bool(members & {*self.hosts, *self.guests})
