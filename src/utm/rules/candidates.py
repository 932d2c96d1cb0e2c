"""Single changes that might bear on a criterion."""

from __future__ import annotations

from attrs import evolve

from utm.domain.application import CommitmentStatement
from utm.domain.city import City, MembershipStatus, NetworkMembership, PopulationFigure
from utm.domain.consortium import Consortium
from utm.domain.dates import Period
from utm.domain.evidence import Observation, Source, Unknown, UnknownReason
from utm.domain.identifiers import PlanId
from utm.domain.plan import ClimatePlan, PlanCoverage, PlanMode
from utm.rules.case import Case, Rule, examine
from utm.rules.change import (
    AddFigure,
    AddPlan,
    Change,
    Edit,
    Effort,
    GiveStatement,
    NameThePlace,
    Ruling,
    SetStanding,
    SetUrbanisation,
    ShowCoverage,
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

__all__ = [
    "SUPPOSED",
    "about_open_plans",
    "candidates_for",
    "change_to",
    "ruling_of",
    "standing_of",
    "with_the_place_named",
]

SUPPOSED = Source(title="supposed, to see what would follow")


def candidates_for(rule: Rule, case: Case, finding: Finding) -> tuple[Change, ...]:
    """Name the single changes that might bear on a criterion; whether they do is to be tried."""
    if finding.effective is Verdict.MET:
        return ()
    found: list[Change] = []
    if isinstance(rule, MinimumPopulation | NetworkSignatory) and isinstance(case.subject, City):
        rule = rule.settled(case)
    naming, case = with_the_place_named(rule, case)
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
            found.append(_promise(rule, case))
        case Urbanised():
            found += _about_urbanisation(rule, case, finding)
        case _:
            pass
    return tuple(found)


def with_the_place_named(rule: Rule, case: Case) -> tuple[Change | None, Case]:
    """Give the change that tells which place is meant, if that is in doubt, and the case then."""
    city = case.subject
    if isinstance(rule, CommitmentGiven) or not isinstance(city, City) or city.identity is None:
        return None, case
    text = "tell which place is meant"
    naming = change_to(rule, case, Effort.SHOW, text, NameThePlace(city=city.id))
    return naming, evolve(case, subject=evolve(city, identity=None))


def change_to(rule: Rule, case: Case, effort: Effort, text: str, edit: Edit) -> Change:
    """Make a change that serves a criterion about the subject of a case."""
    return Change(
        criterion=rule.id,
        subject=case.subject.id,
        subject_name=case.subject.name,
        effort=effort,
        text=text,
        edit=edit,
    )


def ruling_of(
    case: Case, question: str, answer: OpenQuestion | ConflictReading | TownsReading
) -> Change:
    """Make the change that is a ruling on a question that the text of a call leaves open."""
    text = f"obtain the ruling '{question.replace('_', ' ')}: {answer.value}'"
    # A ruling serves every applicant, so that it is one change whoever asks for it.
    return Change(
        criterion="",
        subject=case.application.key,
        subject_name=case.application.applicant.name,
        effort=Effort.RULING,
        text=text,
        edit=Ruling(question=question, answer=answer),
    )


def _about_population(rule: MinimumPopulation, case: Case, finding: Finding) -> list[Change]:
    city = case.subject
    if isinstance(city, Consortium):
        return [ruling_of(case, "towns", each) for each in (TownsReading.EACH, TownsReading.SUM)]
    if finding.verdict is Verdict.UNMET:
        return []  # how many people live there is not a thing to change
    readings = case.interpretations
    floor = rule.floor_for(case)
    figure = PopulationFigure(
        inhabitants=floor,
        basis=own_basis(city, readings),
        source=SUPPOSED,
        year=case.day.year,
    )
    text = f"show an official count of at least {floor:,} ({figure.basis.value})"
    found = [change_to(rule, case, Effort.SHOW, text, AddFigure(city=city.id, figure=figure))]
    if UnknownReason.CONFLICTING in finding.reasons:
        found.append(ruling_of(case, "conflict", ConflictReading.LATEST))
    return found


def _about_standing(rule: NetworkSignatory, case: Case, finding: Finding) -> list[Change]:
    city = case.subject
    if isinstance(city, Consortium):
        return []
    unknown = finding.verdict is Verdict.UNKNOWN
    found: list[Change] = []
    if UnknownReason.NOT_SETTLED in finding.reasons:
        found.append(ruling_of(case, "on_hold", OpenQuestion.COUNTS))
        unknown = False
    shown = f"show that it is a {rule.role} of the {rule.network_name} on {case.day}"
    done = f"be a {rule.role} of the {rule.network_name}"
    signed = standing_of(rule, case, MembershipStatus.SIGNATORY)
    effort = Effort.SHOW if unknown else Effort.DO
    found.append(
        change_to(
            rule,
            case,
            effort,
            shown if unknown else done,
            SetStanding(city=city.id, membership=signed),
        )
    )
    if rule.grace_months:
        committed = standing_of(rule, case, MembershipStatus.COMMITTED)
        text = f"commit to sign the {rule.network_name} in time"
        edit = SetStanding(city=city.id, membership=committed)
        found.append(change_to(rule, case, Effort.PROMISE, text, edit))
    return found


def standing_of(rule: NetworkSignatory, case: Case, status: MembershipStatus) -> NetworkMembership:
    """Make the standing that is supposed, from the day of a case."""
    return NetworkMembership(
        network=rule.network, status=status, source=SUPPOSED, period=Period(start=case.day)
    )


def about_open_plans(
    rule: WholeCityPlan, case: Case, city: City, coverage: PlanCoverage, ruling: OpenQuestion
) -> list[Change]:
    """Make the changes that settle what is open about the plans of a city, one way or the other."""
    covered = "the whole city" if coverage is PlanCoverage.WHOLE_CITY else "a part of the city only"
    shown = [
        change_to(
            rule,
            case,
            Effort.SHOW,
            f"show that the plan '{plan.id}' covers {covered}",
            ShowCoverage(plan=plan.id, coverage=coverage),
        )
        for plan in case.application.plans
        if city.id in plan.covers and isinstance(plan.coverage, Unknown) and not plan.is_absence
    ]
    questions = {
        "equivalent_plan": case.interpretations.equivalent_plan,
        "joint_plan": case.interpretations.joint_plan,
    }
    return shown + [
        ruling_of(case, question, ruling)
        for question, answer in questions.items()
        if answer is OpenQuestion.UNSETTLED
    ]


def _about_plan(rule: WholeCityPlan, case: Case, finding: Finding) -> list[Change]:
    city = case.subject
    if isinstance(city, Consortium):
        return []
    found = about_open_plans(rule, case, city, PlanCoverage.WHOLE_CITY, OpenQuestion.COUNTS)
    plan = ClimatePlan(
        id=PlanId(f"supposed-{city.id}"),
        kind=rule.kinds[0],
        covers=(city.id,),
        source=SUPPOSED,
        coverage=PlanCoverage.WHOLE_CITY,
        mode=PlanMode.INDIVIDUAL,
    )
    shown = finding.verdict is Verdict.UNKNOWN and not finding.evidence
    verb, effort = ("show", Effort.SHOW) if shown else ("adopt", Effort.DO)
    text = f"{verb} a climate action plan of its own that covers the whole city"
    found.append(change_to(rule, case, effort, text, AddPlan(plan=plan)))
    return found


def _about_urbanisation(rule: Urbanised, case: Case, finding: Finding) -> list[Change]:
    city = case.subject
    if isinstance(city, Consortium) or finding.verdict is Verdict.UNMET:
        return []  # how dense a place is, is not a thing to change
    seen = Observation(value=rule.degrees[0], source=SUPPOSED)
    edit = SetUrbanisation(city=city.id, seen=seen)
    return [change_to(rule, case, Effort.SHOW, f"show that it has {rule.requirement}", edit)]


def _promise(rule: CommitmentGiven, case: Case) -> Change:
    statement = CommitmentStatement(commitment=rule.commitment, given=True, source=SUPPOSED)
    application = case.application
    return Change(
        criterion=rule.id,
        subject=application.key,
        subject_name=application.applicant.name,
        effort=Effort.PROMISE,
        text=f"promise to {rule.commitment.value}",
        edit=GiveStatement(statement=statement),
    )
