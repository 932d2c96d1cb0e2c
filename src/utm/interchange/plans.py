"""Climate plans of a file: one a row, or one for all rows that name its key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import evolve
from pendulum import Date

from utm.domain import (
    CityId,
    ClimatePlan,
    PlanCoverage,
    PlanId,
    PlanKind,
    PlanMode,
    Unknown,
    UnknownReason,
)
from utm.interchange.facts import city_id_of, source_of
from utm.interchange.keys import key_of
from utm.interchange.problems import Problems
from utm.interchange.record import Record

__all__ = ["own_plan_id", "plans_of"]

_NOT_REPORTED = Unknown(reason=UnknownReason.NOT_REPORTED)
_DETAILS = (
    "plan_kind",
    "plan_coverage",
    "plan_mode",
    "plan_adopted_on",
    "plan_expires_on",
    "plan_source",
)
_OF_AN_EXISTING_PLAN = ("plan_coverage", "plan_mode", "plan_adopted_on")


def own_plan_id(city: CityId) -> PlanId:
    """The key of a plan to which the file gives none."""
    return key_of(PlanId, city.value, "plan")


def plans_of(records: Sequence[Record], problems: Problems) -> Mapping[int, ClimatePlan]:
    """The plan of every row that has one, by ``id()`` of its record."""
    shared: dict[PlanId, list[Record]] = {}
    own: list[Record] = []
    for record in records:
        key = record.value("plan_id", PlanId)
        if key is not None:
            shared.setdefault(key, []).append(record)
        elif record.holds(*_DETAILS):
            own.append(record)
    plans = {id(record): _plan((record,), problems) for record in own}
    for group in shared.values():
        plan = _plan(group, problems)
        plans |= {id(record): plan for record in group}
    return {key: plan for key, plan in plans.items() if plan is not None}


def _plan(records: Sequence[Record], problems: Problems) -> ClimatePlan | None:
    merged = _merged(records, problems)
    kind = merged.value("plan_kind", PlanKind)
    if merged.is_blank("plan_kind"):
        remedy = "Write the kind of plan, or leave out all else about the plan."
        merged.report(problems, "plan_kind", "is not known although the plan is described", remedy)
    adopted, expires = merged.value("plan_adopted_on", Date), merged.value("plan_expires_on", Date)
    if adopted is not None and expires is not None and expires <= adopted:
        reason = f"is not after the day of adoption, {adopted}"
        merged.report(problems, "plan_expires_on", reason, "Check both days.")
        expires = None
    if kind is PlanKind.NONE and _is_described(merged, problems):
        return None
    covers = [key for record in records if (key := city_id_of(record)) is not None]
    if kind is None or not covers:
        return None
    return ClimatePlan(
        id=merged.value("plan_id", PlanId) or own_plan_id(covers[0]),
        kind=kind,
        covers=tuple(sorted(set(covers))),
        source=source_of(merged, "plan_source"),
        coverage=merged.value("plan_coverage", PlanCoverage) or _NOT_REPORTED,
        mode=merged.value("plan_mode", PlanMode) or _NOT_REPORTED,
        adopted_on=adopted,
        expires_on=expires,
    )


def _is_described(merged: Record, problems: Problems) -> bool:
    """Whether a plan that is said not to exist is told more of; every such cell is a problem."""
    told = [name for name in _OF_AN_EXISTING_PLAN if not merged.is_blank(name)]
    for name in told:
        remedy = "Empty it, or write the kind of plan that there is."
        merged.report(problems, name, "is told of a plan that does not exist", remedy)
    return bool(told)


def _merged(records: Sequence[Record], problems: Problems) -> Record:
    """One record with what the rows tell of their common plan."""
    first = records[0]
    if len(records) == 1:
        return first
    values: dict[str, object] = {"plan_id": first.values["plan_id"]}
    origins: dict[str, Record] = {}
    for record in records:
        for name in (name for name in _DETAILS if name in record.values):
            if name not in values:
                values[name], origins[name] = record.values[name], record
            elif values[name] != record.values[name]:
                reason = f"differs from {origins[name].place}, which names the same plan"
                remedy = "Write it alike in all rows of the plan, or only once."
                record.report(problems, name, reason, remedy)
    refused = frozenset(name for record in records for name in record.refused)
    return evolve(first, values=values, refused=refused, origins=origins)
