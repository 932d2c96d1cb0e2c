import pytest

from tests.rules.subjects import (
    CENSUS,
    DAY,
    application,
    book,
    plan,
    promise,
    reading,
    together,
    town,
)
from utm.domain import (
    City,
    ClimatePlan,
    Commitment,
    CommitmentStatement,
    Consortium,
    PlanCoverage,
    PlanId,
    PlanKind,
    PlanMode,
    Source,
    Unknown,
    UnknownReason,
    civil_date,
)
from utm.errors import InvalidValueError
from utm.rules import (
    CommitmentGiven,
    Finding,
    Interpretations,
    OpenQuestion,
    Outcome,
    Verdict,
    WholeCityPlan,
    find_ways,
)

PLAN = WholeCityPlan(id="plan", kinds=(PlanKind.SECAP, PlanKind.CAP2), own_for_towns=True)
ENGAGE = CommitmentGiven(id="engage", commitment=Commitment.ENGAGE)
TURKU = town()


def judge(
    *plans: ClimatePlan,
    applicant: City | Consortium = TURKU,
    readings: Interpretations | None = None,
) -> Finding:
    facts = application(applicant, plans=plans)
    return book(PLAN).assess(facts, on=DAY, interpretations=readings).finding


def test_no_plan_shown_is_unknown_not_unmet() -> None:
    assert judge().reasons == (UnknownReason.NOT_REPORTED,)


def test_a_plan_for_the_whole_city_meets_it() -> None:
    assert judge(plan(TURKU)).verdict is Verdict.MET


@pytest.mark.parametrize("coverage", [PlanCoverage.PARTIAL, PlanCoverage.SECTOR])
def test_a_plan_for_less_than_the_city_does_not(coverage: PlanCoverage) -> None:
    assert judge(plan(TURKU, coverage=coverage)).verdict is Verdict.UNMET


def test_a_plan_of_unknown_coverage_is_unknown_for_the_reason_reported() -> None:
    secret = Unknown(reason=UnknownReason.CONFIDENTIAL, note="under embargo")
    finding = judge(plan(TURKU, coverage=secret))  # type: ignore[arg-type]

    assert finding.reasons == (UnknownReason.CONFIDENTIAL,)
    assert "under embargo" in finding.sentence


def test_one_plan_that_qualifies_is_enough() -> None:
    partial = plan(TURKU, coverage=PlanCoverage.PARTIAL)

    assert judge(partial, plan(TURKU)).verdict is Verdict.MET


@pytest.mark.parametrize(
    ("other", "verdict"),
    [
        ((), Verdict.UNMET),
        ((plan(TURKU, coverage=Unknown(reason=UnknownReason.NOT_REPORTED)),), Verdict.UNKNOWN),
        ((plan(TURKU, expires_on=DAY),), Verdict.UNKNOWN),
        ((plan(TURKU, adopted_on=DAY.add(days=1)),), Verdict.UNMET),
        ((plan(TURKU),), Verdict.MET),
    ],
)
def test_a_partial_plan_answers_until_another_plan_shows_itself(
    other: tuple[ClimatePlan, ...], verdict: Verdict
) -> None:
    # A second plan that nobody speaks of is no unknown, as no second count of inhabitants is.
    assert judge(plan(TURKU, coverage=PlanCoverage.SECTOR), *other).verdict is verdict


def test_a_plan_of_another_town_does_not_count() -> None:
    assert judge(plan(town(name="Espoo"))).reasons == (UnknownReason.NOT_REPORTED,)


def test_a_plan_adopted_after_the_day_does_not_count() -> None:
    assert judge(plan(TURKU, adopted_on=civil_date("2026-01-09"))).verdict is Verdict.UNMET
    assert judge(plan(TURKU, adopted_on=civil_date("2026-01-08"))).verdict is Verdict.MET


def test_a_plan_that_has_ended_leaves_it_open_whether_another_follows() -> None:
    assert judge(plan(TURKU, expires_on=civil_date("2026-01-08"))).reasons == (
        UnknownReason.EXPIRED,
    )
    assert judge(plan(TURKU, expires_on=civil_date("2026-01-09"))).verdict is Verdict.MET


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (OpenQuestion.UNSETTLED, Verdict.UNKNOWN),
        (OpenQuestion.COUNTS, Verdict.MET),
        (OpenQuestion.DOES_NOT_COUNT, Verdict.UNMET),
    ],
)
def test_an_equivalent_plan_is_a_question_of_reading(
    answer: OpenQuestion, verdict: Verdict
) -> None:
    other = plan(TURKU, kind=PlanKind.OTHER)
    finding = judge(other, readings=reading(equivalent_plan=answer))

    assert finding.verdict is verdict
    assert finding.readings == (f"equivalent plan: {answer.value}",)


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (OpenQuestion.UNSETTLED, Verdict.UNKNOWN),
        (OpenQuestion.COUNTS, Verdict.MET),
        (OpenQuestion.DOES_NOT_COUNT, Verdict.UNMET),
    ],
)
def test_a_joint_plan_as_a_towns_own_is_a_question_of_reading(
    answer: OpenQuestion, verdict: Verdict
) -> None:
    ena, dva = town(name="Ena"), town(name="Dva")
    joint = plan(ena, dva, mode=PlanMode.JOINT)
    finding = judge(joint, applicant=together(ena, dva), readings=reading(joint_plan=answer))

    assert finding.verdict is verdict
    assert (finding.reasons == (UnknownReason.NOT_SETTLED,)) is (verdict is Verdict.UNKNOWN)


def test_a_city_alone_may_show_a_joint_plan() -> None:
    assert judge(plan(TURKU, town(name="Espoo"), mode=PlanMode.JOINT)).verdict is Verdict.MET


def test_a_town_without_a_plan_leaves_the_consortium_open_and_is_named() -> None:
    ena, dva = town(name="Ena"), town(name="Dva")
    finding = judge(plan(ena), applicant=together(ena, dva))

    assert finding.verdict is Verdict.UNKNOWN
    assert [lack.subject_name for lack in finding.needed] == ["Dva"]


def test_a_partial_plan_settles_it_even_beside_an_unknown_kind() -> None:
    partial = plan(TURKU, kind=PlanKind.OTHER, coverage=PlanCoverage.PARTIAL)

    assert judge(partial).verdict is Verdict.UNMET


def test_a_promise_not_made_is_unknown_a_refusal_is_not() -> None:
    def answer(*statements: CommitmentStatement) -> Verdict:
        facts = application(TURKU, commitments=statements)
        return book(ENGAGE).assess(facts, on=DAY).finding.verdict

    assert answer() is Verdict.UNKNOWN
    assert answer(promise(Commitment.ALLOCATE_RESOURCES)) is Verdict.UNKNOWN
    assert answer(promise()) is Verdict.MET
    assert answer(promise(given=False)) is Verdict.UNMET


def test_a_promise_made_after_the_day_is_not_known_on_it() -> None:
    late = CommitmentStatement(
        commitment=Commitment.ENGAGE,
        given=True,
        source=Source(title="Letter"),
        stated_on=civil_date("2026-01-09"),
    )
    facts = application(TURKU, commitments=(late,))

    assert book(ENGAGE).assess(facts, on=DAY).finding.verdict is Verdict.UNKNOWN
    assert book(ENGAGE).assess(facts, on=DAY.add(days=1)).finding.verdict is Verdict.MET


@pytest.mark.parametrize("kinds", [(), (PlanKind.SECAP, PlanKind.SECAP)])
def test_a_plan_criterion_names_each_kind_once(kinds: tuple[PlanKind, ...]) -> None:
    with pytest.raises(InvalidValueError, match="name each kind once"):
        WholeCityPlan(id="plan", kinds=kinds)


def without_plan(**more: object) -> ClimatePlan:
    return ClimatePlan(
        id=PlanId("none"),
        kind=PlanKind.NONE,
        covers=(TURKU.id,),
        source=CENSUS,
        **more,  # type: ignore[arg-type]
    )


def test_a_statement_that_there_is_no_plan_is_unmet_while_silence_is_unknown() -> None:
    silent, stated = judge(), judge(without_plan())

    assert silent.verdict is Verdict.UNKNOWN
    assert stated.verdict is Verdict.UNMET
    assert "it was stated that there is no plan" in stated.sentence
    assert "no plan (Census)" in stated.observed


def test_a_statement_that_there_is_no_plan_beside_a_plan_is_a_conflict() -> None:
    finding = judge(without_plan(), plan(TURKU))

    assert finding.verdict is Verdict.UNKNOWN
    assert finding.reasons == (UnknownReason.CONFLICTING,)
    partial = plan(TURKU, coverage=PlanCoverage.PARTIAL)
    assert judge(without_plan(), partial).verdict is Verdict.UNMET


def test_a_statement_that_there_is_no_plan_ends_when_it_says() -> None:
    assert judge(without_plan(expires_on=DAY)).reasons == (UnknownReason.EXPIRED,)
    later = without_plan(expires_on=DAY.add(days=1))
    assert judge(later).verdict is Verdict.UNMET


def test_a_city_that_said_it_has_no_plan_may_adopt_one() -> None:
    rulebook = book(PLAN)
    decision = rulebook.assess(application(TURKU, plans=(without_plan(),)), on=DAY)
    (way,) = find_ways(rulebook, decision).ways

    assert "adopt a climate action plan" in way.sentence
    assert way.decision.outcome is Outcome.ELIGIBLE


@pytest.mark.parametrize(
    "told",
    [
        {"coverage": PlanCoverage.WHOLE_CITY},
        {"mode": PlanMode.INDIVIDUAL},
        {"adopted_on": civil_date("2020-01-01")},
    ],
)
def test_a_plan_that_does_not_exist_cannot_be_described(told: dict[str, object]) -> None:
    with pytest.raises(InvalidValueError, match="said not to exist"):
        without_plan(**told)


def test_no_plan_is_no_kind_that_a_call_accepts() -> None:
    with pytest.raises(InvalidValueError, match="is no kind of plan"):
        WholeCityPlan(id="plan", kinds=(PlanKind.NONE,))
