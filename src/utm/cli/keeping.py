"""The work behind ``utm history``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from pendulum import Date

from utm.cli.clock import today
from utm.cli.recording import granted, new_file
from utm.cli.terminal import print_table, print_text
from utm.interchange.histories import (
    AnyHistory,
    begin_history,
    parse_action,
    read_history,
    write_history,
)
from utm.programme.history import Command, Entry

__all__ = ["begin_file", "print_history", "record_action", "void_entries"]


def begin_file(kind: str, beginning: str, path: Path) -> None:
    """Begin a history in a new file."""
    new_file(path)
    history = begin_history(kind, _text(beginning), source="BEGINNING")
    write_history(path, history)
    print_text(f"{history.lifecycle.name} begins in {path}.")


def record_action(
    path: Path, action: str, *, by: str, why: str, on: Date | None, seen: int | None
) -> None:
    """Append what happened to a file, or refuse it."""
    history = read_history(path)
    read = parse_action(history, _text(action), source="ACTION")
    command: Command[Any] = Command(action=read, by=by, on=on or today(), why=why)
    following: AnyHistory = granted(history.record(command, seen=seen), source=path.name)
    write_history(path, following)
    for event in following.entries[-1].events:
        print_text(event.sentence)
    print_text(f"Recorded as entry {len(following.entries)} of {path}.")


def void_entries(
    path: Path, entries: tuple[int, ...], *, by: str, why: str, on: Date | None, seen: int | None
) -> None:
    """Void entries of a file by a further one, or refuse to."""
    history = read_history(path)
    following: AnyHistory = granted(
        history.void(*entries, by=by, on=on or today(), why=why, seen=seen), source=path.name
    )
    write_history(path, following)
    for number in entries:
        print_text(f"Void is entry {number}: {_told(history.entries[number - 1])}")
    print_text(f"Recorded as entry {len(following.entries)} of {path}.")
    last = following.last_day
    if last is not None:
        print_text(f"The last entry that stands is of {last}: record nothing earlier.")


def print_history(path: Path, *, on: Date | None) -> None:
    """Print the entries of a file."""
    history = read_history(path)
    shown = history if on is None else history.as_of(on)
    voided = shown.voided
    print_table(
        f"{history.lifecycle.name}: {len(shown.entries)} entries",
        ["", "day", "what happened", "who and why"],
        [
            [
                str(entry.number),
                entry.command.on.isoformat(),
                f"{_void_by(voided.get(entry.number))}{_told(entry)}",
                f"{entry.command.by}: {entry.command.why}",
            ]
            for entry in shown.entries
        ],
    )


def _told(entry: Entry[Any, Any]) -> str:
    return " ".join(event.sentence for event in entry.events)


def _void_by(number: int | None) -> str:
    return "" if number is None else f"(void by entry {number}) "


def _text(argument: str) -> str:
    """The argument itself, or what is in the file that it names after an @."""
    if not argument.startswith("@"):
        return argument
    path = Path(argument[1:])
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise click.UsageError(f"{path} is not UTF-8 text") from error
