"""The meetings of a group on the clock of each member."""

from __future__ import annotations

from attrs import frozen

from utm.programme.formed_edition import FormedGroup
from utm.programme.meetings import LocalMeeting, Meeting, MeetingPlan
from utm.report.display_text import NameBook
from utm.report.map_marks import letter_of
from utm.report.wording import (
    count_in_words,
    day_in_words,
    hours_in_words,
    number_in_words,
)

__all__ = ["BurdenLine", "LocalTime", "MeetingRow", "MeetingTable", "tabulate_meetings"]

_NOON = 12 * 60


@frozen(kw_only=True)
class LocalTime:
    """A meeting on one clock.

    Parameters
    ----------
    weekday, day, hours, offset
        What calendar and clock show there.
    outside
        By how much, and on which side, it lies outside the office hours; empty inside.
    """

    weekday: str
    day: str
    hours: str
    offset: str
    outside: str


@frozen(kw_only=True)
class MeetingRow:
    """One meeting.

    Parameters
    ----------
    ordinal
        Its place in the year.
    instant
        Its start in UTC, as ISO text and in words.
    local
        Its time for each member, in their order; ``None`` where the zone is not known.
    """

    ordinal: int
    instant: str
    instant_in_words: str
    local: tuple[LocalTime | None, ...]


@frozen(kw_only=True)
class BurdenLine:
    """What all meetings ask of one member.

    Parameters
    ----------
    letter, name
        The member.
    zone
        Its time zone in words.
    burden
        Hours before and after office time in all, in words.
    meetings_outside
        In how many meetings, in words.
    """

    letter: str
    name: str
    zone: str
    burden: str
    meetings_outside: str


@frozen(kw_only=True)
class MeetingTable:
    """The year of a group.

    Parameters
    ----------
    headline
        The plan in a sentence.
    rows
        The meetings.
    burdens
        What they ask of each member.
    relaxations
        What could give, where nothing fits.
    notes
        What a planner should know.
    """

    headline: str
    rows: tuple[MeetingRow, ...]
    burdens: tuple[BurdenLine, ...]
    relaxations: tuple[str, ...]
    notes: tuple[str, ...]


def tabulate_meetings(group: FormedGroup, names: NameBook) -> MeetingTable:
    """Lay out the meetings of a group.

    Parameters
    ----------
    group
        The group.
    names
        How names are shown.
    """
    plan = group.meetings
    keys = [member.key.value for member in group.members]
    return MeetingTable(
        headline=_headline(plan, len(keys)),
        rows=tuple(_row(meeting, keys) for meeting in plan.meetings),
        burdens=_burdens(group, names) if plan.meetings else (),
        relaxations=tuple(names.sentence(one.sentence) for one in plan.relaxations),
        notes=(*_on_leader(group), *(names.sentence(note) for note in plan.notes)),
    )


def _on_leader(group: FormedGroup) -> tuple[str, ...]:
    if not group.facilitator:
        return ()
    minutes = sum(
        meeting.facilitator.burden_minutes
        for meeting in group.meetings.meetings
        if meeting.facilitator
    )
    asked = f", {hours_in_words(minutes)} of it outside the own office hours" if minutes else ""
    return (f"{group.facilitator} leads the meetings{asked}.",)


def _headline(plan: MeetingPlan, members: int) -> str:
    if not plan.meetings:
        return "No meetings fit" if len(plan.unplaced) < members else "No time zone is known"
    first, last = plan.meetings[0], plan.meetings[-1]
    span = f"{_month(first)} to {_month(last)}"
    words = count_in_words(len(plan.meetings), "meeting")
    outside = sum(1 for meeting in plan.meetings if not meeting.is_in_office_hours)
    if not outside:
        everyone = "everyone whose time zone is known" if plan.unplaced else "everyone"
        ease = f"all in the office hours of {everyone}"
    elif outside == len(plan.meetings):
        ease = "each outside somebody's office hours"
    else:
        ease = f"{number_in_words(outside)} outside somebody's office hours"
    return f"{words[:1].upper()}{words[1:]}, {span}: {ease}"


def _month(meeting: Meeting) -> str:
    return day_in_words(meeting.starts_at.date()).partition(" ")[2]


def _row(meeting: Meeting, keys: list[str]) -> MeetingRow:
    by_key = {local.attendee: local for local in meeting.local}
    start = meeting.starts_at
    return MeetingRow(
        ordinal=meeting.ordinal,
        instant=f"{start.date().isoformat()}T{start.hour:02d}:{start.minute:02d}Z",
        instant_in_words=f"{start.hour:02d}:{start.minute:02d} UTC",
        local=tuple(_local(by_key[key]) if key in by_key else None for key in keys),
    )


def _local(local: LocalMeeting) -> LocalTime:
    burden = local.burden_minutes
    side = "early" if local.from_minute < _NOON else "late"
    return LocalTime(
        weekday=local.weekday[:3],
        day=day_in_words(local.day),
        hours=local.hours,
        offset=local.utc_offset,
        outside=f"{hours_in_words(burden)} {side}" if burden else "",
    )


def _burdens(group: FormedGroup, names: NameBook) -> tuple[BurdenLine, ...]:
    by_key = {burden.attendee: burden for burden in group.meetings.burdens}
    zones = {local.attendee: local.timezone for local in group.meetings.meetings[0].local}
    lines: list[BurdenLine] = []
    for index, member in enumerate(group.members):
        burden = by_key.get(member.key.value)
        lines.append(
            BurdenLine(
                letter=letter_of(index),
                name=names.short(member.applicant.name),
                zone=_zone_in_words(zones.get(member.key.value)),
                burden="not known" if burden is None else _hours(burden.burden_minutes),
                meetings_outside="not known"
                if burden is None
                else number_in_words(burden.meetings_outside),
            )
        )
    return tuple(lines)


def _hours(minutes: int) -> str:
    return hours_in_words(minutes) if minutes else "none"


def _zone_in_words(zone: str | None) -> str:
    return "not known" if zone is None else zone.replace("_", " ")
