"""The work behind ``utm replay``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from utm.cli.exit_codes import ExitCode
from utm.cli.judging import describe_transition
from utm.cli.options import text_of
from utm.cli.terminal import print_json, print_list, print_text
from utm.interchange import JsonValue, read_decision
from utm.rules import replay_record, replay_under
from utm.rules.library import find_rulebook

if TYPE_CHECKING:
    from utm.rules import Rulebook

__all__ = ["print_replay"]


def print_replay(
    path: Path, rulebook: Rulebook | None, *, under: str | None, as_json: bool
) -> ExitCode:
    """Judge a decision on file again, and print whether it stands and what differs."""
    on_file = read_decision(text_of(path), source=path.name)
    book = find_rulebook(on_file.record.rulebook) if rulebook is None else rulebook
    replay = replay_record(book, on_file.record)
    altered = on_file.contradictions(replay.now) if replay.faithful else ()
    changed = None if under is None else replay_under(book, replay.now, version=under)
    stands = replay.faithful and not altered
    if as_json:
        document: dict[str, JsonValue] = {
            "format": "utm.replay",
            "version": 1,
            "subject": replay.now.subject.value,
            "rulebook": book.id,
            "stands": stands,
            "facts_stand": replay.facts_stand,
            "recorded_digest": replay.record.digest,
            "digest": replay.now.digest,
            "recorded_outcome": replay.record.outcome.value,
            "outcome": replay.now.outcome.value,
            "differences": list(replay.differences),
            "altered": list(altered),
            "under": None if changed is None else describe_transition(changed),
        }
        print_json(document)
        return ExitCode.DONE if stands else ExitCode.BAD_INPUT
    if replay.faithful:
        print_text(replay.sentence)
    else:
        print_list(f"{replay.now.subject_name}: replayed otherwise:", list(replay.differences))
    if not replay.facts_stand:
        print_text("The facts in the file are not those that were hashed.")
    if altered:
        print_text(f"The file tells otherwise than its record: {', '.join(altered)}.")
    if changed is not None:
        print_text(f"Under version {under}: {changed.sentence}")
    return ExitCode.DONE if stands else ExitCode.BAD_INPUT
