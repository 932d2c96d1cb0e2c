"""Tell what changed in some histories since a day."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from utm.cli.options import DayType, day_option

if TYPE_CHECKING:
    from pendulum import Date

__all__ = ["digest"]


@click.command()
@click.argument(
    "histories",
    nargs=-1,
    required=True,
    metavar="HISTORY...",
    type=click.Path(path_type=Path, exists=True, dir_okay=False, readable=True),
)
@click.option("--since", required=True, type=DayType(), help="What happened later is told.")
@day_option("--until", help="Last day that is told of, YYYY-MM-DD.")
@click.option("--for", "whom", multiple=True, help="Only what concerns this key; repeatable.")
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["md", "html"]),
    default="md",
    show_default=True,
    help="Markdown or HTML.",
)
def digest(
    *,
    histories: tuple[Path, ...],
    since: Date,
    until: Date | None,
    whom: tuple[str, ...],
    output_format: str,
) -> None:
    """Tell what changed in every HISTORY after a day, by whom and why."""
    from utm.cli.terminal import print_plain  # noqa: PLC0415
    from utm.interchange.histories import read_history  # noqa: PLC0415 - heavy
    from utm.programme.history import digest as gather  # noqa: PLC0415

    found = gather([read_history(path) for path in histories], since=since, until=until)
    if whom:
        found = found.for_whom(*whom)
    print_plain(found.html if output_format == "html" else found.markdown)
