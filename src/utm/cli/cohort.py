"""Count the cohort on a day: size, waves, countries, people, regions, and what was announced."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from utm.cli.options import day_option

if TYPE_CHECKING:
    from pendulum import Date

__all__ = ["cohort"]


@click.command()
@click.argument(
    "history",
    required=False,
    type=click.Path(path_type=Path, exists=True, dir_okay=False, readable=True),
)
@day_option("--on", help="The day, YYYY-MM-DD; nothing later is seen.  [default: today]")
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="Readable text, or one JSON document.",
)
def cohort(*, history: Path | None, on: Date | None, output_format: str) -> None:
    """Count the cohort of HISTORY, and compare it with what was announced.

    Without HISTORY the cities that the City2City 2026 register names are counted. They are
    a part of the cohort, whose other cities are not public.
    """
    from utm.cli.counting import print_cohort  # noqa: PLC0415 - heavy

    print_cohort(history, on=on, as_json=output_format == "json")
