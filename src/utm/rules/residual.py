"""What remains to be asked of a case once everything known is taken into account."""

from __future__ import annotations

from utm.domain.consortium import Consortium
from utm.rules.case import Case, Rule, examine, waiver_for
from utm.rules.combinators import AllOf, AnyOf, AtLeast, Not
from utm.rules.members import Exists, ForAll, ForAtLeast, ShareOfInhabitants
from utm.rules.verdict import Verdict

__all__ = ["find_residual"]


def find_residual(  # noqa: PLR0911 - one a kind of rule
    rule: Rule, case: Case
) -> Rule | Verdict:
    """Give the smaller rule that is left of a rule, or its verdict if nothing is left.

    Whatever becomes known later of the criteria that are open, the smaller rule
    then answers as the whole one does. It can be written down like any other.
    A rule over the towns of a consortium is left whole while any town is open.
    """
    finding = examine(rule, case)
    if finding.effective is not Verdict.UNKNOWN:
        return finding.effective
    if case.waivers and waiver_for(rule, case) is not None:  # pragma: no cover - then it is met
        return Verdict.MET
    match rule:
        case Not():
            part = find_residual(rule.part, case.without_waivers())
            return ~part if isinstance(part, Verdict) else Not(part=part)
        case AllOf():
            return _left_of(len(rule.parts), rule.parts, case)
        case AnyOf():
            return _left_of(1, rule.parts, case)
        case AtLeast():
            return _left_of(rule.count, rule.parts, case)
        case ForAll() | Exists() | ForAtLeast() | ShareOfInhabitants():
            together = isinstance(case.subject, Consortium)
            return rule if together else find_residual(rule.rule, case)
        case _:
            return rule


def _left_of(count: int, parts: tuple[Rule, ...], case: Case) -> Rule | Verdict:
    left = [find_residual(part, case) for part in parts]
    still_needed = count - sum(each is Verdict.MET for each in left)
    unsettled = tuple(each for each in left if not isinstance(each, Verdict))
    if still_needed <= 0:
        return Verdict.MET
    if still_needed > len(unsettled):
        return Verdict.UNMET
    if len(unsettled) == 1:
        return unsettled[0]
    if still_needed == len(unsettled):
        return AllOf(parts=unsettled)
    if still_needed == 1:
        return AnyOf(parts=unsettled)
    return AtLeast(count=still_needed, parts=unsettled)
