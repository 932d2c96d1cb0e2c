"""Practices of a file: search them, have them recommended, evaluate them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from utm.cli.exit_codes import ExitCode
from utm.cli.options import (
    EXISTING_FILE,
    NEW_FILE,
    applicants_option,
    day_option,
    file_option,
    text_or_json,
)
from utm.cli.practice_life import LIFE

if TYPE_CHECKING:
    from pendulum import Date

__all__ = ["practices"]

_practices_option = click.option(
    "--practices",
    "path",
    type=EXISTING_FILE,
    required=True,
    help="List of practices, a utm.practices file; utm template practices prints one.",
)
_day_option = day_option(
    "--on", help="Day for which practices must be published, YYYY-MM-DD.  [default: today]"
)
_limit_option = click.option(
    "--limit", type=click.IntRange(1, 1_000), default=5, show_default=True, help="Most practices."
)


@click.group()
def practices() -> None:
    """Practices: search them, have them recommended, evaluate them, check a file.

    Staff lead a practice from draft to publication with draft, revise, submit, evaluate,
    review, conflict, publish, reject, withdraw and retire; show tells where it stands.
    """


for _command in LIFE:
    practices.add_command(_command)


@practices.command()
@click.argument("words", nargs=-1)
@_practices_option
@click.option("--all-words", is_flag=True, help="Ask for every word instead of at least one.")
@click.option("--language", "languages", multiple=True, help="Language of the words, e.g. tr.")
@click.option(
    "--facet",
    "facets",
    multiple=True,
    metavar="KIND=VALUE",
    help=(
        "What a practice must be, e.g. theme=cooling or country=tr. Values of one kind widen "
        "the choice, kinds narrow it."
    ),
)
@click.option("--like", metavar="CITY", help="City whose context brings alike ones further up.")
@click.option(
    "--index",
    "kept_in",
    type=NEW_FILE,
    help="Keep the index in this file for the next search; what has changed is taken in.",
)
@applicants_option
@_day_option
@_limit_option
@text_or_json
def search(
    *,
    words: tuple[str, ...],
    path: Path,
    all_words: bool,
    languages: tuple[str, ...],
    facets: tuple[str, ...],
    like: str | None,
    kept_in: Path | None,
    applicants: Path | None,
    on: Date | None,
    limit: int,
    output_format: str,
) -> None:
    """Find published practices by WORDS, facets and likeness of context, all combined.

    Words are only ever words: no sign in them is a command. Names of topics are searched
    too. Without words everything that has the facets is listed. Words that were found stand
    between asterisks.

    \b
    Examples:
      utm practices search shade trees --practices practices.json
      utm practices search gölgeli durak --practices practices.json --facet theme=cooling
      utm practices search --practices practices.json --facet country=tr --like Cuenca
    """
    from utm.cli.finding_practices import Search, print_search  # noqa: PLC0415 - heavy

    asked = Search(
        words=" ".join(words),
        all_words=all_words,
        languages=languages,
        facets=facets,
        like=like,
        limit=limit,
    )
    print_search(
        path,
        asked,
        applicants=applicants,
        kept_in=kept_in,
        on=on,
        as_json=output_format == "json",
    )


@practices.command()
@click.argument("city")
@_practices_option
@click.option(
    "--need",
    "needs",
    multiple=True,
    metavar="TOPIC",
    help="What the city needs, e.g. cooling.heat-planning.  [default: what it applied with]",
)
@file_option("--transfers", help="List of transfers, a utm.transfers file.")
@applicants_option
@_day_option
@_limit_option
@text_or_json
def recommend(
    *,
    city: str,
    path: Path,
    needs: tuple[str, ...],
    transfers: Path | None,
    applicants: Path | None,
    on: Date | None,
    limit: int,
    output_format: str,
) -> None:
    """Recommend practices to CITY, each with its reasons and what would have to be adapted.

    What the city did itself, has taught, reuses already or gave up is never among them.

    \b
    Examples:
      utm practices recommend Cuenca --practices practices.json
      utm practices recommend Cuenca --practices practices.json --need cooling.heat-planning
    """
    from utm.cli.finding_practices import print_advice  # noqa: PLC0415 - heavy

    print_advice(
        path,
        city,
        needs=needs,
        transfers=transfers,
        applicants=applicants,
        on=on,
        limit=limit,
        as_json=output_format == "json",
    )


@practices.command()
@click.argument("path", type=EXISTING_FILE, metavar="FILE")
@day_option("--on", help="Day for which stages are counted, YYYY-MM-DD.  [default: today]")
def check(*, path: Path, on: Date | None) -> ExitCode:
    """Read FILE, tell every problem with its place, and count what is at which stage.

    FILE is a list of practices or of transfers.
    """
    from utm.cli.finding_practices import print_check  # noqa: PLC0415 - heavy

    return print_check(path, on=on)


@practices.command()
@click.argument("which", type=click.Choice(["practices", "transfers"]), default="practices")
def schema(*, which: str) -> None:
    """Print the JSON Schema of a list of practices or transfers."""
    from utm.cli.terminal import print_json  # noqa: PLC0415 - heavy
    from utm.interchange.lists import PRACTICES, TRANSFERS  # noqa: PLC0415

    print_json(TRANSFERS.schema() if which == "transfers" else PRACTICES.schema())
