"""Records of the EU Funding & Tenders portal: every value in a list, the budget as JSON text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import time
from pathlib import Path

from pendulum import Date

from utm.domain import (
    AmountRange,
    ClosingTime,
    Money,
    Opportunity,
    OpportunityId,
    OpportunityKind,
    Provider,
    ProviderLevel,
    Source,
    TimeZone,
)
from utm.interchange.funding.exact_json import ExactJson, Place, read_exact_json
from utm.interchange.funding.values import (
    count_of,
    day_of,
    entries_of,
    items_of,
    made,
    money_of,
    read_bounded,
    text_of,
    total_of,
)
from utm.interchange.limits import Limits
from utm.interchange.problems import Problems

__all__ = ["parse_portal_topics", "read_portal_topics"]

_LIMITS = Limits()
_FORTHCOMING, _OPEN, _CLOSED = "31094501", "31094502", "31094503"
_BRUSSELS, _FIVE = TimeZone("Europe/Brussels"), time(17)
_NOTE = "the portal prints no hour that counts; deadlines are at 17.00.00 Brussels time"
_COMMISSION = Provider(name="European Commission", level=ProviderLevel.INTERNATIONAL)
_EURO = "EUR"
# The portal writes a programme as a number; one that is not here stays the number.
_PROGRAMMES = {"43108390": "Horizon Europe"}


def read_portal_topics(path: Path | str, *, limits: Limits = _LIMITS) -> tuple[Opportunity, ...]:
    """Read a saved answer of the portal's search from a file; see `parse_portal_topics`.

    Raises
    ------
    OSError
        The file cannot be read.
    """
    return parse_portal_topics(read_bounded(path, limits), source=Path(path).name, limits=limits)


def parse_portal_topics(
    text: str, *, source: str = "portal", limits: Limits = _LIMITS
) -> tuple[Opportunity, ...]:
    """Read topics as the search of the EU Funding & Tenders portal gives them.

    Every value of ``metadata`` is a list; ``budgetOverview`` is text that holds JSON of the
    whole call, of which the lines that name this topic count. Deadlines are at 17.00 Brussels
    time; those of a two-stage topic close one stage each, others are cut-off dates. A topic
    that is forthcoming is a forecast; one that the portal calls closed is closed, although a
    deadline may lie ahead. Topics of one call are taken to compete for its money: the call is
    their budget line. Eligibility is prose there and not read; nobody has
    curated the records, so none is open until somebody verifies it.

    Parameters
    ----------
    text
        The answer (an object with ``results``), or the list of its results.
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
    document = read_exact_json(text, place=root, limits=limits)
    problems.raise_if_any()
    place = root
    if isinstance(document, Mapping):
        if "results" not in document:
            root.at(".results").tell("is missing", "Save the whole answer of the search.")
        document, place = document.get("results"), root.at(".results")
    found: dict[OpportunityId, Opportunity] = {}
    for number, result in enumerate(items_of(document, place)):
        here = place.at(f"[{number}]")
        topic = _topic(result, here, source, limits)
        if topic is not None and topic.id in found:
            here.tell("stands twice", "Keep one of the two.", topic.id.value)
        elif topic is not None:
            found[topic.id] = topic
    problems.raise_if_any()
    return tuple(found.values())


def _topic(result: ExactJson, here: Place, source: str, limits: Limits) -> Opportunity | None:
    record = entries_of(result, here)
    place = here.at(".metadata")
    metadata = None if record is None else entries_of(record.get("metadata"), place)
    if metadata is None:
        return None
    identifier = _one(metadata, "identifier", place, needed=True)
    title = _one(metadata, "title", place, needed=True)
    status = _one(metadata, "status", place, needed=True)
    if status not in {_FORTHCOMING, _OPEN, _CLOSED, ""}:
        remedy = f"Known are {_FORTHCOMING}, {_OPEN} and {_CLOSED}."
        place.at(".status[0]").tell("is no known status", remedy, status)
    amounts, budget, grants = _money(metadata, identifier, place, limits)
    deadlines = _deadlines(metadata, place)
    opens = _opening(metadata, place)
    programme = _one(metadata, "frameworkProgramme", place)
    line = _one(metadata, "callIdentifier", place)
    if not identifier or not title:
        return None
    return made(
        lambda: Opportunity(
            id=OpportunityId.parse(identifier),
            title=title,
            kind=OpportunityKind.FUNDING,
            provider=_COMMISSION,
            source=Source(title=f"EU Funding & Tenders portal, {identifier}", locator=source),
            amounts=amounts,
            budget=budget,
            expected_grants=grants,
            deadlines=deadlines,
            opens=opens,
            forecast=status == _FORTHCOMING,
            closed=status == _CLOSED,
            programme=_PROGRAMMES.get(programme, programme),
            budget_line=line,
        ),
        place,
        "Correct the record.",
    )


def _one(metadata: Mapping[str, ExactJson], key: str, place: Place, *, needed: bool = False) -> str:
    here = place.at(f".{key}")
    values = items_of(metadata.get(key), here)
    if not values:
        if needed:
            here.tell("is missing", "Add it, in a list.")
        return ""
    return text_of(values[0], here.at("[0]"), needed=needed)


def _deadlines(metadata: Mapping[str, ExactJson], place: Place) -> tuple[ClosingTime, ...]:
    here = place.at(".deadlineDate")
    staged = _one(metadata, "deadlineModel", place) == "two-stage"
    days: dict[Date, Place] = {}
    for at, value in enumerate(items_of(metadata.get("deadlineDate"), here)):
        day = day_of(value, here.at(f"[{at}]"))
        if day is not None:
            days.setdefault(day, here.at(f"[{at}]"))
    closing = [
        _at(day, _FIVE, place=days[day], stage=number if staged else 1)
        for number, day in enumerate(sorted(days), start=1)
    ]
    return tuple(each for each in closing if each is not None)


def _opening(metadata: Mapping[str, ExactJson], place: Place) -> ClosingTime | None:
    here = place.at(".startDate[0]")
    day = day_of(_one(metadata, "startDate", place), here)
    return None if day is None else _at(day, time(0), place=here)


def _at(day: Date, hour: time, *, place: Place, stage: int = 1) -> ClosingTime | None:
    return made(
        lambda: ClosingTime(day=day, time_of_day=hour, zone=_BRUSSELS, stage=stage, note=_NOTE),
        place,
        "Correct the date.",
    )


def _money(
    metadata: Mapping[str, ExactJson], identifier: str, place: Place, limits: Limits
) -> tuple[AmountRange | None, Money | None, int | None]:
    """What one project may get, the budget of the topic and its grants, from the call's text."""
    here = place.at(".budgetOverview[0]")
    written = _one(metadata, "budgetOverview", place)
    if not written:
        return None, None, None
    overview = entries_of(read_exact_json(written, place=here, limits=limits), here)
    here = here.at(".budgetTopicActionMap")
    by_key = entries_of((overview or {}).get("budgetTopicActionMap", {}), here) or {}
    lines = [
        (line, here.at(f"[{key!r}][{at}]"))
        for key in sorted(by_key)
        for at, line in enumerate(items_of(by_key[key], here.at(f"[{key!r}]")))
    ]
    own = [
        (entries, at)
        for line, at in lines
        if (entries := entries_of(line, at)) is not None
        and (len(lines) == 1 or _names(entries, identifier))
    ]
    return _amounts(own), _budget(own, here), _expected(own)


def _names(line: Mapping[str, ExactJson], identifier: str) -> bool:
    """Whether a line is of this topic, and not of another whose name begins alike."""
    action = line.get("action")
    words = action.upper().split() if isinstance(action, str) else []
    return bool(words) and words[0] == identifier.upper()


def _amounts(own: Sequence[tuple[Mapping[str, ExactJson], Place]]) -> AmountRange | None:
    lowest, highest = (
        [
            money
            for line, at in own
            if (money := money_of(line.get(key), _EURO, at.at(f".{key}"))) and money.amount > 0
        ]
        for key in ("minContribution", "maxContribution")
    )
    low = min(lowest, default=None, key=lambda money: money.amount)
    high = max(highest, default=None, key=lambda money: money.amount)
    if low is None and high is None:
        return None
    if low is not None and high is not None and high < low:
        own[0][1].tell("pays at most less than at least", "Correct the two amounts.", str(high))
        return None
    return AmountRange(lowest=low, highest=high)


def _budget(own: Sequence[tuple[Mapping[str, ExactJson], Place]], place: Place) -> Money | None:
    amounts: list[Money] = []
    for line, at in own:
        here = at.at(".budgetYearMap")
        years = entries_of(line.get("budgetYearMap", {}), here) or {}
        for year in sorted(years):
            money = money_of(years[year], _EURO, here.at(f"[{year!r}]"))
            amounts += [] if money is None else [money]
    return total_of(amounts, place)


def _expected(own: Sequence[tuple[Mapping[str, ExactJson], Place]]) -> int | None:
    """The grants that the lines expect together; ``None`` where one says none, as 0 does."""
    counts = [count_of(line.get("expectedGrants"), at.at(".expectedGrants")) for line, at in own]
    said = [count for count in counts if count]
    return sum(said) if said and len(said) == len(counts) else None
