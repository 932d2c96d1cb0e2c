"""Rulebooks: which there are, what one asks, whether one is sound, how two differ."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from utm.cli.exit_codes import ExitCode
from utm.cli.judgement import Judgement, read_readings, read_waivers
from utm.cli.options import RulebookType, day_option

if TYPE_CHECKING:
    from pendulum import Date

    from utm.rules import Rulebook

__all__ = ["rulebook"]

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False, readable=True)


@click.group()
def rulebook() -> None:
    """Rulebooks: list, show, check, compare."""


@rulebook.command("list")
def list_them() -> None:
    """List the rulebooks that ship with the library."""
    from utm.cli.rulebooks import print_list_of_rulebooks  # noqa: PLC0415 - heavy

    print_list_of_rulebooks()


@rulebook.command()
@click.argument("which", type=RulebookType(), metavar="RULEBOOK")
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["markdown", "json"]),
    default="markdown",
    show_default=True,
    help="Readable text, or the canonical JSON document.",
)
def show(*, which: Rulebook, output_format: str) -> None:
    """Show what RULEBOOK (an id, or a .json file) asks, version by version, with its sources."""
    from utm.cli.rulebooks import print_rulebook  # noqa: PLC0415 - heavy

    print_rulebook(which, as_json=output_format == "json")


@rulebook.command()
@click.argument("which", type=RulebookType(), metavar="RULEBOOK")
@click.option(
    "--cases",
    type=_FILE,
    help="Cases to judge: a utm.rulebook-cases document.  [default: those that ship with it]",
)
def check(*, which: Rulebook, cases: Path | None) -> ExitCode:
    """Check RULEBOOK: parts without effect, and cases with their right answers.

    Found are parts that nobody can meet, everybody meets or that make no difference, for
    a city alone and for two towns together. Every case is judged, and every criterion
    must be seen met, unmet and unknown. Exit code 3 when something is found.
    """
    from utm.cli.checking import print_check  # noqa: PLC0415 - heavy

    return print_check(which, cases)


@rulebook.command()
@click.argument("first", type=RulebookType())
@click.argument("second", type=RulebookType(), required=False)
@day_option(
    "--on",
    help="Day on which both are compared, YYYY-MM-DD.  [default: today; for the register the last "
    "day of its call]",
)
@day_option(
    "--then-on",
    help="Another day for the second; without a SECOND, the same rules on two days.",
)
@day_option(
    "--known-on",
    help="Judge on what was known on that day, YYYY-MM-DD.  [default: all that is known]",
)
@click.option("--applicants", type=_FILE, help="Whose outcomes to compare.  [default: register]")
@click.option("--waivers", type=_FILE, help="File of waivers: a utm.waivers document.")
@click.option(
    "--readings",
    type=_FILE,
    help="File of readings under which the applicants are judged.",
)
@click.option(
    "--towns",
    type=click.IntRange(1, 3),
    default=1,
    show_default=True,
    help="Compare over single cities, or over consortia of so many towns.",
)
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Readable text, or one JSON document.",
)
def diff(
    *,
    first: Rulebook,
    second: Rulebook | None,
    on: Date | None,
    then_on: Date | None,
    known_on: Date | None,
    applicants: Path | None,
    waivers: Path | None,
    readings: Path | None,
    towns: int,
    output_format: str,
) -> None:
    """Compare two rulebooks, or two days: what they ask, and who would change outcome.

    Told is whether one implies the other, with invented cities as witnesses; and of all
    applicants how many have which outcome under the first and which under the second,
    with the applicants behind each number.
    """
    from utm.cli.comparing_rulebooks import print_difference  # noqa: PLC0415 - heavy

    judgement = Judgement(
        rulebook=first,
        on=on,
        known_on=known_on,
        waivers=read_waivers(waivers, *(one for one in (first, second) if one)),
        readings=read_readings(readings),
    )
    print_difference(
        judgement,
        second,
        then_on=then_on,
        path=applicants,
        towns=towns,
        as_json=output_format == "json",
    )
