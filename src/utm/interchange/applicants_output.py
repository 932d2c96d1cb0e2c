"""Writing applicants: CSV and JSON that read back as what was written, and the template."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from attrs import fields

from utm.domain import Application, City, Taxonomy
from utm.errors import InvalidValueError
from utm.interchange.assembly import assemble, canonical_order
from utm.interchange.cells import JsonValue, escape_formula
from utm.interchange.columns import ApplicantColumn, applicant_columns
from utm.interchange.disassembly import rows_of
from utm.interchange.json_text import canonical_json
from utm.interchange.limits import Limits
from utm.interchange.numbers import DecimalCell, WholeNumberCell
from utm.interchange.objects import FORMAT, VERSION
from utm.interchange.problems import Problems
from utm.interchange.record import Record
from utm.interchange.rows import read_cell
from utm.interchange.warnings import INVENTED

__all__ = ["applicants_template_csv", "write_applicants_csv", "write_applicants_json"]

_Values = Mapping[str, object]


def write_applicants_csv(applications: Iterable[Application]) -> str:
    """Write applications as CSV that `read_applicants` reads back as they are.

    Text that a spreadsheet would compute is written with an apostrophe before it.

    Parameters
    ----------
    applications
        All of one call.

    Returns
    -------
    str
        Rows by key of the applicant, members of a consortium by key of the town.

    Raises
    ------
    InvalidValueError
        An application holds something that the format does not: a third population
        figure, an authority's decision, another call than the first. Nothing is dropped.
    """
    columns = applicant_columns()
    rows = _holdable(tuple(applications), columns)
    return _csv(columns, [_texts(columns, row) for row in rows])


def write_applicants_json(applications: Iterable[Application]) -> str:
    """Write applications as JSON that `read_applicants` reads back as they are.

    Parameters, order and errors are those of `write_applicants_csv`.
    """
    columns = applicant_columns()
    rows = _holdable(tuple(applications), columns)
    applicants: list[JsonValue] = [
        {c.name: c.cell.json_of(row[c.name]) for c in columns if c.name in row} for row in rows
    ]
    return canonical_json({"format": FORMAT, "version": VERSION, "applicants": applicants})


def applicants_template_csv(taxonomy: Taxonomy) -> str:
    """A file to fill in: the header and three rows that are plainly invented.

    Parameters
    ----------
    taxonomy
        Where the themes and topics of the examples are taken from.
    """
    columns = applicant_columns(taxonomy)
    examples = {column.name: column.example for column in columns}
    own = {
        "name": f"Examplebury {INVENTED}",
        "other_names": "",
        "geonames_id": "",
        "notes": "Delete this row: it only shows how a row looks.",
    }
    towns = [
        {
            "name": f"{name} {INVENTED}",
            "country": "PT",
            "consortium": f"Example Coast {INVENTED}",
            "plan_id": "example-coast-plan",
            "plan_kind": "climate action plan",
            "plan_mode": "joint",
        }
        for name in ("Samplemouth", "Testhaven")
    ]
    rows = [{**examples, **own}, *towns]
    return _csv(columns, [[row.get(column.name, "") for column in columns] for row in rows])


def _csv(columns: Sequence[ApplicantColumn], rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(column.name for column in columns)
    writer.writerows(rows)
    return text.getvalue()


def _texts(columns: Sequence[ApplicantColumn], row: _Values) -> list[str]:
    return [_text(column, row[column.name]) if column.name in row else "" for column in columns]


def _text(column: ApplicantColumn, value: object) -> str:
    text = column.cell.text_of(value)
    # A number with a minus is no formula, and an apostrophe would make it text.
    is_number = isinstance(column.cell, DecimalCell | WholeNumberCell)
    return text if is_number else escape_formula(text)


def _holdable(
    applications: Sequence[Application], columns: Sequence[ApplicantColumn]
) -> list[_Values]:
    """The rows of applications, once it is certain that they lose nothing."""
    if not applications:
        return []
    ordered = sorted(map(canonical_order, applications), key=lambda made: made.key.value)
    rows = [row for application in ordered for row in rows_of(application)]
    limits = Limits(rows=len(rows) + 1)
    positions = {column.name: at for at, column in enumerate(columns)}
    for column, row in ((column, row) for row in rows for column in columns):
        _refuse_unreadable(column, row, limits)
    problems = Problems("applications", limits)
    records = [
        Record(source="applications", number=at, values=row, positions=positions)
        for at, row in enumerate(rows)
    ]
    again = assemble(records, columns=columns, call=ordered[0].call, problems=problems)
    if len(problems):
        raise InvalidValueError(
            kind="applications",
            value=len(ordered),
            reason=f"cannot be held by an applicants' file: {problems.listed()[0]}",
        )
    for before, after in zip(ordered, again, strict=True):
        _refuse_loss(before, after)
    return rows


def _refuse_unreadable(column: ApplicantColumn, row: _Values, limits: Limits) -> None:
    value = row.get(column.name)
    if value is not None and read_cell(column, _text(column, value), limits) != value:
        raise InvalidValueError(
            kind=column.name, value=value, reason="cannot be held by an applicants' file"
        )


def _refuse_loss(before: Application, after: Application) -> None:
    changed = _differing(Application, before, after)
    lost = [name for name in changed if name != "applicant"]
    if "applicant" in changed:
        towns = list(zip(before.cities, after.cities, strict=False))
        facts = [f"{name} of {a.id}" for a, b in towns for name in _differing(City, a, b)]
        lost = [*(facts or ["applicant"]), *lost]
    if lost:
        raise InvalidValueError(
            kind="application",
            value=before.id.value,
            reason=f"has {', '.join(lost)} that an applicants' file does not hold",
        )


def _differing(kind: type[Application | City], before: object, after: object) -> list[str]:
    names = [field.name for field in fields(kind) if field.init]
    return [name for name in names if getattr(before, name) != getattr(after, name)]
