"""Whole plans: of the 19 listed groups, around clock changes, and laws of all plans."""

import os
import subprocess
import sys

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from pendulum import Date

from tests.programme.meeting_groups import LISTED_GROUPS, YEAR_2025, attendee
from tests.programme.meeting_oracle import best_choice
from tests.programme.test_meeting_search import choice_of
from utm.domain import CountryCode, Period, TimeZone, Unknown, UnknownReason
from utm.errors import InvalidValueError
from utm.programme import (
    Attendee,
    Holiday,
    ListedHolidays,
    MeetingRules,
    OfficeHours,
    audit_meetings,
    national_holidays,
    schedule_meetings,
    time_zone_data_version,
)
from utm.programme.time_zones import date_of, minute_of, offset_spells

RULES = MeetingRules(year=YEAR_2025)
ZONES = st.sampled_from(
    sorted({zone.value for group in LISTED_GROUPS.values() for zone in group.zones})
)
GROUPS = st.lists(ZONES, min_size=1, max_size=4).map(
    lambda zones: [attendee(zone, key=f"member {i}") for i, zone in enumerate(zones)]
)
SPRING = MeetingRules(
    year=Period(start=Date(2025, 3, 1), end=Date(2025, 4, 20)),
    number=3,
    minimum_spacing_days=7,
    maximum_spacing_days=30,
    grid_minutes=30,
)


def with_holidays(number: int) -> list[Attendee]:
    group = LISTED_GROUPS[number]
    return [
        evolve(member, holidays=national_holidays(CountryCode(country), YEAR_2025))
        for member, (_, country, _) in zip(group.attendees(), group.cities, strict=True)
    ]


@pytest.mark.parametrize("number", LISTED_GROUPS)
def test_listed_group_gets_four_meetings_that_stand_the_audit(number: int) -> None:
    members = with_holidays(number)
    plan = schedule_meetings(members, RULES)
    assert len(plan.meetings) == 4
    assert plan.is_proven_best
    assert audit_meetings(plan, members, RULES) == ()
    assert plan.time_zone_data == time_zone_data_version()


def test_only_four_listed_groups_must_meet_outside_of_office_hours() -> None:
    outside = {
        number: schedule_meetings(group.attendees(), RULES).meetings_outside
        for number, group in LISTED_GROUPS.items()
    }
    assert {n: count for n, count in outside.items() if count} == {1: 4, 4: 2, 15: 4, 16: 4}


def test_rio_and_varanasi_share_the_burden_that_yenisehir_never_has() -> None:
    plan = schedule_meetings(LISTED_GROUPS[15].attendees(), RULES)
    shares = {member.name: member.burden_minutes for member in plan.burdens}
    assert shares == {"Rio de Janeiro": 240, "Varanasi": 240, "Yenisehir": 0}
    assert any("Rio de Janeiro 240" in note for note in plan.notes)


def test_ann_arbor_and_lviv_use_the_weeks_in_which_only_one_clock_has_changed() -> None:
    plan = schedule_meetings(LISTED_GROUPS[4].attendees(), RULES)
    in_office = [m.starts_at.date() for m in plan.meetings if m.is_in_office_hours]
    spring = Period(start=Date(2025, 3, 9), end=Date(2025, 3, 30))
    autumn = Period(start=Date(2025, 10, 26), end=Date(2025, 11, 2))
    assert in_office
    assert all(day in spring or day in autumn for day in in_office)
    assert any("on 20 of the 261 days" in note for note in plan.notes)


@pytest.mark.parametrize("number", LISTED_GROUPS)
def test_plans_around_each_clock_change_equal_the_minute_by_minute_oracle(number: int) -> None:
    members = LISTED_GROUPS[number].attendees()
    first, last = minute_of(Date(2025, 1, 1)), minute_of(Date(2026, 1, 1))
    changes = {
        date_of(end)
        for member in members
        if isinstance(member.timezone, TimeZone)
        for _, end, _ in offset_spells(member.timezone, first, last)[:-1]
        if first <= end < last
    }
    for change in sorted(changes):
        rules = MeetingRules(
            year=Period(start=change.subtract(days=4), end=change.add(days=5)),
            number=2,
            minimum_spacing_days=1,
            maximum_spacing_days=6,
            grid_minutes=30,
        )
        plan = schedule_meetings(members, rules)
        assert choice_of(plan) == best_choice(members, rules)
        assert audit_meetings(plan, members, rules) == ()


@given(members=GROUPS, data=st.data())
def test_the_order_of_attendees_does_not_matter(
    members: list[Attendee], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(members))
    assert schedule_meetings(shuffled, SPRING) == schedule_meetings(members, SPRING)


@given(members=GROUPS, minutes=st.integers(0, 240), which=st.integers(0, 3))
def test_wider_acceptable_hours_never_give_a_worse_plan(
    members: list[Attendee], minutes: int, which: int
) -> None:
    chosen = which % len(members)
    wider = [
        evolve(member, hours=member.hours.widened(minutes)) if index == chosen else member
        for index, member in enumerate(members)
    ]
    before = choice_of(schedule_meetings(members, SPRING))
    after = choice_of(schedule_meetings(wider, SPRING))
    assert before is None or (after is not None and after <= before)


@given(members=GROUPS, earlier=st.integers(0, 120), later=st.integers(0, 240))
def test_wider_preferred_hours_never_give_a_worse_plan(
    members: list[Attendee], earlier: int, later: int
) -> None:
    hours = OfficeHours(preferred_from=540 - earlier, preferred_to=1020 + later)
    wider = [evolve(member, hours=hours) for member in members]
    before = choice_of(schedule_meetings(members, SPRING))
    after = choice_of(schedule_meetings(wider, SPRING))
    assert before is None or (after is not None and after <= before)


@given(members=GROUPS, newcomer=ZONES)
def test_one_more_member_never_makes_a_better_plan(members: list[Attendee], newcomer: str) -> None:
    before = choice_of(schedule_meetings(members, SPRING))
    more = [*members, attendee(newcomer, key="newcomer")]
    after = choice_of(schedule_meetings(more, SPRING))
    assert after is None or (before is not None and before <= after)


@settings(max_examples=20)
@given(weeks=st.integers(1, 300))
def test_without_clock_changes_a_later_year_is_the_same_plan_later(weeks: int) -> None:
    members = [attendee(z) for z in ("Asia/Kolkata", "Africa/Nairobi", "Asia/Manila")]
    later = Period(
        start=SPRING.year.start.add(weeks=weeks), end=SPRING.ends_before.add(weeks=weeks)
    )
    now = schedule_meetings(members, SPRING)
    then = schedule_meetings(members, evolve(SPRING, year=later))
    assert then.score == now.score
    assert [meeting.starts_at for meeting in then.meetings] == [
        meeting.starts_at.add(weeks=weeks) for meeting in now.meetings
    ]


@given(offsets=st.lists(st.integers(0, 3), min_size=1, max_size=3))
def test_an_hour_east_is_an_hour_earlier(offsets: list[int]) -> None:
    def plan_for(shift: int) -> list[object]:
        members = [
            attendee(f"Etc/GMT-{offset + shift}", key=f"member {index}")
            for index, offset in enumerate(offsets)
        ]
        return [m.starts_at.add(hours=shift) for m in schedule_meetings(members, SPRING).meetings]

    assert plan_for(1) == plan_for(0)


@given(members=GROUPS, data=st.data())
def test_no_meeting_falls_on_a_holiday_blackout_or_free_weekday(
    members: list[Attendee], data: st.DataObject
) -> None:
    days = st.integers(0, SPRING.days - 1).map(lambda n: SPRING.year.start.add(days=n))
    covers = SPRING.year
    members = [
        evolve(
            member,
            working_weekdays=data.draw(st.sampled_from([(1, 2, 3, 4, 5), (7, 1, 2, 3, 4), (2, 4)])),
            holidays=ListedHolidays(
                days=tuple(
                    Holiday(day=day, name="Holiday")
                    for day in data.draw(st.lists(days, max_size=30, unique=True))
                ),
                covers=covers,
                source="invented",
            ),
        )
        for member in members
    ]
    rules = evolve(SPRING, blackout_days=tuple(data.draw(st.lists(days, max_size=20))))
    plan = schedule_meetings(members, rules)
    assert audit_meetings(plan, members, rules) == ()
    for meeting in plan.meetings:
        for local, member in zip(meeting.local, members, strict=True):
            assert member.holidays is not None
            assert local.day not in {h.day for h in member.holidays.holidays_within(covers)}
            assert local.day not in rules.blackout_days
            assert local.day.isoweekday() in member.working_weekdays


@given(members=GROUPS)
def test_burdens_and_score_are_sums_of_what_the_meetings_say(members: list[Attendee]) -> None:
    plan = schedule_meetings(members, SPRING)
    if plan.score is None:
        assert plan.burdens == () or all(b.burden_minutes == 0 for b in plan.burdens)
        return
    for index, member in enumerate(plan.burdens):
        each = [meeting.local[index].burden_minutes for meeting in plan.meetings]
        assert member.burden_minutes == sum(each)
        assert member.meetings_outside == sum(minutes > 0 for minutes in each)
    assert plan.score.largest_burden_minutes == max(b.burden_minutes for b in plan.burdens)
    assert plan.score.total_burden_minutes == sum(b.burden_minutes for b in plan.burdens)
    assert plan.meetings_outside == sum(not m.is_in_office_hours for m in plan.meetings)
    assert plan.score.changes == plan.score.facilitator_minutes == 0


def test_a_plan_does_not_depend_on_the_hash_seed() -> None:
    script = (
        "from tests.programme.meeting_groups import LISTED_GROUPS, YEAR_2025\n"
        "from utm.programme import MeetingRules, schedule_meetings\n"
        "rules = MeetingRules(year=YEAR_2025)\n"
        "for number in (4, 10, 15, 16):\n"
        "    print(schedule_meetings(LISTED_GROUPS[number].attendees(), rules))\n"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "4242")
    }
    assert len(printed) == 1
    assert "MeetingPlan" in printed.pop()


def test_a_member_without_a_known_zone_is_named_and_the_others_still_meet() -> None:
    lost = Attendee(
        key="tr-yenisehir",
        name="Yenişehir",
        timezone=Unknown(reason=UnknownReason.AMBIGUOUS_ENTITY, note="three places"),
    )
    known = [attendee("America/Sao_Paulo"), attendee("Asia/Kolkata")]
    plan = schedule_meetings([lost, *known], RULES)
    assert plan.unplaced == ("tr-yenisehir",)
    assert plan.meetings == schedule_meetings(known, RULES).meetings
    assert "Yenişehir is unknown (ambiguous entity: three places)" in plan.notes[0]


def test_with_no_known_zone_at_all_the_plan_says_so() -> None:
    lost = Attendee(key="a", name="A", timezone=Unknown(reason=UnknownReason.NOT_REPORTED))
    plan = schedule_meetings([lost], RULES)
    assert not plan.is_complete
    assert plan.meetings == ()
    assert "No time zone of any member is known, so no meeting can be placed." in plan.notes


def test_holidays_that_are_not_known_or_only_estimated_are_told() -> None:
    unknown, estimated = attendee("Africa/Nairobi"), attendee("Africa/Casablanca")
    days = Period(start=Date(2025, 3, 3), end=Date(2025, 3, 8))
    eid = Holiday(day=Date(2025, 3, 4), name="Eid", is_estimated=True)
    estimated = evolve(
        estimated, holidays=ListedHolidays(days=(eid,), covers=days, source="a letter")
    )
    rules = MeetingRules(year=days, number=1)
    notes = " ".join(schedule_meetings([unknown, estimated], rules).notes)
    assert "public holidays of Africa/Nairobi are not known" in notes
    assert "For Africa/Casablanca 1 holidays are considered (a letter)." in notes
    assert "expected on 2025-03-04, which may move" in notes


def test_clock_changes_of_the_year_are_told_with_their_local_date() -> None:
    notes = schedule_meetings(LISTED_GROUPS[4].attendees(), RULES).notes
    assert (
        "The clocks of Ann Arbor change by +60 minutes on 2025-03-09 and "
        "by -60 minutes on 2025-11-02." in notes
    )


def test_the_working_weeks_that_were_assumed_are_told() -> None:
    dhaka = attendee("Asia/Dhaka", weekdays=(7, 1, 2, 3, 4))
    notes = schedule_meetings([dhaka, attendee("Asia/Kolkata")], RULES).notes
    assert "Office days are taken to be Monday to Friday in Asia/Kolkata." in notes
    assert (
        "Office days are taken to be Monday, Tuesday, Wednesday, Thursday, Sunday in Asia/Dhaka."
        in notes
    )


def test_a_meeting_as_long_as_the_acceptable_hours_fits_and_a_longer_one_does_not() -> None:
    tight = OfficeHours(preferred_from=540, preferred_to=630, acceptable_to=630)
    members = [attendee("Asia/Kolkata", hours=evolve(tight, acceptable_from=540))]
    assert schedule_meetings(members, RULES).is_complete
    assert not schedule_meetings(members, evolve(RULES, duration_minutes=91)).is_complete


def test_a_meeting_never_ends_a_minute_after_the_acceptable_hours() -> None:
    hours = OfficeHours(
        acceptable_from=540, preferred_from=600, preferred_to=660, acceptable_to=660
    )
    members = [attendee("Asia/Kolkata", hours=hours)]
    plan = schedule_meetings(members, evolve(RULES, duration_minutes=61))
    assert {meeting.local[0].hours for meeting in plan.meetings} == {"09:45-10:46"}


def test_nobody_or_one_key_twice_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="distinct keys"):
        schedule_meetings([], RULES)
    with pytest.raises(InvalidValueError, match="distinct keys"):
        schedule_meetings([attendee("Asia/Kolkata"), attendee("Asia/Kolkata")], RULES)


def test_holidays_that_do_not_cover_the_year_are_refused_rather_than_assumed_none() -> None:
    covers = Period(start=Date(2025, 1, 1), end=Date(2025, 6, 1))
    listed = ListedHolidays(days=(), covers=covers, source="a letter")
    with pytest.raises(InvalidValueError, match="not covered"):
        schedule_meetings([attendee("Asia/Kolkata", holidays=listed)], RULES)


def test_importing_the_schedule_imports_neither_its_search_nor_the_holidays() -> None:
    script = (
        "import sys, utm.programme.scheduling\n"
        "late = ('utm.programme.meeting_search', 'holidays', 'icalendar')\n"
        "print([name for name in late if name in sys.modules])"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    ).stdout
    assert loaded.strip() == "[]"
