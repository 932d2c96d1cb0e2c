"""The mission over time: editions, groups at work, meetings and their calendar."""

from utm.programme.attendees import MONDAY_TO_FRIDAY, Attendee, attendee_of
from utm.programme.holidays import (
    Holiday,
    HolidayCalendar,
    ListedHolidays,
    national_holidays,
)
from utm.programme.meeting_audit import audit_meetings
from utm.programme.meeting_rules import MeetingRules
from utm.programme.meetings import (
    LocalMeeting,
    Meeting,
    MeetingPlan,
    MeetingScore,
    MemberBurden,
    Relaxation,
    RelaxationKind,
)
from utm.programme.office_hours import (
    OfficeHours,
    common_office_minutes,
    common_office_minutes_in_worst_season,
)
from utm.programme.reconciliation import HeadlineComparison, Reconciliation, reconcile
from utm.programme.scheduling import schedule_meetings
from utm.programme.time_zones import time_zone_data_version

__all__ = [
    "MONDAY_TO_FRIDAY",
    "Attendee",
    "HeadlineComparison",
    "Holiday",
    "HolidayCalendar",
    "ListedHolidays",
    "LocalMeeting",
    "Meeting",
    "MeetingPlan",
    "MeetingRules",
    "MeetingScore",
    "MemberBurden",
    "OfficeHours",
    "Reconciliation",
    "Relaxation",
    "RelaxationKind",
    "attendee_of",
    "audit_meetings",
    "common_office_minutes",
    "common_office_minutes_in_worst_season",
    "national_holidays",
    "reconcile",
    "schedule_meetings",
    "time_zone_data_version",
]
