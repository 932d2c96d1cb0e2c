"""A city's journey and engagement: what it has shown, what is due, what comes next.

Stages are derived from evidence. What a city reports elsewhere is imported with its
source and never asked again.
"""

from utm.programme.journey.commitments import EngagementKind, Undertaking, UndertakingStanding
from utm.programme.journey.engagement import (
    ENGAGEMENT_REQUIREMENTS,
    Completion,
    Engagement,
    EngagementEvent,
    EngagementHistory,
    Release,
    ReportImport,
    UndertakingGiven,
    begin_engagement,
)
from utm.programme.journey.reporting import (
    CDP_ICLEI_TRACK,
    GCOM_FRAMEWORK,
    MY_COVENANT,
    PlatformReport,
    ReportedField,
    ReportMapping,
    questions_to_ask,
)
from utm.programme.journey.shown_elsewhere import completions_shown
from utm.programme.journey.stages import (
    GCOM,
    Journey,
    StageStatus,
    SupportItem,
    SupportKind,
    evidence_from,
    journey_of,
    support_for,
)

__all__ = [
    "CDP_ICLEI_TRACK",
    "ENGAGEMENT_REQUIREMENTS",
    "GCOM",
    "GCOM_FRAMEWORK",
    "MY_COVENANT",
    "Completion",
    "Engagement",
    "EngagementEvent",
    "EngagementHistory",
    "EngagementKind",
    "Journey",
    "PlatformReport",
    "Release",
    "ReportImport",
    "ReportMapping",
    "ReportedField",
    "StageStatus",
    "SupportItem",
    "SupportKind",
    "Undertaking",
    "UndertakingGiven",
    "UndertakingStanding",
    "begin_engagement",
    "completions_shown",
    "evidence_from",
    "journey_of",
    "questions_to_ask",
    "support_for",
]
