"""What would have to change for an applicant to be eligible: every minimal way, each proven."""

from __future__ import annotations

from itertools import combinations

from attrs import frozen

from utm.rules.case import Case, Rule, examine
from utm.rules.change import Change, apply_changes
from utm.rules.decision import Decision
from utm.rules.goals import is_within_reach, sets_to_reach
from utm.rules.options import ChangeSet, Obstacle, obstacle_of, options_for
from utm.rules.rulebook import Rulebook, RulebookVersion
from utm.rules.sets import MOST_SETS, Family, minimal
from utm.rules.verdict import Verdict

__all__ = ["Way", "Ways", "find_ways"]

_LARGEST_SET_TO_REDUCE = 8


@frozen(kw_only=True)
class Way:
    """Changes that together make the applicant eligible, with the proof.

    Parameters
    ----------
    changes
        The changes; with any one of them left out the applicant is not eligible.
    decision
        The decision after them, made by the rulebook itself.
    every_part_tried
        Whether every smaller part of them was judged too, and found not to be enough. Of
        more than eight changes it is False: only each one, and all of each town, were left
        out in turn.
    """

    changes: tuple[Change, ...]
    decision: Decision
    every_part_tried: bool = True

    @property
    def effort(self) -> tuple[int, ...]:
        """The efforts, hardest first: the smaller, the easier."""
        return tuple(sorted((int(change.effort) for change in self.changes), reverse=True))

    @property
    def sentence(self) -> str:
        """The way in one sentence."""
        steps = "; ".join(str(change) for change in self.changes)
        if not steps:
            return "Nothing has to change."
        likely = "" if self.every_part_tried else " (not every smaller part was tried)"
        return f"{self.decision.outcome.value}, if {steps}{likely}."


@frozen(kw_only=True)
class Ways:
    """Every minimal way to eligibility, easiest first, and what cannot be changed.

    Parameters
    ----------
    decision
        The decision as it stands.
    ways
        The ways; one empty way if it is eligible, none if nothing helps.
    obstacles
        Criteria that are not met and that nothing can change, with their margins.
    complete
        False if there were more ways than are kept, or a rule about more than six towns
        together, such as a share of their inhabitants, was not searched.
    """

    decision: Decision
    ways: tuple[Way, ...]
    obstacles: tuple[Obstacle, ...]
    complete: bool = True


def find_ways(rulebook: Rulebook, decision: Decision) -> Ways:
    """Find what would have to change, from a decision of the same rulebook.

    Counts of inhabitants that are known are no thing to change, and neither is
    a waiver. Each way is judged again by the rulebook: that is its proof.

    Complexity: each criterion is tried with its few possible changes; ways are
    combined along the rule, and no more than 200 smallest are kept.
    """
    version = rulebook.version(decision.version.version)
    case = decision.case
    rule = version.rule

    def steps(leaf: Rule, about: Case, goal: Verdict) -> Family[Change]:
        return options_for(leaf, about, goal)

    candidates = sets_to_reach(Verdict.MET, rule, case, steps)
    proven: dict[ChangeSet, Way] = {}
    for changes in candidates:
        way = _prove(changes, rulebook, version, decision)
        if way is not None:
            proven[frozenset(way.changes)] = way
    ways = [proven[changes] for changes in minimal(proven)]
    return Ways(
        decision=decision,
        ways=tuple(sorted(ways, key=lambda way: (way.effort, way.sentence))),
        obstacles=_obstacles(rule, case),
        complete=len(candidates) < MOST_SETS and is_within_reach(rule, case),
    )


def _prove(
    changes: ChangeSet, rulebook: Rulebook, version: RulebookVersion, decision: Decision
) -> Way | None:
    """Judge the changed facts, and the smaller sets of changes, and keep the smallest that does."""
    ordered = tuple(sorted(changes, key=lambda change: (change.effort, str(change))))
    if len(ordered) > _LARGEST_SET_TO_REDUCE:
        ordered = _without_the_idle(ordered, rulebook, version, decision)
    smallest = 0 if len(ordered) <= _LARGEST_SET_TO_REDUCE else len(ordered)
    for size in range(smallest, len(ordered) + 1):
        for chosen in combinations(ordered, size):
            after = _judge_after(chosen, rulebook, version, decision)
            if after.finding.effective is Verdict.MET:
                return Way(changes=chosen, decision=after, every_part_tried=smallest == 0)
    return None


def _without_the_idle(
    changes: tuple[Change, ...], rulebook: Rulebook, version: RulebookVersion, decision: Decision
) -> tuple[Change, ...]:
    """Leave out all changes of a town, or one change, as long as the rest is enough.

    All of a town go first: to tell which place is meant lets its figures count, against it too.
    """
    by_town = (
        tuple(change for change in changes if change.subject != subject)
        for subject in dict.fromkeys(change.subject for change in changes)
    )
    by_one = (changes[:place] + changes[place + 1 :] for place in range(len(changes)))
    for fewer in (*by_town, *by_one):
        after = _judge_after(fewer, rulebook, version, decision)
        if after.finding.effective is Verdict.MET:
            return _without_the_idle(fewer, rulebook, version, decision)
    return changes


def _judge_after(
    changes: tuple[Change, ...], rulebook: Rulebook, version: RulebookVersion, decision: Decision
) -> Decision:
    application, readings = apply_changes(changes, decision.application, decision.interpretations)
    return rulebook.judge(
        application,
        version=version,
        on=decision.day,
        waivers=decision.waivers,
        interpretations=readings,
        known_by=decision.known_by,
    )


def _obstacles(rule: Rule, case: Case) -> tuple[Obstacle, ...]:
    found: dict[Obstacle, None] = {}

    def steps(leaf: Rule, about: Case, goal: Verdict) -> Family[Change]:
        finding = examine(leaf, about)
        if finding.effective is not goal and not options_for(leaf, about, goal):
            found[obstacle_of(leaf, about, finding)] = None
        return (frozenset(),)

    sets_to_reach(Verdict.MET, rule, case, steps)
    return tuple(found)
