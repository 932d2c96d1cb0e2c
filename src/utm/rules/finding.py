"""Findings: one answer each, with what was seen, what is asked and what is missing."""

from __future__ import annotations

from typing import Protocol

from attrs import evolve, field, frozen
from pendulum import Date

from utm.domain.application import CommitmentStatement
from utm.domain.city import NetworkMembership, PopulationFigure
from utm.domain.dates import Period
from utm.domain.evidence import Source, UnknownReason
from utm.domain.identifiers import CityId, ConsortiumId
from utm.domain.plan import ClimatePlan
from utm.domain.waiver import Waiver
from utm.rules.verdict import Verdict

__all__ = [
    "Criterion",
    "Evidence",
    "Finding",
    "MissingEvidence",
    "Obligation",
    "Remark",
    "Threshold",
    "VersionStamp",
]


@frozen(kw_only=True)
class Remark:
    """Evidence in words, for rules whose facts have no type of their own."""

    statement: str
    source: Source


Evidence = PopulationFigure | NetworkMembership | ClimatePlan | CommitmentStatement | Remark


@frozen(kw_only=True)
class VersionStamp:
    """Which version of which rulebook was applied, and the days on which it is in force."""

    rulebook: str
    version: str
    in_force: Period


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


@frozen(kw_only=True)
class Threshold:
    """What is asked, by which version, from when to when, and where it is written."""

    requirement: str
    version: VersionStamp
    source: Source | None


class Criterion(Protocol):
    """What a finding needs to know of the rule that it answers."""

    @property
    def id(self) -> str:
        """Key of the rule within its rulebook; empty for an unnamed combination."""
        ...

    @property
    def requirement(self) -> str:
        """What is asked, as a noun phrase that a mayor understands."""
        ...

    @property
    def source(self) -> Source | None:
        """Where it is written."""
        ...


@frozen(kw_only=True)
class Finding:
    """The answer of one rule for one subject on one day.

    Parameters
    ----------
    rule
        The rule that was asked.
    version
        Version of the rulebook that it belongs to.
    subject, subject_name
        Whom the answer is about.
    day
        The day that the answer is for.
    verdict
        The answer on the evidence alone; no waiver changes it.
    evidence
        What was seen, each with its source, in canonical order.
    note
        How the evidence was read, as a clause.
    missing
        What is not known (leaves only); empty unless the verdict is unknown.
    obligations
        What was promised (leaves only); empty unless the verdict is met.
    readings
        Names of the interpretations on which the answer rests.
    waiver
        The waiver in force that excuses the subject from this rule, if any.
    effective
        The answer once waivers are applied: what the decision counts.
    parts
        Findings of the parts, if the rule has parts.
    """

    rule: Criterion
    version: VersionStamp
    subject: CityId | ConsortiumId
    subject_name: str
    day: Date
    verdict: Verdict
    evidence: tuple[Evidence, ...] = ()
    note: str = ""
    missing: tuple[MissingEvidence, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    readings: tuple[str, ...] = ()
    waiver: Waiver | None = None
    effective: Verdict = field()
    parts: tuple[Finding, ...] = ()

    @effective.default
    def _without_waiver(self) -> Verdict:
        return self.verdict

    @property
    def rule_id(self) -> str:
        """Id of the rule."""
        return self.rule.id

    @property
    def threshold(self) -> Threshold:
        """What is asked, with the version's dates and the source."""
        return Threshold(
            requirement=self.rule.requirement, version=self.version, source=self.rule.source
        )

    def excused_by(self, waiver: Waiver) -> Finding:
        """Give the same finding, excused: still shown as it is, counted as met."""
        return evolve(self, waiver=waiver, effective=Verdict.MET)
