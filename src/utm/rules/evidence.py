"""Evidence, and what is missing of it, and what was promised instead."""

from __future__ import annotations

from attrs import frozen
from pendulum import Date

from utm.domain.application import CommitmentStatement
from utm.domain.city import NetworkMembership, PopulationFigure
from utm.domain.evidence import Source, UnknownReason
from utm.domain.identifiers import CityId, ConsortiumId
from utm.domain.plan import ClimatePlan

__all__ = ["Evidence", "MissingEvidence", "Obligation", "Remark"]


@frozen(kw_only=True)
class Remark:
    """Evidence in words, for rules whose facts have no type of their own."""

    statement: str
    source: Source


Evidence = PopulationFigure | NetworkMembership | ClimatePlan | CommitmentStatement | Remark
"""What a finding can rest on; each names its source."""


@frozen(kw_only=True)
class MissingEvidence:
    """What is not known, why, and what to ask for.

    Parameters
    ----------
    subject
        Whom the missing fact is about.
    subject_name
        Its name.
    fact
        The fact, e.g. ``"GCoM status on 2026-01-08"``.
    reason
        Why it is not known.
    ask
        What would settle it, as an instruction.
    note
        What is known instead.
    """

    subject: CityId | ConsortiumId
    subject_name: str
    fact: str
    reason: UnknownReason
    ask: str
    note: str = ""

    def __str__(self) -> str:
        note = f" ({self.note})" if self.note else ""
        return f"{self.subject_name}: {self.fact}: {self.reason.value}{note}; {self.ask}"


@frozen(kw_only=True)
class Obligation:
    """Something promised that must be done by a day, or the verdict changes by itself.

    Parameters
    ----------
    criterion
        Id of the rule that is met because of the promise.
    subject
        Who must do it.
    subject_name
        Its name.
    duty
        What must be done, e.g. ``"sign the Global Covenant of Mayors"``.
    due_on
        Last day on which it may be done.
    starts_on
        Day from which the time runs.
    presumed
        True while the start has not happened, and was taken to be the day of the decision.
    """

    criterion: str
    subject: CityId | ConsortiumId
    subject_name: str
    duty: str
    due_on: Date
    starts_on: Date
    presumed: bool = False

    def __str__(self) -> str:
        presumed = f", if it engages on {self.starts_on}" if self.presumed else ""
        return f"{self.subject_name} must {self.duty} by {self.due_on}{presumed}"
