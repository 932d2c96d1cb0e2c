"""Judge applicants: all of them, one of them with the reasons, or what would change the answer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from utm.cli.options import RulebookType, day_option

if TYPE_CHECKING:
    from pendulum import Date

    from utm.rules import Rulebook

__all__ = ["explain", "screen", "whatif"]

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False, readable=True)
_rulebook_option = click.option(
    "--rulebook",
    type=RulebookType(),
    default="city2city-2026",
    show_default=True,
    help="Rules: the id of a rulebook that ships with the library, or a .json file.",
)
_day_option = day_option("--on", help="Day of the judgement, YYYY-MM-DD.")
_applicants_option = click.option(
    "--applicants", type=_FILE, help="File of applicants.  [default: the City2City register]"
)


@click.command()
@click.argument("applicants", required=False, type=_FILE)
@_rulebook_option
@_day_option
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="Readable text, or one JSON document.",
)
def screen(
    *, applicants: Path | None, rulebook: Rulebook, on: Date | None, output_format: str
) -> None:
    """Judge every applicant of a file, or of the City2City register, and name what is missing."""
    from utm.cli.judging import print_screening  # noqa: PLC0415 - heavy

    print_screening(applicants, rulebook, on=on, as_json=output_format == "json")


@click.command()
@click.argument("city")
@_applicants_option
@_rulebook_option
@_day_option
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["markdown", "json", "mermaid"]),
    default="markdown",
    show_default=True,
    help="Readable text, one JSON document, or a Mermaid flow chart.",
)
def explain(
    *,
    city: str,
    applicants: Path | None,
    rulebook: Rulebook,
    on: Date | None,
    output_format: str,
) -> None:
    """Explain the decision about CITY, criterion by criterion, with the sources."""
    from utm.cli.judging import print_explanation  # noqa: PLC0415 - heavy

    print_explanation(city, applicants, rulebook, on=on, output_format=output_format)


@click.command()
@click.argument("city")
@_applicants_option
@_rulebook_option
@_day_option
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="Readable text, or one JSON document.",
)
def whatif(
    *,
    city: str,
    applicants: Path | None,
    rulebook: Rulebook,
    on: Date | None,
    output_format: str,
) -> None:
    """Say what would make CITY eligible, and which evidence to ask for next.

    Every way is proven: the changed facts have been judged by the same rules.
    """
    from utm.cli.judging import print_ways  # noqa: PLC0415 - heavy

    print_ways(city, applicants, rulebook, on=on, as_json=output_format == "json")
