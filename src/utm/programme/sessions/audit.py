"""Check the sessions of an edition minute by minute, in another way than they were made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import combinations

from attrs import evolve
from pendulum import Date, DateTime

from utm.domain import TimeZone
from utm.programme.attendees import Attendee
from utm.programme.meeting_audit import audit_meetings
from utm.programme.sessions.facilitator import Facilitator
from utm.programme.sessions.plan import GroupSessions, PlacedVisit, SessionsPlan
from utm.programme.sessions.problem import SessionGroup, SessionsProblem, Visit
from utm.programme.time_zones import zone_info_of

__all__ = ["audit_sessions"]

Span = tuple[datetime, datetime]


def audit_sessions(plan: SessionsPlan, problem: SessionsProblem) -> tuple[str, ...]:
    """Tell what is wrong with the sessions of an edition under its rules.

    Parameters
    ----------
    plan
        The plan, made now or stored earlier.
    problem
        What was asked.

    Returns
    -------
    tuple of str
        One sentence for each problem; none when the plan stands. Groups and visits without
        dates are not looked at.
    """
    groups = {one.key: one for one in problem.groups}
    visits = {one.key: one for one in problem.visits}
    return (
        *(
            f"{one.group}: {sentence}"
            for one in plan.groups
            if one.meetings.is_complete
            for sentence in _of_group(one, groups[one.group], problem)
        ),
        *(
            f"{one.visit}: {sentence}"
            for one in plan.visits
            for sentence in _of_visit(one, visits[one.visit], problem)
        ),
        *(
            sentence
            for who in problem.facilitators
            for sentence in _of_facilitator(who, plan, problem)
        ),
        *_of_people(plan, problem),
    )


def _of_group(one: GroupSessions, group: SessionGroup, problem: SessionsProblem) -> Iterator[str]:
    rules = problem.rules
    done = len(group.held) + len(group.held_on)
    coming = evolve(one.meetings, meetings=one.meetings.meetings[len(group.held) :])
    if done < rules.number:
        yield from audit_meetings(coming, group.members, evolve(rules, number=rules.number - done))
    who = problem.facilitator(group.facilitator)
    if who is not None:
        led = evolve(
            coming,
            meetings=tuple(
                evolve(meeting, local=(meeting.facilitator,) if meeting.facilitator else ())
                for meeting in coming.meetings
            ),
        )
        yield from (
            sentence
            for sentence in audit_meetings(
                led, (who.attendee,), evolve(rules, number=max(1, rules.number - done))
            )
        )
    for meeting in coming.meetings:
        is_early = problem.not_before and meeting.starts_at.date() < problem.not_before
        if is_early and meeting.starts_at not in (group.agreed or ()):
            yield f"Meeting {meeting.ordinal} is before {problem.not_before}."
        for begins, ends in group.closed:
            if meeting.starts_at < ends and begins < meeting.ends_at:
                yield f"Meeting {meeting.ordinal} lies in hours that are closed."


def _of_visit(placed: PlacedVisit, visit: Visit, problem: SessionsProblem) -> Iterator[str]:
    if placed.first_day is None or placed.last_day is None:
        return
    rules = problem.rules
    days = [placed.first_day.add(days=number) for number in range(visit.days)]
    if placed.last_day != days[-1]:
        yield f"It does not take {visit.days} days."
    for day in days:
        if day not in (visit.within or rules.year) or day not in rules.year:
            yield f"{day} is not in its time."
        if day in rules.blackout_days:
            yield f"{day} is a blackout day."
        if day in visit.not_on:
            yield f"{day} is one of the days on which it cannot be."
        yield from (
            f"{day} is no working day of {one.name}."
            for one in visit.everybody
            if not _works(one, day, problem)
        )


def _works(one: Attendee, day: Date, problem: SessionsProblem) -> bool:
    if day.isoweekday() not in one.working_weekdays:
        return False
    free = one.holidays.holidays_within(problem.rules.year) if one.holidays else ()
    return day not in {holiday.day for holiday in free}


def _of_facilitator(
    who: Facilitator, plan: SessionsPlan, problem: SessionsProblem
) -> Iterator[str]:
    led = sorted(
        (start, group)
        for group, _, start in _coming(plan, problem)
        if _leader(group, problem) == who.key
    )
    apart = timedelta(minutes=problem.rules.duration_minutes + who.rest_minutes)
    for (one, group), (other, next_group) in combinations(led, 2):
        if other - one < apart:
            yield f"{who.name} leads {group} and {next_group} at {one} and {other}."
    zone = who.attendee.timezone
    local: dict[date, int] = defaultdict(int)
    weeks: dict[tuple[int, int], int] = defaultdict(int)
    for start, _ in led:
        if isinstance(zone, TimeZone):
            day = start.astimezone(zone_info_of(zone)).date()
            local[day] += 1
            weeks[day.isocalendar()[:2]] += 1
    if max(local.values(), default=0) > who.most_meetings_a_day:
        yield f"{who.name} leads {max(local.values())} meetings in a day."
    if max(weeks.values(), default=0) > who.most_meetings_a_week:
        yield f"{who.name} leads {max(weeks.values())} meetings in a week."


def _of_people(plan: SessionsPlan, problem: SessionsProblem) -> Iterator[str]:
    """Nobody is in two places at once because of a visit."""
    spans: list[tuple[str, set[str], Span]] = []
    visits = {one.key: one for one in problem.visits}
    for placed in plan.visits:
        if placed.first_day is not None:
            visit = visits[placed.visit]
            who = {one.key for one in visit.everybody} | ({visit.facilitator} - {""})
            spans.append((visit.key, who, _away(placed.first_day, visit)))
    groups = {one.key: one for one in problem.groups}
    length = timedelta(minutes=problem.rules.duration_minutes)
    for key, _, start in _coming(plan, problem):
        who = {one.key for one in groups[key].members} | ({groups[key].facilitator} - {""})
        for name, travellers, (begins, ends) in spans:
            if who & travellers and start < ends and begins < start + length:
                yield f"{key} meets at {start}, during {name}."
    for (name, some, one), (next_name, others, other) in combinations(spans, 2):
        if some & others and one[0] < other[1] and other[0] < one[1]:
            yield f"{name} and {next_name} overlap."


def _away(first: Date, visit: Visit) -> Span:
    zone = visit.hosts[0].timezone
    info = zone_info_of(zone) if isinstance(zone, TimeZone) else DateTime(1970, 1, 1).tzinfo
    begins, ends = (
        first.subtract(days=visit.travel_days),
        first.add(days=visit.days + visit.travel_days),
    )
    return (
        datetime(begins.year, begins.month, begins.day, tzinfo=info),
        datetime(ends.year, ends.month, ends.day, tzinfo=info),
    )


def _leader(group: str, problem: SessionsProblem) -> str:
    return next(one.facilitator for one in problem.groups if one.key == group)


def _coming(plan: SessionsPlan, problem: SessionsProblem) -> Iterator[tuple[str, int, datetime]]:
    held = {one.key: set(one.held) for one in problem.groups}
    for one in plan.groups:
        for meeting in one.meetings.meetings:
            if meeting.starts_at not in held[one.group]:
                yield one.group, meeting.ordinal, meeting.starts_at
