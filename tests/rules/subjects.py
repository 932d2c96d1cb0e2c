"""Small facts for the tests of rules, built in one line each."""

from pendulum import Date

from utm.domain import (
    Application,
    ApplicationId,
    CallId,
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
    Waiver,
    WaiverCategory,
    civil_date,
)
from utm.rules import Interpretations, Rule, Rulebook, RulebookVersion

DAY = civil_date("2026-01-08")
GCOM = NetworkId("gcom")
CENSUS = Source(title="Census", issuer="Statistics office")
REGISTER = Source(title="Register", issuer="Network")
CALL = Source(title="Call")
MUNICIPALITY = PopulationBasis.MUNICIPALITY
SETTLEMENT = PopulationBasis.SETTLEMENT
UNSTATED = PopulationBasis.UNSTATED
DISTRICT = PopulationBasis.DISTRICT


def figure(
    inhabitants: int,
    basis: PopulationBasis = MUNICIPALITY,
    *,
    year: int | None = None,
    source: Source = CENSUS,
    doubt: str = "",
) -> PopulationFigure:
    return PopulationFigure(
        inhabitants=inhabitants, basis=basis, year=year, source=source, doubt=doubt
    )


def standing(
    status: MembershipStatus = MembershipStatus.SIGNATORY,
    *,
    start: str | None = None,
    end: str | None = None,
    listed: str | None = None,
    promised: str | None = None,
    source: Source = REGISTER,
) -> NetworkMembership:
    return NetworkMembership(
        network=GCOM,
        status=status,
        source=source,
        period=Period(start=civil_date(start), end=civil_date(end) if end else None)
        if start
        else None,
        listed_on=civil_date(listed) if listed else None,
        promised_by=civil_date(promised) if promised else None,
    )


def town(
    *figures: PopulationFigure,
    name: str = "Turku",
    memberships: tuple[NetworkMembership, ...] = (),
    **more: object,
) -> City:
    return City(
        id=CityId.of("FI", name),
        name=name,
        country=CountryCode("FI"),
        populations=figures,
        memberships=memberships,
        **more,  # type: ignore[arg-type]  # a test's shorthand
    )


def plan(
    *covers: City,
    coverage: PlanCoverage = PlanCoverage.WHOLE_CITY,
    kind: PlanKind = PlanKind.SECAP,
    mode: PlanMode = PlanMode.INDIVIDUAL,
    **more: object,
) -> ClimatePlan:
    return ClimatePlan(
        id=PlanId("plan"),
        kind=kind,
        covers=tuple(city.id for city in covers),
        source=CENSUS,
        **{"coverage": coverage, "mode": mode, **more},  # type: ignore[arg-type]
    )


def promise(
    commitment: Commitment = Commitment.ENGAGE, *, given: bool = True
) -> CommitmentStatement:
    return CommitmentStatement(commitment=commitment, given=given, source=CALL)


def application(
    applicant: City | Consortium,
    *,
    plans: tuple[ClimatePlan, ...] = (),
    commitments: tuple[CommitmentStatement, ...] = (),
    submitted_on: Date | None = None,
    engaged_on: Date | None = None,
) -> Application:
    return Application(
        id=ApplicationId("application"),
        call=CallId("call"),
        applicant=applicant,
        plans=plans,
        commitments=commitments,
        submitted_on=submitted_on,
        engaged_on=engaged_on,
    )


def together(*members: City) -> Consortium:
    return Consortium(id=ConsortiumId("towns"), name="Towns", members=members)


def book(rule: Rule, *, start: str = "2000-01-01") -> Rulebook:
    return Rulebook(
        id="book",
        title="A rulebook of one version",
        versions=(
            RulebookVersion(
                id="only", in_force=Period(start=civil_date(start)), rule=rule, source=CALL
            ),
        ),
    )


def waiver(criterion: str, subject: City | Consortium, **more: object) -> Waiver:
    facts: dict[str, object] = {
        "criterion": criterion,
        "subject": subject.id,
        "category": WaiverCategory.WAIVED,
        "authority": "Secretariat",
        "reason": "the district counts",
        "issued_on": civil_date("2025-06-01"),
        **more,
    }
    return Waiver(**facts)  # type: ignore[arg-type]


def reading(**chosen: object) -> Interpretations:
    return Interpretations(**chosen)  # type: ignore[arg-type]
