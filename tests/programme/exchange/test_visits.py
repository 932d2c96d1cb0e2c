"""Visits of an edition: planned among the dates, moved with them, held or called off."""

import pytest
from attrs import evolve
from pendulum import Date, datetime

from tests.programme.exchange.editions import granted, refused
from tests.programme.exchange.test_edition_dates import BASIS, BEGUN, CITIES, GROUPS, planned
from utm.domain import CountryCode, Period, TimeZone
from utm.errors import InvalidValueError
from utm.interchange import render_session_calendar
from utm.interchange.histories import history_to_json, parse_history
from utm.programme import RelaxationKind
from utm.programme.exchange import (
    DatesWanted,
    Dissolution,
    EditionEvent,
    EditionHistory,
    Joining,
    MembersChanged,
    ParticipantEntered,
    SessionsBasis,
    SessionsRescheduled,
    Transfer,
    VisitAgreed,
    VisitCancelled,
    VisitDays,
    VisitHeld,
    VisitPlan,
    VisitWanted,
    WaitingEnded,
    Withdrawal,
    measure_edition,
    plan_rescheduling,
    plan_visit,
    sessions_now,
)
from utm.programme.history import Refusal, digest
from utm.programme.sessions import audit_sessions, schedule_sessions
from utm.testing.programme import assert_history_laws

ON = Date(2026, 3, 2)
HOST, GUEST, FAR = CITIES[0], CITIES[2], CITIES[5]  # of three groups
MAY = Period(start=Date(2026, 5, 1), end=Date(2026, 6, 1))
WANTED = VisitWanted(
    visit="depots", hosts=(HOST,), guests=(GUEST, FAR), within=MAY, facilitator="Bo"
)


def placed(
    wanted: VisitWanted = WANTED, history: EditionHistory = BEGUN, basis: SessionsBasis = BASIS
) -> VisitPlan:
    plan = plan_visit(history, basis, wanted, by="Ada", on=ON, why="to see it")
    assert not isinstance(plan, Refusal), plan
    return plan


WITH_VISIT = placed().history


def agreed(first_day: Date, key: str = "other", **changes: object) -> VisitAgreed:
    visit = VisitAgreed(
        visit=key,
        hosts=(HOST,),
        guests=(GUEST,),
        first_day=first_day,
        timezone=TimeZone("Europe/Lisbon"),
    )
    return evolve(visit, **changes)  # type: ignore[arg-type]


def test_a_visit_is_placed_among_the_dates_and_moves_none_that_can_stay() -> None:
    plan = placed()
    visit = plan.history.state.planned_visit("depots")

    assert plan.change is None
    assert visit is not None
    assert visit.first_day in MAY
    assert visit.last_day == visit.first_day.add(days=1)
    assert plan.history.last_day == ON
    problem = sessions_now(plan.history.state, BASIS, DatesWanted(), on=ON)
    assert [one.key for one in problem.visits] == ["depots"]
    assert audit_sessions(schedule_sessions(problem), problem) == ()
    assert_history_laws(plan.history)


def test_a_visit_in_the_only_week_of_a_meeting_moves_that_meeting_alone() -> None:
    busy = BEGUN.state.groups[0].sessions[1].utc_day
    week = Period(start=busy, end=busy.add(days=2))

    plan = placed(evolve(WANTED, within=week))

    assert plan.agreed is not None
    assert plan.change is not None
    moved = {(one.group, change.number) for one in plan.change.groups for change in one.changes}
    assert (GROUPS[0], 2) in moved
    assert plan.sessions.bound.changes == plan.sessions.score.changes == len(moved)


def test_who_travels_meets_nobody_and_a_clash_is_refused() -> None:
    meeting = BEGUN.state.groups[0].sessions[1].utc_day
    for first_day in (meeting, meeting.subtract(days=2), meeting.add(days=1)):
        assert refused(BEGUN, agreed(first_day), ON).rule == "edition.one-place-at-a-time"
    visit = WITH_VISIT.state.planned_visit("depots")
    assert visit is not None
    again = agreed(visit.first_day, hosts=(CITIES[3],), guests=(FAR,))
    assert refused(WITH_VISIT, again, ON).rule == "edition.one-place-at-a-time"


@pytest.mark.parametrize(
    "coming",
    [
        Joining(group=GROUPS[0], member=FAR),
        Transfer(member=FAR, source=GROUPS[1], target=GROUPS[0]),
        MembersChanged(changes=((GROUPS[0], (*CITIES[:2], FAR)),), price=0),
    ],
)
def test_who_travels_comes_into_no_group_that_meets_meanwhile(coming: EditionEvent) -> None:
    meeting = BEGUN.state.groups[0].sessions[1].utc_day
    left = granted(BEGUN, (Dissolution(group=GROUPS[2]), ON))
    if isinstance(coming, Transfer):
        left = granted(left, (Joining(group=GROUPS[1], member=FAR), ON))
    away = VisitAgreed(
        visit="away",
        hosts=(CITIES[4],),
        guests=(FAR,),
        first_day=meeting,
        days=1,
        travel_days=0,
        timezone=TimeZone("Europe/Lisbon"),
    )
    met = {one.utc_day for group in left.state.groups for one in group.coming(ON)}
    days = (meeting.add(days=number) for number in range(3, 60))
    free = next(day for day in days if not met & {day.add(days=n) for n in (-1, 0, 1)})

    travelling = granted(left, (away, ON))
    at_home = granted(left, (evolve(away, first_day=free), ON))

    assert refused(travelling, coming, ON).rule == "edition.one-place-at-a-time"
    group = granted(at_home, (coming, ON)).state.group_of(FAR)
    assert group is not None
    assert group.id == GROUPS[0]


def test_a_visit_that_cannot_be_agreed_is_refused_by_name() -> None:
    free = Date(2026, 6, 3)
    stranger = ParticipantEntered(participant=CITIES[0], country=CountryCode("PT"))
    assert refused(BEGUN, stranger, ON).rule == "edition.entered-once"
    assert refused(BEGUN, agreed(ON.subtract(days=1)), ON).rule == "edition.dates-ahead"
    assert refused(WITH_VISIT, agreed(free, "depots"), ON).rule == "edition.new-key"
    unknown = plan_visit(BEGUN, BASIS, evolve(WANTED, facilitator="Zoe"), by="Ada", on=ON, why="x")
    assert isinstance(unknown, Refusal)
    assert unknown.rule == "edition.goes-along"
    twice = plan_visit(WITH_VISIT, BASIS, WANTED, by="Ada", on=ON, why="x")
    assert isinstance(twice, Refusal)
    assert twice.rule == "edition.new-key"
    for wrong in ({"guests": (HOST,)}, {"guests": ()}, {"days": 0}, {"travel_days": -1}):
        with pytest.raises(InvalidValueError):
            agreed(free, **wrong)


def test_a_blackout_moves_a_visit_and_a_calendar_moves_its_entry() -> None:
    before = WITH_VISIT.state.planned_visit("depots")
    assert before is not None
    week = Period(start=before.first_day, end=before.first_day.add(days=1))
    wanted = DatesWanted(blackouts=(week,))
    plan = planned(plan_rescheduling(WITH_VISIT, BASIS, wanted, by="Ada", on=ON, why="a strike"))
    after = plan.history.state.planned_visit("depots")
    assert after is not None
    assert after.first_day not in week
    assert (after.sequence, after.facilitator) == (1, "Bo")
    assert any("visit depots moves" in sentence.casefold() for sentence in plan.sentences)

    def entry(history: EditionHistory) -> list[str]:
        text = render_session_calendar(
            history.state, stamped_at=datetime(2026, 3, 2, tz="UTC"), name="C2C"
        ).decode()
        return next(
            part.splitlines() for part in text.split("BEGIN:VEVENT") if "With travel" in part
        )

    first, second = entry(WITH_VISIT), entry(plan.history)
    assert f"DTSTART;VALUE=DATE:{before.first_day:%Y%m%d}" in first
    assert f"DTEND;VALUE=DATE:{before.last_day.add(days=1):%Y%m%d}" in first
    assert "SEQUENCE:0" in first
    assert "SEQUENCE:1" in second
    assert [line for line in first if line.startswith("UID")] == [
        line for line in second if line.startswith("UID")
    ]
    called_off = granted(plan.history, (VisitCancelled(visit="depots"), ON))
    assert "STATUS:CANCELLED" in entry(called_off)


def test_a_visit_that_cannot_be_on_its_days_gets_others_and_no_date_moves() -> None:
    before = WITH_VISIT.state.planned_visit("depots")
    assert before is not None
    wanted = DatesWanted(moved_visits=("depots",))
    plan = planned(plan_rescheduling(WITH_VISIT, BASIS, wanted, by="Ada", on=ON, why="ill"))
    assert plan.change is not None
    assert plan.change.groups == ()
    assert plan.touched == 1
    assert abs((plan.change.visits[0].after - before.first_day).days) >= before.days
    told = digest([plan.history], since=ON.subtract(days=1)).for_whom(FAR.value)
    assert "visit depots moves" in told.markdown
    assert "visit depots moves" in digest([plan.history], since=Date(2026, 1, 1)).markdown
    gone = plan_rescheduling(
        BEGUN, BASIS, DatesWanted(moved_visits=("x",)), by="Ada", on=ON, why="x"
    )
    assert isinstance(gone, Refusal)
    assert gone.rule == "edition.planned-visit"


def test_moves_are_of_what_was_agreed_and_into_the_future() -> None:
    visit = WITH_VISIT.state.planned_visit("depots")
    assert visit is not None

    def move(before: Date, after: Date, key: str = "depots") -> SessionsRescheduled:
        return SessionsRescheduled(
            groups=(), visits=(VisitDays(visit=key, before=before, after=after),)
        )

    wrong = move(visit.first_day.add(days=1), Date(2026, 7, 1))
    assert refused(WITH_VISIT, wrong, ON).rule == "edition.date-as-agreed"
    past = move(visit.first_day, ON.subtract(days=3))
    assert refused(WITH_VISIT, past, ON).rule == "edition.dates-ahead"
    unknown = move(visit.first_day, Date(2026, 7, 1), "x")
    assert refused(WITH_VISIT, unknown, ON).rule == "edition.planned-visit"
    meeting = BEGUN.state.groups[0].coming(ON)[-1].utc_day
    clash = move(visit.first_day, meeting)
    assert refused(WITH_VISIT, clash, ON).rule == "edition.one-place-at-a-time"


def test_a_visit_without_a_host_or_a_guest_is_called_off_by_itself() -> None:
    leaving = Withdrawal(group=GROUPS[1], member=GUEST)
    history = granted(WITH_VISIT, (leaving, ON))
    visit = history.state.planned_visit("depots")
    assert visit is not None
    assert visit.is_open
    assert visit.guests == (FAR,)

    history = granted(history, (Withdrawal(group=GROUPS[0], member=HOST), ON))
    assert [event.sentence for event in history.entries[-1].events][-1] == (
        "Visit depots was called off."
    )
    assert refused(history, VisitCancelled(visit="depots"), ON).rule == "edition.planned-visit"
    waiting = granted(
        WITH_VISIT, (Dissolution(group=GROUPS[0]), ON), (WaitingEnded(participant=HOST), ON)
    )
    ended = waiting.state.planned_visit("depots")
    assert ended is not None
    assert ended.is_cancelled
    assert_history_laws(waiting)


def test_a_planned_visit_is_held_once_and_not_before_its_first_day() -> None:
    visit = WITH_VISIT.state.planned_visit("depots")
    assert visit is not None
    held = VisitHeld(hosts=(HOST,), guests=(GUEST,), visit="depots")
    early = visit.first_day.subtract(days=1)
    assert refused(WITH_VISIT, held, early).rule == "edition.visit-day"
    history = granted(WITH_VISIT, (held, visit.last_day))
    after = history.state.planned_visit("depots")
    assert after is not None
    assert after.held_on == visit.last_day
    assert refused(history, held, visit.last_day).rule == "edition.planned-visit"
    assert measure_edition(history.state).visits == 1
    unknown = evolve(held, visit="x")
    assert refused(history, unknown, visit.last_day).rule == "edition.planned-visit"


def test_a_visit_of_which_only_the_month_is_known_is_recorded_as_that() -> None:
    october = Period(start=Date(2026, 10, 1), end=Date(2026, 11, 1))
    held = VisitHeld(hosts=(HOST,), guests=(GUEST, FAR), within=october)
    assert held.sentence.endswith("visited aq-city0, at some time from 2026-10-01 to 2026-10-31.")
    history = granted(BEGUN, (held, Date(2026, 11, 5)))
    assert history.state.visits[0][1].within == october
    assert refused(BEGUN, held, Date(2026, 9, 30)).rule == "edition.visit-day"
    with pytest.raises(InvalidValueError):
        evolve(held, within=Period(start=Date(2026, 10, 1)))


def test_a_visit_that_fits_on_no_days_is_told_what_could_give() -> None:
    never = evolve(
        BASIS,
        attendees=tuple(
            evolve(one, working_weekdays=(3,)) if one.key == FAR.value else one
            for one in BASIS.attendees
        ),
    )
    plan = placed(basis=never)
    assert plan.agreed is None
    assert plan.history == BEGUN
    told = {one.kind: one for one in plan.placed.relaxations}
    assert told[RelaxationKind.SHORTER_VISIT].amount == 1
    assert told[RelaxationKind.LEAVE_OUT_MEMBERS].members == (FAR.value,)
    assert RelaxationKind.FREE_TIME_OF_VISIT not in told


def test_who_travels_already_stays_where_it_is() -> None:
    visit = WITH_VISIT.state.planned_visit("depots")
    assert visit is not None
    problem = sessions_now(WITH_VISIT.state, BASIS, DatesWanted(), on=visit.begins_on)
    assert problem.visits == ()
    closed = {one.key: one.closed for one in problem.groups}
    assert (visit.begins_at, visit.ends_at) in closed[GROUPS[0].value]


def test_an_edition_with_visits_is_the_same_after_a_file() -> None:
    assert parse_history(history_to_json(WITH_VISIT)) == WITH_VISIT
