"""The meetings of a group over a programme year, as planned."""

from __future__ import annotations

from enum import Enum

from attrs import frozen
from pendulum import Date, DateTime

__all__ = [
    "LocalMeeting",
    "Meeting",
    "MeetingPlan",
    "MeetingScore",
    "MemberBurden",
    "Relaxation",
    "RelaxationKind",
]


_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MINUTES_AN_HOUR = 60


@frozen(kw_only=True)
class LocalMeeting:
    """One meeting on the clock of one member.

    Parameters
    ----------
    attendee, name
        Key and name of the member.
    timezone
        Its zone, e.g. ``Asia/Kathmandu``.
    day
        Its local date.
    from_minute, to_minute
        What its clock shows at the start and at the end, in minutes after local
        midnight; 1440 is the end of the day.
    utc_offset_minutes
        Its offset from UTC at the start, east positive.
    burden_minutes
        By how much the meeting stretches its preferred day, see
        `OfficeHours.burden_minutes`.
    """

    attendee: str
    name: str
    timezone: str
    day: Date
    from_minute: int
    to_minute: int
    utc_offset_minutes: int
    burden_minutes: int

    @property
    def weekday(self) -> str:
        """English name of the local weekday."""
        return weekday_name(self.day.isoweekday())

    @property
    def hours(self) -> str:
        """The local hours in words, e.g. ``14:30-16:00``."""
        return f"{clock_text(self.from_minute)}-{clock_text(self.to_minute)}"

    @property
    def utc_offset(self) -> str:
        """The offset in words, e.g. ``UTC+05:45``."""
        sign = "-" if self.utc_offset_minutes < 0 else "+"
        return f"UTC{sign}{clock_text(abs(self.utc_offset_minutes))}"

    @property
    def when(self) -> str:
        """Day, hours and offset in words: ``Monday 2027-03-15, 15:00-16:30 (UTC+02:00)``."""
        return f"{self.weekday} {self.day}, {self.hours} ({self.utc_offset})"

    def __str__(self) -> str:
        return f"{self.name}: {self.when}"


@frozen(kw_only=True)
class Meeting:
    """One meeting of a group.

    Parameters
    ----------
    ordinal
        Its place in the year, from 1.
    starts_at
        Its instant, in UTC.
    duration_minutes
        Its length in elapsed minutes.
    local
        The meeting on the clock of each member whose zone is known, by key.
    facilitator
        The meeting on the clock of whoever leads it; ``None`` while that is nobody.
    """

    ordinal: int
    starts_at: DateTime
    duration_minutes: int
    local: tuple[LocalMeeting, ...]
    facilitator: LocalMeeting | None = None

    @property
    def ends_at(self) -> DateTime:
        """The instant at which it ends, in UTC."""
        return self.starts_at.add(minutes=self.duration_minutes)

    @property
    def is_in_office_hours(self) -> bool:
        """Whether it lies in the preferred hours of every member whose zone is known."""
        return all(member.burden_minutes == 0 for member in self.local)


@frozen(kw_only=True)
class MemberBurden:
    """What all meetings of the plan ask of one member.

    Parameters
    ----------
    attendee, name
        Key and name of the member.
    burden_minutes
        Sum over the meetings.
    meetings_outside
        How many meetings lie outside its preferred hours.
    """

    attendee: str
    name: str
    burden_minutes: int
    meetings_outside: int


@frozen(kw_only=True, order=True)
class MeetingScore:
    """What a plan is judged by, smaller is better, the first difference decides.

    Parameters
    ----------
    changes
        Meetings on other dates than were agreed before; 0 when nothing was.
    burdens_minutes
        The cumulative burdens of the members in descending order: first the largest is
        kept small, then the second largest, and so on.
    facilitator_minutes
        The cumulative burden of the facilitator.
    unevenness
        How far the spacing is from an even one, see
        `MeetingRules.unevenness`.
    """

    changes: int
    burdens_minutes: tuple[int, ...]
    facilitator_minutes: int
    unevenness: int

    @property
    def largest_burden_minutes(self) -> int:
        """The largest cumulative burden of any member."""
        return max(self.burdens_minutes, default=0)

    @property
    def total_burden_minutes(self) -> int:
        """The burdens of all members together."""
        return sum(self.burdens_minutes)


class RelaxationKind(Enum):
    """What one could give up so that the meetings fit."""

    LEAVE_OUT_MEMBERS = "leave out members"
    WIDEN_HOURS_OF_SOME = "widen the hours of as few members as will do"
    WIDEN_HOURS_OF_ALL = "widen the hours of all members"
    FEWER_MEETINGS = "hold fewer meetings"
    IGNORE_HOLIDAYS = "meet on holidays and blackout days"
    FREE_SPACING = "give up the spacing"
    WIDER_HOURS_AND_FEWER = "widen the hours of all members and hold fewer meetings"
    HAND_OVER = "hand groups over to another facilitator"
    LEAVE_OUT_VISITS = "leave out visits"
    MORE_LOAD = "let a facilitator lead more meetings in a day or week, without rest"
    SHORTER_VISIT = "visit for fewer days"
    FREE_TIME_OF_VISIT = "visit at another time of the year"


@frozen(kw_only=True)
class Relaxation:
    """One change, as small as its kind allows, with which a plan exists.

    Parameters
    ----------
    kind
        What is given up.
    members
        Keys of the members it concerns, or of groups, visits or facilitators; empty when
        it concerns all alike.
    amount
        How much: minutes by which the acceptable hours widen at both ends, or the
        number of meetings that do fit; 0 where no amount applies.
    sentence
        The change in words.
    """

    kind: RelaxationKind
    members: tuple[str, ...]
    amount: int
    sentence: str


@frozen(kw_only=True)
class MeetingPlan:
    """The meetings of a group, or why there are none.

    Parameters
    ----------
    meetings
        In order of time; empty when nothing fits.
    burdens
        What the meetings ask of each member whose zone is known, by key.
    score
        What the plan was judged by; ``None`` when nothing fits.
    is_proven_best
        No other plan has a smaller score. ``False`` when the search had to be cut
        short, or nothing fits.
    unplaced
        Keys of the members whose zone is not known; they are not considered.
    relaxations
        When nothing fits: what one could give up, the smallest change of each kind.
    notes
        What a planner should know, as sentences.
    time_zone_data
        Version of the IANA time zone database that was used.
    """

    meetings: tuple[Meeting, ...]
    burdens: tuple[MemberBurden, ...]
    score: MeetingScore | None
    is_proven_best: bool
    unplaced: tuple[str, ...]
    relaxations: tuple[Relaxation, ...]
    notes: tuple[str, ...]
    time_zone_data: str

    @property
    def meetings_outside(self) -> int:
        """How many meetings lie outside the preferred hours of some member."""
        return sum(1 for meeting in self.meetings if not meeting.is_in_office_hours)

    @property
    def is_complete(self) -> bool:
        """Whether the meetings that the rules ask for are all placed."""
        return self.score is not None


def weekday_name(iso_weekday: int) -> str:
    """English name of an ISO weekday, Monday is 1."""
    return _WEEKDAYS[iso_weekday - 1]


def clock_text(minute: int) -> str:
    """Minutes after midnight as a clock shows them, e.g. ``07:05``."""
    return f"{minute // _MINUTES_AN_HOUR:02d}:{minute % _MINUTES_AN_HOUR:02d}"
