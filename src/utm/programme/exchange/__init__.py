"""The life of a City2City edition: groups, meetings, visits, pilots, outcomes, indicators.

Everything that happens is a command that is granted or refused with its rule; a group at
risk, a repair and every indicator follow from what has happened.
"""

from utm.programme.exchange.dates_now import DatesWanted, SessionsBasis, sessions_now
from utm.programme.exchange.entry import (
    IN_THE_COHORT,
    entry_of,
    refuse_outsiders,
    wishes_of,
)
from utm.programme.exchange.group_events import (
    Dissolution,
    FacilitatorAssigned,
    GroupAtRisk,
    GroupCompleted,
    GroupEvent,
    GroupFormed,
    GroupRepaired,
    Joining,
    Kickoff,
    MembersChanged,
    Transfer,
    Withdrawal,
)
from utm.programme.exchange.health import GroupHealth, HealthGrade, health_of, health_of_all
from utm.programme.exchange.indicators import (
    Balance,
    EditionIndicators,
    PartOf,
    compare_editions,
    measure_edition,
)
from utm.programme.exchange.launching import launch_formed, launch_groups, launch_published
from utm.programme.exchange.lifecycle import (
    EditionEvent,
    EditionHistory,
    begin_edition,
    participants_of,
)
from utm.programme.exchange.measure import Measure
from utm.programme.exchange.meeting_events import (
    ActionAgreed,
    ActionDone,
    MeetingAspect,
    MeetingHeld,
)
from utm.programme.exchange.naming import (
    ParticipantId,
)
from utm.programme.exchange.needs import TrainingDemand, research_needs_of, training_demand
from utm.programme.exchange.outcome_events import (
    EditionClosed,
    NeedKind,
    NeedRaised,
    OutcomeEvent,
    PartnerKind,
    PilotMoved,
    PilotPartner,
    PilotPartnerJoined,
    PilotProposed,
    PilotStage,
    PilotStopped,
    PracticeTransferred,
    Showcase,
    VisitHeld,
)
from utm.programme.exchange.overriding import (
    RepairOption,
    price_of_override,
    repair_options,
    rules_broken_by,
)
from utm.programme.exchange.participation_events import (
    ParticipantEntered,
    ParticipationEvent,
    WaitingEnded,
    WishesExpressed,
)
from utm.programme.exchange.planned_visit import PlannedVisit
from utm.programme.exchange.planning_visits import VisitPlan, VisitWanted, plan_visit
from utm.programme.exchange.pooled_indicators import ProgrammeIndicators, pool_editions
from utm.programme.exchange.rechecking import MovedClock, recheck_sessions
from utm.programme.exchange.repairing import WithdrawalPlan, plan_withdrawal
from utm.programme.exchange.repricing import OverridePrice, reprice_overrides
from utm.programme.exchange.requirements import EDITION_REQUIREMENTS
from utm.programme.exchange.rescheduling import (
    ReschedulingPlan,
    agree_sessions,
    plan_rescheduling,
)
from utm.programme.exchange.session_events import (
    AgreedSession,
    DateChange,
    GroupDates,
    SessionEvent,
    SessionsAgreed,
    SessionsRescheduled,
    ToldTime,
)
from utm.programme.exchange.state import (
    AgreedAction,
    EditionState,
    EditionTerms,
    GroupStage,
    GroupState,
    HeldMeeting,
    PilotState,
    SessionState,
)
from utm.programme.exchange.visit_events import (
    VisitAgreed,
    VisitCancelled,
    VisitDays,
    VisitEvent,
)
from utm.programme.exchange.wishes import problem_with_wishes

__all__ = [
    "EDITION_REQUIREMENTS",
    "IN_THE_COHORT",
    "ActionAgreed",
    "ActionDone",
    "AgreedAction",
    "AgreedSession",
    "Balance",
    "DateChange",
    "DatesWanted",
    "Dissolution",
    "EditionClosed",
    "EditionEvent",
    "EditionHistory",
    "EditionIndicators",
    "EditionState",
    "EditionTerms",
    "FacilitatorAssigned",
    "GroupAtRisk",
    "GroupCompleted",
    "GroupDates",
    "GroupEvent",
    "GroupFormed",
    "GroupHealth",
    "GroupRepaired",
    "GroupStage",
    "GroupState",
    "HealthGrade",
    "HeldMeeting",
    "Joining",
    "Kickoff",
    "Measure",
    "MeetingAspect",
    "MeetingHeld",
    "MembersChanged",
    "MovedClock",
    "NeedKind",
    "NeedRaised",
    "OutcomeEvent",
    "OverridePrice",
    "PartOf",
    "ParticipantEntered",
    "ParticipantId",
    "ParticipationEvent",
    "PartnerKind",
    "PilotMoved",
    "PilotPartner",
    "PilotPartnerJoined",
    "PilotProposed",
    "PilotStage",
    "PilotState",
    "PilotStopped",
    "PlannedVisit",
    "PracticeTransferred",
    "ProgrammeIndicators",
    "RepairOption",
    "ReschedulingPlan",
    "SessionEvent",
    "SessionState",
    "SessionsAgreed",
    "SessionsBasis",
    "SessionsRescheduled",
    "Showcase",
    "ToldTime",
    "TrainingDemand",
    "Transfer",
    "VisitAgreed",
    "VisitCancelled",
    "VisitDays",
    "VisitEvent",
    "VisitHeld",
    "VisitPlan",
    "VisitWanted",
    "WaitingEnded",
    "WishesExpressed",
    "Withdrawal",
    "WithdrawalPlan",
    "agree_sessions",
    "begin_edition",
    "compare_editions",
    "entry_of",
    "health_of",
    "health_of_all",
    "launch_formed",
    "launch_groups",
    "launch_published",
    "measure_edition",
    "participants_of",
    "plan_rescheduling",
    "plan_visit",
    "plan_withdrawal",
    "pool_editions",
    "price_of_override",
    "problem_with_wishes",
    "recheck_sessions",
    "refuse_outsiders",
    "repair_options",
    "reprice_overrides",
    "research_needs_of",
    "rules_broken_by",
    "sessions_now",
    "training_demand",
    "wishes_of",
]
