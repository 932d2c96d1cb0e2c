"""Closing times: a day, a time of day and a zone, as somebody published them."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from attrs import frozen
from pendulum import Date

from utm.domain.dates import require_date
from utm.domain.places import TimeZone
from utm.domain.time_zone_data import read_zone
from utm.errors import InvalidValueError

__all__ = ["ClosingTime", "require_instant"]

_EARLIEST_ZONE = "Pacific/Kiritimati"
_STAGES = (1, 2, 3, 4, 5)
_FIRST_YEAR, _LAST_YEAR = 1950, 2200


@frozen(kw_only=True)
class ClosingTime:
    """When something closes: from the instant at which the clocks of the zone first show it.

    Where the clock shows the time twice, its first showing counts; where the clock leaps
    over it, the leap. Without a time of day it is the end of the day; without a zone, the
    zone in which the day ends first, so that nothing is thought to be open for too long.

    Parameters
    ----------
    day
        The published day.
    time_of_day
        The published time, without a zone of its own; ``None`` means the end of the day.
    zone
        The zone in which the time is meant; ``None`` where nobody has said it.
    stage
        The stage of the procedure that ends, from 1 (where new applicants come in) to 5.
    note
        How it was published, e.g. ``"17.00 Brussels time"``.
    """

    day: Date
    time_of_day: time | None = None
    zone: TimeZone | None = None
    stage: int = 1
    note: str = ""

    def __attrs_post_init__(self) -> None:
        require_date(self.day, kind="day of a closing time")
        if not _FIRST_YEAR <= self.day.year <= _LAST_YEAR:
            raise InvalidValueError(
                kind="day of a closing time",
                value=str(self.day),
                reason=f"must lie in {_FIRST_YEAR}-{_LAST_YEAR}",
            )
        at = self.time_of_day
        if at is not None and (type(at) is not time or at.tzinfo is not None or at.fold):
            raise InvalidValueError(
                kind="time of day", value=at, reason="must be a time without a zone"
            )
        if type(self.stage) is not int or self.stage not in _STAGES:
            raise InvalidValueError(
                kind="stage", value=self.stage, reason="must be 1, 2, 3, 4 or 5"
            )

    @property
    def instant(self) -> datetime:
        """The first instant at which it is closed, in UTC."""
        at = self.time_of_day
        day = datetime(self.day.year, self.day.month, self.day.day)  # noqa: DTZ001 - on the wall
        wall = day + timedelta(days=1) if at is None else datetime.combine(day, at)
        return _first_showing(wall, read_zone(self.zone.value if self.zone else _EARLIEST_ZONE))

    def is_past(self, at: datetime) -> bool:
        """Tell whether it is closed at an instant."""
        return require_instant(at) >= self.instant

    def __str__(self) -> str:
        at = self.time_of_day.isoformat("minutes") if self.time_of_day else "end of day"
        return f"{self.day} {at} ({self.zone or 'no zone stated'})"


def require_instant(at: object) -> datetime:
    """Refuse a time without a zone; otherwise give it in UTC.

    Raises
    ------
    InvalidValueError
        The value is no ``datetime`` with a zone.
    """
    if not isinstance(at, datetime) or at.utcoffset() is None:
        raise InvalidValueError(kind="instant", value=at, reason="must be a datetime with a zone")
    return at.astimezone(UTC)


def _first_showing(wall: datetime, zone: ZoneInfo) -> datetime:
    """Find the first instant at which the clocks show a time, or a later one of a leap."""
    first = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if _shown(first, zone) == wall:
        return first
    before = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)  # the clocks leap in between
    low, high = 0, int((first - before).total_seconds())
    while low < high:
        middle = (low + high) // 2
        if _shown(before + timedelta(seconds=middle), zone) >= wall:
            high = middle
        else:
            low = middle + 1
    leap = before + timedelta(seconds=high)
    return leap.replace(microsecond=0)


def _shown(instant: datetime, zone: ZoneInfo) -> datetime:
    return instant.astimezone(zone).replace(tzinfo=None, fold=0)
