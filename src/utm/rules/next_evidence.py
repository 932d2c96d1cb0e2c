"""What to ask for next: the smallest sets of missing facts that decide a case."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations, product

from attrs import evolve, frozen

from utm.domain.city import City
from utm.domain.identifiers import CityId, ConsortiumId
from utm.rules.case import Case, Rule, examine, waiver_for
from utm.rules.combinators import Not
from utm.rules.conclusion import Combination
from utm.rules.decision import Decision
from utm.rules.evidence import MissingEvidence
from utm.rules.goals import sets_to_reach
from utm.rules.membership import NetworkSignatory
from utm.rules.population import MinimumPopulation
from utm.rules.rulebook import Rulebook
from utm.rules.sets import Family
from utm.rules.verdict import Verdict

__all__ = ["NextEvidence", "OpenCriterion", "find_next_evidence"]

_MOST_QUESTIONS_TO_TRY = 7


@frozen(kw_only=True)
class OpenCriterion:
    """A criterion whose answer is not known for somebody.

    Parameters
    ----------
    rule
        The criterion, or its negation where a rule asks that it is not met.
    subject, subject_name
        Whom it is asked of.
    missing
        What would answer it.
    """

    rule: Rule
    subject: CityId | ConsortiumId
    subject_name: str
    missing: tuple[MissingEvidence, ...]

    def __str__(self) -> str:
        return f"{self.subject_name}: {self.rule.requirement}"


@frozen(kw_only=True)
class NextEvidence:
    """The smallest sets of open criteria whose answers decide a case.

    Parameters
    ----------
    to_admit
        If all of a set turn out met, the applicant is eligible whatever the rest.
    to_refuse
        If all of a set turn out unmet, it is not, whatever the rest.
    to_be_certain
        Once a set is answered, the case is decided however the answers turn out.
        Searched for up to seven open criteria; beyond that it is all of them.
    """

    to_admit: tuple[tuple[OpenCriterion, ...], ...]
    to_refuse: tuple[tuple[OpenCriterion, ...], ...]
    to_be_certain: tuple[tuple[OpenCriterion, ...], ...]

    @property
    def first(self) -> OpenCriterion | None:
        """What to ask first: it stands in the smallest set that could end the case.

        A refusal and an admission count alike; among equals the order of the
        rule decides. None where nothing is open.
        """
        ranked = sorted((*self.to_refuse, *self.to_admit), key=len)
        return ranked[0][0] if ranked and ranked[0] else None


def find_next_evidence(rulebook: Rulebook, decision: Decision) -> NextEvidence:
    """Find what to ask for next, from a decision of the same rulebook.

    Open criteria count as independent of each other. A decision that is no
    longer open needs nothing: its one set is empty.
    """
    rule = rulebook.version(decision.version.version).rule
    case = decision.case
    open_by_key = _open_criteria(rule, case)
    open_criteria = tuple(open_by_key.values())
    numbers = {key: i for i, key in enumerate(open_by_key)}

    def sets_to(wanted: Verdict) -> tuple[tuple[OpenCriterion, ...], ...]:
        def steps(leaf: Rule, about: Case, goal: Verdict) -> Family[tuple[int, bool]]:
            number = numbers.get(_key(leaf, about.subject.id))
            if number is not None:
                return (frozenset({(number, goal is not wanted)}),)
            return (frozenset(),) if examine(leaf, about).effective is goal else ()

        def named(number: int, *, negated: bool) -> OpenCriterion:
            each = open_criteria[number]
            return evolve(each, rule=Not(part=each.rule)) if negated else each

        return tuple(
            tuple(named(number, negated=negated) for number, negated in sorted(chosen))
            for chosen in sets_to_reach(wanted, rule, case, steps)
        )

    return NextEvidence(
        to_admit=sets_to(Verdict.MET),
        to_refuse=sets_to(Verdict.UNMET),
        to_be_certain=tuple(
            tuple(open_criteria[number] for number in sorted(chosen))
            for chosen in _certain_sets(rule, case, numbers)
        ),
    )


_Key = tuple[str, CityId | ConsortiumId]


def _key(rule: Rule, subject: CityId | ConsortiumId) -> _Key:
    # Two equal criteria in one tree are one question; rules need not be hashable.
    return repr(rule), subject


def _open_criteria(rule: Rule, case: Case) -> dict[_Key, OpenCriterion]:
    found: dict[_Key, OpenCriterion] = {}

    def steps(leaf: Rule, about: Case, goal: Verdict) -> Family[int]:  # noqa: ARG001 - both goals
        finding = examine(leaf, about)
        if finding.effective is Verdict.UNKNOWN:
            subject = about.subject
            settled = leaf
            if isinstance(leaf, MinimumPopulation | NetworkSignatory) and isinstance(subject, City):
                settled = leaf.settled(about)
            found[_key(leaf, subject.id)] = OpenCriterion(
                rule=settled, subject=subject.id, subject_name=subject.name, missing=finding.needed
            )
        return (frozenset(),)

    sets_to_reach(Verdict.MET, rule, case, steps)
    return found


def _certain_sets(rule: Rule, case: Case, numbers: Mapping[_Key, int]) -> Family[int]:
    everything = range(len(numbers))
    if len(numbers) > _MOST_QUESTIONS_TO_TRY:
        return (frozenset(everything),)
    found: list[frozenset[int]] = []
    for size in range(len(numbers) + 1):
        for chosen in combinations(everything, size):
            asked = frozenset(chosen)
            if not any(smaller <= asked for smaller in found) and _decides(
                chosen, rule, case, numbers
            ):
                found.append(asked)
    return tuple(found)


def _decides(chosen: tuple[int, ...], rule: Rule, case: Case, numbers: Mapping[_Key, int]) -> bool:
    for answers in product((Verdict.MET, Verdict.UNMET), repeat=len(chosen)):
        told = dict(zip(chosen, answers, strict=True))
        if _answer(rule, case, numbers, told) is Verdict.UNKNOWN:
            return False
    return True


def _answer(
    rule: Rule, case: Case, numbers: Mapping[_Key, int], told: Mapping[int, Verdict]
) -> Verdict:
    if case.waivers and waiver_for(rule, case) is not None:
        return Verdict.MET
    asked = rule.questions(case) if isinstance(rule, Combination) else ()
    if isinstance(rule, Combination) and asked:
        below = tuple(_answer(part, about, numbers, told) for part, about in asked)
        return rule.combine(below, case)
    number = numbers.get(_key(rule, case.subject.id))
    if number is not None:
        return told.get(number, Verdict.UNKNOWN)
    return examine(rule, case).effective
