"""A good choice of columns, by beam search: many choices begun are carried on abreast.

Each step decides on one class of every choice begun, the one with the fewest ways to go on.
What a choice loses at least against the prices tells which are carried on.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from typing import TypeVar

import numpy as np

from utm.pairing.arrays import Integers
from utm.pairing.carrying import ByArrays, ByLoops, Carrying, Choices
from utm.pairing.compiled import chooses_by_loops
from utm.pairing.packing import Packing

__all__ = ["chosen_abreast"]

_WIDTH = 200
_TRIED = 2  # for each that is carried on
_WAYS = 60

_Choices = TypeVar("_Choices", bound=Choices)


def chosen_abreast(
    packing: Packing,
    prices: Integers,
    most: int,
    *,
    interrupted: Callable[[], bool],
    executor: Executor | None = None,
) -> Integers | None:
    """Return the columns of a good choice.

    Parameters
    ----------
    packing
        The columns.
    prices
        Prices of each row in millionths that no column exceeds. The better they are, the better
        is the choice.
    most
        What a choice may be worth less than all prices together, at most.
    interrupted
        Whether to stop: then only the nearest of the choices begun is carried on to its end.
    executor
        Threads to work in, if it has any; the choice does not depend on it.

    Returns
    -------
    Indices of columns, each as often as it is taken; ``None`` where it finds none that is worth
    enough.

    Notes
    -----
    O(classes · width · entries) time, for as many entries as the columns have.
    """
    if chooses_by_loops(packing.classes):
        choices = _TRIED * _WIDTH
        by_loops = ByLoops(packing, prices, choices=choices, ways=_WAYS, executor=executor)
        return _best(by_loops, prices, most, interrupted)
    return _best(ByArrays(packing, prices, ways=_WAYS), prices, most, interrupted)


def _best(
    carrying: Carrying[_Choices], prices: Integers, most: int, interrupted: Callable[[], bool]
) -> Integers | None:
    """Carry choices on until all are complete or lose too much; return the best."""
    now = carrying.root(prices, most)
    begun: list[tuple[Integers, Integers]] = []
    alive = np.zeros(1, dtype=np.int64)
    best: Integers | None = None
    while True:
        complete = alive[(now.rows[alive] < 0) & (now.lost[alive] <= most)]
        if len(complete):
            last = complete[np.argmin(now.lost[complete])]
            best, most = _way_to(begun, int(last)), int(now.lost[last]) - 1
        alive = alive[(now.rows[alive] >= 0) & (now.lost[alive] <= most)]
        parents, ways = _next(now, _best_apart(now, alive), most)
        if len(parents) == 0:
            return best
        if interrupted():  # the nearest alone is soon complete
            parents, ways = parents[:1], ways[:1]
        now = carrying.carried_on(now, parents, ways, most)
        alive = np.arange(len(parents))
        begun.append((parents, now.taken[alive].copy()))


def _best_apart(choices: Choices, alive: Integers) -> Integers:
    """Return the choices that lose least, of those that leave the same room only the best."""
    alive = alive[np.argsort(choices.lost[alive], kind="stable")]
    marks = choices.room[alive] @ _marks(choices.room.shape[1])
    _, first = np.unique(marks, return_index=True)
    best: Integers = alive[np.sort(first)[:_WIDTH]]
    return best


def _marks(rows: int) -> Integers:
    """Return a number for each row, so that the sums for different room differ."""
    return np.random.default_rng(0).integers(1 << 40, size=rows)


def _next(choices: Choices, alive: Integers, most: int) -> tuple[Integers, Integers]:
    """Return the ways to go on by which least is lost: the choice of each, and which it is."""
    losses = choices.losses[alive].ravel()
    near = np.argsort(losses, kind="stable")[: _TRIED * _WIDTH]
    near = near[losses[near] <= most]
    return alive[near // (_WAYS + 1)], near % (_WAYS + 1)


def _way_to(begun: list[tuple[Integers, Integers]], last: int) -> Integers:
    """Return the columns that were taken on the way to a choice."""
    columns: list[int] = []
    for parents, taken in reversed(begun):
        if taken[last] >= 0:
            columns.append(int(taken[last]))
        last = int(parents[last])
    return np.array(columns[::-1], dtype=np.int64)
