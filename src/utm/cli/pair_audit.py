"""The work behind ``utm pair audit``."""

from __future__ import annotations

import time
from pathlib import Path

from attrs import frozen

from utm import pairing
from utm.cli.exit_codes import ExitCode
from utm.cli.live_line import searching
from utm.cli.pairing import Limits, read_problem, read_result
from utm.cli.terminal import print_list, print_text
from utm.pairing import UNIT, Aim, Audit, OtherGrouping, Progress

__all__ = ["audit_files"]

_SHOWN = 10
_IN_WORDS = {
    Aim.LEAST_FIRST: "grouping that puts those first who gain least",
    Aim.SQUARE_ROOTS: "grouping with the highest sum of square roots of gains",
    Aim.STABLE: "stable grouping",
}


@frozen
class _Until:
    """Stop at a moment of the clock, for several questions one after the other."""

    moment: float

    def __call__(self, progress: Progress) -> bool:
        del progress
        return time.monotonic() >= self.moment


def audit_files(
    problem_path: Path, result_path: Path, aims: tuple[str, ...], limits: Limits
) -> ExitCode:
    """Audit a grouping and print what was found."""
    problem, result = read_problem(problem_path), read_result(result_path)
    until = [] if limits.seconds is None else [_Until(time.monotonic() + limits.seconds)]
    with searching(*until) as stop:
        told = pairing.audit(problem, result, stop=stop)
        others = [
            pairing.grouping_for(problem, result, aim, stop=stop)
            for aim in Aim
            if aim.value in aims
        ]
    _print_audit(told)
    for other in others:
        _print_price(other)
    finished = told.complete and all(other.exact for other in others)
    return ExitCode.DONE if finished else ExitCode.STOPPED_AT_LIMIT


def _print_audit(told: Audit) -> None:
    print_list(
        "Who gains least:",
        [f"{gain.participant}: {gain.score / UNIT:.3f}" for gain in told.gains[:_SHOWN]],
    )
    print_list(
        "Who would rather leave together, and the least that each would gain:",
        [
            f"{', '.join(each.group.members)}: {each.least_gain / UNIT:.3f}"
            for each in told.blocking[:_SHOWN]
        ],
    )
    known = "in all" if told.complete else "before the search ended"
    print_text(f"{len(told.blocking)} groups would rather leave, {known}.")
    print_list(
        "Who would gain more in the place of another:",
        [
            f"{each.participant} in that of {each.place_of}: {each.more / UNIT:+.3f}"
            for each in told.envious[:_SHOWN]
        ],
    )


def _print_price(other: OtherGrouping) -> None:
    looked = f"{other.listed} groups looked at"
    if other.groups is None:
        found = "There is no" if other.exact else "The search found no"
        print_text(f"{found} {_IN_WORDS[other.aim]} ({looked}).")
        if other.costs_at_least is not None:
            print_text(f"Any would cost at least {other.costs_at_least / UNIT:.3f}.")
        return
    least, most = (other.costs_at_least or 0) / UNIT, (other.costs_at_most or 0) / UNIT
    price = f"{least:.3f}" if least == most else f"{least:.3f} to {most:.3f}"
    sure = "exactly" if other.exact else "for the best found, which need not be best"
    print_text(
        f"A {_IN_WORDS[other.aim]} is worth {other.score / UNIT:.3f} and costs "
        f"{price}, {sure} ({looked})."
    )
    print_list(
        "How many gain at least:",
        [f"{level / UNIT:.2f}: {count}" for level, count in other.reached],
    )
    print_list("Its groups:", [", ".join(group.members) for group in other.groups])
