"""JSON of an applicants' file as records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from utm.errors import InputProblem
from utm.interchange.cells import JsonValue, Refusal
from utm.interchange.columns import ApplicantColumn
from utm.interchange.json_text import json_path, read_json
from utm.interchange.limits import Limits
from utm.interchange.problems import Problems
from utm.interchange.record import Record
from utm.interchange.remedies import remedy_for
from utm.interchange.rows import UNKNOWN_WORD, read_cell
from utm.interchange.words import nearest

__all__ = ["FORMAT", "VERSION", "read_objects"]

FORMAT = "utm.applicants"
VERSION = 1
_HEAD: dict[str, str | int] = {"format": FORMAT, "version": VERSION}


def read_objects(
    text: str, *, columns: Sequence[ApplicantColumn], problems: Problems, limits: Limits
) -> tuple[Record, ...]:
    """Read JSON text into records.

    Parameters
    ----------
    text
        The document.
    columns
        The keys that are admitted.
    problems
        Receives every problem.
    limits
        Bounds on the input.

    Returns
    -------
    tuple of Record
        One an object of the array ``applicants``, in order.
    """
    document = read_json(text, problems=problems, limits=limits)
    if len(problems):
        return ()
    if not isinstance(document, Mapping):
        _tell(problems, "$", "is not an object", 'Begin with {"format": "utm.applicants", …}.')
        return ()
    _check_head(document, problems)
    applicants = document.get("applicants")
    if isinstance(applicants, str) or not isinstance(applicants, Sequence):
        remedy = "Write an array with one object an applicant city."
        _tell(problems, "$.applicants", "is not an array", remedy)
        return ()
    if len(applicants) > limits.rows:
        reason = f"has more than {limits.rows:,} objects"
        _tell(problems, "$.applicants", reason, "Split the file.")
        return ()
    by_name = {column.name: column for column in columns}
    records = [_record(at, found, by_name, problems, limits) for at, found in enumerate(applicants)]
    return tuple(record for record in records if record is not None)


def _check_head(document: Mapping[str, JsonValue], problems: Problems) -> None:
    for key, expected in _HEAD.items():
        found = document.get(key)
        if type(found) is not type(expected) or found != expected:
            newer = type(found) is int and found > VERSION
            remedy = "Update the library." if newer else f"Write {canonical(expected)}."
            reason = "is newer than this library" if newer else f"is not {canonical(expected)}"
            _tell(problems, f"$.{key}", reason, remedy, found)
    for key in document:
        if key not in {*_HEAD, "applicants"}:
            remedy = "Delete it: there is only format, version and applicants."
            _tell(problems, json_path("$", key), "is not a key of this format", remedy)


def canonical(value: str | int) -> str:
    """A text in quotation marks, a number without."""
    return f'"{value}"' if isinstance(value, str) else str(value)


def _record(
    at: int,
    found: JsonValue,
    by_name: Mapping[str, ApplicantColumn],
    problems: Problems,
    limits: Limits,
) -> Record | None:
    path = f"$.applicants[{at}]"
    if not isinstance(found, Mapping):
        remedy = 'Write an object such as {"name": "Turku", "country": "FI"}.'
        _tell(problems, path, "is not an object", remedy, found, order=(at + 1, 0))
        problems.some_row_lost = True
        return None
    values: dict[str, object] = {}
    refused: dict[str, Refusal] = {}
    positions = {name: position for position, name in enumerate([*found, *by_name])}
    for position, key in enumerate(found):
        if key not in by_name:
            close = nearest(key, by_name) if len(problems) < limits.listed_problems else None
            remedy = f"Did you mean '{close}'?" if close else "Delete it, or see the schema."
            order = (at + 1, position + 1)
            reason = "is not a key of an applicant"
            _tell(problems, json_path(path, key), reason, remedy, order=order)
    record = Record(source=problems.source, number=at, values=values, positions=positions)
    for name, column in by_name.items():
        value = _value(column, found.get(name), limits)
        if isinstance(value, Refusal):
            refused[name] = value
        elif value is not None:
            values[name] = value
    for name, refusal in refused.items():
        read, suggest = found.get(name), len(problems) < limits.listed_problems
        remedy = remedy_for(
            refusal, by_name[name], str(read), row=values, is_json=True, suggest=suggest
        )
        problem = record.problem(name, refusal.reason, remedy, read=read)
        problems.add(problem, order=record.order(name))
    return Record(
        source=problems.source,
        number=at,
        values=values,
        refused=frozenset(refused),
        positions=positions,
    )


def _value(column: ApplicantColumn, found: JsonValue, limits: Limits) -> object:
    if found is None or found == UNKNOWN_WORD:
        return Refusal(reason="is missing") if column.required else None
    read = column.cell.read_json(found)
    if isinstance(read, Refusal) or not isinstance(found, str):
        return read
    # What CSV would not take as a value (a placeholder, a hidden mark) is none here either.
    again = read_cell(column, found, limits)
    return again if isinstance(again, Refusal) else read


def _tell(
    problems: Problems,
    path: str,
    reason: str,
    remedy: str,
    read: object = None,
    *,
    order: tuple[int, int] = (0, 0),
) -> None:
    problems.add(
        InputProblem(source=problems.source, path=path, reason=reason, remedy=remedy, read=read),
        order=order,
    )
