"""How the answers of parts make one answer."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from utm.rules.case import Case, Rule, examine
from utm.rules.finding import Finding
from utm.rules.verdict import Verdict

__all__ = ["Combination", "conclude", "conclude_from"]


@runtime_checkable
class Combination(Rule, Protocol):
    """A rule whose answer is made from the answers to other questions."""

    def questions(self, case: Case) -> tuple[tuple[Rule, Case], ...]:
        """Give what must be asked, and about which case; nothing for a criterion of its own."""
        ...

    def combine(self, verdicts: tuple[Verdict, ...], case: Case) -> Verdict:
        """Make one answer of the answers, in the order of the questions.

        It is monotone in knowledge: an unknown that becomes known never turns
        one definite answer into the other.
        """
        ...


def conclude(rule: Combination, case: Case) -> Finding:
    """Combine the answers on the evidence alone, with waivers, and without promises kept."""
    if case.waivers:
        parts = tuple([examine(part, asked) for part, asked in rule.questions(case)])
    else:
        parts = tuple([part.examine(asked) for part, asked in rule.questions(case)])
    return conclude_from(rule, case, parts)


def conclude_from(rule: Combination, case: Case, parts: tuple[Finding, ...]) -> Finding:
    """Combine answers that are found already, one for each question of the rule."""
    verdict = rule.combine(tuple([part.verdict for part in parts]), case)
    if _plain(parts, case):
        return case.finding(rule, verdict, parts=parts)
    effective = rule.combine(tuple([part.effective for part in parts]), case)
    firm = rule.combine(tuple([part.firm for part in parts]), case)
    return case.finding(rule, verdict, parts=parts, effective=effective, firm=firm)


def _plain(parts: tuple[Finding, ...], case: Case) -> bool:
    if case.waivers:
        return False
    for part in parts:  # noqa: SIM110 - a loop takes half the time of `all`
        if part.firm is not part.verdict:
            return False
    return True
