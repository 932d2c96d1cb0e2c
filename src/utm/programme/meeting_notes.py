"""What a planner should know about the meetings of a group, as sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from utm.domain import TimeZone
from utm.programme.attendees import MONDAY_TO_FRIDAY, Attendee
from utm.programme.meeting_rules import MeetingRules
from utm.programme.meeting_slots import LocalClock, Slots
from utm.programme.meetings import Meeting, weekday_name
from utm.programme.time_zones import MINUTES_A_DAY, date_of, minute_of

__all__ = ["notes_on"]

_DAYS_AN_ESTIMATE_MAY_MOVE = 2


def notes_on(
    members: Sequence[Attendee],
    clocks: Sequence[LocalClock],
    slots: Slots,
    rules: MeetingRules,
    meetings: Sequence[Meeting],
) -> tuple[str, ...]:
    """Tell what was not known, what was assumed and who bears what.

    Parameters
    ----------
    members
        All members, by key.
    clocks
        Those whose zone is known.
    slots
        What was on offer.
    rules
        What the programme asks.
    meetings
        The meetings as planned, none when nothing fits.
    """
    return (
        *_on_unknown_zones(members),
        *_on_the_outcome(clocks, rules, meetings),
        *_on_shared_hours(clocks, slots),
        *_on_burdens(clocks, meetings),
        *_on_working_weeks(clocks),
        *_on_clock_changes(clocks, rules),
        *_on_holidays(clocks, rules),
        *_on_estimates(clocks, rules, meetings),
    )


def _on_unknown_zones(members: Sequence[Attendee]) -> Iterator[str]:
    for member in members:
        if not isinstance(member.timezone, TimeZone):
            yield (
                f"The time zone of {member.name} is {member.timezone}; "
                "the meetings are placed without regard to its hours and holidays."
            )


def _on_the_outcome(
    clocks: Sequence[LocalClock], rules: MeetingRules, meetings: Sequence[Meeting]
) -> Iterator[str]:
    if not clocks:
        yield "No time zone of any member is known, so no meeting can be placed."
    elif not meetings:
        yield (
            f"No {rules.number} meetings of {rules.duration_minutes} minutes, "
            f"{rules.minimum_spacing_days} to {rules.maximum_spacing_days} days apart, "
            f"fit into the acceptable hours of all members from {rules.year}."
        )
    elif all(meeting.is_in_office_hours for meeting in meetings):
        yield "Every meeting lies in the office hours of every member."
    else:
        outside = sum(1 for meeting in meetings if not meeting.is_in_office_hours)
        yield (
            f"{outside} of {len(meetings)} meetings lie outside the office hours of some member; "
            "the minutes are shared out so that nobody bears more than must be."
        )


def _on_shared_hours(clocks: Sequence[LocalClock], slots: Slots) -> Iterator[str]:
    if not slots:
        return
    shared = sum(
        1
        for offers in slots.values()
        if any(not any(burdens[: len(clocks)]) for _, burdens in offers)
    )
    if shared < len(slots):
        yield (
            f"A meeting fits into the office hours of all members on {shared} of the "
            f"{len(slots)} days on which all can meet at all."
        )


def _on_burdens(clocks: Sequence[LocalClock], meetings: Sequence[Meeting]) -> Iterator[str]:
    sums = [
        (clock.attendee.name, sum(meeting.local[index].burden_minutes for meeting in meetings))
        for index, clock in enumerate(clocks)
    ]
    if any(minutes for _, minutes in sums):
        shares = ", ".join(f"{name} {minutes}" for name, minutes in sums)
        yield f"Early and late minutes over all meetings: {shares}."


def _on_working_weeks(clocks: Sequence[LocalClock]) -> Iterator[str]:
    weeks: dict[tuple[int, ...], list[str]] = {}
    for clock in clocks:
        week = tuple(sorted(clock.attendee.working_weekdays))
        weeks.setdefault(week, []).append(clock.attendee.name)
    for week, names in sorted(weeks.items()):
        days = (
            "Monday to Friday" if week == MONDAY_TO_FRIDAY else ", ".join(map(weekday_name, week))
        )
        yield f"Office days are taken to be {days} in {', '.join(names)}."


def _on_clock_changes(clocks: Sequence[LocalClock], rules: MeetingRules) -> Iterator[str]:
    first, last = minute_of(rules.year.start), minute_of(rules.ends_before)
    for clock in clocks:
        changes = [
            f"by {after[2] - before[2]:+d} minutes on {date_of(before[1] - 1 + before[2])}"
            for before, after in pairwise(clock.spells)
            if first <= before[1] < last
        ]
        if changes:
            yield f"The clocks of {clock.attendee.name} change {' and '.join(changes)}."


def _on_holidays(clocks: Sequence[LocalClock], rules: MeetingRules) -> Iterator[str]:
    for clock in clocks:
        member = clock.attendee
        if member.holidays is None:
            yield f"The public holidays of {member.name} are not known and not considered."
            continue
        count = len(member.holidays.holidays_within(rules.year))
        yield f"For {member.name} {count} holidays are considered ({member.holidays.source})."
        for remark in member.holidays.remarks:
            yield f"On the holidays of {member.name}: {remark}."


def _on_estimates(
    clocks: Sequence[LocalClock], rules: MeetingRules, meetings: Sequence[Meeting]
) -> Iterator[str]:
    """Warn of holidays that may yet move onto a meeting."""
    for index, clock in enumerate(clocks):
        if clock.attendee.holidays is None:
            continue
        days = {meeting.local[index].day.toordinal() for meeting in meetings}
        for holiday in clock.attendee.holidays.holidays_within(rules.year):
            distances = (abs(holiday.day.toordinal() - day) for day in days)
            if holiday.is_estimated and min(distances, default=MINUTES_A_DAY) <= (
                _DAYS_AN_ESTIMATE_MAY_MOVE
            ):
                yield (
                    f"{holiday.name} in {clock.attendee.name} is expected on {holiday.day}, "
                    "which may move by a day or two onto a meeting: ask before inviting."
                )
