"""An edition after it was formed: start it, see how it is doing, let a city withdraw."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from utm.cli.exit_codes import ExitCode
from utm.cli.options import NEW_FILE, day_option, recording_day_option

if TYPE_CHECKING:
    from pendulum import Date

__all__ = ["compare", "enter", "start", "status", "withdraw"]

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False, readable=True)
_by_option = click.option("--by", required=True, help="Who asks, for the record.")


@click.command()
@click.argument("formed", metavar="EDITION", type=_FILE)
@click.option(
    "--out",
    "history",
    type=NEW_FILE,
    help="File to begin.  [default: history.json beside EDITION]",
)
@_by_option
@click.option("--why", default="adopted as formed", show_default=True, help="The reason.")
@recording_day_option(help="Day of the start, YYYY-MM-DD.  [default: today]")
@click.option("--cohort", type=_FILE, help="History of the cohort: who is not in it is refused.")
@click.option("--joining", multiple=True, help="Key of a city on its way into the cohort.")
def start(
    *,
    formed: Path,
    history: Path | None,
    by: str,
    why: str,
    on: Date | None,
    cohort: Path | None,
    joining: tuple[str, ...],
) -> None:
    """Begin the life of EDITION, the edition.json that was formed, as a history file."""
    from utm.cli.living import start_edition  # noqa: PLC0415 - heavy

    start_edition(
        formed,
        history or formed.with_name("history.json"),
        by=by,
        why=why,
        on=on,
        cohort=cohort,
        joining=joining,
    )


@click.command()
@click.argument("history", type=_FILE)
@day_option("--on", help="The day, YYYY-MM-DD; nothing later is seen.  [default: today]")
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="Readable text, or one JSON document.",
)
@click.option("--dates", is_flag=True, help="List all dates to come, with who leads.")
@click.option(
    "--grouping",
    type=_FILE,
    help="The edition.json in which the groups were formed: prices overrides again.",
)
def status(
    *, history: Path, on: Date | None, output_format: str, dates: bool, grouping: Path | None
) -> None:
    """Tell how every group of an edition is doing, what to do next, and the indicators."""
    from utm.cli.living import print_status  # noqa: PLC0415 - heavy

    print_status(history, on=on, as_json=output_format == "json", dates=dates, grouping=grouping)


@click.command()
@click.argument("history", type=_FILE)
@click.argument("city")
@click.option("--reason", required=True, help="Why it withdraws.")
@_by_option
@recording_day_option(help="Day of the withdrawal, YYYY-MM-DD.  [default: today]")
@click.option(
    "--grouping",
    type=_FILE,
    help="The edition.json in which the groups were formed.  [default: the one beside HISTORY]",
)
@click.option(
    "--touch",
    type=click.IntRange(0, 5),
    default=2,
    show_default=True,
    help="How many other groups may change at most.",
)
@click.option("--plan", type=click.IntRange(min=1), help="Which of the plans to carry out.")
@click.option("--yes", is_flag=True, help="Write it; otherwise only show what would happen.")
def withdraw(
    *,
    history: Path,
    city: str,
    reason: str,
    by: str,
    on: Date | None,
    grouping: Path | None,
    touch: int,
    plan: int | None,
    yes: bool,
) -> ExitCode:
    """Let CITY withdraw: show each way to go on with its price, then carry one out."""
    from utm.cli.living import WithdrawalRequest, withdraw_city  # noqa: PLC0415 - heavy

    return withdraw_city(
        WithdrawalRequest(
            history=history,
            city=city,
            reason=reason,
            by=by,
            on=on,
            grouping=grouping,
            most_touched=touch,
            plan=plan,
            writes=yes,
        )
    )


@click.command()
@click.argument("history", type=_FILE)
@click.argument("applicants", type=_FILE)
@_by_option
@click.option("--why", required=True, help="The reason.")
@recording_day_option(help="Day of the entry, YYYY-MM-DD.  [default: today]")
@click.option("--cohort", type=_FILE, help="History of the cohort: who is not in it is refused.")
@click.option("--joining", multiple=True, help="Key of a city on its way into the cohort.")
def enter(
    *,
    history: Path,
    applicants: Path,
    by: str,
    why: str,
    on: Date | None,
    cohort: Path | None,
    joining: tuple[str, ...],
) -> None:
    """Let all of APPLICANTS (.csv or .json) enter late, with their wishes and their clocks.

    Those who take part already say anew what they seek and offer.
    """
    from utm.cli.living import EntryRequest, let_enter  # noqa: PLC0415 - heavy

    let_enter(
        EntryRequest(
            history=history,
            applicants=applicants,
            by=by,
            why=why,
            on=on,
            cohort=cohort,
            joining=joining,
        )
    )


@click.command()
@click.argument("histories", nargs=-1, required=True, metavar="HISTORY...", type=_FILE)
@day_option("--on", help="The day, YYYY-MM-DD; nothing later is seen.  [default: today]")
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="Readable text, or one JSON document.",
)
def compare(*, histories: tuple[Path, ...], on: Date | None, output_format: str) -> None:
    """Set the indicators of several editions side by side, and all together."""
    from utm.cli.comparing_editions import compare_edition_files  # noqa: PLC0415 - heavy

    compare_edition_files(histories, on=on, as_json=output_format == "json")
