"""From a problem to a result."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext

from attrs import evolve

from utm.pairing.arrays import PairingArrays
from utm.pairing.compiling import arrays_of
from utm.pairing.conclusion import groups_of, notes_of, unmatched_of
from utm.pairing.contradiction import contradiction
from utm.pairing.group import Group
from utm.pairing.problem import Problem
from utm.pairing.result import (
    BoundScope,
    CapacityPrice,
    GroupPrice,
    Price,
    Result,
    Statistics,
    Status,
)
from utm.pairing.search import MANY, Search
from utm.pairing.sharding import begin_in_shards
from utm.pairing.starting import columns_of, prices_of
from utm.pairing.stopping import AllOf, AnyOf, GapBelow, Progress, StopCriterion
from utm.pairing.unsatisfiable import broken_locks, does_not_add_up

__all__ = ["result_of", "solve"]


def solve(
    problem: Problem,
    *,
    stop: StopCriterion | None = None,
    seed: int = 0,
    start: Result | None = None,
    executor: Executor | None = None,
    on_progress: Callable[[Progress], None] | None = None,
) -> Result:
    """Form the groups that are worth most, and prove how good they are.

    Parameters
    ----------
    problem
        Participants and policy.
    stop
        Asked often with the progress; the search ends soon after its first ``True``.
        Without one the search goes on until the grouping is proven best, which takes a
        second for 50 participants and may take very long for 300 with needs and offers.
    seed
        Seed of the solver's own choices. Order of rows, names of other things, hash seed
        and executor change nothing; a criterion on time can, as machines differ.
    start
        An earlier result of this problem or of one that has changed since: the search begins
        from its prices and from those of its groups that every rule still admits. It changes
        how soon the search ends, and which of several best groupings is found, and nothing
        of what is proven.
    executor
        Where the themes are searched side by side, and the shares of more than 4,000
        participants, for which processes need a ``stop`` that can be pickled. Threads also
        look at the themes side by side for the bound. ``None`` for threads of its own where
        there are more than 400 participants, as many as the machine has cores.
    on_progress
        Called with the progress at each step.

    Returns
    -------
    The grouping with its bound. That nothing satisfies the hard rules is a result too.

    Notes
    -----
    Set packing by column generation: see ``docs/explanation/pairing.md``. With the
    extra ``fast`` inner loops are compiled, for the same answers sooner. Memory then grows
    with the groups considered; without it, up to 4,000 participants, with n².
    """
    arrays = arrays_of(problem)
    with _workers(arrays, executor) as workers:
        search = Search(
            arrays,
            stop=stop,
            seed=seed,
            executor=workers,
            on_progress=on_progress,
            start_prices=None if start is None else prices_of(arrays, start),
            start_columns=None if start is None else columns_of(arrays, start.groups),
        )
        broken = broken_locks(arrays)
        if broken or does_not_add_up(arrays):  # no search is needed to see that
            return _infeasible(problem, arrays, search, broken, stop=stop, seed=seed)
        if start is None and search.is_vast and search.worth < search.bound:
            begin_in_shards(problem, search)
        search.run()
    return result_of(problem, arrays, search, stop=stop, seed=seed)


def _workers(
    arrays: PairingArrays, executor: Executor | None
) -> AbstractContextManager[Executor | None]:
    """Return the executor given, or threads where the work is worth them."""
    if executor is None and arrays.classes > MANY:
        return ThreadPoolExecutor(os.cpu_count())
    return nullcontext(executor)


def result_of(
    problem: Problem,
    arrays: PairingArrays,
    search: Search,
    *,
    stop: StopCriterion | None,
    seed: int,
    grouping: tuple[Group, ...] | None = None,
) -> Result:
    """Return what a finished search proves about a grouping.

    Parameters
    ----------
    problem, arrays, search
        The problem, compiled, and the search that has run.
    stop, seed
        As the search was told.
    grouping
        Another grouping than the best that the search has found; ``None`` for that one.
    """
    bonus = arrays.total_bonus
    if search.bound < arrays.least_complete:
        suspects = _suspects(arrays, search)
        return _infeasible(problem, arrays, search, suspects, stop=stop, seed=seed)
    complete = grouping is not None or search.is_complete
    groups = () if grouping is None else grouping
    if grouping is None and complete:
        groups = groups_of(arrays, search.groups)
    score = sum(group.score for group in groups)
    bound = max(score, search.bound - bonus)
    status = Status.UNDECIDED
    if complete:
        status = Status.OPTIMAL if score == bound else _status_short_of(stop, search, score)
    return Result(
        status=status,
        groups=groups,
        unmatched=unmatched_of(problem, arrays, search.pool, groups, status=status),
        score=score,
        bound=bound,
        price_bound=search.proven - bonus,
        scope=BoundScope.ALL_ADMISSIBLE,
        prices=_prices(arrays, search),
        infeasible_because=(),
        notes=notes_of(problem),
        seed=seed,
        statistics=_statistics(search),
        capacity_prices=_capacity_prices(arrays, search),
        group_prices=_group_prices(arrays, search),
    )


def _status_short_of(stop: StopCriterion | None, search: Search, score: int) -> Status:
    reached = evolve(search.progress(), score=score)
    return Status.WITHIN_GAP if _near_enough(stop, reached) else Status.STOPPED


def _near_enough(stop: StopCriterion | None, progress: Progress) -> bool:
    if isinstance(stop, AllOf):
        return stop(progress) and any(_near_enough(each, progress) for each in stop.criteria)
    if isinstance(stop, AnyOf):
        return any(_near_enough(criterion, progress) for criterion in stop.criteria)
    return isinstance(stop, GapBelow) and stop(progress)


def _prices(arrays: PairingArrays, search: Search) -> tuple[Price, ...]:
    by_class = search.certificate - arrays.must
    prices = [
        Price(participant=arrays.ids[index], price=int(by_class[number]))
        for number, members in enumerate(arrays.class_members)
        for index in members
    ]
    return tuple(sorted(prices))


def _capacity_prices(arrays: PairingArrays, search: Search) -> tuple[CapacityPrice, ...]:
    by_class = search.certificate - arrays.must
    prices = by_class[len(arrays.class_members) :].tolist()
    return tuple(
        CapacityPrice(capacity=name, price=price)
        for name, price in sorted(zip(arrays.capacities, prices, strict=True))
    )


def _group_prices(arrays: PairingArrays, search: Search) -> tuple[GroupPrice, ...]:
    once = search.once
    found: list[GroupPrice] = []
    for copies, price in zip(once.copies.tolist(), once.prices.tolist(), strict=True):
        numbers = [int(arrays.class_of[copy]) for copy in copies if copy >= 0]
        names = sorted(arrays.ids[arrays.class_members[number][0]] for number in numbers)
        found.append(GroupPrice(members=tuple(names), price=price))
    return tuple(sorted(found))


def _statistics(search: Search) -> Statistics:
    return Statistics(pricing_rounds=search.rounds, columns=len(search.pool))


def _suspects(arrays: PairingArrays, search: Search) -> frozenset[str]:
    """Return the locked whose price is below their bonus: the proof rests on them."""
    cheap = search.certificate < arrays.bonus
    return frozenset(
        arrays.ids[index]
        for number, members in enumerate(arrays.class_members)
        if cheap[number] and arrays.must[number]
        for index in members
    )


def _infeasible(
    problem: Problem,
    arrays: PairingArrays,
    search: Search,
    suspects: frozenset[str],
    *,
    stop: StopCriterion | None,
    seed: int,
) -> Result:
    return Result(
        status=Status.INFEASIBLE,
        groups=(),
        unmatched=unmatched_of(problem, arrays, search.pool, (), status=Status.INFEASIBLE),
        score=0,
        bound=0,
        price_bound=0,
        scope=BoundScope.ALL_ADMISSIBLE,
        prices=(),
        infeasible_because=contradiction(problem, arrays, suspects, stop=stop),
        notes=notes_of(problem),
        seed=seed,
        statistics=_statistics(search),
    )
