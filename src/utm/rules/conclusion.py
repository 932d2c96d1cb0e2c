"""How the answers of parts make one answer."""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve

from utm.rules.case import Case, Rule
from utm.rules.finding import Finding
from utm.rules.verdict import Verdict

__all__ = ["conclude"]


def conclude(
    rule: Rule,
    case: Case,
    parts: tuple[Finding, ...],
    combine: Callable[[tuple[Verdict, ...]], Verdict],
) -> Finding:
    """Combine the answers on the evidence alone, with waivers, and without promises kept."""
    finding = case.finding(rule, combine(tuple([part.verdict for part in parts])), parts=parts)
    if not case.waivers and all(part.firm is part.verdict for part in parts):
        return finding
    return evolve(
        finding,
        effective=combine(tuple([part.effective for part in parts])),
        firm=combine(tuple([part.firm for part in parts])),
    )
