"""Check a plan minute by minute, in another way than it was made.

The check reads every minute of every meeting off the zone itself, so that it finds
mistakes of the search as well as clocks that a newer time zone database has changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import pairwise

from utm.domain import TimeZone
from utm.programme.attendees import Attendee
from utm.programme.meeting_rules import MeetingRules
from utm.programme.meetings import LocalMeeting, Meeting, MeetingPlan
from utm.programme.time_zones import zone_info_of

__all__ = ["audit_meetings"]

_MINUTES_AN_HOUR = 60


def audit_meetings(
    plan: MeetingPlan, attendees: Iterable[Attendee], rules: MeetingRules
) -> tuple[str, ...]:
    """Tell what is wrong with a plan under the rules and today's time zone data.

    Use it on a plan that was stored earlier: where a government has moved its clocks
    since, the local times that were told to the members no longer hold.

    Parameters
    ----------
    plan
        The plan.
    attendees
        The members for whom it was made.
    rules
        The rules under which it was made.

    Returns
    -------
    tuple of str
        One sentence for each problem; none when the plan stands.

    Notes
    -----
    Takes one conversion for each member and minute, about 1 ms a meeting.
    """
    members = {member.key: member for member in attendees}
    return (
        *_problems_of_number(plan, rules),
        *_problems_of_spacing(plan, rules),
        *(
            problem
            for meeting in plan.meetings
            for problem in _problems_of_meeting(meeting, members, rules)
        ),
    )


def _problems_of_number(plan: MeetingPlan, rules: MeetingRules) -> Iterator[str]:
    if plan.meetings and len(plan.meetings) != rules.number:
        yield f"The plan has {len(plan.meetings)} meetings, not {rules.number}."


def _problems_of_spacing(plan: MeetingPlan, rules: MeetingRules) -> Iterator[str]:
    for earlier, later in pairwise(plan.meetings):
        gap = later.starts_at.date().toordinal() - earlier.starts_at.date().toordinal()
        if not rules.minimum_spacing_days <= gap <= rules.maximum_spacing_days:
            yield f"Meetings {earlier.ordinal} and {later.ordinal} are {gap} days apart."


def _problems_of_meeting(
    meeting: Meeting, members: dict[str, Attendee], rules: MeetingRules
) -> Iterator[str]:
    minutes = meeting.starts_at.hour * _MINUTES_AN_HOUR + meeting.starts_at.minute
    if minutes % rules.grid_minutes or meeting.starts_at.second or meeting.starts_at.microsecond:
        yield f"Meeting {meeting.ordinal} does not start on the grid."
    if meeting.duration_minutes != rules.duration_minutes:
        yield f"Meeting {meeting.ordinal} takes {meeting.duration_minutes} minutes."
    known = {key for key, member in members.items() if isinstance(member.timezone, TimeZone)}
    if known != {local.attendee for local in meeting.local}:
        yield f"Meeting {meeting.ordinal} does not tell the local time of all members."
    for local in meeting.local:
        member = members.get(local.attendee)
        if member is not None and isinstance(member.timezone, TimeZone):
            readings = _readings(meeting, member.timezone)
            yield from _problems_of_clock(meeting, local, member, readings)
            yield from _problems_of_day(meeting, member, readings, rules)


def _readings(meeting: Meeting, zone: TimeZone) -> list[datetime]:
    """What the local clock shows at each minute of a meeting."""
    info = zone_info_of(zone)
    start = datetime.fromtimestamp(meeting.starts_at.timestamp(), tz=info)
    instants = (start.timestamp() + 60 * minute for minute in range(meeting.duration_minutes))
    return [datetime.fromtimestamp(instant, tz=info) for instant in instants]


def _problems_of_clock(
    meeting: Meeting, local: LocalMeeting, member: Attendee, readings: list[datetime]
) -> Iterator[str]:
    shown = [reading.hour * _MINUTES_AN_HOUR + reading.minute for reading in readings]
    told = (local.day, local.from_minute, local.to_minute)
    if told != (readings[0].date(), shown[0], shown[-1] + 1):
        yield (
            f"Meeting {meeting.ordinal} starts at {readings[0]:%Y-%m-%d %H:%M} in {member.name}, "
            f"and not as told ({local.day}, {local.hours})."
        )
    if readings[0].utcoffset() != timedelta(minutes=local.utc_offset_minutes):
        yield f"Meeting {meeting.ordinal} names a wrong offset for {member.name}."
    if local.burden_minutes != member.hours.burden_minutes(min(shown), max(shown) + 1):
        yield f"Meeting {meeting.ordinal} names a wrong burden for {member.name}."
    if min(shown) < member.hours.acceptable_from or max(shown) >= member.hours.acceptable_to:
        yield f"Meeting {meeting.ordinal} lies outside the acceptable hours of {member.name}."


def _problems_of_day(
    meeting: Meeting, member: Attendee, readings: list[datetime], rules: MeetingRules
) -> Iterator[str]:
    days = {reading.date() for reading in readings}
    if len(days) > 1:
        yield f"Meeting {meeting.ordinal} runs over midnight in {member.name}."
    for day in sorted(days):
        if not rules.year.start <= day < rules.ends_before:
            yield f"Meeting {meeting.ordinal} lies outside the programme year in {member.name}."
        if day.isoweekday() not in member.working_weekdays:
            yield f"Meeting {meeting.ordinal} falls on a free weekday of {member.name}."
        if day in rules.blackout_days:
            yield f"Meeting {meeting.ordinal} falls on a blackout day in {member.name}."
        if member.holidays is not None:
            for holiday in member.holidays.holidays_within(rules.year):
                if holiday.day == day:
                    yield f"Meeting {meeting.ordinal} falls on {holiday.name} in {member.name}."
