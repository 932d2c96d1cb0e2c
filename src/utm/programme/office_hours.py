"""Office hours: when a member is at work, and what a meeting outside of them costs."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen
from pendulum import Date

from utm.domain import TimeZone
from utm.domain.dates import require_date
from utm.errors import InvalidValueError
from utm.programme.time_zones import (
    MINUTES_A_DAY,
    intersect,
    minute_of,
    offset_spells,
    total_minutes,
    windows_within,
)

__all__ = ["OfficeHours", "common_office_minutes", "common_office_minutes_in_worst_season"]


@frozen(kw_only=True)
class OfficeHours:
    """The hours of a local working day, in minutes after local midnight.

    *Preferred* hours are the office day. *Acceptable* hours are those in which a
    member may be asked to come at all. Both are half-open, so that a meeting may
    end on the minute at which the hours end.

    Parameters
    ----------
    preferred_from, preferred_to
        The office day; 09:00-17:00 unless said otherwise.
    acceptable_from, acceptable_to
        The widest hours, which include the preferred ones; 07:00-21:00 unless
        said otherwise. ``1440`` is the end of the day.

    Raises
    ------
    InvalidValueError
        A bound is not a whole minute of the day, or the preferred hours are empty
        or reach beyond the acceptable ones.
    """

    preferred_from: int = 9 * 60
    preferred_to: int = 17 * 60
    acceptable_from: int = 7 * 60
    acceptable_to: int = 21 * 60

    def __attrs_post_init__(self) -> None:
        bounds = (self.acceptable_from, self.preferred_from, self.preferred_to, self.acceptable_to)
        if any(type(bound) is not int or not 0 <= bound <= MINUTES_A_DAY for bound in bounds):
            raise InvalidValueError(
                kind="office hours", value=bounds, reason="must be whole minutes from 0 to 1440"
            )
        if list(bounds) != sorted(bounds) or self.preferred_from == self.preferred_to:
            raise InvalidValueError(
                kind="office hours",
                value=bounds,
                reason="must hold some preferred hours, all of them acceptable",
            )

    def burden_minutes(self, from_minute: int, to_minute: int) -> int:
        """The minutes by which a meeting stretches the preferred day.

        ``max(0, preferred_from - from_minute) + max(0, to_minute - preferred_to)``:
        how much earlier than usual the member must be there, plus how much longer
        the member must stay. A meeting at 07:30-09:00 costs 90, one at 18:00-19:30
        costs 150 (until 17:00 the member was there anyway), one inside the
        preferred hours costs nothing. Distance is measured and not only the length
        of what lies outside, so that 19:30 is dearer than 17:00.

        Parameters
        ----------
        from_minute, to_minute
            Earliest and latest reading of the member's clock during the meeting,
            in minutes after local midnight.
        """
        return max(0, self.preferred_from - from_minute) + max(0, to_minute - self.preferred_to)

    def widened(self, minutes: int) -> OfficeHours:
        """The same preferred hours, with acceptable hours wider at both ends.

        Parameters
        ----------
        minutes
            How much earlier and how much later; the local day is the limit.
        """
        return OfficeHours(
            preferred_from=self.preferred_from,
            preferred_to=self.preferred_to,
            acceptable_from=max(0, self.acceptable_from - minutes),
            acceptable_to=min(MINUTES_A_DAY, self.acceptable_to + minutes),
        )


_STANDARD = OfficeHours()


def common_office_minutes(
    zones: Iterable[TimeZone], on_day: Date, hours: OfficeHours = _STANDARD
) -> int:
    """Minutes of one UTC day at which it is preferred office hours everywhere.

    Working days are not looked at: the question is how far the clocks agree.

    Parameters
    ----------
    zones
        One or more time zones.
    on_day
        The UTC day, 00:00 to 24:00. Clock changes of that day are respected.
    hours
        Whose preferred hours count; 09:00-17:00 unless said otherwise.

    Returns
    -------
    int
        Between 0 and 1440.

    Raises
    ------
    InvalidValueError
        No zone is given, or the day is not exactly a date.
    """
    require_date(on_day)
    distinct = sorted(set(zones))
    if not distinct:
        raise InvalidValueError(kind="time zones", value=(), reason="must not be empty")
    midnight = minute_of(on_day)
    shared = [(midnight, midnight + MINUTES_A_DAY)]
    for zone in distinct:
        spells = offset_spells(zone, midnight, midnight + MINUTES_A_DAY)
        office = [
            window
            for day in range(-1, 2)
            for window in windows_within(
                spells,
                midnight + day * MINUTES_A_DAY + hours.preferred_from,
                midnight + day * MINUTES_A_DAY + hours.preferred_to,
            )
        ]
        shared = intersect(shared, sorted(office))
    return total_minutes(shared)


def common_office_minutes_in_worst_season(
    zones: Iterable[TimeZone], year: int, hours: OfficeHours = _STANDARD
) -> int:
    """The smaller of the common office minutes of 15 January and 15 July.

    Two days stand for the seasons of both hemispheres. See
    `common_office_minutes`.
    """
    members = tuple(zones)
    reference_days = (Date(year, 1, 15), Date(year, 7, 15))
    return min(common_office_minutes(members, day, hours) for day in reference_days)
