"""Prices that no group beats: the proof of a bound.

Let p be prices by participant, none negative, such that no admissible group is worth
more than the prices of its members. Then no grouping is worth more than the sum of all
prices. Any prices can be raised to such: where d is the largest reduced cost for each
member of any group that holds the participant, p + d will do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Executor, ThreadPoolExecutor, wait
from functools import partial
from threading import Event

import numpy as np
from attrs import frozen

from utm.pairing.arrays import Integers, PairingArrays
from utm.pairing.columns import Columns, join, stacked, surplus
from utm.pairing.lifting import least_lifts
from utm.pairing.once import OncePrices
from utm.pairing.pricing import are_countable, priced_above

__all__ = ["Harvest", "Paid", "best_of_each_class", "harvest_above"]


_PER_CLASS = 30
_TRIM_AT = 1_000_000
_ASKED_EVERY = 0.05  # seconds


@frozen(kw_only=True, eq=False)
class Paid:
    """What columns pay besides the prices of their members.

    Parameters
    ----------
    of
        How much each of some columns pays, in millionths, never less than zero.
    by_class, relief
        No column pays less than its classes by ``by_class`` together, less the relief, which
        is zero at least.
    """

    of: Callable[[Columns], Integers]
    by_class: Integers
    relief: int


class Harvest:
    """What a complete look at all groups brought in.

    Attributes
    ----------
    excess
        By class: the largest share of a reduced cost that falls on a member, rounded up.
    columns
        The best columns of each class, or all of them.
    complete
        Whether the look was carried to its end; only then does ``excess`` prove anything.
    whole
        Whether no column was thrown away.
    """

    def __init__(
        self,
        arrays: PairingArrays,
        prices: Integers,
        *,
        keep_all: int | None,
        once: OncePrices | None = None,
        paid: Paid | None = None,
        threshold: int = 0,
    ) -> None:
        self._arrays = arrays
        self._once = once
        self._paid = paid
        self._threshold = threshold
        self._prices = prices
        self._keep_all = keep_all
        self._parts: list[Columns] = []
        self._surplus: list[Integers] | None = []
        self._held = 0
        self.excess = np.zeros(arrays.classes, dtype=np.int64)
        self.complete = False
        self.whole = True

    def add(self, columns: Columns) -> None:
        """Take in some columns."""
        if len(columns) == 0:
            return
        excess = surplus(self._arrays, columns, self._prices)
        if self._paid is not None:
            excess = excess - self._paid.of(columns)
            above = excess > self._threshold
            columns, excess = columns.taken(above), excess[above]
        sizes = (columns.copies >= 0).sum(axis=1)
        if self._once is not None:
            excess = excess - self._once.of(columns)
        share = -(-excess // sizes)
        for place in range(4):
            filled = columns.copies[:, place] >= 0
            owners = self._arrays.class_of[columns.copies[filled, place]]
            np.maximum.at(self.excess, owners, share[filled])
        if self._surplus is not None:
            self._surplus.append(excess)
        self._parts.append(columns)
        self._held += len(columns)
        self._keep_within_bounds()

    def _keep_within_bounds(self) -> None:
        if self._keep_all is None and self._held > _TRIM_AT:
            trimmed = self._trimmed()
            self._parts, self._held, self._surplus = [trimmed], len(trimmed), None
        elif self._keep_all is not None and self._held > self._keep_all:
            self.whole = False

    def take_over(self, other: Harvest) -> None:
        """Take in what a look at other groups at the same prices has brought."""
        np.maximum(self.excess, other.excess, out=self.excess)
        self._parts += other._parts
        self._held += other._held
        self.whole = self.whole and other.whole
        if self._surplus is not None and other._surplus is not None:
            self._surplus += other._surplus
        else:
            self._surplus = None
        self._keep_within_bounds()

    def lifts(self) -> Integers:
        """Return by class what to add to the prices so that no group beats them.

        Either each member bears its share of an excess, or, where no column was thrown away,
        they bear it between them as is least for all. The cheaper way is taken.
        """
        if self._surplus is None or not self._parts:
            return self.excess
        places = self._arrays.places
        excess = np.concatenate(self._surplus)
        columns = stacked(self._parts).taken(excess > 0)
        borne = least_lifts(self._arrays, columns, excess[excess > 0])
        return min(borne, self.excess, key=lambda each: int((each * places).sum()))

    def columns(self) -> Columns:
        """Return the columns kept."""
        joined = join(self._arrays, self._parts)
        return joined if self._keep_all is not None else self._trimmed()

    def _trimmed(self) -> Columns:
        joined = join(self._arrays, self._parts)
        return best_of_each_class(self._arrays, joined, self._prices, _PER_CLASS, self._paid)


def best_of_each_class(
    arrays: PairingArrays,
    columns: Columns,
    prices: Integers,
    count: int,
    paid: Paid | None = None,
) -> Columns:
    """Keep the columns that are among the best of at least one of their classes."""
    excess = surplus(arrays, columns, prices)
    if paid is not None:
        excess = excess - paid.of(columns)
    order = np.argsort(-excess, kind="stable")
    classes = np.where(columns.copies >= 0, arrays.class_of[columns.copies], -1)[order]
    ranks_of = np.tile(np.arange(len(order)), 4)
    flat = classes.T.ravel()
    by_class = np.lexsort((ranks_of, flat))
    sorted_classes = flat[by_class]
    begins = np.searchsorted(sorted_classes, sorted_classes, side="left")
    place = np.arange(len(flat)) - begins
    good = (place < count) & (sorted_classes >= 0)
    kept = np.unique(ranks_of[by_class[good]])
    return columns.taken(np.sort(order[kept]))


def harvest_above(
    arrays: PairingArrays,
    prices: Integers,
    threshold: int,
    *,
    keep_all: int | None,
    interrupted: Callable[[], bool],
    favoured: Columns | None = None,
    once: OncePrices | None = None,
    paid: Paid | None = None,
    executor: Executor | None = None,
) -> Harvest:
    """Look at all groups whose reduced cost exceeds a threshold, under every focus.

    Parameters
    ----------
    arrays
        The problem.
    prices
        Millionths by class, bonus included.
    threshold
        In millionths; zero for a certificate, below zero for a proof by enumeration.
    keep_all
        Keep every column, up to so many; ``None`` keeps the best of each class.
    interrupted
        Asked now and then whether to give up.
    favoured
        Columns that are worth more than their members gain, to be looked at besides.
    once
        Prices of sets that can be formed once, which lower the excess.
    paid
        What columns pay besides; those that exceed the threshold no more are left out.
    executor
        Threads that look at the foci side by side. Another executor is not used, as nothing
        could tell its processes to give up.
    """
    besides = np.zeros_like(prices) if paid is None else paid.by_class
    by_copy = (prices + besides - arrays.bonus)[arrays.class_of]
    relieved = threshold - (0 if paid is None else paid.relief)

    harvest_of_none = partial(
        Harvest, arrays, prices, keep_all=keep_all, once=once, paid=paid, threshold=threshold
    )

    def look(number: int, gives_up: Callable[[], bool]) -> Harvest:
        part = harvest_of_none()
        least = relieved + arrays.toll(number, prices)
        if gives_up() or not are_countable(by_copy, least):
            return part
        for columns in priced_above(arrays, number, by_copy, least):
            part.add(columns)
            if not part.whole or gives_up():
                return part
        part.complete = True
        return part

    harvest = harvest_of_none()
    if favoured is not None:
        harvest.add(favoured.taken(surplus(arrays, favoured, prices) > threshold))
    numbers = range(len(arrays.foci))
    if isinstance(executor, ThreadPoolExecutor):
        parts: Iterable[Harvest] = _side_by_side(executor, look, numbers, interrupted)
    else:
        parts = (look(number, interrupted) for number in numbers)
    for part in parts:
        harvest.take_over(part)
        if not part.complete or not harvest.whole:
            return harvest
    harvest.complete = True
    return harvest


def _side_by_side(
    threads: ThreadPoolExecutor,
    look: Callable[[int, Callable[[], bool]], Harvest],
    numbers: Iterable[int],
    interrupted: Callable[[], bool],
) -> list[Harvest]:
    """Look at each focus in a thread; as soon as one fails, the others give up too."""
    over = Event()
    looks = [threads.submit(look, number, over.is_set) for number in numbers]
    waiting = set(looks)
    try:
        while waiting:
            done, waiting = wait(waiting, timeout=_ASKED_EVERY, return_when=FIRST_COMPLETED)
            if interrupted() or not all(each.result().complete for each in done):
                break
    finally:
        over.set()
    return [each.result() for each in looks]
