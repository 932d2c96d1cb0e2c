"""When nothing fits: each change that is offered helps, and no smaller one of its kind."""

import pytest
from attrs import evolve
from hypothesis import assume, given
from pendulum import Date

from tests.programme.meeting_groups import YEAR_2025, attendee
from tests.programme.test_meeting_search import small_cases
from utm.domain import Period
from utm.programme import (
    Attendee,
    MeetingRules,
    OfficeHours,
    Relaxation,
    RelaxationKind,
    schedule_meetings,
)

FAR_APART = [
    attendee("America/Los_Angeles", key="a west"),
    attendee("Europe/London", key="b middle"),
    attendee("Asia/Tokyo", key="c east"),
]
RULES = MeetingRules(year=YEAR_2025)


def fits(attendees: list[Attendee], rules: MeetingRules) -> bool:
    return schedule_meetings(attendees, rules).is_complete


def relaxed(
    change: Relaxation, attendees: list[Attendee], rules: MeetingRules
) -> tuple[list[Attendee], MeetingRules]:
    match change.kind:
        case RelaxationKind.LEAVE_OUT_MEMBERS:
            return [a for a in attendees if a.key not in change.members], rules
        case RelaxationKind.WIDEN_HOURS_OF_SOME | RelaxationKind.WIDEN_HOURS_OF_ALL:
            return [
                evolve(a, hours=a.hours.widened(change.amount))
                if not change.members or a.key in change.members
                else a
                for a in attendees
            ], rules
        case RelaxationKind.FEWER_MEETINGS:
            return attendees, evolve(rules, number=change.amount)
        case RelaxationKind.IGNORE_HOLIDAYS:
            return [evolve(a, holidays=None) for a in attendees], evolve(rules, blackout_days=())
        case RelaxationKind.WIDER_HOURS_AND_FEWER:
            wider = [evolve(a, hours=a.hours.widened(change.amount)) for a in attendees]
            return wider, evolve(rules, number=1)
        case RelaxationKind.FREE_SPACING:
            return attendees, evolve(rules, minimum_spacing_days=1, maximum_spacing_days=400)
        case _:
            raise AssertionError(change)


def smaller(change: Relaxation) -> Relaxation | None:
    if change.amount and "hours" in change.kind.value:
        return evolve(change, amount=change.amount - 15)
    if change.kind is RelaxationKind.FEWER_MEETINGS:
        return evolve(change, amount=change.amount + 1)
    if change.kind is RelaxationKind.LEAVE_OUT_MEMBERS:
        return evolve(change, members=change.members[1:])
    return None


@given(case=small_cases())
def test_every_change_offered_helps_and_none_smaller_does(
    case: tuple[list[Attendee], MeetingRules],
) -> None:
    attendees, rules = case
    plan = schedule_meetings(attendees, rules)
    assume(not plan.is_complete)
    for change in plan.relaxations:
        assert fits(*relaxed(change, attendees, rules)), change
        less = smaller(change)
        assert less is None or not fits(*relaxed(less, attendees, rules)), change


@given(case=small_cases())
def test_something_is_always_offered_to_members_that_could_meet_on_whole_days(
    case: tuple[list[Attendee], MeetingRules],
) -> None:
    attendees, rules = case
    plan = schedule_meetings(attendees, rules)
    assume(not plan.is_complete)
    whole_days = [evolve(a, hours=a.hours.widened(1440)) for a in attendees]
    if fits(whole_days, evolve(rules, number=1)):
        assert plan.relaxations


@given(case=small_cases())
def test_kinds_of_change_that_are_not_offered_would_not_help(
    case: tuple[list[Attendee], MeetingRules],
) -> None:
    attendees, rules = case
    plan = schedule_meetings(attendees, rules)
    assume(not plan.is_complete)
    offered = {change.kind for change in plan.relaxations}
    whole_days = Relaxation(
        kind=RelaxationKind.WIDEN_HOURS_OF_ALL, members=(), amount=1440, sentence=""
    )
    trials = [
        whole_days,
        evolve(whole_days, kind=RelaxationKind.FEWER_MEETINGS, amount=1),
        evolve(whole_days, kind=RelaxationKind.IGNORE_HOLIDAYS),
        evolve(whole_days, kind=RelaxationKind.FREE_SPACING),
    ]
    for trial in trials:
        if trial.kind not in offered and rules.number > 1:
            assert not fits(*relaxed(trial, attendees, rules)), trial


def test_a_plan_that_fits_offers_no_change() -> None:
    assert schedule_meetings(FAR_APART[:1], RULES).relaxations == ()


def test_members_too_far_apart_are_told_whom_to_leave_out_or_whose_hours_to_widen() -> None:
    plan = schedule_meetings(FAR_APART, RULES)
    assert not plan.is_complete
    assert plan.score is None
    assert not plan.is_proven_best
    left_out = [
        change.members
        for change in plan.relaxations
        if change.kind is RelaxationKind.LEAVE_OUT_MEMBERS
    ]
    assert left_out == [("a west",), ("b middle",), ("c east",)]
    assert "Without a west the meetings fit." in [c.sentence for c in plan.relaxations]
    assert plan.notes[0].startswith("No 4 meetings of 90 minutes, 28 to 120 days apart, fit")


def test_too_short_a_year_is_told_how_many_meetings_fit() -> None:
    short = evolve(RULES, year=Period(start=Date(2025, 1, 1), end=Date(2025, 3, 1)))
    plan = schedule_meetings(FAR_APART[:1], short)
    changes = {change.kind: change.amount for change in plan.relaxations}
    assert changes[RelaxationKind.FEWER_MEETINGS] == 3
    assert RelaxationKind.FREE_SPACING in changes


@pytest.mark.parametrize("minutes", [841, 1200])
def test_a_meeting_longer_than_the_acceptable_day_is_explained_by_the_hours(minutes: int) -> None:
    plan = schedule_meetings(FAR_APART[:1], evolve(RULES, duration_minutes=minutes))
    kinds = {change.kind for change in plan.relaxations}
    assert kinds == {RelaxationKind.WIDEN_HOURS_OF_SOME, RelaxationKind.WIDEN_HOURS_OF_ALL}


def test_a_quarter_of_an_hour_is_told_when_it_is_enough() -> None:
    tight = OfficeHours(preferred_to=615, acceptable_from=540, acceptable_to=615)
    plan = schedule_meetings([attendee("Asia/Kolkata", hours=tight)], RULES)
    amounts = {change.kind: change.amount for change in plan.relaxations}
    assert amounts[RelaxationKind.WIDEN_HOURS_OF_SOME] == 15
    assert amounts[RelaxationKind.WIDEN_HOURS_OF_ALL] == 15
