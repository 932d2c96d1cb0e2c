"""What an opportunity asks of a project: its stage, its size, its currency, what is brought."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from utm.domain.evidence import Unknown, UnknownReason
from utm.domain.money import Money
from utm.domain.opportunity import Opportunity
from utm.funding.seeker import Project, Seeker
from utm.rules import MissingEvidence, Verdict

__all__ = ["Condition", "conditions_for"]

_NO_PROJECT = Unknown(reason=UnknownReason.NOT_REPORTED, note="no project is described")


@frozen(kw_only=True)
class Condition:
    """One thing that is asked of a project, and the answer.

    Parameters
    ----------
    asks
        What is asked, as a noun phrase.
    verdict
        The answer.
    note
        Why, as a clause.
    missing
        What is not known; empty unless the verdict is unknown.
    """

    asks: str
    verdict: Verdict
    note: str = ""
    missing: tuple[MissingEvidence, ...] = ()


def conditions_for(opportunity: Opportunity, seeker: Seeker) -> tuple[Condition, ...]:
    """Judge what an opportunity asks of a project; nothing is asked that is not stated.

    Money in another currency than the opportunity's is not converted: the answer is unknown.
    """
    return tuple(_conditions(opportunity, seeker))


def _conditions(opportunity: Opportunity, seeker: Seeker) -> Iterator[Condition]:
    project = seeker.project
    if opportunity.stages:
        yield _stage(opportunity, seeker, project)
    if opportunity.amounts is not None:
        yield _size(opportunity, seeker, project)
    co_financing = opportunity.co_financing
    if co_financing is not None and co_financing.highest_funded_share < 1:
        yield _own_part(opportunity, seeker, project)


def _stage(opportunity: Opportunity, seeker: Seeker, project: Project | None) -> Condition:
    asks = f"a project at the stage of {' or '.join(s.value for s in opportunity.stages)}"
    stage = project.stage if project else _NO_PROJECT
    if isinstance(stage, Unknown):
        return _open(
            asks, seeker, "stage of the project", stage, "ask how far the project has come"
        )
    verdict = Verdict.of(stage in opportunity.stages)
    return Condition(asks=asks, verdict=verdict, note=f"it is at the stage of {stage.value}")


def _size(opportunity: Opportunity, seeker: Seeker, project: Project | None) -> Condition:
    amounts = opportunity.amounts
    asks = f"a project that needs {amounts}"
    cost = project.cost if project else _NO_PROJECT
    if isinstance(cost, Unknown) or amounts is None:
        why = cost if isinstance(cost, Unknown) else _NO_PROJECT
        return _open(asks, seeker, "cost of the project", why, "ask what the project costs")
    if cost.currency != amounts.currency:
        return _foreign(asks, seeker, "cost of the project", cost, amounts.currency)
    # Too dear is no obstacle: the opportunity pays a part. Too cheap is one.
    too_small = amounts.lowest is not None and cost < amounts.lowest
    return Condition(asks=asks, verdict=Verdict.of(not too_small), note=f"it costs {cost}")


def _own_part(opportunity: Opportunity, seeker: Seeker, project: Project | None) -> Condition:
    terms = opportunity.co_financing
    if terms is None:  # pragma: no cover - asked only where there are terms
        return Condition(asks="nothing", verdict=Verdict.MET)
    asks = f"an own contribution: at most {terms.highest_funded_share} of the cost is paid"
    cost = project.cost if project else _NO_PROJECT
    funds = project.own_funds if project else _NO_PROJECT
    if isinstance(cost, Unknown):
        return _open(asks, seeker, "cost of the project", cost, "ask what the project costs")
    needed = terms.own_contribution(cost)
    if needed.amount == 0:
        return Condition(asks=asks, verdict=Verdict.MET, note="nothing has to be brought")
    if isinstance(funds, Unknown):
        return _open(asks, seeker, "own funds", funds, f"ask whether {needed} can be brought")
    if funds.currency != needed.currency:
        return _foreign(asks, seeker, "own funds", funds, needed.currency)
    return Condition(
        asks=asks, verdict=Verdict.of(needed <= funds), note=f"{needed} must be brought of {funds}"
    )


def _open(asks: str, seeker: Seeker, fact: str, why: Unknown, ask: str) -> Condition:
    missing = MissingEvidence(
        subject=seeker.application.key,
        subject_name=seeker.name,
        fact=fact,
        reason=why.reason,
        ask=ask,
        note=why.note,
    )
    return Condition(asks=asks, verdict=Verdict.UNKNOWN, missing=(missing,))


def _foreign(asks: str, seeker: Seeker, fact: str, money: Money, currency: str) -> Condition:
    note = f"known only as {money}"
    why = Unknown(reason=UnknownReason.NOT_VERIFIED, note=note)
    return _open(asks, seeker, f"{fact} in {currency}", why, "convert it at a rate that you cite")
