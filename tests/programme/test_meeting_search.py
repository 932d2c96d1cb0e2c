"""The search against brute force: on real clocks, and on burdens of any shape."""

from itertools import combinations, islice, pairwise, product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pendulum import Date, DateTime, datetime, instance

from tests.programme.meeting_groups import attendee
from tests.programme.meeting_oracle import all_choices, best_choice
from tests.searching import examples
from utm.domain import Period
from utm.programme import (
    Attendee,
    Holiday,
    ListedHolidays,
    MeetingPlan,
    MeetingRules,
    OfficeHours,
    audit_meetings,
    schedule_meetings,
)
from utm.programme.meeting_search import search_meetings
from utm.programme.meeting_slots import Offer, Slots

CLOCK_CHANGES = [
    ("Europe/Lisbon", Date(2025, 3, 30)),
    ("Europe/Kyiv", Date(2025, 10, 26)),
    ("America/Detroit", Date(2025, 3, 9)),
    ("America/Detroit", Date(2025, 11, 2)),
    ("America/Santiago", Date(2025, 4, 6)),
    ("America/Santiago", Date(2025, 9, 7)),
    ("America/Havana", Date(2025, 11, 2)),
    ("Africa/Casablanca", Date(2025, 2, 23)),
    ("Africa/Cairo", Date(2025, 10, 31)),
    ("Australia/Lord_Howe", Date(2025, 4, 6)),
    ("Pacific/Chatham", Date(2025, 9, 28)),
    ("Pacific/Apia", Date(2011, 12, 30)),
    ("Asia/Pyongyang", Date(2018, 5, 5)),
]
STEADY = ["Asia/Kolkata", "Asia/Kathmandu", "America/Bogota", "Africa/Nairobi", "Asia/Manila"]
BOUNDS = st.lists(st.integers(0, 48), min_size=4, max_size=4, unique=True).map(sorted)
HOURS = st.one_of(
    st.just(OfficeHours()),
    BOUNDS.map(
        lambda b: OfficeHours(
            acceptable_from=30 * b[0],
            preferred_from=30 * b[1],
            preferred_to=30 * b[2],
            acceptable_to=30 * b[3],
        )
    ),
)


@st.composite
def small_cases(draw: st.DrawFn) -> tuple[list[Attendee], MeetingRules]:
    leaping, change = draw(st.sampled_from(CLOCK_CHANGES))
    start = change.subtract(days=draw(st.integers(0, 4)))
    number = draw(st.integers(1, 3))
    year = Period(start=start, end=start.add(days=draw(st.integers(3, 12 - 2 * number))))
    others = draw(st.lists(st.sampled_from([*STEADY, *(z for z, _ in CLOCK_CHANGES)]), max_size=2))
    attendees = []
    for index, zone in enumerate([leaping, *others]):
        days = draw(st.lists(st.integers(0, 11), max_size=2, unique=True))
        listed = sorted(day for offset in days if (day := start.add(days=offset)) in year)
        attendees.append(
            attendee(
                zone,
                key=f"member {index}",
                weekdays=draw(st.sampled_from([(1, 2, 3, 4, 5), (7, 1, 2, 3, 4, 5, 6)])),
                hours=draw(HOURS),
                holidays=ListedHolidays(
                    days=tuple(Holiday(day=day, name="Holiday") for day in listed),
                    covers=year,
                    source="invented",
                ),
            )
        )
    shortest = draw(st.integers(1, 3))
    rules = MeetingRules(
        year=year,
        number=number,
        duration_minutes=draw(st.sampled_from([30, 60, 61, 90, 300])),
        minimum_spacing_days=shortest,
        maximum_spacing_days=shortest + draw(st.integers(0, 6)),
        grid_minutes=draw(st.sampled_from([60, 120, 180])),
        blackout_days=tuple(draw(st.lists(st.sampled_from([start, change]), max_size=1))),
    )
    return attendees, rules


def choice_of(plan: MeetingPlan) -> tuple[object, ...] | None:
    if plan.score is None:
        assert plan.meetings == ()
        return None
    return (
        plan.score.changes,
        plan.score.burdens_minutes,
        plan.score.facilitator_minutes,
        plan.score.unevenness,
        tuple(meeting.starts_at for meeting in plan.meetings),
    )


@examples(60)
@given(case=small_cases())
def test_plan_equals_the_best_of_all_choices_minute_by_minute(
    case: tuple[list[Attendee], MeetingRules],
) -> None:
    attendees, rules = case
    plan = schedule_meetings(attendees, rules)
    assert choice_of(plan) == best_choice(attendees, rules)
    assert plan.is_proven_best == plan.is_complete
    assert audit_meetings(plan, attendees, rules) == ()


@examples(40)
@given(case=small_cases(), data=st.data())
def test_plan_with_facilitator_agreed_held_and_busy_hours_equals_the_best_of_all_choices(
    case: tuple[list[Attendee], MeetingRules], data: st.DataObject
) -> None:
    attendees, rules = case
    leader = attendee(data.draw(st.sampled_from(STEADY)), key="leader", hours=data.draw(HOURS))
    instants = [
        datetime(day.year, day.month, day.day, hour, tz="UTC")
        for day in (rules.year.start.add(days=n) for n in range(rules.days))
        for hour in (0, 6, 12, 18)
    ]
    busy = [
        (instant, instant.add(hours=data.draw(st.sampled_from([1, 12, 48]))))
        for instant in data.draw(st.lists(st.sampled_from(instants), max_size=2))
    ]
    some = [choice[-1] for choice in islice(all_choices(attendees, rules, facilitator=leader), 40)]
    agreed = None
    held: tuple[DateTime, ...] = ()
    if some and data.draw(st.booleans()):
        before = tuple(instance(start) for start in data.draw(st.sampled_from(some)))
        agreed = before
        held = before[: data.draw(st.integers(0, len(before) - 1))]
        busy = [(b, e) for b, e in busy if all(e <= h or h.add(days=1) <= b for h in held)]
    plan = schedule_meetings(
        attendees, rules, facilitator=leader, agreed=agreed, held=held, busy=busy
    )
    best = best_choice(attendees, rules, facilitator=leader, agreed=agreed, held=held, busy=busy)
    assert choice_of(plan) == best
    assert plan.is_proven_best == plan.is_complete


@pytest.mark.parametrize(("zone", "change"), CLOCK_CHANGES)
@pytest.mark.parametrize("duration", [60, 150, 300])
@pytest.mark.parametrize(("opens", "closes"), [(0, 1440), (60, 120), (30, 330)])
def test_meetings_over_a_clock_change_equal_the_oracle(
    zone: str, change: Date, duration: int, opens: int, closes: int
) -> None:
    hours = OfficeHours(
        acceptable_from=opens, preferred_from=opens + 30, preferred_to=closes, acceptable_to=closes
    )
    members = [attendee(zone, weekdays=(1, 2, 3, 4, 5, 6, 7), hours=hours)]
    for day in (change.subtract(days=1), change):
        rules = MeetingRules(
            year=Period(start=day, end=day.add(days=1)),
            number=1,
            duration_minutes=duration,
            grid_minutes=30,
        )
        plan = schedule_meetings(members, rules)
        assert choice_of(plan) == best_choice(members, rules)
        assert audit_meetings(plan, members, rules) == ()


def score_of(
    chosen: tuple[tuple[int, Offer], ...], rules: MeetingRules, guides: int
) -> tuple[int, tuple[int, ...], int, int, tuple[int, ...]]:
    cumulative = [sum(each) for each in zip(*(offer[1] for _, offer in chosen), strict=True)]
    members = len(cumulative) - guides
    gaps = [later // 1440 - earlier // 1440 for (earlier, _), (later, _) in pairwise(chosen)]
    return (
        sum(changed for _, (changed, _) in chosen),
        tuple(sorted(cumulative[:members], reverse=True)),
        sum(cumulative[members:]),
        sum((rules.number * gap - rules.days) ** 2 for gap in gaps),
        tuple(start for start, _ in chosen),
    )


def best_of_all(slots: Slots, rules: MeetingRules, guides: int) -> tuple[object, ...] | None:
    spaced = (
        days
        for days in combinations(sorted(slots), rules.number)
        if all(
            rules.minimum_spacing_days <= later - earlier <= rules.maximum_spacing_days
            for earlier, later in pairwise(days)
        )
    )
    return min(
        (
            score_of(tuple((start, offer) for offer, start in chosen), rules, guides)
            for days in spaced
            for chosen in product(*(slots[day].items() for day in days))
        ),
        default=None,
    )


@st.composite
def any_slots(draw: st.DrawFn) -> tuple[Slots, MeetingRules, int]:
    members = draw(st.integers(1, 4))
    guides = draw(st.integers(0, min(1, members - 1)))
    burdens = st.tuples(st.integers(0, 1), st.tuples(*[st.integers(0, 7)] * members))
    slots: Slots = {}
    for day in draw(st.lists(st.integers(20_000, 20_012), min_size=1, max_size=7, unique=True)):
        offers = draw(st.lists(burdens, min_size=1, max_size=3, unique=True))
        hours = draw(st.permutations(range(len(offers))))
        slots[day] = {
            offer: day * 1440 + 60 * hour for offer, hour in zip(offers, hours, strict=True)
        }
    shortest = draw(st.integers(1, 2))
    rules = MeetingRules(
        year=Period(
            start=Date(2025, 1, 1), end=Date(2025, 1, 1).add(days=draw(st.integers(1, 20)))
        ),
        number=draw(st.integers(1, 4)),
        minimum_spacing_days=shortest,
        maximum_spacing_days=shortest + draw(st.integers(0, 8)),
    )
    return slots, rules, guides


@examples(150)
@given(case=any_slots())
@example(
    case=(
        {
            day: {(0, (day % 3, 3)): day * 1440, (0, (3, day % 2)): day * 1440 + 60}
            for day in range(9)
        },
        MeetingRules(
            year=Period(start=Date(2025, 1, 1), end=Date(2025, 1, 10)),
            minimum_spacing_days=1,
            maximum_spacing_days=3,
        ),
        0,
    )
)
def test_search_equals_the_best_of_all_choices_whatever_the_burdens(
    case: tuple[Slots, MeetingRules, int],
) -> None:
    slots, rules, guides = case
    found = search_meetings(slots, rules, guides=guides)
    expected = best_of_all(slots, rules, guides)
    if expected is None:
        assert found is None
        return
    assert found is not None
    burdens = {start: offer for on_day in slots.values() for offer, start in on_day.items()}
    assert score_of(tuple((s, burdens[s]) for s in found.starts), rules, guides) == expected
    assert found.is_proven_best


@given(case=any_slots())
def test_a_search_cut_short_still_finds_meetings_and_owns_up(
    case: tuple[Slots, MeetingRules, int],
) -> None:
    slots, rules, guides = case
    found = search_meetings(slots, rules, guides=guides)
    cut = search_meetings(slots, rules, guides=guides, most_labels=1)
    assert (found is None) == (cut is None)
    if found is None or cut is None:
        return
    burdens = {start: offer for on_day in slots.values() for offer, start in on_day.items()}
    best = score_of(tuple((s, burdens[s]) for s in found.starts), rules, guides)
    reached = score_of(tuple((s, burdens[s]) for s in cut.starts), rules, guides)
    assert reached >= best
    assert reached[0] == best[0]
    if cut.is_proven_best:
        assert reached == best


def test_nothing_on_offer_gives_nothing() -> None:
    rules = MeetingRules(year=Period(start=Date(2025, 1, 1), end=Date(2026, 1, 1)))
    assert search_meetings({}, rules) is None
