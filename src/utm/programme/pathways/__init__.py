"""Plans and pathways to net zero: targets, trajectories, progress, priorities.

Emissions carry their unit and their year. What an inventory does not contain is named
and never zero; offsets stand beside what is let out and are never subtracted silently.
"""

from utm.programme.pathways.actuals import (
    CutNeeded,
    Gap,
    Progress,
    YearOfProgress,
    cut_needed,
    gap_on,
    progress,
)
from utm.programme.pathways.benchmarks import (
    HALVING_BY_2030,
    IPCC_2030,
    IPCC_2035,
    Benchmark,
    BenchmarkComparison,
    compare_with,
)
from utm.programme.pathways.plans import (
    PLAN_REQUIREMENTS,
    PlanAdoption,
    PlanEvent,
    PlanHistory,
    PlanRevision,
    PlanState,
    PlanVersion,
    begin_plan,
)
from utm.programme.pathways.priorities import (
    CandidateAction,
    PriorityWeights,
    RankedAction,
    prioritise,
)
from utm.programme.pathways.trajectory import Trajectory, TrajectoryKind
from utm.programme.pathways.world_facts import WORLD_FACTS, WorldFact

__all__ = [
    "HALVING_BY_2030",
    "IPCC_2030",
    "IPCC_2035",
    "PLAN_REQUIREMENTS",
    "WORLD_FACTS",
    "Benchmark",
    "BenchmarkComparison",
    "CandidateAction",
    "CutNeeded",
    "Gap",
    "PlanAdoption",
    "PlanEvent",
    "PlanHistory",
    "PlanRevision",
    "PlanState",
    "PlanVersion",
    "PriorityWeights",
    "Progress",
    "RankedAction",
    "Trajectory",
    "TrajectoryKind",
    "WorldFact",
    "YearOfProgress",
    "begin_plan",
    "compare_with",
    "cut_needed",
    "gap_on",
    "prioritise",
    "progress",
]
