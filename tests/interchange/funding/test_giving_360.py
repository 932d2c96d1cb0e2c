"""Grants of the 360Giving standard."""

import json
from decimal import Decimal

import pytest

from utm.domain import FundedAction, Money
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
        "$.grants[0].currency",
        "$.grants[0].amountAwarded",
        "$.grants[0].awardDate",
        "$.grants[0].recipientOrganization",
        "$.grants[0].beneficiaryLocation[0].countryCode",
        "$.grants[2].id",
    }
    with pytest.raises(InvalidInputError, match="missing"):
        parse_360giving("{}")


@pytest.mark.parametrize("sign", ["\u0092", "\x7f", "\x1f"])
def test_a_control_character_in_a_name_is_told_with_its_path(sign: str) -> None:
    broken = json.loads(GRANT)
    broken["fundingOrganization"][0]["name"] = f"F{sign}s"
    broken["awardDate"] = "June"
    with pytest.raises(InvalidInputError) as caught:
        parse_360giving(document(json.dumps(broken)))

    assert {problem.path for problem in caught.value.problems} == {
        "$.grants[0].fundingOrganization[0].name",
        "$.grants[0].awardDate",
    }


def test_the_award_starts_a_grant_that_plans_no_dates_and_no_other() -> None:
    def grant(*planned: dict[str, str]) -> FundedAction:
        changed = {**json.loads(GRANT), "awardDate": "2025-08-01", "plannedDates": list(planned)}
        (read,) = parse_360giving(document(json.dumps(changed)))
        return read

    ended_before = grant({"endDate": "2025-06-30"})

    assert str(grant().starts_on) == "2025-08-01"
    assert (ended_before.starts_on, str(ended_before.ends_on)) == (None, "2025-06-30")


def test_a_grant_for_kosovo_is_read() -> None:
    (grant,) = parse_360giving(document(GRANT.replace('"KE"', '"XK"')))

    assert [country.country.name for country in grant.countries] == ["Kosovo"]


@pytest.mark.parametrize("sign", ["\u200b", "\ufeff", "\u200f", "\u202e", "\u2060"])
def test_what_nobody_sees_in_a_published_text_falls_away(sign: str) -> None:
    (grant,) = parse_360giving(document(GRANT.replace("Cool streets", f"Co{sign}ol streets{sign}")))

    assert grant.title == "Cool streets"
