"""Who changes outcome between two sets of decisions, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from attrs import frozen

from utm.domain.identifiers import CityId, ConsortiumId
from utm.errors import InvalidValueError
from utm.rules.decision import Decision, Outcome
from utm.rules.finding import Finding

__all__ = ["Impact", "Transition", "compare_decisions", "compare_many"]

_Subject = CityId | ConsortiumId


@frozen(kw_only=True)
class Transition:
    """Two decisions about one applicant: other rules, another day, other evidence.

    Parameters
    ----------
    before, after
        The decisions.
    """

    before: Decision
    after: Decision

    @property
    def changed(self) -> bool:
        """Whether the outcome is another."""
        return self.before.outcome is not self.after.outcome

    @property
    def turned(self) -> tuple[tuple[Finding | None, Finding | None], ...]:
        """The criteria whose answer is another, before and after; ``None`` where not asked.

        A combination is among them where a waiver of it is what changed.
        """
        old, new = _named(self.before), _named(self.after)
        keys = [
            key
            for key in dict.fromkeys((*old, *new))
            if any(one is not None and _stands_alone(one) for one in (old.get(key), new.get(key)))
        ]
        pairs = [(old.get(key), new.get(key)) for key in keys]
        return tuple((one, other) for one, other in pairs if _answer(one) != _answer(other))

    @property
    def sentence(self) -> str:
        """What changed, in one sentence."""
        name = self.after.subject_name
        head = f"{name}: {self.before.outcome.value} becomes {self.after.outcome.value}"
        if not self.changed:
            head = f"{name} stays {self.after.outcome.value}"
        clauses = [_clause(one, other) for one, other in self.turned]
        return f"{head}{': ' if clauses else ''}{'; '.join(clauses)}."


@frozen(kw_only=True)
class Impact:
    """What a change does to many applicants.

    Parameters
    ----------
    transitions
        One for each applicant, in the order of their keys.
    """

    transitions: tuple[Transition, ...]

    @property
    def matrix(self) -> Mapping[tuple[Outcome, Outcome], tuple[_Subject, ...]]:
        """The applicants behind every pair of outcomes, before and after; all pairs are there."""
        cells: dict[tuple[Outcome, Outcome], list[_Subject]] = {
            (before, after): [] for before in Outcome for after in Outcome
        }
        for each in self.transitions:
            cells[each.before.outcome, each.after.outcome].append(each.after.subject)
        return {pair: tuple(subjects) for pair, subjects in cells.items()}

    @property
    def changed(self) -> tuple[Transition, ...]:
        """The applicants whose outcome is another."""
        return tuple(each for each in self.transitions if each.changed)

    @property
    def sentence(self) -> str:
        """How many change, in one sentence."""
        counted = {
            pair: len(subjects)
            for pair, subjects in self.matrix.items()
            if pair[0] is not pair[1] and subjects
        }
        moves = [f"{n} from {a.value} to {b.value}" for (a, b), n in counted.items()]
        total = len(self.transitions)
        return f"{len(self.changed)} of {total} change: {', '.join(moves) or 'nobody moves'}."


def compare_decisions(before: Decision, after: Decision) -> Transition:
    """Compare two decisions about one applicant.

    Raises
    ------
    InvalidValueError
        They are about two applicants.
    """
    if before.subject != after.subject:
        raise InvalidValueError(
            kind="decisions",
            value=f"{before.subject}, {after.subject}",
            reason="are about two applicants",
        )
    return Transition(before=before, after=after)


def compare_many(before: Iterable[Decision], after: Iterable[Decision]) -> Impact:
    """Compare decisions about the same applicants, whatever their order.

    Raises
    ------
    InvalidValueError
        An applicant is judged twice on one side, or on one side only.
    """
    old, new = _by_subject(before), _by_subject(after)
    if old.keys() != new.keys():
        alone = sorted(str(subject) for subject in old.keys() ^ new.keys())
        raise InvalidValueError(
            kind="decisions", value=", ".join(alone), reason="stand on one side only"
        )
    ordered = sorted(old, key=lambda subject: (subject.value, type(subject).__name__))
    return Impact(
        transitions=tuple(compare_decisions(old[subject], new[subject]) for subject in ordered)
    )


def _by_subject(decisions: Iterable[Decision]) -> dict[_Subject, Decision]:
    found: dict[_Subject, Decision] = {}
    for decision in decisions:
        if found.setdefault(decision.subject, decision) is not decision:
            raise InvalidValueError(
                kind="decisions", value=str(decision.subject), reason="are two about one applicant"
            )
    return found


def _named(decision: Decision) -> dict[tuple[str, _Subject, int], Finding]:
    # Criteria without an id may ask the same in words: those are told apart by their order.
    asked: Counter[tuple[str, _Subject]] = Counter()
    found: dict[tuple[str, _Subject, int], Finding] = {}
    for finding in decision.finding.walk():
        question = (finding.rule_id or finding.rule.requirement, finding.subject)
        found[*question, asked[question]] = finding
        asked[question] += 1
    return found


def _stands_alone(finding: Finding) -> bool:
    return not finding.parts or finding.waiver is not None


def _answer(finding: Finding | None) -> tuple[object, ...]:
    return () if finding is None else (finding.verdict, finding.effective, finding.firm)


def _clause(before: Finding | None, after: Finding | None) -> str:
    shown = after or before
    if shown is None:  # pragma: no cover - a pair has one side at least
        return ""
    old = "not asked" if before is None else before.effective.value
    new = "not asked" if after is None else after.effective.value
    return f"{shown.rule.requirement} ({old}, then {new})"
