"""What dates are placed from, as JSON: everybody's clock, hours and holidays, and who leads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import evolve, frozen

from utm.domain import Period, TimeZone, Unknown
from utm.interchange.cells import JsonValue
from utm.interchange.conversion import converter
from utm.interchange.documents import read_part
from utm.interchange.problems import Problems
from utm.programme import (
    Attendee,
    HolidayCalendar,
    ListedHolidays,
    MeetingRules,
    OfficeHours,
)
from utm.programme.exchange import SessionsBasis
from utm.programme.sessions import Facilitator, SessionsPlan

__all__ = ["SessionsRecord", "basis_of", "record_of"]


@frozen(kw_only=True)
class AttendeeRecord:
    """Somebody's clock, week, hours and holidays."""

    key: str
    name: str
    timezone: TimeZone | Unknown
    working_weekdays: tuple[int, ...]
    hours: OfficeHours
    holidays: ListedHolidays | None


@frozen(kw_only=True)
class FacilitatorRecord:
    """Somebody that may lead groups, with limits of load."""

    attendee: AttendeeRecord
    most_groups: int
    most_meetings_a_day: int
    most_meetings_a_week: int
    rest_minutes: int


@frozen(kw_only=True)
class SessionsRecord:
    """What dates are placed from, and how good they were when the edition was formed."""

    rules: MeetingRules
    attendees: tuple[AttendeeRecord, ...]
    facilitators: tuple[FacilitatorRecord, ...]
    largest_burden_minutes: int
    largest_burden_bound_minutes: int
    is_proven_best: bool
    notes: tuple[str, ...]
    relaxations: tuple[str, ...]
    time_zone_data: str


def record_of(
    plan: SessionsPlan,
    rules: MeetingRules,
    attendees: Iterable[Attendee],
    facilitators: Iterable[Facilitator],
) -> JsonValue:
    """Describe in JSON values what dates were placed from, and how good they are."""
    record = SessionsRecord(
        rules=rules,
        attendees=tuple(_attendee(one, rules) for one in attendees),
        facilitators=tuple(
            FacilitatorRecord(
                attendee=_attendee(one.attendee, rules),
                most_groups=one.most_groups,
                most_meetings_a_day=one.most_meetings_a_day,
                most_meetings_a_week=one.most_meetings_a_week,
                rest_minutes=one.rest_minutes,
            )
            for one in facilitators
        ),
        largest_burden_minutes=plan.score.largest_burden_minutes,
        largest_burden_bound_minutes=plan.bound.largest_burden_minutes,
        is_proven_best=plan.is_proven_best,
        notes=plan.notes,
        relaxations=tuple(one.sentence for one in plan.relaxations),
        time_zone_data=plan.time_zone_data,
    )
    value: JsonValue = converter().unstructure(record)
    return value


def basis_of(whole: Mapping[str, JsonValue], problems: Problems) -> SessionsBasis | None:
    """Read what dates are placed from, out of a ``utm.edition`` document.

    ``None`` when the part is not there, or problems were told.
    """
    if "sessions" not in whole:
        return None
    record = read_part(SessionsRecord, whole["sessions"], path="$.sessions", problems=problems)
    if record is None:
        return None
    return SessionsBasis(
        rules=record.rules,
        attendees=tuple(_read(one) for one in record.attendees),
        facilitators=tuple(
            Facilitator(
                attendee=_read(one.attendee),
                most_groups=one.most_groups,
                most_meetings_a_day=one.most_meetings_a_day,
                most_meetings_a_week=one.most_meetings_a_week,
                rest_minutes=one.rest_minutes,
            )
            for one in record.facilitators
        ),
    )


def _attendee(one: Attendee, rules: MeetingRules) -> AttendeeRecord:
    return AttendeeRecord(
        key=one.key,
        name=one.name,
        timezone=one.timezone,
        working_weekdays=one.working_weekdays,
        hours=one.hours,
        holidays=None if one.holidays is None else _listed(one.holidays, rules.year),
    )


def _listed(holidays: HolidayCalendar, year: Period) -> ListedHolidays:
    if isinstance(holidays, ListedHolidays):
        return evolve(holidays, days=holidays.holidays_within(year), covers=year)
    return ListedHolidays(
        days=holidays.holidays_within(year),
        covers=year,
        source=holidays.source,
        remarks=tuple(holidays.remarks),
    )


def _read(one: AttendeeRecord) -> Attendee:
    return Attendee(
        key=one.key,
        name=one.name,
        timezone=one.timezone,
        working_weekdays=one.working_weekdays,
        hours=one.hours,
        holidays=one.holidays,
    )
