"""Sessions of a whole edition: against brute force, against their audit, and as laws."""

from datetime import datetime
from itertools import pairwise, product

import pytest
from attrs import evolve
from hypothesis import event, given
from hypothesis import strategies as st
from pendulum import Date, instance

from tests.programme.meeting_groups import attendee
from tests.programme.meeting_oracle import all_choices
from tests.programme.sessions.edition_oracle import smallest_score
from tests.searching import examples
from utm.domain import Period
from utm.errors import InvalidValueError
from utm.programme import MeetingRules, OfficeHours, RelaxationKind
from utm.programme.sessions import (
    Facilitator,
    SessionGroup,
    SessionsPlan,
    SessionsProblem,
    Visit,
    assign_facilitators,
    audit_sessions,
    bound_of_assignments,
    schedule_sessions,
)

ZONES = ["Asia/Kolkata", "Africa/Nairobi", "America/Bogota", "Europe/Lisbon", "Asia/Manila"]
NARROW = OfficeHours(acceptable_from=480, preferred_from=540, preferred_to=780, acceptable_to=900)
WIDE = OfficeHours(acceptable_from=300, preferred_from=540, preferred_to=900, acceptable_to=1320)
START = Date(2025, 3, 27)  # Thursday before the clocks of Europe change


@st.composite
def small_editions(draw: st.DrawFn, *, visits: int = 1, agreed: bool = True) -> SessionsProblem:
    number = draw(st.integers(1, 2))
    rules = MeetingRules(
        year=Period(start=START, end=START.add(days=draw(st.sampled_from([2, 5, 6, 6])))),
        number=number,
        duration_minutes=draw(st.sampled_from([60, 90])),
        minimum_spacing_days=draw(st.integers(1, 2)),
        maximum_spacing_days=5,
        grid_minutes=draw(st.sampled_from([180, 240])),
        blackout_days=tuple(draw(st.lists(st.just(START.add(days=1)), max_size=1))),
    )
    hours = st.sampled_from([NARROW, WIDE])
    week = st.sampled_from([(1, 2, 3, 4, 5), (1, 2, 3, 4, 5, 6, 7)])
    leader = Facilitator(
        attendee=attendee(
            draw(st.sampled_from(ZONES)), key="leader", hours=draw(hours), weekdays=draw(week)
        ),
        most_meetings_a_day=draw(st.integers(1, 3)),
        most_meetings_a_week=draw(st.integers(1, 6)),
        rest_minutes=draw(st.sampled_from([0, 45, 180])),
    )
    groups = []
    for place in range(draw(st.integers(1, 3 if number == 1 else 2))):
        members = tuple(
            attendee(
                draw(st.sampled_from(ZONES)),
                key=f"city {place} {which}",
                hours=draw(hours),
                weekdays=draw(week),
            )
            for which in range(draw(st.integers(1, 2)))
        )
        led = draw(st.sampled_from(["leader", "leader", ""]))
        before = None
        if agreed and draw(st.booleans()):
            some = list(all_choices(members, rules))[:60]
            before = () if not some else draw(st.sampled_from(some))[-1]
            before = tuple(instance(start) for start in before)
        groups.append(
            SessionGroup(key=f"group {place}", members=members, facilitator=led, agreed=before)
        )
    everybody = [one for group in groups for one in group.members]
    planned = []
    if visits and len(everybody) > 1 and draw(st.integers(0, 2)):
        chosen = draw(st.permutations(everybody))
        planned.append(
            Visit(
                key="visit",
                hosts=(chosen[0],),
                guests=tuple(chosen[1:2]),
                days=draw(st.integers(1, 2)),
                travel_days=draw(st.integers(0, 1)),
                facilitator=draw(st.sampled_from(["", "leader"])),
                agreed_on=draw(st.sampled_from([None, START, START.add(days=4)])),
            )
        )
    return SessionsProblem(
        rules=rules, groups=tuple(groups), facilitators=(leader,), visits=tuple(planned)
    )


def score_of(plan: SessionsPlan) -> tuple[int, tuple[int, ...], int, int]:
    score = plan.score
    return score.changes, score.burdens_minutes, score.facilitator_minutes, score.unevenness


@examples(25)
@given(problem=small_editions())
def test_the_year_equals_the_best_of_all_combinations(problem: SessionsProblem) -> None:
    plan = schedule_sessions(problem, most_nodes=100_000)
    best = smallest_score(problem)
    event(f"fits: {best is not None}")
    if best is None:
        assert not plan.is_complete
        return
    assert plan.is_proven_best
    assert score_of(plan) == best
    assert audit_sessions(plan, problem) == ()


@examples(25)
@given(problem=small_editions(), most_nodes=st.integers(0, 3))
def test_a_search_cut_short_breaks_nothing_and_its_bound_is_no_lie(
    problem: SessionsProblem, most_nodes: int
) -> None:
    plan = schedule_sessions(problem, most_nodes=most_nodes)
    assert audit_sessions(plan, problem) == ()
    best = smallest_score(problem)
    if best is not None and plan.is_complete:
        bound = plan.bound
        least = (bound.changes, bound.burdens_minutes, bound.facilitator_minutes, bound.unevenness)
        assert least <= best <= score_of(plan)


@examples(25)
@given(problem=small_editions(), data=st.data())
def test_the_order_of_groups_and_members_leaves_no_trace(
    problem: SessionsProblem, data: st.DataObject
) -> None:
    shuffled = evolve(
        problem,
        groups=tuple(
            evolve(one, members=tuple(data.draw(st.permutations(one.members))))
            for one in data.draw(st.permutations(problem.groups))
        ),
    )
    assert schedule_sessions(shuffled) == schedule_sessions(problem)


@examples(25)
@given(problem=small_editions(agreed=False))
def test_what_was_agreed_and_still_fits_is_left_as_it_is(problem: SessionsProblem) -> None:
    plan = schedule_sessions(problem)
    if not plan.is_complete:
        return
    again = schedule_sessions(
        evolve(
            problem,
            groups=tuple(
                evolve(one, agreed=tuple(m.starts_at for m in placed.meetings.meetings))
                for one, placed in zip(problem.groups, plan.groups, strict=True)
            ),
            visits=tuple(
                evolve(one, agreed_on=placed.first_day)
                for one, placed in zip(problem.visits, plan.visits, strict=True)
            ),
        )
    )
    assert again.score.changes == 0
    assert [one.meetings.meetings for one in again.groups] == [
        one.meetings.meetings for one in plan.groups
    ]


YEAR = MeetingRules(year=Period(start=Date(2026, 1, 1), end=Date(2027, 1, 1)))


def leader(zone: str, key: str = "Bo", **limits: int) -> Facilitator:
    return Facilitator(attendee=attendee(zone, key=key), **limits)


def group(key: str, *zones: str, led_by: str = "Bo") -> SessionGroup:
    members = tuple(attendee(zone, key=f"{key} {zone}") for zone in zones)
    return SessionGroup(key=key, members=members, facilitator=led_by)


@examples(12)
@given(problem=small_editions(visits=0, agreed=False), zone=st.sampled_from(ZONES))
def test_no_sharing_out_of_the_groups_beats_the_bound_over_all_of_them(
    problem: SessionsProblem, zone: str
) -> None:
    people = (
        *problem.facilitators,
        Facilitator(attendee=attendee(zone, key="other", hours=WIDE), most_groups=2),
    )
    free = tuple(evolve(one, facilitator="") for one in problem.groups)
    bound = bound_of_assignments(free, people, problem.rules)
    event(f"groups: {len(free)}")
    for leaders in product([one.key for one in people], repeat=len(free)):
        if leaders.count("other") > 2:
            continue
        led = tuple(evolve(one, facilitator=who) for one, who in zip(free, leaders, strict=True))
        year = evolve(problem, groups=led, facilitators=people)
        plan = schedule_sessions(year)
        assert not plan.is_complete or bound <= plan.score
    shared = assign_facilitators(free, people, problem.rules)
    assert all(one.facilitator for one in shared)


def test_a_facilitator_is_never_in_two_meetings_at_once_and_rests_in_between() -> None:
    groups = tuple(group(f"g{n}", "Europe/Lisbon", "Africa/Nairobi") for n in range(5))
    problem = SessionsProblem(
        rules=YEAR, groups=groups, facilitators=(leader("Europe/Brussels", rest_minutes=60),)
    )
    plan = schedule_sessions(problem)
    starts = sorted(meeting.starts_at for one in plan.groups for meeting in one.meetings.meetings)
    gaps = [(b - a).total_minutes() for a, b in pairwise(starts)]
    assert min(gaps) >= 150
    assert plan.score.largest_burden_minutes == 0
    assert plan.is_proven_best


def test_the_facilitator_is_asked_only_within_its_own_acceptable_hours() -> None:
    problem = SessionsProblem(
        rules=YEAR,
        groups=(group("g", "America/Bogota", "America/Lima"),),
        facilitators=(leader("Europe/Brussels"),),
    )
    (one,) = schedule_sessions(problem).groups
    for meeting in one.meetings.meetings:
        assert meeting.facilitator is not None
        assert meeting.facilitator.from_minute >= 7 * 60
        assert meeting.facilitator.to_minute <= 21 * 60
        assert meeting.is_in_office_hours, "the cities come first"


def test_hosts_and_guests_of_a_visit_meet_nobody_else_meanwhile() -> None:
    one, other = group("g1", "Europe/London", "Asia/Kolkata"), group("g2", "America/Bahia")
    visit = Visit(key="uk", hosts=one.members[:1], guests=other.members, days=3)
    problem = SessionsProblem(
        rules=YEAR, groups=(one, other), facilitators=(leader("Europe/Lisbon"),), visits=(visit,)
    )
    plan = schedule_sessions(problem)
    (placed,) = plan.visits
    assert placed.first_day is not None
    assert placed.last_day == placed.first_day.add(days=2)
    away = Period(start=placed.first_day.subtract(days=1), end=placed.first_day.add(days=4))
    assert not any(m.starts_at.date() in away for g in plan.groups for m in g.meetings.meetings)
    assert audit_sessions(plan, problem) == ()


def test_groups_that_fit_alone_but_not_together_are_told_whom_to_hand_over() -> None:
    day = Date(2026, 3, 2)
    rules = MeetingRules(year=Period(start=day, end=day.add(days=1)), number=1)
    hours = OfficeHours(
        acceptable_from=540, preferred_from=540, preferred_to=660, acceptable_to=660
    )
    groups = tuple(
        SessionGroup(
            key=key,
            members=(attendee("Africa/Nairobi", key=f"city of {key}", hours=hours),),
            facilitator="Bo",
        )
        for key in ("a", "b")
    )
    plan = schedule_sessions(
        SessionsProblem(rules=rules, groups=groups, facilitators=(leader("Africa/Nairobi"),))
    )
    assert not plan.is_complete
    assert len(plan.without_dates) == 1
    assert {one.members for one in plan.relaxations} == {("a",), ("b",)}
    assert {one.kind for one in plan.relaxations} == {RelaxationKind.HAND_OVER}
    assert "somebody else leads a instead of Bo" in plan.relaxations[0].sentence


def test_too_many_meetings_in_a_day_are_told_as_a_limit_of_the_facilitator() -> None:
    day = Date(2026, 3, 2)
    rules = MeetingRules(year=Period(start=day, end=day.add(days=1)), number=1)
    groups = tuple(group(key, "Africa/Nairobi") for key in ("a", "b"))
    plan = schedule_sessions(
        SessionsProblem(
            rules=rules,
            groups=groups,
            facilitators=(leader("Africa/Nairobi", most_meetings_a_day=1),),
        )
    )
    assert RelaxationKind.MORE_LOAD in {one.kind for one in plan.relaxations}


def test_all_that_is_wrong_with_a_problem_is_told_at_once() -> None:
    one = group("a", "Africa/Nairobi", led_by="Cy")
    with pytest.raises(InvalidValueError) as caught:
        SessionsProblem(rules=YEAR, groups=(one, one), facilitators=(leader("Europe/Lisbon"),))
    reason = str(caught.value)
    assert "group a stands twice" in reason
    assert "a is led by Cy, who is not known" in reason
    assert "city in groups a Africa/Nairobi stands twice" in reason
    five = tuple(group(f"g{n}", "Africa/Nairobi") for n in range(6))
    with pytest.raises(InvalidValueError, match="Bo leads 6 groups and may lead 5"):
        SessionsProblem(rules=YEAR, groups=five, facilitators=(leader("Europe/Lisbon"),))


def test_a_cancelled_meeting_moves_alone_and_not_back_to_its_day() -> None:
    groups = tuple(group(f"g{n}", "Europe/Lisbon", "Africa/Nairobi") for n in range(3))
    problem = SessionsProblem(rules=YEAR, groups=groups, facilitators=(leader("Europe/Brussels"),))
    plan = schedule_sessions(problem)
    starts = {one.group: [m.starts_at for m in one.meetings.meetings] for one in plan.groups}
    cancelled = starts["g1"][1]
    day = cancelled.start_of("day")
    changed = evolve(
        problem,
        groups=tuple(
            evolve(
                one,
                agreed=tuple(s for s in starts[one.key] if s != cancelled),
                closed=((day, day.add(days=1)),) if one.key == "g1" else (),
            )
            for one in groups
        ),
    )
    after = schedule_sessions(changed)
    now = {one.group: [m.starts_at for m in one.meetings.meetings] for one in after.groups}
    assert after.score.changes == 1
    assert now["g0"] == starts["g0"]
    assert now["g2"] == starts["g2"]
    assert len(set(now["g1"]) - set(starts["g1"])) == 1
    assert cancelled.date() not in {each.date() for each in now["g1"]}
    assert audit_sessions(after, changed) == ()


def test_meetings_that_were_held_stay_and_count() -> None:
    held = instance(datetime.fromisoformat("2026-02-03T10:00:00+00:00"))
    one = evolve(group("g", "Europe/Lisbon", led_by=""), held=(held,), held_on=(Date(2026, 3, 3),))
    plan = schedule_sessions(
        SessionsProblem(rules=YEAR, groups=(one,), not_before=Date(2026, 6, 1))
    )
    starts = [meeting.starts_at for meeting in plan.groups[0].meetings.meetings]
    assert starts[0] == held
    assert len(starts) == 3, "one more was held on a day whose hour is not known"
    assert all(start.date() >= Date(2026, 6, 1) for start in starts[1:])
