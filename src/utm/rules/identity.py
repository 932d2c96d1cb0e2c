"""Doubt about which place is meant: then nothing looked up about it settles anything."""

from __future__ import annotations

from utm.domain.evidence import Unknown
from utm.rules.case import Case, Rule
from utm.rules.evidence import Evidence
from utm.rules.finding import Finding
from utm.rules.statements import in_canonical_order
from utm.rules.verdict import Verdict

__all__ = ["doubt_identity"]


def doubt_identity(
    rule: Rule, case: Case, doubt: Unknown, *, evidence: tuple[Evidence, ...]
) -> Finding:
    """Answer unknown because it is not certain which place is meant.

    What was looked up is cited. It may be about another place of that name.
    """
    missing = case.lacks(
        "which place is meant",
        doubt.reason,
        ask="ask the applicant for an identifier of the place, such as its GeoNames id",
        note=doubt.note,
    )
    return case.finding(
        rule,
        Verdict.UNKNOWN,
        evidence=in_canonical_order(evidence),
        note=doubt.note,
        missing=(missing,),
    )
