"""Write histories: canonical text, appended to and never overwritten, by one writer at a time."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from utm.errors import InputProblem, InvalidInputError, InvalidValueError
from utm.interchange.cells import JsonValue
from utm.interchange.conversion import converter
from utm.interchange.files import atomic_write, sole_access
from utm.interchange.histories.kinds import AnyHistory, HistoryKind, kind_of
from utm.interchange.histories.reading import FORMAT, VERSION, HistoryEntry, read_history
from utm.interchange.json_text import canonical_json
from utm.interchange.unfit import UnfitError

__all__ = ["history_to_json", "write_history"]


def history_to_json(history: AnyHistory) -> str:
    """Write a history as a ``utm.programme-history`` document; equal ones give equal text.

    Raises
    ------
    InvalidValueError
        The history is of a lifecycle that is not of the library.
    """
    kind = kind_of(history)
    if kind is None:
        raise InvalidValueError(
            kind="history", value=history.lifecycle.name, reason="is of no kind that can be written"
        )
    try:
        return canonical_json(_document(kind, history))
    except UnfitError as error:
        raise InvalidValueError(kind="history", value=error.value, reason=error.reason) from error


def write_history(path: Path | str, history: AnyHistory) -> None:
    """Write a history to a new file, or append what is new to the file that is there.

    The file is replaced at once and only if all that it holds is also in the history:
    nothing is ever taken out, and what another person appended meanwhile is not lost.

    Parameters
    ----------
    path
        The file.
    history
        Everything, including what the file holds already.

    Raises
    ------
    InvalidInputError
        The file holds something that this history has not seen, or somebody is writing it.
    OSError
        The file cannot be written.
    """
    target = Path(os.path.realpath(path))
    text = history_to_json(history)
    with sole_access(target):
        if target.exists():
            _require_seen(read_history(target), history, source=target.name)
        atomic_write(target, text)


def _document(kind: HistoryKind, history: AnyHistory) -> JsonValue:
    of_entries = tuple[HistoryEntry[kind.recorded], ...]  # type: ignore[name-defined]
    entries = tuple(
        HistoryEntry[Any](
            number=entry.number,
            on=entry.command.on,
            by=entry.command.by,
            why=entry.command.why,
            action=kind.in_document(history, entry.events[0]),
            followed_by=tuple(kind.in_document(history, event) for event in entry.events[1:]),
        )
        for entry in history.entries
    )
    return {
        "format": FORMAT,
        "version": VERSION,
        "kind": kind.name,
        "beginning": converter().unstructure(kind.beginning_of(history), kind.beginning),
        "entries": converter().unstructure(entries, of_entries),
    }


def _require_seen(on_disk: AnyHistory, history: AnyHistory, *, source: str) -> None:
    same_life = on_disk.lifecycle.start == history.lifecycle.start
    if same_life and history.entries[: len(on_disk.entries)] == on_disk.entries:
        return
    reason = "is the history of something else"
    if same_life:
        last = on_disk.entries[-1]
        reason = (
            f"holds entries that were not seen; entry {last.number} is the last: "
            f"{last.command.place}"
        )
    problem = InputProblem(
        source=source, reason=reason, remedy="Read the file again, then ask again."
    )
    raise InvalidInputError((problem,))
