"""Read a list of facilitators from a CSV file, all problems at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from attrs import frozen

from utm.domain import CountryCode, TimeZone
from utm.errors import InputProblem, InvalidValueError
from utm.interchange.csv_table import Row, read_table
from utm.interchange.limits import Limits
from utm.interchange.problems import Problems
from utm.interchange.text_encoding import read_text
from utm.interchange.words import nearest
from utm.programme import MONDAY_TO_FRIDAY, Attendee, HolidayCalendar, OfficeHours
from utm.programme.sessions import Facilitator

__all__ = ["FACILITATOR_COLUMNS", "read_facilitators"]

FACILITATOR_COLUMNS = {
    "name": "What people call the person; unique in the list.",
    "timezone": "Zone of the IANA database, e.g. Europe/Lisbon.",
    "country": "Code of two letters, for public holidays; empty if they are not to be regarded.",
    "works_from": "Start of the preferred hours, e.g. 09:00 (the default).",
    "works_to": "End of the preferred hours, e.g. 17:00 (the default).",
    "accepts_from": "Start of the acceptable hours, e.g. 07:00 (the default).",
    "accepts_to": "End of the acceptable hours, e.g. 21:00 (the default).",
    "working_days": "ISO weekdays in a row, Monday is 1: 12345 (the default).",
    "most_groups": "Groups that the person may lead (default 5).",
    "most_meetings_a_day": "Meetings on one day (default 2).",
    "most_meetings_a_week": "Meetings in one week (default 5).",
    "rest_minutes": "Minutes between two meetings (default 30).",
}
"""The columns of the list with their meaning; the first two are required."""

_REQUIRED = ("name", "timezone")
_LIMITS = Limits()
_MINUTES_AN_HOUR = 60
ValueT = TypeVar("ValueT")


def read_facilitators(
    path: Path | str,
    *,
    holidays: Callable[[CountryCode], HolidayCalendar | None] | None = None,
    limits: Limits = _LIMITS,
) -> tuple[Facilitator, ...]:
    """Read facilitators from separated text with the columns of `FACILITATOR_COLUMNS`.

    Parameters
    ----------
    path
        The file.
    holidays
        Public holidays of a country; without it none are known.
    limits
        Bounds on the input.

    Raises
    ------
    InvalidInputError
        All problems with row and column.
    OSError
        The file cannot be opened.
    """
    place = Path(path)
    problems = Problems(place.name, limits)
    text = read_text(place, limits=limits).removeprefix("\ufeff")
    table = read_table(
        text,
        is_column=lambda name: _folded(name) in FACILITATOR_COLUMNS,
        problems=problems,
        limits=limits,
    )
    problems.raise_if_any()
    if table is None:  # pragma: no cover - told as a problem
        return ()
    names = [_folded(cell) for cell in table.header.cells]
    _check_header(names, table.header.number, problems)
    problems.raise_if_any()
    read: list[Facilitator] = []
    seen: set[str] = set()
    for row in table.rows:
        cells = dict(zip(names, (cell.strip() for cell in row.cells), strict=False))
        made = _Cells(cells, row, problems).facilitator(holidays)
        if made is not None and made.key in seen:
            _tell(problems, row.number, "name", "stands twice", "Name everybody once.", made.name)
        elif made is not None:
            seen.add(made.key)
            read.append(made)
    problems.raise_if_any()
    return tuple(read)


def _folded(name: str) -> str:
    return "_".join(name.casefold().replace("_", " ").split())


def _check_header(names: list[str], row: int, problems: Problems) -> None:
    for name in names:
        if name and name not in FACILITATOR_COLUMNS:
            close = nearest(name, tuple(FACILITATOR_COLUMNS))
            remedy = f"Did you mean '{close}'?" if close else "Delete the column."
            _tell(problems, row, name, "is not a column of the list", remedy)
        elif name and names.count(name) > 1:
            _tell(problems, row, name, "stands twice", "Keep one of them.")
    for name in _REQUIRED:
        if name not in names:
            _tell(problems, row, name, "is missing", FACILITATOR_COLUMNS[name])


@frozen
class _Cells:
    cells: Mapping[str, str]
    row: Row
    problems: Problems

    def facilitator(
        self, holidays: Callable[[CountryCode], HolidayCalendar | None] | None
    ) -> Facilitator | None:
        before = len(self.problems)
        name = self._required("name")
        zone = self._value("timezone", TimeZone, None)
        country = self._value("country", CountryCode, None)
        hours = self._hours()
        days = self._value("working_days", _weekdays, None)
        limits = {
            column: self._value(column, int, None)
            for column in ("most_groups", "most_meetings_a_day", "most_meetings_a_week")
        }
        rest = self._value("rest_minutes", int, None)
        if zone is None and not self.cells.get("timezone"):
            self._tell("timezone", "is missing", FACILITATOR_COLUMNS["timezone"])
        if len(self.problems) > before or zone is None:
            return None
        try:
            made = Facilitator(
                attendee=Attendee(
                    key=name,
                    name=name,
                    timezone=zone,
                    working_weekdays=days or MONDAY_TO_FRIDAY,
                    holidays=None if country is None or holidays is None else holidays(country),
                    hours=hours,
                )
            )
            return Facilitator(
                attendee=made.attendee,
                most_groups=_or(limits["most_groups"], made.most_groups),
                most_meetings_a_day=_or(limits["most_meetings_a_day"], made.most_meetings_a_day),
                most_meetings_a_week=_or(limits["most_meetings_a_week"], made.most_meetings_a_week),
                rest_minutes=_or(rest, made.rest_minutes),
            )
        except InvalidValueError as error:
            self._tell("name", f"{error.kind} {error.reason}", "Correct the row.", error.value)
            return None

    def _hours(self) -> OfficeHours:
        standard = OfficeHours()
        bounds = {
            "preferred_from": self._value("works_from", _minute, standard.preferred_from),
            "preferred_to": self._value("works_to", _minute, standard.preferred_to),
            "acceptable_from": self._value("accepts_from", _minute, standard.acceptable_from),
            "acceptable_to": self._value("accepts_to", _minute, standard.acceptable_to),
        }
        known = {key: value for key, value in bounds.items() if value is not None}
        try:
            return OfficeHours(**known)
        except InvalidValueError as error:
            remedy = "Let the acceptable hours hold the preferred ones."
            self._tell("works_from", error.reason, remedy, error.value)
            return standard

    def _required(self, column: str) -> str:
        text = self.cells.get(column, "")
        if not text:
            self._tell(column, "is missing", FACILITATOR_COLUMNS[column])
        return text

    def _value(
        self, column: str, parse: Callable[[str], ValueT], default: ValueT | None
    ) -> ValueT | None:
        text = self.cells.get(column, "")
        if not text:
            return default
        try:
            return parse(text)
        except InvalidValueError as error:
            self._tell(column, error.reason, FACILITATOR_COLUMNS[column], text)
        except ValueError:
            self._tell(column, "cannot be read", FACILITATOR_COLUMNS[column], text)
        return None

    def _tell(self, column: str, reason: str, remedy: str, read: object = None) -> None:
        _tell(self.problems, self.row.number, column, reason, remedy, read)


def _or(value: int | None, default: int) -> int:
    return default if value is None else value


def _minute(text: str) -> int:
    hour, _, minute = text.partition(":")
    if len(minute) != 2 or not (hour + minute).isascii() or int(minute) >= _MINUTES_AN_HOUR:  # noqa: PLR2004 - two digits
        raise ValueError(text)
    return int(hour) * _MINUTES_AN_HOUR + int(minute)


def _weekdays(text: str) -> tuple[int, ...]:
    return tuple(int(digit) for digit in text)


def _tell(  # noqa: PLR0917 - a problem has as many parts
    problems: Problems, row: int, column: str, reason: str, remedy: str, read: object = None
) -> None:
    problem = InputProblem(
        source=problems.source, row=row, column=column, reason=reason, remedy=remedy, read=read
    )
    problems.add(problem, order=(row + 1, 0))
