"""The mission over time: editions, groups at work, meetings and their calendar.

Lives of their own have rooms of their own, each a package: `calls`, `cohort`, `journey`,
`pathways`, `sessions` (the dates of a whole edition), `exchange` (an edition from its
groups to its close), `gatherings`, `learning`,
`alliance`, `networks`, `campaigns`; and `history`, the one mechanism of them all.
"""

from utm.programme.attendees import MONDAY_TO_FRIDAY, Attendee, attendee_of
from utm.programme.formation import EditionRules, Stage, form_edition
from utm.programme.formed_edition import FormedEdition, FormedGroup, Unplaced
from utm.programme.holidays import (
    Holiday,
    HolidayCalendar,
    ListedHolidays,
    national_holidays,
)
from utm.programme.measures import GroupingMeasures, GroupMeasures, measure_grouping
from utm.programme.meeting_audit import audit_meetings
from utm.programme.meeting_rules import MeetingRules, days_within
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
from utm.programme.participants import participant_of
from utm.programme.policies import city2city_policy
from utm.programme.posing import notes_on_evidence, notes_on_unknowns, problem_of, why_left_out
from utm.programme.reconciliation import HeadlineComparison, Reconciliation, reconcile
from utm.programme.scheduling import schedule_meetings
from utm.programme.screening import Placement, ScreenedApplication, screen_applications
from utm.programme.time_zones import time_zone_data_version

__all__ = [
    "MONDAY_TO_FRIDAY",
    "Attendee",
    "EditionRules",
    "FormedEdition",
    "FormedGroup",
    "GroupMeasures",
    "GroupingMeasures",
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
    "Placement",
    "Reconciliation",
    "Relaxation",
    "RelaxationKind",
    "ScreenedApplication",
    "Stage",
    "Unplaced",
    "attendee_of",
    "audit_meetings",
    "city2city_policy",
    "common_office_minutes",
    "common_office_minutes_in_worst_season",
    "days_within",
    "form_edition",
    "measure_grouping",
    "national_holidays",
    "notes_on_evidence",
    "notes_on_unknowns",
    "participant_of",
    "problem_of",
    "reconcile",
    "schedule_meetings",
    "screen_applications",
    "time_zone_data_version",
    "why_left_out",
]
