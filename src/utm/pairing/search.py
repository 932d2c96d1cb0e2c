"""The search: column generation, a certificate, and the groups."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Executor

import numpy as np

from utm.pairing.arrays import Integers, PairingArrays
from utm.pairing.beam import promising
from utm.pairing.certificate import best_of_each_class, first_prices, harvest_above
from utm.pairing.columns import Columns, join
from utm.pairing.master import Selection, prices_of, select, worth_with_bonus
from utm.pairing.pricing import reduced_costs
from utm.pairing.stopping import Progress, StopCriterion

__all__ = ["Search"]

_NOTEWORTHY = 50  # millionths
_PER_CLASS = 12
_ROUNDS = 60
_SLOW = 2e-4
_NEAR = 20_000
_ENUMERABLE = 400_000


class Search:
    """State of one search. Bounds and worths include the bonus of the locked.

    Attributes
    ----------
    certificate
        Prices by class that no group beats.
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
    ) -> None:
        self.arrays = arrays
        self._stop = stop
        self._seed = seed
        self._executor = executor
        self._on_progress = on_progress
        self._began = time.perf_counter()
        self._stage = "reading"
        self.pool = Columns.none()
        self.certificate = first_prices(arrays)
        self.bound = self.total(self.certificate)
        self.groups = Columns.none()
        self.worth = 0
        self.prices = self.certificate
        self.rounds = 0
        self.stopped = False

    def total(self, prices: Integers) -> int:
        """Return the prices of all participants together."""
        return int((prices * self.arrays.places).sum())

    @property
    def seconds(self) -> float:
        """Time since the start."""
        return time.perf_counter() - self._began

    def progress(self, worth: int | None = None) -> Progress:
        """Return where the search stands, without bonus."""
        bonus = self.arrays.total_bonus
        best = max(self.worth, worth or 0)
        return Progress(
            stage=self._stage,
            seconds=self.seconds,
            score=best - bonus if best >= bonus else None,
            bound=max(0, self.bound - bonus) if self.bound >= bonus else None,
            columns=len(self.pool),
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
        while self.worth < self.bound and not self.interrupted():
            settled = self._certify()
            if self.worth == 0 or settled:
                break
        if self.worth < self.bound and not self.interrupted():
            self._choose(self._near_columns(), proof=False)
        if self.worth < self.bound and not self.interrupted():
            self._prove()
        self.tell()

    def _by_copy(self, prices: Integers) -> Integers:
        return (prices - self.arrays.bonus)[self.arrays.class_of]

    def _grow(self) -> None:
        """Generate columns from many pairs until the prices hardly move."""
        last = np.inf
        for number in range(_ROUNDS):
            by_copy = self._by_copy(self.prices // 2 if number == 0 else self.prices)
            found = self._promising(by_copy, -300_000 if number < 2 else _NOTEWORTHY)  # noqa: PLR2004
            found = best_of_each_class(self.arrays, found, by_copy, _PER_CLASS)
            before = len(self.pool)
            self.pool = join(self.arrays, [self.pool, found])
            if len(self.pool) == before or self.interrupted():
                break
            self.prices = prices_of(self.arrays, self.pool)
            self.rounds += 1
            self._keep_greedy()
            self.tell()
            now = self.total(self.prices)
            if number > 2 and abs(last - now) < _SLOW * now:  # noqa: PLR2004
                break
            last = now

    def _promising(self, by_copy: Integers, threshold: int) -> Columns:
        arrays = self.arrays
        numbers = range(len(arrays.foci))
        if self._executor is None:
            parts = [promising(arrays, number, by_copy, threshold) for number in numbers]
        else:
            count = len(numbers)
            parts = list(
                self._executor.map(
                    promising, [arrays] * count, numbers, [by_copy] * count, [threshold] * count
                )
            )
        return join(arrays, parts)

    def _certify(self) -> bool:
        """Look at all groups at the present prices; return whether the prices have settled."""
        self.enter("proving the bound")
        harvest = harvest_above(
            self.arrays, self.prices, 0, keep_all=None, interrupted=self.interrupted
        )
        self.rounds += 1
        if not harvest.complete:
            return True
        raised = self.prices + harvest.excess
        if self.total(raised) < self.total(self.certificate):
            self.certificate = raised
            self.bound = min(self.bound, self.total(raised))
        found = harvest.columns()
        before = len(self.pool)
        self.pool = join(self.arrays, [self.pool, found])
        if len(self.pool) == before or int(harvest.excess.max(initial=0)) <= _NOTEWORTHY:
            return True
        self.prices = prices_of(self.arrays, self.pool)
        self._keep_greedy()
        return False

    def _keep_greedy(self) -> None:
        """Take columns by worth for each price, as long as places last."""
        columns = self.pool
        worth = worth_with_bonus(self.arrays, columns)
        excess = reduced_costs(columns, self._by_copy(self.prices))
        order = np.lexsort((-worth, -excess))
        left = self.arrays.places.copy()
        times = np.zeros(len(columns), dtype=np.int64)
        for index in order.tolist():
            if worth[index] <= 0:
                continue
            copies = columns.copies[index]
            classes, counts = np.unique(
                self.arrays.class_of[copies[copies >= 0]], return_counts=True
            )
            fits = int((left[classes] // counts).min())
            if fits:
                times[index] = fits
                left[classes] -= fits * counts
        self._keep(columns, times)

    def _keep(self, columns: Columns, times: Integers) -> None:
        worth = int(times @ worth_with_bonus(self.arrays, columns))
        if worth > self.worth:
            self.worth = worth
            self.groups = columns.taken(np.repeat(np.arange(len(columns)), times))

    def _near_columns(self) -> Columns:
        excess = reduced_costs(self.pool, self._by_copy(self.certificate))
        order = np.argsort(-excess, kind="stable")[:_NEAR]
        return join(self.arrays, [self.pool.taken(np.sort(order)), self.groups])

    def _choose(self, columns: Columns, *, proof: bool) -> None:
        """Solve the integer program over some columns."""
        self.enter("choosing groups")
        selection = select(
            self.arrays,
            columns,
            start=self._times_in(columns),
            seed=self._seed,
            interrupted=self.interrupted,
        )
        self._keep(columns, selection.times)
        if proof:
            self._tighten(selection)

    def _times_in(self, columns: Columns) -> Integers:
        """Return how often the best grouping takes each column."""
        place = {tuple(row): index for index, row in enumerate(columns.copies.tolist())}
        times = np.zeros(len(columns), dtype=np.int64)
        for row in self.groups.copies.tolist():
            index = place.get(tuple(row))
            if index is None:
                return np.zeros(len(columns), dtype=np.int64)
            times[index] += 1
        return times

    def _tighten(self, selection: Selection) -> None:
        """Lower the bound: every better grouping consists of the columns just solved over."""
        self.bound = min(self.bound, max(self.worth, selection.bound))

    def _prove(self) -> None:
        """Enumerate every group that a better grouping could hold and solve over them."""
        self.enter("closing the gap")
        allowed = self.total(self.certificate) - self.worth
        harvest = harvest_above(
            self.arrays,
            self.certificate,
            -allowed,
            keep_all=_ENUMERABLE,
            interrupted=self.interrupted,
        )
        if harvest.complete:
            columns = join(self.arrays, [harvest.columns(), self.groups])
            self.pool = join(self.arrays, [self.pool, columns])
            self._choose(columns, proof=True)
