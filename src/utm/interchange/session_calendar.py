"""The dates of an edition that lives, as a calendar file that moves and cancels entries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from pendulum import Date, DateTime

from utm.errors import ExtraMissingError
from utm.interchange.calendar import (
    add_property,
    begin_calendar,
    in_utc,
    meeting_uid,
    one_line,
    stamp_of,
    visit_uid,
)
from utm.programme.exchange import EditionState, GroupState, PlannedVisit, SessionState
from utm.programme.meetings import clock_text

if TYPE_CHECKING:
    from icalendar import Event

__all__ = ["render_session_calendar"]


def render_session_calendar(
    state: EditionState,
    *,
    stamped_at: DateTime,
    names: Mapping[str, str] | None = None,
    name: str = "Group meetings",
) -> bytes:
    """Write all agreed dates and visits of an edition as one iCalendar file (RFC 5545).

    Each date keeps its identifier for life. One that was moved has a higher ``SEQUENCE``, so
    that a calendar moves its entry; one that was cancelled, or whose group has ended before
    it, has ``STATUS:CANCELLED``, so that a calendar strikes its entry out.

    Parameters
    ----------
    state
        The edition.
    stamped_at
        The instant to write as ``DTSTAMP``, with a time zone.
    names
        What people call the participants, by key; keys stand for those that are missing.
    name
        Name of the calendar.

    Returns
    -------
    bytes
        UTF-8 with CRLF line ends. The same input gives the same bytes.

    Raises
    ------
    ExtraMissingError
        The ``ical`` extra is not installed.
    InvalidValueError
        The stamp has no time zone.
    """
    try:
        from icalendar import Event  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise ExtraMissingError(feature="calendar files", extra="ical") from error
    stamp = stamp_of(stamped_at)
    called = names or {}
    calendar = begin_calendar(name)
    entries = [
        (session, group) for group in state.groups if group.identity for session in group.sessions
    ]
    for session, group in sorted(entries, key=lambda e: (e[0].starts_at, e[1].id, e[0].number)):
        event: Event = Event()
        ended = _ended_before(session, group)
        add_property(event, "uid", meeting_uid(group.identity, session.number))
        add_property(event, "dtstamp", stamp)
        add_property(event, "dtstart", in_utc(session.starts_at))
        add_property(event, "dtend", in_utc(session.ends_at))
        add_property(event, "sequence", session.sequence + int(ended))
        is_off = ended or session.is_cancelled
        add_property(event, "status", "CANCELLED" if is_off else "CONFIRMED")
        people = ", ".join(called.get(key.value, key.value) for key in group.members)
        add_property(event, "summary", one_line(f"{name}: {people or group.id.value}"))
        add_property(event, "description", "\n".join(_description(session, group, called)))
        calendar.add_component(event)
    for visit in sorted(state.planned_visits, key=lambda each: (each.first_day, each.key)):
        calendar.add_component(_visit(visit, state, stamp, called, name))
    written: bytes = calendar.to_ical()
    return written


def _visit(
    visit: PlannedVisit,
    state: EditionState,
    stamp: datetime,
    called: Mapping[str, str],
    name: str,
) -> Event:
    """A visit as an entry of whole days; travel is told in the description."""
    from icalendar import Event  # noqa: PLC0415 - an extra

    event = Event()
    ended = visit.is_open and state.closed_on is not None and visit.last_day > state.closed_on
    hosts = ", ".join(called.get(key.value, key.value) for key in visit.hosts)
    guests = ", ".join(called.get(key.value, key.value) for key in visit.guests)
    lines = [f"Guests: {one_line(guests)}", f"Hosts: {one_line(hosts)}"]
    if visit.travel_days:
        away = f"{visit.begins_on} to {visit.ends_before.subtract(days=1)}"
        lines.append(f"With travel: {away}")
    if visit.facilitator:
        lines.append(f"Facilitator: {one_line(visit.facilitator)}")
    add_property(event, "uid", visit_uid(state.id.value, visit.key))
    add_property(event, "dtstamp", stamp)
    add_property(event, "dtstart", _day(visit.first_day))
    add_property(event, "dtend", _day(visit.last_day.add(days=1)))
    add_property(event, "sequence", visit.sequence + int(ended))
    add_property(event, "status", "CANCELLED" if ended or visit.is_cancelled else "CONFIRMED")
    add_property(event, "summary", one_line(f"{name}: {guests} visit {hosts}"))
    add_property(event, "description", "\n".join(lines))
    return event


def _day(day: Date) -> date:
    return date(day.year, day.month, day.day)


def _ended_before(session: SessionState, group: GroupState) -> bool:
    return (
        not session.is_cancelled and group.ended_on is not None and session.utc_day > group.ended_on
    )


def _description(
    session: SessionState, group: GroupState, called: Mapping[str, str]
) -> Iterator[str]:
    standing = sorted(one.starts_at for one in group.sessions if not one.is_cancelled)
    if session.starts_at in standing and not session.is_cancelled:
        yield f"Meeting {standing.index(session.starts_at) + 1} of {len(standing)}. Local times:"
    else:
        yield "This meeting is cancelled. Local times it had:"
    members = {member.value for member in group.members}
    for told in session.told:
        if told.attendee in members or told.attendee == group.facilitator:
            who = one_line(called.get(told.attendee, told.attendee))
            role = " (facilitator)" if told.attendee == group.facilitator else ""
            yield f"{who}{role}: {told.day} {clock_text(told.minute)} ({told.timezone})"
    if group.facilitator and group.facilitator not in {told.attendee for told in session.told}:
        yield f"Facilitator: {one_line(group.facilitator)}"
