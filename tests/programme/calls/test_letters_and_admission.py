"""From a decision to the letter and to the cohort: conditions, exceptions, consortia."""

import pendulum
from attrs import evolve
from pendulum import Date

from utm.domain import (
    Application,
    ApplicationForm,
    ApplicationId,
    CallId,
    CallWindow,
    City,
    CityId,
    ClimatePlan,
    Commitment,
    CommitmentStatement,
    Consortium,
    ConsortiumId,
    CountryCode,
    MembershipStatus,
    NetworkId,
    NetworkMembership,
    Period,
    PlanCoverage,
    PlanId,
    PlanKind,
    PlanMode,
    PopulationBasis,
    PopulationFigure,
    Source,
    TimeZone,
    Waiver,
    WaiverCategory,
)
from utm.interchange.histories import history_to_json, parse_history
from utm.programme.calls import (
    ApplicationStage,
    CallEvent,
    EvidenceSupplied,
    Launch,
    ReviewStart,
    Ruling,
    Submission,
    begin_call,
    judge_application,
    write_letter,
)
from utm.programme.cohort import Condition, Standing, WaveOpening, admissions_of, begin_cohort
from utm.programme.history import Command, History, Refusal
from utm.rules import Decision, Outcome
from utm.rules.library import COHORT_2023
from utm.testing.programme import assert_history_laws

SOURCE = Source(title="the application form")
DAY = Date(2023, 7, 1)
DUTY = "sign the Global Covenant of Mayors"


def town(name: str, *, signed: bool, inhabitants: int = 200_000) -> City:
    return City(
        id=CityId.of("FI", name),
        name=name,
        country=CountryCode("FI"),
        populations=(
            PopulationFigure(
                inhabitants=inhabitants,
                basis=PopulationBasis.MUNICIPALITY,
                source=SOURCE,
                year=2022,
            ),
        ),
        memberships=(
            NetworkMembership(
                network=NetworkId("gcom"),
                status=MembershipStatus.SIGNATORY if signed else MembershipStatus.COMMITTED,
                source=SOURCE,
                period=Period(start=Date(2020, 1, 1)) if signed else None,
                promised_by=None if signed else Date(2023, 9, 1),
            ),
        ),
    )


def judge(applicant: City | Consortium, *waivers: Waiver) -> Decision:
    cities = applicant.members if isinstance(applicant, Consortium) else (applicant,)
    application = Application(
        id=ApplicationId("a0"),
        call=CallId("cohort-2023"),
        applicant=applicant,
        submitted_on=DAY,
        engaged_on=DAY,
        plans=tuple(
            ClimatePlan(
                id=PlanId(f"plan-{city.id}"),
                kind=PlanKind.SECAP,
                covers=(city.id,),
                source=SOURCE,
                coverage=PlanCoverage.WHOLE_CITY,
                mode=PlanMode.INDIVIDUAL,
                adopted_on=Date(2020, 1, 1),
            )
            for city in cities
        ),
        commitments=tuple(
            CommitmentStatement(commitment=one, given=True, source=SOURCE) for one in Commitment
        ),
    )
    return COHORT_2023.assess(application, on=DAY, waivers=waivers)


def letter_of(decision: Decision) -> str:
    return write_letter(decision, call_title="UTM", signed_by="The UTM team", on=DAY).text


def test_a_letter_on_condition_names_the_duty_and_its_day() -> None:
    decision = judge(town("Aa", signed=False))

    assert decision.outcome is Outcome.CONDITIONAL
    assert f"- Aa must {DUTY} by 2023-10-01" in letter_of(decision)


def test_evidence_that_comes_later_is_judged_by_the_rules_of_the_first_day() -> None:
    full = judge(town("Aa", signed=True)).application
    bare = evolve(full, plans=())
    form = ApplicationForm(version="1", questions=())
    window = CallWindow(
        opens_on=Date(2023, 6, 1), last_day=Date(2023, 8, 21), timezone=TimeZone("UTC")
    )
    arrival = Submission(
        application=bare, moment=pendulum.datetime(2023, 7, 1, 12, tz="UTC"), form_version="1"
    )
    key, later = full.id, Date(2024, 2, 1)

    def ask(action: CallEvent, on: Date) -> Command[CallEvent]:
        return Command(action=action, by="Ada", on=on, why="daily work")

    call = begin_call(full.call, COHORT_2023).record_all(
        [
            ask(Launch(window=window, form=form), Date(2023, 6, 1)),
            ask(arrival, DAY),
            ask(ReviewStart(application=key, reviewer="Bo"), DAY),
        ]
    )
    assert isinstance(call, History)
    first = judge_application(call.state, key, on=DAY)
    assert first.outcome is Outcome.INCOMPLETE
    ahead = call.record(ask(Ruling(decision=judge(town("Aa", signed=True))), DAY))
    assert isinstance(ahead, Refusal)
    assert ahead.rule == "call.facts-on-record"

    decided = call.record(ask(Ruling(decision=first), DAY))
    assert isinstance(decided, History)
    supplied = decided.record(ask(EvidenceSupplied(application=full), later))
    assert isinstance(supplied, History)
    record = supplied.state.record_of(key)
    assert record is not None
    assert record.stage is ApplicationStage.UNDER_REVIEW
    assert record.earlier_decisions == ((DAY, first),)
    second = judge_application(supplied.state, key, on=DAY)
    assert COHORT_2023.version_on(later) is not COHORT_2023.version_on(DAY)
    assert second.version == first.version
    assert second.outcome is Outcome.ELIGIBLE
    ended = supplied.record(ask(Ruling(decision=second), later))
    assert isinstance(ended, History)
    assert_history_laws(ended)
    again = parse_history(history_to_json(ended))
    assert again.state == ended.state

    for strange in (
        evolve(full, submitted_on=Date(2023, 7, 2)),
        evolve(full, applicant=town("Bb", signed=True)),
        full,
    ):
        refusal = supplied.record(ask(EvidenceSupplied(application=strange), later))
        assert isinstance(refusal, Refusal)
        assert refusal.rule == "call.same-application"


def test_a_letter_names_the_exception_that_was_made_and_the_unmet_rule() -> None:
    small = town("Bb", signed=True, inhabitants=9_000)
    waiver = Waiver(
        criterion="population",
        subject=small.id,
        category=WaiverCategory.WAIVED,
        authority="the programme board",
        reason="runs the regional centre",
        issued_on=Date(2023, 1, 1),
    )

    decision = judge(small, waiver)

    assert decision.outcome is Outcome.ELIGIBLE_BY_WAIVER
    letter = letter_of(decision)
    assert "an exception was made" in letter
    assert "does not meet" in letter
    assert "runs the regional centre" in letter


def test_a_conditional_decision_becomes_a_membership_that_lapses_after_the_due_day() -> None:
    city = town("Aa", signed=False)
    admissions = admissions_of(judge(city), wave=1)
    assert not isinstance(admissions, Refusal)
    assert admissions[0].conditions == (Condition(duty=DUTY, due_on=Date(2023, 10, 1)),)

    history = begin_cohort("UTM cohort", [city]).record_all(
        Command(action=action, by="the board", on=DAY, why="the decision")
        for action in (WaveOpening(number=1), *admissions)
    )
    assert isinstance(history, History)
    (membership,) = history.state.memberships
    assert membership.standing_on(Date(2023, 10, 1)) is Standing.CONDITIONAL
    assert membership.standing_on(Date(2023, 10, 2)) is Standing.LAPSED


def test_each_town_of_a_consortium_is_admitted_with_its_own_conditions_alone() -> None:
    late, signed = town("Aa", signed=False), town("Bb", signed=True)
    both = Consortium(id=ConsortiumId("two-towns"), name="Two towns", members=(late, signed))

    admissions = admissions_of(judge(both), wave=2)

    assert not isinstance(admissions, Refusal)
    assert {one.city: len(one.conditions) for one in admissions} == {late.id: 1, signed.id: 0}
    assert {one.wave for one in admissions} == {2}


def test_a_decision_against_admits_nobody() -> None:
    refusal = admissions_of(judge(town("Cc", signed=True, inhabitants=9)), wave=1)

    assert isinstance(refusal, Refusal)
    assert "ineligible" in refusal.reason
    assert evolve(refusal, place="here").sentence.startswith("here: refused")
