"""The work behind ``utm rulebook diff``."""

from __future__ import annotations

from pathlib import Path

import click
from attrs import frozen
from pendulum import Date

from utm.cli.applicants import read_or_register
from utm.cli.judgement import Judgement
from utm.cli.judging import describe_transition
from utm.cli.terminal import print_json, print_list, print_table, print_text, say
from utm.domain import Application
from utm.interchange import JsonValue
from utm.interchange.documents import to_json_value
from utm.rules import (
    Comparison,
    Impact,
    Outcome,
    Rulebook,
    assess_many,
    compare_many,
    compare_rulebooks,
)

__all__ = ["print_difference"]


@frozen(kw_only=True)
class _Side:
    """One rulebook for one day."""

    rulebook: Rulebook
    on: Date

    def __str__(self) -> str:
        version = self.rulebook.version_on(self.on)
        return f"{self.rulebook.title} (version {version.id}), for {self.on}"


def print_difference(
    judgement: Judgement,
    second: Rulebook | None,
    *,
    then_on: Date | None,
    path: Path | None,
    towns: int,
    as_json: bool,
) -> None:
    """Compare two rulebooks, or two days, over all cities and over some applicants."""
    if second is None and then_on is None:
        raise click.UsageError("Give a second rulebook, a second day with --then-on, or both.")
    applicants = read_or_register(path, on=judgement.on)
    for warning in applicants.warnings:
        say(f"warning: {warning}")
    before = _Side(rulebook=judgement.rulebook, on=applicants.on)
    after = _Side(rulebook=second or judgement.rulebook, on=then_on or applicants.on)
    comparison = None
    if before.on == after.on:
        comparison = compare_rulebooks(before.rulebook, after.rulebook, on=before.on, towns=towns)
    impact = compare_many(
        *(
            assess_many(
                side.rulebook,
                applicants.applications,
                on=side.on,
                waivers=side.rulebook.own_waivers(judgement.waivers),
                interpretations=judgement.readings,
                known_by=judgement.known_on,
            )
            for side in (before, after)
        )
    )
    if as_json:
        known_on = judgement.known_on
        print_json(
            {
                "format": "utm.rulebook-difference",
                "version": 1,
                "first": _describe_side(before),
                "second": _describe_side(after),
                "known_on": known_on.isoformat() if known_on else None,
                "comparison": None if comparison is None else _describe(comparison, towns),
                **_describe_impact(impact),
            }
        )
        return
    print_text(f"First: {before}. Second: {after}.")
    if comparison is not None:
        _print_comparison(comparison, towns)
    _print_impact(impact)


def _print_comparison(comparison: Comparison, towns: int) -> None:
    subjects = "single cities" if towns == 1 else f"consortia of {towns} towns"
    print_text(f"Over all {subjects} with complete facts: {comparison.sentence}")
    print_list(
        f"Invented {'cities' if towns == 1 else 'consortia'} that show it:",
        [
            *_witness("meets only the first", comparison.only_first),
            *_witness("meets only the second", comparison.only_second),
        ],
    )


def _print_impact(impact: Impact) -> None:
    matrix = impact.matrix
    outcomes = [one for one in Outcome if any(one in pair and matrix[pair] for pair in matrix)]
    print_table(
        "How many have which outcome under the first (rows) and the second (columns)",
        ["", *(f"then {after.value}" for after in outcomes)],
        [
            [before.value, *(str(len(matrix[before, after])) for after in outcomes)]
            for before in outcomes
        ],
    )
    names = {each.after.subject: each.after.subject_name for each in impact.transitions}
    print_list(
        "Who is behind each number:",
        [
            f"{before.value}, then {after.value}: {', '.join(names[one] for one in subjects)}"
            for (before, after), subjects in matrix.items()
            if subjects
        ],
    )
    print_text(impact.sentence)
    print_list("Who changes:", [transition.sentence for transition in impact.changed])


def _describe_impact(impact: Impact) -> dict[str, JsonValue]:
    return {
        "matrix": [
            {
                "before": pair[0].value,
                "after": pair[1].value,
                "applicants": [subject.value for subject in subjects],
            }
            for pair, subjects in impact.matrix.items()
            if subjects
        ],
        "changes": [describe_transition(each) for each in impact.changed],
    }


def _describe_side(side: _Side) -> dict[str, JsonValue]:
    return {
        "rulebook": side.rulebook.id,
        "version": side.rulebook.version_on(side.on).id,
        "on": side.on.isoformat(),
    }


def _describe(comparison: Comparison, towns: int) -> dict[str, JsonValue]:
    witnesses = {
        name: None if one is None else to_json_value(one)
        for name, one in (
            ("both", comparison.both),
            ("only_first", comparison.only_first),
            ("only_second", comparison.only_second),
            ("neither", comparison.neither),
        )
    }
    return {
        "towns": towns,
        "relation": comparison.relation.name.lower(),
        "sentence": comparison.sentence,
        "exact": comparison.is_exact,
        "witnesses": {**witnesses},
    }


def _witness(label: str, application: Application | None) -> list[str]:
    # An invented city lies in Finland unless the rules tell countries apart.
    if application is None:
        return []
    facts = " | ".join(_facts_of(application, at) for at in range(len(application.cities)))
    return [f"{label}: {facts}"]


def _facts_of(application: Application, at: int) -> str:
    city = application.cities[at]
    people = ", ".join(f"{figure.inhabitants:,} inhabitants" for figure in city.populations)
    standing = ", ".join(one.status.value for one in city.memberships) or "not in the network"
    own = [plan for plan in application.plans if city.id in plan.covers]
    plans = ", ".join(plan.kind.value for plan in own) or "no plan"
    promises = ", ".join(
        f"{'promises' if one.given else 'refuses'} to {one.commitment.value}"
        for one in application.commitments
    )
    land = "" if city.country.value == "FI" else f"in {city.country.value}"
    return "; ".join(part for part in (land, people, standing, plans, promises) if part)
