"""Reports that cities made on a platform, read from a table with one row a section."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from attrs import frozen
from pendulum import Date

from utm.domain import CityId, Source
from utm.errors import InputProblem, InvalidValueError
from utm.interchange.csv_table import Row, read_table
from utm.interchange.limits import Limits
from utm.interchange.problems import Problems
from utm.interchange.text_encoding import read_text
from utm.programme.journey import PlatformReport, ReportedField, ReportMapping

__all__ = ["parse_platform_reports", "read_platform_reports"]

_COLUMNS = ("city", "year", "published_on", "section", "value")
_LIMITS = Limits()
_YEARS = range(1990, 2101)


@frozen(kw_only=True)
class _Line:
    """One row that could be read."""

    number: int
    city: CityId
    year: int
    published_on: Date
    section: str
    value: str


def read_platform_reports(
    path: Path | str, mapping: ReportMapping, *, limits: Limits = _LIMITS
) -> tuple[PlatformReport, ...]:
    """Read reports from a CSV file; see `parse_platform_reports`.

    Raises
    ------
    InvalidInputError
        The file has problems.
    OSError
        The file cannot be opened.
    """
    place = Path(path)
    text = read_text(place, limits=limits)
    return parse_platform_reports(text, mapping, source=place.name, limits=limits)


def parse_platform_reports(
    text: str, mapping: ReportMapping, *, source: str = "reports", limits: Limits = _LIMITS
) -> tuple[PlatformReport, ...]:
    """Read reports from separated text with the columns city, year, published_on, section, value.

    Parameters
    ----------
    text
        One row for each section of a report. A section that was left empty is left out:
        it answers nothing and fulfils nothing.
    mapping
        The platform that all the reports come from.
    source
        Name of the text; each report keeps it, with its platform and its rows, as its source.
    limits
        Bounds on the input.

    Returns
    -------
    tuple of PlatformReport
        One for each city and year, by city, then year.

    Raises
    ------
    InvalidInputError
        All problems at once, with row and column.
    """
    problems = Problems(source, limits)
    table = read_table(
        text.removeprefix("\ufeff"),
        is_column=lambda cell: cell.strip().lower() in _COLUMNS,
        problems=problems,
        limits=limits,
    )
    problems.raise_if_any()
    if table is None:  # pragma: no cover - told above
        return ()
    places = _places(table.header, problems)
    problems.raise_if_any()
    read = [line for row in table.rows if (line := _line(row, places, problems)) is not None]
    reports = _reports(read, mapping, problems)
    problems.raise_if_any()
    return reports


def _places(header: Row, problems: Problems) -> Mapping[str, int]:
    names = [cell.strip().lower() for cell in header.cells]
    for name in _COLUMNS:
        if names.count(name) != 1:
            reason = "is missing" if name not in names else "stands twice"
            _tell(problems, header.number, name, reason, f"Have one column '{name}'.")
    for at, name in enumerate(names):
        if name and name not in _COLUMNS:
            remedy = f"Write one of: {', '.join(_COLUMNS)}."
            _tell(problems, header.number, header.cells[at], "is no column of a report", remedy)
    return {name: names.index(name) for name in _COLUMNS if name in names}


def _line(row: Row, places: Mapping[str, int], problems: Problems) -> _Line | None:
    def cell(name: str) -> str:
        at = places[name]
        return row.cells[at].strip() if at < len(row.cells) else ""

    def wrong(name: str, reason: str, remedy: str) -> None:
        _tell(problems, row.number, name, reason, remedy, read=cell(name))

    city: CityId | None = None
    day: Date | None = None
    try:
        city = CityId.parse(cell("city"))
    except InvalidValueError as error:
        wrong("city", error.reason, "Write the key of the city, such as fi-turku.")
    written = cell("year")
    year = int(written) if written.isascii() and written.isdigit() else 0
    if year not in _YEARS:
        wrong("year", "is not a year", f"Write a year from {_YEARS[0]} to {_YEARS[-1]}.")
    try:
        day = Date.fromisoformat(cell("published_on"))
    except ValueError:
        wrong("published_on", "is not a day", "Write the day as YYYY-MM-DD.")
    if day is not None and year in _YEARS and day.year < year:
        wrong("published_on", f"is before the year {year}", "Write the day of publication.")
    if not cell("section"):
        wrong("section", "is empty", "Write the name of the section.")
    if city is None or day is None or year not in _YEARS or not cell("section"):
        return None
    return _Line(
        number=row.number,
        city=city,
        year=year,
        published_on=day,
        section=cell("section"),
        value=cell("value"),
    )


def _reports(
    lines: Iterable[_Line], mapping: ReportMapping, problems: Problems
) -> tuple[PlatformReport, ...]:
    gathered: dict[tuple[CityId, int], list[_Line]] = {}
    for line in lines:
        gathered.setdefault((line.city, line.year), []).append(line)
    reports: list[PlatformReport] = []
    for key in sorted(gathered):
        those = gathered[key]
        before = len(problems)
        _check_alike(those, problems)
        if len(problems) == before:
            reports.append(_report(those, mapping, problems.source))
    return tuple(reports)


def _check_alike(lines: Sequence[_Line], problems: Problems) -> None:
    first = lines[0]
    seen: dict[str, int] = {}
    for line in lines:
        if line.published_on != first.published_on:
            reason = f"is not {first.published_on}, as in row {first.number}"
            remedy = "Give one report one day of publication."
            day = str(line.published_on)
            _tell(problems, line.number, "published_on", reason, remedy, read=day)
        if line.section in seen:
            reason = f"stands in row {seen[line.section]} already"
            _tell(problems, line.number, "section", reason, "Keep one of them.", read=line.section)
        seen.setdefault(line.section, line.number)


def _report(lines: Sequence[_Line], mapping: ReportMapping, source: str) -> PlatformReport:
    first = lines[0]
    return PlatformReport(
        city=first.city,
        mapping=mapping,
        year=first.year,
        published_on=first.published_on,
        fields=tuple(
            ReportedField(section=line.section, value=line.value) for line in lines if line.value
        ),
        source=Source(
            title=f"{mapping.title} report of {first.city} for {first.year}",
            issuer=mapping.title,
            locator=f"{source}, rows {', '.join(str(line.number) for line in lines)}",
            published_on=first.published_on,
        ),
    )


def _tell(
    problems: Problems, row: int, column: str, reason: str, remedy: str, *, read: object = None
) -> None:
    order = (row, _COLUMNS.index(column) if column in _COLUMNS else len(_COLUMNS))
    problems.add(
        InputProblem(
            source=problems.source,
            row=row,
            column=column,
            reason=reason,
            remedy=remedy,
            read=read,
        ),
        order=order,
    )
