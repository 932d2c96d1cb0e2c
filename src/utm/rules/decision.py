"""Decisions: what a rulebook says of a subject on a day, and all that it rests on."""

from __future__ import annotations

from enum import Enum

from attrs import frozen
from pendulum import Date

from utm.domain.application import Application, AuthorityDecision
from utm.domain.identifiers import CityId, ConsortiumId
from utm.domain.waiver import Waiver
from utm.errors import InvalidValueError
from utm.rules.case import Case
from utm.rules.digest import CanonicalForm, canonical_facts, canonical_form, sha256_of
from utm.rules.evidence import MissingEvidence, Obligation
from utm.rules.finding import Finding, VersionStamp
from utm.rules.interpretations import Interpretations
from utm.rules.verdict import Verdict

__all__ = ["LIBRARY_VERSION", "Decision", "Outcome"]

LIBRARY_VERSION = "0.1.0"
"""Version of the library whose judgement a decision records."""


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
    finding
        The answer of the whole rule, with all its parts.
    interpretations
        The readings that were chosen.
    waivers
        The waivers in force on that day for this subject, used or not.
    library_version
        Version of the library that judged.
    """

    application: Application
    version: VersionStamp
    day: Date
    known_by: Date | None
    finding: Finding
    interpretations: Interpretations
    waivers: tuple[Waiver, ...] = ()
    library_version: str = LIBRARY_VERSION

    @classmethod
    def of(cls, case: Case, finding: Finding) -> Decision:
        """Record a finding with everything that it rests on."""
        return cls(
            application=case.application,
            version=case.version,
            day=case.day,
            known_by=case.known_by,
            finding=finding,
            interpretations=case.interpretations,
            waivers=case.waivers,
        )

    @property
    def outcome(self) -> Outcome:
        """What follows. A condition counts before a waiver: it can still fail."""
        finding = self.finding
        if finding.effective is Verdict.UNMET:
            return Outcome.INELIGIBLE
        if finding.effective is Verdict.UNKNOWN:
            return Outcome.INCOMPLETE
        if finding.firm is not Verdict.MET:
            return Outcome.CONDITIONAL
        excused = finding.verdict is not Verdict.MET
        return Outcome.ELIGIBLE_BY_WAIVER if excused else Outcome.ELIGIBLE

    @property
    def subject(self) -> CityId | ConsortiumId:
        """Key of the applicant."""
        return self.application.key

    @property
    def subject_name(self) -> str:
        """Name of the applicant."""
        return self.application.applicant.name

    @property
    def authority_decision(self) -> AuthorityDecision | None:
        """What the authority is known to have decided; it stands beside and changes nothing."""
        return self.application.authority_decision

    @property
    def case(self) -> Case:
        """The facts as the rules saw them."""
        return Case(
            application=self.application,
            subject=self.application.applicant,
            day=self.day,
            version=self.version,
            known_by=self.known_by,
            interpretations=self.interpretations,
            waivers=self.waivers,
        )

    @property
    def obligations(self) -> tuple[Obligation, ...]:
        """What must be done by which day for the outcome to stand; none unless conditional."""
        if self.outcome is not Outcome.CONDITIONAL:
            return ()
        duties = (duty for leaf in self.finding.decisive_leaves for duty in leaf.obligations)
        return tuple(dict.fromkeys(duties))

    @property
    def missing(self) -> tuple[MissingEvidence, ...]:
        """Every fact that was asked for and not found, whether or not the outcome waits for it."""
        lacks = (
            lack
            for finding in self.finding.walk()
            if finding.effective is Verdict.UNKNOWN
            for lack in finding.missing
        )
        return tuple(dict.fromkeys(lacks))

    @property
    def needed(self) -> tuple[MissingEvidence, ...]:
        """The missing facts that the outcome waits for; none unless it is incomplete."""
        return self.finding.needed

    @property
    def excused(self) -> tuple[Finding, ...]:
        """The findings that a waiver excuses; each is still shown as it is."""
        return tuple(finding for finding in self.finding.walk() if finding.waiver is not None)

    def finding_of(self, rule_id: str) -> tuple[Finding, ...]:
        """Find the findings of a rule: one, or one for each town that was asked.

        Raises
        ------
        InvalidValueError
            No rule of that id was asked.
        """
        walked = tuple(self.finding.walk())
        found = tuple(finding for finding in walked if finding.rule_id == rule_id)
        if not found:
            known = ", ".join(dict.fromkeys(each.rule_id for each in walked if each.rule_id))
            raise InvalidValueError(kind="criterion", value=rule_id, reason=f"is none of {known}")
        return found

    @property
    def digest(self) -> str:
        """SHA-256 of rules, facts, day, readings, waivers and library version.

        The order in which evidence was given leaves no trace; what the authority
        decided, and what the applicant seeks or offers, is no part of it.
        """
        return sha256_of(
            [
                canonical_form(self.version),
                canonical_form(self.finding.rule),
                *self._facts_in_canonical_form,
                self.library_version,
            ]
        )

    @property
    def facts_digest(self) -> str:
        """SHA-256 of facts, day, readings and waivers: of `digest` without rules and library."""
        return sha256_of([*self._facts_in_canonical_form])

    @property
    def _facts_in_canonical_form(self) -> tuple[CanonicalForm, ...]:
        application = self.application
        facts = (
            application.applicant,
            application.plans,
            application.commitments,
            canonical_form(application.submitted_on),
            canonical_form(application.engaged_on),
            *((application.stated_gaps,) if application.stated_gaps else ()),
        )
        return (
            [canonical_facts(fact) for fact in facts],
            canonical_form(self.day),
            canonical_form(self.known_by),
            canonical_form(self.interpretations),
            canonical_facts(self.waivers),
        )

    @property
    def sentence(self) -> str:
        """The decision in one sentence."""
        book = f"{self.version.rulebook}, version {self.version.version}"
        head = f"{self.subject_name}: {self.outcome.value} on {self.day} under {book}"
        clauses = [str(duty) for duty in self.obligations]
        clauses += [f"{self.whose(f)}not met: {f.rule.requirement}" for f in self._against]
        clauses += [
            f"{self.whose(lack)}not known: {lack.fact} ({lack.reason.value})"
            for lack in self.needed
        ]
        clauses += [f"{self.whose(f)}{f.rule.requirement}{f.excuse}" for f in self.excused]
        return f"{head}{'; ' if clauses else ''}{'; '.join(clauses)}."

    def whose(self, named: Finding | MissingEvidence) -> str:
        """Name the town that a part of the decision is about; nothing for the applicant itself."""
        return "" if named.subject == self.subject else f"{named.subject_name}: "

    @property
    def _against(self) -> tuple[Finding, ...]:
        against = self.outcome is Outcome.INELIGIBLE
        return self.finding.decisive_leaves if against else ()
