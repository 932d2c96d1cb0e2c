"""What an opportunity asks of a project: its stage, its size, its currency, what is brought."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

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
    if _paid_at_most(opportunity):
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
        missing = _rate(seeker, "cost of the project", cost, amounts.currency)
        return Condition(asks=asks, verdict=Verdict.UNKNOWN, missing=(missing,))
    # Too dear is no obstacle: the opportunity pays a part. Too cheap is one.
    too_small = amounts.lowest is not None and cost < amounts.lowest
    return Condition(asks=asks, verdict=Verdict.of(not too_small), note=f"it costs {cost}")


def _own_part(opportunity: Opportunity, seeker: Seeker, project: Project | None) -> Condition:
    """Whether the applicant can bring what neither the share nor the highest amount pays."""
    asks = f"an own contribution: {_paid_at_most(opportunity)}"
    cost = project.cost if project else _NO_PROJECT
    funds = project.own_funds if project else _NO_PROJECT
    if isinstance(cost, Unknown):
        return _open(asks, seeker, "cost of the project", cost, "ask what the project costs")
    needed, foreign = _to_be_brought(opportunity, cost)
    comparable = isinstance(funds, Money) and funds.currency == needed.currency
    note = f"{needed} must be brought of {funds}"
    if isinstance(funds, Money) and comparable and funds < needed:
        # Too little already, whatever an amount of another currency would ask besides.
        return Condition(asks=asks, verdict=Verdict.UNMET, note=note)
    missing: list[MissingEvidence] = []
    if foreign:
        missing.append(_rate(seeker, "cost of the project", cost, foreign))
    if not comparable and (foreign or needed.amount):
        missing.append(_unknown_funds(seeker, funds, needed))
    if missing:
        return Condition(asks=asks, verdict=Verdict.UNKNOWN, missing=tuple(missing))
    note = note if needed.amount else "nothing has to be brought"
    return Condition(asks=asks, verdict=Verdict.MET, note=note)


def _paid_at_most(opportunity: Opportunity) -> str:
    terms, amounts = opportunity.co_financing, opportunity.amounts
    said: list[str] = []
    if terms is not None and terms.highest_funded_share < 1:
        said.append(f"at most {terms.highest_funded_share} of the cost is paid")
    if amounts is not None and amounts.highest is not None:
        said.append(f"no more than {amounts.highest} is paid")
    return ", and ".join(said)


def _to_be_brought(opportunity: Opportunity, cost: Money) -> tuple[Money, str]:
    """The most that any of the terms asks for, and the currency of a term that cannot be told."""
    terms, amounts = opportunity.co_financing, opportunity.amounts
    asked = [Money(amount=Decimal(0), currency=cost.currency)]
    if terms is not None:
        asked.append(terms.own_contribution(cost))
    if amounts is None or amounts.highest is None:
        return max(asked), ""
    if amounts.currency != cost.currency:
        return max(asked), amounts.currency
    return max(*asked, amounts.own_contribution(cost)), ""


def _unknown_funds(seeker: Seeker, funds: Money | Unknown, needed: Money) -> MissingEvidence:
    if isinstance(funds, Money):
        return _rate(seeker, "own funds", funds, needed.currency)
    what = f"whether {needed} can be brought" if needed.amount else "what can be brought"
    return _lack(seeker, "own funds", funds, f"ask {what}")


def _open(asks: str, seeker: Seeker, fact: str, why: Unknown, ask: str) -> Condition:
    missing = _lack(seeker, fact, why, ask)
    return Condition(asks=asks, verdict=Verdict.UNKNOWN, missing=(missing,))


def _lack(seeker: Seeker, fact: str, why: Unknown, ask: str) -> MissingEvidence:
    return MissingEvidence(
        subject=seeker.application.key,
        subject_name=seeker.name,
        fact=fact,
        reason=why.reason,
        ask=ask,
        note=why.note,
    )


def _rate(seeker: Seeker, fact: str, money: Money, currency: str) -> MissingEvidence:
    """Money that is known in another currency alone: what is missing is a rate."""
    why = Unknown(reason=UnknownReason.NOT_VERIFIED, note=f"known only as {money}")
    return _lack(seeker, f"{fact} in {currency}", why, "convert it at a rate that you cite")
