"""Options that several commands of ``utm pair`` share."""

from __future__ import annotations

from pathlib import Path

import click

from utm.cli.options import FiniteRange

__all__ = ["FILE", "format_option", "gap_option", "quiet_option", "seed_option", "time_option"]

FILE = click.Path(path_type=Path, exists=True, dir_okay=False, readable=True)
gap_option = click.option("--gap", type=FiniteRange(0, 1), help="Stop when proven this near best.")
time_option = click.option(
    "--time", "seconds", type=FiniteRange(min=0), help="Stop after so many seconds."
)
seed_option = click.option(
    "--seed", type=int, default=0, show_default=True, help="Seed of the search."
)
format_option = click.option(
    "--format",
    "output_format",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="Readable text, or one JSON document.",
)
quiet_option = click.option("--quiet", is_flag=True, help="No progress on stderr.")
