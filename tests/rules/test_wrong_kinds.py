"""Text in the place of a value, and what is no applicant: an error each, never a verdict."""

from collections.abc import Callable

import pytest

from tests.rules.subjects import CENSUS, DAY, application, book, town
from utm.domain import Commitment, CommitmentStatement
from utm.errors import InvalidValueError
from utm.rules import (
    AllOf,
    CommitmentGiven,
    MinimumPopulation,
    NetworkSignatory,
    Urbanised,
    WholeCityPlan,
    assess_many,
    judge_many,
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
