"""Findings: one answer each, with what was seen, what is asked and what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from attrs import Factory, define, evolve, field, frozen
from pendulum import Date

from utm.domain.dates import Period
from utm.domain.evidence import Source, UnknownReason
from utm.domain.identifiers import CityId, ConsortiumId
from utm.domain.waiver import Waiver
from utm.rules.evidence import Evidence, MissingEvidence, Obligation
from utm.rules.statements import state
from utm.rules.verdict import Verdict

__all__ = ["Criterion", "Draft", "Finding", "Threshold", "VersionStamp"]


@frozen(kw_only=True)
class VersionStamp:
    """Which version of which rulebook was applied, and the days on which it is in force."""

    rulebook: str
    version: str
    in_force: Period


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


def _without_waiver(finding: Finding) -> Verdict:
    return finding.verdict


def _without_promise(finding: Finding) -> Verdict:
    return Verdict.UNMET if finding.obligations else finding.effective


@define(kw_only=True, eq=False)
class Draft:
    """A finding while it is written; `freeze` makes it one.

    The attributes of a frozen class are set by a call each. To set them here and freeze
    the whole takes half the time, and findings are most of what a judgement costs.
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
    effective: Verdict = field(default=Factory(_without_waiver, takes_self=True))
    firm: Verdict = field(default=Factory(_without_promise, takes_self=True))
    parts: tuple[Finding, ...] = ()

    def freeze(self) -> Finding:
        """Make this very object a finding, which nothing can change."""
        self.__class__ = Finding  # pyright: ignore[reportAttributeAccessIssue]
        return self  # type: ignore[return-value]


@frozen(kw_only=True)  # pyright: ignore[reportGeneralTypeIssues]
class Finding(Draft):
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
    firm
        The effective answer if no promise were kept: differs from it only where the
        answer rests on an obligation.
    parts
        Findings of the parts, if the rule has parts.
    """

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

    @property
    def reasons(self) -> tuple[UnknownReason, ...]:
        """Why the answer is not known, each reason once, in the order of the rule."""
        return tuple(dict.fromkeys(lack.reason for lack in self.needed))

    @property
    def observed(self) -> tuple[str, ...]:
        """What was seen, in words, each with its source."""
        return tuple(state(piece) for piece in self.evidence)

    @property
    def decisive_parts(self) -> tuple[Finding, ...]:
        """The parts on which the effective answer rests.

        An answer rests on the parts that answer alike; that of a negation on its
        one part. None means that the finding settles itself.
        """
        if self.waiver is not None:
            return ()
        alike = tuple(part for part in self.parts if part.effective is self.effective)
        return self.parts if not alike and len(self.parts) == 1 else alike

    @property
    def decisive_leaves(self) -> tuple[Finding, ...]:
        """The leaves on which the effective answer rests, in the order of the rule."""
        parts = self.decisive_parts
        if not parts:
            return (self,)
        return tuple(leaf for part in parts for leaf in part.decisive_leaves)

    @property
    def needed(self) -> tuple[MissingEvidence, ...]:
        """The missing facts that the answer waits for; none if it is known."""
        if self.effective is not Verdict.UNKNOWN:
            return ()
        below = (lack for part in self.decisive_parts for lack in part.needed)
        return tuple(dict.fromkeys((*self.missing, *below)))

    def walk(self) -> Iterator[Finding]:
        """Give this finding and all its parts, depth first."""
        yield self
        for part in self.parts:
            yield from part.walk()

    def excused_by(self, waiver: Waiver) -> Finding:
        """Give the same finding, excused: still shown as it is, counted as met."""
        return evolve(self, waiver=waiver, effective=Verdict.MET, firm=Verdict.MET)

    @property
    def sentence(self) -> str:
        """The finding in one sentence for a reader who knows no rule."""
        if self.verdict is Verdict.MET:
            head = f'{self.subject_name} meets "{self.rule.requirement}"'
        elif self.verdict is Verdict.UNMET:
            head = f'{self.subject_name} does not meet "{self.rule.requirement}"'
        else:
            reasons = ", ".join(reason.value for reason in self._own_reasons)
            why = f" ({reasons})" if reasons else ""
            head = f'Whether {self.subject_name} meets "{self.rule.requirement}" is not known{why}'
        clauses = [*self.observed, *([self.note] if self.note else []), *self._because]
        tail = f": {'; '.join(clauses)}" if clauses else ""
        return f"{head}{tail}{self.excuse}."

    @property
    def _own_reasons(self) -> tuple[UnknownReason, ...]:
        return tuple(dict.fromkeys(lack.reason for lack in self.missing))

    @property
    def _because(self) -> tuple[str, ...]:
        if not self.parts or self.verdict is Verdict.MET:
            return ()
        alike = [part for part in self.walk() if part.verdict is self.verdict and part is not self]
        leaves = [part for part in alike if not part.parts or part.missing]
        word = "open" if self.verdict is Verdict.UNKNOWN else "not met"
        named = dict.fromkeys(self._name_of(leaf) for leaf in leaves)
        return (f"{word}: {', '.join(named)}",) if named else ()

    def _name_of(self, leaf: Finding) -> str:
        name = f'"{leaf.rule.requirement}"'
        return name if leaf.subject == self.subject else f"{name} for {leaf.subject_name}"

    @property
    def excuse(self) -> str:
        """The waiver in words, as a clause; empty without one."""
        if self.waiver is None:
            return ""
        until = f" until {self.waiver.expires_on}" if self.waiver.expires_on else ""
        kind = self.waiver.category.value
        return f"; {kind} by {self.waiver.authority}{until}: {self.waiver.reason}"
