"""Decisions on file: what ``utm explain --format json`` writes, read back to be replayed."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from utm.errors import InputProblem
from utm.interchange.cells import JsonValue
from utm.interchange.documents import read_object, read_part, to_json_value, unlike
from utm.interchange.limits import Limits
from utm.interchange.problems import Problems
from utm.rules import Decision, DecisionRecord, decision_as_dict, record_decision

__all__ = ["DecisionFile", "decision_document", "read_decision"]

_FORMAT = "utm.decision"
_VERSION = 1
_REMEDY = "Give a file that 'utm explain --format json' wrote."
_LIMITS = Limits(cell_characters=1_000_000)
_HEAD = ("format", "version", "record", "replayed")


@frozen(kw_only=True)
class DecisionFile:
    """A decision as a file holds it.

    Parameters
    ----------
    record
        All that it rests on.
    told
        What the file tells beside the record, for people and programs that read it.
    """

    record: DecisionRecord
    told: Mapping[str, JsonValue]

    def contradictions(self, decision: Decision) -> tuple[str, ...]:
        """Name the keys beside the record that tell otherwise than a decision does."""
        expected = _told_of(decision)
        keys = dict.fromkeys((*expected, *self.told))
        return tuple(key for key in keys if self.told.get(key) != expected.get(key))


def decision_document(decision: Decision) -> dict[str, JsonValue]:
    """Give the document of a decision: its findings for readers, its record for a replay."""
    document: dict[str, JsonValue] = {"format": _FORMAT, "version": _VERSION}
    document |= _told_of(decision)
    document["record"] = to_json_value(record_decision(decision))
    return document


def read_decision(text: str, *, source: str = "document", limits: Limits = _LIMITS) -> DecisionFile:
    """Read the document of a decision.

    Parameters
    ----------
    text
        The document.
    source
        Its name, for problems.
    limits
        Bounds on the input.

    Raises
    ------
    InvalidInputError
        All problems with their JSON paths.
    """
    problems = Problems(source, limits)
    entries = read_object(text, problems=problems, limits=limits, remedy=_REMEDY)
    for key, found, expected in unlike(entries, {"format": _FORMAT, "version": _VERSION}):
        _tell(problems, f"$.{key}", found, f"is not {expected!r}")
    if "record" not in entries:
        _tell(problems, "$.record", None, "is missing, so that nothing can be judged again")
    problems.raise_if_any()
    record = read_part(DecisionRecord, entries["record"], path="$.record", problems=problems)
    problems.raise_if_any()
    told = {key: value for key, value in entries.items() if key not in _HEAD}
    if record is None:  # pragma: no cover - without a problem there is a record
        raise AssertionError
    return DecisionFile(record=record, told=told)


def _told_of(decision: Decision) -> dict[str, JsonValue]:
    told: dict[str, JsonValue] = dict(decision_as_dict(decision))
    told["rulebook_version"] = told.pop("version")
    return told


def _tell(problems: Problems, path: str, read: object, reason: str) -> None:
    problems.add(
        InputProblem(source=problems.source, path=path, read=read, reason=reason, remedy=_REMEDY)
    )
