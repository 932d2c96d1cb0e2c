"""Evidence in words: what was seen, on which basis, where."""

from __future__ import annotations

from typing import assert_never

from utm.domain.application import CommitmentStatement
from utm.domain.city import NetworkMembership, PopulationBasis, PopulationFigure
from utm.domain.evidence import Unknown
from utm.domain.plan import ClimatePlan, PlanMode
from utm.rules.evidence import Evidence, Remark

__all__ = ["in_canonical_order", "state"]


def state(evidence: Evidence) -> str:
    """Say in words what one piece of evidence shows, with its source."""
    match evidence:
        case PopulationFigure():
            return _state_population(evidence)
        case NetworkMembership():
            return _state_membership(evidence)
        case ClimatePlan():
            return _state_plan(evidence)
        case CommitmentStatement():
            given = "promised" if evidence.given else "refused"
            day = f" on {evidence.stated_on}" if evidence.stated_on else ""
            return f"{given} to {evidence.commitment.value}{day} ({evidence.source})"
        case Remark():
            return f"{evidence.statement} ({evidence.source})"
        case _:  # pragma: no cover
            assert_never(evidence)


def in_canonical_order(evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """Sort evidence so that the order in which it was reported leaves no trace."""
    if len(evidence) < 2:  # noqa: PLR2004 - one piece is in order
        return evidence
    return tuple(sorted(evidence, key=lambda piece: (state(piece), repr(piece))))


def _state_population(figure: PopulationFigure) -> str:
    stated = figure.basis is not PopulationBasis.UNSTATED
    basis = figure.basis.value if stated else "area not stated"
    year = f", {figure.year}" if figure.year is not None else ""
    return f"{figure.inhabitants:,} inhabitants ({basis}{year}, {figure.source})"


def _state_membership(membership: NetworkMembership) -> str:
    if membership.listed_on is not None:
        when = f" in a list of {membership.listed_on}"
    elif membership.period is not None:
        when = f" {membership.period}"
    else:
        when = ""
    promise = f", promised to sign by {membership.promised_by}" if membership.promised_by else ""
    return f"{membership.status.value}{when}{promise} ({membership.source})"


def _state_plan(plan: ClimatePlan) -> str:
    if plan.is_absence:
        until = f", until before {plan.expires_on}" if plan.expires_on else ""
        return f"no plan{until} ({plan.source})"
    coverage = plan.coverage
    covers = "coverage not reported" if isinstance(coverage, Unknown) else coverage.value
    joint = ", joint" if plan.mode is PlanMode.JOINT else ""
    adopted = f", adopted on {plan.adopted_on}" if plan.adopted_on else ""
    expires = f", ends on {plan.expires_on}" if plan.expires_on else ""
    return f"{plan.kind.value}, {covers}{joint}{adopted}{expires} ({plan.source})"
