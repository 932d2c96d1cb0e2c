"""Separated text as a table: delimiter, header and rows, numbered as a spreadsheet shows them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator

from attrs import frozen

from utm.errors import InputProblem
from utm.interchange.limits import Limits
from utm.interchange.problems import Problems

__all__ = ["Row", "Table", "read_table"]

_DELIMITERS = (",", ";", "\t", "|")
_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}
_QUOTE_REMEDY = (
    "Put the whole cell in quotation marks, and double each quotation mark inside it, "
    "or save the file as CSV from the spreadsheet again."
)


@frozen(kw_only=True)
class Row:
    """One row with its number, the header's being 1 where it stands first."""

    number: int
    cells: tuple[str, ...]


@frozen(kw_only=True)
class Table:
    """A header and the rows below it that are not blank.

    Parameters
    ----------
    header
        The row with the names of the columns.
    rows
        The other rows.
    delimiter
        What separates the cells.
    """

    header: Row
    rows: tuple[Row, ...]
    delimiter: str


def read_table(
    text: str, *, is_column: Callable[[str], bool], problems: Problems, limits: Limits
) -> Table | None:
    """Cut text into rows and cells.

    Blank rows are left out, yet counted. Rows with too many cells are told and left
    out: their cells stand in the wrong columns.

    Parameters
    ----------
    text
        The whole text, without a byte order mark.
    is_column
        Tells whether a header is known; the delimiter that finds most headers is taken.
    problems
        Receives what is wrong with the structure.
    limits
        Bounds on rows and columns.

    Returns
    -------
    Table or None
        ``None`` if no header was found.
    """
    delimiter = _delimiter_of(text, is_column)
    rows = _rows(text, delimiter, problems, limits)
    header = next(rows, None)
    if header is None or not any(is_column(cell) for cell in header.cells):
        _tell(
            problems,
            row=None if header is None else header.number,
            reason="has no row of column names",
            remedy="Begin with a row of names such as name and country; "
            "the template has all of them.",
        )
        return None
    if len(header.cells) > limits.columns:
        reason = f"has {len(header.cells):,} columns"
        remedy = f"Keep at most {limits.columns} columns."
        _tell(problems, row=header.number, reason=reason, remedy=remedy)
        return None
    fitting = tuple(row for row in rows if _fits(row, header, delimiter, problems))
    return Table(header=header, rows=fitting, delimiter=delimiter)


def _delimiter_of(text: str, is_column: Callable[[str], bool]) -> str:
    def known_headers(delimiter: str) -> int:
        for cells in csv.reader(io.StringIO(text[:100_000], newline=""), delimiter=delimiter):
            if any(cell.strip() for cell in cells):
                return sum(is_column(cell) for cell in cells)
        return 0

    try:
        return max(_DELIMITERS, key=known_headers)
    except csv.Error:
        return ","


def _rows(text: str, delimiter: str, problems: Problems, limits: Limits) -> Iterator[Row]:
    lines = io.StringIO(text, newline="")
    number = 0
    try:
        for number, cells in enumerate(csv.reader(lines, delimiter=delimiter, strict=True), 1):
            if number > limits.rows:
                remedy = "Split the file, or delete what is not an applicant."
                _tell(problems, row=number, reason=f"is beyond {limits.rows:,} rows", remedy=remedy)
                return
            if any(cell.strip() for cell in cells):
                yield Row(number=number, cells=tuple(cells))
    except csv.Error as error:
        row = number + 1
        if "field larger" in str(error):
            reason, remedy = "holds a cell that is too long", "Shorten the cell."
        elif "unexpected end" in str(error):
            reason = "opens a quotation mark that is never closed; nothing below it can be read"
            remedy = _QUOTE_REMEDY
        else:
            reason = "has a stray quotation mark; nothing below it can be read"
            remedy = _QUOTE_REMEDY
        _tell(problems, row=row, reason=reason, remedy=remedy)
        problems.some_row_lost = True


def _fits(row: Row, header: Row, delimiter: str, problems: Problems) -> bool:
    surplus = [cell for cell in row.cells[len(header.cells) :] if cell.strip()]
    if not surplus:
        return True
    name = _NAMES[delimiter]
    _tell(
        problems,
        row=row.number,
        reason=f"has {len(row.cells)} cells where the header has {len(header.cells)}",
        remedy=f"A cell that holds a {name} must stand in quotation marks.",
        read=surplus[0],
    )
    problems.some_row_lost = True
    return False


def _tell(
    problems: Problems, *, row: int | None, reason: str, remedy: str, read: object = None
) -> None:
    problem = InputProblem(source=problems.source, row=row, reason=reason, remedy=remedy, read=read)
    problems.add(problem, order=(0 if row is None else row + 1, 0))
