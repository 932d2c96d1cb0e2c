"""Histories of every kind of life: begin one, record what happened, show it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from utm.cli.options import NEW_FILE, day_option

if TYPE_CHECKING:
    from pendulum import Date

__all__ = ["history"]

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False, readable=True)


@click.group()
def history() -> None:
    """Histories of a call, the cohort, an edition, trainings, the alliance and others."""


@history.command("begin")
@click.argument("kind")
@click.argument("beginning")
@click.option("--out", required=True, type=NEW_FILE, help="File to begin.")
def begin(*, kind: str, beginning: str, out: Path) -> None:
    """Begin a history of KIND; BEGINNING is JSON, or @FILE, as the format asks.

    For example: utm history begin gatherings '{"name": "Trainings"}' --out trainings.json
    """
    from utm.cli.keeping import begin_file  # noqa: PLC0415 - heavy

    begin_file(kind, beginning, out)


@history.command("record")
@click.argument("history", metavar="HISTORY", type=_FILE)
@click.argument("action")
@click.option("--by", required=True, help="Who asks, for the record.")
@click.option("--why", required=True, help="The reason, for the record.")
@day_option("--on", help="Day on which it happened, YYYY-MM-DD.  [default: today]")
@click.option("--seen", type=click.IntRange(min=0), help="Refuse if there are other entries.")
def record(
    *, history: Path, action: str, by: str, why: str, on: Date | None, seen: int | None
) -> None:
    """Append ACTION to HISTORY, or refuse it with the rule and write nothing.

    ACTION is JSON, or @FILE: the name of what happened with its facts, as the format writes
    it. For example: '{"dissolution": {"group": "city2city-2026-07"}}'
    """
    from utm.cli.keeping import record_action  # noqa: PLC0415 - heavy

    record_action(history, action, by=by, why=why, on=on, seen=seen)


@history.command("show")
@click.argument("history", metavar="HISTORY", type=_FILE)
@day_option("--on", help="The day, YYYY-MM-DD; nothing later is seen.")
def show(*, history: Path, on: Date | None) -> None:
    """Check HISTORY and print what happened, entry by entry."""
    from utm.cli.keeping import print_history  # noqa: PLC0415 - heavy

    print_history(history, on=on)


@history.command("schema")
def schema() -> None:
    """Print the JSON Schema of the format."""
    from utm.cli.terminal import print_json  # noqa: PLC0415 - heavy
    from utm.interchange.histories import history_schema  # noqa: PLC0415

    print_json(history_schema())
