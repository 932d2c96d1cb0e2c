"""Judge applicants: all, one with the reasons, what would change it, what changes by itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from utm.cli.exit_codes import ExitCode
from utm.cli.judgement import judgement_options
from utm.cli.options import RulebookType, text_or_json

if TYPE_CHECKING:
    from utm.cli.judgement import Judgement
    from utm.rules import Rulebook

__all__ = ["coming", "explain", "replay", "screen", "whatif"]

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False, readable=True)
_MOST_DAYS = 3_650
_applicants_option = click.option(
    "--applicants", type=_FILE, help="File of applicants.  [default: the City2City register]"
)
_format_option = click.option(
    "--format",
    "output_format",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="Readable text, or one JSON document.",
)


@click.command()
@click.argument("applicants", required=False, type=_FILE)
@judgement_options
@_format_option
def screen(*, applicants: Path | None, judgement: Judgement, output_format: str) -> None:
    """Judge every applicant of a file, or of the City2City register, and name what is missing."""
    from utm.cli.judging import print_screening  # noqa: PLC0415 - heavy

    print_screening(applicants, judgement, as_json=output_format == "json")


@click.command()
@click.argument("city")
@_applicants_option
@judgement_options
@click.option(
    "--under",
    metavar="VERSION",
    help="Also replay the decision under another version of the rulebook, and say what changes.",
)
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
    judgement: Judgement,
    under: str | None,
    output_format: str,
) -> None:
    """Explain the decision about CITY, criterion by criterion, with the sources."""
    from utm.cli.judging import print_explanation  # noqa: PLC0415 - heavy

    print_explanation(city, applicants, judgement, under=under, output_format=output_format)


@click.command()
@click.argument("city")
@_applicants_option
@judgement_options
@_format_option
def whatif(*, city: str, applicants: Path | None, judgement: Judgement, output_format: str) -> None:
    """Say what would make CITY eligible, and which evidence to ask for next.

    Every way is proven: the changed facts have been judged by the same rules.
    """
    from utm.cli.judging import print_ways  # noqa: PLC0415 - heavy

    print_ways(city, applicants, judgement, as_json=output_format == "json")


@click.command()
@click.argument("applicants", required=False, type=_FILE)
@judgement_options
@click.option(
    "--within",
    type=click.IntRange(1, _MOST_DAYS),
    default=90,
    show_default=True,
    metavar="DAYS",
    help="How many days to look ahead.",
)
@_format_option
def coming(
    *, applicants: Path | None, judgement: Judgement, within: int, output_format: str
) -> None:
    """List whose outcome changes by itself: waivers, plans and times of grace that run out.

    Told are also criteria whose answer changes while the outcome waits for others.
    """
    from utm.cli.judging import print_coming_changes  # noqa: PLC0415 - heavy

    print_coming_changes(applicants, judgement, within=within, as_json=output_format == "json")


@click.command()
@click.argument("decision", type=_FILE)
@click.option(
    "--rulebook",
    type=RulebookType(),
    help="Rules: the id of a rulebook, or a .json file.  [default: those that the file names]",
)
@click.option(
    "--under",
    metavar="VERSION",
    help="Also judge the same facts under another version of the rulebook.",
)
@text_or_json
def replay(
    *, decision: Path, rulebook: Rulebook | None, under: str | None, output_format: str
) -> ExitCode:
    """Judge again the DECISION that "utm explain --format json" wrote, and check its hash.

    Whether facts, rules, library and answers are still the same is told, and what differs.
    Exit code 3 when the decision does not stand.
    """
    from utm.cli.replaying import print_replay  # noqa: PLC0415 - heavy

    return print_replay(decision, rulebook, under=under, as_json=output_format == "json")
