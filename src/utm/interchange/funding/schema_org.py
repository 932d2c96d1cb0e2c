"""Opportunities and actions as schema.org MonetaryGrant, in JSON-LD."""

from __future__ import annotations

from collections.abc import Iterable

from utm.domain import FundedAction, Money, Opportunity, Organisation
from utm.interchange.cells import JsonValue
from utm.interchange.json_text import canonical_json

__all__ = ["monetary_grant", "monetary_grants_json"]


def monetary_grant(thing: Opportunity | FundedAction) -> JsonValue:
    """Turn an opportunity or an action into a ``MonetaryGrant`` of schema.org.

    Amounts are texts, as the vocabulary allows, so that no reader rounds them. What the
    vocabulary has no term for (who may ask, deadlines, co-financing) is left out.
    """
    grant: dict[str, JsonValue] = {
        "@type": "MonetaryGrant",
        "identifier": thing.id.value,
        "name": thing.title,
    }
    if thing.summary:
        grant["description"] = thing.summary
    if isinstance(thing, Opportunity):
        grant["funder"] = {"@type": "Organization", "name": thing.provider.name}
        amount = _range(thing)
    else:
        grant["identifier"] = thing.external.value
        grant["funder"] = _parties(thing.funders)
        grant["fundedItem"] = {"@type": "Project", "name": thing.title}
        if thing.recipients:
            grant["fundedItem"] = {
                "@type": "Project",
                "name": thing.title,
                "member": _parties(thing.recipients),
            }
        amount = None if thing.amount is None else _amount(thing.amount)
    if amount is not None:
        grant["amount"] = amount
    return {key: value for key, value in grant.items() if value != []}


def monetary_grants_json(things: Iterable[Opportunity | FundedAction]) -> str:
    """Write opportunities and actions as one canonical JSON-LD document, by key."""
    ordered = sorted(things, key=lambda thing: (type(thing).__name__, thing.id.value))
    return canonical_json(
        {"@context": "https://schema.org", "@graph": [monetary_grant(thing) for thing in ordered]}
    )


def _amount(money: Money) -> JsonValue:
    return {
        "@type": "MonetaryAmount",
        "currency": money.currency,
        "value": f"{money.amount:f}",
    }


def _range(opportunity: Opportunity) -> JsonValue | None:
    amounts = opportunity.amounts
    if amounts is None:
        return None if opportunity.budget is None else _amount(opportunity.budget)
    ends = {"minValue": amounts.lowest, "maxValue": amounts.highest}
    found: dict[str, JsonValue] = {"@type": "MonetaryAmount", "currency": amounts.currency}
    for key, end in ends.items():
        if end is not None:
            found[key] = f"{end.amount:f}"
    return found


def _parties(organisations: tuple[Organisation, ...]) -> JsonValue:
    found: list[JsonValue] = []
    for each in organisations:
        party: dict[str, JsonValue] = {"@type": "Organization", "name": each.name}
        if each.identifier:
            party["identifier"] = each.identifier
        found.append(party)
    return found
