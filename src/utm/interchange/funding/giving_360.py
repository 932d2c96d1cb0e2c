"""Grants in the 360Giving Data Standard: who has given how much to whom."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from utm.domain import (
    CountryCode,
    ExternalId,
    FundedAction,
    Money,
    Organisation,
    Source,
)
from utm.interchange.funding.exact_json import ExactJson, Place, read_exact_json
from utm.interchange.funding.values import (
    action_id,
    country_of,
    currency_of,
    day_of,
    entries_of,
    items_of,
    made,
    money_of,
    organisation_of,
    read_bounded,
    text_of,
)
from utm.interchange.limits import Limits
from utm.interchange.problems import Problems

__all__ = ["parse_360giving", "read_360giving"]

_LIMITS = Limits()


def read_360giving(path: Path | str, *, limits: Limits = _LIMITS) -> tuple[FundedAction, ...]:
    """Read a file of grants; see `parse_360giving`.

    Raises
    ------
    OSError
        The file cannot be read.
    """
    return parse_360giving(read_bounded(path, limits), source=Path(path).name, limits=limits)


def parse_360giving(
    text: str, *, source: str = "grants", limits: Limits = _LIMITS
) -> tuple[FundedAction, ...]:
    """Read grants of the 360Giving Data Standard from its JSON form.

    Read are ``id``, ``title``, ``description``, ``currency``, ``amountAwarded``,
    ``plannedDates``, ``fundingOrganization``, ``recipientOrganization`` and the countries of
    ``beneficiaryLocation``; other fields are left aside. The date of the award starts a grant
    that plans no dates.

    Parameters
    ----------
    text
        The document: an object with ``grants``.
    source
        Its name, for problems.
    limits
        Bounds on the input.

    Raises
    ------
    InvalidInputError
        All problems with their JSON paths.
    """
    problems = Problems(source, limits)
    root = Place(problems, "$")
    document = entries_of(read_exact_json(text, place=root, limits=limits), root)
    problems.raise_if_any()
    place = root.at(".grants")
    grants = (document or {}).get("grants")
    if grants is None:
        place.tell("is missing", "Write the grants in a list named 'grants'.")
    found: dict[str, FundedAction] = {}
    for number, each in enumerate(items_of(grants, place)):
        here = place.at(f"[{number}]")
        entries = entries_of(each, here)
        grant = None if entries is None else _grant(entries, here, source)
        if grant is not None and grant.external.value in found:
            here.at(".id").tell("stands twice", "Keep one of the two.", grant.external.value)
        elif grant is not None:
            found[grant.external.value] = grant
    problems.raise_if_any()
    return tuple(found.values())


def _grant(grant: Mapping[str, ExactJson], here: Place, source: str) -> FundedAction | None:
    key = text_of(grant.get("id"), here.at(".id"), needed=True)
    title = text_of(grant.get("title"), here.at(".title"), needed=True)
    amount = _amount(grant, here)
    funders = _organisations(grant, "fundingOrganization", here)
    recipients = _organisations(grant, "recipientOrganization", here)
    countries = _countries(grant, here)
    awarded = day_of(grant.get("awardDate"), here.at(".awardDate"))
    dates = here.at(".plannedDates")
    planned = items_of(grant.get("plannedDates"), dates)
    first = entries_of(planned[0], dates.at("[0]")) if planned else None
    starts_on = day_of((first or {}).get("startDate"), dates.at("[0].startDate"))
    ends_on = day_of((first or {}).get("endDate"), dates.at("[0].endDate"))
    summary = text_of(grant.get("description"), here.at(".description"))
    if not key or not title:
        return None
    return made(
        lambda: FundedAction(
            id=action_id(key),
            external=ExternalId(namespace="360giving", value=key),
            title=title,
            funders=funders,
            recipients=recipients,
            countries=countries,
            amount=amount,
            starts_on=starts_on if starts_on or ends_on else awarded,
            ends_on=ends_on,
            summary=summary,
            source=Source(title=f"360Giving data, {key}", locator=source),
        ),
        here,
        "Correct the grant.",
    )


def _amount(grant: Mapping[str, ExactJson], here: Place) -> Money | None:
    currency = currency_of(grant.get("currency"), here.at(".currency"))
    return money_of(grant.get("amountAwarded"), currency, here.at(".amountAwarded"))


def _organisations(
    grant: Mapping[str, ExactJson], key: str, here: Place
) -> tuple[Organisation, ...]:
    place = here.at(f".{key}")
    found: dict[Organisation, None] = {}
    for at, each in enumerate(items_of(grant.get(key), place)):
        entries = entries_of(each, place.at(f"[{at}]"))
        if entries is not None:
            here_name = place.at(f"[{at}].name")
            name = text_of(entries.get("name"), here_name, needed=True)
            identifier = text_of(entries.get("id"), place.at(f"[{at}].id"))
            organisation = organisation_of(name, identifier, here_name)
            if organisation is not None:
                found[organisation] = None
    return tuple(found)


def _countries(grant: Mapping[str, ExactJson], here: Place) -> tuple[CountryCode, ...]:
    place = here.at(".beneficiaryLocation")
    found: dict[CountryCode, None] = {}
    for at, each in enumerate(items_of(grant.get("beneficiaryLocation"), place)):
        entries = entries_of(each, place.at(f"[{at}]"))
        code = (entries or {}).get("countryCode")
        country = country_of(code, place.at(f"[{at}].countryCode"))
        if country is not None:
            found[country] = None
    return tuple(found)
