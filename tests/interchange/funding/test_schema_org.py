"""Opportunities and actions as schema.org grants."""

import json

from hypothesis import given

from tests.interchange.funding.test_giving_360 import GRANT, document
from tests.interchange.funding.test_iati import ACTIVITY
from tests.interchange.funding.test_iati import document as activities
from utm.domain import Money, Opportunity
from utm.interchange.funding import (
    monetary_grant,
    monetary_grants_json,
    parse_360giving,
    parse_iati_activities,
)
from utm.testing.funding import opportunities


def test_a_grant_keeps_its_key_its_money_and_its_parties() -> None:
    (grant,) = parse_360giving(document(GRANT))

    assert monetary_grant(grant) == {
        "@type": "MonetaryGrant",
        "identifier": "360G-ExampleTrust-2025/7",
        "name": "Cool streets",
        "description": "Trees and water.",
        "funder": [
            {"@type": "Organization", "name": "Example Trust", "identifier": "GB-CHC-2000000"}
        ],
        "fundedItem": {
            "@type": "Project",
            "name": "Cool streets",
            "member": [
                {"@type": "Organization", "name": "Green Streets", "identifier": "GB-CHC-1000000"}
            ],
        },
        "amount": {"@type": "MonetaryAmount", "currency": "GBP", "value": "24999.10"},
    }


@given(opportunities())
def test_the_ends_of_a_range_are_written_exactly(opportunity: Opportunity) -> None:
    amount = json.loads(json.dumps(monetary_grant(opportunity))).get("amount")
    amounts = opportunity.amounts

    if amounts is None:
        assert amount is None
        return
    for key, end in (("minValue", amounts.lowest), ("maxValue", amounts.highest)):
        written = amount.get(key)
        assert end == (None if written is None else Money.of(written, amount["currency"]))


def test_a_document_does_not_depend_on_the_order_given() -> None:
    things = [*parse_360giving(document(GRANT)), *parse_iati_activities(activities(ACTIVITY))]
    text = monetary_grants_json(things)

    assert monetary_grants_json(reversed(things)) == text
    assert len(json.loads(text)["@graph"]) == 2
