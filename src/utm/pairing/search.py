"""The search: column generation, a certificate, and the groups."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Executor
from functools import partial

import numpy as np

from utm.pairing.arrays import Integers, PairingArrays
from utm.pairing.beam import OUT_OF_REACH, exchanged, grown
from utm.pairing.certificate import best_of_each_class, first_prices, harvest_above
from utm.pairing.columns import Columns, join, worth_with_bonus
from utm.pairing.filling import filled, reaches_few
from utm.pairing.master import Cuts, relaxed, select
from utm.pairing.once import once_prices
from utm.pairing.primal import MOST_IN_A_PROGRAM, Primal, greedy, times_in
from utm.pairing.smoothing import smoothed
from utm.pairing.stopping import Progress, StopCriterion
from utm.pairing.tightening import Tightening

__all__ = ["Search"]

_NOTEWORTHY = 50  # millionths
_PER_CLASS = 12
_ROUNDS = 60
_SEEDS = ((1_500, 3), (4_000, 2), (1 << 60, 1))
_FEW_NEW = 0.002
_FILLED_AT = 2
_FEW_LEFT = 60
_EXACTLY = 200
_SLOW = 2e-4
_SLOWLY = 5e-4
_ROUGHLY = 400
_COLD_REACH = 300_000
_WARM_REACH = 30_000
_ENUMERABLE = 2_000_000
_QUICKLY_SOLVED = 4_000


def _done(task: Callable[[], Columns]) -> Columns:
    """Do a task, perhaps in another process."""
    return task()


class Search:
    """State of one search. Bounds and worths include the bonus of the locked.

    Columns may be *favoured*: worth up to ``favour`` millionths more than their members
    gain, so that a repair keeps them. A search may begin from what an earlier one has found:
    any prices and any admissible columns of these arrays will do, also those of a problem
    that has changed since. They only change how soon the search ends, never what it proves.

    Parameters
    ----------
    arrays
        The problem, compiled.
    stop, seed, executor, on_progress
        As for `utm.pairing.solve`.
    favoured, favour
        Columns worth more than their members gain, and by how much at most.
    start_prices
        Prices by class to begin with, bonus included; ``None`` to begin without.
    start_columns
        Admissible columns to begin with. Where they are disjoint they are the first grouping.

    Attributes
    ----------
    certificate, once
        Prices by class, and of sets that can be formed once, that no group beats.
    bound
        No grouping is worth more.
    groups
        Columns of the best grouping so far, each as often as it is taken.
    worth
        Worth of that grouping.
    stopped
        Whether the stop criterion has spoken.
    """

    def __init__(
        self,
        arrays: PairingArrays,
        *,
        stop: StopCriterion | None,
        seed: int,
        executor: Executor | None,
        on_progress: Callable[[Progress], None] | None,
        favoured: Columns | None = None,
        favour: int = 0,
        start_prices: Integers | None = None,
        start_columns: Columns | None = None,
    ) -> None:
        self.arrays = arrays
        self._favoured = Columns.none() if favoured is None else favoured
        self._stop = stop
        self._seed = seed
        self._executor = executor
        self._on_progress = on_progress
        self._began = time.perf_counter()
        self._stage = "reading"
        self.pool = self._favoured
        if start_columns is not None:  # a favoured one is worth more and stays
            self.pool = join(arrays, [self._favoured, start_columns])
        self._is_warm = start_prices is not None
        self.certificate = first_prices(arrays) + favour
        self.once = once_prices(arrays, Columns.none(), self.certificate)
        self.bound = self.proven
        self.groups = Columns.none()
        self.worth = 0
        self.prices = self.certificate
        if start_prices is not None:  # a price below zero would prove nothing
            self.prices = np.maximum(start_prices, 0)
        self.rounds = 0
        self.stopped = False
        if start_columns is not None:
            self._take_greedily()

    def total(self, prices: Integers) -> int:
        """Return the prices of all participants together."""
        return int((prices * self.arrays.places).sum())

    @property
    def is_large(self) -> bool:
        """Whether there are too many participants for linear programs over all of them."""
        return self.arrays.classes > MOST_IN_A_PROGRAM

    @property
    def proven(self) -> int:
        """What the prices prove: no grouping is worth more."""
        return self.total(self.certificate) + self.once.total

    @property
    def seconds(self) -> float:
        """Time since the start."""
        return time.perf_counter() - self._began

    def progress(self, worth: int | None = None) -> Progress:
        """Return where the search stands, without bonus."""
        bonus, least = self.arrays.total_bonus, self.arrays.least_complete
        best = max(self.worth, worth or 0)
        return Progress(
            stage=self._stage,
            seconds=self.seconds,
            score=best - bonus if best >= least else None,
            bound=self.bound - bonus if self.bound >= least else None,
            columns=len(self.pool),
            rounds=self.rounds,
        )

    def interrupted(self, worth: int | None = None) -> bool:
        """Return whether to stop, and remember it."""
        if not self.stopped and self._stop is not None:
            self.stopped = self._stop(self.progress(worth))
        return self.stopped

    def enter(self, stage: str) -> None:
        """Begin a stage and tell it."""
        self._stage = stage
        self.tell()

    def tell(self) -> None:
        """Report where the search stands."""
        if self._on_progress is not None:
            self._on_progress(self.progress())

    def run(self) -> None:
        """Search until the grouping is proven best, or until told to stop."""
        self.enter("finding groups")
        self._grow()
        is_many = self.arrays.classes > _ROUGHLY
        if is_many and self.worth < self.bound and not self.interrupted():
            self.enter("choosing groups")  # a complete look takes long: first a good answer
            self._improve(self.prices, only_dives=True)
        while self.worth < self.bound and not self.interrupted():
            settled = self._certify()
            if self.worth == 0 or settled:
                break
        if self.worth < self.bound and not self.interrupted():
            self.enter("choosing groups")
            self._improve(self.certificate, known=self.groups if is_many else None)
        if self.worth < self.bound and not self.interrupted():
            self._prove(_ENUMERABLE)
        self.tell()

    def _by_copy(self, prices: Integers) -> Integers:
        return (prices - self.arrays.bonus)[self.arrays.class_of]

    def _grow(self) -> None:
        """Generate columns until the prices hardly move: grow some, then exchange members."""
        before = 0
        for number in range(_ROUNDS):
            prices = self._halved() if number == 0 and not self._is_warm else self.prices
            seeds = self._seeds(self.pool, prices)
            found = self._found(prices, self._reach(number), seeds, grows=number == 0)
            found = best_of_each_class(self.arrays, found, prices, _PER_CLASS)
            known = len(self.pool)
            self.pool = join(self.arrays, [self.pool, found])
            if number == 0:
                self.prices = prices
                self._take_greedily()
            if len(self.pool) - known <= _FEW_NEW * known or self.interrupted():
                break
            self.prices = self._central_prices(roughly=True)
            self.rounds += 1
            self._take_greedily()
            if number == _FILLED_AT and reaches_few(self.arrays, self.groups):
                groups, met = filled(self.arrays, self.groups, interrupted=self.interrupted)
                self.pool = join(self.arrays, [self.pool, groups, met])
                self._keep(groups, np.ones(len(groups), dtype=np.int64))
            self.tell()
            total = self.total(self.prices)
            if number > 1 and abs(before - total) < _SLOW * total:
                break
            before = total

    def _seeds(self, pool: Columns, prices: Integers) -> Columns:
        """Return the groups to exchange members of: of each participant the nearest to tight."""
        count = next(few for most, few in _SEEDS if self.arrays.classes <= most)
        return best_of_each_class(self.arrays, pool, prices, count)

    def _halved(self) -> Integers:
        """Return prices to begin with: half of the first ones, which are too high."""
        return self.arrays.bonus + (self.prices - self.arrays.bonus) // 2

    def _reach(self, number: int) -> int:
        """Return how far below its prices a group may be worth and be kept, in a round.

        Without such groups the first linear programs hold too few columns, and prices fall.
        """
        if number > 1:
            return _NOTEWORTHY
        return -_WARM_REACH if self._is_warm else -_COLD_REACH

    def _found(
        self,
        prices: Integers,
        threshold: int,
        seeds: Columns,
        *,
        grows: bool,
        places: Integers | None = None,
    ) -> Columns:
        """Return groups worth more than their prices: exchanged from some, or grown besides."""
        arrays = self.arrays
        numbers = range(len(arrays.foci))
        by_copy = self._by_copy(prices)
        least = [threshold + arrays.toll(number, prices) for number in numbers]
        if places is not None:  # copies of those already placed are out of reach
            by_copy = np.where(places[arrays.class_of] > 0, by_copy, OUT_OF_REACH)
        tasks = [
            partial(exchanged, arrays, number, by_copy, least[number], seeds.taken(of_focus))
            for number in numbers
            if (of_focus := seeds.focus == number).any()
        ]
        if grows:
            tasks += [partial(grown, arrays, number, by_copy, least[number]) for number in numbers]
        if self._executor is not None:
            return join(arrays, list(self._executor.map(_done, tasks)))
        parts: list[Columns] = []
        for task in tasks:
            parts.append(task())
            if self.rounds > 0 and self.interrupted():  # the first round finds a grouping
                break
        return join(arrays, parts)

    def _refill(self, prices: Integers, places: Integers, pool: Columns) -> Columns:
        """Find columns among the places that are left, for a dive."""
        seeds = self._seeds(pool, prices)
        grows = int(places[: len(self.arrays.seats)].sum()) <= _FEW_LEFT
        return self._found(prices, _NOTEWORTHY, seeds, grows=grows, places=places)

    def _certify(self) -> bool:
        """Look at all groups at the present prices; return whether the prices have settled."""
        self.enter("proving the bound")
        once = once_prices(self.arrays, self.pool, self.prices)
        harvest = harvest_above(
            self.arrays,
            self.prices,
            0,
            keep_all=None,
            interrupted=self.interrupted,
            favoured=self._favoured,
            once=once,
        )
        self.rounds += 1
        if not harvest.complete:
            return True
        bound = self.bound
        raised = self.prices + harvest.lifts()
        if self.total(raised) + once.total < self.proven:
            self.certificate, self.once = raised, once
            self.bound = min(self.bound, self.proven)
        found = harvest.columns()
        slow = self.arrays.classes > _ROUGHLY and bound - self.bound < _SLOWLY * bound
        before = len(self.pool)
        self.pool = join(self.arrays, [self.pool, found])
        if slow or len(self.pool) == before or int(harvest.excess.max(initial=0)) <= _NOTEWORTHY:
            return True
        self.prices = self._central_prices()
        return False

    def _central_prices(self, *, roughly: bool = False) -> Integers:
        """Return prices amid those of the linear program over the pool, or near them."""
        if not self.is_large and not (roughly and self.arrays.classes > _EXACTLY):
            return relaxed(self.arrays, self.pool, central=True).prices
        return smoothed(
            self.arrays,
            self.pool,
            self.prices,
            places=self.arrays.places,
            interrupted=self.interrupted,
        ).prices

    def _take_greedily(self) -> None:
        """Keep a grouping made at once, so that a search that is stopped has one."""
        groups = greedy(self.arrays, self.pool, self.prices)
        self._keep(groups, np.ones(len(groups), dtype=np.int64))

    def _keep(self, columns: Columns, times: Integers) -> None:
        worth = int(times @ worth_with_bonus(self.arrays, columns))
        if worth > self.worth:
            self.worth = worth
            self.groups = columns.taken(np.repeat(np.arange(len(columns)), times))

    def _improve(
        self, prices: Integers, *, only_dives: bool = False, known: Columns | None = None
    ) -> None:
        """Dive from the prices to a grouping, then reform a few groups at a time."""
        primal = Primal(
            self.arrays,
            self.pool,
            prices,
            seed=self._seed,
            find=self._refill,
            interrupted=self.interrupted,
            known=Columns.none() if known is None else known,
        )
        for number, (columns, times) in enumerate(primal.groupings()):
            self._keep(columns, times)
            self.pool = primal.pool
            self.tell()
            if number == 0 and self.arrays.classes <= _EXACTLY and self.worth < self.bound:
                self._prove(_QUICKLY_SOLVED)  # few participants need no better grouping first
            if only_dives or self.worth >= self.bound or self.interrupted():
                return

    def _choose(
        self, columns: Columns, *, cuts: Cuts | None = None, stall_nodes: int | None = None
    ) -> int | None:
        """Solve the integer program over some columns; return its bound, if it has one."""
        selection = select(
            self.arrays,
            columns,
            start=times_in(self.arrays, columns, self.groups),
            seed=self._seed,
            interrupted=self.interrupted,
            cuts=cuts,
            stall_nodes=stall_nodes,
        )
        self._keep(columns, selection.times)
        return selection.bound

    def _prove(self, most: int) -> None:
        """Enumerate every group that a better grouping could hold and solve over them.

        Gives up where there are more groups than ``most``.
        """
        self.enter("closing the gap")
        allowed = self.proven - self.worth
        harvest = harvest_above(
            self.arrays,
            self.certificate,
            -allowed,
            keep_all=most,
            interrupted=self.interrupted,
            favoured=self._favoured,
        )
        if not harvest.complete:
            return
        tightening = Tightening(self.arrays, harvest.columns(), self.certificate)
        self.pool = join(self.arrays, [self.pool, tightening.columns])

        def tell() -> None:
            self.bound = min(self.bound, max(self.worth, tightening.bound))
            self.tell()

        tightening.run(known=lambda: self.worth, interrupted=self.interrupted, tell=tell)
        tell()
        if self.worth < self.bound and not self.interrupted():
            columns = join(self.arrays, [tightening.columns, self.groups])
            self.enter("choosing groups")
            bound = self._choose(columns, cuts=tightening.cuts)
            if bound is not None:
                self.bound = min(self.bound, max(self.worth, bound))
