"""Read a history document: every entry is carried out anew, so an illegal one is refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Generic, TypeVar

from attrs import frozen
from pendulum import Date

from utm.errors import InputProblem, InvalidInputError, InvalidValueError
from utm.interchange.cells import JsonValue
from utm.interchange.documents import read_part
from utm.interchange.histories.kinds import KINDS, AnyHistory, HistoryKind, kind_of
from utm.interchange.json_text import json_path, read_json
from utm.interchange.limits import Limits
from utm.interchange.problems import Problems
from utm.interchange.text_encoding import read_text
from utm.interchange.words import nearest
from utm.programme.history import Command, EntriesVoided, Refusal

__all__ = [
    "FORMAT",
    "VERSION",
    "HistoryEntry",
    "begin_history",
    "parse_action",
    "parse_history",
    "read_history",
]

FORMAT = "utm.programme-history"
"""Name of the format."""

VERSION = 1
"""Version of the format."""

_LIMITS = Limits(cell_characters=1_000_000, listed_problems=200)
_KEYS = ("format", "version", "kind", "beginning", "entries")
ActionT = TypeVar("ActionT")


@frozen(kw_only=True)
class HistoryEntry(Generic[ActionT]):
    """One entry as a document writes it.

    Parameters
    ----------
    number
        Its place, from 1.
    on, by, why
        The day, who asked, and the reason.
    action
        What was asked for, and happened.
    followed_by
        What happened by itself because of it.
    """

    number: int
    on: Date
    by: str
    why: str
    action: ActionT
    followed_by: tuple[ActionT, ...] = ()


def read_history(path: Path | str, *, limits: Limits = _LIMITS) -> AnyHistory:
    """Read a history from a file; see `parse_history`.

    Raises
    ------
    InvalidInputError
        The file has problems.
    OSError
        The file cannot be opened.
    """
    place = Path(path)
    return parse_history(read_text(place, limits=limits), source=place.name, limits=limits)


def parse_history(text: str, *, source: str = "history", limits: Limits = _LIMITS) -> AnyHistory:
    """Read a history from a ``utm.programme-history`` document, version 1.

    Parameters
    ----------
    text
        The document.
    source
        Its name, for problems.
    limits
        Bounds on the input.

    Returns
    -------
    History
        Of the kind that the document names. Each entry has been carried out anew.

    Raises
    ------
    InvalidInputError
        Whatever does not fit the format, all at once and with JSON paths. If all of it
        fits, the first entry that would have been refused, with the reason and the rule.

    Notes
    -----
    What comes after a refused entry is not judged, since it may rest on it.
    """
    problems = Problems(source, limits)
    document = read_json(text.removeprefix("\ufeff"), problems=problems, limits=limits)
    problems.raise_if_any()
    kind, parts = _checked_head(document, problems)
    beginning: object = read_part(
        kind.beginning, parts["beginning"], path="$.beginning", problems=problems
    )
    entries = read_part(
        tuple[HistoryEntry[kind.recorded], ...],  # type: ignore[name-defined]
        parts["entries"],
        path="$.entries",
        problems=problems,
    )
    _check_order(parts["entries"], entries, problems)
    problems.raise_if_any()
    return _replay(kind, beginning, entries or (), problems)


def parse_action(history: AnyHistory, text: str, *, source: str = "action") -> Any:  # noqa: ANN401 - the kinds of actions are open
    """Read one action as an entry of a document writes it, e.g. ``{"withdrawal": {…}}``.

    Raises
    ------
    InvalidInputError
        All problems with their JSON paths.
    InvalidValueError
        The history is of a lifecycle that is not of the library.
    """
    kind = kind_of(history)
    if kind is None:
        raise InvalidValueError(
            kind="history", value=history.lifecycle.name, reason="is of no kind that is known"
        )
    return kind.in_history(history, _read_alone(kind.recorded, text, source))


def begin_history(kind: str, text: str, *, source: str = "beginning") -> AnyHistory:
    """Begin a history from what a document writes as its ``beginning``.

    Parameters
    ----------
    kind
        The kind, one of the keys of [KINDS][utm.interchange.histories.KINDS].
    text
        The beginning as JSON.
    source
        Its name, for problems.

    Raises
    ------
    InvalidInputError
        All problems with their JSON paths.
    """
    found = KINDS.get(kind)
    problems = Problems(source, _LIMITS)
    if found is None:
        words = ", ".join(sorted(KINDS))
        _tell(problems, "kind", "is no kind of history", f"Write one of: {words}.", kind)
        raise InvalidInputError(problems.listed())
    beginning = _read_alone(found.beginning, text, source)
    try:
        return found.begin(beginning)
    except InvalidValueError as error:
        _tell_value(problems, "$", error)
        raise InvalidInputError(problems.listed()) from error


def _read_alone(kind: Any, text: str, source: str) -> Any:  # noqa: ANN401 - the kinds are open
    problems = Problems(source, _LIMITS)
    value = read_json(text, problems=problems, limits=_LIMITS)
    problems.raise_if_any()
    read: object = read_part(kind, value, path="$", problems=problems)
    problems.raise_if_any()
    return read


def _checked_head(
    document: JsonValue, problems: Problems
) -> tuple[HistoryKind, Mapping[str, JsonValue]]:
    """The kind of a document and its parts; what is wrong with them otherwise is told later."""
    if not isinstance(document, Mapping):
        _tell(problems, "$", "is not an object", f'Begin with {{"format": "{FORMAT}", …}}.')
        raise InvalidInputError(problems.listed())
    if document.get("format") != FORMAT:
        _tell(
            problems, "$.format", "is not this format", f'Write "{FORMAT}".', document.get("format")
        )
    version = document.get("version")
    if type(version) is not int or version != VERSION:
        newer = type(version) is int and version > VERSION
        remedy = "Update the library." if newer else f"Write {VERSION}."
        _tell(problems, "$.version", "is not a version that is known here", remedy, version)
    name = document.get("kind")
    kind = KINDS.get(name) if isinstance(name, str) else None
    if kind is None:
        words = ", ".join(sorted(KINDS))
        _tell(problems, "$.kind", "is no kind of history", f"Write one of: {words}.", name)
    for key in ("beginning", "entries"):
        if key not in document:
            _tell(problems, f"$.{key}", "is missing", "Add it.")
    for key in document:
        if key not in _KEYS:
            close = nearest(key, _KEYS)
            remedy = f"Did you mean '{close}'?" if close else "Delete it."
            _tell(problems, json_path("$", key), "is not a key of a history", remedy)
    if kind is None or not {"beginning", "entries"} <= set(document):
        raise InvalidInputError(problems.listed())
    return kind, document


def _check_order(
    written: JsonValue, read: Sequence[HistoryEntry[Any]] | None, problems: Problems
) -> None:
    """Tell numbers and days out of order, all of them; what is void by then has no day."""
    if read is None or not isinstance(written, Sequence):
        return
    days: dict[int, Date] = {}
    for at, entry in enumerate(read):
        place = f"$.entries[{at}]"
        if entry.number != at + 1:
            reason = "is not the next number"
            _tell(problems, f"{place}.number", reason, f"Write {at + 1}.", entry.number)
        if isinstance(entry.action, EntriesVoided):
            for number in entry.action.entries:
                days.pop(number, None)
            continue
        last = max(days.values(), default=entry.on)
        if entry.on < last:
            reason = f"is before {last}, the day of the entry before"
            remedy = "Entries stand in the order of their days; append, never insert."
            _tell(problems, f"{place}.on", reason, remedy, str(entry.on))
        days[at + 1] = entry.on


def _replay(
    kind: HistoryKind, beginning: object, entries: Sequence[HistoryEntry[Any]], problems: Problems
) -> AnyHistory:
    try:
        history = kind.begin(beginning)
    except InvalidValueError as error:
        _tell_value(problems, "$.beginning", error)
        raise InvalidInputError(problems.listed()) from error
    for at, entry in enumerate(entries):
        path = f"$.entries[{at}]"
        try:
            following = _follow(kind, history, entry)
        except InvalidValueError as error:
            _tell_value(problems, path, error)
            break
        if isinstance(following, str):
            remedy = "Correct this entry; those after it were not judged."
            _tell(problems, path, following, remedy)
            break
        history = following
    problems.raise_if_any()
    return history


def _follow(kind: HistoryKind, history: AnyHistory, entry: HistoryEntry[Any]) -> AnyHistory | str:
    """The history with one more entry, or why there is none."""
    claimed = tuple(_in_history(kind, history, (entry.action, *entry.followed_by)))
    command: Command[Any] = Command(action=claimed[0], by=entry.by, on=entry.on, why=entry.why)
    following = history.record(command)
    if isinstance(following, Refusal):
        place = f"{following.place}: " if following.place else ""
        text = following.requirement.text
        return f"{place}is refused, since {following.reason} (rule {following.rule}: {text})"
    happened = following.entries[-1].events
    if happened != claimed:
        told = " ".join(event.sentence for event in happened[1:]) or "nothing else."
        return f"{command.place}: does not tell what followed: {told}"
    return following


def _in_history(kind: HistoryKind, history: AnyHistory, actions: Sequence[Any]) -> Iterator[Any]:
    for action in actions:
        yield kind.in_history(history, action)


def _tell_value(problems: Problems, path: str, error: InvalidValueError) -> None:
    reason = f"{error.reason} ({error.kind})"
    _tell(problems, path, reason, "Correct the value.", error.value)


def _tell(problems: Problems, path: str, reason: str, remedy: str, read: object = None) -> None:
    problems.add(
        InputProblem(source=problems.source, path=path, reason=reason, remedy=remedy, read=read)
    )
