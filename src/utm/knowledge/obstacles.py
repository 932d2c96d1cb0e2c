"""Why something cannot happen to a practice: every reason at once, as clauses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pendulum import Date

from utm.domain.names import name_key
from utm.domain.practice import Practice
from utm.knowledge.events import (
    ConflictDeclared,
    EvaluationOpened,
    PracticeEvent,
    Published,
    Rejected,
    Reviewed,
    ReviewerAdded,
    Revised,
    Submitted,
)
from utm.knowledge.review import (
    Review,
    Reviewer,
    conflicts_of_interest,
    mean_share,
    widest_disagreement,
)
from utm.knowledge.state import PracticeState, stages_before

__all__ = ["event_obstacles", "submission_obstacles"]


def event_obstacles(state: PracticeState, event: PracticeEvent) -> tuple[str, ...]:
    """Why an event cannot happen to a practice in some state; empty when it can."""
    if not state.admits(type(event), event.on):
        stage = state.stage_on(event.on).value
        possible = " or ".join(stage.value for stage in stages_before(type(event)))
        return (f"cannot be done to what is {stage}, only to what is {possible}",)
    return tuple(_list_obstacles(state, event))


def submission_obstacles(practice: Practice) -> tuple[str, ...]:
    """What a practice lacks before it may be handed in, one clause a lack."""
    lacks: list[str] = []
    if not practice.evidence:
        lacks.append("has no evidence")
    if not practice.blocks:
        lacks.append("names no building block")
    if not any(practice.all_conditions()):
        lacks.append("names no enabling condition")
    if not practice.limitations and practice.no_limitation is None:
        lacks.append("reports no limitation and does not say that none is known")
    return tuple(lacks)


def _list_obstacles(state: PracticeState, event: PracticeEvent) -> Iterator[str]:
    match event:
        case Revised(practice=practice) if practice.id != state.practice.id:
            yield f"is about {practice.id}, not about {state.practice.id}"
        case Submitted():
            yield from submission_obstacles(state.practice)
        case EvaluationOpened(rubric=rubric, reviewers=reviewers):
            yield from _against_reviewers(state, reviewers, fewest=rubric.reviews)
        case ReviewerAdded(reviewer=reviewer):
            yield from _against_reviewers(state, (*state.reviewers, reviewer), fewest=0)
        case ConflictDeclared(reviewer=name) if not _is_among(name, _names(state.reviewers)):
            yield f"{name} is no reviewer of it"
        case Reviewed(review=review):
            yield from _against_review(state, review, by=event.by)
        case Published(expires_on=expires_on):
            yield from _against_decision(state, by=event.by)
            yield from _against_publication(state, on=event.on, expires_on=expires_on)
        case Rejected():
            yield from _against_decision(state, by=event.by)
        case _:
            pass


def _against_reviewers(
    state: PracticeState, reviewers: Sequence[Reviewer], *, fewest: int
) -> Iterator[str]:
    names = [name_key(reviewer.name) for reviewer in reviewers]
    if len(set(names)) < len(names):
        yield "names one reviewer twice"
    if len(reviewers) < fewest:
        yield f"needs {fewest} reviewers and names {len(reviewers)}"
    for reviewer in reviewers:
        yield from _conflicts(state, reviewer)


def _conflicts(state: PracticeState, reviewer: Reviewer) -> Iterator[str]:
    found = conflicts_of_interest(
        reviewer, state.practice, submitted_by=state.submitted_by, written_by=state.written_by
    )
    yield from (f"{reviewer.name} {conflict}" for conflict in found)
    if state.has_conflict(reviewer.name):
        yield f"{reviewer.name} has declared a conflict of interest"


def _against_review(state: PracticeState, review: Review, *, by: str) -> Iterator[str]:
    if not _is_among(by, (review.reviewer,)):
        yield f"{by} gives a review of {review.reviewer}"
    if not _is_among(review.reviewer, _names(state.reviewers)):
        yield f"{review.reviewer} is no reviewer of it"
    if _is_among(review.reviewer, (given.reviewer for given in state.reviews)):
        yield f"{review.reviewer} has reviewed it already"
    if state.rubric is not None:
        mismatch = review.mismatch_with(state.rubric)
        if mismatch:
            yield f"the review {mismatch}"


def _names(reviewers: Iterable[Reviewer]) -> Iterator[str]:
    return (reviewer.name for reviewer in reviewers)


def _is_among(name: str, names: Iterable[str]) -> bool:
    return name_key(name) in set(map(name_key, names))


def _against_decision(state: PracticeState, *, by: str) -> Iterator[str]:
    rubric = state.rubric
    if rubric is None:  # pragma: no cover - what is under evaluation has a rubric
        return
    yield from _conflicts(state, Reviewer(name=by))
    count = len(state.reviews)
    if count < rubric.reviews:
        yield f"has {count} of {rubric.reviews} reviews"
    criterion, steps = widest_disagreement(state.reviews, rubric)
    if steps > rubric.widest_spread and count <= rubric.reviews:
        yield f"its reviewers lie {steps} steps apart on {criterion}: a further review is needed"


def _against_publication(state: PracticeState, *, on: Date, expires_on: Date) -> Iterator[str]:
    rubric = state.rubric
    if rubric is None:  # pragma: no cover - what is under evaluation has a rubric
        return
    due = rubric.expiry_of(on)
    if expires_on != due:
        yield f"expires on {expires_on}, and its rubric says {due}"
    if not state.reviews:
        return
    mean = mean_share(state.reviews, rubric)
    if mean < rubric.pass_share:
        yield f"reaches {mean} of the highest score, below {rubric.pass_share}"
    strongest = state.practice.strongest_evidence
    if strongest is None or strongest.rank < rubric.least_evidence.rank:
        yield f"has no evidence that is {rubric.least_evidence.value} or stronger"
