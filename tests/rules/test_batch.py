import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from pendulum import Date

from tests.rules.subjects import (
    DAY,
    SETTLEMENT,
    application,
    book,
    figure,
    plan,
    promise,
    standing,
    together,
    town,
)
from tests.rules.trees import nameless
from tests.searching import examples
from utm.domain import (
    Application,
    Commitment,
    MembershipStatus,
    NetworkId,
    PlanCoverage,
    PlanKind,
    Unknown,
    UnknownReason,
    civil_date,
)
from utm.errors import InvalidValueError
from utm.reference import city2city_2026
from utm.rules import (
    AllOf,
    AnyOf,
    CommitmentGiven,
    Interpretations,
    MinimumPopulation,
    NetworkSignatory,
    Not,
    Rule,
    Verdict,
    VerdictTable,
    assess_many,
    judge_many,
)
from utm.rules.library import CITY2CITY_2026, COHORT_2023, RULEBOOKS
from utm.testing import laws
from utm.testing.rules import applications_to_judge, days, readings, rules

FLOOR = MinimumPopulation(id="population", floor_inhabitants=50_000)
ENGAGE = CommitmentGiven(id="engage", commitment=Commitment.ENGAGE)


@examples(50)
@given(st.data(), st.lists(applications_to_judge(), max_size=4), rules(), days())
def test_many_are_judged_as_each_is_alone(
    data: st.DataObject, facts: list[Application], rule: Rule, day: Date
) -> None:
    laws.law_many_are_judged_as_one(
        book(nameless(rule)),
        facts,
        on=day,
        interpretations=data.draw(readings()),
        known_by=data.draw(st.none() | days()),
    )


USUAL = st.builds(
    lambda figures, members, coverage, kind, adopted, given, engaged: (
        figures,
        members,
        coverage,
        kind,
        adopted,
        given,
        engaged,
    ),
    st.sampled_from([(), (figure(49_999),), (figure(50_000),), (figure(49_999, SETTLEMENT),)]),
    st.sampled_from(
        [
            (),
            (standing(start="2015-01-01"),),
            (standing(MembershipStatus.WITHDRAWN, start="2015-01-01"),),
            (standing(MembershipStatus.COMMITTED, start="2015-01-01"),),
            (standing(start="2015-01-01", end="2026-01-08"),),
            (standing(start="2015-01-01", end="2026-01-09"),),
            (standing(start="2015-01-01", listed="2022-12-01"),),
            (standing(start="2026-01-09"),),
        ]
    ),
    st.sampled_from([None, *PlanCoverage, Unknown(reason=UnknownReason.CONFIDENTIAL)]),
    st.sampled_from((PlanKind.SECAP, PlanKind.OTHER)),
    st.sampled_from((None, civil_date("2026-01-08"), civil_date("2026-01-09"))),
    st.none() | st.booleans(),
    st.none() | days(),
)


@given(st.lists(USUAL, max_size=6), st.sampled_from(RULEBOOKS))
def test_evidence_of_the_usual_shapes_is_judged_as_any_other(
    shapes: list[tuple[object, ...]], rulebook: object
) -> None:
    facts = [usual(*shape) for shape in shapes]

    laws.law_many_are_judged_as_one(rulebook, facts, on=DAY)  # type: ignore[arg-type]


def usual(  # noqa: PLR0917 - a shape is drawn as one tuple
    figures: object,
    members: object,
    coverage: object,
    kind: object,
    adopted: object,
    given: object,
    engaged: object,
) -> Application:
    city = town(*figures, memberships=members)  # type: ignore[misc, arg-type]
    plans = (
        ()
        if coverage is None
        else (
            plan(city, coverage=coverage, kind=kind, adopted_on=adopted),  # type: ignore[arg-type]
        )
    )
    promises = () if given is None else tuple(promise(c, given=bool(given)) for c in Commitment)
    return application(city, plans=plans, commitments=promises, engaged_on=engaged)  # type: ignore[arg-type]


def test_the_register_is_judged_as_one_by_one() -> None:
    facts = city2city_2026().applications

    laws.law_many_are_judged_as_one(CITY2CITY_2026, facts, on=DAY)
    laws.law_many_are_judged_as_one(COHORT_2023, facts, on=DAY)


def test_each_application_is_judged_by_the_version_of_its_submission() -> None:
    city = town(figure(60_000), memberships=(standing(start="2015-01-01"),))
    facts = [
        application(
            city,
            plans=(plan(city),),
            commitments=(promise(),),
            submitted_on=civil_date(day),
        )
        for day in ("2023-07-01", "2024-07-01")
    ]

    assert judge_many(COHORT_2023, facts, on=DAY) == (Verdict.UNKNOWN, Verdict.MET)


def test_nobody_is_judged_to_nothing() -> None:
    assert judge_many(COHORT_2023, [], on=DAY) == ()
    assert assess_many(COHORT_2023, [], on=DAY) == ()


def test_a_day_outside_all_versions_is_an_error() -> None:
    with pytest.raises(InvalidValueError, match="lies outside"):
        judge_many(COHORT_2023, [application(town())], on=civil_date("2023-05-31"))


def table_of(*facts: Application) -> VerdictTable:
    rulebook = book(FLOOR)
    return VerdictTable(facts, version=rulebook.stamp(rulebook.versions[0]), on=DAY)


def test_a_table_answers_other_rules_and_thresholds_over_the_same_applicants() -> None:
    ena, dva = town(figure(60_000), name="Ena"), town(figure(45_000), name="Dva")
    table = table_of(application(ena), application(together(ena, dva)), application(dva))

    assert table.verdicts(FLOOR) == (Verdict.MET, Verdict.UNKNOWN, Verdict.UNMET)
    lower = MinimumPopulation(id="population", floor_inhabitants=45_000)
    assert table.verdicts(lower) == (Verdict.MET,) * 3
    assert table.verdicts(Not(part=lower)) == (Verdict.UNMET,) * 3
    assert table.verdicts(AllOf(parts=(lower, ENGAGE))) == (Verdict.UNKNOWN,) * 3


@settings(max_examples=60)
@given(
    st.lists(applications_to_judge(), min_size=1, max_size=4),
    st.lists(st.sampled_from((1, 49_999, 50_000, 50_001, 10**9)), max_size=5),
    readings(),
    st.none() | days(),
)
def test_a_floor_may_move_up_and_down_over_the_same_applicants(
    facts: list[Application],
    floors: list[int],
    chosen: Interpretations,
    known_by: Date | None,
) -> None:
    version = book(FLOOR).stamp(book(FLOOR).versions[0])
    table = VerdictTable(facts, version=version, on=DAY, interpretations=chosen, known_by=known_by)

    for floor in floors:
        rule = MinimumPopulation(id="population", floor_inhabitants=floor)
        assert table.verdicts(rule) == judge_many(
            book(rule),
            [evolve(each, submitted_on=None) for each in facts],
            on=DAY,
            interpretations=chosen,
            known_by=known_by,
        )


@pytest.mark.parametrize("combined", [AllOf, AnyOf])
def test_the_words_of_a_rule_are_no_code(combined: type[AllOf | AnyOf]) -> None:
    words = '"); raise SystemExit  # {body} $day MET!\n'
    parts = (
        evolve(ENGAGE, id=f"{words}1"),
        NetworkSignatory(id=words, network=NetworkId("x-1"), network_name=words, role=words),
    )
    rule = combined(parts=(parts[0], Not(part=parts[1], title=words)), title=words)

    assert judge_many(book(rule), [application(town())], on=DAY) == (Verdict.UNKNOWN,)


def test_a_table_remembers_what_it_has_answered() -> None:
    asked: list[Application] = []

    class Counting:
        id = "counting"
        requirement = "to be counted"
        source = None
        parts: tuple[Rule, ...] = ()

        def __repr__(self) -> str:
            return "Counting()"

        def examine(self, case: object) -> object:
            asked.append(case.application)  # type: ignore[attr-defined]
            return case.finding(self, Verdict.MET)  # type: ignore[attr-defined]

    table = table_of(application(town()))
    for _ in range(3):
        assert table.verdicts(AllOf(parts=(Counting(), Not(part=ENGAGE)))) == (Verdict.UNKNOWN,)  # type: ignore[arg-type]

    assert len(asked) == 1


def test_many_decisions_are_those_of_each_alone() -> None:
    facts = [evolve(each, submitted_on=None) for each in city2city_2026().applications[:5]]

    assert assess_many(CITY2CITY_2026, facts, on=DAY) == tuple(
        CITY2CITY_2026.assess(each, on=DAY) for each in facts
    )
