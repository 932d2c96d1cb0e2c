"""Trainings, regional and global events, the annual summit, and who took part in what."""

from utm.programme.gatherings.events import (
    Enrolment,
    GatheringEvent,
    GlobalEventHeld,
    RegionalEventHeld,
    RegionNamed,
    SeriesAnnounced,
    SeriesClosed,
    SessionHeld,
    SummitHeld,
)
from utm.programme.gatherings.lifecycle import (
    GATHERING_REQUIREMENTS,
    GatheringHistory,
    Gatherings,
    TrainingSeries,
    begin_gatherings,
)

__all__ = [
    "GATHERING_REQUIREMENTS",
    "Enrolment",
    "GatheringEvent",
    "GatheringHistory",
    "Gatherings",
    "GlobalEventHeld",
    "RegionNamed",
    "RegionalEventHeld",
    "SeriesAnnounced",
    "SeriesClosed",
    "SessionHeld",
    "SummitHeld",
    "TrainingSeries",
    "begin_gatherings",
]
