"""The work behind ``utm history judge``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from pendulum import Date

from utm.cli.clock import today
from utm.cli.judgement import read_readings, read_waivers
from utm.cli.recording import granted, read_kind
from utm.cli.terminal import print_plain, print_text
from utm.domain import ApplicationId
from utm.interchange.histories import write_history
from utm.programme.calls import CallEvent, CallHistory, Ruling, judge_application, write_letter
from utm.programme.history import Command

if TYPE_CHECKING:
    from utm.rules import Decision

__all__ = ["judge_in_file"]


def judge_in_file(
    path: Path,
    application: str,
    *,
    on: Date | None,
    title: str | None,
    waivers: Path | None,
    readings: Path | None,
    by: str,
    record: bool,
) -> None:
    """Judge an application of a call, print the letter, and record the ruling if asked to."""
    day = on or today()
    call: CallHistory = read_kind(path, "call")
    decision = _judged(call.as_of(day), application, day, waivers, readings)
    number = _recorded(path, call, decision, by, day) if record else None
    called = title or call.lifecycle.name
    print_plain(write_letter(decision, call_title=called, signed_by=by, on=day).markdown)
    print_text()
    if number is None:
        print_text("Nothing was written. Add --yes to record the ruling.")
    else:
        print_text(f"Recorded as entry {number} of {path}.")


def _recorded(path: Path, call: CallHistory, decision: Decision, by: str, day: Date) -> int:
    command: Command[CallEvent] = Command(
        action=Ruling(decision=decision), by=by, on=day, why="the rules of its moment"
    )
    following = granted(call.record(command), source=path.name)
    write_history(path, following)
    return len(following.entries)


def _judged(
    call: CallHistory, application: str, day: Date, waivers: Path | None, readings: Path | None
) -> Decision:
    arrived = sorted(record.application.id.value for record in call.state.applications)
    if application not in arrived:
        known = f"those are {', '.join(arrived)}" if arrived else "there is none"
        raise click.UsageError(f"'{application}' has not arrived by {day}; {known}")
    return judge_application(
        call.state,
        ApplicationId(application),
        on=day,
        waivers=read_waivers(waivers, call.state.rulebook),
        interpretations=read_readings(readings),
    )
