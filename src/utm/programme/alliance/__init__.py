"""The Global Innovation Alliance, governments and experts over time."""

from utm.programme.alliance.events import (
    AllianceEvent,
    AllianceRole,
    BrokerageClosed,
    BrokerageRequested,
    ConflictDeclared,
    ContactKind,
    ContactNamed,
    ExpertAssigned,
    ExpertRegistered,
    ExpertReleased,
    GovernmentLevel,
    MemberKind,
    MemberLeft,
    RoleTaken,
)
from utm.programme.alliance.lifecycle import (
    ALLIANCE_REQUIREMENTS,
    AllianceHistory,
    begin_alliance,
)
from utm.programme.alliance.state import Alliance, AllianceMember, BrokerageRecord, Expert

__all__ = [
    "ALLIANCE_REQUIREMENTS",
    "Alliance",
    "AllianceEvent",
    "AllianceHistory",
    "AllianceMember",
    "AllianceRole",
    "BrokerageClosed",
    "BrokerageRecord",
    "BrokerageRequested",
    "ConflictDeclared",
    "ContactKind",
    "ContactNamed",
    "Expert",
    "ExpertAssigned",
    "ExpertRegistered",
    "ExpertReleased",
    "GovernmentLevel",
    "MemberKind",
    "MemberLeft",
    "RoleTaken",
    "begin_alliance",
]
