"""Lists of facts of one kind as documents: read whole or not at all, written in order."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Generic, TypeVar

from attrs import frozen

from utm.errors import InputProblem, InvalidValueError
from utm.interchange.cells import JsonValue
from utm.interchange.class_schema import Definitions, Schema
from utm.interchange.conversion import converter
from utm.interchange.documents import read_part
from utm.interchange.files import atomic_write, sole_access
from utm.interchange.json_text import canonical_json, json_path, read_json
from utm.interchange.limits import Limits
from utm.interchange.problems import Problems
from utm.interchange.text_encoding import read_text
from utm.interchange.unfit import UnfitError
from utm.interchange.words import nearest

__all__ = ["ListFormat", "format_in"]

FactT = TypeVar("FactT")

_LIMITS = Limits(
    file_bytes=200_000_000, rows=1_000_000, cell_characters=1_000_000, listed_problems=200
)


def _same(entry: Any) -> Any:  # noqa: ANN401 - of whichever class
    return entry


@frozen(kw_only=True)
class ListFormat(Generic[FactT]):
    """How a list of facts of one kind is written, read and described.

    A document is ``{"format": …, "version": 1, "<entries>": [...]}``. An entry is written
    like the class: keys are its attributes, an enumeration is its value, a day is
    ``"2026-01-08"``, an amount is a text, and what is not known is left out, ``null``, or
    ``{"unknown": reason}``.

    Parameters
    ----------
    name
        Name of the format, such as ``"utm.needs"``.
    entries
        The key under which the entries stand.
    title
        What such a document is, in words.
    kind
        The class that an entry is written like.
    from_entry, as_entry
        From what is written to the fact and back, where the fact is of another class.
    key_of
        What tells entries apart: none may stand twice, and they are written in its order.
    version
        Version of the format.
    """

    name: str
    entries: str
    title: str
    kind: Any
    key_of: Callable[[FactT], str]
    from_entry: Callable[[Any], FactT] = _same
    as_entry: Callable[[FactT], Any] = _same
    version: int = 1

    def read(self, path: Path | str, *, limits: Limits = _LIMITS) -> tuple[FactT, ...]:
        """Read a file; see `parse`.

        Raises
        ------
        InvalidInputError
            The file has problems.
        OSError
            The file cannot be opened.
        """
        place = Path(path)
        return self.parse(read_text(place, limits=limits), source=place.name, limits=limits)

    def parse(
        self, text: str, *, source: str = "document", limits: Limits = _LIMITS
    ) -> tuple[FactT, ...]:
        """Read a document.

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
        tuple
            The entries in the order of their keys.

        Raises
        ------
        InvalidInputError
            All problems at once, each with its JSON path. Nothing is used then.
        """
        problems = Problems(source, limits)
        document = read_json(text.removeprefix("\ufeff"), problems=problems, limits=limits)
        problems.raise_if_any()
        written = self._checked_head(document, problems, limits)
        facts: list[FactT] = []
        for at, value in enumerate(written):
            path = f"$.{self.entries}[{at}]"
            entry: object = read_part(self.kind, value, path=path, problems=problems)
            if entry is None:
                continue
            try:
                facts.append(self.from_entry(entry))
            except InvalidValueError as error:
                reason = f"{error.reason} ({error.kind})"
                _tell(problems, path, reason, "Correct the entry.", error.value)
        if len(facts) == len(written):
            self._refuse_repeats(facts, problems)
        problems.raise_if_any()
        return tuple(sorted(facts, key=self.key_of))

    def to_json(self, facts: Iterable[FactT]) -> str:
        """Write a canonical document: the same facts in any order give the same text.

        Raises
        ------
        InvalidValueError
            Two entries share a key, or one holds something that no document can.
        """
        ordered = sorted(facts, key=self.key_of)
        keys = [self.key_of(fact) for fact in ordered]
        if len(set(keys)) < len(keys):
            twice = next(one for one, other in pairwise(keys) if one == other)
            raise InvalidValueError(kind=self.entries, value=twice, reason="stands twice")
        try:
            made = converter()
            values = [made.unstructure(self.as_entry(fact), self.kind) for fact in ordered]
        except UnfitError as error:
            raise InvalidValueError(
                kind=self.entries, value=error.value, reason=error.reason
            ) from error
        return canonical_json({**self._head, self.entries: values})

    def write(self, path: Path | str, facts: Iterable[FactT]) -> None:
        """Write a file, whole or not at all; errors as for `to_json`."""
        atomic_write(path, self.to_json(facts))

    def amend(
        self, path: Path | str, change: Callable[[tuple[FactT, ...]], Iterable[FactT]]
    ) -> None:
        """Read a file, change its entries and write it, while nobody else may do so.

        Raises
        ------
        InvalidInputError
            The file has problems, or somebody else is amending it.
        InvalidValueError
            What comes out of the change cannot be written; see `to_json`.
        OSError
            The file cannot be read or written.
        """
        target = Path(os.path.realpath(path))
        with sole_access(target):
            self.write(target, change(self.read(target)))

    def schema(self) -> Schema:
        """The JSON Schema (2020-12) of such documents.

        It describes the form. What a class asks beyond it is told by reading.
        """
        definitions = Definitions()
        entry = definitions.of(self.kind)
        head: dict[str, JsonValue] = {key: {"const": value} for key, value in self._head.items()}
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": f"urn:utm:schema:{self.name.removeprefix('utm.')}-{self.version}",
            "title": self.title,
            "type": "object",
            "properties": {**head, self.entries: {"type": "array", "items": entry}},
            "required": [*head, self.entries],
            "additionalProperties": False,
            "$defs": dict(sorted(definitions.made.items())),
        }

    @property
    def _head(self) -> dict[str, JsonValue]:
        return {"format": self.name, "version": self.version}

    def _checked_head(
        self, document: JsonValue, problems: Problems, limits: Limits
    ) -> Sequence[JsonValue]:
        if not isinstance(document, Mapping):
            _tell(problems, "$", "is not an object", f'Begin with {{"format": "{self.name}", …}}.')
            problems.raise_if_any()
            return ()
        told = document.get("format")
        if isinstance(told, str) and told.startswith("utm.") and not nearest(told, [self.name]):
            remedy = f"Give a {self.name} file."
            _tell(problems, "$.format", "is that of another file", remedy, told)
            problems.raise_if_any()
        for key, expected in self._head.items():
            found = document.get(key)
            if type(found) is not type(expected) or found != expected:
                newer = type(found) is int and found > self.version
                remedy = "Update the library." if newer else f"Write {canonical_json(expected)}"
                _tell(problems, f"$.{key}", "is not what is expected", remedy.strip(), found)
        known = (*self._head, self.entries)
        for key in document:
            if key not in known:
                close = nearest(key, known)
                remedy = f"Did you mean '{close}'?" if close else "Delete it."
                _tell(problems, json_path("$", key), "is not a key of this format", remedy)
        written = document.get(self.entries)
        place = f"$.{self.entries}"
        if isinstance(written, str) or not isinstance(written, Sequence):
            _tell(problems, place, "is not an array", "Write an array of objects.", written)
            return ()
        if len(written) > limits.rows:
            _tell(problems, place, f"has more than {limits.rows:,} entries", "Split the file.")
            return ()
        return written

    def _refuse_repeats(self, facts: Sequence[FactT], problems: Problems) -> None:
        first: dict[str, int] = {}
        for at, fact in enumerate(facts):
            key = self.key_of(fact)
            before = first.setdefault(key, at)
            if before != at:
                reason = f"has the key of $.{self.entries}[{before}]"
                _tell(problems, f"$.{self.entries}[{at}]", reason, "Keep one of them.", key)


def format_in(path: Path | str, *, limits: Limits = _LIMITS) -> str:
    """The name of the format that a document says it has; empty if it says none.

    Raises
    ------
    InvalidInputError
        The file is no JSON.
    OSError
        The file cannot be opened.
    """
    place = Path(path)
    problems = Problems(place.name, limits)
    text = read_text(place, limits=limits).removeprefix("\ufeff")
    document = read_json(text, problems=problems, limits=limits)
    problems.raise_if_any()
    named = document.get("format") if isinstance(document, Mapping) else None
    return named if isinstance(named, str) else ""


def _tell(problems: Problems, path: str, reason: str, remedy: str, read: object = None) -> None:
    problems.add(
        InputProblem(source=problems.source, path=path, reason=reason, remedy=remedy, read=read)
    )
