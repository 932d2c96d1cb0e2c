"""Better groupings: a few groups near to each other are given up and formed anew.

Near are groups that could exchange members: some column that is worth nearly its prices
holds members of both. So the freed participants have many columns among themselves, of
which a small integer program takes the best.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from itertools import pairwise
from random import Random

import numpy as np

from utm.pairing.arrays import Integers, PairingArrays
from utm.pairing.columns import Columns, classes_of, repeats_of, worth_with_bonus
from utm.pairing.master import select
from utm.pairing.primal import fits_in, times_in

__all__ = ["Reforming"]

_MOST = 450  # columns of an integer program
_FREED, _FREED_MORE, _FREED_AT_MOST = 50, 6, 160
_NOISE = 4  # as a part of the widest slack
_SLACK_FLOOR = 2_000  # millionths; keeps tight groups in play
_STALL_NODES = 30
_LOOKS = 20


class Reforming:
    """A search for better groupings among known columns.

    Parameters
    ----------
    arrays
        The problem.
    columns
        Columns near their prices, and all of the grouping.
    slack
        What the prices of each column's members exceed its worth by, in millionths.
    prices
        Prices by class, bonus included.
    groups
        The grouping to begin with.
    seed
        Seed of the choice of groups.
    patience
        How many attempts may fail one after the other.
    interrupted
        Whether to stop.
    """

    def __init__(
        self,
        arrays: PairingArrays,
        columns: Columns,
        slack: Integers,
        *,
        prices: Integers,
        groups: Columns,
        seed: int,
        patience: int,
        interrupted: Callable[[], bool],
    ) -> None:
        self._arrays = arrays
        self._columns = columns
        self._worth = worth_with_bonus(arrays, columns)
        self._slack = np.maximum(slack, 0)
        self._slacks: list[int] = self._slack.tolist()
        self._prices = prices
        self._times = times_in(arrays, columns, groups)
        self._random = Random(seed)  # noqa: S311 - a search, not a secret
        self._seed = seed
        self._patience = patience
        self._interrupted = interrupted
        self._noise = float(self._slack.max(initial=0)) / _NOISE
        self._failures = 0
        members = classes_of(arrays, columns)[:, :4]
        self._members = [[each for each in row if each >= 0] for row in members.tolist()]
        self._places = np.where(members >= 0, members, len(arrays.seats))
        self._near = _by_class(members, self._slack, len(arrays.seats))

    def groupings(self) -> Iterator[tuple[Columns, Integers]]:
        """Yield better and better groupings: columns, and how often each is taken."""
        while self._failures < self._patience and not self._interrupted():
            self._failures += 1
            if self._reform():
                self._failures = 0
                yield self._columns, self._times

    def _reform(self) -> bool:
        """Free some groups and take the best columns among their members."""
        arrays = self._arrays
        freed, inside = self._neighbourhood()
        kept = self._times.copy()
        kept[freed] = 0
        left = arrays.places - _used(arrays, self._columns, kept)
        columns = self._columns.taken(inside)
        standing = self._columns.taken(kept > 0)
        possible = fits_in(arrays, columns, left) & ~repeats_of(arrays, columns, standing)
        inside, columns = inside[possible], columns.taken(possible)
        start = self._times[inside] - kept[inside]
        selection = select(
            arrays,
            columns,
            start=start,
            seed=self._seed,
            interrupted=lambda _: self._interrupted(),
            places=left,
            stall_nodes=_STALL_NODES,
            most_looks=_LOOKS,
        )
        if int((selection.times - start) @ self._worth[inside]) <= 0:
            return False
        kept[inside] += selection.times
        self._times = kept
        return True

    def _neighbourhood(self) -> tuple[Integers, Integers]:
        """Choose groups to free; return them and the columns among their members."""
        left = self._arrays.places - _used(self._arrays, self._columns, self._times)
        taken = np.flatnonzero(self._times).tolist()
        around = _Neighbourhood(left, self._holders(taken), self._members, len(self._near))
        heap: list[tuple[float, int]] = []
        met: set[int] = set()
        most = min(_FREED + _FREED_MORE * self._failures, _FREED_AT_MOST)
        nearest = self._first(taken, left)
        while True:
            for member in around.free(nearest):
                for column in self._near[member]:
                    if column not in met:
                        met.add(column)
                        drawn = self._noise * self._random.expovariate(1.0)
                        heapq.heappush(heap, (self._slacks[column] + drawn, column))
            if not heap or around.size > most:
                break
            nearest = self._members[heapq.heappop(heap)[1]]
        inside = np.flatnonzero(np.logical_and.reduce(around.is_open[self._places], axis=1))
        nearest_inside = inside[np.argsort(self._slack[inside], kind="stable")[:_MOST]]
        given_up = np.array(list(around.freed), dtype=np.int64)
        return given_up, np.union1d(nearest_inside, given_up)

    def _holders(self, taken: list[int]) -> dict[int, int]:
        """Return for each class the group that holds it and lacks most against its prices."""
        holders: dict[int, int] = {}
        for column in sorted(taken, key=lambda each: (-self._slacks[each], each)):
            for member in self._members[column]:
                holders.setdefault(member, column)
        return holders

    def _first(self, taken: list[int], left: Integers) -> list[int]:
        """Choose where to begin, most likely where most is lost against the prices."""
        alone = np.flatnonzero(left[: len(self._near)] > 0).tolist()
        starts = [self._members[column] for column in taken] + [[member] for member in alone]
        if not starts:
            return []
        lost = [*self._slack[taken].tolist(), *self._prices[alone].tolist()]
        draws = [self._random.random() ** (1 / (each + _SLACK_FLOOR)) for each in lost]
        return starts[max(range(len(draws)), key=draws.__getitem__)]


class _Neighbourhood:
    """Participants, by class, that are free to be grouped anew."""

    def __init__(
        self, left: Integers, holders: dict[int, int], members: list[list[int]], classes: int
    ) -> None:
        self._left = left
        self._holders = holders
        self._members = members
        self.is_open = np.zeros(classes + 1, dtype=np.bool_)
        self.is_open[-1] = True  # stands for no member
        self.freed: dict[int, None] = {}
        self.size = 0

    def free(self, members: list[int]) -> list[int]:
        """Free the groups that members are in; return the classes that are open now."""
        fresh: dict[int, None] = {}
        for member in members:
            group = self._holders.get(member)
            fresh[member] = None
            if self._left[member] <= 0 and group is not None and group not in self.freed:
                self.freed[group] = None
                fresh.update(dict.fromkeys(self._members[group]))
        opened = [each for each in fresh if not self.is_open[each]]
        self.is_open[opened] = True
        self.size += len(opened)
        return opened


def _used(arrays: PairingArrays, columns: Columns, times: Integers) -> Integers:
    """Return how many places of each class are taken."""
    taken = np.flatnonzero(times)
    classes = classes_of(arrays, columns.taken(taken))
    used = np.zeros(arrays.classes + 1, dtype=np.int64)
    np.add.at(used, classes, np.broadcast_to(times[taken][:, None], classes.shape))
    return used[:-1]


def _by_class(members: Integers, slack: Integers, count: int) -> list[list[int]]:
    """Return of each class the columns that hold it, the nearest to tight first."""
    rows, places = np.nonzero(members >= 0)
    owners = members[rows, places]
    order = np.lexsort((rows, slack[rows], owners))
    bounds = np.searchsorted(owners[order], np.arange(count + 1))
    listed = rows[order].tolist()
    return [listed[begin:end] for begin, end in pairwise(bounds.tolist())]
