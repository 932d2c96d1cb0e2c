"""Decisions: what a rulebook says of a subject on a day, and all that it rests on."""

from __future__ import annotations

from enum import Enum

from attrs import frozen
from pendulum import Date

from utm.domain.application import Application, AuthorityDecision
from utm.domain.waiver import Waiver
from utm.rules.finding import Finding, MissingEvidence, Obligation, VersionStamp
from utm.rules.interpretations import Interpretations

__all__ = ["Decision", "Outcome"]


class Outcome(Enum):
    """What follows from the findings."""

    ELIGIBLE = "eligible"
    CONDITIONAL = "conditional"
    ELIGIBLE_BY_WAIVER = "eligible by waiver"
    INCOMPLETE = "incomplete"
    INELIGIBLE = "ineligible"


@frozen(kw_only=True)
class Decision:
    """What one version of a rulebook says of one applicant on one day.

    Parameters
    ----------
    application
        The facts that were judged.
    version
        The version that was applied.
    day
        The day that was judged.
    known_by
        Last day of knowledge; ``None`` means everything known.
    outcome
        What follows.
    finding
        The answer of the whole rule, with all its parts.
    interpretations
        The readings that were chosen.
    waivers
        The waivers in force that excused something.
    """

    application: Application
    version: VersionStamp
    day: Date
    known_by: Date | None
    outcome: Outcome
    finding: Finding
    interpretations: Interpretations
    waivers: tuple[Waiver, ...] = ()

    @property
    def subject_name(self) -> str:
        """Name of the applicant."""
        return self.application.applicant.name

    @property
    def authority_decision(self) -> AuthorityDecision | None:
        """What the authority is known to have decided; it stands beside and changes nothing."""
        return self.application.authority_decision

    @property
    def obligations(self) -> tuple[Obligation, ...]:
        """What must be done by which day for the outcome to stand."""
        raise NotImplementedError

    @property
    def missing(self) -> tuple[MissingEvidence, ...]:
        """Every fact that the rule asked for and did not find."""
        raise NotImplementedError

    @property
    def needed(self) -> tuple[MissingEvidence, ...]:
        """The missing facts that the outcome waits for; none unless it is incomplete."""
        raise NotImplementedError

    @property
    def digest(self) -> str:
        """SHA-256 of rulebook version, facts, day, readings, waivers and library version."""
        raise NotImplementedError
