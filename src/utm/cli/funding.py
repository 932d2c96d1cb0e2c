"""Funding and advice of a file: what a city, or a group together, can ask for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from utm.cli.associated import associated_option
from utm.cli.exit_codes import ExitCode
from utm.cli.options import (
    EXISTING_FILE,
    NEW_FILE,
    applicants_option,
    day_option,
    edition_option,
    file_option,
    recording_day_option,
    text_or_json,
)

if TYPE_CHECKING:
    from pendulum import Date

    from utm.domain import GroupMember

__all__ = ["funding"]

_opportunities_option = click.option(
    "--opportunities",
    "path",
    type=EXISTING_FILE,
    required=True,
    help="List of opportunities, a utm.opportunities file; utm template opportunities prints one.",
)
_partners_option = file_option(
    "--partners", help="List of partners that could join, a utm.partners file."
)
_noon_option = day_option("--on", help="The day, YYYY-MM-DD, at noon UTC.  [default: today]")


@click.group()
def funding() -> None:
    """Funding and advice: match, plan, import, verify, export, check a file."""


@funding.command()
@click.argument("who", nargs=-1, required=True, metavar="CITY...")
@_opportunities_option
@applicants_option
@edition_option
@_partners_option
@_noon_option
@click.option("--register", type=click.Choice(["a", "b", "joint"]), help="One register alone.")
@click.option("--open", "only_open", is_flag=True, help="Leave out what is not open on the day.")
@click.option(
    "--topic",
    "topics",
    multiple=True,
    metavar="TOPIC",
    help="What it is for, e.g. cooling.urban-trees.  [default: what they applied with]",
)
@click.option(
    "--stage",
    type=click.Choice(["idea", "feasibility", "preparation", "implementation", "scaling"]),
    help="How far the project of one city has come.",
)
@click.option("--cost", metavar="MONEY", help='What that project costs, e.g. "EUR 250000".')
@click.option("--own-funds", metavar="MONEY", help="What the city can bring to it.")
@associated_option
@text_or_json
def match(
    *,
    who: tuple[str, ...],
    path: Path,
    applicants: Path | None,
    edition: Path | None,
    partners: Path | None,
    on: Date | None,
    register: str | None,
    only_open: bool,
    topics: tuple[str, ...],
    stage: str | None,
    cost: str | None,
    own_funds: str | None,
    associated: tuple[GroupMember, ...],
    output_format: str,
) -> None:
    """Match one CITY with every opportunity, or several together as a group.

    CITY may also be the number of a group, such as "group 7". What is not known stays
    unknown, with what to ask for. For a group that is not complete the completion from the
    other applicants and the partners is given; no cheaper one exists.

    \b
    Examples:
      utm funding match Braga --opportunities opportunities.json --open
      utm funding match "group 7" --opportunities opportunities.json --on 2022-10-01
      utm funding match Braga Cuenca --opportunities opportunities.json --topic cooling.urban-trees
    """
    from utm.cli.matching_funding import Matching, print_matches  # noqa: PLC0415 - heavy

    asked = Matching(
        opportunities=path,
        applicants=applicants,
        edition=edition,
        partners=partners,
        on=on,
        register=register,
        only_open=only_open,
        topics=topics,
        stage=stage,
        cost=cost,
        own_funds=own_funds,
        associated=associated,
    )
    print_matches(who, asked, as_json=output_format == "json")


@funding.command()
@_opportunities_option
@applicants_option
@edition_option
@_partners_option
@_noon_option
@click.option("--closed-too", is_flag=True, help="Plan as if everything could be asked for.")
@associated_option
@text_or_json
def plan(
    *,
    path: Path,
    applicants: Path | None,
    edition: Path | None,
    partners: Path | None,
    on: Date | None,
    closed_too: bool,
    associated: tuple[GroupMember, ...],
    output_format: str,
) -> None:
    """Plan which groups of an edition apply for what, so that no two compete.

    Two applications compete that draw on one budget line, and no group writes two. Groups
    that are not complete take in whom they need.

    \b
    Example: what the joint call of 2022 would have meant for the groups of 2026
      utm funding plan --opportunities opportunities.json --on 2022-10-01 --closed-too
    """
    from utm.cli.planning_funding import Planning, print_plan  # noqa: PLC0415 - heavy

    asked = Planning(
        opportunities=path,
        applicants=applicants,
        edition=edition,
        partners=partners,
        on=on,
        closed_too=closed_too,
        associated=associated,
    )
    print_plan(asked, as_json=output_format == "json")


@funding.command("import")
@click.argument("kind", type=click.Choice(["eu-portal", "360giving", "iati"]))
@click.argument("source", type=EXISTING_FILE, metavar="FILE")
@click.option("--out", type=NEW_FILE, help="List to write.  [default: stdout]")
@click.option(
    "--into",
    type=EXISTING_FILE,
    help="List to add to; of records that it holds already, it is told what differs.",
)
@click.option(
    "--replace",
    is_flag=True,
    help="Take over what differs; a record so changed must be verified again.",
)
def import_(*, kind: str, source: Path, out: Path | None, into: Path | None, replace: bool) -> None:
    """Read FILE as others publish it, and write it as a list of this library.

    Topics of the EU Funding & Tenders portal become opportunities of register B that nobody
    has verified, so that none is open before utm funding verify. Grants of 360Giving and
    activities of IATI become funded actions: evidence of who pays for what.

    \b
    Examples:
      utm funding import eu-portal search.json --out opportunities.json
      utm funding import eu-portal search.json --into opportunities.json
      utm funding import eu-portal search.json --into opportunities.json --replace
      utm funding import 360giving grants.json --out actions.json
    """
    from utm.cli.keeping_funding import import_file  # noqa: PLC0415 - heavy

    import_file(kind, source, out=out, into=into, replace=replace)


@funding.command()
@click.argument("path", type=EXISTING_FILE, metavar="FILE")
@click.argument("keys", nargs=-1, required=True, metavar="KEY...")
@click.option("--by", required=True, help="Who has checked the records against their source.")
@recording_day_option(help="Day of the check, YYYY-MM-DD.  [default: today]")
@day_option("--next-check", help="Day from which they are stale.  [default: six months later]")
def verify(
    *, path: Path, keys: tuple[str, ...], by: str, on: Date | None, next_check: Date | None
) -> None:
    """Note in FILE that the opportunities with these KEYs have been checked."""
    from utm.cli.keeping_funding import verify_records  # noqa: PLC0415 - heavy

    verify_records(path, keys, by=by, on=on, next_check=next_check)


@funding.command()
@click.argument("path", type=EXISTING_FILE, metavar="FILE")
@click.option("--out", type=NEW_FILE, help="File to write.  [default: stdout]")
def export(*, path: Path, out: Path | None) -> None:
    """Write the opportunities or funded actions of FILE as schema.org MonetaryGrant, JSON-LD."""
    from utm.cli.keeping_funding import export_file  # noqa: PLC0415 - heavy

    export_file(path, out=out)


@funding.command()
@click.argument("path", type=EXISTING_FILE, metavar="FILE")
@_noon_option
@text_or_json
def check(*, path: Path, on: Date | None, output_format: str) -> ExitCode:
    """Read FILE, tell every problem with its place, and say what is open, register by register.

    Exit code 3 when a record that is not closed is stale or was never verified.
    """
    from utm.cli.keeping_funding import print_check  # noqa: PLC0415 - heavy

    return print_check(path, on=on, as_json=output_format == "json")


@funding.command()
@click.argument(
    "which",
    type=click.Choice(["opportunities", "partners", "funded-actions"]),
    default="opportunities",
)
def schema(*, which: str) -> None:
    """Print the JSON Schema of a list of opportunities, partners or funded actions."""
    from utm.cli.terminal import print_json  # noqa: PLC0415 - heavy
    from utm.interchange import lists  # noqa: PLC0415

    if which == "partners":
        print_json(lists.PARTNERS.schema())
    elif which == "funded-actions":
        print_json(lists.FUNDED_ACTIONS.schema())
    else:
        print_json(lists.OPPORTUNITIES.schema())
