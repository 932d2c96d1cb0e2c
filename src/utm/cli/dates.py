"""The dates of an edition on the terminal, in JSON and as a calendar file."""

from __future__ import annotations

from pathlib import Path

from pendulum import Date, datetime

from utm.cli.terminal import print_list, print_table, print_text, say
from utm.errors import ExtraMissingError
from utm.interchange import JsonValue, atomic_write, render_session_calendar
from utm.interchange.formed_groups import FormedGroups
from utm.programme.exchange import (
    EditionHistory,
    EditionState,
    GroupState,
    PlannedVisit,
    SessionState,
)
from utm.programme.sessions import SessionsPlan

__all__ = [
    "next_date",
    "print_dates",
    "print_relaxations",
    "session_document",
    "sessions_of",
    "visit_document",
    "visit_line",
    "write_dates",
]


def sessions_of(state: EditionState) -> list[tuple[GroupState, SessionState]]:
    """All dates of all groups in order of time, the cancelled ones too."""
    every = [(group, one) for group in state.groups for one in group.sessions]
    return sorted(every, key=lambda pair: (pair[1].starts_at, pair[0].id, pair[1].number))


def session_document(group: GroupState, one: SessionState) -> dict[str, JsonValue]:
    """One date in JSON values."""
    return {
        "group": group.id.value,
        "number": one.number,
        "starts_at": f"{one.starts_at.in_timezone('UTC'):%Y-%m-%dT%H:%M:%SZ}",
        "duration_minutes": one.duration_minutes,
        "facilitator": group.facilitator,
        "sequence": one.sequence,
        "cancelled": one.is_cancelled or not group.stage.is_open,
        "local": [
            {
                "attendee": told.attendee,
                "timezone": told.timezone.value,
                "day": told.day.isoformat(),
                "minute": told.minute,
            }
            for told in one.told
        ],
    }


def visit_document(visit: PlannedVisit) -> dict[str, JsonValue]:
    """One planned visit in JSON values."""
    return {
        "visit": visit.key,
        "hosts": [key.value for key in visit.hosts],
        "guests": [key.value for key in visit.guests],
        "first_day": visit.first_day.isoformat(),
        "last_day": visit.last_day.isoformat(),
        "travel_days": visit.travel_days,
        "facilitator": visit.facilitator,
        "sequence": visit.sequence,
        "cancelled": visit.is_cancelled,
        "held_on": None if visit.held_on is None else visit.held_on.isoformat(),
    }


def visit_line(visit: PlannedVisit) -> str:
    """One planned visit in words."""
    guests = ", ".join(key.value for key in visit.guests)
    hosts = ", ".join(key.value for key in visit.hosts)
    return f"{visit.key} from {visit.first_day} to {visit.last_day}: {guests} to {hosts}"


def print_relaxations(sessions: SessionsPlan) -> None:
    """Print for what no dates fit, and what could be given up."""
    print_text(f"No dates fit {', '.join(sessions.without_dates)}. What could give:")
    alike: dict[tuple[str, ...], list[str]] = {}
    for one in sessions.groups:
        if not one.meetings.is_complete:
            told = tuple(each.sentence for each in one.meetings.relaxations)
            alike.setdefault(told, []).append(one.group)
    for told, groups in alike.items():
        print_list(f"{', '.join(groups)}:", told)
    for visit in sessions.visits:
        print_list(f"{visit.visit}:", [each.sentence for each in visit.relaxations])
    print_list("The whole:", [one.sentence for one in sessions.relaxations])


def next_date(group: GroupState, on: Date) -> str:
    """The next date of a group in words."""
    coming = group.coming(on)
    return f"{coming[0].starts_at.in_timezone('UTC'):%Y-%m-%d %H:%M}" if coming else "none"


def print_dates(state: EditionState, on: Date) -> None:
    """Print every date from a day on, of the whole edition."""
    rows = [
        [
            f"{one.starts_at.in_timezone('UTC'):%Y-%m-%d %H:%M}",
            f"{group.id}:{one.number}",
            group.facilitator or "nobody",
            "; ".join(
                f"{told.attendee} {told.day:%d %b} {told.minute // 60:02d}:{told.minute % 60:02d}"
                for told in one.told
                if told.attendee != group.facilitator
            ),
        ]
        for group, one in sessions_of(state)
        if one in group.coming(on)
    ]
    print_table(
        f"Dates from {on}", ["starts (UTC)", "date", "led by", "on the clock of each"], rows
    )


def write_dates(path: Path, history: EditionHistory, read: FormedGroups) -> None:
    """Write ``sessions.ics`` beside a history, stamped with the day of its last entry."""
    day = history.last_day
    state = history.state
    if day is None or not (state.planned_visits or any(group.sessions for group in state.groups)):
        return
    names = {one.participant.value: one.name for one in state.wishes if one.name}
    names |= {} if read.basis is None else {one.key: one.name for one in read.basis.attendees}
    try:
        text = render_session_calendar(
            state,
            stamped_at=datetime(day.year, day.month, day.day, tz="UTC"),
            names=names,
            name=read.title,
        )
    except ExtraMissingError as missing:
        say(f"warning: {missing}; sessions.ics was not written")
        return
    target = path.with_name("sessions.ics")
    atomic_write(target, text)
    print_text(f"The dates are in {target}; a calendar that imports it moves its entries.")
