"""Research and innovation needs of a file: who asks for what, and what answers it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from utm.cli.options import (
    EXISTING_FILE,
    DayType,
    applicants_option,
    day_option,
    file_option,
    text_or_json,
)

if TYPE_CHECKING:
    from pendulum import Date

__all__ = ["needs"]


@click.group()
def needs() -> None:
    """Research needs: sum them up, check a file."""


@needs.command()
@click.option(
    "--needs",
    "path",
    type=EXISTING_FILE,
    required=True,
    help="List of needs, a utm.needs file; utm template needs prints one.",
)
@click.option(
    "--by",
    type=click.Choice(["likeness", "topic", "hand"]),
    default="likeness",
    show_default=True,
    help="Put needs together whose texts are alike, that name one topic, or as --groups says.",
)
@file_option(
    "--groups", help='For --by hand: a JSON object such as {"Heat at stops": ["need-1", "need-4"]}.'
)
@file_option("--practices", help="List of practices that may answer.")
@file_option("--opportunities", help="List of opportunities, whose calls for research may fit.")
@file_option("--partners", help="List of partners, who may take a need up.")
@applicants_option
@day_option("--on", help="Last day that counts, YYYY-MM-DD.  [default: today]")
@day_option("--since", help="Tell also what has come in since this day, YYYY-MM-DD.")
@click.option(
    "--public",
    type=click.IntRange(2, 1_000),
    metavar="CITIES",
    help="Name no contributor, and no number that describes fewer cities than this; it tells "
    "nothing of --practices, --opportunities, --partners and --since, which are refused beside it.",
)
@click.option(
    "--published",
    type=DayType(),
    multiple=True,
    help="Day, YYYY-MM-DD, of an earlier --public publication; give every one of them.",
)
@text_or_json
def demand(
    *,
    path: Path,
    by: str,
    groups: Path | None,
    practices: Path | None,
    opportunities: Path | None,
    partners: Path | None,
    applicants: Path | None,
    on: Date | None,
    since: Date | None,
    public: int | None,
    published: tuple[Date, ...],
    output_format: str,
) -> None:
    """Sum up what cities ask research for: cities, people, regions, and what answers it.

    Without --public every contributor is named, for staff. A gap is what neither a practice
    nor an offer of another city answers. What was published before is compared with what is
    published now by every reader: name those days with --published.

    \b
    Examples:
      utm needs demand --needs needs.json --practices practices.json
      utm needs demand --needs needs.json --opportunities calls.json --since 2026-01-01
      utm needs demand --needs needs.json --by topic --public 3 --published 2026-01-31
    """
    from utm.cli.summing_needs import Summing, print_demand  # noqa: PLC0415 - heavy

    asked = Summing(
        needs=path,
        by=by,
        groups=groups,
        practices=practices,
        opportunities=opportunities,
        partners=partners,
        applicants=applicants,
        on=on,
        since=since,
        public=public,
        published=published,
    )
    print_demand(asked, as_json=output_format == "json")


@needs.command()
@click.argument("path", type=EXISTING_FILE, metavar="FILE")
def check(*, path: Path) -> None:
    """Read FILE and tell every problem with its place."""
    from utm.cli.terminal import print_text  # noqa: PLC0415 - heavy
    from utm.interchange.lists import NEEDS  # noqa: PLC0415

    read = NEEDS.read(path)
    print_text(f"{len(read)} needs of {len({need.city for need in read})} cities.")


@needs.command()
def schema() -> None:
    """Print the JSON Schema of a list of needs."""
    from utm.cli.terminal import print_json  # noqa: PLC0415 - heavy
    from utm.interchange.lists import NEEDS  # noqa: PLC0415

    print_json(NEEDS.schema())
