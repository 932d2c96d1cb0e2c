"""What can be reused: evaluated practices, their search, recommendation and transfer.

A practice is told, evaluated by two reviewers under a versioned rubric, published for a
time, found by words, facets and likeness of context, recommended with its reasons, and
followed from city to city. Nothing here reads a file or a clock.
"""

from utm.knowledge.analyser import Analyser
from utm.knowledge.commands import (
    AddReviewer,
    Command,
    DeclareConflict,
    GiveReview,
    OpenEvaluation,
    Publish,
    Reject,
    Retire,
    Revise,
    Submit,
    Withdraw,
)
from utm.knowledge.context_likeness import (
    ContextPart,
    ContextWeights,
    Likeness,
    LikenessPart,
    likeness,
)
from utm.knowledge.entry import EntryText, Facet, FacetKind, IndexEntry, TopicNames, entry_of
from utm.knowledge.events import (
    ConflictDeclared,
    Drafted,
    EvaluationOpened,
    PracticeEvent,
    Published,
    Rejected,
    Retired,
    Reviewed,
    ReviewerAdded,
    Revised,
    Submitted,
    Withdrawn,
)
from utm.knowledge.fts_index import FtsIndex
from utm.knowledge.fusion import fuse, shared_ranks
from utm.knowledge.highlights import Excerpt, highlight
from utm.knowledge.index import AskedTerms, Hit, PracticeIndex, Question
from utm.knowledge.library import Found, FusionWeights, PracticeLibrary
from utm.knowledge.lifecycle import Refusal, advance_practice, draft_practice
from utm.knowledge.meaning import Embedder, MeaningIndex
from utm.knowledge.memory_index import MemoryIndex
from utm.knowledge.obstacles import submission_obstacles
from utm.knowledge.reasons import (
    HasComeFar,
    LikeContext,
    NearToOthers,
    Reason,
    ReusedElsewhere,
    SameChallenge,
    ShownByEvidence,
    WouldNeedAdapting,
)
from utm.knowledge.recommendation import (
    Advice,
    Exclusion,
    Recommendation,
    RecommendationWeights,
    recommend_practices,
)
from utm.knowledge.record import PracticeRecord, Publication
from utm.knowledge.replication import (
    FirstMover,
    TwoWayBalance,
    first_movers,
    reach_of,
    replication_graph,
    two_way_balance,
)
from utm.knowledge.review import Review, Reviewer, conflicts_of_interest
from utm.knowledge.reviewer_agreement import Agreement, Difference, agreement
from utm.knowledge.rubric import Criterion, Rubric, standard_rubric
from utm.knowledge.state import PracticeStage, PracticeState
from utm.knowledge.tantivy_index import TantivyIndex, tantivy_schema
from utm.knowledge.transferability import (
    ConditionFinding,
    ConditionStanding,
    TransferabilityGap,
    transferability_gap,
)

__all__ = [
    "AddReviewer",
    "Advice",
    "Agreement",
    "Analyser",
    "AskedTerms",
    "Command",
    "ConditionFinding",
    "ConditionStanding",
    "ConflictDeclared",
    "ContextPart",
    "ContextWeights",
    "Criterion",
    "DeclareConflict",
    "Difference",
    "Drafted",
    "Embedder",
    "EntryText",
    "EvaluationOpened",
    "Excerpt",
    "Exclusion",
    "Facet",
    "FacetKind",
    "FirstMover",
    "Found",
    "FtsIndex",
    "FusionWeights",
    "GiveReview",
    "HasComeFar",
    "Hit",
    "IndexEntry",
    "LikeContext",
    "Likeness",
    "LikenessPart",
    "MeaningIndex",
    "MemoryIndex",
    "NearToOthers",
    "OpenEvaluation",
    "PracticeEvent",
    "PracticeIndex",
    "PracticeLibrary",
    "PracticeRecord",
    "PracticeStage",
    "PracticeState",
    "Publication",
    "Publish",
    "Published",
    "Question",
    "Reason",
    "Recommendation",
    "RecommendationWeights",
    "Refusal",
    "Reject",
    "Rejected",
    "Retire",
    "Retired",
    "ReusedElsewhere",
    "Review",
    "Reviewed",
    "Reviewer",
    "ReviewerAdded",
    "Revise",
    "Revised",
    "Rubric",
    "SameChallenge",
    "ShownByEvidence",
    "Submit",
    "Submitted",
    "TantivyIndex",
    "TopicNames",
    "TransferabilityGap",
    "TwoWayBalance",
    "Withdraw",
    "Withdrawn",
    "WouldNeedAdapting",
    "advance_practice",
    "agreement",
    "conflicts_of_interest",
    "draft_practice",
    "entry_of",
    "first_movers",
    "fuse",
    "highlight",
    "likeness",
    "reach_of",
    "recommend_practices",
    "replication_graph",
    "shared_ranks",
    "standard_rubric",
    "submission_obstacles",
    "tantivy_schema",
    "transferability_gap",
    "two_way_balance",
]
