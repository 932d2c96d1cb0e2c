"""What can be reused: evaluated practices, their search, recommendation and transfer.

A practice is told, evaluated by two reviewers under a versioned rubric, published for a
time, found by words, facets and likeness of context, recommended with its reasons, and
followed from city to city. Nothing here reads a file or a clock.
"""

from utm.knowledge.agreement import Agreement, Difference, agreement
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
from utm.knowledge.lifecycle import Refusal, advance_practice, draft_practice
from utm.knowledge.obstacles import submission_obstacles
from utm.knowledge.record import PracticeRecord
from utm.knowledge.review import Review, Reviewer, conflicts_of_interest
from utm.knowledge.rubric import Criterion, Rubric, standard_rubric
from utm.knowledge.state import PracticeStage, PracticeState

__all__ = [
    "AddReviewer",
    "Agreement",
    "Command",
    "ConflictDeclared",
    "Criterion",
    "DeclareConflict",
    "Difference",
    "Drafted",
    "EvaluationOpened",
    "GiveReview",
    "OpenEvaluation",
    "PracticeEvent",
    "PracticeRecord",
    "PracticeStage",
    "PracticeState",
    "Publish",
    "Published",
    "Refusal",
    "Reject",
    "Rejected",
    "Retire",
    "Retired",
    "Review",
    "Reviewed",
    "Reviewer",
    "ReviewerAdded",
    "Revise",
    "Revised",
    "Rubric",
    "Submit",
    "Submitted",
    "Withdraw",
    "Withdrawn",
    "advance_practice",
    "agreement",
    "conflicts_of_interest",
    "draft_practice",
    "standard_rubric",
    "submission_obstacles",
]
