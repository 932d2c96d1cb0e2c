"""Facts as JSON documents with a format and a version, and back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TypeVar, cast, get_origin

import attrs
from cattrs.errors import (
    AttributeValidationNote,
    BaseValidationError,
    ForbiddenExtraKeysError,
    IterableValidationNote,
    StructureHandlerNotFoundError,
)

from utm.errors import InputProblem, InvalidValueError
from utm.interchange.cells import JsonValue
from utm.interchange.conversion import converter
from utm.interchange.json_text import canonical_json, json_path, read_json
from utm.interchange.limits import Limits
from utm.interchange.problems import Problems
from utm.interchange.unfit import UnfitError
from utm.interchange.words import nearest

__all__ = [
    "format_of",
    "from_json",
    "from_json_value",
    "read_object",
    "read_part",
    "to_json",
    "to_json_value",
    "unlike",
]

FactT = TypeVar("FactT")

VERSION = 1
_LIMITS = Limits(cell_characters=1_000_000)


def format_of(kind: type) -> str:
    """The format name of a class: ``utm.climate-plan`` for ``ClimatePlan``."""
    name: str = getattr(get_origin(kind) or kind, "__name__", "")
    return f"utm.{re.sub(r'(?<=[a-z0-9])(?=[A-Z])', '-', name).lower()}"


def to_json(fact: object) -> str:
    """Write a fact of the domain as a canonical JSON document.

    The document has ``format``, ``version`` and ``data``; keys are sorted, text is UTF-8,
    a newline ends it. Equal facts give equal bytes.

    Raises
    ------
    InvalidValueError
        The object is no attrs object, or holds a number that is not finite.
    """
    if not attrs.has(type(fact)):
        raise InvalidValueError(kind="fact", value=fact, reason="is not of a class of the library")
    data = to_json_value(fact)
    return canonical_json({"format": format_of(type(fact)), "version": VERSION, "data": data})


def to_json_value(fact: object) -> JsonValue:
    """Turn a fact into JSON values without the document around it.

    Raises
    ------
    InvalidValueError
        It holds a number that is not finite.
    """
    try:
        data: JsonValue = converter().unstructure(fact)
    except UnfitError as error:
        raise InvalidValueError(kind="fact", value=error.value, reason=error.reason) from error
    return data


def from_json(
    kind: type[FactT], text: str, *, source: str = "document", limits: Limits = _LIMITS
) -> FactT:
    """Read a fact from the document that `to_json` writes.

    Parameters
    ----------
    kind
        The class that is expected.
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
    entries = read_object(
        text, problems=problems, limits=limits, remedy=f"Write a {format_of(kind)} document."
    )
    _check_head(entries, kind, problems)
    problems.raise_if_any()
    return _structured(kind, entries["data"], "$.data", problems)


def read_object(
    text: str, *, problems: Problems, limits: Limits, remedy: str
) -> Mapping[str, JsonValue]:
    """Read a JSON document that is an object.

    Raises
    ------
    InvalidInputError
        It is no JSON, or no object; the remedy says what to give instead.
    """
    document = read_json(text.removeprefix("\ufeff"), problems=problems, limits=limits)
    if not len(problems) and not isinstance(document, Mapping):
        _tell(problems, "$", None, "is not an object", remedy)
    problems.raise_if_any()
    return document if isinstance(document, Mapping) else {}


def unlike(
    entries: Mapping[str, JsonValue], expected: Mapping[str, str | int]
) -> Iterator[tuple[str, JsonValue, str | int]]:
    """The keys of a document that do not hold exactly what is expected, with both values."""
    for key, value in expected.items():
        found = entries.get(key)
        if type(found) is not type(value) or found != value:
            yield key, found, value


def from_json_value(kind: type[FactT], value: JsonValue, *, source: str = "document") -> FactT:
    """Read a fact from JSON values without a document around them.

    Raises
    ------
    InvalidInputError
        All problems with their JSON paths.
    """
    return _structured(kind, value, "$", Problems(source, _LIMITS))


def _check_head(entries: Mapping[str, JsonValue], kind: type, problems: Problems) -> None:
    expected: Mapping[str, str | int] = {"format": format_of(kind), "version": VERSION}
    for key, found, value in unlike(entries, expected):
        _tell(problems, f"$.{key}", found, "is not what is expected", f"It must be {value!r}.")
    for key in entries:
        if key not in {*expected, "data"}:
            remedy = "Delete it: there is only format, version and data."
            _tell(problems, json_path("$", key), None, "is not a key of a document", remedy)
    if "data" not in entries:
        _tell(problems, "$.data", None, "is missing", "Add it.")


def _structured(kind: type[FactT], value: JsonValue, path: str, problems: Problems) -> FactT:
    read = read_part(kind, value, path=path, problems=problems)
    problems.raise_if_any()
    # Without a problem there is a value.
    return cast("FactT", read)


def read_part(
    kind: type[FactT], value: JsonValue, *, path: str, problems: Problems
) -> FactT | None:
    """Read a fact that stands somewhere in a document; tell all that is wrong with it.

    Returns
    -------
    FactT or None
        ``None`` if problems were told.
    """
    try:
        return converter().structure(value, kind)
    except StructureHandlerNotFoundError:
        raise  # the class is no fact: a mistake of the caller and not of the document
    except Exception as error:
        told = len(problems)
        for place, leaf in _leaves(error, path):
            _tell_leaf(problems, place, leaf)
        if len(problems) == told:
            raise
        return None


def _leaves(error: Exception, path: str) -> Iterator[tuple[str, Exception]]:
    """Every error with its place, depth first."""
    if not isinstance(error, BaseValidationError):
        yield path, error
        return
    for inner in error.exceptions:
        place = path
        for note in getattr(inner, "__notes__", ()):
            if isinstance(note, AttributeValidationNote):
                place = json_path(path, note.name)
            elif isinstance(note, IterableValidationNote):
                place = json_path(path, note.index)
        yield from _leaves(inner, place)


def _tell_leaf(problems: Problems, path: str, error: Exception) -> None:
    match error:
        case UnfitError():
            _tell(problems, path, error.value, error.reason, error.remedy)
        case InvalidValueError():
            reason = f"{error.reason} ({error.kind})"
            _tell(problems, path, error.value, reason, "Correct the value.")
        case KeyError():
            _tell(problems, path, None, "is missing", "Add it.")
        case ForbiddenExtraKeysError():
            names = [field.name for field in attrs.fields(get_origin(error.cl) or error.cl)]
            for key in sorted(error.extra_fields):
                close = nearest(key, names)
                remedy = f"Did you mean '{close}'?" if close else "Delete it."
                _tell(problems, json_path(path, key), None, "is not a key here", remedy)
        case _:
            raise error


def _tell(problems: Problems, path: str, read: object, reason: str, remedy: str) -> None:
    problems.add(
        InputProblem(source=problems.source, path=path, read=read, reason=reason, remedy=remedy)
    )
