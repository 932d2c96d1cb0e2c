"""Cases beside a rulebook: facts, the answers that are right for them, and why."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen
from pendulum import Date

from utm.domain.application import Application
from utm.domain.waiver import Waiver
from utm.errors import InvalidValueError
from utm.rules.case import Rule
from utm.rules.decision import Decision, Outcome
from utm.rules.interpretations import DEFAULT_READINGS, Interpretations
from utm.rules.rulebook import Rulebook
from utm.rules.summary import find_unseen
from utm.rules.verdict import Verdict

__all__ = [
    "CaseFailure",
    "CaseReport",
    "ExpectedVerdict",
    "RulebookCase",
    "RulebookCases",
    "UnseenAnswer",
    "check_cases",
]


@frozen(kw_only=True)
class ExpectedVerdict:
    """What one criterion should answer for the applicant as a whole, waivers left aside.

    Parameters
    ----------
    criterion
        Id of the rule.
    verdict
        The right answer.
    """

    criterion: str
    verdict: Verdict


@frozen(kw_only=True)
class RulebookCase:
    """One case: facts on a day, and what follows from them.

    Parameters
    ----------
    id
        Key of the case, e.g. ``"one-inhabitant-short"``.
    reason
        Why this is the right answer, for a reader who knows the text of the call.
    on
        The day that is judged.
    application
        The facts.
    outcome
        The right outcome.
    verdicts
        The right answers of single criteria, those that the case is about.
    known_by
        Last day of knowledge, if the case is about that.
    interpretations
        Readings, if the case is about these.
    waivers
        Waivers, if the case is about these.
    """

    id: str
    reason: str
    on: Date
    application: Application
    outcome: Outcome
    verdicts: tuple[ExpectedVerdict, ...] = ()
    known_by: Date | None = None
    interpretations: Interpretations = DEFAULT_READINGS
    waivers: tuple[Waiver, ...] = ()

    def __attrs_post_init__(self) -> None:
        for name in ("id", "reason"):
            if not getattr(self, name).strip():
                raise InvalidValueError(kind="case", value=self.id, reason=f"has no {name}")


@frozen(kw_only=True)
class RulebookCases:
    """The cases of a rulebook.

    Parameters
    ----------
    rulebook
        Id of the rulebook.
    cases
        The cases, each with a key of its own.
    """

    rulebook: str
    cases: tuple[RulebookCase, ...]

    def __attrs_post_init__(self) -> None:
        keys = [case.id for case in self.cases]
        twice = sorted({key for key in keys if keys.count(key) > 1})
        if twice:
            raise InvalidValueError(
                kind="cases", value=", ".join(twice), reason="name two cases alike"
            )


@frozen(kw_only=True)
class CaseFailure:
    """A case that is not answered as it should be.

    Parameters
    ----------
    case
        The case.
    text
        What was expected and what was found.
    """

    case: RulebookCase
    text: str

    def __str__(self) -> str:
        return f"{self.case.id}: {self.text}; the case says: {self.case.reason}"


@frozen(kw_only=True)
class UnseenAnswer:
    """An answer of a criterion that no case shows.

    Parameters
    ----------
    version
        Version of the rulebook.
    rule
        The criterion.
    verdict
        The answer.
    """

    version: str
    rule: Rule
    verdict: Verdict

    def __str__(self) -> str:
        name = self.rule.id or self.rule.requirement
        return f"{self.version}: no case shows '{name}' {self.verdict}"


@frozen(kw_only=True)
class CaseReport:
    """What came of checking a rulebook with its cases.

    Parameters
    ----------
    checked
        How many cases there are.
    failures
        The cases that are not answered as they should be.
    unseen
        Answers of criteria that no case shows: each should be seen met, unmet and unknown.
    """

    checked: int
    failures: tuple[CaseFailure, ...]
    unseen: tuple[UnseenAnswer, ...]

    @property
    def passed(self) -> bool:
        """Whether every case is answered as it should be, and every answer is seen."""
        return not self.failures and not self.unseen


def check_cases(rulebook: Rulebook, cases: RulebookCases) -> CaseReport:
    """Judge every case, and tell which answers of which criteria no case shows.

    Raises
    ------
    InvalidValueError
        The cases are those of another rulebook.
    """
    if cases.rulebook != rulebook.id:
        raise InvalidValueError(
            kind="cases", value=cases.rulebook, reason=f"are not those of {rulebook.id}"
        )
    failures: list[CaseFailure] = []
    decisions: list[Decision] = []
    for case in cases.cases:
        if not rulebook.covers(case.application.submitted_on or case.on):
            failures.append(CaseFailure(case=case, text="no version is in force on that day"))
            continue
        decision = rulebook.assess(
            case.application,
            on=case.on,
            waivers=case.waivers,
            interpretations=case.interpretations,
            known_by=case.known_by,
        )
        decisions.append(decision)
        failures += [CaseFailure(case=case, text=text) for text in _differences(case, decision)]
    return CaseReport(
        checked=len(cases.cases),
        failures=tuple(failures),
        unseen=tuple(_unseen(rulebook, decisions)),
    )


def _differences(case: RulebookCase, decision: Decision) -> Iterator[str]:
    if decision.outcome is not case.outcome:
        yield f"expected {case.outcome.value}, found: {decision.sentence}"
    for expected in case.verdicts:
        try:
            findings = decision.finding_of(expected.criterion)
        except InvalidValueError as error:
            yield str(error)
            continue
        if findings[0].verdict is not expected.verdict:
            yield f"'{expected.criterion}' should be {expected.verdict}: {findings[0].sentence}"


def _unseen(rulebook: Rulebook, decisions: list[Decision]) -> Iterator[UnseenAnswer]:
    for version in rulebook.versions:
        judged = [each for each in decisions if each.version.version == version.id]
        for rule, verdict in find_unseen(version, judged):
            yield UnseenAnswer(version=version.id, rule=rule, verdict=verdict)
