"""The work behind ``utm pair problem``: from applicants to a problem file."""

from __future__ import annotations

import json
from pathlib import Path

import click
from attrs import frozen
from pendulum import Date

from utm.cli.applicants import read_or_register
from utm.cli.forming import LANGUAGE_RULES, REGISTER_YEAR_STARTS_ON
from utm.cli.pair_what_if import with_settings
from utm.cli.pairing import json_of
from utm.cli.terminal import print_plain, say
from utm.errors import InputProblem, InvalidInputError
from utm.interchange import JsonValue, write_files
from utm.pairing import Policy, Problem
from utm.programme import (
    ScreenedApplication,
    city2city_policy,
    notes_on_evidence,
    notes_on_unknowns,
    problem_of,
    screen_applications,
    why_left_out,
)
from utm.reference import city2city_taxonomy
from utm.rules import Rulebook

__all__ = ["PolicyOptions", "pose_problem"]


@frozen(kw_only=True)
class PolicyOptions:
    """What a group must be, as it was typed; ``None`` stands for what City2City asks.

    Parameters
    ----------
    most_members
        Largest group.
    common_hours
        Office hours in common.
    common_language
        A word of `LANGUAGE_RULES`.
    policy
        A file to take the whole policy from, instead of the three above.
    settings
        ``KEY=VALUE`` each, put into the policy at last.
    """

    most_members: int | None
    common_hours: float | None
    common_language: str | None
    policy: Path | None
    settings: tuple[str, ...]


def pose_problem(
    applicants: Path | None,
    options: PolicyOptions,
    *,
    rulebook: Rulebook,
    on: Date | None,
    place_incomplete: bool,
    out: Path | None,
    quiet: bool,
) -> None:
    """Screen the applicants as an edition does and write the problem of those who take part.

    Warnings and notes go to stderr, and so does nothing else where the problem is printed.
    """
    read = read_or_register(applicants, on=on)
    screening = screen_applications(
        read.applications, rulebook, on=read.on, place_incomplete=place_incomplete
    )
    problem = _with_policy(
        problem_of(screening, policy=_policy(options, applicants), taxonomy=city2city_taxonomy()),
        options,
    )
    for warning in read.warnings:
        say(f"warning: {warning}", quiet=quiet)
    for note in _notes(screening):
        say(f"note: {note}", quiet=quiet)
    if out is None:
        print_plain(problem.to_json())
        return
    write_files({out: problem.to_json()})
    taking_part = len(problem.participants)
    say(f"{taking_part} of {len(screening)} applicants take part: {out}", quiet=quiet)


def _policy(options: PolicyOptions, applicants: Path | None) -> Policy:
    starts_on = (
        REGISTER_YEAR_STARTS_ON
        if applicants is None
        else Date.today().add(months=1).start_of("month")
    )
    typed = (options.most_members, options.common_hours, options.common_language)
    if options.policy is not None and any(value is not None for value in typed):
        raise click.UsageError(
            "--policy holds the whole policy: change a part of it with --set KEY=VALUE"
        )
    return city2city_policy(
        most_members=options.most_members or 4,
        year=starts_on.year,
        common_office_minutes=round((options.common_hours or 0) * 60),
        common_language=LANGUAGE_RULES[options.common_language or "no"],
    )


def _with_policy(problem: Problem, options: PolicyOptions) -> Problem:
    """Put the policy of a file, and then settings, into a problem, which is checked again."""
    if options.policy is not None:
        document: dict[str, JsonValue] = json.loads(problem.to_json())
        document["policy"] = _policy_in(options.policy)
        problem = Problem.from_json(json.dumps(document))
    return with_settings(problem, options.settings) if options.settings else problem


def _policy_in(path: Path) -> JsonValue:
    """Find the policy in a problem or an edition, or take the document for a policy."""
    document = json_of(path)
    for part in ("problem", "policy"):
        if isinstance(document, dict) and part in document:
            document = document[part]
    if isinstance(document, dict) and document and "format" not in document:
        return document
    problem = InputProblem(
        source=path.name,
        path="$.policy",
        reason="is missing or empty",
        remedy="Name a problem, an edition, or a JSON file of a policy.",
    )
    raise InvalidInputError((problem,))


def _notes(screening: tuple[ScreenedApplication, ...]) -> tuple[str, ...]:
    left_out = [
        f"{one.application.key.value} is not in the problem. {why_left_out(one)}"
        for one in screening
        if not one.placement.takes_part
    ]
    return (*notes_on_evidence(screening), *notes_on_unknowns(screening), *left_out)
