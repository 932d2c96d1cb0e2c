"""Options that several commands share."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from utm.errors import InputProblem, InvalidInputError, InvalidValueError

if TYPE_CHECKING:
    from pendulum import Date

    from utm.domain import Period
    from utm.rules import Rulebook

__all__ = [
    "EXISTING_FILE",
    "NEW_FILE",
    "DayType",
    "DaysType",
    "FiniteRange",
    "RulebookType",
    "applicants_option",
    "day_option",
    "edition_option",
    "file_option",
    "recording_day_option",
    "text_of",
    "text_or_json",
]

EXISTING_FILE = click.Path(path_type=Path, exists=True, dir_okay=False, readable=True)
"""A file that must be there and can be read."""

_FIRST_YEAR, _LAST_YEAR = 2000, 2099
"""Years for which clocks and holidays can be told."""

_WEEK = re.compile(r"[0-9]{4}-W[0-9]{2}")

_AHEAD = "utm.ahead"

FunctionT = TypeVar("FunctionT", bound=Callable[..., object])


class _NewFile(click.Path):
    """A file that will be written, in a folder that is there: told before any work is done."""

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Path:
        """Read the path, or fail as a usage error."""
        from utm.interchange.files import require_folder  # noqa: PLC0415 - keeps --help quick

        path = Path(os.fsdecode(super().convert(value, param, ctx)))
        try:
            require_folder(path)
        except OSError as error:
            self.fail(f"{error.filename}: {error.strerror}", param, ctx)
        return path


NEW_FILE = _NewFile(dir_okay=False, writable=True)
"""A file that will be written; one that is there is replaced."""


class DayType(click.ParamType["Date"]):
    """A day written as ``YYYY-MM-DD``."""

    name = "date"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Date:
        """Read the day, or fail as a usage error."""
        from utm.domain.dates import civil_date  # noqa: PLC0415 - keeps --help quick

        try:
            day = civil_date(str(value))
        except InvalidValueError as error:
            self.fail(f"{value!r} {error.reason}", param, ctx)
        if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
            self.fail(f"{value!r} is not from {_FIRST_YEAR} to {_LAST_YEAR}", param, ctx)
        return day


class DaysType(click.ParamType["Period"]):
    """Days: ``YYYY-MM-DD``, ``YYYY-MM-DD..YYYY-MM-DD`` with the last day, or ``YYYY-Www``."""

    name = "days"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Period:
        """Read the days, or fail as a usage error."""
        from pendulum import Date  # noqa: PLC0415 - keeps --help quick

        from utm.domain import Period  # noqa: PLC0415

        text = str(value)
        if _WEEK.fullmatch(text):
            try:
                monday = Date.fromisoformat(f"{text}-1")
            except ValueError:
                self.fail(f"{text!r} is no week", param, ctx)
            monday = DayType().convert(monday.isoformat(), param, ctx)
            return Period(start=monday, end=monday.add(days=7))
        first, _, last = text.partition("..")
        start = DayType().convert(first, param, ctx)
        end = DayType().convert(last or first, param, ctx)
        if end < start:
            self.fail(f"{text!r} ends before it begins", param, ctx)
        return Period(start=start, end=end.add(days=1))


class FiniteRange(click.FloatRange):
    """A number within bounds; ``nan``, which lies within every bound, is refused."""

    def convert(
        self, value: float, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Read the number, or fail as a usage error."""
        number = float(super().convert(value, param, ctx))
        if not math.isfinite(number):
            self.fail(f"{value!r} is not a finite number", param, ctx)
        return number


class RulebookType(click.ParamType["Rulebook"]):
    """The id of a rulebook that ships with the library, or a file of the rulebook format."""

    name = "rulebook"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Rulebook:
        """Find or read the rulebook; an unknown id is a usage error that names those known."""
        from utm.rules import read_rulebook  # noqa: PLC0415 - keeps --help quick
        from utm.rules.library import find_rulebook  # noqa: PLC0415

        path = Path(str(value))
        if path.suffix == ".json":
            EXISTING_FILE.convert(path, param, ctx)  # else a usage error, as of any other file
            return read_rulebook(text_of(path), source=path.name)
        try:
            return find_rulebook(str(value))
        except InvalidValueError as error:
            self.fail(f"{value!r} {error.reason}", param, ctx)


def text_of(path: Path) -> str:
    """Read a text file.

    Raises
    ------
    InvalidInputError
        It is not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        problem = InputProblem(
            source=path.name,
            reason=f"is not UTF-8 text (byte {error.start})",
            remedy="Save the file as UTF-8.",
        )
        raise InvalidInputError((problem,)) from error


def day_option(*names: str, help: str) -> Callable[[FunctionT], FunctionT]:  # noqa: A002 - click's word
    """Make an option that takes a day."""
    return click.option(*names, type=DayType(), help=help)


def recording_day_option(*, help: str) -> Callable[[FunctionT], FunctionT]:  # noqa: A002 - click's word
    """Make the option ``--on`` of what records: a day to come is refused without ``--ahead``.

    A slip of the pen in the year would otherwise stand in the way of everything after it.
    """

    def decorate(function: FunctionT) -> FunctionT:
        ahead = click.option(
            "--ahead",
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_remember_ahead,
            help="Record it although its day has not come.",
        )
        day = click.option("--on", type=DayType(), callback=_refuse_ahead, help=help)
        return day(ahead(function))

    return decorate


def _remember_ahead(context: click.Context, _: click.Parameter, ahead: bool) -> None:  # noqa: FBT001 - click's order
    context.meta[_AHEAD] = ahead


def _refuse_ahead(context: click.Context, option: click.Parameter, day: Date | None) -> Date | None:
    from utm.cli.clock import today  # noqa: PLC0415 - keeps --help quick

    if day is not None and day > today() and not context.meta.get(_AHEAD):
        reason = f"{day} has not come: today is {today()}. Add --ahead if that day is meant."
        raise click.BadParameter(reason, context, option)
    return day


def file_option(
    name: str,
    *,
    help: str,  # noqa: A002 - click's word
    required: bool = False,
) -> Callable[[FunctionT], FunctionT]:
    """Make an option that takes a file which is there."""
    return click.option(name, type=EXISTING_FILE, help=help, required=required)


def applicants_option(function: FunctionT) -> FunctionT:
    """Add an option for a file of applicants, instead of the register."""
    return file_option(
        "--applicants", help="File of applicants.  [default: the City2City register]"
    )(function)


def edition_option(function: FunctionT) -> FunctionT:
    """Add an option for the groups of an edition, instead of those published."""
    return file_option(
        "--edition", help="An edition.json with the groups.  [default: those of the register]"
    )(function)


def text_or_json(function: FunctionT) -> FunctionT:
    """Add an option for readable text or one JSON document."""
    return click.option(
        "--format",
        "output_format",
        type=click.Choice(["text", "json"]),
        default="text",
        show_default=True,
        help="Readable text, or one JSON document.",
    )(function)
