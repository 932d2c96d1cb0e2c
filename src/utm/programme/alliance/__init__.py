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
    MemberKind,
    MemberLeft,
    RoleTaken,
)
from utm.programme.alliance.lifecycle import (
    ALLIANCE_REQUIREMENTS,
    AllianceHistory,
    begin_alliance,
)
from utm.programme.alliance.partners import partners_in_alliance
from utm.programme.alliance.stakeholders import (
    DialogueHeld,
    DialogueTopic,
    GovernmentLevel,
    LiaisonHeld,
    StakeholderEntered,
    StakeholderKind,
    StakeholderLeft,
)
from utm.programme.alliance.state import (
    Alliance,
    AllianceMember,
    BrokerageRecord,
    Expert,
    Stakeholder,
)

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
    "DialogueHeld",
    "DialogueTopic",
    "Expert",
    "ExpertAssigned",
    "ExpertRegistered",
    "ExpertReleased",
    "GovernmentLevel",
    "LiaisonHeld",
    "MemberKind",
    "MemberLeft",
    "RoleTaken",
    "Stakeholder",
    "StakeholderEntered",
    "StakeholderKind",
    "StakeholderLeft",
    "begin_alliance",
    "partners_in_alliance",
]
