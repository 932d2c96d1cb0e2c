"""Who takes part in a meeting: one city, its clock, its working week, its holidays."""

from __future__ import annotations

from attrs import field, frozen

from utm.domain import City, TimeZone, Unknown
from utm.domain.names import clean_name
from utm.errors import InvalidValueError
from utm.programme.holidays import HolidayCalendar
from utm.programme.office_hours import OfficeHours

__all__ = ["MONDAY_TO_FRIDAY", "Attendee", "attendee_of"]

MONDAY_TO_FRIDAY = (1, 2, 3, 4, 5)
"""ISO weekdays, Monday is 1."""

_DAYS_A_WEEK = 7


@frozen(kw_only=True)
class Attendee:
    """A member of a group as the calendar sees it.

    Parameters
    ----------
    key
        What the member is called in data, e.g. ``"tr-mersin"``; unique in its group.
    name
        What people call it.
    timezone
        Its zone, or `Unknown` with the reason.
    working_weekdays
        ISO weekdays on which its office works, Monday is 1; Monday to Friday unless
        said otherwise. Never taken from a country: offices of one country differ.
    holidays
        Its public holidays; ``None`` while they are not known, which a plan then says.
    hours
        Its preferred and acceptable hours.

    Raises
    ------
    InvalidValueError
        The key or name is empty, or the weekdays are none, repeated or not of 1-7.
    """

    key: str
    name: str
    timezone: TimeZone | Unknown
    working_weekdays: tuple[int, ...] = MONDAY_TO_FRIDAY
    holidays: HolidayCalendar | None = None
    hours: OfficeHours = field(factory=OfficeHours)

    def __attrs_post_init__(self) -> None:
        clean_name(self.key, kind="key of an attendee")
        clean_name(self.name, kind="name of an attendee")
        days = self.working_weekdays
        valid = all(type(day) is int and 1 <= day <= _DAYS_A_WEEK for day in days)
        if not days or not valid or len(set(days)) < len(days):
            raise InvalidValueError(
                kind="working weekdays",
                value=days,
                reason="must be one or more distinct ISO weekdays from 1 to 7",
            )
        if type(self.timezone) not in {TimeZone, Unknown}:
            raise InvalidValueError(
                kind="time zone of an attendee",
                value=self.timezone,
                reason="must be a TimeZone, or Unknown with a reason",
            )


def attendee_of(city: City, *, holidays: HolidayCalendar | None = None) -> Attendee:
    """A city as an attendee, with the standard working week and office hours."""
    return Attendee(key=city.id.value, name=city.name, timezone=city.timezone, holidays=holidays)
