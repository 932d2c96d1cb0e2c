"""The criterion of a promise that the applicant makes."""

from __future__ import annotations

from attrs import frozen

from utm.domain.application import Commitment
from utm.domain.evidence import Source, UnknownReason
from utm.rules.case import Case
from utm.rules.combinators import Composable
from utm.rules.finding import Finding
from utm.rules.terms import require_terms
from utm.rules.verdict import Verdict

__all__ = ["CommitmentGiven"]


@frozen(kw_only=True)
class CommitmentGiven(Composable):
    """The applicant has promised something by the day. Silence is unknown.

    Parameters
    ----------
    id
        Key of the criterion.
    commitment
        What must be promised.
    source
        Where it is written.
    """

    id: str
    commitment: Commitment
    source: Source | None = None

    def __attrs_post_init__(self) -> None:
        require_terms((self.commitment,), Commitment, kind="commitment")

    @property
    def parts(self) -> tuple[()]:
        """None: it is a criterion."""
        return ()

    @property
    def requirement(self) -> str:
        """What is asked."""
        return f"a commitment to {self.commitment.value}"

    def examine(self, case: Case) -> Finding:
        """Answer for the applicant, whoever of its members is looked at."""
        made = [
            statement
            for statement in case.application.commitments
            if statement.commitment is self.commitment
            and (statement.stated_on is None or statement.stated_on <= case.day)
        ]
        statements = case.known(tuple(made))
        if not statements:
            lack = case.lacks(
                self.requirement,
                UnknownReason.NOT_REPORTED,
                ask="ask the applicant to answer yes or no, with a signature",
            )
            return case.finding(self, Verdict.UNKNOWN, missing=(lack,))
        verdict = Verdict.of(statements[0].given)
        return case.finding(self, verdict, evidence=statements)
