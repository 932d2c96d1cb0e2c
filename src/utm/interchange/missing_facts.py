"""Columns that say why a fact is not shown, and what is made of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum

from attrs import frozen

from utm.domain import CityId, GapTopic, NetworkId, StatedGap, Unknown, UnknownReason
from utm.interchange.column import ApplicantColumn, choice_of
from utm.interchange.facts import GCOM, source_of, title_of
from utm.interchange.problems import Problems
from utm.interchange.record import Record
from utm.interchange.words import line_cell, one_of, title_cell

__all__ = ["cells_of_gap", "gaps_of", "missing_columns"]

_NOTE_CHARACTERS = 500


class _Reason(Enum):
    """The reasons that are for somebody to state; all others show by themselves."""

    CONFIDENTIAL = UnknownReason.CONFIDENTIAL.value
    NOT_APPLICABLE = UnknownReason.NOT_APPLICABLE.value


@frozen(kw_only=True)
class _Missing:
    """What the columns ``{name}_missing`` speak of, and the columns that would show it."""

    topic: GapTopic
    what: str
    shown_by: tuple[str, ...]
    network: NetworkId | None = None


_MISSING: Mapping[str, _Missing] = {
    "population": _Missing(
        topic=GapTopic.INHABITANTS,
        what="the number of inhabitants",
        shown_by=("population", "population_2"),
    ),
    "gcom": _Missing(
        topic=GapTopic.STANDING,
        what="its standing in the Global Covenant of Mayors",
        shown_by=("gcom_status",),
        network=GCOM,
    ),
    "plan": _Missing(
        topic=GapTopic.PLAN,
        what="its climate action plan",
        shown_by=("plan_kind", "plan_id"),
    ),
}


def missing_columns(name: str) -> tuple[ApplicantColumn, ...]:
    """Why one fact is not shown: ``population``, ``gcom`` or ``plan``."""
    what = _MISSING[name].what
    return (
        ApplicantColumn(
            name=f"{name}_missing",
            meaning=f"Why {what} is not shown, if there is a reason to state. "
            "It stays unknown, for that reason.",
            values=choice_of(_Reason),
            example="",
            cell=one_of(_Reason),
        ),
        ApplicantColumn(
            name=f"{name}_missing_in_words",
            meaning="The same in words, such as the law that forbids to tell.",
            values="a few words on one line",
            example="",
            cell=line_cell(kind="reason", most_characters=_NOTE_CHARACTERS),
        ),
        ApplicantColumn(
            name=f"{name}_missing_source",
            meaning="Who stated the reason, or where; the application itself when empty.",
            values="a title on one line",
            example="",
            cell=title_cell(),
        ),
    )


def gaps_of(record: Record, city: CityId | None, problems: Problems) -> tuple[StatedGap, ...]:
    """Make the stated gaps of one city, telling what does not fit together."""
    made = [_gap(record, name, city, problems) for name in _MISSING]
    return tuple(gap for gap in made if gap is not None)


def cells_of_gap(gaps: Iterable[StatedGap], city: CityId) -> dict[str, object]:
    """Give the cells that tell the gaps of a city; what has no column is left out."""
    cells: dict[str, object] = {}
    for name, missing in _MISSING.items():
        for gap in gaps:
            if (gap.city, gap.topic, gap.network) != (city, missing.topic, missing.network):
                continue
            if gap.why.reason.value not in [reason.value for reason in _Reason]:
                continue
            cells |= {
                f"{name}_missing": _Reason(gap.why.reason.value),
                f"{name}_missing_in_words": gap.why.note or None,
                f"{name}_missing_source": title_of(gap.source),
            }
    return cells


def _gap(record: Record, name: str, city: CityId | None, problems: Problems) -> StatedGap | None:
    column, words, source = f"{name}_missing", f"{name}_missing_in_words", f"{name}_missing_source"
    missing = _MISSING[name]
    reason = record.value(column, _Reason)
    if reason is None:
        if record.is_blank(column) and record.holds(words, source):
            remedy = f"Write {choice_of(_Reason)}, or leave out its words and its source."
            record.report(problems, column, "is not known although it is explained", remedy)
        return None
    # what cannot be read is told where it stands, and shows nothing yet
    shown = next((shown for shown in missing.shown_by if record.holds(shown)), None)
    if shown is not None:
        told = f"is told although '{shown}' shows what it speaks of"
        record.report(problems, column, told, "Empty one of the two.")
        return None
    if city is None:
        return None
    return StatedGap(
        city=city,
        topic=missing.topic,
        why=Unknown(reason=UnknownReason(reason.value), note=record.value(words, str) or ""),
        source=source_of(record, source),
        network=missing.network,
    )
