"""The work behind the commands that change a list of practices."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

import click
from pendulum import Date

from utm.cli.clock import today
from utm.cli.terminal import print_text
from utm.domain import CityId, Practice
from utm.errors import InputProblem, InvalidInputError, InvalidValueError
from utm.interchange import Limits, from_json
from utm.interchange.files import sole_access
from utm.interchange.lists import PRACTICES
from utm.interchange.text_encoding import read_text
from utm.knowledge import (
    AddReviewer,
    Command,
    GiveReview,
    OpenEvaluation,
    PracticeRecord,
    PracticeStage,
    Refusal,
    Review,
    Reviewer,
    Revise,
    Rubric,
    advance_practice,
    draft_practice,
    standard_rubric,
)

__all__ = [
    "add_draft",
    "find_record",
    "give_review",
    "open_evaluation",
    "record_command",
    "revise_practice",
]

FactT = TypeVar("FactT")

_LIMITS = Limits(cell_characters=1_000_000)
_REVIEWER_PARTS = 3


def add_draft(path: Path, practice: Path, *, by: str, why: str, on: Date | None) -> None:
    """Add a practice to a list, which begins with it if there is none."""
    told = _read(practice, Practice)
    drafted = _made(lambda: draft_practice(told, on=on or today(), by=by, reason=why))
    with sole_access(path.resolve()):
        records = PRACTICES.read(path) if path.exists() else ()
        if told.id in {record.id for record in records}:
            _refuse(path.name, told.id.value, "is there already", "Revise it, or choose a key.")
        PRACTICES.write(path, (*records, drafted))
    print_text(f"{told.id} is a draft in {path}.")


def revise_practice(path: Path, practice: Path, *, by: str, why: str, on: Date | None) -> None:
    """Rewrite a practice."""
    told = _read(practice, Practice)
    record_command(path, told.id.value, Revise(practice=told), by=by, why=why, on=on)


def open_evaluation(
    path: Path,
    key: str,
    reviewers: Sequence[str],
    rubric: Path | None,
    *,
    by: str,
    why: str,
    on: Date | None,
) -> None:
    """Open an evaluation, or name further reviewers of one that is open."""
    named = tuple(_reviewer(text) for text in reviewers)
    chosen = standard_rubric() if rubric is None else _read(rubric, Rubric)
    day = on or today()
    stage = find_record(PRACTICES.read(path), key, source=path.name).state.stage_on(day)
    if stage is not PracticeStage.UNDER_EVALUATION:
        commands: tuple[Command, ...] = (OpenEvaluation(rubric=chosen, reviewers=named),)
    elif rubric is not None:
        raise click.UsageError("the evaluation is open, and its rubric stays as it is")
    else:
        commands = tuple(AddReviewer(reviewer=each) for each in named)
    record_command(path, key, *commands, by=by, why=why, on=on)


def give_review(
    path: Path, key: str, scores: Sequence[str], *, by: str, comment: str, on: Date | None
) -> None:
    """Give a review under the rubric of the evaluation."""
    given = tuple(_score(text) for text in scores)
    rubric = find_record(PRACTICES.read(path), key, source=path.name).state.rubric
    version = "none" if rubric is None else rubric.version
    review = _made(lambda: Review(reviewer=by, rubric=version, scores=given, comment=comment))
    record_command(path, key, GiveReview(review=review), by=by, why=comment, on=on)


def record_command(
    path: Path, key: str, *commands: Command, by: str, why: str, on: Date | None
) -> None:
    """Follow commands one after the other, all or none, and write the list.

    Raises
    ------
    InvalidInputError
        The list has problems, holds no such practice, or a command is refused; every reason
        is told.
    """
    day = on or today()

    def change(records: tuple[PracticeRecord, ...]) -> Iterable[PracticeRecord]:
        record = find_record(records, key, source=path.name)
        for command in commands:
            record = _followed(record, command, day=day, by=by, why=why, source=path.name)
        return (record if each.id == record.id else each for each in records)

    PRACTICES.amend(path, change)
    record = find_record(PRACTICES.read(path), key, source=path.name)
    until = record.state.expires_on
    told = record.state.stage_on(day)
    more = f" until {until}" if told is PracticeStage.PUBLISHED and until else ""
    print_text(f"{key} is {told.value}{more}.")


def find_record(records: Iterable[PracticeRecord], key: str, *, source: str) -> PracticeRecord:
    """Find a practice by its key.

    Raises
    ------
    InvalidInputError
        There is none.
    """
    for record in records:
        if record.id.value == key:
            return record
    return _refuse(source, key, "is the key of no practice of this list", "Correct the key.")


def _followed(
    record: PracticeRecord, command: Command, *, day: Date, by: str, why: str, source: str
) -> PracticeRecord:
    following = _made(lambda: advance_practice(record, command, on=day, by=by, reason=why))
    if isinstance(following, Refusal):
        raise InvalidInputError(
            tuple(
                InputProblem(
                    source=source,
                    path=record.id.value,
                    reason=reason,
                    remedy="See where it stands with utm practices show.",
                )
                for reason in following.reasons
            )
        )
    return following


def _reviewer(text: str) -> Reviewer:
    parts = [part.strip() for part in text.split(";")]
    if len(parts) > _REVIEWER_PARTS:
        raise click.UsageError(f"--reviewer {text!r} has more than three parts")
    name, organisation, city = (*parts, "", "")[:_REVIEWER_PARTS]
    key = _made(lambda: CityId(city)) if city else None
    return _made(lambda: Reviewer(name=name, organisation=organisation, city=key))


def _score(text: str) -> tuple[str, int]:
    criterion, sign, score = text.partition("=")
    if not sign or not (score.strip().isascii() and score.strip().isdigit()):
        raise click.UsageError(f"--score {text!r} is not CRITERION=N with a whole number")
    return criterion.strip(), int(score)


def _read(path: Path, kind: type[FactT]) -> FactT:
    return from_json(kind, read_text(path, limits=_LIMITS), source=path.name)


def _made(make: Callable[[], FactT]) -> FactT:
    """Make something from arguments; what cannot be made is a slip in them."""
    try:
        return make()
    except InvalidValueError as error:
        raise click.UsageError(str(error)) from error


def _refuse(source: str, key: str, reason: str, remedy: str) -> PracticeRecord:
    raise InvalidInputError((InputProblem(source=source, path=key, reason=reason, remedy=remedy),))
