"""Meetings as a calendar file that every calendar programme can read (RFC 5545)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from attrs import frozen
from pendulum import DateTime

from utm.domain import PairingId
from utm.errors import ExtraMissingError, InvalidValueError
from utm.programme import Meeting, MeetingPlan

if TYPE_CHECKING:
    from icalendar import Calendar, Component, Event

__all__ = [
    "MeetingSeries",
    "add_property",
    "begin_calendar",
    "in_utc",
    "meeting_uid",
    "one_line",
    "render_ics",
    "stamp_of",
    "visit_uid",
]

_NAMESPACE = UUID("7f0c9a0e-5d5e-5f53-9d6b-6c1f4f6a2c11")
_PRODUCT = "-//Urban Transitions Mission//utm//EN"
_LONGEST_LINE = 200
_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@frozen(kw_only=True)
class MeetingSeries:
    """The meetings of one group, with what a calendar shows of the group.

    Parameters
    ----------
    group
        Key of the group; with the ordinal of a meeting it fixes the meeting's identity.
    title
        What the calendar shows, e.g. the names of the cities. Control and reordering
        characters are removed and over 200 characters are cut.
    plan
        The plan; one without meetings gives no entries.
    sequence
        How often the group's meetings were changed after they were sent out, from 0.
    identity
        What stays the same while the group does, and differs from every other group of
        any edition: its members and its programme year, say. The group's key if empty;
        keys such as a running number name other groups in the next edition.
    """

    group: PairingId
    title: str
    plan: MeetingPlan
    sequence: int = 0
    identity: str = ""

    def __attrs_post_init__(self) -> None:
        if type(self.sequence) is not int or self.sequence < 0:
            raise InvalidValueError(
                kind="sequence of a meeting series",
                value=self.sequence,
                reason="must be a whole number of at least 0",
            )


def meeting_uid(identity: str, ordinal: int) -> str:
    """The identifier of a meeting of a group, the same in every file that names the meeting.

    A calendar that receives the meeting again under this identifier, with a higher
    sequence, moves its entry instead of adding another.
    """
    return str(uuid5(_NAMESPACE, f"{identity}/meeting/{ordinal}"))


def render_ics(
    series: Iterable[MeetingSeries], *, stamped_at: DateTime, name: str = "Group meetings"
) -> bytes:
    """Write meetings as one iCalendar file.

    Times are in UTC, so that the file needs no time zone rules; the local hours of each
    member stand in the description. Nobody's address is named and nobody is invited:
    the file is published, and people import it.

    Parameters
    ----------
    series
        The groups, each key once. Entries are ordered by start, then group.
    stamped_at
        The instant to write as ``DTSTAMP``, with a time zone.
    name
        Name of the calendar.

    Returns
    -------
    bytes
        UTF-8 with CRLF line ends, lines of at most 75 octets. The same input gives the
        same bytes. Without a single meeting the calendar is empty.

    Raises
    ------
    ExtraMissingError
        The ``ical`` extra is not installed.
    InvalidValueError
        A group appears twice, or the stamp has no time zone.
    """
    groups = _each_once(series)
    stamp = stamp_of(stamped_at)
    calendar = begin_calendar(name)
    entries = [(meeting, group) for group in groups for meeting in group.plan.meetings]
    for meeting, group in sorted(entries, key=lambda e: (e[0].starts_at, e[1].group)):
        calendar.add_component(_event_of(meeting, group, stamp))
    written: bytes = calendar.to_ical()
    return written


def begin_calendar(name: str) -> Calendar:
    """An empty calendar that is published.

    Raises
    ------
    ExtraMissingError
        The ``ical`` extra is not installed.
    """
    try:
        from icalendar import Calendar  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise ExtraMissingError(feature="calendar files", extra="ical") from error
    calendar = Calendar()
    add_property(calendar, "prodid", _PRODUCT)
    add_property(calendar, "version", "2.0")
    add_property(calendar, "method", "PUBLISH")
    add_property(calendar, "name", one_line(name))
    return calendar


def _each_once(series: Iterable[MeetingSeries]) -> list[MeetingSeries]:
    groups = sorted(series, key=lambda each: each.group)
    keys = [each.group.value for each in groups]
    if len(set(keys)) < len(keys):
        raise InvalidValueError(kind="meeting series", value=keys, reason="name a group twice")
    return groups


def stamp_of(stamped_at: DateTime) -> datetime:
    """An instant to stamp entries with; it must have a time zone."""
    if stamped_at.tzinfo is None:
        raise InvalidValueError(
            kind="stamp of a calendar", value=stamped_at, reason="must have a time zone"
        )
    return in_utc(stamped_at)


def in_utc(instant: DateTime) -> datetime:
    """An instant as the calendar library wants it."""
    return datetime.fromtimestamp(instant.int_timestamp, tz=UTC)


def _event_of(meeting: Meeting, series: MeetingSeries, stamp: datetime) -> Event:
    from icalendar import Event  # noqa: PLC0415 - an extra

    event = Event()
    add_property(event, "uid", meeting_uid(series.identity or series.group.value, meeting.ordinal))
    add_property(event, "dtstamp", stamp)
    add_property(event, "dtstart", in_utc(meeting.starts_at))
    add_property(event, "dtend", in_utc(meeting.ends_at))
    add_property(event, "sequence", series.sequence)
    add_property(event, "summary", one_line(series.title))
    add_property(event, "description", _description_of(meeting, series.plan))
    return event


def visit_uid(edition: str, visit: str) -> str:
    """The identifier of a visit of an edition, the same in every file that names it."""
    return str(uuid5(_NAMESPACE, f"{edition}/visit/{visit}"))


def add_property(component: Component, name: str, value: str | int | date) -> None:
    """Add a property to a part of a calendar."""
    # The library leaves the parameter without a type.
    component.add(name, value)  # pyright: ignore[reportUnknownMemberType]


def _description_of(meeting: Meeting, plan: MeetingPlan) -> str:
    lines = [
        f"Meeting {meeting.ordinal} of {len(plan.meetings)}. Local times:",
        *(f"{one_line(local.name)}: {local.when}" for local in meeting.local),
        *(f"{one_line(key)}: time zone not known" for key in plan.unplaced),
        *(
            f"{one_line(local.name)} (facilitator): {local.when}"
            for local in (meeting.facilitator,)
            if local is not None
        ),
        f"Reckoned with {plan.time_zone_data}.",
    ]
    return "\n".join(lines)


def one_line(text: str) -> str:
    """Text without what could break a line, a file or the order of reading."""
    visible = "".join(_harmless(character) for character in text)
    line = " ".join(visible.split())
    return line if len(line) <= _LONGEST_LINE else f"{line[: _LONGEST_LINE - 1]}…"


def _harmless(character: str) -> str:
    if character in _REORDERING:
        return ""
    category = unicodedata.category(character)
    return " " if category in {"Cc", "Cs", "Zl", "Zp"} else character
