"""Place the meetings of a group in its programme year."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import pendulum
from attrs import frozen
from pendulum import DateTime

from utm.domain import TimeZone
from utm.errors import InvalidValueError
from utm.programme.attendees import Attendee
from utm.programme.meeting_notes import notes_on
from utm.programme.meeting_relaxations import relaxations_for
from utm.programme.meeting_rules import MeetingRules
from utm.programme.meeting_slots import LocalClock, Slots, clock_of
from utm.programme.meetings import (
    LocalMeeting,
    Meeting,
    MeetingPlan,
    MeetingScore,
    MemberBurden,
)
from utm.programme.time_zones import (
    MINUTES_A_DAY,
    date_of,
    instant_of,
    local_minute,
    time_zone_data_version,
)

__all__ = [
    "GroupClocks",
    "clocks_of",
    "minute_at",
    "on_clock",
    "plan_at",
    "schedule_meetings",
    "utc_at",
]


def schedule_meetings(
    attendees: Iterable[Attendee],
    rules: MeetingRules,
    *,
    facilitator: Attendee | None = None,
    agreed: Iterable[DateTime] | None = None,
    held: Iterable[DateTime] = (),
    busy: Iterable[tuple[DateTime, DateTime]] = (),
    most_labels: int = 2_000,
) -> MeetingPlan:
    """Place the meetings of one group in its programme year.

    Every meeting lies within the acceptable hours of a working day of every member, on
    its own clock of that date; never on a holiday or a blackout day. Among all such
    plans the best is chosen, the first difference decides:

    1. fewest meetings on other dates than were agreed before,
    2. smallest cumulative burden of the member that bears most, then of the one that
       bears second most, and so on,
    3. smallest burden of the facilitator,
    4. most even spacing over the year,
    5. earliest first meeting, then second, and so on.

    Members whose zone is not known are left out of the search, and the plan says so.

    Parameters
    ----------
    attendees
        The members, in any order; the plan does not depend on it.
    rules
        What the programme asks of the meetings.
    facilitator
        Who leads the meetings, within the own acceptable hours.
    agreed
        Starts that were agreed before and would better stay, in UTC.
    held
        Starts of meetings that were held already: they stay, count among those that the
        rules ask for, and nothing is placed before the day after the last of them.
    busy
        Instants from and to which nobody may meet, in UTC.
    most_labels
        Limit of the search, see `search_meetings`.

    Returns
    -------
    MeetingPlan
        With `MeetingPlan.relaxations` instead of meetings when
        nothing fits.

    Raises
    ------
    InvalidValueError
        There is no attendee, two share a key, or a holiday list does not cover the year.

    Notes
    -----
    Exact, by a search over days and cumulative burdens; about 0.03 s for a group of two
    to four members and four meetings in a year.
    """
    # NumPy is imported with the search only, so that the types stay cheap to import.
    from utm.programme.meeting_offers import candidates_of  # noqa: PLC0415
    from utm.programme.meeting_search import search_meetings  # noqa: PLC0415

    members = _in_order(attendees)
    group = clocks_of(members, rules, facilitator=facilitator)
    past = sorted(minute_at(start) for start in held)
    if not group.members:
        return plan_at(None, members, group, rules)
    slots = (
        candidates_of(group.everybody, rules)
        .without((minute_at(begins), minute_at(ends)) for begins, ends in busy)
        .slots(agreed=None if agreed is None else map(minute_at, agreed), held=past)
    )
    found = search_meetings(
        slots,
        rules,
        guides=len(group.guides),
        number=rules.number - len(past[:-1]),
        begins_on=past[-1] // MINUTES_A_DAY if past else None,
        most_labels=most_labels,
    )
    starts = None if found is None else (*past[:-1], *found.starts)
    return plan_at(
        starts,
        members,
        group,
        rules,
        slots=slots,
        agreed=None if agreed is None else {*map(minute_at, agreed), *past},
        is_proven_best=found is not None and found.is_proven_best,
    )


@frozen(kw_only=True)
class GroupClocks:
    """The clocks of a group: members whose zone is known by key, and who leads it."""

    members: tuple[LocalClock, ...]
    guides: tuple[LocalClock, ...] = ()

    @property
    def everybody(self) -> tuple[LocalClock, ...]:
        """The members and then the facilitator."""
        return (*self.members, *self.guides)


def clocks_of(
    members: Iterable[Attendee], rules: MeetingRules, *, facilitator: Attendee | None = None
) -> GroupClocks:
    """Look up the clocks of all whose zone is known."""
    return GroupClocks(
        members=tuple(
            clock_of(one, rules) for one in members if isinstance(one.timezone, TimeZone)
        ),
        guides=tuple(
            clock_of(one, rules)
            for one in (facilitator,)
            if one is not None and isinstance(one.timezone, TimeZone)
        ),
    )


def plan_at(
    starts: Sequence[int] | None,
    members: Sequence[Attendee],
    group: GroupClocks,
    rules: MeetingRules,
    *,
    slots: Slots | None = None,
    agreed: Collection[int] | None = None,
    is_proven_best: bool = False,
) -> MeetingPlan:
    """Tell a plan in words and local times, or why there is none.

    Parameters
    ----------
    starts
        The starts in order; ``None`` when nothing fits.
    members
        All members by key.
    group
        The clocks of those whose zone is known.
    rules
        What was asked.
    slots
        What was on offer.
    agreed
        Starts that were agreed before, those held among them.
    is_proven_best
        Whether no other plan is better.
    """
    meetings = () if starts is None else _meetings_at(starts, group, rules)
    burdens = _burdens_of(group.members, meetings)
    placed = {clock.attendee.key for clock in group.members}
    return MeetingPlan(
        meetings=meetings,
        burdens=burdens,
        score=_score_of(meetings, burdens, rules, agreed) if meetings else None,
        is_proven_best=is_proven_best,
        unplaced=tuple(member.key for member in members if member.key not in placed),
        relaxations=relaxations_for(group.everybody, rules) if starts is None else (),
        notes=notes_on(members, group.members, slots or {}, rules, meetings),
        time_zone_data=time_zone_data_version(),
    )


def _in_order(attendees: Iterable[Attendee]) -> list[Attendee]:
    members = sorted(attendees, key=lambda member: member.key)
    keys = [member.key for member in members]
    if not keys or len(set(keys)) < len(keys):
        raise InvalidValueError(
            kind="attendees", value=keys, reason="must be one or more with distinct keys"
        )
    return members


def _meetings_at(
    starts: Iterable[int], group: GroupClocks, rules: MeetingRules
) -> tuple[Meeting, ...]:
    return tuple(
        Meeting(
            ordinal=ordinal,
            starts_at=utc_at(start),
            duration_minutes=rules.duration_minutes,
            local=tuple(on_clock(clock, start, rules.duration_minutes) for clock in group.members),
            facilitator=next(
                (on_clock(clock, start, rules.duration_minutes) for clock in group.guides), None
            ),
        )
        for ordinal, start in enumerate(starts, start=1)
    )


def minute_at(instant: DateTime) -> int:
    """An instant in minutes since 1970."""
    return instant.int_timestamp // 60


def utc_at(start: int) -> DateTime:
    """An instant in minutes since 1970 as one in UTC."""
    return pendulum.instance(instant_of(start), tz="UTC")


def on_clock(clock: LocalClock, start: int, duration_minutes: int) -> LocalMeeting:
    """A meeting on the clock of one attendee."""
    begins = local_minute(clock.spells, start)
    # The clock is read at the last minute: at midnight it would show the next day.
    ends = local_minute(clock.spells, start + duration_minutes - 1) + 1
    day = date_of(begins)
    midnight = begins - begins % MINUTES_A_DAY
    return LocalMeeting(
        attendee=clock.attendee.key,
        name=clock.attendee.name,
        timezone=clock.zone.value,
        day=day,
        from_minute=begins - midnight,
        to_minute=ends - midnight,
        utc_offset_minutes=begins - start,
        burden_minutes=clock.burden_minutes(start, start + duration_minutes),
    )


def _burdens_of(
    clocks: Iterable[LocalClock], meetings: tuple[Meeting, ...]
) -> tuple[MemberBurden, ...]:
    burdens: list[MemberBurden] = []
    for index, clock in enumerate(clocks):
        each = [meeting.local[index].burden_minutes for meeting in meetings]
        burdens.append(
            MemberBurden(
                attendee=clock.attendee.key,
                name=clock.attendee.name,
                burden_minutes=sum(each),
                meetings_outside=sum(1 for minutes in each if minutes),
            )
        )
    return tuple(burdens)


def _score_of(
    meetings: tuple[Meeting, ...],
    burdens: tuple[MemberBurden, ...],
    rules: MeetingRules,
    agreed: Collection[int] | None,
) -> MeetingScore:
    return MeetingScore(
        changes=sum(
            agreed is not None and minute_at(meeting.starts_at) not in agreed
            for meeting in meetings
        ),
        burdens_minutes=tuple(sorted((one.burden_minutes for one in burdens), reverse=True)),
        facilitator_minutes=sum(
            meeting.facilitator.burden_minutes for meeting in meetings if meeting.facilitator
        ),
        unevenness=rules.unevenness(tuple(meeting.starts_at.date() for meeting in meetings)),
    )
