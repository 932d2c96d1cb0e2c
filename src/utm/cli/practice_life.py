"""The life of a practice from the shell: draft, evaluation by two reviewers, publication."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from utm.cli.options import (
    EXISTING_FILE,
    NEW_FILE,
    day_option,
    file_option,
    recording_day_option,
    text_or_json,
)

if TYPE_CHECKING:
    from pendulum import Date

    from utm.knowledge import Command

__all__ = ["LIFE"]

FunctionT = TypeVar("FunctionT", bound=Callable[..., object])

_list_argument = click.argument("path", type=EXISTING_FILE, metavar="FILE")
_key_argument = click.argument("key", metavar="KEY")
_by_option = click.option("--by", required=True, help="Who asks, for the record.")
_why_option = click.option("--why", required=True, help="The reason, for the record.")
_day_option = recording_day_option(help="Day on which it happens, YYYY-MM-DD.  [default: today]")
_REVIEWER = "NAME, or NAME; ORGANISATION, or NAME; ORGANISATION; CITY with the key of a city."


def _recorded(function: FunctionT) -> FunctionT:
    """Add who, why and when."""
    return _by_option(_why_option(_day_option(function)))


@click.command()
@click.argument("path", type=NEW_FILE, metavar="FILE")
@click.argument("practice", type=EXISTING_FILE, metavar="PRACTICE")
@_recorded
def draft(*, path: Path, practice: Path, by: str, why: str, on: Date | None) -> None:
    """Add the practice of the file PRACTICE to the list FILE, as a draft; begin FILE if need be.

    \b
    Example:
      utm template practice > shade.json
      utm practices draft practices.json shade.json --by Mersin --why "worth telling"
    """
    from utm.cli.keeping_practices import add_draft  # noqa: PLC0415 - heavy

    add_draft(path, practice, by=by, why=why, on=on)


@click.command()
@_list_argument
@click.argument("practice", type=EXISTING_FILE, metavar="PRACTICE")
@_recorded
def revise(*, path: Path, practice: Path, by: str, why: str, on: Date | None) -> None:
    """Rewrite a draft, or take up again what was rejected or has expired, from PRACTICE."""
    from utm.cli.keeping_practices import revise_practice  # noqa: PLC0415 - heavy

    revise_practice(path, practice, by=by, why=why, on=on)


@click.command()
@_list_argument
@_key_argument
@click.option("--reviewer", "reviewers", multiple=True, required=True, help=_REVIEWER)
@file_option("--rubric", help="Rubric, a utm.rubric file.  [default: the standard rubric]")
@_recorded
def evaluate(
    *,
    path: Path,
    key: str,
    reviewers: tuple[str, ...],
    rubric: Path | None,
    by: str,
    why: str,
    on: Date | None,
) -> None:
    """Open the evaluation of a submitted practice; name further reviewers if it is open.

    Nobody judges what they or their organisation wrote or submitted, or what their city did.

    \b
    Example:
      utm practices evaluate practices.json shade --reviewer "Ana; a university" \\
        --reviewer Chloé --by "the editor" --why "next in line"
    """
    from utm.cli.keeping_practices import open_evaluation  # noqa: PLC0415 - heavy

    open_evaluation(path, key, reviewers, rubric, by=by, why=why, on=on)


@click.command()
@_list_argument
@_key_argument
@click.option("--by", required=True, help="The reviewer.")
@click.option(
    "--score",
    "scores",
    multiple=True,
    required=True,
    metavar="CRITERION=N",
    help="One for each criterion; utm practices rubric tells them with the steps of the scale.",
)
@click.option("--comment", required=True, help="Why.")
@_day_option
def review(
    *, path: Path, key: str, by: str, scores: tuple[str, ...], comment: str, on: Date | None
) -> None:
    """Give a review of the practice KEY."""
    from utm.cli.keeping_practices import give_review  # noqa: PLC0415 - heavy

    give_review(path, key, scores, by=by, comment=comment, on=on)


@click.command()
@_list_argument
@_key_argument
@click.option("--reviewer", required=True, help="Who has an interest; their review counts no more.")
@_recorded
def conflict(*, path: Path, key: str, reviewer: str, by: str, why: str, on: Date | None) -> None:
    """Declare that a reviewer has a conflict of interest."""
    from utm.cli.keeping_practices import record_command  # noqa: PLC0415 - heavy
    from utm.knowledge import DeclareConflict  # noqa: PLC0415

    record_command(path, key, DeclareConflict(reviewer=reviewer), by=by, why=why, on=on)


def _plain(name: str, kind: str, help: str) -> click.Command:  # noqa: A002 - click's word
    """A command that needs nothing but who, why and when."""

    @click.command(name, help=help)
    @_list_argument
    @_key_argument
    @_recorded
    def plain(*, path: Path, key: str, by: str, why: str, on: Date | None) -> None:
        from utm import knowledge  # noqa: PLC0415 - heavy
        from utm.cli.keeping_practices import record_command  # noqa: PLC0415

        command: Command = getattr(knowledge, kind)()
        record_command(path, key, command, by=by, why=why, on=on)

    return plain


@click.command()
@_list_argument
@_key_argument
@day_option("--on", help="The day, YYYY-MM-DD; nothing later is seen.  [default: today]")
@text_or_json
def show(*, path: Path, key: str, on: Date | None, output_format: str) -> None:
    """Show where the practice KEY stands, what happened, how reviewers judge and agree."""
    from utm.cli.telling_practices import print_practice  # noqa: PLC0415 - heavy

    print_practice(path, key, on=on, as_json=output_format == "json")


@click.command()
@text_or_json
def rubric(*, output_format: str) -> None:
    """Show the standard rubric: its questions, its scale, what it takes to be published."""
    from utm.cli.telling_practices import print_rubric  # noqa: PLC0415 - heavy

    print_rubric(as_json=output_format == "json")


LIFE: tuple[click.Command, ...] = (
    draft,
    revise,
    _plain("submit", "Submit", "Hand the draft KEY in for evaluation."),
    evaluate,
    review,
    conflict,
    _plain("publish", "Publish", "Publish KEY; refused with every reason unless reviews allow it."),
    _plain("reject", "Reject", "Reject KEY after its reviews."),
    _plain("withdraw", "Withdraw", "Take KEY back before it is judged; it is a draft again."),
    _plain("retire", "Retire", "Take the published practice KEY down before its time."),
    show,
    rubric,
)
"""Commands on the life of a practice."""
