"""Cases: the facts that a rule may look at, and the form that every rule has."""

from __future__ import annotations

from typing import Protocol, TypeVar

from attrs import evolve, field, frozen
from pendulum import Date

from utm.domain.application import Application
from utm.domain.city import City
from utm.domain.consortium import Consortium
from utm.domain.evidence import Observation, Source, UnknownReason
from utm.domain.identifiers import NetworkId
from utm.domain.stated_gap import GapTopic, StatedGap
from utm.domain.waiver import Waiver
from utm.rules.evidence import Evidence, MissingEvidence, Obligation
from utm.rules.finding import Draft, Finding, VersionStamp
from utm.rules.interpretations import Interpretations
from utm.rules.verdict import Verdict

__all__ = ["Case", "Rule", "examine", "waiver_for"]


class Cited(Protocol):
    """A fact that names its source."""

    @property
    def source(self) -> Source:
        """Where it was read."""
        ...


CitedFact = TypeVar("CitedFact", bound=Cited)


@frozen(kw_only=True)
class Case:
    """One subject on one day, as a rule sees it.

    Parameters
    ----------
    application
        All facts of the applicant.
    subject
        The applicant, or the member of a consortium that is looked at.
    day
        The day that is judged.
    version
        The version of the rulebook that asks.
    known_by
        Last day of knowledge; facts learned later are left out.
    interpretations
        The readings that were chosen.
    waivers
        The waivers in force on the day, as known.
    """

    application: Application
    subject: City | Consortium
    day: Date
    version: VersionStamp
    known_by: Date | None = None
    interpretations: Interpretations = field(factory=Interpretations)
    waivers: tuple[Waiver, ...] = ()

    def about(self, subject: City) -> Case:
        """Look at one member."""
        return evolve(self, subject=subject)

    def without_waivers(self) -> Case:
        """Look at the evidence alone."""
        return evolve(self, waivers=()) if self.waivers else self

    def knows(self, source: Source) -> bool:
        """Tell whether a source was known on the last day of knowledge.

        A source without days has always been known.
        """
        if self.known_by is None:
            return True
        days = (source.published_on, source.retrieved_on)
        return all(day is None or day <= self.known_by for day in days)

    def known(self, facts: tuple[CitedFact, ...]) -> tuple[CitedFact, ...]:
        """Give the facts whose sources were known on the last day of knowledge."""
        if self.known_by is None:
            return facts
        return tuple([fact for fact in facts if self.knows(fact.source)])

    def has_learned(self, observation: Observation[object]) -> bool:
        """Tell whether an observation was known on the last day of knowledge."""
        recorded_on = observation.recorded_on
        in_time = recorded_on is None or self.known_by is None or recorded_on <= self.known_by
        return in_time and self.knows(observation.source)

    @property
    def cities(self) -> tuple[City, ...]:
        """The city, or every member of the consortium, that is looked at."""
        subject = self.subject
        return subject.members if isinstance(subject, Consortium) else (subject,)

    def stated_gap(self, topic: GapTopic, network: NetworkId | None = None) -> StatedGap | None:
        """Find why a fact about the subject is not shown, if that was stated and is known."""
        for gap in self.application.stated_gaps:
            asked = gap.city == self.subject.id and gap.topic is topic and gap.network == network
            if asked and self.knows(gap.source):
                return gap
        return None

    def lacks(
        self,
        fact: str,
        reason: UnknownReason,
        *,
        ask: str,
        note: str = "",
        gap: StatedGap | None = None,
    ) -> MissingEvidence:
        """Say what is not known about the subject of this case.

        What is not reported has the reason of `stated_gap`, if somebody gave one.
        """
        if gap is not None and reason is UnknownReason.NOT_REPORTED:
            reason = gap.why.reason
            note = gap.why.note or note
            ask = _ASK_INSTEAD.get(reason, ask)
        return MissingEvidence(
            subject=self.subject.id,
            subject_name=self.subject.name,
            fact=fact,
            reason=reason,
            ask=ask,
            note=note,
        )

    def finding(
        self,
        rule: Rule,
        verdict: Verdict,
        *,
        evidence: tuple[Evidence, ...] = (),
        note: str = "",
        missing: tuple[MissingEvidence, ...] = (),
        obligations: tuple[Obligation, ...] = (),
        readings: tuple[str, ...] = (),
        parts: tuple[Finding, ...] = (),
        effective: Verdict | None = None,
        firm: Verdict | None = None,
    ) -> Finding:
        """Answer a rule about the subject of this case.

        Without waivers and promises among the parts, the effective and the firm answer
        follow from the others.
        """
        subject = self.subject
        draft = _blank(Draft)
        draft.rule = rule
        draft.version = self.version
        draft.subject = subject.id
        draft.subject_name = subject.name
        draft.day = self.day
        draft.verdict = verdict
        draft.evidence = evidence
        draft.note = note
        draft.missing = missing
        draft.obligations = obligations
        draft.readings = readings
        draft.waiver = None
        draft.effective = verdict if effective is None else effective
        draft.firm = (Verdict.UNMET if obligations else verdict) if firm is None else firm
        draft.parts = parts
        return draft.freeze()


_blank = object.__new__

_ASK_INSTEAD = {
    UnknownReason.CONFIDENTIAL: "ask whoever may see it to confirm what is asked",
    UnknownReason.NOT_APPLICABLE: "ask the programme's authority what holds in such a case",
}


class Rule(Protocol):
    """A criterion, or a combination of criteria, as frozen data.

    A third party's rule has these four members and is otherwise its own. It
    reads nothing but the case, so that equal cases have equal findings.
    """

    @property
    def id(self) -> str:
        """Key within its rulebook, which waivers name; empty for an unnamed combination."""
        ...

    @property
    def requirement(self) -> str:
        """What is asked, as a noun phrase that a mayor understands."""
        ...

    @property
    def source(self) -> Source | None:
        """Where it is written."""
        ...

    @property
    def parts(self) -> tuple[Rule, ...]:
        """The rules that it combines; none for a criterion."""
        ...

    def examine(self, case: Case) -> Finding:
        """Answer for one case, waivers of this very rule left aside."""
        ...


def examine(rule: Rule, case: Case) -> Finding:
    """Answer for one case, and excuse the subject where a waiver in force says so."""
    finding = rule.examine(case)
    if case.waivers and finding.effective is not Verdict.MET:
        waiver = waiver_for(rule, case)
        if waiver is not None:
            return finding.excused_by(waiver)
    return finding


def waiver_for(rule: Rule, case: Case) -> Waiver | None:
    """Find the waiver in force that excuses the subject of a case from a rule, if any."""
    if not rule.id:
        return None
    concerned = (case.subject.id, case.application.key)
    for waiver in case.waivers:
        if waiver.criterion == rule.id and waiver.subject in concerned:
            return waiver
    return None
