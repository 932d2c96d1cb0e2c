"""Practices with their histories, and transfers, as lists."""

from __future__ import annotations

from attrs import frozen

from utm.domain import Transfer
from utm.interchange.lists.format import ListFormat
from utm.knowledge import (
    ConflictDeclared,
    Drafted,
    EvaluationOpened,
    PracticeRecord,
    Published,
    Rejected,
    Retired,
    Reviewed,
    ReviewerAdded,
    Revised,
    Submitted,
    Withdrawn,
)

__all__ = ["PRACTICES", "TRANSFERS"]


@frozen(kw_only=True)
class PracticeEntry:
    """A practice as a document writes it: everything that happened to it, in order."""

    events: tuple[
        Drafted
        | Revised
        | Submitted
        | Withdrawn
        | EvaluationOpened
        | ReviewerAdded
        | ConflictDeclared
        | Reviewed
        | Published
        | Rejected
        | Retired,
        ...,
    ]


def _record(entry: PracticeEntry) -> PracticeRecord:
    return PracticeRecord(events=entry.events)


def _entry(record: PracticeRecord) -> PracticeEntry:
    return PracticeEntry(events=record.events)  # type: ignore[arg-type]


PRACTICES: ListFormat[PracticeRecord] = ListFormat(
    name="utm.practices",
    entries="practices",
    title="Practices of cities, each with everything that happened to it",
    kind=PracticeEntry,
    key_of=lambda record: record.id.value,
    from_entry=_record,
    as_entry=_entry,
)
"""Practices: drafted, evaluated, published or not. A history that cannot have happened,
such as a publication without reviews, is refused."""

TRANSFERS: ListFormat[Transfer] = ListFormat(
    name="utm.transfers",
    entries="transfers",
    title="Practices on their way from one city to another",
    kind=Transfer,
    key_of=lambda transfer: transfer.id.value,
)
"""Transfers from an origin to an adopter, with stages, evidence and what was changed."""
