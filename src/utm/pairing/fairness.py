"""Groupings that are fair, or stable, before they are worth most; and what that costs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum
from itertools import pairwise

import numpy as np
from attrs import evolve, frozen

from utm.errors import InputProblem, InvalidInputError
from utm.pairing.arrays import Integers, PairingArrays
from utm.pairing.compiling import arrays_of
from utm.pairing.conclusion import groups_of
from utm.pairing.context import millionths
from utm.pairing.first_prices import first_prices
from utm.pairing.group import UNIT, Group
from utm.pairing.input_problem import check_is_answer, problem_at
from utm.pairing.listing import Choice, Listing, Row, choose, listed
from utm.pairing.problem import Problem
from utm.pairing.result import Result
from utm.pairing.starting import prices_of
from utm.pairing.stopping import StopCriterion, Watch

__all__ = ["Aim", "OtherGrouping", "grouping_for"]

_LEVELS = (0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8, 1.0)
_MOST = 20_000
_ROWS_A_ROUND = 40


class Aim(Enum):
    """What a grouping shall be before it is worth most.

    ``LEAST_FIRST``: as many as possible gain a first level, of these groupings as many as
    possible a second, and so on (leximin by counted levels; no weight stands for *much
    more important*). ``SQUARE_ROOTS``: the sum of the square roots of the gains is highest;
    a gain below zero counts as itself. ``STABLE``: no admissible group's members would all
    gain by leaving for it.
    """

    LEAST_FIRST = "least first"
    SQUARE_ROOTS = "square roots"
    STABLE = "stable"


@frozen(kw_only=True)
class OtherGrouping:
    """A grouping with another aim than the total, and what the aim costs.

    Parameters
    ----------
    aim
        The aim.
    groups
        The groups; ``None`` where there is no such grouping, or none was found in time.
    score
        Their worth together in millionths, as in a `Result`; zero without groups.
    reached
        For ``LEAST_FIRST``: each level in millionths, and how many participants gain as
        much.
    welfare
        For ``SQUARE_ROOTS``: the sum of the roots, in millionths of the root of one unit.
    welfare_bound
        No grouping has a higher welfare; ``None`` where not all groups were listed.
    exact
        Whether all admissible groups were listed and every step was solved to its end:
        then no grouping serves the aim better, and of those that serve it as well none is
        worth more. Without groups it is proven that no grouping serves the aim.
    listed
        How many groups were looked at.
    costs_at_least, costs_at_most
        What the aim costs in score, by the score and the bound of the given result; where
        the result is optimal and this exact, they are equal. Without groups, the first is
        what any stable grouping would cost, where that is known, and the second ``None``.
    """

    aim: Aim
    groups: tuple[Group, ...] | None
    score: int
    reached: tuple[tuple[int, int], ...]
    welfare: int | None
    welfare_bound: int | None
    exact: bool
    listed: int
    costs_at_least: int | None
    costs_at_most: int | None


def grouping_for(
    problem: Problem,
    result: Result,
    aim: Aim,
    *,
    levels: Sequence[float] = _LEVELS,
    most_listed: int = _MOST,
    stop: StopCriterion | None = None,
    seed: int = 0,
) -> OtherGrouping:
    """Find a grouping that is fair or stable, and the price of that.

    Parameters
    ----------
    problem, result
        A problem and its result, to whose score the price refers.
    aim
        What the grouping shall be.
    levels
        For ``LEAST_FIRST``: rising gains in units of one fully met need.
    most_listed
        The answer is exact where the policy admits no more groups than this. Where it
        admits more, the groups of each participant nearest to the prices of the result are
        looked at, and the answer says that it is not exact.
    stop
        Asked now and then; score and bound of its progress are unknown.
    seed
        Seed of the solver.

    Raises
    ------
    InvalidInputError
        The levels do not rise from above zero, or the policy lets participants be in
        several groups: what each gains is then no sum over one group. Or the result is that of
        another problem.

    Notes
    -----
    An integer program over all admissible groups for each level, or each time that a found
    grouping turns out not to be stable. Meant for editions of some tens of participants.
    The price of fairness is that of Bertsimas, Farias and Trichakis (2011), in score.
    """
    watch = Watch(stop, aim.value)
    _check(problem, levels)
    check_is_answer(problem, result)
    arrays = arrays_of(problem, apart=[participant.id for participant in problem.participants])
    prices = prices_of(arrays, result)
    prices = first_prices(arrays) if prices is None else prices
    listing = listed(arrays, prices, most_listed, interrupted=watch.is_over)

    def interrupted() -> bool:
        return watch.is_over(len(listing.columns))

    task = _Task(arrays, listing, seed, interrupted)
    if aim is Aim.LEAST_FIRST:
        choice = task.least_first([millionths(level) for level in levels])
    elif aim is Aim.SQUARE_ROOTS:
        choice = task.square_roots()
    else:
        choice = task.stable()
    return _told(task, choice, result, aim)


def _check(problem: Problem, levels: Sequence[float]) -> None:
    faults: list[InputProblem] = []
    policy = problem.policy
    if policy.groups_each > 1 or any(each.most_groups > 1 for each in policy.allowances):
        faults.append(
            problem_at(
                "$.policy.groups_each",
                policy.groups_each,
                "lets some be in several groups",
                "Ask this of a policy with one group each.",
            )
        )
    rising = all(low < high for low, high in pairwise(levels))
    if not levels or not rising or not all(0 < level <= 10 for level in levels):  # noqa: PLR2004
        faults.append(
            problem_at("$.levels", tuple(levels), "must rise within 0 and 10", "Sort them.")
        )
    if faults:
        raise InvalidInputError(tuple(faults))


class _Task:
    """An aim pursued over a listing."""

    def __init__(
        self,
        arrays: PairingArrays,
        listing: Listing,
        seed: int,
        interrupted: Callable[[], bool],
    ) -> None:
        self.arrays = arrays
        self.listing = listing
        self._seed = seed
        self._interrupted = interrupted
        bonus = np.append(arrays.bonus - arrays.must, 0)
        members = np.where(listing.columns.copies >= 0, listing.columns.copies, arrays.classes)
        self.worth: Integers = listing.columns.worth + bonus[members].sum(axis=1)
        self.reached: list[tuple[int, int]] = []
        self.welfare: Integers | None = None
        self.welfare_bound: int | None = None

    def _choose(self, worth: Integers, rows: list[Row]) -> Choice:
        return choose(
            self.arrays,
            self.listing,
            worth,
            rows,
            seed=self._seed,
            interrupted=self._interrupted,
        )

    def least_first(self, levels: Sequence[int]) -> Choice:
        """Count up those who gain each level, then take the grouping that is worth most."""
        rows: list[Row] = []
        best, last = True, None
        for level in levels:
            entries: Integers = (self.listing.gains >= level).sum(axis=1)
            choice = self._choose(entries * UNIT, rows)
            if choice.chosen is None:
                return choice if last is None else evolve(last, best=False)
            best, last = best and choice.best, choice
            count = int(entries[choice.chosen].sum())
            self.reached.append((level, count))
            rows.append(Row(entries=entries, least=count))
        return self._worthiest(rows, best=best, otherwise=last)

    def square_roots(self) -> Choice:
        """Take the grouping with the highest sum of roots."""
        gains = self.listing.gains
        roots = np.sqrt(np.maximum(gains, 0).astype(np.float64) * UNIT).astype(np.int64)
        self.welfare = welfare = np.asarray((roots + np.minimum(gains, 0)).sum(axis=1))
        choice = self._choose(welfare, [])
        self.welfare_bound = choice.bound if self.listing.complete else None
        if choice.chosen is None:
            return choice
        row = Row(entries=welfare, least=int(welfare[choice.chosen].sum()))
        return self._worthiest([row], best=choice.best, otherwise=choice)

    def _worthiest(self, rows: list[Row], *, best: bool, otherwise: Choice | None = None) -> Choice:
        choice = self._choose(self.worth, rows)
        if choice.chosen is None and otherwise is not None:
            choice = otherwise
        return Choice(
            chosen=choice.chosen,
            best=best and choice.best,
            impossible=choice.impossible,
            bound=choice.bound,
        )

    def stable(self) -> Choice:
        """Rule out what blocks a found grouping, until nothing does or nothing is left."""
        rows: list[Row] = []
        bound: int | None = None
        while True:
            choice = self._choose(self.worth, rows)
            if choice.chosen is None:
                return evolve(choice, bound=bound)
            bound = choice.bound
            blocking = self._blocking(choice.chosen)
            if len(blocking) == 0:
                return choice
            if self._interrupted():
                return Choice(chosen=None, best=False, impossible=False, bound=choice.bound)
            rows += [self._contented(int(index)) for index in blocking[:_ROWS_A_ROUND]]

    def _blocking(self, chosen: Integers) -> Integers:
        """Return the columns whose members all gain more there, the least gain highest first."""
        copies, gains = self.listing.columns.copies, self.listing.gains
        now = np.zeros(self.arrays.copies + 1, dtype=np.int64)
        held = copies[chosen]
        now[held[held >= 0]] = gains[chosen][held >= 0]
        more = np.where(copies >= 0, gains - now[copies], np.iinfo(np.int64).max).min(axis=1)
        order = np.argsort(-more, kind="stable")
        blocking: Integers = order[more[order] > 0]
        return blocking

    def _contented(self, index: int) -> Row:
        """Ask that somebody of a column gains at least as much as there.

        Who would gain nothing there, or less, is content with no group at all: with every
        grouping but those that hold it in a column of a lower gain.
        """
        copies, gains = self.listing.columns.copies, self.listing.gains
        content = np.zeros(len(copies), dtype=np.bool_)
        worse = np.zeros(len(copies), dtype=np.int64)
        alone = 0
        for copy, gain in zip(copies[index].tolist(), gains[index].tolist(), strict=True):
            if copy >= 0 and gain > 0:
                content |= ((copies == copy) & (gains >= gain)).any(axis=1)
            elif copy >= 0:
                worse += ((copies == copy) & (gains < gain)).any(axis=1)
                alone += 1
        return Row(entries=content.astype(np.int64) - worse, least=1 - alone)


def _least_cost(task: _Task, choice: Choice, result: Result, score: int) -> int | None:
    if choice.chosen is not None:
        return max(0, result.score - score)
    if choice.bound is None or choice.impossible or not task.listing.complete:
        return None
    return max(0, result.score - choice.bound)


def _told(task: _Task, choice: Choice, result: Result, aim: Aim) -> OtherGrouping:
    listing = task.listing
    proven = choice.best or choice.impossible
    groups, score = None, 0
    if choice.chosen is not None:
        groups = groups_of(task.arrays, listing.columns.taken(choice.chosen))
        score = sum(group.score for group in groups)
    welfare = None
    if task.welfare is not None and choice.chosen is not None:
        welfare = int(task.welfare[choice.chosen].sum())
    return OtherGrouping(
        aim=aim,
        groups=groups,
        score=score,
        reached=tuple(task.reached),
        welfare=welfare,
        welfare_bound=task.welfare_bound,
        exact=listing.complete and proven,
        listed=len(listing.columns),
        costs_at_least=_least_cost(task, choice, result, score),
        costs_at_most=None if groups is None else max(0, result.bound - score),
    )
