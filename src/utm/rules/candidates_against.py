"""Single changes after which a criterion might be unmet, for rules that negate it."""

from __future__ import annotations

from utm.domain.application import CommitmentStatement
from utm.domain.city import City, DegreeOfUrbanisation, MembershipStatus, PopulationFigure
from utm.domain.consortium import Consortium
from utm.domain.evidence import Observation, UnknownReason
from utm.domain.identifiers import PlanId
from utm.domain.plan import ClimatePlan, PlanCoverage, PlanKind
from utm.rules.candidates import (
    SUPPOSED,
    about_open_plans,
    change_to,
    ruling_of,
    standing_of,
    with_the_place_named,
)
from utm.rules.case import Case, Rule, examine
from utm.rules.change import (
    AddFigure,
    AddPlan,
    Change,
    Effort,
    GiveStatement,
    SetStanding,
    SetUrbanisation,
)
from utm.rules.commitment import CommitmentGiven
from utm.rules.finding import Finding
from utm.rules.inhabitants import own_basis
from utm.rules.interpretations import ConflictReading, OpenQuestion, TownsReading
from utm.rules.membership import NetworkSignatory
from utm.rules.planning import WholeCityPlan
from utm.rules.population import MinimumPopulation
from utm.rules.urbanisation import Urbanised
from utm.rules.verdict import Verdict

__all__ = ["candidates_against"]


def candidates_against(rule: Rule, case: Case, finding: Finding) -> tuple[Change, ...]:
    """Name the single changes that might make a criterion unmet; whether they do is to be tried."""
    if finding.effective is Verdict.UNMET:
        return ()
    if isinstance(rule, MinimumPopulation | NetworkSignatory) and isinstance(case.subject, City):
        rule = rule.settled(case)
    naming, case = with_the_place_named(rule, case)
    found: list[Change] = []
    if naming is not None:
        found.append(naming)
        finding = examine(rule, case)
    match rule:
        case MinimumPopulation():
            found += _about_population(rule, case, finding)
        case NetworkSignatory():
            found += _about_standing(rule, case, finding)
        case WholeCityPlan():
            found += _about_plan(rule, case, finding)
        case CommitmentGiven():
            statement = CommitmentStatement(
                commitment=rule.commitment, given=False, source=SUPPOSED
            )
            text = f"decline to {rule.commitment.value}"
            edit = GiveStatement(statement=statement)
            found.append(change_to(rule, case, Effort.PROMISE, text, edit))
        case Urbanised():
            found += _about_urbanisation(rule, case, finding)
        case _:
            pass
    return tuple(found)


def _about_population(rule: MinimumPopulation, case: Case, finding: Finding) -> list[Change]:
    city = case.subject
    if isinstance(city, Consortium):
        return [ruling_of(case, "towns", each) for each in (TownsReading.EACH, TownsReading.SUM)]
    if finding.verdict is Verdict.MET:
        return []  # how many people live there is not a thing to change
    floor = rule.floor_for(case)
    figure = PopulationFigure(
        inhabitants=floor - 1,
        basis=own_basis(city, case.interpretations),
        source=SUPPOSED,
        year=case.day.year,
    )
    text = f"show an official count below {floor:,} ({figure.basis.value})"
    edit = AddFigure(city=city.id, figure=figure)
    found = [change_to(rule, case, Effort.SHOW, text, edit)]
    if UnknownReason.CONFLICTING in finding.reasons:
        found.append(ruling_of(case, "conflict", ConflictReading.LATEST))
    return found


def _about_standing(rule: NetworkSignatory, case: Case, finding: Finding) -> list[Change]:
    city = case.subject
    if isinstance(city, Consortium):
        return []
    found: list[Change] = []
    if UnknownReason.NOT_SETTLED in finding.reasons:
        found.append(ruling_of(case, "on_hold", OpenQuestion.DOES_NOT_COUNT))
    if finding.verdict is Verdict.UNKNOWN and not found:
        status, effort = MembershipStatus.NOT_A_MEMBER, Effort.SHOW
        text = f"show that it is no {rule.role} of the {rule.network_name} on {case.day}"
    else:
        status, effort = MembershipStatus.WITHDRAWN, Effort.DO
        text = f"leave the {rule.network_name}"
    edit = SetStanding(city=city.id, membership=standing_of(rule, case, status))
    return [*found, change_to(rule, case, effort, text, edit)]


def _about_plan(rule: WholeCityPlan, case: Case, finding: Finding) -> list[Change]:
    city = case.subject
    if isinstance(city, Consortium) or finding.verdict is Verdict.MET:
        return []  # a plan that is in force is not given up for a call
    found = about_open_plans(rule, case, city, PlanCoverage.PARTIAL, OpenQuestion.DOES_NOT_COUNT)
    none = ClimatePlan(
        id=PlanId(f"supposed-{city.id}"),
        kind=PlanKind.NONE,
        covers=(city.id,),
        source=SUPPOSED,
    )
    text = "state that it has no climate action plan"
    return [*found, change_to(rule, case, Effort.SHOW, text, AddPlan(plan=none))]


def _about_urbanisation(rule: Urbanised, case: Case, finding: Finding) -> list[Change]:
    city = case.subject
    others = [degree for degree in DegreeOfUrbanisation if degree not in rule.degrees]
    if isinstance(city, Consortium) or finding.verdict is Verdict.MET or not others:
        return []  # how dense a place is, is not a thing to change
    seen = Observation(value=others[0], source=SUPPOSED)
    numbers = " or ".join(str(degree.value) for degree in others)
    text = f"show that it has degree of urbanisation {numbers}"
    return [change_to(rule, case, Effort.SHOW, text, SetUrbanisation(city=city.id, seen=seen))]
