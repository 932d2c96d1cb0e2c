"""The work behind ``utm practices show`` and ``utm practices rubric``."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from pendulum import Date

from utm.cli.keeping_practices import find_record
from utm.cli.terminal import print_json, print_list, print_table, print_text
from utm.domain import Unknown
from utm.errors import InputProblem, InvalidInputError
from utm.interchange import JsonValue
from utm.interchange.documents import to_json_value
from utm.interchange.lists import PRACTICES
from utm.knowledge import (
    Agreement,
    PracticeEvent,
    PracticeRecord,
    PracticeStage,
    PracticeState,
    Reviewed,
    agreement,
    standard_rubric,
    submission_obstacles,
)
from utm.knowledge.review import mean_share, widest_disagreement

__all__ = ["print_practice", "print_rubric"]


def print_practice(path: Path, key: str, *, on: Date | None, as_json: bool) -> None:
    """Print where a practice stands on a day, and how it came there."""
    day = on or Date.today()
    record = find_record(PRACTICES.read(path), key, source=path.name)
    state = record.state_on(day)
    if state is None:
        problem = InputProblem(
            source=path.name,
            read=key,
            reason=f"was first drafted after {day}",
            remedy="Ask for a later day.",
        )
        raise InvalidInputError((problem,))
    events = [event for event in record.events if event.on <= day]
    if as_json:
        print_json(_document(record, state, events, day))
    else:
        _print(state, events, day)


def print_rubric(*, as_json: bool) -> None:
    """Print the standard rubric."""
    rubric = standard_rubric()
    if as_json:
        print_json({"format": "utm.rubric", "version": 1, "data": to_json_value(rubric)})
        return
    print_table(
        f"Rubric {rubric.version}",
        ["criterion", "weight", "question"],
        [[each.id, str(each.weight), each.question] for each in rubric.criteria],
    )
    steps = ", ".join(f"{score} {words}" for score, words in enumerate(rubric.scale))
    print_text(f"Scores: {steps}.")
    print_text(
        f"Published with {rubric.reviews} reviews, {_percent(rubric.pass_share)} of the highest "
        f"score, evidence that is {rubric.least_evidence.value} or stronger, and reviewers at "
        f"most {rubric.widest_spread} steps apart; for {rubric.valid_months} months."
    )


def _print(state: PracticeState, events: list[PracticeEvent], day: Date) -> None:
    stage = state.stage_on(day)
    until = f" until {state.expires_on}" if stage is PracticeStage.PUBLISHED else ""
    print_text(f"{state.practice.title} ({state.practice.id})")
    version = "first version" if state.version == 1 else f"version {state.version}"
    print_text(f"{stage.value} on {day}{until}, {version}")
    print_table(
        "What happened",
        ["day", "what", "who and why"],
        [[str(event.on), _what(event), f"{event.by}: {event.reason}"] for event in events],
    )
    if stage is PracticeStage.DRAFT:
        print_list("Before it can be submitted:", submission_obstacles(state.practice))
    if state.rubric is None:
        return
    reviewers = [each.name for each in state.reviewers]
    print_list("Reviewers:", [*reviewers, *(f"{one} (conflict)" for one in state.conflicted)])
    if not state.reviews:
        return
    print_table(
        f"Reviews under {state.rubric.version}",
        ["criterion", *(review.reviewer for review in state.reviews)],
        [
            [each.id, *(str(dict(review.scores)[each.id]) for review in state.reviews)]
            for each in state.rubric.criteria
        ],
    )
    mean = mean_share(state.reviews, state.rubric)
    asked = _percent(state.rubric.pass_share)
    print_text(f"Mean {_percent(mean)} of the highest score; asked are {asked}.")
    if len(state.reviews) > 1:
        criterion, steps = widest_disagreement(state.reviews, state.rubric)
        print_text(f"Furthest apart: {steps} step{'' if steps == 1 else 's'} on {criterion}.")
    print_text(f"Agreement beyond chance (Krippendorff's alpha, ordinal): {_alpha(state)}.")


def _what(event: PracticeEvent) -> str:
    name = type(event).__name__
    words = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name)
    told = words.strip()
    return f"{told} by {event.review.reviewer}" if isinstance(event, Reviewed) else told


def _agreement(state: PracticeState) -> Agreement:
    criteria = state.rubric.criteria if state.rubric else ()
    return agreement(
        {
            each.id: [dict(review.scores).get(each.id) for review in state.reviews]
            for each in criteria
        }
    )


def _alpha(state: PracticeState) -> str:
    alpha = _agreement(state).alpha
    return f"unknown, {alpha.note}" if isinstance(alpha, Unknown) else f"{float(alpha):.3f}"


def _percent(share: Fraction) -> str:
    return f"{float(100 * share):.1f} %"


def _document(
    record: PracticeRecord, state: PracticeState, events: list[PracticeEvent], day: Date
) -> dict[str, JsonValue]:
    rubric = state.rubric
    found = _agreement(state)
    alpha = None if isinstance(found.alpha, Unknown) else str(found.alpha)
    mean = mean_share(state.reviews, rubric) if rubric and state.reviews else None
    return {
        "format": "utm.practice-standing",
        "version": 1,
        "practice": record.id.value,
        "on": str(day),
        "stage": state.stage_on(day).value,
        "expires_on": None if state.expires_on is None else str(state.expires_on),
        "rubric": None if rubric is None else rubric.version,
        "reviewers": [each.name for each in state.reviewers],
        "conflicted": [*state.conflicted],
        "reviews": [
            {"reviewer": each.reviewer, "scores": dict(each.scores), "comment": each.comment}
            for each in state.reviews
        ],
        "mean_share": None if mean is None else str(mean),
        "alpha": alpha,
        "history": [
            {"on": str(event.on), "what": _what(event), "by": event.by, "reason": event.reason}
            for event in events
        ],
    }
