"""After withdrawals and late entries: the best plan that breaks up few groups."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor

import numpy as np
from attrs import evolve, frozen

from utm.errors import InvalidValueError
from utm.pairing.arrays import PairingArrays
from utm.pairing.columns import Columns, appraise, stacked
from utm.pairing.compiling import arrays_of
from utm.pairing.conclusion import ENDED, groups_of
from utm.pairing.group import Group
from utm.pairing.keeping import is_among
from utm.pairing.policy import FocusKind
from utm.pairing.problem import Problem
from utm.pairing.result import Result, Unmatched
from utm.pairing.solving import result_of
from utm.pairing.stopping import StopCriterion
from utm.pairing.trials import Trade, Trials, names_of

__all__ = ["Repair", "Trade", "repair"]


@frozen(kw_only=True)
class Repair:
    """A new plan beside the old one.

    Parameters
    ----------
    result
        The new plan for the new problem, with scores and unmatched. Its bound and prices
        hold for plans that may break up any number of groups.
    kept
        Old groups that go on unchanged, under the same theme.
    broken
        Old groups that could have gone on and do not.
    impossible
        Old groups that cannot go on, because somebody left or a rule forbids them now.
    bound
        No plan that breaks up as few groups as was asked is worth more, in millionths.
    curve
        Plans met on the way, each the best among those that break up as few.
    """

    result: Result
    kept: tuple[tuple[str, ...], ...]
    broken: tuple[tuple[str, ...], ...]
    impossible: tuple[tuple[str, ...], ...]
    bound: int
    curve: tuple[Trade, ...]


def repair(
    problem: Problem,
    earlier: Result,
    *,
    most_broken: int | None = 0,
    stop: StopCriterion | None = None,
    seed: int = 0,
    executor: Executor | None = None,
) -> Repair:
    """Make a plan for a changed problem that keeps most groups of the old plan.

    Parameters
    ----------
    problem
        The problem as it is now: participants gone, new, or changed; rules changed.
    earlier
        The plan as it was.
    most_broken
        How many groups that could go on may be broken up at most; ``None`` for any number.
    stop, seed, executor
        As for ``utm.pairing.solve``; ``stop`` counts for each solution.

    Raises
    ------
    InvalidValueError
        ``most_broken`` is below zero.

    Notes
    -----
    Each old group that can go on is favoured by a worth *f* besides its score. The best
    plan at any *f* is the best among all plans that break up as few, and its worth with
    favours, less *f* for each group to be kept, bounds every plan that keeps so many.
    Favours are tried until the plan breaks up as many as allowed. Where no favour does so
    exactly, all groups near enough to the prices to be part of a better plan are enumerated, and
    the best plan is found among them. Where these are too many, ``bound`` says what could be
    missed.
    """
    if most_broken is not None and most_broken < 0:
        raise InvalidValueError(kind="number of groups", value=most_broken, reason="is below zero")
    named = {name for group in earlier.groups for name in group.members}
    alike = arrays_of(problem)
    is_apart = not any(
        len(members) > 1 and any(alike.ids[index] in named for index in members)
        for members in alike.class_members
    )
    arrays = alike if is_apart else arrays_of(problem, apart=named)
    old, impossible = _still_possible(arrays, earlier.groups)
    trials = Trials(arrays, alike, old, earlier, stop=stop, seed=seed, executor=executor)
    going_on = sorted({names_of(arrays, row) for row in old.copies.tolist()})
    count = len(going_on)
    allowed = count if most_broken is None else min(most_broken, count)
    trials.search_for(count - allowed)
    trials.settle(count - allowed)
    chosen = trials.chosen(count - allowed)
    least_kept = min(count - allowed, chosen.kept if chosen else 0)
    result = result_of(
        problem,
        alike,
        trials.runs[0].search,
        stop=stop,
        seed=seed,
        grouping=None if chosen is None else groups_of(arrays, chosen.groups),
    )
    if least_kept:
        result = evolve(
            result, unmatched=tuple(_beside_the_kept(each) for each in result.unmatched)
        )
    stays = old.taken(is_among(arrays, old, chosen.groups if chosen else Columns.none()))
    kept = {names_of(arrays, row) for row in stays.copies.tolist()}
    return Repair(
        result=result,
        kept=tuple(names for names in going_on if names in kept),
        broken=tuple(names for names in going_on if names not in kept),
        impossible=tuple(group.members for group in impossible),
        bound=min(result.bound, max(result.score, trials.bound(least_kept))),
        curve=trials.curve(),
    )


def _beside_the_kept(left: Unmatched) -> Unmatched:
    """Say of somebody without a group that others stay, where a search would say that it ended."""
    if left.reason != ENDED:
        return left
    kept = (
        "It could be in a group, but none was found for it while as many others stay as they are."
    )
    return evolve(left, reason=kept)


def _still_possible(arrays: PairingArrays, groups: Sequence[Group]) -> tuple[Columns, list[Group]]:
    """Return the old groups that every rule still admits under their focus, and the others."""
    copy_of = {
        arrays.ids[arrays.class_members[int(number)][0]]: copy
        for copy, number in reversed(list(enumerate(arrays.class_of)))
    }
    parts, impossible = [Columns.none()], list[Group]()
    for group in groups:
        found = [Columns.none()]
        if set(group.members) <= set(copy_of):
            members = np.array([[copy_of[name] for name in group.members]], dtype=np.int64)
            for number, focus in enumerate(arrays.foci):
                single = arrays.policy.focus is FocusKind.TOPIC
                same = not single or focus.topics == group.focus_topics
                if focus.theme == group.theme and same:
                    found.append(appraise(arrays, number, members))
        parts += found
        if not any(len(each) for each in found):
            impossible.append(group)
    return stacked(parts), impossible
