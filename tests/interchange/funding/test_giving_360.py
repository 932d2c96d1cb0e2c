"""Grants of the 360Giving standard."""

import json
from decimal import Decimal

import pytest

from utm.domain import Money
from utm.errors import InvalidInputError
from utm.interchange.funding import parse_360giving

GRANT = """{
  "id": "360G-ExampleTrust-2025/7", "title": "Cool streets", "description": "Trees\\nand water.",
  "currency": "GBP", "amountAwarded": 24999.10, "awardDate": "2025-06-01T00:00:00+00:00",
  "plannedDates": [{"startDate": "2025-07-01", "endDate": "2026-06-30", "duration": 12}],
  "recipientOrganization": [{"id": "GB-CHC-1000000", "name": "Green Streets"}],
  "fundingOrganization": [{"id": "GB-CHC-2000000", "name": "Example Trust"}],
  "beneficiaryLocation": [{"name": "Kisumu", "countryCode": "KE"}],
  "dataSource": "https://example.org"
}"""


def document(*grants: str) -> str:
    return f'{{"grants": [{", ".join(grants)}]}}'


def test_a_grant_is_read_to_the_penny() -> None:
    (grant,) = parse_360giving(document(GRANT))

    assert grant.amount == Money(amount=Decimal("24999.10"), currency="GBP")
    assert (grant.external.value, grant.title) == ("360G-ExampleTrust-2025/7", "Cool streets")
    assert [each.name for each in grant.funders] == ["Example Trust"]
    assert [each.identifier for each in grant.recipients] == ["GB-CHC-1000000"]
    assert [country.value for country in grant.countries] == ["KE"]
    assert (str(grant.starts_on), str(grant.ends_on)) == ("2025-07-01", "2026-06-30")
    assert grant.summary == "Trees and water."


def test_keys_that_look_alike_stay_apart() -> None:
    other = GRANT.replace("2025/7", "2025-7")
    first, second = parse_360giving(document(GRANT, other))

    assert first.id != second.id


def test_all_problems_of_a_file_are_told_with_their_paths() -> None:
    broken = json.loads(GRANT)
    broken.update(
        id=7,
        currency="pounds",
        amountAwarded="50.000",
        awardDate="June",
        recipientOrganization={"name": "x"},
        beneficiaryLocation=[{"countryCode": "Kenya"}],
    )
    with pytest.raises(InvalidInputError) as caught:
        parse_360giving(document(json.dumps(broken), GRANT, GRANT))

    assert {problem.path for problem in caught.value.problems} == {
        "$.grants[0].id",
        "$.grants[0].amountAwarded",
        "$.grants[0].awardDate",
        "$.grants[0].recipientOrganization",
        "$.grants[0].beneficiaryLocation[0].countryCode",
        "$.grants[2].id",
    }
    with pytest.raises(InvalidInputError, match="missing"):
        parse_360giving("{}")
