"""Laws that every rule keeps: call them with your own rules and evidence.

Each law raises `AssertionError` with the finding that breaks it.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Sequence
from itertools import combinations
from random import Random

from pendulum import Date

from utm.domain import Application, Waiver
from utm.rules import (
    Change,
    Comparison,
    Decision,
    Interpretations,
    OpenQuestion,
    Rulebook,
    TownsReading,
    Verdict,
    Ways,
    apply_changes,
    assess_many,
    content_hash,
    judge_many,
    read_rulebook,
    write_rulebook,
)
from utm.testing.kleene import (
    law_of_absorption,
    law_of_associativity,
    law_of_commutativity,
    law_of_distribution,
    law_of_double_negation,
    law_of_negated_combinations,
)
from utm.testing.shuffling import shuffled

__all__ = [
    "law_comparison_agrees_with_brute_force",
    "law_definite_stays_definite",
    "law_expired_waiver_never_applies",
    "law_floor_is_sharp",
    "law_grace_ends_with_its_last_day",
    "law_irrelevant_evidence_changes_nothing",
    "law_many_are_judged_as_one",
    "law_of_absorption",
    "law_of_associativity",
    "law_of_commutativity",
    "law_of_distribution",
    "law_of_double_negation",
    "law_of_negated_combinations",
    "law_order_of_evidence_is_irrelevant",
    "law_rulebook_survives_its_notation",
    "law_ways_are_minimal_and_proven",
    "law_witnesses_are_true",
]


_READINGS_OF_COMPARISONS = Interpretations(
    equivalent_plan=OpenQuestion.DOES_NOT_COUNT, towns=TownsReading.EACH
)


def law_definite_stays_definite(
    rulebook: Rulebook,
    incomplete: Application,
    complete: Application,
    *,
    on: Date,
    interpretations: Interpretations | None = None,
) -> None:
    """No completion of the unknowns flips a definite answer.

    Parameters
    ----------
    rulebook
        The rules.
    incomplete
        An application with unknowns.
    complete
        The same with some unknowns filled in, whatever with.
    on
        The day that is judged.
    interpretations
        The readings.
    """
    before = rulebook.assess(incomplete, on=on, interpretations=interpretations)
    if before.finding.verdict is Verdict.UNKNOWN:
        return
    after = rulebook.assess(complete, on=on, interpretations=interpretations)
    _require(
        after.finding.verdict is before.finding.verdict,
        f"{before.finding.sentence} flipped: {after.finding.sentence}",
    )


def law_many_are_judged_as_one(
    rulebook: Rulebook,
    applications: Sequence[Application],
    *,
    on: Date,
    interpretations: Interpretations | None = None,
    known_by: Date | None = None,
    waivers: tuple[Waiver, ...] = (),
) -> None:
    """Decisions and verdicts of many applicants at once are those of each alone.

    Parameters
    ----------
    rulebook
        The rules.
    applications
        The applicants; those of a day that the rulebook does not cover are left out.
    on
        The day that is judged.
    interpretations, known_by, waivers
        As for `utm.rules.Rulebook.assess`; a verdict is the answer waivers left aside.
    """
    covered = [a for a in applications if rulebook.covers(a.submitted_on or on)]
    together = judge_many(
        rulebook, covered, on=on, interpretations=interpretations, known_by=known_by
    )
    decisions = assess_many(
        rulebook,
        covered,
        on=on,
        interpretations=interpretations,
        known_by=known_by,
        waivers=waivers,
    )
    for application, verdict, decision in zip(covered, together, decisions, strict=True):
        alone = rulebook.assess(
            application,
            on=on,
            interpretations=interpretations,
            known_by=known_by,
            waivers=waivers,
        )
        same = alone == decision and repr(alone) == repr(decision)
        _require(alone.finding.verdict is verdict, f"{verdict} for: {alone.finding.sentence}")
        _require(same, f"{decision.sentence} and {alone.sentence}")


def law_irrelevant_evidence_changes_nothing(
    rulebook: Rulebook, application: Application, more: Application, *, on: Date
) -> None:
    """Evidence about something that no rule asks for leaves every finding as it is.

    Parameters
    ----------
    rulebook
        The rules.
    application
        The evidence.
    more
        The same with more that no rule asks for, such as `with_irrelevant_evidence` of
        `utm.testing.irrelevance` draws.
    on
        The day that is judged.
    """
    before = rulebook.assess(application, on=on).finding
    after = rulebook.assess(more, on=on).finding
    _require(before == after, f"{before.sentence} became: {after.sentence}")


def law_floor_is_sharp(
    rulebook: Rulebook,
    criterion: str,
    apply: Callable[[int], Application],
    *,
    floor: int,
    on: Date,
) -> None:
    """A floor is met by its own number and unmet by one less: 50,000 and 49,999.

    Parameters
    ----------
    rulebook
        The rules.
    criterion
        Id of the criterion.
    apply
        Makes an application of a city with so many inhabitants.
    floor
        The least number that is enough.
    on
        The day that is judged.
    """
    for count, expected in ((floor, Verdict.MET), (floor - 1, Verdict.UNMET)):
        findings = rulebook.assess(apply(count), on=on).finding_of(criterion)
        _require(findings[0].verdict is expected, f"{count:,}: {findings[0].sentence}")


def law_grace_ends_with_its_last_day(
    rulebook: Rulebook, criterion: str, application: Application, *, months: int
) -> None:
    """A time of grace holds on its last day and on none after it, in calendar months.

    Months that are too short end it on their last day: from 30 November, three months
    end on the last day of February.

    Parameters
    ----------
    rulebook
        The rules.
    criterion
        Id of the criterion that gives the grace.
    application
        One that has engaged on a day, committed by then and not signed.
    months
        The months of grace.
    """
    start = application.engaged_on
    _require(start is not None, "the application has not engaged")
    if start is None:  # pragma: no cover - required above
        return
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = Date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
    for day, expected in ((last, Verdict.MET), (last.add(days=1), Verdict.UNMET)):
        findings = rulebook.assess(application, on=day).finding_of(criterion)
        _require(findings[0].verdict is expected, f"on {day}: {findings[0].sentence}")


def law_order_of_evidence_is_irrelevant(
    rulebook: Rulebook, application: Application, *, on: Date, seed: int
) -> None:
    """Evidence in another order gives an equal finding and the same record.

    Parameters
    ----------
    rulebook
        The rules.
    application
        The evidence.
    on
        The day that is judged.
    seed
        Which other order.
    """
    one = rulebook.assess(application, on=on)
    other = rulebook.assess(shuffled(application, Random(seed)), on=on)  # noqa: S311 - no secret
    _require(one.finding == other.finding, f"{one.finding.sentence} and {other.finding.sentence}")
    _require(one.digest == other.digest, "the record depends on the order of evidence")


def law_expired_waiver_never_applies(
    rulebook: Rulebook, application: Application, waiver: Waiver, *, on: Date
) -> Decision:
    """A waiver that does not hold on the day changes nothing at all.

    Returns
    -------
    Decision
        The decision, for further questions.
    """
    without = rulebook.assess(application, on=on)
    decision = rulebook.assess(application, on=on, waivers=(waiver,))
    if not waiver.holds_on(on):
        _require(decision == without, f"applied on {on}: {waiver.reason}")
    return decision


def law_witnesses_are_true(
    first: Rulebook,
    second: Rulebook,
    comparison: Comparison,
    *,
    on: Date,
    interpretations: Interpretations | None = None,
) -> None:
    """Every witness of a comparison is judged by both rulebooks as it was said.

    Parameters
    ----------
    first, second
        The rulebooks, as compared.
    comparison
        What `compare_rules` or `compare_rulebooks` found.
    on
        The day of the comparison.
    interpretations
        Its readings; the default is that of the comparison.
    """
    readings = interpretations or _READINGS_OF_COMPARISONS
    met, unmet = Verdict.MET, Verdict.UNMET
    for witness, expected in (
        (comparison.both, (met, met)),
        (comparison.only_first, (met, unmet)),
        (comparison.only_second, (unmet, met)),
        (comparison.neither, (unmet, unmet)),
    ):
        if witness is None:
            continue
        judged = tuple(
            rulebook.assess(witness, on=on, interpretations=readings).finding.verdict
            for rulebook in (first, second)
        )
        _require(judged == expected, f"{expected} was said, {judged} was found")


def law_comparison_agrees_with_brute_force(
    first: Rulebook,
    second: Rulebook,
    comparison: Comparison,
    applications: Sequence[Application],
    *,
    on: Date,
    interpretations: Interpretations | None = None,
) -> None:
    """Whoever is judged definitely by both rulebooks lies where the comparison allows it.

    Parameters
    ----------
    first, second, comparison, on, interpretations
        As for `law_witnesses_are_true`.
    applications
        Applicants of as many towns as were compared: all of a small domain, or many drawn.
    """
    readings = interpretations or _READINGS_OF_COMPARISONS
    possible = {
        (Verdict.MET, Verdict.MET): comparison.both,
        (Verdict.MET, Verdict.UNMET): comparison.only_first,
        (Verdict.UNMET, Verdict.MET): comparison.only_second,
        (Verdict.UNMET, Verdict.UNMET): comparison.neither,
    }
    for application in applications:
        one, other = (
            rulebook.assess(application, on=on, interpretations=readings).finding.verdict
            for rulebook in (first, second)
        )
        definite = Verdict.UNKNOWN not in (one, other)
        _require(
            not definite or possible[one, other] is not None,
            f"{application.applicant.name} is judged {one} and {other}, which none was to be",
        )


def law_ways_are_minimal_and_proven(rulebook: Rulebook, ways: Ways) -> None:
    """Each way leads to eligibility when judged again, and no smaller part of it does.

    Of a way that says that not every part was tried, each change is left out in turn.
    """
    judged = ways.decision
    version = rulebook.version(judged.version.version)

    def suffices(changes: tuple[Change, ...]) -> bool:
        application, readings = apply_changes(changes, judged.application, judged.interpretations)
        again = rulebook.judge(
            application,
            version=version,
            on=judged.day,
            waivers=judged.waivers,
            interpretations=readings,
            known_by=judged.known_by,
        )
        return again.finding.effective is Verdict.MET

    for way in ways.ways:
        _require(suffices(way.changes), f"not enough: {way.sentence}")
        least = 0 if way.every_part_tried else len(way.changes) - 1
        for size in range(least, len(way.changes)):
            for fewer in combinations(way.changes, size):
                _require(not suffices(fewer), f"more than is needed: {way.sentence}")


def law_rulebook_survives_its_notation(rulebook: Rulebook) -> None:
    """A rulebook that is written and read is equal, and so is its text and its hash."""
    text = write_rulebook(rulebook)
    read = read_rulebook(text)
    _require(read == rulebook, f"{rulebook.id} is another rulebook after being read")
    _require(write_rulebook(read) == text, f"{rulebook.id} has two canonical texts")
    _require(content_hash(read) == content_hash(rulebook), f"{rulebook.id} has two hashes")


def _require(holds: bool, broken: str) -> None:  # noqa: FBT001 - reads as an assertion
    if not holds:
        raise AssertionError(broken)
