"""Change the dates of an edition, or add a visit, touching as few as may be."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from utm.cli.exit_codes import ExitCode
from utm.cli.options import DaysType, recording_day_option

if TYPE_CHECKING:
    from pendulum import Date

    from utm.domain import Period

__all__ = ["reschedule", "visit"]

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
    "--move-visit",
    "moved_visits",
    multiple=True,
    help="Key of a visit that cannot be on its days; repeatable.",
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
@recording_day_option(help="Day of the change, YYYY-MM-DD.  [default: today]")
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
    moved_visits: tuple[str, ...],
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
            moved_visits=moved_visits,
            facilitators=facilitators,
            reason=reason,
            by=by,
            on=on,
            notice_days=notice,
            grouping=grouping,
            writes=yes,
        )
    )


@click.command()
@click.argument("history", type=_FILE)
@click.option("--host", "hosts", multiple=True, required=True, help="Who is visited; repeatable.")
@click.option("--guest", "guests", multiple=True, required=True, help="Who travels; repeatable.")
@click.option(
    "--days", type=click.IntRange(1, 30), default=2, show_default=True, help="Days that it takes."
)
@click.option(
    "--travel",
    type=click.IntRange(0, 7),
    default=1,
    show_default=True,
    help="Days before and after on which nobody of it meets.",
)
@click.option(
    "--within",
    type=DaysType(),
    help="When it may be: FIRST..LAST, or a week as 2026-W32.  [default: the programme year]",
)
@click.option("--lead", default="", help="Facilitator that goes along.")
@click.option("--key", help="What it is called.  [default: visit- and the next number]")
@click.option("--reason", required=True, help="Why.")
@click.option("--by", required=True, help="Who asks, for the record.")
@recording_day_option(help="Day of the agreement, YYYY-MM-DD.  [default: today]")
@click.option(
    "--notice",
    type=click.IntRange(0, 365),
    default=28,
    show_default=True,
    help="Days between today and its first day.",
)
@click.option(
    "--facilitators", type=_FILE, help="CSV list of facilitators, in place of that of the grouping."
)
@click.option(
    "--grouping",
    type=_FILE,
    help="The edition.json in which the groups were formed.  [default: the one beside HISTORY]",
)
@click.option("--yes", is_flag=True, help="Write it; otherwise only show what would happen.")
def visit(
    *,
    history: Path,
    hosts: tuple[str, ...],
    guests: tuple[str, ...],
    days: int,
    travel: int,
    within: Period | None,
    lead: str,
    key: str | None,
    reason: str,
    by: str,
    on: Date | None,
    notice: int,
    facilitators: Path | None,
    grouping: Path | None,
    yes: bool,
) -> ExitCode:
    """Find days for a visit that touch as few agreed dates as may be; show, then record them."""
    from utm.cli.visiting import VisitRequest, place_visit  # noqa: PLC0415 - heavy

    return place_visit(
        VisitRequest(
            history=history,
            hosts=hosts,
            guests=guests,
            days=days,
            travel_days=travel,
            within=within,
            lead=lead,
            key=key,
            reason=reason,
            by=by,
            on=on,
            notice_days=notice,
            facilitators=facilitators,
            grouping=grouping,
            writes=yes,
        )
    )
