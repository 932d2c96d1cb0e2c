"""Which sets of steps make a whole rule met, or unmet, given the steps for each criterion."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import TypeVar

from utm.rules.case import Case, Rule, waiver_for
from utm.rules.combinators import AllOf, AnyOf, AtLeast, Not
from utm.rules.conclusion import Combination
from utm.rules.members import Exists, ForAll, ForAtLeast, ShareOfInhabitants
from utm.rules.membership import NetworkSignatory
from utm.rules.planning import WholeCityPlan
from utm.rules.population import MinimumPopulation
from utm.rules.sets import Family, each_of, minimal, several_of
from utm.rules.urbanisation import Urbanised
from utm.rules.verdict import Verdict

__all__ = ["is_within_reach", "sets_to_reach"]

StepT = TypeVar("StepT")

_MOST_PARTS_TO_TRY = 6
_BOTH = (Verdict.MET, Verdict.UNMET)


def sets_to_reach(
    goal: Verdict,
    rule: Rule,
    case: Case,
    steps: Callable[[Rule, Case, Verdict], Family[StepT]],
) -> Family[StepT]:
    """Find the minimal sets of steps after which a rule answers with a goal.

    Parameters
    ----------
    goal
        Met or unmet.
    rule, case
        The rule and the facts.
    steps
        For a criterion, a case and a goal: the minimal sets that reach it; the
        empty set where it is reached already.
    """
    if case.waivers and waiver_for(rule, case) is not None:
        return (frozenset(),) if goal is Verdict.MET else ()
    asked = rule.questions(case) if isinstance(rule, Combination) else ()
    if not isinstance(rule, Combination) or not asked:
        return steps(rule, case, goal)

    def below(part: Rule, about: Case, wanted: Verdict) -> Family[StepT]:
        return sets_to_reach(wanted, part, about, steps)

    if isinstance(rule, Not):
        ((part, about),) = asked
        return below(part, about, ~goal)
    needed = _count_needed(rule, len(asked), goal)
    if needed is None:
        return _by_trial(goal, rule, case, asked, below)
    families = tuple(below(part, about, goal) for part, about in asked)
    return several_of(needed, families)


def is_within_reach(rule: Rule, case: Case) -> bool:
    """Tell whether every combination in a rule has few enough parts for `sets_to_reach`."""
    asked = rule.questions(case) if isinstance(rule, Combination) else ()
    tried = not isinstance(rule, Not) and _count_needed(rule, len(asked), Verdict.MET) is None
    if tried and len(asked) > _MOST_PARTS_TO_TRY:
        return False
    return all(is_within_reach(part, about) for part, about in asked)


def _count_needed(rule: Rule, parts: int, goal: Verdict) -> int | None:
    """Tell how many parts must reach the goal for the rule to do so."""
    match rule:
        case AllOf() | ForAll() | NetworkSignatory() | WholeCityPlan() | Urbanised():
            to_meet = parts
        case AnyOf() | Exists():
            to_meet = 1
        case AtLeast() | ForAtLeast():
            to_meet = rule.count
        case _:
            return None
    return to_meet if goal is Verdict.MET else max(parts - to_meet + 1, 0)


def _by_trial(
    goal: Verdict,
    rule: Combination,
    case: Case,
    asked: tuple[tuple[Rule, Case], ...],
    below: Callable[[Rule, Case, Verdict], Family[StepT]],
) -> Family[StepT]:
    """Try every way in which some parts answer definitely and the others stay unknown."""
    if len(asked) > _MOST_PARTS_TO_TRY:
        return ()
    reached = [{wanted: below(p, about, wanted) for wanted in _BOTH} for p, about in asked]
    found: list[frozenset[StepT]] = []
    # Of inhabitants more is never less: a part that answers against the goal does not help it.
    grows = isinstance(rule, MinimumPopulation | ShareOfInhabitants)
    tried = (Verdict.UNKNOWN, goal) if grows else (Verdict.UNKNOWN, *_BOTH)
    for answers in product(tried, repeat=len(asked)):
        if rule.combine(answers, case) is not goal:
            continue
        families = [
            options[answer]
            for options, answer in zip(reached, answers, strict=True)
            if answer is not Verdict.UNKNOWN
        ]
        found.extend(each_of(families))
    return minimal(found)
