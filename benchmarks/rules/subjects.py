"""Invented applicants, as the library's entities and as the plain facts that peers take."""

import random

from utm.domain import (
    Application,
    ApplicationId,
    CallId,
    City,
    CityId,
    ClimatePlan,
    Commitment,
    CommitmentStatement,
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
    civil_date,
)

SOURCE = Source(title="Invented register")
JOINED = Period(start=civil_date("2015-01-01"))
ADOPTED = civil_date("2020-01-01")
STATED = civil_date("2024-01-01")
STATUSES = {
    "signatory": MembershipStatus.SIGNATORY,
    "committed": MembershipStatus.COMMITTED,
    "not a member": MembershipStatus.NOT_A_MEMBER,
}
COVERAGES = {"whole city": PlanCoverage.WHOLE_CITY, "sector": PlanCoverage.SECTOR}
Facts = dict[str, object]


def invent_facts(count: int, *, missing_percent: int, seed: int = 0) -> list[Facts]:
    """Facts of applicants, some near the floor; each is left out with a chance in percent."""
    chance = random.Random(seed)

    def drawn() -> Facts:
        whole = {
            "population": int(chance.lognormvariate(11.5, 1)),
            "gcom": chance.choices(list(STATUSES), weights=(85, 5, 10))[0],
            "plan": chance.choices(list(COVERAGES), weights=(80, 20))[0],
            "engage": chance.random() < 0.95,
        }
        return {
            name: fact for name, fact in whole.items() if chance.random() * 100 >= missing_percent
        }

    return [drawn() for _ in range(count)]


def as_application(number: int, facts: Facts) -> Application:
    """The same facts as the library's own entities, each with its source."""
    key = CityId(f"pl-town-{number}")
    populations = [
        PopulationFigure(
            inhabitants=facts["population"],
            basis=PopulationBasis.MUNICIPALITY,
            year=2023,
            source=SOURCE,
        )
        for _ in range("population" in facts)
    ]
    memberships = [
        NetworkMembership(
            network=NetworkId("gcom"),
            status=STATUSES[facts["gcom"]],
            period=JOINED,
            source=SOURCE,
        )
        for _ in range("gcom" in facts)
    ]
    plans = [
        ClimatePlan(
            id=PlanId(f"plan-{number}"),
            kind=PlanKind.SECAP,
            covers=(key,),
            coverage=COVERAGES[facts["plan"]],
            mode=PlanMode.INDIVIDUAL,
            adopted_on=ADOPTED,
            source=SOURCE,
        )
        for _ in range("plan" in facts)
    ]
    commitments = [
        CommitmentStatement(
            commitment=Commitment.ENGAGE, given=facts["engage"], stated_on=STATED, source=SOURCE
        )
        for _ in range("engage" in facts)
    ]
    return Application(
        id=ApplicationId(f"a-{number}"),
        call=CallId("utm-cohort-2023"),
        applicant=City(
            id=key,
            name=f"Town {number}",
            country=CountryCode("PL"),
            populations=tuple(populations),
            memberships=tuple(memberships),
        ),
        plans=tuple(plans),
        commitments=tuple(commitments),
    )
