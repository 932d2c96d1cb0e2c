"""The life of an edition, by examples and golden facts."""

import pytest
from attrs import evolve
from pendulum import Date

from tests.programme.exchange.editions import (
    BRAGA,
    KISUMU,
    LEH,
    MERSIN,
    ONE,
    RENCA,
    START,
    SURAT,
    TOPIC,
    TURKU,
    TWO,
    ask,
    assert_indicators_are_those_of_a_recount,
    begun,
    empty,
    formed,
    granted,
    meeting,
    pairing,
    refused,
)
from utm.domain import CityId, PairingId
from utm.errors import InvalidValueError
from utm.interchange.histories import history_to_json, parse_history
from utm.programme.exchange import (
    ActionAgreed,
    ActionDone,
    Dissolution,
    EditionClosed,
    EditionEvent,
    EditionHistory,
    EditionTerms,
    FacilitatorAssigned,
    GroupAtRisk,
    GroupCompleted,
    GroupFormed,
    GroupRepaired,
    GroupStage,
    HealthGrade,
    Joining,
    Kickoff,
    Measure,
    MeetingAspect,
    MembersChanged,
    NeedKind,
    NeedRaised,
    PartnerKind,
    PilotMoved,
    PilotPartner,
    PilotPartnerJoined,
    PilotProposed,
    PilotStage,
    PilotStopped,
    PracticeTransferred,
    Showcase,
    VisitHeld,
    Withdrawal,
    health_of,
    health_of_all,
    measure_edition,
)
from utm.programme.history import History, digest

STRANGER = CityId("aq-nowhere")


def met_on(*days: int) -> EditionHistory:
    return granted(begun(), *[(meeting(TURKU, KISUMU), START.add(days=day)) for day in days])


def test_completion_of_a_group_with_meetings_366_days_apart_fails() -> None:
    history = met_on(0, 100, 200, 366)

    refusal = refused(history, GroupCompleted(group=ONE), START.add(days=366))

    assert refusal.rule == "edition.completed"
    assert "held 3 of 4 meetings within 365 days of its kickoff and 1 later" in refusal.sentence


def test_a_group_with_four_meetings_within_365_days_is_completed() -> None:
    history = granted(
        met_on(0, 100, 200, 365),
        (GroupCompleted(group=ONE, result=Measure.parse("14 km")), START.add(days=400)),
    )
    group = history.state.group(ONE)
    assert group is not None

    assert group.stage is GroupStage.COMPLETED
    assert group.change == Measure.parse("4 km")


def test_a_result_in_another_unit_than_the_baseline_is_refused() -> None:
    history = met_on(0, 100, 200, 300)
    miles = GroupCompleted(group=ONE, result=Measure.parse("9 miles"))

    assert refused(history, miles, START.add(days=301)).rule == "edition.same-unit"
    unmeasured = granted(history, (GroupCompleted(group=ONE), START.add(days=301)))
    group = unmeasured.state.group(ONE)
    assert group is not None
    assert group.change is None


@pytest.mark.parametrize("text", ["12", "buses", "", "1,5 km", "nan km", "1e3 km"])
def test_a_measure_without_number_or_unit_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError):
        Measure.parse(text)


@pytest.mark.parametrize("text", ["12 buses", "10.50 km of lanes", "-3 °C"])
def test_a_measure_is_written_as_it_was_read(text: str) -> None:
    assert str(Measure.parse(text)) == text
    with pytest.raises(InvalidValueError):
        Measure.parse(text).change_from(Measure.parse("1 other thing"))


def test_three_meetings_do_not_complete_a_group() -> None:
    refusal = refused(met_on(1, 2, 3), GroupCompleted(group=ONE), START.add(days=300))

    assert refusal.rule == "edition.completed"


@pytest.mark.parametrize(
    ("action", "rule_id"),
    [
        (meeting(TURKU, KISUMU), "edition.meeting-after-kickoff"),
        (
            Kickoff(group=ONE, indicator="lanes", baseline=Measure.parse("0 km")),
            "edition.lead-before-kickoff",
        ),
        (GroupFormed(group=pairing(ONE, LEH, SURAT)), "edition.new-key"),
        (GroupFormed(group=pairing(PairingId("g3"), LEH, TURKU)), "edition.one-group-each"),
        (GroupFormed(group=pairing(PairingId("g3"), LEH, STRANGER)), "edition.known-participant"),
        (Withdrawal(group=ONE, member=LEH), "edition.member"),
        (Joining(group=TWO, member=TURKU), "edition.one-group-each"),
        (Joining(group=PairingId("g9"), member=LEH), "edition.group-at-work"),
        (GroupAtRisk(group=ONE, members=()), "edition.follows-by-itself"),
        (GroupRepaired(group=ONE), "edition.follows-by-itself"),
        (GroupCompleted(group=ONE), "edition.completed"),
        (Showcase(group=ONE, title="?"), "edition.showcase-after-meeting"),
        (PilotMoved(pilot="p", stage=PilotStage.DESIGNED), "edition.known-pilot"),
        (PilotProposed(pilot="p", group=ONE, owner=LEH, title="?"), "edition.member"),
        (VisitHeld(hosts=(TURKU,), guests=(STRANGER,)), "edition.known-participant"),
        (ActionDone(group=ONE, action="count"), "edition.agreed-action"),
        (EditionClosed(), "edition.all-ended"),
        (
            ActionAgreed(group=ONE, action="count", owner=TURKU, due_on=Date(2027, 1, 1)),
            "edition.agreed-together",
        ),
        (
            NeedRaised(
                kind=NeedKind.RESEARCH, group=ONE, topic=TOPIC, statement="?", raised_by=(LEH,)
            ),
            "edition.member",
        ),
    ],
)
def test_what_an_edition_forbids_is_refused_by_name(action: EditionEvent, rule_id: str) -> None:
    assert refused(formed(), action, START).rule == rule_id


def test_actions_are_agreed_from_the_kickoff_on_by_members_and_fall_due_later() -> None:
    def agreed(**changes: object) -> ActionAgreed:
        facts = {"group": ONE, "action": "count", "owner": TURKU, "due_on": Date(2027, 1, 1)}
        return ActionAgreed(**(facts | changes))  # type: ignore[arg-type]

    early = refused(formed(), agreed(), START)
    assert early.sentence.startswith("action agreed (fi-turku, ")
    assert (
        "has not begun (rule edition.agreed-together: a group agrees on actions" in early.sentence
    )
    assert refused(begun(), agreed(owner=LEH), START).rule == "edition.member"
    assert refused(begun(), agreed(due_on=START.subtract(days=1)), START).rule == (
        "edition.agreed-action"
    )
    history = granted(begun(), (agreed(), START))
    assert refused(history, agreed(), START).rule == "edition.agreed-action"


def test_groups_outside_of_the_terms_are_refused() -> None:
    five = pairing(PairingId("g"), TURKU, KISUMU, MERSIN, BRAGA, RENCA)

    assert refused(empty(), GroupFormed(group=five), START).rule == "edition.group-size"
    three = pairing(PairingId("g"), TURKU, KISUMU, MERSIN)
    assert refused(empty(largest_group=2), GroupFormed(group=three), START).rule == (
        "edition.group-size"
    )
    with pytest.raises(InvalidValueError):
        EditionTerms(smallest_group=3, largest_group=2)


def test_nobody_facilitates_more_groups_than_the_terms_allow() -> None:
    history = granted(
        empty(most_groups_a_facilitator=1),
        (GroupFormed(group=pairing(ONE, TURKU, KISUMU)), START),
        (GroupFormed(group=pairing(TWO, BRAGA, RENCA)), START),
        (FacilitatorAssigned(group=ONE, facilitator="Bo"), START),
    )
    again = FacilitatorAssigned(group=TWO, facilitator="Bo")

    assert refused(history, again, START).rule == "edition.facilitator-load"
    relieved = granted(
        history, (FacilitatorAssigned(group=ONE, facilitator="Cy"), START), (again, START)
    )
    assert relieved.state.load_of("Bo") == 1
    same = FacilitatorAssigned(group=TWO, facilitator="Bo")
    refusal = relieved.record(ask(same, START))
    assert not isinstance(refusal, History)
    assert refusal.rule == "history.changes-something"


def test_a_withdrawal_puts_a_small_group_at_risk_and_a_joining_repairs_it() -> None:
    history = granted(begun(), (Withdrawal(group=TWO, member=BRAGA), START.add(days=40)))
    group = history.state.group(TWO)
    assert group is not None
    assert group.stage is GroupStage.AT_RISK
    assert [type(event).__name__ for event in history.entries[-1].events] == [
        "Withdrawal",
        "GroupAtRisk",
    ]
    assert BRAGA not in history.state.ungrouped
    assert group.withdrawn == ((BRAGA, START.add(days=40)),)
    assert refused(history, Joining(group=TWO, member=BRAGA), START.add(days=41)).rule == (
        "edition.known-participant"
    )

    repaired = granted(history, (Joining(group=TWO, member=LEH), START.add(days=50)))
    group = repaired.state.group(TWO)
    assert group is not None
    assert group.stage is GroupStage.ACTIVE
    assert group.members == (RENCA, LEH)
    assert group.founders == (BRAGA, RENCA)
    assert measure_edition(repaired.state).attrition.count == 1


def test_a_larger_group_survives_a_withdrawal() -> None:
    history = granted(begun(), (Withdrawal(group=ONE, member=MERSIN), START.add(days=40)))
    group = history.state.group(ONE)
    assert group is not None

    assert group.stage is GroupStage.ACTIVE
    assert len(history.entries[-1].events) == 1


def test_the_members_of_a_dissolved_group_may_join_others() -> None:
    history = granted(
        begun(),
        (Dissolution(group=TWO), START.add(days=40)),
        (Joining(group=ONE, member=RENCA), START.add(days=41)),
    )

    placed = history.state.group_of(RENCA)
    assert placed is not None
    assert placed.id == ONE
    assert refused(history, meeting(BRAGA, RENCA, group=TWO), START.add(days=42)).rule == (
        "edition.group-at-work"
    )


def test_an_override_is_kept_with_its_reason_and_price_and_only_before_the_kickoff() -> None:
    override = MembersChanged(
        changes=((ONE, (TURKU, KISUMU)), (TWO, (BRAGA, RENCA, MERSIN))), price=42
    )
    history = formed().record(ask(override, START, why="the mayors know each other"))
    assert isinstance(history, History)

    assert history.state.overrides == ((START, 42, "the mayors know each other"),)
    group = history.state.group(TWO)
    assert group is not None
    assert group.founders == (BRAGA, RENCA, MERSIN)
    assert refused(begun(), override, START).rule == "edition.override-before-kickoff"
    doubled = MembersChanged(changes=((ONE, (TURKU, BRAGA)),), price=0)
    assert refused(formed(), doubled, START).rule == "edition.one-group-each"


def test_a_meeting_is_of_members_and_at_most_one_a_day() -> None:
    later = START.add(days=9)
    assert refused(begun(), meeting(TURKU, LEH), later).rule == "edition.members-meet"
    assert refused(begun(), meeting(TURKU), later).rule == "edition.members-meet"
    assert refused(met_on(9), meeting(TURKU, KISUMU), later).rule == "edition.one-meeting-a-day"
    with pytest.raises(InvalidValueError):
        meeting(TURKU, TURKU)


def test_a_pilot_goes_through_its_stages_in_order_and_keeps_why_it_was_stopped() -> None:
    lab = PilotPartner(name="Turku lab", kind=PartnerKind.LIVING_LAB)
    university = PilotPartner(name="A university", kind=PartnerKind.ACADEMIA)
    proposal = PilotProposed(
        pilot="p", group=ONE, owner=TURKU, title="lanes", partners=(university,)
    )
    history = granted(begun(), (proposal, START.add(days=1)))

    jump = PilotMoved(pilot="p", stage=PilotStage.TESTING)
    assert refused(history, jump, START.add(days=2)).rule == "edition.pilot-order"
    tested = granted(
        history,
        (PilotMoved(pilot="p", stage=PilotStage.DESIGNED), START.add(days=2)),
        (PilotMoved(pilot="p", stage=PilotStage.TESTING, partners=(lab,)), START.add(days=3)),
    )
    company = PilotPartner(name="A company", kind=PartnerKind.BUSINESS)
    joined = PilotPartnerJoined(pilot="p", partner=company)
    tested = granted(tested, (joined, START.add(days=3)))
    assert refused(tested, joined, START.add(days=3)).rule == "edition.new-key"
    stopped = tested.record(ask(PilotStopped(pilot="p"), START.add(days=4), why="no money"))
    assert isinstance(stopped, History)
    pilot = stopped.state.pilot("p")
    assert pilot is not None
    assert pilot.stopped_because == "no money"
    assert pilot.partners == (university, lab, company)
    assert [stage for stage, _ in pilot.reached][-2:] == [PilotStage.TESTING, PilotStage.STOPPED]
    assert refused(stopped, jump, START.add(days=5)).rule == "edition.pilot-order"
    assert refused(stopped, joined, START.add(days=5)).rule == "edition.pilot-order"
    assert measure_edition(stopped.state).stopped == 1


def test_the_first_showcase_of_a_group_is_the_one_that_counts() -> None:
    history = granted(
        met_on(10),
        (Showcase(group=ONE, title="a draft"), START.add(days=20)),
        (Showcase(group=ONE, title="the summit"), START.add(days=90)),
    )
    group = history.state.group(ONE)
    assert group is not None

    assert group.showcased_on == START.add(days=20)


def test_the_guests_of_a_visit_may_come_from_other_groups() -> None:
    visit = VisitHeld(hosts=(TURKU,), guests=(BRAGA, LEH))
    history = granted(begun(), (visit, START.add(days=60)))

    assert history.state.visits[0][1] == visit
    with pytest.raises(InvalidValueError):
        VisitHeld(hosts=(TURKU,), guests=(TURKU,))


def test_a_transfer_needs_two_participants_and_says_what_was_adapted() -> None:
    with pytest.raises(InvalidValueError):
        PracticeTransferred(practice="x", origin=TURKU, adopter=TURKU, adaptation="none")
    with pytest.raises(InvalidValueError):
        PracticeTransferred(practice="x", origin=TURKU, adopter=BRAGA, adaptation=" ")


def test_the_two_way_balance_counts_giving_and_receiving_of_each() -> None:
    history = granted(
        met_on(10),
        (
            PracticeTransferred(practice="x", origin=KISUMU, adopter=TURKU, adaptation="narrower"),
            START.add(days=20),
        ),
    )
    indicators = measure_edition(history.state)
    balances = {one.participant: (one.gave, one.received) for one in indicators.balances}

    assert balances[TURKU] == (1, 1)
    assert balances[KISUMU] == (1, 1)
    assert balances[MERSIN] == (0, 0)
    assert (indicators.two_way.count, indicators.two_way.whole) == (2, 5)
    assert (indicators.to_europe, indicators.from_europe) == (1, 0)
    assert_indicators_are_those_of_a_recount(history)


def test_an_indicator_of_nothing_is_not_known_and_never_zero() -> None:
    indicators = measure_edition(empty().state)

    assert indicators.attendance.share is None
    assert indicators.pilots_a_group is None
    assert indicators.median_days_to_first_meeting is None


def test_nothing_happens_in_an_edition_that_was_closed() -> None:
    history = granted(
        formed(),
        (Dissolution(group=ONE), START),
        (Dissolution(group=TWO), START),
        (EditionClosed(), START),
    )

    late = VisitHeld(hosts=(TURKU,), guests=(BRAGA,))
    assert refused(history, late, START).rule == "edition.open"


def health(history: EditionHistory, day: int, key: PairingId = ONE) -> tuple[HealthGrade, str]:
    on = START.add(days=day)
    past = history.as_of(on).state
    group = past.group(key)
    assert group is not None
    told = health_of(group, past.terms, on=on)
    return told.grade, told.sentence


def test_the_health_of_a_group_is_one_sentence_with_the_next_step() -> None:
    assert health(formed(), 0) == (
        HealthGrade.NOT_BEGUN,
        "edition-01 is not begun: there was no kickoff; assign a facilitator.",
    )
    assert health(begun(), 10) == (
        HealthGrade.ON_COURSE,
        "edition-01 is on course: 0 of 4 meetings were held; hold meeting 1 by 2026-05-03.",
    )
    assert health(begun(), 100)[0] is HealthGrade.BEHIND
    assert health(met_on(30), 151)[0] is HealthGrade.BEHIND
    assert health(met_on(30), 150)[0] is HealthGrade.ON_COURSE
    assert health(met_on(30, 60, 90), 366)[0] is HealthGrade.CANNOT_COMPLETE
    assert health(met_on(30, 60, 90), 365)[0] is HealthGrade.BEHIND
    grade, sentence = health(met_on(30, 60), 365)
    assert grade is HealthGrade.CANNOT_COMPLETE
    assert "no more than 1 can follow by 2027-02-01" in sentence
    assert health(met_on(30, 60, 365), 365)[0] is HealthGrade.CANNOT_COMPLETE
    grade, sentence = health(met_on(30, 60, 90, 120), 130)
    assert grade is HealthGrade.READY
    assert sentence.endswith("let it show its work, then complete it.")


def test_the_most_urgent_group_comes_first_and_an_overdue_action_is_named() -> None:
    history = granted(
        met_on(5),
        (
            ActionAgreed(
                group=ONE, action="count cyclists", owner=KISUMU, due_on=START.add(days=20)
            ),
            START.add(days=5),
        ),
        (Withdrawal(group=TWO, member=BRAGA), START.add(days=6)),
    )

    told = health_of_all(history.state, on=START.add(days=30))

    assert [one.group for one in told] == [TWO, ONE]
    assert "let 1 join, or dissolve the group" in told[0].sentence
    assert "ask ke-kisumu for this: count cyclists" in told[1].sentence
    (_, behind) = health_of_all(history.state, on=START.add(days=200))
    assert behind.grade is HealthGrade.BEHIND
    assert behind.next_step.endswith("ask ke-kisumu for this: count cyclists")
    done = granted(history, (ActionDone(group=ONE, action="count cyclists"), START.add(days=31)))
    assert "count cyclists" not in health_of_all(done.state, on=START.add(days=32))[1].sentence


def test_a_member_is_told_what_happens_to_its_group_and_others_are_not() -> None:
    day = START.add(days=30)
    history = granted(
        begun(),
        (meeting(TURKU, KISUMU), day),
        (PilotProposed(pilot="p", group=ONE, owner=TURKU, title="lanes"), day),
        (PilotMoved(pilot="p", stage=PilotStage.DESIGNED), day),
        (Withdrawal(group=ONE, member=TURKU), day),
        (Dissolution(group=ONE), day),
        (Dissolution(group=TWO), day),
        (EditionClosed(), day),
    )
    news = digest([history], since=START.subtract(days=1))

    def told(key: str) -> list[str]:
        return [one.sentence for one in news.for_whom(key).changes]

    mersin = told(MERSIN.value)
    assert any("edition-01 began" in one for one in mersin)
    assert "edition-01 met: fi-turku, ke-kisumu." in mersin
    assert "Pilot p is designed." in mersin
    assert mersin[-2:] == ["edition-01 was dissolved.", "The edition was closed."]
    assert not any("edition-02" in one for one in mersin)
    assert told(TURKU.value)[-1] == "fi-turku withdrew from edition-01."
    assert told("Bo")[-1] == "edition-02 was dissolved."


def test_what_meetings_were_about_is_kept_and_what_is_left_to_talk_about_is_told() -> None:
    talk = evolve(meeting(TURKU, KISUMU), about="lanes", aspects=(MeetingAspect.MANAGEMENT,))
    history = granted(
        begun(), (talk, START.add(days=1)), (meeting(TURKU, KISUMU), START.add(days=2))
    )
    group = history.state.group(ONE)

    assert group.meetings[0].about == "lanes"
    assert group.aspects_left == (MeetingAspect.DESIGN, MeetingAspect.IMPLEMENTATION)
    assert " met on lanes (management): " in history.entries[-2].events[0].sentence
    assert parse_history(history_to_json(history)) == history
    with pytest.raises(InvalidValueError, match="name one aspect twice"):
        evolve(talk, aspects=(MeetingAspect.DESIGN, MeetingAspect.DESIGN))


def test_who_has_completed_a_group_waits_for_none_and_who_lost_one_does() -> None:
    history = granted(met_on(1, 100, 200, 300), (GroupCompleted(group=ONE), START.add(days=301)))
    assert set(history.state.ungrouped) >= {TURKU, KISUMU, MERSIN}
    assert not {TURKU, KISUMU, MERSIN} & set(history.state.waiting)

    lost = granted(history, (Dissolution(group=TWO), START.add(days=302)))
    assert set(lost.state.waiting) >= {BRAGA, RENCA}
    third = PairingId("edition-03")
    formed_later = GroupFormed(group=pairing(third, TURKU, BRAGA))
    together = granted(lost, (formed_later, START.add(days=303)))
    assert not {TURKU, BRAGA} & set(together.state.waiting)
    again = granted(together, (Dissolution(group=third), START.add(days=304)))
    assert set(again.state.waiting) == set(lost.state.waiting) | {TURKU}
