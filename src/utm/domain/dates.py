"""Days and periods: a date is exactly a date, a period is half-open."""

from __future__ import annotations

import re
from functools import lru_cache

from attrs import frozen
from pendulum import Date

from utm.errors import InvalidValueError

__all__ = ["Period", "add_months", "civil_date", "require_date", "require_year"]

_FIRST_YEAR, _LAST_YEAR = 1800, 2200
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def civil_date(text: str) -> Date:
    """Read a day written as ``YYYY-MM-DD`` and in no other way.

    Raises
    ------
    InvalidValueError
        The text is not an ISO day. Words such as ``now``, bare years and times
        are refused.
    """
    if type(text) is not str or not _ISO_DAY.fullmatch(text):
        raise InvalidValueError(kind="date", value=text, reason="is not of the form YYYY-MM-DD")
    try:
        return Date.fromisoformat(text)
    except ValueError as error:
        raise InvalidValueError(kind="date", value=text, reason="is no day") from error


def require_date(value: object, *, kind: str = "date") -> None:
    """Refuse everything that is not exactly a `pendulum.Date`.

    A ``DateTime`` is a ``Date`` by inheritance, yet never equals one; it is
    refused here so that it cannot be compared silently later.
    """
    if type(value) is not Date:
        raise InvalidValueError(kind=kind, value=value, reason="is not exactly a pendulum.Date")


def require_year(value: object, *, kind: str) -> None:
    """Refuse what is no year of which figures are told: a whole number from 1800 to 2200.

    Raises
    ------
    InvalidValueError
        The value is refused.
    """
    if type(value) is not int or not _FIRST_YEAR <= value <= _LAST_YEAR:
        raise InvalidValueError(
            kind=kind, value=value, reason=f"must lie in {_FIRST_YEAR}-{_LAST_YEAR}"
        )


@lru_cache(maxsize=4_096, typed=True)
def add_months(day: Date, months: int) -> Date:
    """Move a day by calendar months, clamped to the last day of the month.

    30 November and three months give the last day of February.
    """
    return day.add(months=months)


@frozen(kw_only=True)
class Period:
    """The days from ``start`` up to, and not including, ``end``.

    Parameters
    ----------
    start
        First day.
    end
        First day after the period; ``None`` while it is open.

    Raises
    ------
    InvalidValueError
        ``end`` is not after ``start``, or one is not exactly a date.
    """

    start: Date
    end: Date | None = None

    def __attrs_post_init__(self) -> None:
        require_date(self.start, kind="start of a period")
        if self.end is None:
            return
        require_date(self.end, kind="end of a period")
        if self.end <= self.start:
            raise InvalidValueError(
                kind="period",
                value=f"{self.start} to {self.end}",
                reason="must end after it starts",
            )

    def __contains__(self, day: Date) -> bool:
        require_date(day)
        return self.start <= day and (self.end is None or day < self.end)

    def overlaps(self, other: Period) -> bool:
        """Tell whether some day lies in both periods."""
        starts_before = self.end is None or other.start < self.end
        return starts_before and (other.end is None or self.start < other.end)

    @property
    def in_words(self) -> str:
        """The days from the first to the last, both included."""
        if self.end is None:
            return f"from {self.start} on"
        last = self.end.subtract(days=1)
        return f"on {last}" if last == self.start else f"from {self.start} to {last}"

    def __str__(self) -> str:
        return f"from {self.start}" if self.end is None else f"{self.start} to {self.end}"
