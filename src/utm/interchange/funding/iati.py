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
from utm.errors import InvalidValueError
from utm.interchange.funding.exact_json import Place
from utm.interchange.funding.values import (
    action_id,
    country_of,
    day_of,
    money_of,
    read_bounded,
    text_of,
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
    return parse_iati_activities(read_bounded(path, limits), source=Path(path).name, limits=limits)


def parse_iati_activities(
    text: str, *, source: str = "activities", limits: Limits = _LIMITS
) -> tuple[FundedAction, ...]:
    """Read activities of the IATI standard, version 2, from XML.

    Read are identifier, title, description, participating organisations that fund (role 1)
    and implement (role 4), status, dates (an actual one before a planned one), recipient
    countries, and the sum of the budgets, a revised one in place of the original of the same
    period. Budgets in several currencies are a problem: they cannot be added up.

    Parameters
    ----------
    text
        The document: ``iati-activities`` with ``iati-activity``.
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
    try:
        return FundedAction(
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
            summary=_narrative(element, "description"),
            source=Source(title=f"IATI activity {key}", locator=source),
        )
    except InvalidValueError as error:
        element.place.tell(f"{error.reason} ({error.kind})", "Correct it.", error.value)
        return None


def _only(element: XmlElement, tag: str) -> XmlElement | None:
    found = element.all(tag)
    return found[0] if found else None


def _narrative(element: XmlElement, tag: str, *, needed: bool = False) -> str:
    """The first narrative of the first child of a name: the publisher's main language."""
    child = _only(element, tag)
    narrative = None if child is None else _only(child, "narrative")
    if narrative is None:
        if needed:
            (child or element).place.tell(f"has no {tag} with a narrative", "Add it.")
        return ""
    return text_of(narrative.text, narrative.place, needed=needed)


def _organisations(element: XmlElement, role: str) -> tuple[Organisation, ...]:
    found: dict[Organisation, None] = {}
    for child in element.all("participating-org"):
        if child.attributes.get("role") == role:
            narrative = _only(child, "narrative")
            identifier = child.attributes.get("ref", "").strip()
            name = (narrative.text if narrative else "") or identifier
            name = text_of(name, child.place, needed=True)
            if name:
                found[Organisation(name=name, identifier=identifier)] = None
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
    return Money.total(amounts) if amounts else None


def _value(budget: XmlElement, default_currency: str) -> Money | None:
    value = _only(budget, "value")
    if value is None:
        budget.place.tell("has no value", "Add it.")
        return None
    currency = value.attributes.get("currency", default_currency)
    return money_of(value.text, currency, value.place)


def _period(budget: XmlElement, tag: str) -> str:
    child = _only(budget, tag)
    return "" if child is None else child.attributes.get("iso-date", "")
