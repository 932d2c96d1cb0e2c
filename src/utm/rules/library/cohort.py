"""The call of 2023 for the mission's cohort, and rolling admission after it."""

from __future__ import annotations

from utm.domain.application import Commitment
from utm.domain.dates import Period, civil_date
from utm.domain.evidence import Source
from utm.domain.identifiers import NetworkId
from utm.domain.plan import PlanKind
from utm.rules.combinators import AllOf
from utm.rules.commitment import CommitmentGiven
from utm.rules.library.sources import COHORT_CALL, COHORT_EXTENSION, COHORT_ROLLING
from utm.rules.membership import NetworkSignatory
from utm.rules.planning import WholeCityPlan
from utm.rules.population import MinimumPopulation
from utm.rules.rulebook import Deadline, Rulebook, RulebookVersion

__all__ = [
    "COHORT_2023",
    "GCOM",
    "GCOM_NAME",
    "NAMED_PLANS",
    "cohort_promises",
    "cohort_rule",
]

GCOM = NetworkId("gcom")
GCOM_NAME = "Global Covenant of Mayors"
NAMED_PLANS = (PlanKind.SECAP, PlanKind.SEACAP, PlanKind.CAP2, PlanKind.CLIMATE_ACTION_PLAN)

_FLOOR_INHABITANTS = 50_000
_GRACE_MONTHS = 3


def cohort_rule(source: Source, *, promises: tuple[CommitmentGiven, ...]) -> AllOf:
    """Combine the criteria of the cohort: floor, signatory or soon, plan, promises."""
    return AllOf(
        id="cohort",
        title="the criteria of the cohort",
        source=source,
        parts=(
            MinimumPopulation(id="population", floor_inhabitants=_FLOOR_INHABITANTS, source=source),
            NetworkSignatory(
                id="gcom-signatory",
                network=GCOM,
                network_name=GCOM_NAME,
                grace_months=_GRACE_MONTHS,
                source=source,
            ),
            WholeCityPlan(id="whole-city-plan", kinds=NAMED_PLANS, source=source),
            *promises,
        ),
    )


def cohort_promises(source: Source) -> tuple[CommitmentGiven, ...]:
    """Give the promises of the call of 2023: to engage, and to allocate resources."""
    return (
        _promise("engage", Commitment.ENGAGE, source),
        _promise("resources", Commitment.ALLOCATE_RESOURCES, source),
    )


def _promise(rule_id: str, commitment: Commitment, source: Source) -> CommitmentGiven:
    return CommitmentGiven(id=rule_id, commitment=commitment, source=source)


COHORT_2023 = Rulebook(
    id="utm-cohort-2023",
    title="Call for cities to join the cohort of the Urban Transitions Mission, 2023",
    versions=(
        RulebookVersion(
            id="call-2023",
            in_force=Period(start=civil_date("2023-06-01"), end=civil_date("2023-09-22")),
            source=COHORT_CALL,
            note="the deadline moved from 21 August to 21 September 2023; the criteria did not",
            rule=cohort_rule(
                COHORT_CALL,
                promises=cohort_promises(COHORT_CALL),
            ),
        ),
        RulebookVersion(
            id="rolling",
            in_force=Period(start=civil_date("2023-09-22")),
            source=COHORT_ROLLING,
            note="the page asks for engagement with peers and names no resources",
            rule=cohort_rule(
                COHORT_ROLLING,
                promises=(_promise("engage", Commitment.ENGAGE, COHORT_ROLLING),),
            ),
        ),
    ),
    deadlines=(
        Deadline(
            last_day=civil_date("2023-08-21"),
            source=COHORT_CALL,
            announced_on=civil_date("2023-06-01"),
        ),
        Deadline(last_day=civil_date("2023-09-21"), source=COHORT_EXTENSION),
        Deadline(last_day=None, source=COHORT_ROLLING),
    ),
)
"""The cohort call of 2023 with its history, then rolling admission."""
