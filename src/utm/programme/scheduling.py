"""Place the meetings of a group in its programme year."""

from __future__ import annotations

from collections.abc import Iterable

import pendulum
from pendulum import DateTime

from utm.domain import TimeZone
from utm.errors import InvalidValueError
from utm.programme.attendees import Attendee
from utm.programme.meeting_notes import notes_on
from utm.programme.meeting_relaxations import relaxations_for
from utm.programme.meeting_rules import MeetingRules
from utm.programme.meeting_slots import LocalClock, clock_of, slots_of
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

__all__ = ["schedule_meetings"]


def schedule_meetings(
    attendees: Iterable[Attendee], rules: MeetingRules, *, most_labels: int = 2_000
) -> MeetingPlan:
    """Place the meetings of one group in its programme year.

    Every meeting lies within the acceptable hours of a working day of every member, on
    its own clock of that date; never on a holiday or a blackout day. Among all such
    plans the best is chosen, the first difference decides:

    1. fewest meetings outside the preferred hours of anybody,
    2. smallest cumulative burden of the member that bears most,
    3. smallest burden of all members together,
    4. most even spacing over the year,
    5. earliest first meeting, then second, and so on.

    Members whose zone is not known are left out of the search, and the plan says so.

    Parameters
    ----------
    attendees
        The members, in any order; the plan does not depend on it.
    rules
        What the programme asks of the meetings.
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
    Exact, by a search over days and cumulative burdens; about 0.05 s for a group of two
    to four members and four meetings in a year.
    """
    # NumPy is imported with the search only, so that the types stay cheap to import.
    from utm.programme.meeting_search import search_meetings  # noqa: PLC0415

    members = _in_order(attendees)
    placed = [member for member in members if isinstance(member.timezone, TimeZone)]
    clocks = [clock_of(member, rules) for member in placed]
    slots = slots_of(clocks, rules)
    found = search_meetings(slots, rules, most_labels=most_labels)
    meetings = () if found is None else _meetings_at(found.starts, clocks, rules)
    burdens = _burdens_of(clocks, meetings)
    return MeetingPlan(
        meetings=meetings,
        burdens=burdens,
        score=_score_of(meetings, burdens, rules) if meetings else None,
        is_proven_best=found is not None and found.is_proven_best,
        unplaced=tuple(member.key for member in members if member not in placed),
        relaxations=relaxations_for(clocks, rules) if found is None else (),
        notes=notes_on(members, clocks, slots, rules, meetings),
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
    starts: Iterable[int], clocks: list[LocalClock], rules: MeetingRules
) -> tuple[Meeting, ...]:
    return tuple(
        Meeting(
            ordinal=ordinal,
            starts_at=_utc(start),
            duration_minutes=rules.duration_minutes,
            local=tuple(_on_clock(clock, start, rules.duration_minutes) for clock in clocks),
        )
        for ordinal, start in enumerate(starts, start=1)
    )


def _utc(start: int) -> DateTime:
    return pendulum.instance(instant_of(start), tz="UTC")


def _on_clock(clock: LocalClock, start: int, duration_minutes: int) -> LocalMeeting:
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
    meetings: tuple[Meeting, ...], burdens: tuple[MemberBurden, ...], rules: MeetingRules
) -> MeetingScore:
    return MeetingScore(
        meetings_outside=sum(1 for meeting in meetings if not meeting.is_in_office_hours),
        largest_burden_minutes=max(member.burden_minutes for member in burdens),
        total_burden_minutes=sum(member.burden_minutes for member in burdens),
        unevenness=rules.unevenness(tuple(meeting.starts_at.date() for meeting in meetings)),
    )
