"""The work behind ``utm rulebook check``."""

from __future__ import annotations

from pathlib import Path

from utm.cli.exit_codes import ExitCode
from utm.cli.options import text_of
from utm.cli.terminal import print_list, print_text
from utm.interchange import from_json
from utm.reference import rulebook_cases
from utm.rules import (
    Rulebook,
    RulebookCases,
    RulebookVersion,
    check_cases,
    content_hash,
    find_flaws,
)
from utm.rules.library import RULEBOOKS

__all__ = ["print_check"]


def print_check(book: Rulebook, path: Path | None) -> ExitCode:
    """Analyse every version of a rulebook, judge its cases, and print what is found."""
    cases = _cases_of(book, path)  # before anything is printed: it may be refused
    print_text(f"{book.title}, content {content_hash(book)[:16]}")
    flawless = _print_flaws(book)
    if cases is None:
        print_text("There are no cases beside it: give them with --cases.")
        return ExitCode.DONE if flawless else ExitCode.BAD_INPUT
    report = check_cases(book, cases)
    print_list("Cases that are answered otherwise:", [str(each) for each in report.failures])
    print_list("Answers that no case shows:", [str(each) for each in report.unseen])
    if report.passed:
        print_text(
            f"{report.checked} cases are answered as they should be; "
            "every criterion is seen met, unmet and unknown."
        )
    return ExitCode.DONE if flawless and report.passed else ExitCode.BAD_INPUT


def _print_flaws(book: Rulebook) -> bool:
    found = [text for version in book.versions for text in _flaws_of(book, version)]
    print_list("Found:", found)
    if not found:
        print_text("Nothing found: every criterion can be met, can fail, and makes a difference.")
    return not found


def _flaws_of(book: Rulebook, version: RulebookVersion) -> list[str]:
    """Tell what is wrong for a city alone and for two towns; what is wrong for one is no flaw."""
    on = version.in_force.start
    alone = find_flaws(version.rule, on=on, programme=book.id)
    together = find_flaws(version.rule, on=on, programme=book.id, towns=2)
    places = {flaw.place for flaw in together}
    return [f"{version.id}: {flaw}" for flaw in alone if flaw.place in places]


def _cases_of(book: Rulebook, path: Path | None) -> RulebookCases | None:
    if path is not None:
        return from_json(RulebookCases, text_of(path), source=path.name)
    shipped = any(each == book for each in RULEBOOKS)
    return rulebook_cases(book.id) if shipped else None
