"""Plans at different favours for the groups of an earlier plan."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor

import numpy as np
from attrs import evolve, frozen

from utm.pairing.arrays import Integers, PairingArrays
from utm.pairing.columns import Columns, classes_of, join, surplus, worth_with_bonus
from utm.pairing.first_prices import first_prices
from utm.pairing.keeping import best_keeping, is_among
from utm.pairing.result import Result
from utm.pairing.search import Search
from utm.pairing.starting import columns_of, prices_of
from utm.pairing.stopping import Progress, StopCriterion
from utm.pairing.telling_apart import as_kinds, kinds_of_each, told_apart

__all__ = ["Run", "Trade", "Trials", "names_of"]

_UNIT = 1_000_000
_HIGHEST = 10_000 * _UNIT


def names_of(arrays: PairingArrays, copies: Sequence[int]) -> tuple[str, ...]:
    """Return who the members of a group are, in order, where everybody is told apart."""
    classes = [int(arrays.class_of[copy]) for copy in copies if copy >= 0]
    return tuple(sorted(arrays.ids[arrays.class_members[number][0]] for number in classes))


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


@frozen(kw_only=True, eq=False)
class Run:
    """The best plan that one search has found.

    Parameters
    ----------
    favour
        What each old group counted for besides its score, in millionths.
    search
        The search.
    is_apart
        Whether everybody is told apart in it.
    groups
        The plan at what its groups are worth, everybody told apart.
    kept
        How many of the old groups are in it.
    score
        Worth of the plan in millionths, without bonus and favours.
    """

    favour: int
    search: Search
    is_apart: bool
    groups: Columns
    kept: int
    score: int


def _bound_by(run: Run, least_kept: int) -> int:
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


class Trials:
    """Plans at different favours for the old groups.

    Parameters
    ----------
    arrays, alike
        The problem with the members of the old groups told apart, and with those alike as one;
        the same where nobody of them is like another.
    old
        The old groups that can go on, told apart.
    earlier
        The plan as it was.
    stop, seed, executor
        As for `utm.pairing.repair`.

    Attributes
    ----------
    runs
        Every plan tried. The first is the best of all plans, whatever it breaks up.
    """

    def __init__(
        self,
        arrays: PairingArrays,
        alike: PairingArrays,
        old: Columns,
        earlier: Result,
        *,
        stop: StopCriterion | None,
        seed: int,
        executor: Executor | None,
    ) -> None:
        self._arrays = arrays
        self._alike = alike
        self._kinds = kinds_of_each(arrays, alike)
        self._old = old
        self._earlier = earlier
        self._count = len(np.unique(old.copies, axis=0))
        self._settled: int | None = None
        self._stop = stop
        self._seed = seed
        self._executor = executor
        self.runs: list[Run] = []

    def _free(self) -> Run:
        """Return the best of all plans, whatever it breaks up."""
        alike, earlier = self._alike, self._earlier
        search = Search(
            alike,
            stop=self._stop,
            seed=self._seed,
            executor=self._executor,
            on_progress=None,
            start_prices=prices_of(alike, earlier),
            start_columns=columns_of(alike, earlier.groups),
        )
        search.run()
        groups = told_apart(self._arrays, self._kinds, alike, search.groups, self._old)
        return self._met(0, search, groups, is_apart=alike is self._arrays)

    def _favoured(self, favour: int) -> Run:
        """Return the best plan where each old group counts for so much besides its score."""
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
        free = self.runs[0]
        known = free.search.pool if self._alike is self._arrays else free.groups
        prices = _lifted(arrays, free.search.certificate[self._kinds] + dearer, favoured)
        search.begin_from(prices, join(arrays, [known, favoured]))
        search.run()
        is_kept = is_among(arrays, search.groups, old)
        groups = evolve(search.groups, worth=search.groups.worth - favour * is_kept)
        return self._met(favour, search, groups, is_apart=True)

    def _met(self, favour: int, search: Search, groups: Columns, *, is_apart: bool) -> Run:
        kept = int(is_among(self._arrays, groups, self._old).sum())
        worth = int(worth_with_bonus(self._arrays, groups).sum())
        score = worth - self._arrays.total_bonus
        run = Run(
            favour=favour,
            search=search,
            is_apart=is_apart,
            groups=groups,
            kept=kept,
            score=score,
        )
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
        fewer = self._free()
        if fewer.kept >= least_kept:
            return
        # to stay, a group takes its members out of up to four others with up to sixteen
        arrays = self._arrays
        dearest = int((first_prices(arrays) - arrays.must).max(initial=0))
        loss = arrays.most_loss // max(1, int(arrays.seats.sum()))
        more = self._favoured(16 * max(dearest + loss, _UNIT))
        while more.kept < least_kept and not self._is_most(more):
            more = self._favoured(16 * more.favour)
        self._settle_by_kinds(least_kept)
        while fewer.kept < least_kept < more.kept and not self._is_settled(least_kept):
            favour = -(-(fewer.score - more.score) // (more.kept - fewer.kept))
            if favour <= 0:  # the search for the best of all was stopped before it had one
                return
            run = self._favoured(favour)
            if run.score + favour * run.kept <= more.score + favour * more.kept:
                return
            fewer, more = (run, more) if run.kept < least_kept else (fewer, run)

    def settle(self, least_kept: int) -> None:
        """Look among all groups that a better plan could hold, if there are not too many."""
        chosen = self.chosen(least_kept)
        if chosen is None or chosen.kept < least_kept or self._is_settled(least_kept):
            return
        apart = [run for run in self.runs if run.is_apart]
        if apart:
            run = min(apart, key=lambda run: _bound_by(run, least_kept))
            self._settle_by(run, self._old, chosen, least_kept)

    def _is_settled(self, least_kept: int) -> bool:
        """Return whether no plan that keeps so many is better than the best known."""
        chosen = self.chosen(least_kept)
        return chosen is not None and self.bound(least_kept) <= chosen.score

    def _settle_by_kinds(self, least_kept: int) -> None:
        """The same where some are alike: such old groups are as good as one another."""
        chosen = self.chosen(least_kept)
        is_whole = len(self._old) == self._count  # and does not stand there for each language
        if self._alike is not self._arrays and is_whole and chosen and chosen.kept >= least_kept:
            old = as_kinds(self._arrays, self._kinds, self._alike, self._old)
            self._settle_by(self.runs[0], old, chosen, least_kept)

    def _settle_by(self, run: Run, old: Columns, chosen: Run, least_kept: int) -> None:
        plan = chosen.groups
        if not run.is_apart:
            plan = as_kinds(self._arrays, self._kinds, self._alike, plan)
        settled = best_keeping(
            run.search,
            old,
            plan,
            favour=run.favour,
            least_kept=least_kept,
            score=chosen.score,
        )
        if settled is None:
            return
        groups, bound = settled
        self._settled = bound if self._settled is None else min(bound, self._settled)
        if not run.is_apart:
            groups = told_apart(self._arrays, self._kinds, self._alike, groups, self._old)
        self._met(chosen.favour, chosen.search, groups, is_apart=chosen.is_apart)

    def _is_most(self, run: Run) -> bool:
        """Return whether no plan is known to be able to keep more, or a search was stopped."""
        if run.search.stopped or run.favour > _HIGHEST:
            return True
        rest = run.search.bound - run.search.arrays.total_bonus - run.favour * (run.kept + 1)
        return rest < -self._arrays.most_loss

    def chosen(self, least_kept: int) -> Run | None:
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
