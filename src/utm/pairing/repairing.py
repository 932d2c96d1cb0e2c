"""After withdrawals and late entries: the best plan that breaks up few groups."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor

import numpy as np
from attrs import evolve, frozen

from utm.errors import InvalidValueError
from utm.pairing.arrays import Integers, PairingArrays
from utm.pairing.columns import (
    Columns,
    appraise,
    classes_of,
    join,
    stacked,
    surplus,
    worth_with_bonus,
)
from utm.pairing.compiling import arrays_of
from utm.pairing.conclusion import ENDED
from utm.pairing.first_prices import first_prices
from utm.pairing.group import Group
from utm.pairing.keeping import best_keeping, is_among
from utm.pairing.policy import FocusKind
from utm.pairing.problem import Problem
from utm.pairing.result import Result, Unmatched
from utm.pairing.search import Search
from utm.pairing.solving import result_of
from utm.pairing.starting import prices_of
from utm.pairing.stopping import Progress, StopCriterion

__all__ = ["Repair", "Trade", "repair"]

_UNIT = 1_000_000
_HIGHEST = 10_000 * _UNIT


@frozen(kw_only=True, order=True)
class Trade:
    """One point of the curve of score against disturbance.

    Parameters
    ----------
    broken
        How many of the old groups that could have gone on are broken up.
    score
        Worth of the plan in millionths.
    """

    broken: int
    score: int


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
    arrays = arrays_of(problem, apart=named)
    old, impossible = _still_possible(arrays, earlier.groups)
    trials = _Trials(arrays, old, earlier, stop=stop, seed=seed, executor=executor)
    going_on = sorted({_names(arrays, row) for row in old.copies.tolist()})
    count = len(going_on)
    allowed = count if most_broken is None else min(most_broken, count)
    trials.search_for(count - allowed)
    trials.settle(count - allowed)
    chosen = trials.chosen(count - allowed)
    least_kept = min(count - allowed, chosen.kept if chosen else 0)
    free = trials.runs[0]
    result = result_of(
        problem,
        arrays,
        free.search,
        stop=stop,
        seed=seed,
        grouping=None if chosen is None else chosen.groups,
    )
    if least_kept:
        result = evolve(
            result, unmatched=tuple(_beside_the_kept(each) for each in result.unmatched)
        )
    stays = old.taken(is_among(arrays, old, chosen.groups if chosen else Columns.none()))
    kept = {_names(arrays, row) for row in stays.copies.tolist()}
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


def _names(arrays: PairingArrays, copies: Sequence[int]) -> tuple[str, ...]:
    classes = [int(arrays.class_of[copy]) for copy in copies if copy >= 0]
    return tuple(sorted(arrays.ids[arrays.class_members[number][0]] for number in classes))


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


@frozen(kw_only=True, eq=False)
class _Run:
    favour: int
    search: Search
    groups: Columns
    kept: int
    score: int


def _bound_by(run: _Run, least_kept: int) -> int:
    """Return what no plan that keeps so many is worth more than, by one favour."""
    return run.search.bound - run.search.arrays.total_bonus - run.favour * least_kept


def _lifted(arrays: PairingArrays, prices: Integers, columns: Columns) -> Integers:
    """Return prices that the members of each column bear together what it exceeds them by."""
    lifted = prices.copy()
    excess = np.maximum(surplus(arrays, columns, prices), 0)
    for row, above in zip(classes_of(arrays, columns)[:, :4], excess.tolist(), strict=True):
        members = row[row >= 0]
        lifted[members] += -(-above // len(members))
    return lifted


class _Trials:
    """Plans at different favours for the old groups."""

    def __init__(
        self,
        arrays: PairingArrays,
        old: Columns,
        earlier: Result,
        *,
        stop: StopCriterion | None,
        seed: int,
        executor: Executor | None,
    ) -> None:
        self._arrays = arrays
        self._old = old
        self._earlier = earlier
        self._count = len(np.unique(old.copies, axis=0))
        self._settled: int | None = None
        self._stop = stop
        self._seed = seed
        self._executor = executor
        self.runs: list[_Run] = []

    def _run(self, favour: int) -> _Run:
        old = self._old
        favoured = Columns(copies=old.copies, focus=old.focus, worth=old.worth + favour)
        dearer = favour * self._count * (self._arrays.must > 0)  # no favour outweighs a lock
        arrays = evolve(
            self._arrays, must=self._arrays.must + dearer, bonus=self._arrays.bonus + dearer
        )
        search = Search(
            arrays,
            stop=None if self._stop is None else self._without(favour),
            seed=self._seed,
            executor=self._executor,
            on_progress=None,
            favoured=favoured,
            favour=favour,
        )
        if self.runs:
            free = self.runs[0].search
            prices = _lifted(arrays, free.certificate + dearer, favoured)
            search.begin_from(prices, join(arrays, [free.pool, favoured]))
        else:
            search.begin_from(prices_of(arrays, self._earlier), old)
        search.run()
        is_kept = is_among(arrays, search.groups, old)
        kept = int(is_kept.sum())
        score = search.worth - search.arrays.total_bonus - favour * kept
        groups = evolve(search.groups, worth=search.groups.worth - favour * is_kept)
        run = _Run(favour=favour, search=search, groups=groups, kept=kept, score=score)
        self.runs.append(run)
        return run

    def _without(self, favour: int) -> StopCriterion:
        """Return the criterion, asked without favours: a gap is a share of what plans are worth."""
        count = self._count

        def stop(progress: Progress) -> bool:
            favours = favour * count
            if progress.score is not None and progress.bound is not None:
                progress = evolve(
                    progress, score=progress.score - favours, bound=progress.bound - favours
                )
            return self._stop is not None and self._stop(progress)

        return stop

    def search_for(self, least_kept: int) -> None:
        """Try favours until one keeps as many as wanted, or none between is better.

        Each trial is at the favour at which the two nearest plans weigh the same. Where
        no third plan weighs more there, no favour brings one that keeps a number between.
        """
        fewer = self._run(0)
        if fewer.kept >= least_kept:
            return
        # to stay, a group takes its members out of up to four others with up to sixteen
        arrays = self._arrays
        dearest = int((first_prices(arrays) - arrays.must).max(initial=0))
        loss = arrays.most_loss // max(1, int(arrays.seats.sum()))
        more = self._run(16 * max(dearest + loss, _UNIT))
        while more.kept < least_kept and not self._is_most(more):
            more = self._run(16 * more.favour)
        while fewer.kept < least_kept < more.kept:
            favour = -(-(fewer.score - more.score) // (more.kept - fewer.kept))
            run = self._run(max(0, favour))
            if run.score + favour * run.kept <= more.score + favour * more.kept:
                return
            fewer, more = (run, more) if run.kept < least_kept else (fewer, run)

    def settle(self, least_kept: int) -> None:
        """Look among all groups that a better plan could hold, if there are not too many."""
        chosen = self.chosen(least_kept)
        if chosen is None or chosen.kept < least_kept or self.bound(least_kept) <= chosen.score:
            return
        run = min(self.runs, key=lambda run: _bound_by(run, least_kept))
        settled = best_keeping(run.search, self._old, least_kept, chosen.groups, chosen.score)
        if settled is not None:
            groups, self._settled = settled
            kept = int(is_among(self._arrays, groups, self._old).sum())
            worth = int(worth_with_bonus(self._arrays, groups).sum())
            score = worth - self._arrays.total_bonus
            self.runs.append(evolve(chosen, groups=groups, kept=kept, score=score))

    def _is_most(self, run: _Run) -> bool:
        """Return whether no plan is known to be able to keep more, or a search was stopped."""
        if run.search.stopped or run.favour > _HIGHEST:
            return True
        rest = run.search.bound - run.search.arrays.total_bonus - run.favour * (run.kept + 1)
        return rest < -self._arrays.most_loss

    def chosen(self, least_kept: int) -> _Run | None:
        """Return the best plan that keeps as many, or else the one that keeps most."""
        whole = [run for run in self.runs if run.search.worth >= run.search.arrays.least_complete]
        if not whole:
            return None
        enough = [run for run in whole if run.kept >= least_kept]
        if enough:
            return max(enough, key=lambda run: (run.score, run.kept))
        return max(whole, key=lambda run: (run.kept, run.score))

    def bound(self, least_kept: int) -> int:
        """Return a bound on every plan that keeps so many, from all favours tried."""
        bound = min(_bound_by(run, least_kept) for run in self.runs)
        return bound if self._settled is None else min(bound, self._settled)

    def curve(self) -> tuple[Trade, ...]:
        """Return the plans met that none of the others beats on both counts."""
        points = {
            Trade(broken=self._count - run.kept, score=run.score)
            for run in self.runs
            if run.search.worth >= run.search.arrays.least_complete
        }
        return tuple(
            sorted(
                point
                for point in points
                if not any(
                    other != point and other.broken <= point.broken and other.score >= point.score
                    for other in points
                )
            )
        )
