"""The cohort over time: waves, memberships with conditions, counts on any day.

Announced counts are observations with a source: they are compared with the register and
overwrite nothing.
"""

from utm.programme.cohort.announced import (
    AnnouncedSize,
    Pace,
    TargetOutcome,
    compare_announced_sizes,
    outcome_of,
    pace_between,
    pace_to,
)
from utm.programme.cohort.census import (
    CohortCensus,
    People,
    RegionCoverage,
    count_cities,
    count_cohort,
)
from utm.programme.cohort.events import (
    Admission,
    CohortEvent,
    Condition,
    Departure,
    Fulfilment,
    Registration,
    WaveOpening,
)
from utm.programme.cohort.lifecycle import (
    COHORT_REQUIREMENTS,
    CohortHistory,
    admissions_of,
    begin_cohort,
)
from utm.programme.cohort.rubric import (
    SELECTION_SOURCE,
    RatedApplication,
    Review,
    SelectionPrinciple,
    WeightRoom,
    equal_weights,
    find_weight_room,
    rate_applications,
)
from utm.programme.cohort.state import CohortState, Membership, Standing
from utm.programme.cohort.validation import (
    MISSION_TARGETS,
    FrontRunnerNamed,
    MissionTarget,
    SolutionValidated,
    TargetKind,
    TargetProgress,
)

__all__ = [
    "COHORT_REQUIREMENTS",
    "MISSION_TARGETS",
    "SELECTION_SOURCE",
    "Admission",
    "AnnouncedSize",
    "CohortCensus",
    "CohortEvent",
    "CohortHistory",
    "CohortState",
    "Condition",
    "Departure",
    "FrontRunnerNamed",
    "Fulfilment",
    "Membership",
    "MissionTarget",
    "Pace",
    "People",
    "RatedApplication",
    "RegionCoverage",
    "Registration",
    "Review",
    "SelectionPrinciple",
    "SolutionValidated",
    "Standing",
    "TargetKind",
    "TargetOutcome",
    "TargetProgress",
    "WaveOpening",
    "WeightRoom",
    "admissions_of",
    "begin_cohort",
    "compare_announced_sizes",
    "count_cities",
    "count_cohort",
    "equal_weights",
    "find_weight_room",
    "outcome_of",
    "pace_between",
    "pace_to",
    "rate_applications",
]
