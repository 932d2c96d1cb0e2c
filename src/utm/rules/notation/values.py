"""How each kind of value is written, read and described."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import TypeGuard

from attrs import frozen
from pendulum import Date

from utm.domain.dates import Period, civil_date
from utm.domain.evidence import Source
from utm.domain.identifiers import NetworkId
from utm.errors import InvalidValueError
from utm.rules.notation.plain import Plain, Problems

__all__ = [
    "BAD",
    "FLAG",
    "MOST_ITEMS",
    "NETWORK",
    "NULLABLE_DATE",
    "NULLABLE_SOURCE",
    "PERIOD",
    "SOURCE",
    "TEXT",
    "Bad",
    "Codec",
    "member",
    "members",
    "whole",
]

MOST_ITEMS = 1_000
"""Most items that a list may have."""

_LONGEST_STRING = 2_000


class Bad:
    """The place of a value that could not be read; its problem is noted."""


BAD = Bad()


@frozen(kw_only=True)
class Codec:
    """How one kind of value is written as plain data, read from it, and described.

    Parameters
    ----------
    write
        From the value to plain data.
    read
        From plain data at a path to the value, or to `BAD` with a problem noted.
    schema
        JSON Schema of the plain data.
    """

    write: Callable[[object], Plain]
    read: Callable[[Plain, str, Problems], object]
    schema: dict[str, Plain]


def whole(least: int, most: int) -> Codec:
    """Describe whole numbers from `least` to `most`; no text, no flag, no fraction."""

    def read(plain: Plain, path: str, problems: Problems) -> object:
        if type(plain) is int and least <= plain <= most:
            return plain
        remedy = f"Write a whole number from {least:,} to {most:,}, without quotes or separators."
        problems.add(path, "is no such number", remedy, read=plain)
        return BAD

    return Codec(
        write=_as_int,
        read=read,
        schema={"type": "integer", "minimum": least, "maximum": most},
    )


def member(kind: type[Enum], *, without: tuple[Enum, ...] = ()) -> Codec:
    """Describe one member of an enumeration, written as its value, some members left out."""
    known: dict[Plain, Enum] = {str(each.value): each for each in kind if each not in without}

    def read(plain: Plain, path: str, problems: Problems) -> object:
        if isinstance(plain, str) and plain in known:
            return known[plain]
        choices = ", ".join(repr(name) for name in known)
        problems.add(path, "is not known here", f"Write one of {choices}.", read=plain)
        return BAD

    def write(value: object) -> Plain:
        return str(value.value) if isinstance(value, Enum) else None

    return Codec(write=write, read=read, schema={"enum": list(known)})


def members(kind: type[Enum], *, without: tuple[Enum, ...] = ()) -> Codec:
    """Describe a list of different members of an enumeration, some members left out."""
    one = member(kind, without=without)

    def read(plain: Plain, path: str, problems: Problems) -> object:
        if not isinstance(plain, list) or not 0 < len(plain) <= MOST_ITEMS:
            problems.add(path, "is no list of names", "Write a list with at least one name.")
            return BAD
        items = [one.read(item, f"{path}[{i}]", problems) for i, item in enumerate(plain)]
        return BAD if any(isinstance(item, Bad) for item in items) else tuple(items)

    def write(value: object) -> Plain:
        return [one.write(each) for each in value] if _is_tuple(value) else []

    schema: dict[str, Plain] = {
        "type": "array",
        "items": one.schema,
        "minItems": 1,
        "maxItems": MOST_ITEMS,
        "uniqueItems": True,
    }
    return Codec(write=write, read=read, schema=schema)


def _is_tuple(value: object) -> TypeGuard[tuple[object, ...]]:
    return isinstance(value, tuple)


def _read_text(plain: Plain, path: str, problems: Problems) -> object:
    if isinstance(plain, str) and len(plain) <= _LONGEST_STRING:
        return plain
    remedy = f"Write a text of at most {_LONGEST_STRING:,} characters in quotes."
    problems.add(path, "is no such text", remedy, read=plain)
    return BAD


def _read_flag(plain: Plain, path: str, problems: Problems) -> object:
    if isinstance(plain, bool):
        return plain
    problems.add(path, "is neither true nor false", "Write true or false.", read=plain)
    return BAD


def _read_date(plain: Plain, path: str, problems: Problems) -> object:
    if plain is None:
        return None
    try:
        return civil_date(plain if isinstance(plain, str) else "")
    except InvalidValueError:
        problems.add(path, "is no day", "Write a day as YYYY-MM-DD.", read=plain)
        return BAD


def _read_network(plain: Plain, path: str, problems: Problems) -> object:
    try:
        return NetworkId(plain if isinstance(plain, str) else "")
    except InvalidValueError as error:
        problems.add(path, error.reason, "Write a key such as gcom.", read=plain)
        return BAD


def _as_text(value: object) -> Plain:
    return None if value is None else str(value)


def _as_int(value: object) -> Plain:
    return value if isinstance(value, int) else None


def _as_flag(value: object) -> Plain:
    return value is True


TEXT = Codec(
    write=_as_text, read=_read_text, schema={"type": "string", "maxLength": _LONGEST_STRING}
)
FLAG = Codec(write=_as_flag, read=_read_flag, schema={"type": "boolean"})
NETWORK = Codec(
    write=_as_text,
    read=_read_network,
    schema={"type": "string", "pattern": "^[a-z0-9]+([-.][a-z0-9]+)*$", "maxLength": 120},
)
NULLABLE_DATE = Codec(
    write=_as_text,
    read=_read_date,
    schema={"type": ["string", "null"], "pattern": r"^\d{4}-\d{2}-\d{2}$"},
)

_SOURCE_TEXTS = ("title", "issuer", "locator")
_SOURCE_DAYS = ("published_on", "retrieved_on")


def _write_source(value: object) -> Plain:
    if not isinstance(value, Source):
        return None
    texts: dict[str, Plain] = {name: getattr(value, name) for name in _SOURCE_TEXTS}
    days: dict[str, Plain] = {name: _as_text(getattr(value, name)) for name in _SOURCE_DAYS}
    return texts | days


def _read_source(plain: Plain, path: str, problems: Problems) -> object:
    known = (*_SOURCE_TEXTS, *_SOURCE_DAYS)
    if not isinstance(plain, dict) or not set(plain) <= set(known) or "title" not in plain:
        remedy = f"Write an object with a title, and of {', '.join(known[1:])} what is known."
        problems.add(path, "is no source", remedy, read=plain)
        return BAD
    texts = [_read_text(plain.get(n, ""), f"{path}.{n}", problems) for n in _SOURCE_TEXTS]
    days = [_read_date(plain.get(n), f"{path}.{n}", problems) for n in _SOURCE_DAYS]
    title, issuer, locator = (text if isinstance(text, str) else None for text in texts)
    published_on, retrieved_on = (day if isinstance(day, Date) else None for day in days)
    if title is None or issuer is None or locator is None or BAD in days:
        return BAD
    try:
        return Source(
            title=title,
            issuer=issuer,
            locator=locator,
            published_on=published_on,
            retrieved_on=retrieved_on,
        )
    except InvalidValueError as error:
        problems.add(path, error.reason, "Give the source a title.", read=title)
        return BAD


def _read_nullable_source(plain: Plain, path: str, problems: Problems) -> object:
    return None if plain is None else _read_source(plain, path, problems)


_SOURCE_SCHEMA: dict[str, Plain] = {
    "type": "object",
    "properties": {
        **dict.fromkeys(_SOURCE_TEXTS, TEXT.schema),
        **dict.fromkeys(_SOURCE_DAYS, NULLABLE_DATE.schema),
    },
    "required": ["title"],
    "additionalProperties": False,
}
SOURCE = Codec(write=_write_source, read=_read_source, schema=_SOURCE_SCHEMA)
NULLABLE_SOURCE = Codec(
    write=_write_source,
    read=_read_nullable_source,
    schema={"anyOf": [{"type": "null"}, _SOURCE_SCHEMA]},
)


def _write_period(value: object) -> Plain:
    if not isinstance(value, Period):
        return None
    return {"start": _as_text(value.start), "end": _as_text(value.end)}


def _read_period(plain: Plain, path: str, problems: Problems) -> object:
    if not isinstance(plain, dict) or not {"start"} <= set(plain) <= {"start", "end"}:
        remedy = "Write an object with a start, and an end unless it is open."
        problems.add(path, "is no period", remedy, read=plain)
        return BAD
    start = _read_date(plain["start"], f"{path}.start", problems)
    end = _read_date(plain.get("end"), f"{path}.end", problems)
    if start is None:
        problems.add(f"{path}.start", "is missing", "Write a day as YYYY-MM-DD.")
    if not isinstance(start, Date) or isinstance(end, Bad):
        return BAD
    try:
        return Period(start=start, end=end if isinstance(end, Date) else None)
    except InvalidValueError as error:
        problems.add(path, error.reason, "Let the end come after the start.", read=error.value)
        return BAD


PERIOD = Codec(
    write=_write_period,
    read=_read_period,
    schema={
        "type": "object",
        "properties": {
            "start": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
            "end": NULLABLE_DATE.schema,
        },
        "required": ["start"],
        "additionalProperties": False,
    },
)
