"""What many decisions add up to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from attrs import frozen

from utm.domain.city import PopulationBasis, PopulationFigure
from utm.domain.evidence import UnknownReason
from utm.errors import InvalidValueError
from utm.rules.case import Rule
from utm.rules.decision import Decision, Outcome
from utm.rules.evidence import MissingEvidence
from utm.rules.finding import Finding
from utm.rules.population import MinimumPopulation
from utm.rules.rulebook import RulebookVersion
from utm.rules.verdict import Verdict

__all__ = ["Screening", "screen"]


@frozen(kw_only=True)
class Screening:
    """Decisions about many applicants, in the order of their keys.

    Parameters
    ----------
    decisions
        The decisions.
    """

    decisions: tuple[Decision, ...]

    @property
    def counts(self) -> dict[Outcome, int]:
        """How many have each outcome; outcomes that nobody has are 0."""
        counted = Counter(decision.outcome for decision in self.decisions)
        return {outcome: counted[outcome] for outcome in Outcome}

    def with_outcome(self, outcome: Outcome) -> tuple[Decision, ...]:
        """Find the decisions with an outcome."""
        return tuple(decision for decision in self.decisions if decision.outcome is outcome)

    @property
    def missing(self) -> tuple[MissingEvidence, ...]:
        """Everything that is missing, applicant by applicant."""
        return tuple(lack for decision in self.decisions for lack in decision.missing)

    @property
    def missing_by_reason(self) -> dict[UnknownReason, int]:
        """How often each reason stands behind something that is missing."""
        counted = Counter(lack.reason for lack in self.missing)
        return {reason: counted[reason] for reason in UnknownReason if counted[reason]}

    def leaves(self, rule_id: str, verdict: Verdict) -> tuple[Finding, ...]:
        """Find the answers of one criterion that have a verdict, e.g. who is under the floor.

        Raises
        ------
        InvalidValueError
            Nobody was asked a criterion of that id.
        """
        walked = [one for decision in self.decisions for one in decision.finding.walk()]
        asked = [one for one in walked if one.rule_id == rule_id]
        if self.decisions and not asked:
            known = ", ".join(dict.fromkeys(one.rule_id for one in walked if one.rule_id))
            raise InvalidValueError(kind="criterion", value=rule_id, reason=f"is none of {known}")
        return tuple(one for one in asked if one.verdict is verdict and not one.parts)

    @property
    def below_floor(self) -> dict[PopulationBasis, tuple[PopulationFigure, ...]]:
        """Figures beyond doubt below the floor that was asked for, by the area counted.

        A figure here is an observation and no verdict: the floor may be met all the
        same. Use `names_below_floor` for the cities.
        """
        return {
            basis: tuple(figure for _, figure in found)
            for basis, found in self._figures_below_floor().items()
        }

    @property
    def names_below_floor(self) -> dict[PopulationBasis, tuple[str, ...]]:
        """Who has a figure beyond doubt below the floor, by the area counted."""
        return {
            basis: tuple(dict.fromkeys(name for name, _ in found))
            for basis, found in self._figures_below_floor().items()
        }

    def _figures_below_floor(self) -> dict[PopulationBasis, list[tuple[str, PopulationFigure]]]:
        found: dict[PopulationBasis, list[tuple[str, PopulationFigure]]] = {}
        for decision in self.decisions:
            for finding in decision.finding.walk():
                for name, figure in _below_floor(finding):
                    found.setdefault(figure.basis, []).append((name, figure))
        return {basis: found[basis] for basis in PopulationBasis if basis in found}

    @property
    def conflicts(self) -> tuple[MissingEvidence, ...]:
        """What is not known because sources contradict each other."""
        return tuple(lack for lack in self.missing if lack.reason is UnknownReason.CONFLICTING)

    @property
    def sentence(self) -> str:
        """The counts in one sentence."""
        counted = [f"{count} {outcome.value}" for outcome, count in self.counts.items() if count]
        total = len(self.decisions)
        return f"{total} applicants: {', '.join(counted) or 'none judged'}."


def _below_floor(finding: Finding) -> list[tuple[str, PopulationFigure]]:
    rule = finding.rule
    if not isinstance(rule, MinimumPopulation) or rule.floor is None:
        return []
    return [
        (finding.subject_name, piece)
        for piece in finding.evidence
        if isinstance(piece, PopulationFigure)
        and piece.inhabitants < rule.floor
        and not piece.doubt
    ]


def screen(decisions: Iterable[Decision]) -> Screening:
    """Bring decisions together, sorted by the key of the applicant."""
    ordered = sorted(decisions, key=lambda decision: (decision.subject.value, decision.digest))
    return Screening(decisions=tuple(ordered))


def find_unseen(
    version: RulebookVersion, decisions: Iterable[Decision]
) -> tuple[tuple[Rule, Verdict], ...]:
    """Tell which answers of which criteria no case has shown yet.

    Cases that accompany a rulebook should show every criterion met, unmet and
    unknown; what this gives is what they leave out, in the order of the rule.
    """
    seen = {
        (_key(finding.rule.id, finding.rule), finding.verdict)
        for decision in decisions
        for finding in decision.finding.walk()
    }
    leaves = {_key(rule.id, rule): rule for rule in version.rules if not rule.parts}
    return tuple(
        (rule, verdict)
        for key, rule in leaves.items()
        for verdict in Verdict
        if (key, verdict) not in seen
    )


def _key(rule_id: str, rule: object) -> str:
    # An id names one rule in a version. With it a finding under a parameter is found too,
    # whose rule has the one number that held.
    return rule_id or repr(rule)
