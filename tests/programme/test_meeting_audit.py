"""The audit finds each kind of mistake that is planted in a sound plan."""

import pytest
from attrs import evolve
from pendulum import Date

from tests.programme.meeting_groups import LISTED_GROUPS, YEAR_2025
from utm.domain import TimeZone
from utm.programme import (
    Attendee,
    Holiday,
    ListedHolidays,
    LocalMeeting,
    MeetingPlan,
    MeetingRules,
    audit_meetings,
    schedule_meetings,
)

RULES = MeetingRules(year=YEAR_2025)
MEMBERS = LISTED_GROUPS[14].attendees()
PLAN = schedule_meetings(MEMBERS, RULES)


def with_first_meeting(**changes: object) -> MeetingPlan:
    first, *rest = PLAN.meetings
    return evolve(PLAN, meetings=(evolve(first, **changes), *rest))


def with_first_clock(**changes: object) -> MeetingPlan:
    first: LocalMeeting = PLAN.meetings[0].local[0]
    return with_first_meeting(local=(evolve(first, **changes), *PLAN.meetings[0].local[1:]))


def closed_on(day: Date) -> list[Attendee]:
    listed = ListedHolidays(
        days=(Holiday(day=day, name="Town day"),), covers=YEAR_2025, source="a letter"
    )
    return [evolve(MEMBERS[0], holidays=listed), *MEMBERS[1:]]


FIRST = PLAN.meetings[0]
FIRST_DAY = FIRST.local[0].day


def test_a_sound_plan_has_no_problem() -> None:
    assert audit_meetings(PLAN, MEMBERS, RULES) == ()
    assert audit_meetings(PLAN, list(reversed(MEMBERS)), RULES) == ()


@pytest.mark.parametrize(
    ("plan", "problem"),
    [
        (evolve(PLAN, meetings=PLAN.meetings[:3]), "has 3 meetings, not 4"),
        (evolve(PLAN, meetings=(*PLAN.meetings[:3], FIRST)), "days apart"),
        (with_first_meeting(starts_at=FIRST.starts_at.add(minutes=5)), "not start on the grid"),
        (with_first_meeting(starts_at=FIRST.starts_at.add(hours=9)), "acceptable hours"),
        (with_first_meeting(starts_at=FIRST.starts_at.add(hours=9)), "over midnight"),
        (with_first_meeting(starts_at=FIRST.starts_at.subtract(minutes=150)), "acceptable hours"),
        (with_first_meeting(starts_at=FIRST.starts_at.add(hours=1)), "and not as told"),
        (with_first_meeting(starts_at=FIRST.starts_at.add(days=3)), "free weekday"),
        (with_first_meeting(starts_at=FIRST.starts_at.subtract(days=20)), "programme year"),
        (with_first_meeting(duration_minutes=60), "takes 60 minutes"),
        (with_first_meeting(local=FIRST.local[1:]), "not tell the local time of all"),
        (with_first_clock(day=FIRST_DAY.add(days=1)), "and not as told"),
        (with_first_clock(from_minute=0), "and not as told"),
        (with_first_clock(utc_offset_minutes=15), "wrong offset"),
        (with_first_clock(burden_minutes=15), "wrong burden"),
    ],
)
def test_a_planted_mistake_is_found(plan: MeetingPlan, problem: str) -> None:
    assert any(problem in found for found in audit_meetings(plan, MEMBERS, RULES))


def test_a_new_holiday_or_blackout_day_on_a_meeting_is_found() -> None:
    name = FIRST.local[0].name
    assert audit_meetings(PLAN, closed_on(FIRST_DAY), RULES) == (
        f"Meeting 1 falls on Town day in {name}.",
    )
    blocked = evolve(RULES, blackout_days=(FIRST_DAY,))
    assert len(audit_meetings(PLAN, MEMBERS, blocked)) == len(MEMBERS)


def test_clocks_that_a_government_has_moved_since_are_found() -> None:
    moved = [evolve(MEMBERS[0], timezone=TimeZone("Europe/Paris")), *MEMBERS[1:]]
    problems = audit_meetings(PLAN, moved, RULES)
    assert any("wrong offset" in problem for problem in problems)
    assert any("and not as told" in problem for problem in problems)
