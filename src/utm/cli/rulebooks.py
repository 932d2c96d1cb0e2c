"""The work behind ``utm rulebook``."""

from __future__ import annotations

from utm.cli.terminal import print_plain, print_table
from utm.rules import (
    Rule,
    Rulebook,
    content_hash,
    write_rulebook,
)
from utm.rules.library import RULEBOOKS

__all__ = ["print_list_of_rulebooks", "print_rulebook"]


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
