"""Criteria answered for one city by straight code: the usual shapes of evidence, as source.

Each piece of source answers as the criterion itself does. Whatever is not of a
usual shape, it hands to the criterion.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen
from pendulum import Date

from utm.domain.city import City, GovernmentKind, MembershipStatus, PopulationBasis
from utm.domain.evidence import Unknown
from utm.domain.plan import PlanCoverage, PlanMode
from utm.rules.case import Rule
from utm.rules.commitment import CommitmentGiven
from utm.rules.interpretations import Interpretations, PopulationReading
from utm.rules.membership import NetworkSignatory
from utm.rules.parameter import Parameter
from utm.rules.planning import WholeCityPlan
from utm.rules.population import MinimumPopulation, own_readings

__all__ = ["COMMON_NAMES", "QuickLeaf", "quick_leaf"]

COMMON_NAMES: Mapping[str, object] = {
    "City": City,
    "Unknown": Unknown,
    "MUNICIPAL": GovernmentKind.MUNICIPALITY,
    "IN_MUNICIPALITY": PopulationBasis.MUNICIPALITY,
    "IN_SETTLEMENT": PopulationBasis.SETTLEMENT,
    "UNSTATED": PopulationBasis.UNSTATED,
    "SIGNATORY": MembershipStatus.SIGNATORY,
    "WITHDRAWN": MembershipStatus.WITHDRAWN,
    "NOT_A_MEMBER": MembershipStatus.NOT_A_MEMBER,
    "JOINT": PlanMode.JOINT,
    "WHOLE_CITY": PlanCoverage.WHOLE_CITY,
    "SECTOR": PlanCoverage.SECTOR,
}
"""The names that the source of every criterion may use besides ``application`` and ``city``."""


@frozen(kw_only=True)
class QuickLeaf:
    """How to answer one criterion for the usual shapes of evidence.

    Parameters
    ----------
    source
        Statements over ``application`` and ``city``, a city alone whose identity is
        certain. The words ``MET!``, ``UNMET!`` and ``ASK!`` stand on
        lines of their own: exactly one is reached. ``ASK!`` hands the case to the
        criterion. An expression after the word is the note of the finding.
    values
        The values of the criterion that the source names, written ``$name`` in it.
        No text of a rule is ever part of the source. ``readings`` are those of the
        finding.
    evidence
        The evidence of the finding, as an expression over what the source has named.
    """

    source: str = "ASK!"
    values: Mapping[str, object] = field(factory=dict[str, object])
    evidence: str = "facts"


_KNOWN = {MinimumPopulation, NetworkSignatory, WholeCityPlan, CommitmentGiven}
"""The very classes: a subclass may answer as it likes."""


def quick_leaf(  # noqa: PLR0911 - one a kind of criterion
    rule: Rule,
    *,
    day: Date,
    interpretations: Interpretations,
    known_by: Date | None,
) -> QuickLeaf:
    """Say how to answer a criterion quickly; one that it does not know is always asked itself.

    Parameters
    ----------
    rule
        The criterion.
    day, interpretations, known_by
        The circumstances of all cases.
    """
    if known_by is not None or type(rule) not in _KNOWN:
        return QuickLeaf()
    match rule:
        case MinimumPopulation():
            if interpretations.population is not PopulationReading.OWN_AREA:
                return QuickLeaf()
            if isinstance(rule.floor_inhabitants, Parameter):  # it cites the one that holds
                return QuickLeaf()
            values = {"floor": rule.floor_inhabitants, "readings": own_readings(interpretations)}
            return QuickLeaf(source=_POPULATION, values=values)
        case NetworkSignatory():
            standing = {"network": rule.network.value, "day": day}
            return QuickLeaf(source=_STANDING, values=standing)
        case WholeCityPlan():
            return QuickLeaf(source=_PLAN, values={"kinds": rule.kinds, "day": day})
        case CommitmentGiven():
            promise = {"commitment": rule.commitment, "day": day}
            return QuickLeaf(source=_PROMISE, values=promise, evidence="(made,)")
        case _:
            return QuickLeaf()


_POPULATION = """
facts = city.populations
match facts:
    case (fact,):
        kind = city.government
        basis = fact.basis
        if fact.doubt or not (kind is MUNICIPAL or kind.__class__ is Unknown):
            ASK!
        elif basis is IN_MUNICIPALITY or basis is UNSTATED:
            if fact.inhabitants >= $floor:
                MET!
            else:
                UNMET! f"{$floor - fact.inhabitants:,} short of {$floor:,}"
        elif basis is IN_SETTLEMENT:
            if fact.inhabitants >= $floor:
                MET!
            else:
                ASK!
        else:
            ASK!
    case _:
        ASK!
"""

_STANDING = """
facts = city.memberships
match facts:
    case (fact,):
        period = fact.period
        if (
            period is None
            or fact.listed_on is not None
            or fact.network.value != $network
            or period.start > $day
            or not (period.end is None or $day < period.end)
        ):
            ASK!
        else:
            status = fact.status
            if status is SIGNATORY:
                MET!
            elif status is WITHDRAWN:
                UNMET! "it has withdrawn"
            elif status is NOT_A_MEMBER:
                UNMET! "it never joined"
            else:
                ASK!
    case _:
        ASK!
"""

_PLAN = """
facts = application.plans
match facts:
    case (fact,):
        covers = fact.covers
        if (
            len(covers) > 1
            or fact.mode is JOINT
            or not (covers[0] is city.id or covers[0] == city.id)
            or (fact.adopted_on is not None and fact.adopted_on > $day)
            or (fact.expires_on is not None and fact.expires_on <= $day)
            or fact.kind not in $kinds
        ):
            ASK!
        else:
            coverage = fact.coverage
            if coverage is WHOLE_CITY:
                MET!
            elif coverage.__class__ is Unknown:
                ASK!
            elif coverage is SECTOR:
                UNMET! "the plan covers one sector only"
            else:
                UNMET! "the plan covers a part of the city only"
    case _:
        ASK!
"""

_PROMISE = """
made = None
for fact in application.commitments:
    if fact.commitment is $commitment:
        stated_on = fact.stated_on
        if stated_on is None or stated_on <= $day:
            made = fact
if made is None:
    ASK!
elif made.given:
    MET!
else:
    UNMET!
"""
