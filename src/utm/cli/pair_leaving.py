"""The work behind ``utm pair leaving``."""

from __future__ import annotations

from pathlib import Path

from utm import pairing
from utm.cli.pairing import read_problem, read_result
from utm.cli.terminal import print_json, print_text
from utm.interchange import JsonValue
from utm.pairing import Departure

__all__ = ["tell_departures"]


def tell_departures(problem_path: Path, result_path: Path, member: str, *, as_json: bool) -> None:
    """Print what the others lose if a participant leaves."""
    problem, result = read_problem(problem_path), read_result(result_path)
    found = pairing.departures(problem, result, member)
    if as_json:
        groups: list[JsonValue] = [_document(one) for one in found]
        document: dict[str, JsonValue] = {
            "format": "utm.pairing-departures",
            "version": 1,
            "leaving": member,
            "groups": groups,
        }
        print_json(document)
        return
    if not found:
        print_text(f"{member} is in no group: nobody loses anything.")
    for one in found:
        for sentence in one.sentences:
            print_text(sentence)


def _document(found: Departure) -> dict[str, JsonValue]:
    losses: list[JsonValue] = [
        {"participant": each.participant, "before": each.before, "after": each.after}
        for each in found.losses
    ]
    rest: dict[str, JsonValue] | None = None
    if found.rest is not None:
        rest = {"members": list(found.rest.members), "theme": found.rest.theme.value}
        rest["score"] = found.rest.score
    return {
        "members": list(found.group.members),
        "score": found.group.score,
        "rest": rest,
        "broken": list(found.broken),
        "losses": losses,
    }
