"""The result of forming an edition, on the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from utm.cli.terminal import print_list, print_table, print_text
from utm.errors import InvalidInputError
from utm.interchange import JsonValue
from utm.pairing import UNIT
from utm.programme import FormedEdition, FormedGroup, GroupingMeasures
from utm.report import Attention, render_summary

__all__ = ["print_summary", "problems_document", "summary_document"]

_FORMAT = "utm.edition-summary"
_MINUTES_AN_HOUR = 60
_MOST_SUBJECTS = 6


def print_summary(edition: FormedEdition, paths: Sequence[Path]) -> None:
    """Print what a programme officer wants to know first, then where the files are."""
    summary = render_summary(edition)
    print_text(f"{summary.title}, judged for {summary.formed_on}")
    print_text()
    for line in (*summary.lines, *summary.proof):
        print_text(line)
    print_text()
    _print_groups(edition)
    if len(edition.measures) > 1:
        _print_comparison(edition.measures)
    for sentence in edition.reconciliation.sentences if edition.reconciliation else ():
        print_text(sentence)
        print_text()
    print_list("What needs a person's attention:", [_in_brief(one) for one in summary.attention])
    print_list("Notes:", summary.notes)
    print_list("Written:", [str(path) for path in paths])


def _print_groups(edition: FormedEdition) -> None:
    for theme in edition.taxonomy.themes:
        groups = [group for group in edition.groups if group.theme == theme.id]
        if groups:
            print_table(
                theme.label,
                ["no.", "members", "common office hours", "meetings outside them", "worth"],
                [_group_row(group) for group in groups],
            )
    if edition.unplaced:
        print_table(
            "In no group",
            ["applicant", "why"],
            [[one.application.applicant.name, one.reason] for one in edition.unplaced],
        )


def _in_brief(point: Attention) -> str:
    named = ", ".join(point.subjects[:_MOST_SUBJECTS])
    rest = len(point.subjects) - _MOST_SUBJECTS
    more = f" and {rest} more" if rest > 0 else ""
    return f"{point.title}. {point.sentence} ({named}{more})" if named else point.sentence


def summary_document(edition: FormedEdition, paths: Sequence[Path]) -> dict[str, JsonValue]:
    """Describe the outcome in JSON values: format ``utm.edition-summary``, version 1."""
    summary = render_summary(edition)
    return {
        "format": _FORMAT,
        "version": 1,
        "edition": edition.id.value,
        "title": edition.title,
        "formed_on": edition.formed_on.isoformat(),
        "status": edition.result.status.value,
        "score": edition.result.score,
        "bound": edition.result.bound,
        "verified": edition.verification.holds,
        "applicants": len(edition.screening),
        "placed": sum(len(group.members) for group in edition.groups),
        "groups": [
            {"id": group.id.value, "members": [member.key.value for member in group.members]}
            for group in edition.groups
        ],
        "unplaced": [one.application.key.value for one in edition.unplaced],
        "attention": [
            {
                "title": point.title,
                "sentence": point.sentence,
                "subjects": list(point.subjects),
            }
            for point in summary.attention
        ],
        "infeasible_because": list(edition.result.infeasible_because),
        "files": [str(path) for path in paths],
    }


def problems_document(error: InvalidInputError) -> dict[str, JsonValue]:
    """Describe the problems of an input in JSON values: format ``utm.problems``, version 1."""
    return {
        "format": "utm.problems",
        "version": 1,
        "problems": [
            {
                "source": problem.source,
                "row": problem.row,
                "column": problem.column,
                "path": problem.path,
                "read": problem.read,
                "reason": problem.reason,
                "remedy": problem.remedy,
            }
            for problem in error.problems
        ],
    }


def _group_row(group: FormedGroup) -> list[str]:
    minutes = group.measures.common_office_minutes
    return [
        group.id.value.rpartition("-")[2],
        ", ".join(
            f"{member.applicant.name} ({member.cities[0].country})" for member in group.members
        ),
        "unknown" if minutes is None else f"{minutes / _MINUTES_AN_HOUR:g}",
        str(group.meetings.meetings_outside) if group.meetings.is_complete else "none fit",
        f"{group.scored.score / UNIT:.3f}",
    ]


def _print_comparison(measures: Sequence[GroupingMeasures]) -> None:
    rows: list[tuple[str, list[str]]] = [
        ("groups", [str(len(one.groups)) for one in measures]),
        ("cities placed", [str(one.placed) for one in measures]),
        ("worth (fully met needs)", [f"{one.score / UNIT:.3f}" for one in measures]),
        ("of it, likeness of context", [f"{one.context_score / UNIT:.3f}" for one in measures]),
        ("mean common office hours", [_hours(one.mean_common_office_hours) for one in measures]),
        ("groups without a common hour", [str(one.groups_without_common_hour) for one in measures]),
        ("groups sharing a language", [str(one.groups_with_common_language) for one in measures]),
        ("mean countries a group", [f"{one.mean_countries:.2f}" for one in measures]),
        ("hard rules broken", [str(len(one.violations)) for one in measures]),
    ]
    print_table(
        "Compared under the same policy",
        ["measure", *(one.name for one in measures)],
        [[label, *values] for label, values in rows],
    )


def _hours(hours: float | None) -> str:
    return "unknown" if hours is None else f"{hours:.1f}"
