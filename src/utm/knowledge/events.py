"""What happened to a practice: events, from which its state follows."""

from __future__ import annotations

from attrs import frozen
from pendulum import Date

from utm.domain.dates import require_date
from utm.domain.practice import Practice
from utm.domain.prose import require_prose
from utm.knowledge.review import Review, Reviewer
from utm.knowledge.rubric import Rubric

__all__ = [
    "ConflictDeclared",
    "Drafted",
    "EvaluationOpened",
    "PracticeEvent",
    "Published",
    "Rejected",
    "Retired",
    "Reviewed",
    "ReviewerAdded",
    "Revised",
    "Submitted",
    "Withdrawn",
]


@frozen(kw_only=True)
class PracticeEvent:
    """Something that happened to a practice on a day.

    Parameters
    ----------
    on
        The day.
    by
        Who did it.
    reason
        Why.
    """

    on: Date
    by: str
    reason: str

    def __attrs_post_init__(self) -> None:
        require_date(self.on, kind="day of an event")
        require_prose(self.by, kind="author of an event")
        require_prose(self.reason, kind="reason of an event")


@frozen(kw_only=True)
class Drafted(PracticeEvent):
    """A practice was written down for the first time."""

    practice: Practice


@frozen(kw_only=True)
class Revised(PracticeEvent):
    """A draft was rewritten, or a rejected or expired practice taken up again."""

    practice: Practice


@frozen(kw_only=True)
class Submitted(PracticeEvent):
    """A draft was handed in for evaluation."""


@frozen(kw_only=True)
class Withdrawn(PracticeEvent):
    """A practice was taken back and is a draft again."""


@frozen(kw_only=True)
class EvaluationOpened(PracticeEvent):
    """Reviewers were named, and the rubric by which they judge."""

    rubric: Rubric
    reviewers: tuple[Reviewer, ...]


@frozen(kw_only=True)
class ReviewerAdded(PracticeEvent):
    """A further reviewer was named."""

    reviewer: Reviewer


@frozen(kw_only=True)
class ConflictDeclared(PracticeEvent):
    """A reviewer turned out to have an interest; a review given before no longer counts."""

    reviewer: str


@frozen(kw_only=True)
class Reviewed(PracticeEvent):
    """A review was given."""

    review: Review


@frozen(kw_only=True)
class Published(PracticeEvent):
    """The practice was found good, and stays published up to, not including, a day.

    Parameters
    ----------
    expires_on
        That day, which follows from the rubric of the evaluation.
    """

    expires_on: Date


@frozen(kw_only=True)
class Rejected(PracticeEvent):
    """The practice was found wanting."""


@frozen(kw_only=True)
class Retired(PracticeEvent):
    """A published practice was taken down before its time; it has expired."""
