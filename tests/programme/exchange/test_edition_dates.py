"""Dates of an edition: agreed once, changed as little as may be, and looked at again."""

from importlib import resources
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from pendulum import Date, datetime

from tests.programme.meeting_groups import attendee
from utm.domain import (
    CityId,
    CountryCode,
    EditionId,
    Pairing,
    PairingId,
    Period,
    ThemeId,
    TimeZone,
)
from utm.domain.time_zone_data import read_zone
from utm.errors import InvalidValueError
from utm.interchange import render_session_calendar
from utm.interchange.histories import history_to_json, parse_history
from utm.pairing import Participant
from utm.programme import MeetingRules, time_zones
from utm.programme.exchange import (
    AgreedSession,
    DateChange,
    DatesWanted,
    Dissolution,
    EditionHistory,
    FacilitatorAssigned,
    GroupDates,
    GroupFormed,
    Joining,
    Kickoff,
    Measure,
    MeetingHeld,
    ParticipantEntered,
    ReschedulingPlan,
    SessionsAgreed,
    SessionsBasis,
    SessionsRescheduled,
    WishesExpressed,
    Withdrawal,
    agree_sessions,
    launch_groups,
    plan_rescheduling,
    recheck_sessions,
    sessions_now,
)
from utm.programme.history import Command, Refusal
from utm.programme.sessions import (
    Facilitator,
    SessionGroup,
    SessionsProblem,
    audit_sessions,
    schedule_sessions,
)

START = Date(2026, 1, 15)
PT = CountryCode("PT")
ZONES = ("Europe/Lisbon", "Africa/Nairobi", "Asia/Kolkata")
CITIES = tuple(CityId(f"aq-city{number}") for number in range(6))
GROUPS = tuple(PairingId(f"c2c-{number}") for number in range(3))
BASIS = SessionsBasis(
    rules=MeetingRules(year=Period(start=Date(2026, 2, 1), end=Date(2027, 2, 1))),
    attendees=tuple(
        attendee(ZONES[number % 3], key=city.value) for number, city in enumerate(CITIES)
    ),
    facilitators=(
        Facilitator(attendee=attendee("Europe/Brussels", key="Bo"), most_groups=3),
        Facilitator(attendee=attendee("Asia/Kolkata", key="Dev"), most_groups=2),
    ),
)


def ask(action: object, on: Date, why: str = "as agreed") -> Command:  # type: ignore[type-arg]
    return Command(action=action, by="Ada", on=on, why=why)


def granted(outcome: EditionHistory | Refusal) -> EditionHistory:
    assert not isinstance(outcome, Refusal), outcome
    return outcome


def planned(outcome: ReschedulingPlan | Refusal) -> ReschedulingPlan:
    assert not isinstance(outcome, Refusal), outcome
    return outcome


def _begun() -> EditionHistory:
    pairings = [
        Pairing(
            id=key,
            theme=ThemeId("energy"),
            focus="heat",
            topics=(),
            members=CITIES[2 * number : 2 * number + 2],
        )
        for number, key in enumerate(GROUPS)
    ]
    participants = [(city, CountryCode("PT")) for city in CITIES]
    history = granted(
        launch_groups(EditionId("c2c"), participants, pairings, by="Ada", on=START, why="formed")
    )
    plan = schedule_sessions(
        SessionsProblem(
            rules=BASIS.rules,
            groups=tuple(
                SessionGroup(
                    key=one.id.value,
                    members=tuple(BASIS.attendee(key.value) for key in one.members),
                    facilitator="Bo" if one.id != GROUPS[2] else "Dev",
                )
                for one in pairings
            ),
            facilitators=BASIS.facilitators,
        )
    )
    identities = {key.value: f"id of {key}" for key in GROUPS}
    return granted(
        agree_sessions(history, plan.groups, identities, by="Ada", on=START, why="as placed")
    )


BEGUN = _begun()


def starts(history: EditionHistory, key: PairingId) -> list[object]:
    group = history.state.group(key)
    assert group is not None
    return [one.starts_at for one in group.sessions if not one.is_cancelled]


def reschedule(wanted: DatesWanted) -> ReschedulingPlan:
    on = Date(2026, 4, 1)
    return planned(plan_rescheduling(BEGUN, BASIS, wanted, by="Ada", on=on, why="ill"))


def test_the_dates_of_a_formed_edition_stand_in_its_history() -> None:
    assert all(len(starts(BEGUN, key)) == 4 for key in GROUPS)
    assert {group.facilitator for group in BEGUN.state.groups} == {"Bo", "Dev"}
    told = [one.attendee for one in BEGUN.state.groups[0].sessions[0].told]
    assert told == ["aq-city0", "aq-city1", "Bo"]


def test_a_cancelled_date_moves_alone_and_keeps_its_number() -> None:
    plan = reschedule(DatesWanted(cancelled=((GROUPS[0], 2),)))
    assert plan.touched == 1
    assert plan.sessions.bound.changes == 1
    after = plan.history.state.group(GROUPS[0])
    before = BEGUN.state.group(GROUPS[0])
    assert after is not None
    assert before is not None
    moved = {one.number: one for one in after.sessions}
    assert [number for number, one in moved.items() if one.sequence] == [2]
    assert moved[2].utc_day != before.sessions[1].utc_day
    assert moved[2].utc_day >= Date(2026, 4, 8), "a week of notice"
    assert starts(plan.history, GROUPS[1]) == starts(BEGUN, GROUPS[1])
    entry = plan.history.entries[-1]
    assert (entry.command.by, entry.command.why) == ("Ada", "ill")
    assert "c2c-0 (Bo): 2 moves from" in entry.events[0].sentence


def test_whoever_falls_away_is_followed_by_somebody_with_room() -> None:
    plan = reschedule(DatesWanted(away=("Bo",)))
    assert plan.change is not None
    leaders = [group.facilitator for group in plan.history.state.groups]
    assert leaders.count("Dev") == 2
    assert leaders.count("") == 1
    assert "Bo" not in leaders


def test_a_named_successor_leads_and_too_many_groups_are_refused() -> None:
    plan = reschedule(DatesWanted(away=("Dev",), leads=((GROUPS[2], "Bo"),)))
    assert {group.facilitator for group in plan.history.state.groups} == {"Bo"}
    leads = tuple((key, "Dev") for key in GROUPS)
    refused = plan_rescheduling(
        BEGUN, BASIS, DatesWanted(leads=leads), by="Ada", on=Date(2026, 4, 1), why="x"
    )
    assert isinstance(refused, Refusal)
    assert refused.rule == "edition.facilitator-load"


def test_a_blackout_moves_what_lies_in_it_and_stays_for_later_changes() -> None:
    first = BEGUN.state.groups[0].sessions[2].utc_day
    weeks = Period(start=first.subtract(days=3), end=first.add(days=11))
    plan = reschedule(DatesWanted(blackouts=(weeks,)))
    inside = sum(
        session.utc_day in weeks for group in BEGUN.state.groups for session in group.sessions
    )
    assert plan.touched == inside > 0
    assert plan.history.state.blackouts == (weeks,)
    again = planned(
        plan_rescheduling(
            plan.history,
            BASIS,
            DatesWanted(cancelled=((GROUPS[1], 4),)),
            by="Ada",
            on=Date(2026, 4, 2),
            why="x",
        )
    )
    days = [one.utc_day for group in again.history.state.groups for one in group.sessions]
    assert not any(day in weeks for day in days)


def test_whoever_leads_without_a_known_clock_goes_on_leading() -> None:
    lead = FacilitatorAssigned(group=GROUPS[2], facilitator="Zoe")
    history = granted(BEGUN.record(ask(lead, Date(2026, 2, 2))))
    wanted = DatesWanted(cancelled=((GROUPS[2], 3),))
    plan = planned(
        plan_rescheduling(history, BASIS, wanted, by="Ada", on=Date(2026, 4, 1), why="x")
    )
    assert plan.history.state.groups[2].facilitator == "Zoe"
    assert plan.touched == 1


def test_when_nothing_has_happened_nothing_changes() -> None:
    plan = reschedule(DatesWanted())
    assert plan.change is None
    assert plan.history == BEGUN


def test_dates_that_do_not_fit_any_more_are_told_with_what_could_give() -> None:
    plan = reschedule(
        DatesWanted(blackouts=(Period(start=Date(2026, 5, 1), end=Date(2027, 1, 20)),))
    )
    assert plan.change is None
    assert plan.history == BEGUN
    assert set(plan.sessions.without_dates) == {key.value for key in GROUPS}
    assert all(one.meetings.relaxations for one in plan.sessions.groups)


def test_a_meeting_that_was_held_and_a_date_that_is_over_stay() -> None:
    lead, session = Date(2026, 1, 20), BEGUN.state.groups[0].sessions[0]
    kickoff = Kickoff(group=GROUPS[0], indicator="lanes", baseline=Measure.parse("3 km"))
    history = granted(BEGUN.record(ask(kickoff, lead)))
    held = MeetingHeld(group=GROUPS[0], attendees=CITIES[:2])
    history = granted(history.record(ask(held, session.utc_day)))
    plan = planned(
        plan_rescheduling(
            history,
            BASIS,
            DatesWanted(cancelled=((GROUPS[0], 2),)),
            by="Ada",
            on=Date(2026, 3, 1),
            why="x",
        )
    )
    after = plan.history.state
    assert after.groups[0].sessions[0] == session
    assert after.groups[1].sessions[0] == BEGUN.state.groups[1].sessions[0]


def test_a_date_that_was_not_held_can_be_cancelled_afterwards() -> None:
    plan = reschedule(DatesWanted(cancelled=((GROUPS[0], 1),)))
    moved = plan.history.state.groups[0].sessions[0]
    assert moved.utc_day >= Date(2026, 4, 8)
    assert plan.touched == 1


@pytest.mark.parametrize(
    ("wanted", "rule"),
    [
        (DatesWanted(cancelled=((PairingId("c2c-9"), 1),)), "edition.group-at-work"),
        (DatesWanted(cancelled=((GROUPS[0], 9),)), "edition.date-as-agreed"),
        (DatesWanted(leads=((PairingId("c2c-9"), "Bo"),)), "edition.group-at-work"),
    ],
)
def test_what_does_not_exist_cannot_be_changed(wanted: DatesWanted, rule: str) -> None:
    refused = plan_rescheduling(BEGUN, BASIS, wanted, by="Ada", on=Date(2026, 4, 1), why="x")
    assert isinstance(refused, Refusal)
    assert refused.rule == rule
    assert refused.reason


def session(number: int, *when: int) -> AgreedSession:
    return AgreedSession(number=number, starts_at=datetime(*when, tz="UTC"), duration_minutes=90)


def changed(key: PairingId, *changes: DateChange, led_by: str = "Bo") -> SessionsRescheduled:
    return SessionsRescheduled(groups=(GroupDates(group=key, facilitator=led_by, changes=changes),))


def test_a_date_is_not_moved_into_the_past_nor_from_where_it_is_not() -> None:
    known = BEGUN.state.groups[0].sessions[1].starts_at
    late = changed(GROUPS[0], DateChange(number=2, before=known, after=session(2, 2026, 3, 2, 10)))
    refused = BEGUN.record(ask(late, Date(2026, 4, 1)))
    assert isinstance(refused, Refusal)
    assert refused.rule == "edition.dates-ahead"
    mistaken = changed(
        GROUPS[0],
        DateChange(number=2, before=known.add(days=1), after=session(2, 2026, 6, 2, 10)),
    )
    refused = BEGUN.record(ask(mistaken, Date(2026, 4, 1)))
    assert isinstance(refused, Refusal)
    assert refused.rule == "edition.date-as-agreed"


def test_nobody_leads_two_groups_at_one_moment() -> None:
    mine = BEGUN.state.groups[0].sessions[1].starts_at
    theirs = BEGUN.state.groups[1].sessions[1].starts_at
    both = changed(
        GROUPS[1],
        DateChange(
            number=2,
            before=theirs,
            after=AgreedSession(number=2, starts_at=mine.add(minutes=30), duration_minutes=90),
        ),
    )
    refused = BEGUN.record(ask(both, Date(2026, 4, 1)))
    assert isinstance(refused, Refusal)
    assert refused.rule == "edition.one-place-at-a-time"
    alone = granted(BEGUN.record(ask(evolve_leader(both, "Dev"), Date(2026, 4, 1))))
    refused = alone.record(
        ask(FacilitatorAssigned(group=GROUPS[1], facilitator="Bo"), Date(2026, 4, 2))
    )
    assert isinstance(refused, Refusal)
    assert refused.rule == "edition.one-place-at-a-time"


def evolve_leader(change: SessionsRescheduled, who: str) -> SessionsRescheduled:
    return evolve(change, groups=tuple(evolve(one, facilitator=who) for one in change.groups))


def test_dates_are_agreed_once() -> None:
    again = SessionsAgreed(
        group=GROUPS[0], identity="x", sessions=(session(1, 2026, 6, 1, 9),), time_zone_data="x"
    )
    refused = BEGUN.record(ask(again, Date(2026, 4, 1)))
    assert isinstance(refused, Refusal)
    assert refused.rule == "edition.dates-agreed-once"


def test_first_dates_that_are_over_are_refused() -> None:
    on, key = Date(2026, 6, 2), PairingId("c2c-new")
    new = Pairing(id=key, theme=ThemeId("energy"), focus="heat", topics=(), members=CITIES[4:])
    history = granted(
        BEGUN.record_all([ask(Dissolution(group=GROUPS[2]), on), ask(GroupFormed(group=new), on)])
    )

    def first(*when: int) -> EditionHistory | Refusal:
        dates = (session(1, *when), session(2, 2026, 9, 1, 9))
        wanted = SessionsAgreed(group=key, identity="x", sessions=dates, time_zone_data="x")
        return history.record(ask(wanted, on))

    late = first(2026, 6, 1, 23)
    assert isinstance(late, Refusal)
    assert late.rule == "edition.dates-ahead"
    assert len(starts(granted(first(2026, 6, 2, 0)), key)) == 2


def test_dates_out_of_order_or_without_zone_are_refused() -> None:
    with pytest.raises(InvalidValueError, match="in order of time"):
        SessionsAgreed(
            group=GROUPS[0],
            identity="x",
            sessions=(session(1, 2026, 6, 2, 9), session(2, 2026, 6, 1, 9)),
            time_zone_data="x",
        )
    with pytest.raises(InvalidValueError, match="must have a time zone"):
        AgreedSession(
            number=1, starts_at=datetime(2026, 6, 1, tz="UTC").naive(), duration_minutes=90
        )
    with pytest.raises(InvalidValueError, match="must change that very date"):
        DateChange(number=1, before=None, after=None)


def test_a_calendar_moves_and_strikes_out_its_entries() -> None:
    stamp = datetime(2026, 4, 1, tz="UTC")
    before = render_session_calendar(BEGUN.state, stamped_at=stamp).decode()
    plan = reschedule(DatesWanted(cancelled=((GROUPS[0], 2),)))
    after = render_session_calendar(plan.history.state, stamped_at=stamp).decode()
    uids = {line for line in before.splitlines() if line.startswith("UID")}
    assert uids == {line for line in after.splitlines() if line.startswith("UID")}
    assert len(uids) == 12
    assert after.count("SEQUENCE:1\r\n") == 1
    assert after.count("STATUS:CONFIRMED") == 12
    ended = granted(BEGUN.record(ask(Dissolution(group=GROUPS[1]), Date(2026, 4, 1))))
    struck = render_session_calendar(ended.state, stamped_at=stamp).decode()
    assert struck.count("STATUS:CANCELLED") == 3, "one of its dates was over"


def test_the_calendar_of_a_group_that_lost_a_member_does_not_name_it() -> None:
    left = Withdrawal(group=GROUPS[0], member=CITIES[0])
    history = granted(BEGUN.record(ask(left, Date(2026, 4, 1))))
    text = render_session_calendar(history.state, stamped_at=datetime(2026, 4, 1, tz="UTC"))
    assert b"aq-city0" not in text
    assert b"aq-city1" in text


def test_clocks_that_moved_since_are_named_with_what_to_do() -> None:
    group = BEGUN.state.groups[0]
    assert recheck_sessions(BEGUN.state, BASIS, on=START) == ()

    def told_otherwise(minutes: int) -> EditionHistory:
        # What an older database would have told: the clocks stood otherwise.
        sessions = tuple(
            evolve(
                one,
                told=(evolve(one.told[0], minute=one.told[0].minute + minutes), *one.told[1:]),
            )
            for one in group.sessions
        )
        state = evolve(
            BEGUN.state, groups=(evolve(group, sessions=sessions), *BEGUN.state.groups[1:])
        )
        return evolve(BEGUN, lifecycle=evolve(BEGUN.lifecycle, start=state), entries=())

    moved = recheck_sessions(told_otherwise(60).state, BASIS, on=Date(2026, 4, 1))
    assert [one.number for one in moved] == [2, 3, 4]
    assert {one.is_acceptable for one in moved} == {True}
    assert "aq-city0 was told" in moved[0].sentence
    assert "tell the new hour" in moved[0].sentence


def test_an_hour_that_is_no_longer_acceptable_is_to_be_rescheduled() -> None:
    early = evolve(
        BASIS,
        attendees=tuple(
            evolve(one, hours=evolve(one.hours, preferred_from=1200, preferred_to=1260))
            if one.key == "aq-city0"
            else one
            for one in BASIS.attendees
        ),
    )
    session = BEGUN.state.groups[0].sessions[1]
    told = evolve(session.told[0], timezone=TimeZone("Pacific/Auckland"))
    state = evolve(
        BEGUN.state,
        groups=(evolve(BEGUN.state.groups[0], sessions=(evolve(session, told=(told,)),)),),
    )
    (moved,) = recheck_sessions(state, early, on=Date(2026, 4, 1))
    assert not moved.is_acceptable
    assert "reschedule it" in moved.sentence


def test_new_time_zone_data_are_noticed_and_dates_placed_by_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The government of India adopts the clock of New Zealand, in the data themselves."""
    on = Date(2026, 4, 1)
    assert recheck_sessions(BEGUN.state, BASIS, on=on) == ()

    def read_new(name: str) -> ZoneInfo:
        if name != "Asia/Kolkata":
            return read_zone(name)
        place = resources.files("tzdata").joinpath("zoneinfo", "Pacific", "Auckland")
        with place.open("rb") as data:
            return ZoneInfo.from_file(data, key=name)

    monkeypatch.setattr(time_zones, "read_zone", read_new)
    time_zones._spells_of_block.cache_clear()
    try:
        moved = recheck_sessions(BEGUN.state, BASIS, on=on)
        assert {one.told.timezone.value for one in moved} == {"Asia/Kolkata"}
        late = {(one.group, one.number) for one in moved if not one.is_acceptable}
        coming = {(g.id, one.number) for g in BEGUN.state.groups for one in g.coming(on)}
        assert late
        assert late <= coming
        wanted = DatesWanted(cancelled=tuple(sorted(late)))
        plan = planned(
            plan_rescheduling(BEGUN, BASIS, wanted, by="Ada", on=on, why="the clock of India")
        )
        assert plan.touched >= len(late)
        again = recheck_sessions(plan.history.state, BASIS, on=on)
        assert all(one.is_acceptable for one in again)
        changed = {(one.group, each.number) for one in plan.change.groups for each in one.changes}
        assert not changed & {(one.group, one.number) for one in again}
    finally:
        time_zones._spells_of_block.cache_clear()


def test_a_history_with_dates_is_the_same_after_a_file() -> None:
    history = reschedule(
        DatesWanted(
            cancelled=((GROUPS[0], 2),),
            blackouts=(Period(start=Date(2026, 8, 3), end=Date(2026, 8, 17)),),
        )
    ).history
    again = parse_history(history_to_json(history))
    assert again.state == history.state
    assert history_to_json(again) == history_to_json(history)


WANTED = st.one_of(
    st.tuples(st.sampled_from(GROUPS), st.integers(1, 4)).map(
        lambda pair: DatesWanted(cancelled=(pair,))
    ),
    st.sampled_from(["Bo", "Dev"]).map(lambda name: DatesWanted(away=(name,))),
    st.integers(0, 300).map(
        lambda days: DatesWanted(
            blackouts=(
                Period(
                    start=Date(2026, 3, 1).add(days=days), end=Date(2026, 3, 1).add(days=days + 7)
                ),
            )
        )
    ),
)


@settings(max_examples=15)
@given(changes=st.lists(st.tuples(WANTED, st.integers(0, 40)), min_size=1, max_size=3))
def test_any_changes_in_a_row_leave_dates_that_stand_the_audit(
    changes: list[tuple[DatesWanted, int]],
) -> None:
    history, day = BEGUN, Date(2026, 3, 1)
    for wanted, later in changes:
        day = day.add(days=later)
        outcome = plan_rescheduling(history, BASIS, wanted, by="Ada", on=day, why="x")
        if isinstance(outcome, Refusal):
            assert outcome.rule
            continue
        assert (
            audit_sessions(outcome.sessions, sessions_now(history.state, BASIS, wanted, on=day))
            == ()
        )
        history = outcome.history
    for leader in ("Bo", "Dev"):
        led = sorted(
            (one.starts_at, one.ends_at)
            for group in history.state.groups
            if group.facilitator == leader
            for one in group.coming(day)
        )
        assert all(end <= start for (_, end), (start, _) in pairwise(led))


def test_a_late_entrant_gets_dates_by_its_own_clock_once_it_is_known() -> None:
    late = CityId("aq-late")
    history = granted(BEGUN.record(ask(ParticipantEntered(participant=late, country=PT), START)))
    history = granted(history.record(ask(Joining(group=GROUPS[0], member=late), START)))
    wanted = DatesWanted(cancelled=((GROUPS[0], 2),))

    def told(history: EditionHistory) -> list[set[str]]:
        on = Date(2026, 4, 1)
        plan = planned(plan_rescheduling(history, BASIS, wanted, by="Ada", on=on, why="ill"))
        group = plan.history.state.group(GROUPS[0])
        assert group is not None
        assert plan.sessions.is_complete
        return [{one.attendee for one in date.told} for date in group.sessions]

    without = told(history)
    assert not any("aq-late" in each for each in without)
    profile = Participant(id="aq-late", country="PT", timezone="Asia/Kolkata")
    said = WishesExpressed(participant=late, profile=profile)
    assert "aq-late" in told(granted(history.record(ask(said, START))))[1]
