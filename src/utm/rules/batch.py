"""Many applicants at once: decisions with findings, or verdicts alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from pendulum import Date

from utm.domain.application import Application
from utm.domain.dates import require_date
from utm.domain.waiver import Waiver
from utm.errors import InvalidValueError
from utm.rules.compiled_findings import compile_findings
from utm.rules.compiling import Judge, compile_rule
from utm.rules.decision import Decision
from utm.rules.interpretations import DEFAULT_READINGS, Interpretations
from utm.rules.rulebook import Rulebook, RulebookVersion
from utm.rules.script import Circumstances
from utm.rules.verdict import Verdict

__all__ = ["assess_many", "judge_many"]

MadeT = TypeVar("MadeT")


def assess_many(
    rulebook: Rulebook,
    applications: Iterable[Application],
    *,
    on: Date,
    waivers: tuple[Waiver, ...] = (),
    interpretations: Interpretations | None = None,
    known_by: Date | None = None,
) -> tuple[Decision, ...]:
    """Judge many applications, with findings; each decision is that of `Rulebook.assess`.

    The time is linear in the number of applications.

    Raises
    ------
    InvalidValueError
        As `Rulebook.assess`.
    """
    require_date(on)
    if known_by is not None:
        require_date(known_by, kind="last day of knowledge")
    rulebook.require_waivers(waivers)
    readings = DEFAULT_READINGS if interpretations is None else interpretations
    facts = tuple(applications)  # they are gone through more than once

    def decide_under(version: RulebookVersion) -> Callable[[Application], Decision]:
        stamp = rulebook.stamp(version)
        find = compile_findings(
            version.rule,
            Circumstances(version=stamp, day=on, interpretations=readings, known_by=known_by),
        )
        return lambda application: Decision(
            application=application,
            version=stamp,
            day=on,
            known_by=known_by,
            finding=find(application),
            interpretations=readings,
        )

    decide_for = _by_day_of_submission(rulebook, facts, on, decide_under)
    if not waivers:
        return tuple([decide_for[each.submitted_on](each) for each in facts])
    excused = {waiver.subject for waiver in waivers}

    def decide(application: Application) -> Decision:
        if excused.isdisjoint((application.key, *(city.id for city in application.cities))):
            return decide_for[application.submitted_on](application)
        return rulebook.assess(
            application, on=on, waivers=waivers, interpretations=readings, known_by=known_by
        )

    return tuple([decide(application) for application in facts])


def judge_many(
    rulebook: Rulebook,
    applications: Iterable[Application],
    *,
    on: Date,
    interpretations: Interpretations | None = None,
    known_by: Date | None = None,
) -> tuple[Verdict, ...]:
    """Answer the whole rule for many applications, without findings and without waivers.

    Each verdict is that of the finding of `Rulebook.assess`. The time is linear
    in the number of applications.

    Raises
    ------
    InvalidValueError
        As `Rulebook.assess`.
    """
    require_date(on)
    if known_by is not None:
        require_date(known_by, kind="last day of knowledge")
    readings = DEFAULT_READINGS if interpretations is None else interpretations
    facts = tuple(applications)  # they are gone through more than once

    def judge_under(version: RulebookVersion) -> Judge:
        stamp = rulebook.stamp(version)
        return compile_rule(
            version.rule,
            Circumstances(version=stamp, day=on, interpretations=readings, known_by=known_by),
        )

    judge_for = _by_day_of_submission(rulebook, facts, on, judge_under)
    judges = list(dict.fromkeys(judge_for.values()))
    if len(judges) == 1:
        return tuple(judges[0](facts))
    verdicts = [Verdict.UNKNOWN] * len(facts)
    for judge in judges:
        indexes = [i for i, each in enumerate(facts) if judge_for[each.submitted_on] is judge]
        judged = judge([facts[index] for index in indexes])
        for index, verdict in zip(indexes, judged, strict=True):
            verdicts[index] = verdict
    return tuple(verdicts)


def _by_day_of_submission(
    rulebook: Rulebook,
    applications: Sequence[Application],
    on: Date,
    make: Callable[[RulebookVersion], MadeT],
) -> dict[Date | None, MadeT]:
    """Make something once for each version that is asked, and find it by the day that chose it."""
    try:
        days = {each.submitted_on for each in applications}
    except AttributeError:  # to look at each beforehand would cost as much as to judge it
        _require_applications(applications)
        raise
    in_order = sorted(days, key=lambda day: day or on)  # the first that is refused is told
    versions = {day: rulebook.version_on(day or on) for day in in_order}
    made = {name: make(rulebook.version(name)) for name in {v.id: v for v in versions.values()}}
    return {day: made[version.id] for day, version in versions.items()}


def _require_applications(applications: Sequence[object]) -> None:
    for place, each in enumerate(applications):
        if not isinstance(each, Application):
            raise InvalidValueError(
                kind=f"applications[{place}]", value=each, reason="is no application"
            )
