"""What somebody wants to do with a practice, and what happens when they may."""

from __future__ import annotations

from typing import Protocol

from attrs import frozen
from pendulum import Date

from utm.domain.practice import Practice
from utm.knowledge.events import (
    ConflictDeclared,
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
from utm.knowledge.review import Review, Reviewer
from utm.knowledge.rubric import Rubric
from utm.knowledge.state import PracticeState

__all__ = [
    "AddReviewer",
    "Command",
    "DeclareConflict",
    "GiveReview",
    "OpenEvaluation",
    "Publish",
    "Reject",
    "Retire",
    "Revise",
    "Submit",
    "Withdraw",
]


class Command(Protocol):
    """Something that somebody wants to do with a practice that is drafted."""

    def event(self, state: PracticeState, *, on: Date, by: str, reason: str) -> PracticeEvent:
        """What happens if the command is followed."""
        ...


@frozen(kw_only=True)
class Revise:
    """Rewrite a draft, or take up again what was rejected or has expired."""

    practice: Practice

    def event(self, state: PracticeState, *, on: Date, by: str, reason: str) -> PracticeEvent:
        """A new text."""
        del state
        return Revised(on=on, by=by, reason=reason, practice=self.practice)


@frozen(kw_only=True)
class Submit:
    """Hand a draft in for evaluation, with all that a reviewer needs."""

    def event(self, state: PracticeState, *, on: Date, by: str, reason: str) -> PracticeEvent:
        """A submission."""
        del state
        return Submitted(on=on, by=by, reason=reason)


@frozen(kw_only=True)
class Withdraw:
    """Take a practice back before it is judged."""

    def event(self, state: PracticeState, *, on: Date, by: str, reason: str) -> PracticeEvent:
        """A withdrawal; reviews given so far no longer count."""
        del state
        return Withdrawn(on=on, by=by, reason=reason)


@frozen(kw_only=True)
class OpenEvaluation:
    """Name the reviewers and the rubric."""

    rubric: Rubric
    reviewers: tuple[Reviewer, ...]

    def event(self, state: PracticeState, *, on: Date, by: str, reason: str) -> PracticeEvent:
        """An evaluation that has begun."""
        del state
        return EvaluationOpened(
            on=on, by=by, reason=reason, rubric=self.rubric, reviewers=self.reviewers
        )


@frozen(kw_only=True)
class AddReviewer:
    """Name a further reviewer, say because two lie far apart."""

    reviewer: Reviewer

    def event(self, state: PracticeState, *, on: Date, by: str, reason: str) -> PracticeEvent:
        """One more reviewer."""
        del state
        return ReviewerAdded(on=on, by=by, reason=reason, reviewer=self.reviewer)


@frozen(kw_only=True)
class DeclareConflict:
    """Say that a reviewer has an interest in the practice."""

    reviewer: str

    def event(self, state: PracticeState, *, on: Date, by: str, reason: str) -> PracticeEvent:
        """A reviewer fewer, and their review with them."""
        del state
        return ConflictDeclared(on=on, by=by, reason=reason, reviewer=self.reviewer)


@frozen(kw_only=True)
class GiveReview:
    """Judge a practice."""

    review: Review

    def event(self, state: PracticeState, *, on: Date, by: str, reason: str) -> PracticeEvent:
        """One more review."""
        del state
        return Reviewed(on=on, by=by, reason=reason, review=self.review)


@frozen(kw_only=True)
class Publish:
    """Publish a practice that its reviewers found good.

    Whoever wrote or submitted it, or has another conflict of interest, may not. One of its
    reviewers may: the decision follows from the rubric once all have scored.
    """

    def event(self, state: PracticeState, *, on: Date, by: str, reason: str) -> PracticeEvent:
        """A publication for as long as the rubric says."""
        # Without an evaluation there is no rubric; such a publication is refused, whatever its end.
        expires_on = on if state.rubric is None else state.rubric.expiry_of(on)
        return Published(on=on, by=by, reason=reason, expires_on=expires_on)


@frozen(kw_only=True)
class Reject:
    """Reject a practice after its reviews; who may is who may publish it."""

    def event(self, state: PracticeState, *, on: Date, by: str, reason: str) -> PracticeEvent:
        """A rejection."""
        del state
        return Rejected(on=on, by=by, reason=reason)


@frozen(kw_only=True)
class Retire:
    """Take a published practice down before its time."""

    def event(self, state: PracticeState, *, on: Date, by: str, reason: str) -> PracticeEvent:
        """An early end."""
        del state
        return Retired(on=on, by=by, reason=reason)
