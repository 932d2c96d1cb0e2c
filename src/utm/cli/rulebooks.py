"""The work behind ``utm rulebook``."""

from __future__ import annotations

from pathlib import Path

from pendulum import Date

from utm.cli.applicants import read_or_register
from utm.cli.terminal import print_list, print_plain, print_table, print_text
from utm.domain import Application
from utm.rules import (
    Rule,
    Rulebook,
    compare_many,
    compare_rulebooks,
    content_hash,
    write_rulebook,
)
from utm.rules.library import RULEBOOKS

__all__ = ["print_difference", "print_list_of_rulebooks", "print_rulebook"]


def print_list_of_rulebooks() -> None:
    """Print id, title and versions of every rulebook that ships with the library."""
    print_table(
        "Rulebooks",
        ["id", "title", "versions"],
        [
            [
                book.id,
                book.title,
                "; ".join(f"{version.id} ({version.in_force})" for version in book.versions),
            ]
            for book in RULEBOOKS
        ],
    )


def print_rulebook(book: Rulebook, *, as_json: bool) -> None:
    """Print what a rulebook asks."""
    print_plain(write_rulebook(book) if as_json else _as_markdown(book))


def print_difference(
    first: Rulebook, second: Rulebook, *, on: Date | None, path: Path | None
) -> None:
    """Compare two rulebooks over all cities, and over some applicants."""
    applicants = read_or_register(path, on=on)
    comparison = compare_rulebooks(first, second, on=applicants.on)
    print_text(f"First: {first.title}. Second: {second.title}. Day: {applicants.on}.")
    print_text(f"Over all single cities with complete facts: {comparison.relation.value}.")
    print_list(
        "Invented cities that show it:",
        [
            *_witness("meets only the first", comparison.only_first),
            *_witness("meets only the second", comparison.only_second),
        ],
    )
    impact = compare_many(
        [first.assess(each, on=applicants.on) for each in applicants.applications],
        [second.assess(each, on=applicants.on) for each in applicants.applications],
    )
    print_text(impact.sentence)
    print_list("Who changes:", [transition.sentence for transition in impact.changed])


def _as_markdown(book: Rulebook) -> str:
    rows = [f"# {book.title}", "", f"Id `{book.id}`, content `{content_hash(book)[:16]}`.", ""]
    for version in book.versions:
        rows += [f"## {version.id}, in force {version.in_force}", ""]
        rows += [version.note, ""] if version.note else []
        rows += [*_rule_lines(version.rule, depth=0), "", f"Source: {version.source}.", ""]
    if book.deadlines:
        rows += ["## Deadlines", ""]
        rows += [f"- {one.last_day or 'rolling'} ({one.source})" for one in book.deadlines]
    return "\n".join(rows)


def _rule_lines(rule: Rule, *, depth: int) -> list[str]:
    name = f"`{rule.id}` " if rule.id else ""
    source = f" ({rule.source})" if rule.source and not rule.parts else ""
    lines = [f"{'  ' * depth}- {name}{rule.requirement}{source}"]
    for part in rule.parts:
        lines += _rule_lines(part, depth=depth + 1)
    return lines


def _witness(label: str, application: Application | None) -> list[str]:
    # An invented city lies in Finland unless the rules tell countries apart.
    if application is None:
        return []
    city = application.cities[0]
    people = ", ".join(f"{figure.inhabitants:,} inhabitants" for figure in city.populations)
    standing = ", ".join(one.status.value for one in city.memberships) or "not in the network"
    plans = ", ".join(plan.kind.value for plan in application.plans) or "no plan"
    promises = ", ".join(
        f"{'promises' if one.given else 'refuses'} to {one.commitment.value}"
        for one in application.commitments
    )
    land = "" if city.country.value == "FI" else f"in {city.country.value}"
    facts = "; ".join(part for part in (land, people, standing, plans, promises) if part)
    return [f"{label}: {facts}"]
