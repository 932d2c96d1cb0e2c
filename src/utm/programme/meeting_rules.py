"""What a programme asks of the meetings of a group."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from attrs import frozen
from pendulum import Date

from utm.domain import Period
from utm.domain.dates import require_date
from utm.errors import InvalidValueError
from utm.programme.time_zones import MINUTES_A_DAY

__all__ = ["MeetingRules", "days_within"]

_QUARTER_HOUR = 15
_FIRST_YEAR = 1973


@frozen(kw_only=True)
class MeetingRules:
    """How many meetings, how long, how far apart, and when not.

    Parameters
    ----------
    year
        The programme year, half-open and with an end. Every meeting lies in it on
        the local calendar of every member.
    number
        How many meetings; City2City asks for at least four within one year.
    duration_minutes
        Length of a meeting, in elapsed minutes.
    minimum_spacing_days, maximum_spacing_days
        Fewest and most days between the UTC dates of neighbouring meetings.
    grid_minutes
        Meetings start on a multiple of this many minutes after midnight UTC: a
        multiple of 15 that divides the day. Every zone in use today keeps an offset
        of whole quarter hours, so a start is a quarter hour on every member's clock.
    blackout_days
        Days on which nobody meets, on the local calendar of each member.

    Raises
    ------
    InvalidValueError
        A number is not positive, the spacing is empty or does not fit the year, the
        year has no end or starts before 1973, or the grid is not one of quarter hours.
    """

    year: Period
    number: int = 4
    duration_minutes: int = 90
    minimum_spacing_days: int = 28
    maximum_spacing_days: int = 120
    grid_minutes: int = 15
    blackout_days: tuple[Date, ...] = ()

    def __attrs_post_init__(self) -> None:
        self._require_positive_numbers()
        self._require_bounded_year()
        if self.duration_minutes >= MINUTES_A_DAY:
            raise InvalidValueError(
                kind="duration of a meeting",
                value=self.duration_minutes,
                reason="must be shorter than a day",
            )
        if self.grid_minutes % _QUARTER_HOUR or MINUTES_A_DAY % self.grid_minutes:
            raise InvalidValueError(
                kind="grid of meetings",
                value=self.grid_minutes,
                reason="must be a multiple of 15 minutes that divides the day",
            )
        if self.minimum_spacing_days > self.maximum_spacing_days:
            raise InvalidValueError(
                kind="spacing of meetings",
                value=(self.minimum_spacing_days, self.maximum_spacing_days),
                reason="must have its minimum not above its maximum",
            )
        for day in self.blackout_days:
            require_date(day, kind="blackout day")

    def _require_positive_numbers(self) -> None:
        numbers = {
            "number of meetings": self.number,
            "duration of a meeting": self.duration_minutes,
            "minimum spacing of meetings": self.minimum_spacing_days,
            "maximum spacing of meetings": self.maximum_spacing_days,
            "grid of meetings": self.grid_minutes,
        }
        for kind, value in numbers.items():
            if type(value) is not int or value < 1:
                raise InvalidValueError(
                    kind=kind, value=value, reason="must be a whole number of at least 1"
                )

    def _require_bounded_year(self) -> None:
        if self.year.end is None:
            raise InvalidValueError(
                kind="programme year", value=str(self.year), reason="must have an end"
            )
        if self.year.start.year < _FIRST_YEAR:
            raise InvalidValueError(
                kind="programme year",
                value=str(self.year),
                reason="must start in 1973 or later, since when all offsets are whole minutes",
            )

    @property
    def ends_before(self) -> Date:
        """First day after the programme year."""
        if self.year.end is None:  # pragma: no cover - the constructor has refused it
            raise InvalidValueError(
                kind="programme year", value=str(self.year), reason="must have an end"
            )
        return self.year.end

    @property
    def days(self) -> int:
        """Length of the programme year in days."""
        return self.ends_before.toordinal() - self.year.start.toordinal()

    def unevenness(self, dates: tuple[Date, ...]) -> int:
        """How far the spacing of some meetings is from an even one; 0 is perfect.

        The sum over neighbouring meetings of ``(number * gap - days) ** 2``, with
        the gap in days: the even gap is the year divided by the number of meetings.
        Multiplied by the number it stays a whole number.
        """
        gaps = (later.toordinal() - earlier.toordinal() for earlier, later in pairwise(dates))
        return sum((self.number * gap - self.days) ** 2 for gap in gaps)


def days_within(periods: Iterable[Period], year: Period) -> list[Date]:
    """The days of some periods that lie in a year, in order and each once."""
    days: set[Date] = set()
    for period in periods:
        last = period.end or year.end or period.start
        ordinals = range(period.start.toordinal(), last.toordinal())
        days |= {day for ordinal in ordinals if (day := Date.fromordinal(ordinal)) in year}
    return sorted(days)
