"""Very many participants: shares of them are grouped first, side by side.

What a share says of prices and groups is only where the search over all begins. Groups that
join members of several shares are found there, and so is the bound, which holds for all.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from itertools import repeat

import numpy as np
from attrs import evolve, frozen

from utm.pairing.arrays import PairingArrays
from utm.pairing.columns import Columns
from utm.pairing.compiling import arrays_of
from utm.pairing.conclusion import groups_of
from utm.pairing.group import Group
from utm.pairing.problem import Problem
from utm.pairing.search import FIRST_STAGES, Search
from utm.pairing.side_by_side import one_thread
from utm.pairing.splitting import Sets, SinceStart, is_limited, only
from utm.pairing.starting import columns_of, prices_by_class
from utm.pairing.stopping import Progress, StopCriterion

__all__ = ["begin_in_shards"]

_MOST_IN_SHARD = 1_500
_ROUNDS = 5
_NOTHING_YET = Progress(
    stage=FIRST_STAGES[0], seconds=0.0, score=None, bound=None, columns=0, rounds=0
)


def begin_in_shards(problem: Problem, search: Search) -> None:
    """Give a search over all participants groups and prices of shares of them to begin with.

    Takes time in proportion to the participants. The shards are grouped where the search has
    its executor. Where the policy limits the groups of all together, groups of shards might
    be too many or too few, and prices alone are taken over.
    """
    arrays, policy = search.arrays, problem.policy
    unlimited = evolve(
        problem,
        policy=evolve(
            policy, fewest_groups=0, most_groups=None, theme_capacities=(), language_capacities=()
        ),
    )
    shards = [only(unlimited, names) for names in _shards(problem, arrays, search.seed)]
    stop = _Roughly(None if search.stop is None else SinceStart(search.stop, _began(search)))
    form: Callable[..., Iterator[_Formed]] = map
    if search.executor is not None:
        form = search.executor.map
    groups: list[Group] = []
    prices: dict[str, int] = {}
    search.enter("grouping shares")
    with one_thread():
        for formed in form(_formed, shards, repeat(stop), repeat(search.seed)):
            groups += formed.groups
            prices |= formed.prices
            search.tell()
    search.begin_from(
        prices_by_class(arrays, prices),
        Columns.none() if is_limited(policy) else columns_of(arrays, groups),
    )


def _began(search: Search) -> float:
    return time.monotonic() - search.seconds


@frozen
class _Roughly:
    """Ends a search after a few rounds, before groups are chosen, or when another says so."""

    stop: StopCriterion | None

    def __call__(self, progress: Progress) -> bool:
        if progress.rounds >= _ROUNDS or progress.stage not in FIRST_STAGES:
            return True
        return self.stop is not None and self.stop(progress)


@frozen(kw_only=True)
class _Formed:
    """Groups of a shard, and the prices by participant at which they were found."""

    groups: tuple[Group, ...]
    prices: Mapping[str, int]


def _formed(shard: Problem, stop: StopCriterion, seed: int) -> _Formed:
    if stop(_NOTHING_YET):  # the time is over
        return _Formed(groups=(), prices={})
    arrays = arrays_of(shard)
    search = Search(arrays, stop=stop, seed=seed, executor=None, on_progress=None)
    search.run()
    by_class = (search.prices - arrays.must).tolist()
    return _Formed(
        groups=groups_of(arrays, search.groups) if search.is_complete else (),
        prices={
            arrays.ids[index]: by_class[number]
            for number, members in enumerate(arrays.class_members)
            for index in members
        },
    )


def _shards(problem: Problem, arrays: PairingArrays, seed: int) -> Iterator[frozenset[str]]:
    """Yield shards of nearly the same size: those who fit the same foci stand together."""
    fits = np.zeros((arrays.classes, len(arrays.foci)), dtype=np.bool_)
    for number, focus in enumerate(arrays.foci):
        np.logical_or.at(fits[:, number], arrays.class_of, focus.fits)
    foci_of = {
        arrays.ids[index]: fits[number].tobytes()
        for number, members in enumerate(arrays.class_members)
        for index in members
    }
    together = Sets(one.id for one in problem.participants)
    for lock in problem.policy.locks:
        for name in lock.members:
            together.join(lock.members[0], name)

    def place(names: frozenset[str]) -> tuple[bytes, bytes]:
        first = min(names)
        return foci_of[first], sha256(f"{seed} {first}".encode()).digest()

    count = -(-len(problem.participants) // _MOST_IN_SHARD)
    share = len(problem.participants) / count
    shard: list[str] = []
    begun, placed = 1, 0
    for names in sorted(together.all(), key=place):
        if placed >= begun * share:
            yield frozenset(shard)
            shard, begun = [], begun + 1
        shard += names
        placed += len(names)
    yield frozenset(shard)
