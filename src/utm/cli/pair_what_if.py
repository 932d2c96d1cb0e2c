"""The work behind ``utm pair what-if``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click
from attrs import frozen

from utm import pairing
from utm.cli.exit_codes import ExitCode
from utm.cli.live_line import searching
from utm.cli.pairing import (
    Limits,
    check_outputs,
    criteria_of,
    exit_code_of,
    read_problem,
    read_result,
    write_answer,
)
from utm.cli.terminal import print_list, print_table, print_text
from utm.interchange import JsonValue
from utm.pairing import UNIT, Problem, Result, Status, WhatIf

__all__ = ["Asked", "answer_what_if", "with_settings"]


@frozen(kw_only=True)
class Asked:
    """What is to be changed, as it was typed.

    Parameters
    ----------
    locks, bans
        Ids with commas between them.
    settings
        ``KEY=VALUE`` each, the value as JSON.
    """

    locks: tuple[str, ...]
    bans: tuple[str, ...]
    settings: tuple[str, ...]


def answer_what_if(
    problem_path: Path,
    result_path: Path,
    asked: Asked,
    limits: Limits,
    *,
    out: Path | None,
    problem_out: Path | None,
) -> ExitCode:
    """Solve with the change and print what it would change."""
    check_outputs([problem_path, result_path], [out, problem_out])
    problem, result = read_problem(problem_path), read_result(result_path)
    if not (asked.locks or asked.bans or asked.settings):
        raise click.UsageError("say what is to be changed: --lock, --forbid or --set")
    changed = with_settings(problem, asked.settings)
    with searching(*criteria_of(limits)) as stop:
        told = pairing.what_if(
            problem,
            result,
            lock=[_ids(each) for each in asked.locks],
            forbid=[_ids(each) for each in asked.bans],
            policy=changed.policy,
            stop=stop,
            seed=limits.seed,
        )
    _print_what_if(told, result)
    write_answer(told.result, out, told.problem, problem_out)
    return exit_code_of(told.result)


def _print_what_if(told: WhatIf, before: Result) -> None:
    """Print what the grouping is worth, then groups, then gains, those who lose most first."""
    for sentence in told.summary:
        print_text(sentence)
    if told.result.status in {Status.INFEASIBLE, Status.UNDECIDED}:
        return
    print_list("Dissolved:", [", ".join(members) for members in told.dissolved])
    print_list("Formed:", [", ".join(members) for members in told.formed])
    print_list("On another theme:", list(_on_another_theme(told, before)))
    changes = sorted(
        told.changes,
        key=lambda change: ((change.after or 0) - (change.before or 0), change.participant),
    )
    if changes:
        rows = [
            [
                change.participant,
                _gain(change.before),
                _gain(change.after),
                f"{((change.after or 0) - (change.before or 0)) / UNIT:+.3f}",
            ]
            for change in changes
        ]
        print_table("Who gains what", ["participant", "before", "after", "change"], rows)


def _on_another_theme(told: WhatIf, before: Result) -> Iterator[str]:
    """Yield the groups that stay together under another theme."""
    theme = {group.members: group.theme for group in before.groups}
    for group in told.result.groups:
        if group.members in theme and group.theme != theme[group.members]:
            yield f"{', '.join(group.members)}: {theme[group.members]}, then {group.theme}"


def _gain(millionths: int | None) -> str:
    return "no group" if millionths is None else f"{millionths / UNIT:.3f}"


def _ids(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def with_settings(problem: Problem, settings: tuple[str, ...]) -> Problem:
    """Put settings into the document of a problem, which is checked like any other."""
    document: dict[str, JsonValue] = json.loads(problem.to_json())
    for setting in settings:
        key, equals, text = setting.partition("=")
        if not equals:
            raise click.UsageError(f"{setting!r} is not KEY=VALUE")
        *outer, last = key.split(".")
        place: JsonValue = document["policy"]
        for step in outer:
            place = place.get(step) if isinstance(place, dict) else None
        if not isinstance(place, dict) or last not in place:
            raise click.UsageError(f"{key!r} is not a key of a policy")
        place[last] = _value(text)
    return Problem.from_json(json.dumps(document), pair_parts=problem.policy.pair_parts)


def _value(text: str) -> JsonValue:
    """Read a value as JSON, or else as text."""
    try:
        value: JsonValue = json.loads(text)
    except ValueError:
        return text
    return value
