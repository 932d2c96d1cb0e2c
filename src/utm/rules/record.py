"""Decisions as they are put on file, and judged again from the file."""

from __future__ import annotations

from attrs import frozen
from pendulum import Date

from utm.domain.application import Application
from utm.domain.identifiers import CityId, ConsortiumId
from utm.domain.waiver import Waiver
from utm.rules.decision import Decision, Outcome
from utm.rules.interpretations import Interpretations
from utm.rules.rulebook import Rulebook
from utm.rules.verdict import Verdict

__all__ = ["DecisionRecord", "RecordReplay", "RecordedAnswer", "record_decision", "replay_record"]


@frozen(kw_only=True)
class RecordedAnswer:
    """What one criterion answered.

    Parameters
    ----------
    criterion
        Id of the criterion, or what it asks where it has none.
    subject
        Whom it was asked about.
    verdict
        The answer on the evidence.
    effective
        The answer for the decision, waivers counted.
    """

    criterion: str
    subject: CityId | ConsortiumId
    verdict: Verdict
    effective: Verdict

    def __str__(self) -> str:
        excused = f", {self.effective.value} by waiver" if self.effective != self.verdict else ""
        return f"{self.verdict.value}{excused}"


@frozen(kw_only=True)
class DecisionRecord:
    """All that a decision rests on, what it said, and the hashes that prove both the same.

    Parameters
    ----------
    rulebook
        Id of the rulebook.
    version
        Name of the version that was applied.
    application, day, known_by, interpretations, waivers, library_version
        As in `Decision`.
    outcome
        What was decided.
    answers
        What every criterion answered.
    facts_digest
        SHA-256 of everything but the rules and the library.
    digest
        SHA-256 of the decision.
    """

    rulebook: str
    version: str
    application: Application
    day: Date
    known_by: Date | None
    interpretations: Interpretations
    waivers: tuple[Waiver, ...]
    library_version: str
    outcome: Outcome
    answers: tuple[RecordedAnswer, ...]
    facts_digest: str
    digest: str


@frozen(kw_only=True)
class RecordReplay:
    """A record beside the decision that it leads to now.

    Parameters
    ----------
    record
        The decision as it was put on file.
    now
        The decision as it is made again, by this library and this rulebook.
    """

    record: DecisionRecord
    now: Decision

    @property
    def facts_stand(self) -> bool:
        """Whether the facts, the day, the readings and the waivers are those that were hashed."""
        return self.record.facts_digest == self.now.facts_digest

    @property
    def faithful(self) -> bool:
        """Whether everything is the same: rules, facts, library, outcome and answers."""
        return not self.differences

    @property
    def differences(self) -> tuple[str, ...]:
        """What is not the same, each as a clause; none if the record stands."""
        record, now = self.record, self.now
        pairs = [
            ("library", record.library_version, now.library_version),
            ("facts, as hashed", record.facts_digest[:16], now.facts_digest[:16]),
            ("record", record.digest[:16], now.digest[:16]),
            ("outcome", record.outcome.value, now.outcome.value),
        ]
        told = [f"{what}: {old}, then {new}" for what, old, new in pairs if old != new]
        old_answers, new_answers = _by_question(record.answers), _by_question(_answers(now))
        for question in dict.fromkeys((*old_answers, *new_answers)):
            old, new = old_answers.get(question), new_answers.get(question)
            if old != new:
                criterion, subject = question
                whose = "" if subject == now.subject else f" of {subject}"
                told.append(f"{criterion}{whose}: {old or 'not asked'}, then {new or 'not asked'}")
        return tuple(told)

    @property
    def sentence(self) -> str:
        """What came of it, in one sentence."""
        name = self.now.subject_name
        if self.faithful:
            return f"{name}: replayed, record {self.record.digest[:16]} stands."
        return f"{name}: replayed otherwise: {'; '.join(self.differences)}."


def record_decision(decision: Decision) -> DecisionRecord:
    """Put a decision on file: `utm.interchange.to_json` writes it."""
    return DecisionRecord(
        rulebook=decision.version.rulebook,
        version=decision.version.version,
        application=decision.application,
        day=decision.day,
        known_by=decision.known_by,
        interpretations=decision.interpretations,
        waivers=decision.waivers,
        library_version=decision.library_version,
        outcome=decision.outcome,
        answers=_answers(decision),
        facts_digest=decision.facts_digest,
        digest=decision.digest,
    )


def replay_record(rulebook: Rulebook, record: DecisionRecord) -> RecordReplay:
    """Judge again what is on file, under the version of the same name.

    Raises
    ------
    InvalidValueError
        The rulebook has no version of that name.
    """
    now = rulebook.judge(
        record.application,
        version=rulebook.version(record.version),
        on=record.day,
        waivers=rulebook.own_waivers(record.waivers),
        interpretations=record.interpretations,
        known_by=record.known_by,
    )
    return RecordReplay(record=record, now=now)


def _answers(decision: Decision) -> tuple[RecordedAnswer, ...]:
    found = (
        RecordedAnswer(
            criterion=finding.rule_id or finding.rule.requirement,
            subject=finding.subject,
            verdict=finding.verdict,
            effective=finding.effective,
        )
        for finding in decision.finding.walk()
        if not finding.parts
    )
    return tuple(dict.fromkeys(found))


def _by_question(
    answers: tuple[RecordedAnswer, ...],
) -> dict[tuple[str, CityId | ConsortiumId], RecordedAnswer]:
    return {(answer.criterion, answer.subject): answer for answer in answers}
