"""Changes to the facts, as data: what could be shown, promised, done or ruled."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from typing import assert_never

from attrs import evolve, frozen

from utm.domain.application import Application, CommitmentStatement
from utm.domain.city import City, DegreeOfUrbanisation, NetworkMembership, PopulationFigure
from utm.domain.consortium import Consortium
from utm.domain.evidence import Observation
from utm.domain.identifiers import CityId, ConsortiumId, PlanId
from utm.domain.plan import ClimatePlan, PlanCoverage
from utm.errors import InvalidValueError
from utm.rules.interpretations import (
    ConflictReading,
    Interpretations,
    OpenQuestion,
    TownsReading,
)

__all__ = [
    "AddFigure",
    "AddPlan",
    "Change",
    "Edit",
    "Effort",
    "GiveStatement",
    "NameThePlace",
    "Ruling",
    "SetStanding",
    "SetUrbanisation",
    "ShowCoverage",
    "apply_changes",
]


class Effort(IntEnum):
    """How hard a change is, from the easiest."""

    SHOW = 1
    """Show evidence of what is perhaps so already."""
    PROMISE = 2
    """Promise something."""
    RULING = 3
    """Obtain a ruling of the programme's authority."""
    DO = 4
    """Do something that takes time."""


@frozen(kw_only=True)
class NameThePlace:
    """It becomes certain that the city is the place that the evidence is about."""

    city: CityId


@frozen(kw_only=True)
class AddFigure:
    """A figure is shown."""

    city: CityId
    figure: PopulationFigure


@frozen(kw_only=True)
class SetStanding:
    """A standing takes the place of all that was known of the city in that network."""

    city: CityId
    membership: NetworkMembership


@frozen(kw_only=True)
class SetUrbanisation:
    """A degree of urbanisation is shown."""

    city: CityId
    seen: Observation[DegreeOfUrbanisation]


@frozen(kw_only=True)
class AddPlan:
    """A plan is shown, in the place of any statement that there is none."""

    plan: ClimatePlan


@frozen(kw_only=True)
class ShowCoverage:
    """It is shown how much of the city a plan covers."""

    plan: PlanId
    coverage: PlanCoverage = PlanCoverage.WHOLE_CITY


@frozen(kw_only=True)
class GiveStatement:
    """A statement takes the place of any other on the same commitment."""

    statement: CommitmentStatement


@frozen(kw_only=True)
class Ruling:
    """The authority settles a question of reading.

    Parameters
    ----------
    question
        Name of the field of `Interpretations`.
    answer
        Its new value.
    """

    question: str
    answer: OpenQuestion | ConflictReading | TownsReading


FactEdit = (
    NameThePlace
    | AddFigure
    | SetStanding
    | SetUrbanisation
    | AddPlan
    | ShowCoverage
    | GiveStatement
)
Edit = FactEdit | Ruling


@frozen(kw_only=True)
class Change:
    """One thing that could change.

    Parameters
    ----------
    criterion
        Id of the rule that it serves.
    subject, subject_name
        Whom it concerns.
    effort
        How hard it is.
    text
        What would have to happen, as an instruction.
    edit
        What it does to the facts or to their reading.
    """

    criterion: str
    subject: CityId | ConsortiumId
    subject_name: str
    effort: Effort
    text: str
    edit: Edit

    def __str__(self) -> str:
        return f"{self.subject_name}: {self.text}"


def apply_changes(
    changes: tuple[Change, ...], application: Application, readings: Interpretations
) -> tuple[Application, Interpretations]:
    """Give the application and the readings as they would be after the changes."""
    for change in changes:
        edit = change.edit
        if isinstance(edit, Ruling):
            readings = _ruled(readings, edit)
        else:
            application = _edited(application, edit)
    return application, readings


def _ruled(readings: Interpretations, ruling: Ruling) -> Interpretations:
    match ruling:
        case Ruling(question="conflict", answer=ConflictReading() as answer):
            return evolve(readings, conflict=answer)
        case Ruling(question="towns", answer=TownsReading() as answer):
            return evolve(readings, towns=answer)
        case Ruling(question="joint_plan", answer=OpenQuestion() as answer):
            return evolve(readings, joint_plan=answer)
        case Ruling(question="equivalent_plan", answer=OpenQuestion() as answer):
            return evolve(readings, equivalent_plan=answer)
        case Ruling(question="on_hold", answer=OpenQuestion() as answer):
            return evolve(readings, on_hold=answer)
        case _:
            raise InvalidValueError(
                kind="ruling", value=ruling.question, reason=f"is not answered by {ruling.answer}"
            )


def _edited(  # noqa: PLR0911 - one an edit
    application: Application, edit: FactEdit
) -> Application:
    match edit:
        case NameThePlace(city=key):
            return _with_city(application, key, lambda city: evolve(city, identity=None))
        case AddFigure(city=key, figure=figure):
            return _with_city(
                application,
                key,
                lambda city: evolve(city, populations=(*city.populations, figure)),
            )
        case SetStanding(city=key, membership=membership):
            return _with_city(application, key, lambda city: _with_standing(city, membership))
        case SetUrbanisation(city=key, seen=seen):
            return _with_city(application, key, lambda city: evolve(city, urbanisation=seen))
        case AddPlan(plan=plan):
            kept_plans = [
                each
                for each in application.plans
                if not (each.is_absence and set(each.covers) & set(plan.covers))
            ]
            return evolve(application, plans=(*kept_plans, plan))
        case ShowCoverage(plan=key, coverage=coverage):
            return evolve(application, plans=_with_coverage(application.plans, key, coverage))
        case GiveStatement(statement=statement):
            kept = [s for s in application.commitments if s.commitment is not statement.commitment]
            return evolve(application, commitments=(*kept, statement))
        case _:  # pragma: no cover
            assert_never(edit)


def _with_city(application: Application, key: CityId, edit: Callable[[City], City]) -> Application:
    applicant = application.applicant
    if isinstance(applicant, Consortium):
        members = tuple(edit(city) if city.id == key else city for city in applicant.members)
        return evolve(application, applicant=evolve(applicant, members=members))
    return evolve(application, applicant=edit(applicant) if applicant.id == key else applicant)


def _with_coverage(
    plans: tuple[ClimatePlan, ...], key: PlanId, coverage: PlanCoverage
) -> tuple[ClimatePlan, ...]:
    return tuple(evolve(plan, coverage=coverage) if plan.id == key else plan for plan in plans)


def _with_standing(city: City, membership: NetworkMembership) -> City:
    kept = [each for each in city.memberships if each.network != membership.network]
    return evolve(city, memberships=(*kept, membership))
