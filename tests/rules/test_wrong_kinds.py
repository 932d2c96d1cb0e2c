"""Text in the place of a value, and what is no applicant: an error each, never a verdict."""

from collections.abc import Callable

import pytest
from attrs import evolve

from tests.rules.subjects import (
    CENSUS,
    DAY,
    application,
    book,
    figure,
    plan,
    promise,
    standing,
    town,
)
from utm.domain import (
    Commitment,
    CommitmentStatement,
    Observation,
    Period,
    PlanKind,
    Unknown,
)
from utm.errors import InvalidValueError
from utm.rules import (
    AllOf,
    CommitmentGiven,
    Interpretations,
    MinimumPopulation,
    NetworkSignatory,
    Not,
    ParameterValue,
    Rule,
    RulebookVersion,
    Urbanised,
    Verdict,
    WholeCityPlan,
    assess_many,
    judge_many,
    rule_as_plain,
    screen,
)
from utm.rules.library import COHORT_2023


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (
            lambda: NetworkSignatory(id="x", network="gcom", network_name="Covenant"),
            "network: 'gcom' is no NetworkId",
        ),
        (lambda: WholeCityPlan(id="x", kinds=("SECAP",)), "kind of plan: 'SECAP' is no PlanKind"),
        (lambda: CommitmentGiven(id="x", commitment="engage"), "'engage' is no Commitment"),
        (lambda: Urbanised(id="x", degrees=(1,)), "1 is no DegreeOfUrbanisation"),
        (lambda: book(MinimumPopulation(id=5, floor_inhabitants=1)), "at the whole: 5 is no text"),
        (
            lambda: book(AllOf(parts=(MinimumPopulation(id=None, floor_inhabitants=1),))),
            r"id of the rule at parts\[0\]: None is no text",
        ),
    ],
)
def test_a_criterion_that_names_something_by_its_text_is_refused(
    make: Callable[[], object], told: str
) -> None:
    with pytest.raises(InvalidValueError, match=told):
        make()


@pytest.mark.parametrize("given", ["no", None, 1])
def test_a_commitment_is_given_or_not(given: object) -> None:
    with pytest.raises(InvalidValueError, match="must be promised or not"):
        CommitmentStatement(commitment=Commitment.ENGAGE, given=given, source=CENSUS)  # type: ignore[arg-type]


def test_what_is_no_applicant_is_named_with_its_place() -> None:
    several = [application(town()), "Turku"]

    with pytest.raises(InvalidValueError, match="'Turku' is no application, city or consortium"):
        COHORT_2023.assess("Turku", on=DAY)  # type: ignore[arg-type]
    for judge in (assess_many, judge_many):
        with pytest.raises(InvalidValueError, match=r"applications\[1\]: 'Turku' is no"):
            judge(COHORT_2023, several, on=DAY)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: evolve(plan(town()), coverage="whole city"), "'whole city' cannot be its cov"),
        (lambda: evolve(plan(town()), coverage=None), "None cannot be its coverage"),
        (lambda: evolve(plan(town()), mode="joint"), "'joint' cannot be its mode"),
        (lambda: evolve(plan(town()), kind="SECAP"), "'SECAP' cannot be its kind"),
        (lambda: evolve(plan(town()), covers=("fi-turku",)), "cannot be its covers"),
        (lambda: evolve(standing(), status="signatory"), "'signatory' cannot be its status"),
        (lambda: evolve(standing(), network="gcom"), "'gcom' cannot be its network"),
        (lambda: figure(60_000, basis="municipality"), "'municipality' cannot be its basis"),
        (lambda: evolve(figure(60_000), source="Census"), "'Census' cannot be its source"),
        (lambda: evolve(promise(), commitment="engage"), "'engage' cannot be its commitment"),
        (lambda: town("60.000"), "cannot be its populations"),
        (lambda: evolve(town(), populations=figure(60_000)), "cannot be its populations"),
        (lambda: town(memberships=("gcom",)), "cannot be its memberships"),
        (lambda: town(government="municipality"), "'municipality' cannot be its government"),
        (lambda: town(urbanisation=1), "1 cannot be its urbanisation"),
        (
            lambda: town(urbanisation=Observation(value=1, source=CENSUS)),
            "urbanisation: 1 is no DegreeOfUrbanisation",
        ),
        (lambda: application("Turku"), "'Turku' cannot be its applicant"),
        (lambda: application(town(), plans=("SECAP",)), "cannot be its plans"),
        (lambda: application(town(), commitments=("yes",)), "cannot be its commitments"),
        (lambda: Unknown(reason="not reported"), "'not reported' cannot be its reason"),
    ],
)
def test_a_fact_that_holds_text_in_the_place_of_a_value_is_refused(
    make: Callable[[], object], told: str
) -> None:
    with pytest.raises(InvalidValueError, match=told):
        make()


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: Interpretations(population="settlement"), "'settlement' cannot be its population"),
        (lambda: COHORT_2023.assess(town(), on=DAY, interpretations={}), "no Interpretations"),
        (
            lambda: assess_many(COHORT_2023, [application(town())], on=DAY, interpretations=(1,)),
            "cannot be its interpretations",
        ),
        (lambda: COHORT_2023.assess(town(), on=DAY, waivers=("gcom",)), "'gcom' is no criterion"),
        (lambda: AllOf(parts=[MinimumPopulation(id="p", floor_inhabitants=1)]), "in a tuple"),
        (
            lambda: WholeCityPlan(id="x", kinds=(PlanKind.SECAP,), own_for_towns="no"),
            "'no' cannot be its own_for_towns",
        ),
        (
            lambda: ParameterValue(value=1, in_force=Period(start=DAY), source=None),
            "None cannot be its source",
        ),
        (
            lambda: RulebookVersion(
                id="x",
                in_force=Period(start=DAY),
                source=None,
                rule=MinimumPopulation(id="p", floor_inhabitants=1),
            ),
            "None cannot be its source",
        ),
    ],
)
def test_rules_and_readings_of_another_kind_are_refused(
    make: Callable[[], object], told: str
) -> None:
    with pytest.raises(InvalidValueError, match=told):
        make()


def test_a_rule_beyond_the_bounds_is_not_written_down() -> None:
    deep: Rule = MinimumPopulation(id="p", floor_inhabitants=1)
    for _ in range(10_000):
        deep = Not(part=deep)
    cyclic = AllOf(parts=(MinimumPopulation(id="p", floor_inhabitants=1),))
    object.__setattr__(cyclic, "parts", (cyclic,))

    for rule in (deep, cyclic):
        with pytest.raises(InvalidValueError, match="beyond 64 levels"):
            rule_as_plain(rule)


def test_to_look_for_the_answers_of_a_criterion_that_nobody_was_asked_is_an_error() -> None:
    screening = screen([COHORT_2023.assess(town(), on=DAY)])

    assert len(screening.leaves("population", Verdict.UNKNOWN)) == 1
    assert screening.leaves("population", Verdict.MET) == ()
    with pytest.raises(InvalidValueError, match="'populaton' is none of cohort, population"):
        screening.leaves("populaton", Verdict.MET)
    assert screen([]).leaves("population", Verdict.MET) == ()
