"""Change the dates of an edition, touching as few as may be."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from utm.cli.exit_codes import ExitCode
from utm.cli.options import DaysType, day_option

if TYPE_CHECKING:
    from pendulum import Date

    from utm.domain import Period

__all__ = ["reschedule"]

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False, readable=True)


@click.command()
@click.argument("history", type=_FILE)
@click.option(
    "--cancel",
    "cancelled",
    multiple=True,
    metavar="GROUP:NUMBER",
    help="A date that cannot be, as in 'utm edition status --dates'; repeatable.",
)
@click.option("--away", multiple=True, help="A facilitator that falls away; repeatable.")
@click.option(
    "--lead",
    "leads",
    multiple=True,
    metavar="GROUP=NAME",
    help="Who leads a group from now on; repeatable.",
)
@click.option(
    "--blackout",
    "blackouts",
    type=DaysType(),
    multiple=True,
    help="Days on which nobody meets: a day, FIRST..LAST, or a week as 2026-W32; repeatable.",
)
@click.option(
    "--recheck",
    is_flag=True,
    help="Compare the local times that were told with today's time zone data.",
)
@click.option(
    "--facilitators", type=_FILE, help="CSV list of facilitators, in place of that of the grouping."
)
@click.option("--reason", required=True, help="Why.")
@click.option("--by", required=True, help="Who asks, for the record.")
@day_option("--on", help="Day of the change, YYYY-MM-DD.  [default: today]")
@click.option(
    "--notice",
    type=click.IntRange(0, 365),
    default=7,
    show_default=True,
    help="Days between today and the first new date.",
)
@click.option(
    "--grouping",
    type=_FILE,
    help="The edition.json in which the groups were formed.  [default: the one beside HISTORY]",
)
@click.option("--yes", is_flag=True, help="Write it; otherwise only show what would change.")
def reschedule(
    *,
    history: Path,
    cancelled: tuple[str, ...],
    away: tuple[str, ...],
    leads: tuple[str, ...],
    blackouts: tuple[Period, ...],
    recheck: bool,
    facilitators: Path | None,
    reason: str,
    by: str,
    on: Date | None,
    notice: int,
    grouping: Path | None,
    yes: bool,
) -> ExitCode:
    """Find new dates that touch as few agreed ones as may be; show them, then record them."""
    from utm.cli.rescheduling import (  # noqa: PLC0415 - heavy
        RescheduleRequest,
        reschedule_dates,
    )

    return reschedule_dates(
        RescheduleRequest(
            history=history,
            cancelled=cancelled,
            away=away,
            leads=leads,
            blackouts=blackouts,
            rechecks=recheck,
            facilitators=facilitators,
            reason=reason,
            by=by,
            on=on,
            notice_days=notice,
            grouping=grouping,
            writes=yes,
        )
    )
