"""Rulebooks: which there are, what one asks, whether one is sound, how two differ."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from utm.cli.exit_codes import ExitCode
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
@click.argument("second", type=RulebookType())
@day_option("--on", help="Day on which both are compared, YYYY-MM-DD.")
@click.option("--applicants", type=_FILE, help="Whose outcomes to compare.  [default: register]")
def diff(*, first: Rulebook, second: Rulebook, on: Date | None, applicants: Path | None) -> None:
    """Compare two rulebooks: whether one implies the other, and who would change outcome."""
    from utm.cli.rulebooks import print_difference  # noqa: PLC0415 - heavy

    print_difference(first, second, on=on, path=applicants)
