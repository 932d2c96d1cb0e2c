"""Look at agreed dates again when governments have moved their clocks since."""

from __future__ import annotations

from datetime import datetime

from attrs import frozen
from pendulum import Date

from utm.domain import PairingId
from utm.programme.attendees import Attendee
from utm.programme.exchange.dates_now import SessionsBasis
from utm.programme.exchange.session_events import ToldTime
from utm.programme.exchange.state import EditionState, SessionState
from utm.programme.meetings import clock_text
from utm.programme.time_zones import zone_info_of

__all__ = ["MovedClock", "recheck_sessions"]

_MINUTES_AN_HOUR = 60


@frozen(kw_only=True)
class MovedClock:
    """A date whose local time is no longer what somebody was told.

    Parameters
    ----------
    group, number
        Which date.
    told
        What was told.
    day, minute
        The local day and minute at which it is now.
    is_acceptable
        Whether it still lies in the acceptable hours; if not, it has to be moved.
    """

    group: PairingId
    number: int
    told: ToldTime
    day: Date
    minute: int
    is_acceptable: bool

    @property
    def sentence(self) -> str:
        """The move in words, with what to do."""
        what = "tell the new hour" if self.is_acceptable else "reschedule it"
        return (
            f"{self.group}, date {self.number}: {self.told.attendee} was told {self.told.day} "
            f"{clock_text(self.told.minute)}, and by its clock it is now {self.day} "
            f"{clock_text(self.minute)}; {what}."
        )


def recheck_sessions(
    state: EditionState, basis: SessionsBasis, *, on: Date
) -> tuple[MovedClock, ...]:
    """Name the dates to come whose local times have moved since they were told.

    Parameters
    ----------
    state
        The edition.
    basis
        Clocks and hours of everybody.
    on
        Dates from this day on are looked at.

    Returns
    -------
    tuple of MovedClock
        By group, number and attendee. Those that are no longer acceptable are to be given
        to `plan_rescheduling` as cancelled.
    """
    people = {one.key: one for one in basis.with_entrants(state).attendees}
    people |= {one.key: one.attendee for one in basis.facilitators}
    return tuple(
        moved
        for group in sorted(state.groups, key=lambda one: one.id)
        for session in sorted(group.coming(on), key=lambda one: one.number)
        for told in session.told
        if (moved := _moved(group.id, session, told, people.get(told.attendee))) is not None
    )


def _moved(
    group: PairingId, session: SessionState, told: ToldTime, who: Attendee | None
) -> MovedClock | None:
    zone = zone_info_of(told.timezone)
    starts = datetime.fromtimestamp(session.starts_at.timestamp(), tz=zone)
    minute = starts.hour * _MINUTES_AN_HOUR + starts.minute
    day = Date(starts.year, starts.month, starts.day)
    if (day, minute) == (told.day, told.minute):
        return None
    end = minute + session.duration_minutes
    fits = who is None or (
        who.hours.acceptable_from <= minute
        and end <= who.hours.acceptable_to
        and day.isoweekday() in who.working_weekdays
    )
    return MovedClock(
        group=group,
        number=session.number,
        told=told,
        day=day,
        minute=minute,
        is_acceptable=fits,
    )
