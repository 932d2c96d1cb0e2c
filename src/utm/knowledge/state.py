"""What a practice is after some events, and which events may follow."""

from __future__ import annotations

from enum import Enum

from attrs import evolve, frozen
from pendulum import Date

from utm.domain.names import name_key
from utm.domain.practice import Practice
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
from utm.knowledge.review import Review, Reviewer
from utm.knowledge.rubric import Rubric

__all__ = ["PracticeStage", "PracticeState", "advance", "first_state", "stages_before"]


class PracticeStage(Enum):
    """Where a practice stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    UNDER_EVALUATION = "under evaluation"
    PUBLISHED = "published"
    REJECTED = "rejected"
    EXPIRED = "expired"


_FOLLOWS: dict[type[PracticeEvent], frozenset[PracticeStage]] = {
    Revised: frozenset({PracticeStage.DRAFT, PracticeStage.REJECTED, PracticeStage.EXPIRED}),
    Submitted: frozenset({PracticeStage.DRAFT}),
    Withdrawn: frozenset({PracticeStage.SUBMITTED, PracticeStage.UNDER_EVALUATION}),
    EvaluationOpened: frozenset({PracticeStage.SUBMITTED}),
    ReviewerAdded: frozenset({PracticeStage.UNDER_EVALUATION}),
    ConflictDeclared: frozenset({PracticeStage.UNDER_EVALUATION}),
    Reviewed: frozenset({PracticeStage.UNDER_EVALUATION}),
    Published: frozenset({PracticeStage.UNDER_EVALUATION}),
    Rejected: frozenset({PracticeStage.UNDER_EVALUATION}),
    Retired: frozenset({PracticeStage.PUBLISHED}),
}
"""From which stages an event may follow."""

_ENDS: dict[type[PracticeEvent], PracticeStage] = {
    Rejected: PracticeStage.REJECTED,
    Retired: PracticeStage.EXPIRED,
}


@frozen(kw_only=True)
class PracticeState:
    """What a practice is after some events.

    Parameters
    ----------
    practice
        Its text as it stands.
    version
        How often it was written, from 1.
    stage
        Where it stands, before a day is looked at.
    written_by
        Everybody who drafted or revised it, this text or an earlier one, each once.
    submitted_by
        Who handed it in last; empty before.
    rubric
        The rubric of its last evaluation.
    reviewers
        Reviewers of that evaluation without those who have a conflict of interest.
    conflicted
        Names of those who have one, as they were named as reviewers.
    reviews
        Reviews that count.
    expires_on
        First day on which it is no longer published.
    """

    practice: Practice
    version: int = 1
    stage: PracticeStage = PracticeStage.DRAFT
    written_by: tuple[str, ...] = ()
    submitted_by: str = ""
    rubric: Rubric | None = None
    reviewers: tuple[Reviewer, ...] = ()
    conflicted: tuple[str, ...] = ()
    reviews: tuple[Review, ...] = ()
    expires_on: Date | None = None

    def stage_on(self, day: Date) -> PracticeStage:
        """Where it stands on a day: what was published expires by itself."""
        over = self.expires_on is not None and day >= self.expires_on
        if self.stage is PracticeStage.PUBLISHED and over:
            return PracticeStage.EXPIRED
        return self.stage

    def has_conflict(self, name: str) -> bool:
        """Tell whether a conflict of interest was declared for somebody, however spelled."""
        return name_key(name) in {name_key(one) for one in self.conflicted}

    def admits(self, event: type[PracticeEvent], day: Date) -> bool:
        """Tell whether an event of a kind may follow on a day."""
        return self.stage_on(day) in stages_before(event)


def stages_before(event: type[PracticeEvent]) -> tuple[PracticeStage, ...]:
    """The stages after which an event of a kind may follow, in order of the life."""
    following = _FOLLOWS.get(event, frozenset())
    return tuple(stage for stage in PracticeStage if stage in following)


def first_state(drafted: Drafted) -> PracticeState:
    """Return the state with which the life of a practice begins."""
    return PracticeState(practice=drafted.practice, written_by=(drafted.by,))


def advance(state: PracticeState, event: PracticeEvent) -> PracticeState:
    """Return the state after one more event, which must be admitted."""
    match event:
        case Revised(practice=practice, by=by):
            drafted = _draft(state, practice, state.version + 1)
            writers = tuple(dict.fromkeys((*state.written_by, by)))
            following = evolve(drafted, written_by=writers)
        case Withdrawn():
            following = _draft(state, state.practice, state.version)
        case Submitted(by=by):
            following = evolve(state, stage=PracticeStage.SUBMITTED, submitted_by=by)
        case EvaluationOpened(rubric=rubric, reviewers=reviewers):
            stage = PracticeStage.UNDER_EVALUATION
            following = evolve(state, stage=stage, rubric=rubric, reviewers=reviewers)
        case ReviewerAdded(reviewer=reviewer):
            following = evolve(state, reviewers=(*state.reviewers, reviewer))
        case ConflictDeclared(reviewer=name):
            following = _without(state, name)
        case Reviewed(review=review):
            following = evolve(state, reviews=(*state.reviews, review))
        case Published(expires_on=expires_on):
            following = evolve(state, stage=PracticeStage.PUBLISHED, expires_on=expires_on)
        case _:
            stage = _ENDS.get(type(event), state.stage)
            following = evolve(state, stage=stage)
    return following


def _draft(state: PracticeState, practice: Practice, version: int) -> PracticeState:
    # Who once declared an interest, or wrote a text, keeps it, however often the text changes.
    return PracticeState(
        practice=practice,
        version=version,
        written_by=state.written_by,
        conflicted=state.conflicted,
    )


def _without(state: PracticeState, name: str) -> PracticeState:
    who = name_key(name)
    named = tuple(r.name for r in state.reviewers if name_key(r.name) == who)
    return evolve(
        state,
        reviewers=tuple(r for r in state.reviewers if r.name not in named),
        reviews=tuple(r for r in state.reviews if name_key(r.reviewer) != who),
        conflicted=(*state.conflicted, *named),
    )
