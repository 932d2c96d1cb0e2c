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
    GovernmentKind,
    IncomeGroup,
    MembershipStatus,
    NetworkMembership,
    PopulationBasis,
    PopulationFigure,
)
from utm.domain.consortium import Consortium
from utm.domain.countries import Country, resolve_country
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
from utm.domain.lesson import (
    CoBenefit,
    Lesson,
    LessonKind,
    NoLimitationReported,
)
from utm.domain.names import clean_name, fold_name
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
from utm.domain.taxonomy import Taxonomy, Theme, Topic
from utm.domain.transfer import (
    Adaptation,
    Transfer,
    TransferEnd,
    TransferId,
    TransferStage,
    TransferStep,
)
from utm.domain.waiver import Waiver, WaiverCategory

__all__ = [
    "Adaptation",
    "AdmissionOutcome",
    "Announcement",
    "Application",
    "ApplicationForm",
    "ApplicationId",
    "AuthorityDecision",
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
    "CoBenefit",
    "CoastBetween",
    "CohortCount",
    "CohortTarget",
    "CohortWave",
    "Commitment",
    "CommitmentStatement",
    "Consortium",
    "ConsortiumId",
    "Coordinates",
    "CostKind",
    "Country",
    "CountryAmong",
    "CountryCode",
    "Edition",
    "EditionId",
    "EditionPlan",
    "Effect",
    "ElevationBetween",
    "EnablingCondition",
    "EvidenceStrength",
    "ExternalId",
    "GovernmentAmong",
    "GovernmentKind",
    "Headline",
    "Identifier",
    "IncomeAmong",
    "IncomeGroup",
    "InhabitantsBetween",
    "KnowledgeKind",
    "LanguageAmong",
    "LanguageCode",
    "Lesson",
    "LessonKind",
    "MeetingRhythm",
    "MembershipStatus",
    "Need",
    "NetworkId",
    "NetworkMember",
    "NetworkMembership",
    "NoLimitationReported",
    "Observation",
    "Offer",
    "Pairing",
    "PairingId",
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
    "Question",
    "Readiness",
    "Requirement",
    "SolutionKind",
    "Source",
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
    "add_months",
    "civil_date",
    "clean_name",
    "fold_name",
    "resolve_country",
]
