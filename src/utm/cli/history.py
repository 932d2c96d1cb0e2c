"""Histories of every kind of life: begin one, record what happened, show it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from utm.cli.options import NEW_FILE, applicants_option, day_option, recording_day_option

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

    'utm history actions' lists the kinds, and what each begins with.
    """
    from utm.cli.keeping import begin_file  # noqa: PLC0415 - heavy

    begin_file(kind, beginning, out)


@history.command("record")
@click.argument("history", metavar="HISTORY", type=_FILE)
@click.argument("action")
@click.option("--by", required=True, help="Who asks, for the record.")
@click.option("--why", required=True, help="The reason, for the record.")
@recording_day_option(help="Day on which it happened, YYYY-MM-DD.  [default: today]")
@click.option("--seen", type=click.IntRange(min=0), help="Refuse if there are other entries.")
def record(
    *, history: Path, action: str, by: str, why: str, on: Date | None, seen: int | None
) -> None:
    """Append ACTION to HISTORY, or refuse it with the rule and write nothing.

    ACTION is JSON, or @FILE: the name of what happened with its facts, as the format writes
    it. For example: '{"dissolution": {"group": "city2city-2026-07"}}'

    'utm history actions KIND' lists what may happen, and prints forms to fill in.
    """
    from utm.cli.keeping import record_action  # noqa: PLC0415 - heavy

    record_action(history, action, by=by, why=why, on=on, seen=seen)


@history.command("cities")
@click.argument("history", metavar="HISTORY", type=_FILE)
@click.argument("sources", nargs=-1, metavar="[FROM]...", type=_FILE)
@click.option("--city", "cities", multiple=True, help="Key of one more city; repeatable.")
@click.option("--by", required=True, help="Who asks, for the record.")
@click.option("--why", required=True, help="The reason, for the record.")
@recording_day_option(help="Day of the entry, YYYY-MM-DD.  [default: today]")
def cities(
    *,
    history: Path,
    sources: tuple[Path, ...],
    cities: tuple[str, ...],
    by: str,
    why: str,
    on: Date | None,
) -> None:
    """Enter cities in the register of HISTORY: it may tell of no others.

    FROM is a file of applicants, or a history that knows cities: of the cohort, a call, an
    edition, networks, or one with a register of its own. Guests are named with --city.
    """
    from utm.cli.clock import today  # noqa: PLC0415 - heavy
    from utm.cli.registering import enter_cities  # noqa: PLC0415

    if not sources and not cities:
        raise click.UsageError("name a file that knows cities, or a city with --city")
    enter_cities(history, sources, cities, by=by, why=why, on=on or today())


@history.command("void")
@click.argument("history", metavar="HISTORY", type=_FILE)
@click.argument("entries", nargs=-1, required=True, metavar="NUMBER...", type=click.IntRange(min=1))
@click.option("--by", required=True, help="Who says so, for the record.")
@click.option("--why", required=True, help="The reason, for the record.")
@recording_day_option(help="Day on which it was noticed, YYYY-MM-DD.  [default: today]")
@click.option("--seen", type=click.IntRange(min=0), help="Refuse if there are other entries.")
def void(
    *, history: Path, entries: tuple[int, ...], by: str, why: str, on: Date | None, seen: int | None
) -> None:
    """Say that entries of HISTORY told what never was: a slip of the pen, a wrong day.

    They are kept and count no more; then what is right can be recorded. Entries that rest on
    each other are voided together. 'utm history show' tells the numbers.
    """
    from utm.cli.keeping import void_entries  # noqa: PLC0415 - heavy

    void_entries(history, entries, by=by, why=why, on=on, seen=seen)


@history.command("route")
@click.argument("community", metavar="COMMUNITY", type=_FILE)
@click.argument("question", required=False)
@applicants_option
@click.option(
    "--top",
    "most",
    type=click.IntRange(min=1),
    default=3,
    show_default=True,
    help="How many cities to ask at most.",
)
@click.option("--by", help="Who asks, for the record; needed with --yes.")
@click.option(
    "--why", default="best placed to answer", show_default=True, help="The reason, for the record."
)
@recording_day_option(help="The day, YYYY-MM-DD; nothing later is seen.  [default: today]")
@click.option("--yes", is_flag=True, help="Record that the question was put to them.")
def route(
    *,
    community: Path,
    question: str | None,
    applicants: Path | None,
    most: int,
    by: str | None,
    why: str,
    on: Date | None,
    yes: bool,
) -> None:
    """Propose the cities best placed to answer QUESTION, with reasons.

    COMMUNITY is the history of a learning community; without QUESTION its questions are
    listed. What cities offer is taken from the applicants. Nobody is asked twice, nor more
    often than the terms of the community allow: those whom that spares are named.
    """
    from utm.cli.routing import RoutingRequest, list_questions  # noqa: PLC0415 - heavy
    from utm.cli.routing import route as route_in_file  # noqa: PLC0415

    if question is None:
        if yes:
            raise click.UsageError("--yes needs a QUESTION")
        list_questions(community, on=on)
        return
    if yes and by is None:
        raise click.UsageError("--yes needs --by: say who asks")
    route_in_file(
        RoutingRequest(
            community=community,
            question=question,
            applicants=applicants,
            most=most,
            on=on,
            by=by if yes else None,
            why=why,
        )
    )


@history.command("actions")
@click.argument("kind", required=False)
@click.argument("action", required=False)
def actions(*, kind: str | None, action: str | None) -> None:
    """List what may be recorded in a history of KIND, or print one ACTION to fill in.

    Without KIND the kinds are listed, and what each begins with. An action is printed as
    JSON: save it, fill it in, and record it as @FILE.
    """
    from utm.cli.telling_actions import tell_action, tell_actions, tell_kinds  # noqa: PLC0415

    if kind is None:
        tell_kinds()
    elif action is None:
        tell_actions(kind)
    else:
        tell_action(kind, action)


@history.command("complete")
@click.argument("engagement", metavar="ENGAGEMENT", type=_FILE)
@click.argument("histories", nargs=-1, required=True, metavar="HISTORY...", type=_FILE)
@click.option("--country", help="Country of the city; without it no government is its own.")
@click.option("--by", help="Who asks, for the record; needed with --yes.")
@recording_day_option(help="The day, YYYY-MM-DD; nothing later is seen.  [default: today]")
@click.option("--yes", is_flag=True, help="Record what was found.")
def complete(
    *,
    engagement: Path,
    histories: tuple[Path, ...],
    country: str | None,
    by: str | None,
    on: Date | None,
    yes: bool,
) -> None:
    """Find what a city has undertaken and done, as every HISTORY shows it.

    HISTORY is one of trainings and events, of the alliance, or of an edition. What they show
    need not be reported by anybody: it is recorded in ENGAGEMENT with its evidence.
    """
    from utm.cli.completing import complete_from  # noqa: PLC0415 - heavy

    if yes and by is None:
        raise click.UsageError("--yes needs --by: say who asks")
    complete_from(engagement, histories, country=country, by=by if yes else None, on=on)


@history.command("judge")
@click.argument("call", metavar="CALL", type=_FILE)
@click.argument("application")
@click.option("--by", required=True, help="Who judges, for the record; signs the letter.")
@recording_day_option(help="Day of the judgement, YYYY-MM-DD.  [default: today]")
@click.option("--title", help="The call as applicants know it.")
@click.option("--waivers", type=_FILE, help="File of waivers: a utm.waivers document.")
@click.option(
    "--readings",
    type=_FILE,
    help="File of readings of what the text leaves open: a utm.interpretations document.",
)
@click.option("--yes", is_flag=True, help="Record the ruling.")
def judge(
    *,
    call: Path,
    application: str,
    by: str,
    on: Date | None,
    title: str | None,
    waivers: Path | None,
    readings: Path | None,
    yes: bool,
) -> None:
    """Judge APPLICATION by the rules that were in force when it arrived, and write the letter.

    CALL is the history of a call. Without --yes nothing is recorded. An application is
    judged once its review has begun, and again when evidence was supplied.
    """
    from utm.cli.ruling import judge_in_file  # noqa: PLC0415 - heavy

    judge_in_file(
        call,
        application,
        on=on,
        title=title,
        waivers=waivers,
        readings=readings,
        by=by,
        record=yes,
    )


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
