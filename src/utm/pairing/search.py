"""The search: column generation, a certificate, and the groups."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Executor

import numpy as np

from utm.pairing.arrays import Integers, PairingArrays
from utm.pairing.certificate import harvest_above
from utm.pairing.closing import choose_by_size, close_gap
from utm.pairing.columns import Columns, join, surplus, worth_with_bonus
from utm.pairing.compiled import SOON_CHOSEN
from utm.pairing.evening import evened
from utm.pairing.finding import Finder, seeds_of
from utm.pairing.first_prices import first_certificate, first_prices
from utm.pairing.growing import NOTEWORTHY, grow, refine
from utm.pairing.improving import choose_abreast, chooses_abreast, complete_on, redive_on, reform_on
from utm.pairing.master import relaxed
from utm.pairing.once import once_prices
from utm.pairing.primal import MOST_IN_A_PROGRAM, Dive, greedy
from utm.pairing.side_by_side import one_thread
from utm.pairing.smoothing import HEATS, smoothed
from utm.pairing.stopping import Progress, StopCriterion

__all__ = ["FIRST_STAGES", "MANY", "Search"]

FIRST_STAGES = ("reading", "finding groups")
"""The stages of a search before it chooses among the groups found."""

MANY = 400
"""Above so many participants a complete look at all groups takes long."""

_HOT_ROUNDS = 2
_VAST = 4_000
_IMMENSE = 8_000  # prices are refined sooner than a complete look is taken
_FEW_LEFT = 60
_EXACTLY = 200
_SLOWLY = 1e-3
_CLOSELY = 200  # a grouping is close if it lacks less than such a part of the bound
_HASTY, _PATIENT, _STUBBORN = 2, 10, 40  # dives in vain
_FAR = 150_000  # many times the heats; columns that lack more are not taken
_ENUMERABLE, _SOON_ENUMERATED = 400_000, 150_000
_QUICKLY_SOLVED = 4_000


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
    is_hasty
        Whether any grouping that keeps every rule is wanted soon, before a bound.

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
        is_hasty: bool = False,
    ) -> None:
        self.arrays = arrays
        self.favoured = Columns.none() if favoured is None else favoured
        self.stop = stop
        self.seed = seed
        self.executor = executor
        self._finder = Finder(arrays, executor)
        self._on_progress = on_progress
        self._began = time.perf_counter()
        self._stage = FIRST_STAGES[0]
        self.pool = self.favoured
        self._first = first_prices(arrays)
        self.certificate = first_certificate(arrays) + favour
        self.once = once_prices(arrays, Columns.none(), self.certificate)
        self.bound = self.proven
        self.groups = Columns.none()
        self.worth = 0
        self.prices = self._first + favour
        self.rounds = 0
        self.stopped = False
        self._is_hasty = is_hasty
        self.begin_from(start_prices, start_columns)

    def begin_from(self, prices: Integers | None, columns: Columns | None) -> None:
        """Take over what is known from elsewhere, before the search runs."""
        self.is_warm = prices is not None
        if prices is not None:  # a price below zero would prove nothing
            self.prices = np.maximum(prices, 0)
        if columns is not None:  # a favoured one is worth more and stays
            self.pool = join(self.arrays, [self.favoured, columns])
            self.take_greedily()

    def total(self, prices: Integers) -> int:
        """Return the prices of all participants together."""
        return int((prices * self.arrays.places).sum())

    @property
    def is_open(self) -> bool:
        """Whether there may be a better grouping, and time to look for it."""
        return self.worth < self.bound and not self.interrupted()

    def lower(self, bound: int) -> None:
        """Take over a bound on every grouping better than the best so far."""
        self.bound = min(self.bound, max(self.worth, bound))

    @property
    def is_complete(self) -> bool:
        """Whether the best grouping so far places everybody who must be placed."""
        return self.worth >= self.arrays.least_complete

    @property
    def is_large(self) -> bool:
        """Whether there are too many participants for linear programs over all of them."""
        return self.arrays.classes > MOST_IN_A_PROGRAM

    @property
    def is_vast(self) -> bool:
        """Whether there are so many that no complete look at all groups can be waited for."""
        return self.arrays.classes > _VAST

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
        if not self.stopped and self.stop is not None:
            self.stopped = self.stop(self.progress(worth))
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
        with one_thread():
            self._run()

    def _run(self) -> None:
        self.enter(FIRST_STAGES[1])
        if self.worth < self.bound:
            grow(self)
        is_many = self.arrays.classes > MANY
        if self.arrays.classes > _IMMENSE and self.is_open:
            refine(self, 1)
        if (is_many or self._is_hasty) and self.is_open:
            self.enter("choosing groups")  # a complete look takes long: first a good answer
            self.dive(self.prices)
            self.set_central_prices(roughly=True)  # with what the dive has found
            complete_on(self)
        if self.arrays.classes > _IMMENSE and self.is_open:
            self.enter(FIRST_STAGES[1])
            refine(self)
            self.enter("choosing groups")
            self.dive(self.prices)
        if self.is_vast:
            redive_on(self, _HASTY)
        self._settle(roughly=is_many)
        if is_many:
            redive_on(self, _PATIENT)
            if self.is_open:
                self.set_central_prices()
            self._settle(roughly=False)
        elif self.is_open:
            self._choose()
        self._close()
        redive_on(self, _STUBBORN)
        self.tell()

    def _choose(self) -> None:
        """Choose groups at the prices that are proven, and close the gap where it is small."""
        self.enter("choosing groups")
        by_beam = chooses_abreast(self)
        dives_first = self.is_warm or not by_beam or self.arrays.classes <= SOON_CHOSEN
        if dives_first:
            self.dive(self.certificate)
            if self.is_open and self.arrays.classes <= _EXACTLY:
                close_gap(self, _QUICKLY_SOLVED)
        if by_beam and self.is_open and not choose_abreast(self) and not dives_first:
            self.dive(self.certificate)  # little can be gained, or much must be placed
        if by_beam and self.is_open:
            close_gap(self, _SOON_ENUMERATED)

    def _close(self) -> None:
        """Close the gap, with a better grouping first."""
        if (self.bound - self.worth) * _CLOSELY > self.bound - self.arrays.total_bonus:
            choose_by_size(self)
        reform_on(self)
        if self.is_open:
            close_gap(self, _ENUMERABLE, looks_at_all=True)

    def find(
        self,
        prices: Integers,
        threshold: int,
        seeds: Columns,
        *,
        grows: bool,
        places: Integers | None = None,
        widely: bool = False,
    ) -> Columns:
        """Return groups worth more than their prices; not cut short before there are any."""
        return self._finder.found(
            prices,
            threshold,
            seeds,
            grows=grows,
            interrupted=lambda: (self.rounds > 0 or self.worth > 0) and self.interrupted(),
            places=places,
            widely=widely,
        )

    def _refill(self, prices: Integers, places: Integers, pool: Columns) -> Columns:
        """Find columns among the places that are left, for a dive."""
        seeds = seeds_of(self.arrays, pool, prices)
        grows = int(places[: len(self.arrays.seats)].sum()) <= _FEW_LEFT
        return self.find(prices, NOTEWORTHY, seeds, grows=grows, places=places)

    def _settle(self, *, roughly: bool) -> None:
        """Look at all groups, again and again, until the prices hardly move."""
        while self.is_open:
            settled = self._certify(roughly=roughly)
            if self.worth == 0 or settled:
                break
            if self.is_large:
                self.dive(self.prices)
                redive_on(self, _HASTY)

    def _certify(self, *, roughly: bool) -> bool:
        """Look at all groups at the present prices; return whether the prices have settled."""
        self.enter("proving the bound")
        once = once_prices(self.arrays, self.pool, self.prices)
        harvest = harvest_above(
            self.arrays,
            self.prices,
            0,
            keep_all=None,
            interrupted=self.interrupted,
            favoured=self.favoured,
            once=once,
            executor=self.executor,
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
        least = _SLOWLY * (bound - self.arrays.total_bonus)
        slow = (roughly or self.is_large) and bound - self.bound < least
        before = len(self.pool)
        self.pool = join(self.arrays, [self.pool, found])
        if slow or len(self.pool) == before or int(harvest.excess.max(initial=0)) <= NOTEWORTHY:
            return True
        self.set_central_prices(roughly=roughly)
        return False

    def set_central_prices(self, *, roughly: bool = False) -> None:
        """Go on with prices amid those of the linear program over the pool, or near them."""
        if not self.is_large and not (roughly and self.arrays.classes > _EXACTLY):
            prices = relaxed(self.arrays, self.pool, central=True).prices
            self.prices = evened(self.arrays, prices, self._first)
            return
        is_hot = self.rounds < _HOT_ROUNDS
        near = surplus(self.arrays, self.pool, self.prices) > -_FAR
        self.prices = smoothed(
            self.arrays,
            self.pool if is_hot else self.pool.taken(near),
            self.prices,
            places=self.arrays.places,
            interrupted=self.interrupted,
            heats=HEATS if is_hot else HEATS[2:],
        ).prices

    def take_greedily(self) -> None:
        """Keep a grouping made at once, so that a search that is stopped has one."""
        groups = greedy(self.arrays, self.pool, self.prices)
        self.keep(groups, np.ones(len(groups), dtype=np.int64))

    def keep(self, columns: Columns, times: Integers) -> None:
        """Take over a grouping, columns and how often each is taken, if it is worth more."""
        worth = int(times @ worth_with_bonus(self.arrays, columns))
        if worth > self.worth:
            self.worth = worth
            self.groups = columns.taken(np.repeat(np.arange(len(columns)), times))

    def dive(self, prices: Integers, standing: Columns | None = None) -> None:
        """Dive from the prices to a grouping, around groups that stand already."""
        dive = Dive(
            self.arrays,
            self.pool,
            prices,
            seed=self.seed,
            find=self._refill,
            interrupted=self.interrupted,
        )
        groups = dive.grouping(standing, least=self.worth)
        self.pool = join(self.arrays, [self.pool, *dive.found])
        self.keep(groups, np.ones(len(groups), dtype=np.int64))
        self.tell()
