"""The mission as one graph: who ties it together, who stands alone, what nobody offers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from utm.cli.options import (
    NEW_FILE,
    applicants_option,
    day_option,
    edition_option,
    file_option,
    text_or_json,
)

if TYPE_CHECKING:
    from pendulum import Date

__all__ = ["network"]


@click.command()
@applicants_option
@edition_option
@file_option("--practices", help="List of practices, a utm.practices file.")
@file_option("--transfers", help="List of transfers, a utm.transfers file.")
@file_option("--needs", help="List of research needs, a utm.needs file.")
@file_option("--opportunities", help="List of opportunities, a utm.opportunities file.")
@file_option("--partners", help="List of partners, a utm.partners file.")
@day_option(
    "--on",
    help=(
        "Day: practices must be published, and of transfers and needs nothing later is seen; "
        "applicants and groups have no day.  [default: today]"
    ),
)
@click.option("--leaving", metavar="CITY", help="Tell what would be lost if CITY left.")
@click.option("--out", type=NEW_FILE, help="Write the graph to this file, .graphml or .json.")
@click.option(
    "--draw",
    type=NEW_FILE,
    help="Draw groups and reuse on a map of the world in this file, .svg.",
)
@click.option(
    "--most",
    type=click.IntRange(1, 10_000),
    default=5,
    show_default=True,
    help="How many to list of each.",
)
@text_or_json
def network(
    *,
    applicants: Path | None,
    edition: Path | None,
    practices: Path | None,
    transfers: Path | None,
    needs: Path | None,
    opportunities: Path | None,
    partners: Path | None,
    on: Date | None,
    leaving: str | None,
    out: Path | None,
    draw: Path | None,
    most: int,
    output_format: str,
) -> None:
    """Measure the mission as one graph, each measure with its definition and source.

    Brokers, isolated cities, resilience when a city leaves, balance of giving and receiving,
    the reach of each practice, topics and regions without an offer. The register brings its
    published groups; beside a file of applicants give the groups with --edition.

    \b
    Examples:
      utm network --practices practices.json --transfers transfers.json
      utm network --leaving Mersin --draw mission.svg
      utm network --out mission.graphml --format json
    """
    from utm.cli.measuring_network import print_network  # noqa: PLC0415 - heavy
    from utm.cli.mission_of_files import Sources  # noqa: PLC0415

    sources = Sources(
        applicants=applicants,
        edition=edition,
        practices=practices,
        transfers=transfers,
        needs=needs,
        opportunities=opportunities,
        partners=partners,
        on=on,
    )
    print_network(
        sources, leaving=leaving, out=out, draw=draw, most=most, as_json=output_format == "json"
    )
