"""Rows of a table as records: headers matched to columns, cells read, all problems told."""

from __future__ import annotations

from collections.abc import Sequence

from utm.errors import InputProblem
from utm.interchange.cells import Refusal, hidden_character, unescape_formula
from utm.interchange.columns import ApplicantColumn, header_key
from utm.interchange.csv_table import Row, Table, read_table
from utm.interchange.limits import Limits
from utm.interchange.problems import Problems
from utm.interchange.record import Record
from utm.interchange.remedies import remedy_for
from utm.interchange.words import nearest

__all__ = ["UNKNOWN_WORD", "read_cell", "read_records"]

UNKNOWN_WORD = "unknown"
# What programs and people put where nothing is known. In free text, 'None' may be a town.
_SPREADSHEET_ERRORS = ("#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#DIV/0!")
_MISSING = frozenset(
    (
        *("na", "n/a", "n.a.", "nan", "null", "none", "nil", "-", "--", "?", "tbd", "tbc"),
        *(word.casefold() for word in _SPREADSHEET_ERRORS),
    )
)
_MISSING_IN_PROSE = frozenset(("NA", "N/A", "n/a", "NaN", "NULL", "?", "-", *_SPREADSHEET_ERRORS))


def read_records(
    text: str, *, columns: Sequence[ApplicantColumn], problems: Problems, limits: Limits
) -> tuple[Record, ...]:
    """Read separated text into records.

    Parameters
    ----------
    text
        The whole text, without a byte order mark.
    columns
        The columns that are admitted.
    problems
        Receives every problem.
    limits
        Bounds on the input.

    Returns
    -------
    tuple of Record
        One a row, in order; also rows with problems, which name the refused columns.
    """
    by_key = {key: column for column in columns for key in column.keys}
    table = read_table(
        text, is_column=lambda cell: header_key(cell) in by_key, problems=problems, limits=limits
    )
    if table is None:
        return ()
    placed = _placed_columns(table, by_key, problems)
    for column in columns:
        if column.required and column not in placed.values():
            _tell_header(
                problems,
                table.header,
                None,
                reason=f"lacks the column '{column.name}'",
                remedy=f"Add a column '{column.name}': {column.meaning.lower()}",
            )
    return tuple(_record(row, table.header, placed, problems, limits) for row in table.rows)


def read_cell(column: ApplicantColumn, text: str, limits: Limits) -> object:
    """Read one cell.

    Returns
    -------
    object
        The value; ``None`` if the cell is empty or says ``unknown``; a refusal otherwise.
    """
    if len(text) > limits.cell_characters:
        return Refusal(
            reason=f"has {len(text):,} characters",
            remedy=f"Write at most {limits.cell_characters:,} characters.",
        )
    bare = unescape_formula(text.replace("\r\n", "\n").replace("\r", "\n").strip())
    if not bare or bare.casefold() == UNKNOWN_WORD:
        return Refusal(reason="is empty") if column.required else None
    hidden = hidden_character(bare, lines=column.cell.is_prose)
    if hidden is not None:
        return hidden
    found = column.cell.read_text(bare)
    if isinstance(found, Refusal) and bare.casefold() in _MISSING:
        return Refusal(reason="is no value", is_placeholder=True)
    if column.cell.is_prose and bare in _MISSING_IN_PROSE:
        return Refusal(reason="is no value", is_placeholder=True)
    return found


def _record(
    row: Row,
    header: Row,
    placed: dict[int, ApplicantColumn],
    problems: Problems,
    limits: Limits,
) -> Record:
    values: dict[str, object] = {}
    refused: dict[int, Refusal] = {}
    positions = {column.name: at for at, column in placed.items()}
    headers = {column.name: header.cells[at].strip() for at, column in placed.items()}
    record = Record(
        source=problems.source,
        number=row.number,
        values=values,
        positions=positions,
        headers=headers,
    )
    for at, column in placed.items():
        found = read_cell(column, _text(row, at), limits)
        if isinstance(found, Refusal):
            refused[at] = found
        elif found is not None:
            values[column.name] = found
    for at, refusal in refused.items():
        column, text = placed[at], _text(row, at)
        suggest = len(problems) < limits.listed_problems
        remedy = remedy_for(refusal, column, text, row=values, is_json=False, suggest=suggest)
        problem = record.problem(column.name, refusal.reason, remedy, read=text.strip() or None)
        problems.add(problem, order=record.order(column.name))
    return Record(
        source=problems.source,
        number=row.number,
        values=values,
        refused=frozenset(placed[at].name for at in refused),
        positions=positions,
        headers=headers,
    )


def _text(row: Row, at: int) -> str:
    return row.cells[at] if at < len(row.cells) else ""


def _placed_columns(
    table: Table, by_key: dict[str, ApplicantColumn], problems: Problems
) -> dict[int, ApplicantColumn]:
    placed: dict[int, ApplicantColumn] = {}
    for at, cell in enumerate(table.header.cells):
        column = by_key.get(header_key(cell))
        if column is not None and column not in placed.values():
            placed[at] = column
            continue
        if column is not None:
            reason = f"stands a second time for '{column.name}'"
            remedy = "Delete one of the two columns."
        elif cell.strip():
            reason, remedy = "is not a column of this file", _column_remedy(cell, by_key)
        elif any(row.cells[at].strip() for row in table.rows if at < len(row.cells)):
            reason = f"has no name in the {at + 1}. column, which is not empty"
            remedy = "Give the column its name, or delete it."
        else:
            continue
        _tell_header(problems, table.header, at, reason=reason, remedy=remedy)
    return placed


def _column_remedy(cell: str, by_key: dict[str, ApplicantColumn]) -> str:
    found = nearest(cell, by_key)
    names = {column.name: column.name for column in by_key.values()}
    close = nearest(cell, names) or (by_key[found].name if found else None)
    return f"Did you mean '{close}'?" if close else "Delete the column, or see the template."


def _tell_header(
    problems: Problems, header: Row, at: int | None, *, reason: str, remedy: str
) -> None:
    text = None if at is None else header.cells[at].strip()
    problem = InputProblem(
        source=problems.source,
        row=header.number,
        column=text or None,
        reason=reason,
        remedy=remedy,
    )
    problems.add(problem, order=(header.number + 1, 0 if at is None else at + 1))
