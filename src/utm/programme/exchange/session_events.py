"""What happens to the dates of groups: agreed once, then changed as little as may be."""

from __future__ import annotations

from itertools import pairwise
from typing import TypeAlias

import pendulum
from attrs import field, frozen
from pendulum import Date, DateTime

from utm.domain import PairingId, Period, TimeZone
from utm.errors import InvalidValueError
from utm.programme.exchange.visit_events import VisitDays

__all__ = [
    "AgreedSession",
    "DateChange",
    "GroupDates",
    "SessionEvent",
    "SessionsAgreed",
    "SessionsRescheduled",
    "ToldTime",
]


def _in_utc(instant: DateTime) -> DateTime:
    # A start is a whole second; what has no zone is refused by the class that holds it.
    return instant if instant.tzinfo is None else pendulum.from_timestamp(instant.timestamp())


def _in_utc_if_any(instant: DateTime | None) -> DateTime | None:
    return None if instant is None else _in_utc(instant)


def at_utc(instant: DateTime) -> str:
    """An instant in words."""
    return f"{instant.in_timezone('UTC'):%Y-%m-%d %H:%M} UTC"


@frozen(kw_only=True)
class ToldTime:
    """The local time that a member, or the facilitator, was told.

    Parameters
    ----------
    attendee
        Its key.
    timezone
        Its zone.
    day
        Its local date.
    minute
        What its clock shows at the start, in minutes after midnight.
    """

    attendee: str
    timezone: TimeZone
    day: Date
    minute: int


@frozen(kw_only=True)
class AgreedSession:
    """One agreed date of a group.

    Parameters
    ----------
    number
        What it is called within its group; it stays the same when the date is moved.
    starts_at
        The start, in UTC.
    duration_minutes
        Its length.
    told
        The local times that were told with it.
    """

    number: int
    starts_at: DateTime = field(converter=_in_utc)
    duration_minutes: int
    told: tuple[ToldTime, ...] = ()

    def __attrs_post_init__(self) -> None:
        for kind, value in (("number", self.number), ("duration", self.duration_minutes)):
            if type(value) is not int or value < 1:
                raise InvalidValueError(
                    kind=f"{kind} of a session",
                    value=value,
                    reason="must be a whole number of at least 1",
                )
        if self.starts_at.tzinfo is None:
            raise InvalidValueError(
                kind="start of a session", value=str(self.starts_at), reason="must have a time zone"
            )

    @property
    def ends_at(self) -> DateTime:
        """When it ends."""
        return self.starts_at.add(minutes=self.duration_minutes)

    @property
    def utc_day(self) -> Date:
        """Its day in UTC."""
        return self.starts_at.in_timezone("UTC").date()


@frozen(kw_only=True)
class SessionsAgreed:
    """The dates of a group are agreed for the first time.

    Parameters
    ----------
    group
        The group.
    identity
        What fixes the identifiers of the dates in calendars, see `MeetingSeries.identity`.
    sessions
        The dates, in order of time.
    time_zone_data
        Version of the time zone database that the local times were reckoned with.
    """

    group: PairingId
    identity: str
    sessions: tuple[AgreedSession, ...]
    time_zone_data: str

    def __attrs_post_init__(self) -> None:
        numbers = [one.number for one in self.sessions]
        apart = all(one.ends_at <= other.starts_at for one, other in pairwise(self.sessions))
        if not numbers or len(set(numbers)) < len(numbers) or not apart:
            raise InvalidValueError(
                kind="dates of a group",
                value=self.group.value,
                reason="must be one or more with distinct numbers, in order of time, apart",
            )

    @property
    def sentence(self) -> str:
        """What happened."""
        days = ", ".join(at_utc(one.starts_at) for one in self.sessions)
        return f"The dates of {self.group} were agreed: {days}."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The group and those who were told."""
        return _group_and_told(self.group, self.sessions)


@frozen(kw_only=True)
class DateChange:
    """One date of a group is moved, cancelled or new.

    Parameters
    ----------
    number
        Which.
    before
        When it was agreed to start; ``None`` for one that is new.
    after
        The date now; ``None`` when it is cancelled.
    """

    number: int
    before: DateTime | None = field(converter=_in_utc_if_any)
    after: AgreedSession | None

    def __attrs_post_init__(self) -> None:
        same_number = self.after is None or self.after.number == self.number
        same_start = self.after is not None and self.before == self.after.starts_at
        if not same_number or same_start or (self.before is None and self.after is None):
            raise InvalidValueError(
                kind="change of a date", value=self.number, reason="must change that very date"
            )

    @property
    def words(self) -> str:
        """The change in words."""
        if self.before is None:
            return (
                f"{self.number} is new at {'' if not self.after else at_utc(self.after.starts_at)}"
            )
        if self.after is None:
            return f"{self.number} of {at_utc(self.before)} is cancelled"
        return f"{self.number} moves from {at_utc(self.before)} to {at_utc(self.after.starts_at)}"


@frozen(kw_only=True)
class GroupDates:
    """What changes for one group.

    Parameters
    ----------
    group
        The group.
    facilitator
        Who leads it from now on; empty for nobody.
    changes
        Its dates that change; none if only the facilitator does.
    """

    group: PairingId
    facilitator: str
    changes: tuple[DateChange, ...] = ()


@frozen(kw_only=True)
class SessionsRescheduled:
    """Dates of groups change together; the reason is that of the command.

    Parameters
    ----------
    groups
        Those for which something changes, by key.
    blackouts
        Periods in which from now on nobody meets.
    time_zone_data
        Version of the time zone database that the local times were reckoned with.
    visits
        Visits that move, by key.
    """

    groups: tuple[GroupDates, ...]
    blackouts: tuple[Period, ...] = ()
    time_zone_data: str = ""
    visits: tuple[VisitDays, ...] = ()

    def __attrs_post_init__(self) -> None:
        keys = [*(one.group.value for one in self.groups), *(one.visit for one in self.visits)]
        numbers = [(one.group, change.number) for one in self.groups for change in one.changes]
        if len(set(keys)) < len(keys) or len(set(numbers)) < len(numbers):
            raise InvalidValueError(
                kind="rescheduling",
                value=str(len(keys)),
                reason="names a group, a visit or a date twice",
            )

    @property
    def sentence(self) -> str:
        """What happened."""
        parts = [
            f"{one.group} ({one.facilitator or 'nobody leads it'})"
            + (f": {', '.join(change.words for change in one.changes)}" if one.changes else "")
            for one in self.groups
        ]
        parts += [one.words for one in self.visits]
        parts += [f"nobody meets {period.in_words}" for period in self.blackouts]
        return f"Dates were changed. {'; '.join(parts)}."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The groups, those who were told, and the visits."""
        keys = [
            key
            for one in self.groups
            for key in _group_and_told(
                one.group, tuple(change.after for change in one.changes if change.after)
            )
        ]
        return tuple(dict.fromkeys([*keys, *(one.visit for one in self.visits)]))


SessionEvent: TypeAlias = SessionsAgreed | SessionsRescheduled
"""Any of these; each can be asked for by a command."""


def _group_and_told(group: PairingId, sessions: tuple[AgreedSession, ...]) -> tuple[str, ...]:
    told = dict.fromkeys(time.attendee for one in sessions for time in one.told)
    return (group.value, *told)
