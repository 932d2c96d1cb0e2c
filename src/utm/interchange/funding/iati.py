"""Activities in the IATI standard: who pays for what in which country."""

from __future__ import annotations

from pathlib import Path

from pendulum import Date

from utm.domain import (
    ActionStatus,
    CountryCode,
    ExternalId,
    FundedAction,
    Money,
    Organisation,
    Source,
)
from utm.interchange.funding.exact_json import Place
from utm.interchange.funding.values import (
    action_id,
    country_of,
    currency_of,
    day_of,
    made,
    money_of,
    organisation_of,
    read_bytes,
    text_of,
    total_of,
)
from utm.interchange.funding.xml_tree import XmlElement, read_xml
from utm.interchange.limits import Limits
from utm.interchange.problems import Problems

__all__ = ["parse_iati_activities", "read_iati_activities"]

_LIMITS = Limits()
_FUNDING, _IMPLEMENTING = "1", "4"
_REVISED = "2"
_STATUS = {
    "1": ActionStatus.PLANNED,
    "2": ActionStatus.RUNNING,
    "3": ActionStatus.ENDED,
    "4": ActionStatus.ENDED,
    "5": ActionStatus.CANCELLED,
    "6": ActionStatus.SUSPENDED,
}
# Types of dates, the actual day before the planned one.
_STARTS, _ENDS = ("2", "1"), ("4", "3")


def read_iati_activities(path: Path | str, *, limits: Limits = _LIMITS) -> tuple[FundedAction, ...]:
    """Read a file of activities; see `parse_iati_activities`.

    Raises
    ------
    OSError
        The file cannot be read.
    """
    return parse_iati_activities(read_bytes(path, limits), source=Path(path).name, limits=limits)


def parse_iati_activities(
    text: str | bytes, *, source: str = "activities", limits: Limits = _LIMITS
) -> tuple[FundedAction, ...]:
    """Read activities of the IATI standard, version 2, from XML.

    Read are identifier, title, description, participating organisations that fund (role 1)
    and implement (role 4), status, dates (an actual one before a planned one), recipient
    countries, and the sum of the budgets, a revised one in place of the original of the same
    period. Budgets in several currencies are a problem: they cannot be added up.

    Parameters
    ----------
    text
        The document: ``iati-activities`` with ``iati-activity``. Bytes are read in the
        encoding that they declare; of a text the declaration says nothing.
    source
        Its name, for problems.
    limits
        Bounds on the input.

    Raises
    ------
    InvalidInputError
        All problems with their places in the document; a document type is one.
    """
    problems = Problems(source, limits)
    place = Place(problems, "/")
    root = read_xml(text, place=place, limits=limits)
    problems.raise_if_any()
    if root is None or root.tag != "iati-activities":
        place.tell("is no list of activities", "Begin with <iati-activities>.")
        problems.raise_if_any()
        return ()
    found: dict[str, FundedAction] = {}
    for element in root.all("iati-activity"):
        activity = _activity(element, source)
        if activity is not None and activity.external.value in found:
            element.place.tell("stands twice", "Keep one of them.", activity.external.value)
        elif activity is not None:
            found[activity.external.value] = activity
    problems.raise_if_any()
    return tuple(found.values())


def _activity(element: XmlElement, source: str) -> FundedAction | None:
    identifier = _only(element, "iati-identifier")
    key = text_of(identifier.text if identifier else None, element.place, needed=True)
    title = _narrative(element, "title", needed=True)
    funders = _organisations(element, _FUNDING)
    recipients = _organisations(element, _IMPLEMENTING)
    countries = _countries(element)
    amount = _amount(element)
    status = _status(element)
    starts_on, ends_on = _day(element, _STARTS), _day(element, _ENDS)
    if not key or not title:
        return None
    summary = _narrative(element, "description")
    return made(
        lambda: FundedAction(
            id=action_id(key),
            external=ExternalId(namespace="iati", value=key),
            title=title,
            funders=funders,
            recipients=recipients,
            countries=countries,
            amount=amount,
            status=status,
            starts_on=starts_on,
            ends_on=ends_on,
            summary=summary,
            source=Source(title=f"IATI activity {key}", locator=source),
        ),
        element.place,
        "Correct it.",
    )


def _only(element: XmlElement, tag: str) -> XmlElement | None:
    found = element.all(tag)
    return found[0] if found else None


def _narrative(element: XmlElement, tag: str, *, needed: bool = False) -> str:
    """The first narrative of a name that says something: the publisher's main language."""
    for child in element.all(tag):
        narrative = _said(child)
        if narrative is not None:
            return text_of(narrative.text, narrative.place)
    if needed:
        (_only(element, tag) or element).place.tell(f"has no {tag} with a narrative", "Add it.")
    return ""


def _said(element: XmlElement) -> XmlElement | None:
    return next((each for each in element.all("narrative") if each.text), None)


def _organisations(element: XmlElement, role: str) -> tuple[Organisation, ...]:
    found: dict[Organisation, None] = {}
    for child in element.all("participating-org"):
        if child.attributes.get("role") == role:
            narrative = _said(child)
            identifier = text_of(child.attributes.get("ref"), child.place)
            written = identifier if narrative is None else narrative.text
            name = text_of(written, child.place, needed=True)
            organisation = organisation_of(name, identifier, child.place)
            if organisation is not None:
                found[organisation] = None
    return tuple(found)


def _countries(element: XmlElement) -> tuple[CountryCode, ...]:
    found: dict[CountryCode, None] = {}
    for child in element.all("recipient-country"):
        code = child.attributes.get("code")
        if code is None:
            child.place.tell("has no code", "Add the code of the country.")
            continue
        country = country_of(code, child.place)
        if country is not None:
            found[country] = None
    return tuple(found)


def _status(element: XmlElement) -> ActionStatus | None:
    child = _only(element, "activity-status")
    if child is None:
        return None
    code = child.attributes.get("code", "")
    if code not in _STATUS:
        child.place.tell("has no known code", "Known are 1 to 6.", code)
    return _STATUS.get(code)


def _day(element: XmlElement, types: tuple[str, ...]) -> Date | None:
    days = {
        child.attributes.get("type", ""): day_of(child.attributes.get("iso-date"), child.place)
        for child in element.all("activity-date")
        if child.attributes.get("type") in types
    }
    return next((days[kind] for kind in types if days.get(kind)), None)


def _amount(element: XmlElement) -> Money | None:
    budgets: dict[tuple[str, str], tuple[bool, Money]] = {}
    amounts: list[Money] = []
    for child in element.all("budget"):
        money = _value(child, element.attributes.get("default-currency", ""))
        if money is None:
            continue
        start, end = _period(child, "period-start"), _period(child, "period-end")
        revised = child.attributes.get("type") == _REVISED
        before = budgets.get((start, end))
        if before is None or (revised and not before[0]):
            budgets[start, end] = (revised, money)
        elif before[0] == revised:
            child.place.tell("is a second budget of one period", "Keep one of the two.")
    amounts = [money for _, money in budgets.values()]
    if len({money.currency for money in amounts}) > 1:
        element.place.tell(
            "has budgets in several currencies", "Publish the budgets in one currency."
        )
        return None
    return total_of(amounts, element.place)


def _value(budget: XmlElement, default_currency: str) -> Money | None:
    value = _only(budget, "value")
    if value is None:
        budget.place.tell("has no value", "Add it.")
        return None
    written = value.attributes.get("currency", default_currency)
    if not written:
        value.place.tell("has no currency", "Add it, or a default-currency of the activity.")
    currency = currency_of(written, value.place) if written else ""
    return money_of(value.text, currency, value.place)


def _period(budget: XmlElement, tag: str) -> str:
    child = _only(budget, tag)
    return "" if child is None else child.attributes.get("iso-date", "")
