"""Criteria answered for one city without a finding: the usual shapes of evidence, quickly.

Each function answers as the criterion itself does. Whatever is not of a usual
shape, it hands to the criterion. Codes are 0 for unmet, 1 for met, 2 for unknown.
"""

from __future__ import annotations

from collections.abc import Callable

from pendulum import Date

from utm.domain.application import Application
from utm.domain.city import City, GovernmentKind, MembershipStatus, PopulationBasis
from utm.domain.evidence import Unknown
from utm.domain.plan import PlanCoverage, PlanMode
from utm.rules.case import Case, Rule
from utm.rules.commitment import CommitmentGiven
from utm.rules.interpretations import Interpretations, PopulationReading
from utm.rules.membership import NetworkSignatory
from utm.rules.planning import WholeCityPlan
from utm.rules.population import MinimumPopulation
from utm.rules.verdict import Verdict

__all__ = ["CODES", "Quick", "quick_leaf"]

Quick = Callable[[Application], int]

CODES = (Verdict.UNMET, Verdict.MET, Verdict.UNKNOWN)
"""Verdicts by their code."""

_UNMET, _MET, _UNKNOWN = 0, 1, 2
_CODE_OF = {verdict: code for code, verdict in enumerate(CODES)}


def quick_leaf(  # noqa: PLR0911 - one a kind of criterion
    rule: Rule,
    case_of: Callable[[Application], Case],
    *,
    day: Date,
    interpretations: Interpretations,
    known_by: Date | None,
) -> Quick:
    """Make a function that answers a criterion for applications of a city alone.

    Parameters
    ----------
    rule
        The criterion.
    case_of
        How to make the case of an application, for evidence of an unusual shape.
    day, interpretations, known_by
        The circumstances of all these cases.
    """

    def slow(application: Application) -> int:
        return _CODE_OF[rule.examine(case_of(application)).verdict]

    if known_by is not None:
        return slow
    match rule:
        case MinimumPopulation():
            if interpretations.population is not PopulationReading.OWN_AREA:
                return slow
            return _quick_population(rule.floor_inhabitants, slow)
        case NetworkSignatory():
            return _quick_standing(rule, day, slow)
        case WholeCityPlan():
            return _quick_plan(rule, day, slow)
        case CommitmentGiven():
            return _quick_promise(rule, day)
        case _:
            return slow


def _quick_population(floor: int, slow: Quick) -> Quick:
    municipality, unstated = PopulationBasis.MUNICIPALITY, PopulationBasis.UNSTATED
    settlement, governs = PopulationBasis.SETTLEMENT, GovernmentKind.MUNICIPALITY

    def answer(application: Application) -> int:
        city = application.applicant
        if not isinstance(city, City) or city.identity is not None:
            return slow(application)
        figures = city.populations
        if not figures:
            return _UNKNOWN
        figure = figures[0]
        government = city.government
        if (
            len(figures) > 1
            or figure.doubt
            or not (government is governs or isinstance(government, Unknown))
        ):
            return slow(application)
        basis = figure.basis
        if basis is municipality or basis is unstated:
            return _MET if figure.inhabitants >= floor else _UNMET
        if basis is settlement:
            return _MET if figure.inhabitants >= floor else _UNKNOWN
        return slow(application)

    return answer


def _quick_standing(rule: NetworkSignatory, day: Date, slow: Quick) -> Quick:
    network, signatory = rule.network.value, MembershipStatus.SIGNATORY
    outside = (MembershipStatus.WITHDRAWN, MembershipStatus.NOT_A_MEMBER)

    def answer(application: Application) -> int:
        city = application.applicant
        if not isinstance(city, City) or city.identity is not None:
            return slow(application)
        memberships = city.memberships
        if not memberships:
            return _UNKNOWN
        membership = memberships[0]
        period = membership.period
        status = membership.status
        if (
            len(memberships) == 1
            and period is not None
            and membership.listed_on is None
            and membership.network.value == network
            and period.start <= day
            and (period.end is None or day < period.end)
        ):
            if status is signatory:
                return _MET
            if status in outside:
                return _UNMET
        return slow(application)

    return answer


def _quick_plan(rule: WholeCityPlan, day: Date, slow: Quick) -> Quick:
    kinds, whole, unmet = rule.kinds, PlanCoverage.WHOLE_CITY, tuple(PlanCoverage)
    joint = PlanMode.JOINT

    def answer(application: Application) -> int:
        city = application.applicant
        if not isinstance(city, City) or city.identity is not None:
            return slow(application)
        plans = application.plans
        if not plans:
            return _UNKNOWN
        plan = plans[0]
        covers = plan.covers
        if (
            len(plans) > 1
            or len(covers) != 1
            or plan.mode is joint
            or not (covers[0] is city.id or covers[0] == city.id)
            or (plan.adopted_on is not None and plan.adopted_on > day)
            or (plan.expires_on is not None and plan.expires_on <= day)
            or plan.kind not in kinds
        ):
            return slow(application)
        coverage = plan.coverage
        if coverage is whole:
            return _MET
        return _UNMET if coverage in unmet else _UNKNOWN

    return answer


def _quick_promise(rule: CommitmentGiven, day: Date) -> Quick:
    commitment = rule.commitment

    def answer(application: Application) -> int:
        for statement in application.commitments:
            if statement.commitment is commitment:
                stated_on = statement.stated_on
                if stated_on is None or stated_on <= day:
                    return _MET if statement.given else _UNMET
        return _UNKNOWN

    return answer
