"""Form an edition from a file of applicants, or from the register that ships with the library."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from utm.cli.edition_dates import reschedule, visit
from utm.cli.edition_life import compare, enter, start, status, withdraw
from utm.cli.exit_codes import ExitCode
from utm.cli.options import DaysType, FiniteRange, RulebookType, day_option

if TYPE_CHECKING:
    from pendulum import Date

    from utm.domain import Period
    from utm.rules import Rulebook

__all__ = ["edition"]

_FORMATS = click.Choice(["table", "json"])


@click.group()
def edition() -> None:
    """Form an edition, start it, let cities enter and withdraw, change dates, plan visits."""


edition.add_command(compare)
edition.add_command(start)
edition.add_command(status)
edition.add_command(enter)
edition.add_command(withdraw)
edition.add_command(reschedule)
edition.add_command(visit)


@edition.command("form")
@click.argument(
    "applicants",
    required=False,
    type=click.Path(path_type=Path, exists=True, dir_okay=False, readable=True),
)
@click.option(
    "--out",
    "directory",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("edition"),
    show_default=True,
    help="Directory for report.html, edition.json and sessions.ics; files in it are replaced.",
)
@click.option("--title", help="Name of the edition.  [default: taken from the file name]")
@click.option(
    "--rulebook",
    type=RulebookType(),
    default="city2city-2026",
    show_default=True,
    help="Rules under which applicants are screened.",
)
@day_option("--on", help="Day of the judgement, YYYY-MM-DD.  [default: today]")
@day_option(
    "--start", help="First day of the programme year.  [default: first day of the next month]"
)
@click.option(
    "--place",
    type=click.Choice(["provisional", "eligible"]),
    default="provisional",
    show_default=True,
    help="Whether applicants whose evidence is incomplete are placed provisionally or left out.",
)
@click.option(
    "--most-members",
    type=click.IntRange(2, 4),
    default=4,
    show_default=True,
    help="Largest size of a group.",
)
@click.option(
    "--common-hours",
    type=FiniteRange(0, 8),
    default=0,
    show_default=True,
    help="Office hours (09:00-17:00) that a group must share in January and in July.",
)
@click.option(
    "--common-language",
    type=click.Choice(["no", "pairs", "all"]),
    default="no",
    show_default=True,
    help="Whether every two members, or all members, of a group must share a language.",
)
@click.option(
    "--meetings", type=click.IntRange(1, 12), default=4, show_default=True, help="Meetings a group."
)
@click.option("--gap", type=FiniteRange(0, 1), help="Stop when proven this near the best.")
@click.option("--time", "seconds", type=FiniteRange(min=0), help="Stop after so many seconds.")
@click.option("--seed", type=int, default=0, show_default=True, help="Seed of the search.")
@click.option(
    "--holidays/--no-holidays",
    default=True,
    show_default=True,
    help="Keep meetings off public holidays (needs the extra 'holidays').",
)
@click.option(
    "--facilitators",
    type=click.Path(path_type=Path, exists=True, dir_okay=False, readable=True),
    help="CSV list of those who may lead groups: name, timezone, hours, limits of load.",
)
@click.option(
    "--blackout",
    "blackouts",
    type=DaysType(),
    multiple=True,
    help="Days on which nobody meets: a day, FIRST..LAST, or a week as 2026-W32; repeatable.",
)
@click.option(
    "--format",
    "output_format",
    type=_FORMATS,
    default="table",
    show_default=True,
    help="Summary on stdout: readable text, or one JSON document.",
)
@click.option("--quiet", is_flag=True, help="No progress and no hints on stderr.")
def form(
    *,
    applicants: Path | None,
    directory: Path,
    title: str | None,
    rulebook: Rulebook,
    on: Date | None,
    start: Date | None,
    place: str,
    most_members: int,
    common_hours: float,
    common_language: str,
    meetings: int,
    gap: float | None,
    seconds: float | None,
    seed: int,
    holidays: bool,
    facilitators: Path | None,
    blackouts: tuple[Period, ...],
    output_format: str,
    quiet: bool,
) -> ExitCode:
    """Screen APPLICANTS (.csv or .json), group them, place their meetings and report.

    Without APPLICANTS the published City2City 2026 register is used, and the groups
    formed are compared with the published ones.
    """
    from utm.cli.forming import FormingOptions, form_and_write  # noqa: PLC0415 - heavy

    return form_and_write(
        FormingOptions(
            applicants=applicants,
            directory=directory,
            title=title,
            rulebook=rulebook,
            on=on,
            start=start,
            places_incomplete=place == "provisional",
            most_members=most_members,
            common_hours=common_hours,
            common_language=common_language,
            meetings=meetings,
            gap=gap,
            seconds=seconds,
            seed=seed,
            uses_holidays=holidays,
            facilitators=facilitators,
            blackouts=blackouts,
            output_format=output_format,
            quiet=quiet,
        )
    )
