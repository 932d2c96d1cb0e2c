"""The dated facts that the mission has announced of itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TypeVar

from utm.domain.announcements import (
    Announcement,
    CallDeadline,
    CallOpening,
    CohortCount,
    CohortTarget,
    CohortWave,
    EditionPlan,
    MeetingRhythm,
)
from utm.domain.dates import civil_date
from utm.domain.edition import Headline
from utm.domain.evidence import Observation
from utm.domain.identifiers import CallId, EditionId
from utm.reference.files import Row, read_rows
from utm.reference.sources import source_of

__all__ = ["announcements", "headlines_of"]

_HEADLINE = "edition headline"

ValueT = TypeVar("ValueT")


@cache
def announcements() -> tuple[Observation[Announcement], ...]:
    """All announcements that ship with the package, contradictions included."""
    return tuple(
        _observed(row, _READERS[row["fact"]](row))
        for row in read_rows("dated_facts")
        if row["fact"] != _HEADLINE
    )


@cache
def headlines_of(edition: EditionId) -> tuple[Observation[Headline], ...]:
    """What was announced of the size of an edition once it was formed."""
    return tuple(
        _observed(row, _headline(row))
        for row in read_rows("dated_facts")
        if row["fact"] == _HEADLINE and row["subject"] == edition.value
    )


def _observed(row: Row, value: ValueT) -> Observation[ValueT]:
    return Observation(
        value=value,
        source=source_of(row["source"]),
        as_of=civil_date(row["as_of"]) if row["as_of"] else None,
    )


def _headline(row: Row) -> Headline:
    return Headline(
        pairings=int(row["pairings"]), cities=int(row["cities"]), countries=int(row["countries"])
    )


def _number(text: str) -> int | None:
    return int(text) if text else None


def _count(row: Row) -> CohortCount:
    return CohortCount(
        cities=int(row["cities"]),
        countries=_number(row["countries"]),
        year=_number(row["year"]),
    )


def _wave(row: Row) -> CohortWave:
    return CohortWave(
        number=int(row["subject"]), cities=int(row["cities"]), countries=_number(row["countries"])
    )


def _target(row: Row) -> CohortTarget:
    return CohortTarget(cities=int(row["cities"]), by_year=int(row["year"]))


def _opening(row: Row) -> CallOpening:
    return CallOpening(call=CallId(row["subject"]), opens_on=civil_date(row["day"]))


def _deadline(row: Row) -> CallDeadline:
    return CallDeadline(
        call=CallId(row["subject"]),
        last_day=civil_date(row["day"]),
        replaces=civil_date(row["replaces"]) if row["replaces"] else None,
        rolling_afterwards=row["rolling_afterwards"] == "yes",
    )


def _plan(row: Row) -> EditionPlan:
    return EditionPlan(
        edition=EditionId(row["subject"]),
        most_cities=int(row["cities"]),
        pairings=int(row["pairings"]),
        most_partners=int(row["partners_per_city"]),
    )


def _rhythm(row: Row) -> MeetingRhythm:
    return MeetingRhythm(
        edition=EditionId(row["subject"]), fewest_meetings_a_year=int(row["meetings"])
    )


_READERS: dict[str, Callable[[Row], Announcement]] = {
    "cohort count": _count,
    "cohort wave": _wave,
    "cohort target": _target,
    "call opening": _opening,
    "call deadline": _deadline,
    "edition plan": _plan,
    "meeting rhythm": _rhythm,
}
