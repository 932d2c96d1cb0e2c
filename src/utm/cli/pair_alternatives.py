"""The work behind ``utm pair alternatives``."""

from __future__ import annotations

from pathlib import Path

from utm import pairing
from utm.cli.live_line import waiting
from utm.cli.pairing import read_problem, read_result
from utm.cli.terminal import print_json, print_list, print_text
from utm.interchange import JsonValue
from utm.pairing import UNIT, Alternative

__all__ = ["tell_alternatives"]


def tell_alternatives(
    problem_path: Path,
    result_path: Path,
    members: tuple[str, ...],
    *,
    within: float,
    most: int,
    as_json: bool,
) -> None:
    """Print which groups could take the place of one, the cheapest first."""
    problem, result = read_problem(problem_path), read_result(result_path)
    with waiting("looking at every other group"):
        found = pairing.alternatives(problem, result, members, within=within, most=most)
    asked = tuple(sorted(members))
    if as_json:
        groups: list[JsonValue] = [_document(one) for one in found]
        print_json(
            {
                "format": "utm.pairing-alternatives",
                "version": 1,
                "members": list(asked),
                "within": within,
                "most": most,
                "alternatives": groups,
            }
        )
        return
    allowed = within * result.score / UNIT
    if not result.prices:
        print_text("The result has no prices, and nothing can be proven without them.")
    elif not found and most:
        print_text(
            f"Every other group with one of {', '.join(asked)} costs more than {allowed:.3f}."
        )
    print_list(
        f"Instead of {', '.join(asked)}, and what each would cost at the least:",
        [_line(one) for one in found],
    )
    if any(one.costs_at_least == 0 for one in found) and result.score < result.price_bound:
        print_text(
            f"The prices prove the score only to {(result.price_bound - result.score) / UNIT:.6f}, "
            "so a lower cost cannot be told from none; the first are the nearest to their prices. "
            "why-not --force solves for the cost of one."
        )
    if most and len(found) == most:
        print_text(f"There may be more; these are the {most} cheapest.")


def _line(one: Alternative) -> str:
    cost = f"{one.costs_at_least / UNIT:.3f}" if one.costs_at_least else "perhaps nothing"
    return f"{', '.join(one.group.members)} under {one.group.theme}: {cost}"


def _document(one: Alternative) -> dict[str, JsonValue]:
    return {
        "members": list(one.group.members),
        "theme": one.group.theme.value,
        "score": one.group.score,
        "costs_at_least": one.costs_at_least,
    }
