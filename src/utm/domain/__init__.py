"""Facts: cities, consortia, plans, needs, offers, evidence, dates and places.

Nothing here judges, measures or reads a file. What is not known is an
`Unknown` with its reason.
"""

from utm.domain.announcements import (
    Announcement,
    CallDeadline,
    CallOpening,
    CohortCount,
    CohortTarget,
    CohortWave,
    EditionPlan,
    MeetingRhythm,
)
from utm.domain.application import (
    AdmissionOutcome,
    Application,
    AuthorityDecision,
    Commitment,
    CommitmentStatement,
)
from utm.domain.call import ApplicationForm, CallWindow, Question
from utm.domain.city import (
    City,
    DegreeOfUrbanisation,
    GovernmentKind,
    IncomeGroup,
    MembershipStatus,
    NetworkMembership,
    PopulationBasis,
    PopulationFigure,
)
from utm.domain.closing_time import (
    ClosingTime,
)
from utm.domain.consortium import Consortium
from utm.domain.countries import Country, resolve_country
from utm.domain.country_group import (
    EUROPEAN_UNION,
    CountryGroup,
    GroupMember,
    is_in_europe,
)
from utm.domain.dates import Period, add_months, civil_date
from utm.domain.edition import Edition, Headline, Pairing
from utm.domain.effect import (
    CostKind,
    Effect,
    PracticeCost,
)
from utm.domain.enabling import (
    ClimateAmong,
    CoastBetween,
    CountryAmong,
    ElevationBetween,
    EnablingCondition,
    GovernmentAmong,
    IncomeAmong,
    InhabitantsBetween,
    LanguageAmong,
    NetworkMember,
    Requirement,
)
from utm.domain.evidence import Observation, Source, Unknown, UnknownReason
from utm.domain.exchange import Need, Offer
from utm.domain.funded_action import (
    ActionStatus,
    FundedAction,
    FundedActionId,
    Organisation,
)
from utm.domain.gist import Gist
from utm.domain.identifiers import (
    ApplicationId,
    CallId,
    CityId,
    ConsortiumId,
    EditionId,
    ExternalId,
    Identifier,
    NetworkId,
    PairingId,
    PlanId,
    ThemeId,
    TopicId,
)
from utm.domain.inventory import (
    AbsentEmissions,
    GpcSector,
    Inventory,
    InventoryEntry,
    InventoryTotal,
    NotationKey,
    ReportingLevel,
    Scope,
)
from utm.domain.journey import Badge, BadgePhase, BadgePillar, JourneyStage, StageEvidence
from utm.domain.lesson import (
    CoBenefit,
    Lesson,
    LessonKind,
    NoLimitationReported,
)
from utm.domain.money import (
    AmountRange,
    CoFinancing,
    Money,
)
from utm.domain.names import clean_name, fold_name, name_key
from utm.domain.opportunity import (
    ConsortiumRules,
    Curation,
    EligiblePlaces,
    Opportunity,
    OpportunityId,
    OpportunityKind,
    ProjectStage,
    Provider,
    ProviderLevel,
)
from utm.domain.partner import (
    ApplicantKind,
    Partner,
    PartnerId,
)
from utm.domain.pillar import MissionPillar
from utm.domain.places import ClimateClass, Coordinates, CountryCode, LanguageCode, TimeZone
from utm.domain.plan import ClimatePlan, PlanCoverage, PlanKind, PlanMode
from utm.domain.practice import (
    BuildingBlock,
    KnowledgeKind,
    Practice,
    PracticeId,
    PracticeOrigin,
    PracticeText,
    SolutionKind,
)
from utm.domain.practice_evidence import (
    EvidenceStrength,
    PracticeEvidence,
    Readiness,
)
from utm.domain.quantities import Emissions, YearlyEmissions
from utm.domain.registers import (
    InwardOpportunity,
    JointCall,
    OutwardAction,
    RegisterEntry,
)
from utm.domain.research_need import (
    ResearchNeed,
    ResearchNeedId,
)
from utm.domain.stated_gap import GapTopic, StatedGap
from utm.domain.target import EmissionTarget
from utm.domain.taxonomy import Taxonomy, Theme, Topic
from utm.domain.transfer import (
    Adaptation,
    Transfer,
    TransferEnd,
    TransferId,
    TransferStage,
    TransferStep,
)
from utm.domain.waiver import Waiver, WaiverCategory, Waivers

__all__ = [
    "EUROPEAN_UNION",
    "AbsentEmissions",
    "ActionStatus",
    "Adaptation",
    "AdmissionOutcome",
    "AmountRange",
    "Announcement",
    "ApplicantKind",
    "Application",
    "ApplicationForm",
    "ApplicationId",
    "AuthorityDecision",
    "Badge",
    "BadgePhase",
    "BadgePillar",
    "BuildingBlock",
    "CallDeadline",
    "CallId",
    "CallOpening",
    "CallWindow",
    "City",
    "CityId",
    "ClimateAmong",
    "ClimateClass",
    "ClimatePlan",
    "ClosingTime",
    "CoBenefit",
    "CoFinancing",
    "CoastBetween",
    "CohortCount",
    "CohortTarget",
    "CohortWave",
    "Commitment",
    "CommitmentStatement",
    "Consortium",
    "ConsortiumId",
    "ConsortiumRules",
    "Coordinates",
    "CostKind",
    "Country",
    "CountryAmong",
    "CountryCode",
    "CountryGroup",
    "Curation",
    "DegreeOfUrbanisation",
    "Edition",
    "EditionId",
    "EditionPlan",
    "Effect",
    "ElevationBetween",
    "EligiblePlaces",
    "EmissionTarget",
    "Emissions",
    "EnablingCondition",
    "EvidenceStrength",
    "ExternalId",
    "FundedAction",
    "FundedActionId",
    "GapTopic",
    "Gist",
    "GovernmentAmong",
    "GovernmentKind",
    "GpcSector",
    "GroupMember",
    "Headline",
    "Identifier",
    "IncomeAmong",
    "IncomeGroup",
    "InhabitantsBetween",
    "Inventory",
    "InventoryEntry",
    "InventoryTotal",
    "InwardOpportunity",
    "JointCall",
    "JourneyStage",
    "KnowledgeKind",
    "LanguageAmong",
    "LanguageCode",
    "Lesson",
    "LessonKind",
    "MeetingRhythm",
    "MembershipStatus",
    "MissionPillar",
    "Money",
    "Need",
    "NetworkId",
    "NetworkMember",
    "NetworkMembership",
    "NoLimitationReported",
    "NotationKey",
    "Observation",
    "Offer",
    "Opportunity",
    "OpportunityId",
    "OpportunityKind",
    "Organisation",
    "OutwardAction",
    "Pairing",
    "PairingId",
    "Partner",
    "PartnerId",
    "Period",
    "PlanCoverage",
    "PlanId",
    "PlanKind",
    "PlanMode",
    "PopulationBasis",
    "PopulationFigure",
    "Practice",
    "PracticeCost",
    "PracticeEvidence",
    "PracticeId",
    "PracticeOrigin",
    "PracticeText",
    "ProjectStage",
    "Provider",
    "ProviderLevel",
    "Question",
    "Readiness",
    "RegisterEntry",
    "ReportingLevel",
    "Requirement",
    "ResearchNeed",
    "ResearchNeedId",
    "Scope",
    "SolutionKind",
    "Source",
    "StageEvidence",
    "StatedGap",
    "Taxonomy",
    "Theme",
    "ThemeId",
    "TimeZone",
    "Topic",
    "TopicId",
    "Transfer",
    "TransferEnd",
    "TransferId",
    "TransferStage",
    "TransferStep",
    "Unknown",
    "UnknownReason",
    "Waiver",
    "WaiverCategory",
    "Waivers",
    "YearlyEmissions",
    "add_months",
    "civil_date",
    "clean_name",
    "fold_name",
    "is_in_europe",
    "name_key",
    "resolve_country",
]
