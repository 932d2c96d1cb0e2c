"""From records to applications: consortia gathered, repeated applicants told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import evolve, frozen
from pendulum import Date

from utm.domain import (
    Application,
    ApplicationId,
    CallId,
    City,
    ClimatePlan,
    Consortium,
    ConsortiumId,
    StatedGap,
    ThemeId,
)
from utm.errors import InvalidValueError
from utm.interchange.columns import ApplicantColumn, Scope
from utm.interchange.facts import city_id_of, city_of
from utm.interchange.keys import key_of
from utm.interchange.missing_facts import gaps_of
from utm.interchange.plans import plans_of
from utm.interchange.problems import Problems
from utm.interchange.record import Record
from utm.interchange.repeats import tell_consortium_spellings, tell_repeats
from utm.interchange.wishes import commitments_of, needs_of, offers_of

__all__ = ["assemble", "canonical_order"]


@frozen(kw_only=True, eq=False)
class _Group:
    """The records of one application."""

    consortium: str | None
    records: tuple[Record, ...]


@frozen(kw_only=True, eq=False)
class _Findings:
    """What is known of the whole file before applications are made."""

    call: CallId
    cities: Mapping[int, City | None]
    plans: Mapping[int, ClimatePlan]
    gaps: Mapping[int, tuple[StatedGap, ...]]
    names: tuple[str, ...]
    some_town_lost: bool
    problems: Problems


def assemble(
    records: Sequence[Record],
    *,
    columns: Sequence[ApplicantColumn],
    call: CallId,
    problems: Problems,
) -> tuple[Application, ...]:
    """Make applications of records and tell whatever does not fit together.

    Parameters
    ----------
    records
        All rows of the file, also those with refused cells.
    columns
        The columns of the format.
    call
        The call that all apply to.
    problems
        Receives every problem.

    Returns
    -------
    tuple of Application
        By key of the applicant; to be used only if there is no problem.
    """
    tell_repeats(records, problems)
    tell_consortium_spellings(records, problems)
    findings = _Findings(
        call=call,
        cities={id(record): city_of(record, problems) for record in records},
        plans=plans_of(records, problems),
        gaps={id(each): gaps_of(each, city_id_of(each), problems) for each in records},
        names=tuple(column.name for column in columns if column.scope is Scope.APPLICATION),
        some_town_lost=problems.some_row_lost
        or any("consortium" in record.refused for record in records),
        problems=problems,
    )
    made = [_application(group, findings) for group in _groups(records)]
    applications = [application for application in made if application is not None]
    return tuple(sorted(applications, key=lambda application: application.key.value))


def canonical_order(application: Application) -> Application:
    """Sort members, plans, what plans cover and gaps: a file does not hold their order."""
    plans = sorted(
        (evolve(plan, covers=tuple(sorted(plan.covers))) for plan in application.plans),
        key=lambda plan: plan.id,
    )
    commitments = sorted(application.commitments, key=lambda made: made.commitment.value)
    gaps = sorted(application.stated_gaps, key=lambda gap: (gap.city, gap.topic.value))
    applicant = application.applicant
    if isinstance(applicant, Consortium):
        members = tuple(sorted(applicant.members, key=lambda city: city.id))
        applicant = evolve(applicant, members=members)
    return evolve(
        application,
        applicant=applicant,
        plans=tuple(plans),
        commitments=tuple(commitments),
        stated_gaps=tuple(gaps),
    )


def _groups(records: Sequence[Record]) -> list[_Group]:
    alone = [
        _Group(consortium=None, records=(record,))
        for record in records
        if "consortium" not in record.values
    ]
    together: dict[str, list[Record]] = {}
    for record in records:
        name = record.value("consortium", str)
        if name is not None:
            together.setdefault(name, []).append(record)
    return alone + [
        _Group(consortium=name, records=tuple(members)) for name, members in together.items()
    ]


def _application(group: _Group, findings: _Findings) -> Application | None:
    problems = findings.problems
    merged = _merged(group.records, findings)
    needs, offers = needs_of(merged, problems), offers_of(merged, problems)
    applicant = _applicant(group, findings)
    if applicant is None or len(problems):
        return None
    plans = [findings.plans.get(id(record)) for record in group.records]
    try:
        made = Application(
            id=key_of(ApplicationId, findings.call.value, applicant.id.value),
            call=findings.call,
            applicant=applicant,
            submitted_on=merged.value("submitted_on", Date),
            plans=tuple({plan.id: plan for plan in plans if plan is not None}.values()),
            commitments=commitments_of(merged),
            needs=needs,
            offers=offers,
            theme=merged.value("theme", ThemeId),
            engaged_on=merged.value("engaged_on", Date),
            stated_gaps=tuple(gap for each in group.records for gap in findings.gaps[id(each)]),
        )
    except InvalidValueError as error:
        remedy = "Check the facts of this applicant against each other."
        group.records[0].report(problems, "name", f"cannot be read: {error}", remedy)
        return None
    return canonical_order(made)


def _applicant(group: _Group, findings: _Findings) -> City | Consortium | None:
    found = [findings.cities[id(record)] for record in group.records]
    members = tuple(city for city in found if city is not None)
    if len(members) < len(group.records) or len({city.id for city in members}) < len(members):
        return None  # told already at the rows concerned
    if group.consortium is None:
        return members[0]
    if len(members) > 1:
        key = key_of(ConsortiumId, "consortium", group.consortium)
        return Consortium(id=key, name=group.consortium, members=members)
    # A row that could not be read may be the one that is missing here.
    if not findings.some_town_lost:
        reason = "is the only row of its consortium"
        remedy = "Add its other towns, or leave the consortium out for a single city."
        group.records[0].report(findings.problems, "consortium", reason, remedy)
    return None


def _merged(records: Sequence[Record], findings: _Findings) -> Record:
    """One record with the facts of the whole application."""
    first = records[0]
    if len(records) == 1:
        return first
    values: dict[str, object] = {}
    origins: dict[str, Record] = {}
    for record in records:
        for name in (name for name in findings.names if name in record.values):
            if name not in values:
                values[name], origins[name] = record.values[name], record
            elif values[name] != record.values[name]:
                other = origins[name]
                reason = f"differs from {other.place} of the same consortium"
                remedy = "Write it once for the consortium, or alike in all its rows."
                record.report(findings.problems, name, reason, remedy)
    refused = frozenset(name for record in records for name in record.refused)
    return evolve(first, values=values, refused=refused, origins=origins)
