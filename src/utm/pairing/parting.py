"""Parts of a problem that nothing ties together, solved apart and joined with their proof."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from itertools import repeat

from utm.domain.identifiers import TopicId
from utm.pairing.compiling import arrays_of
from utm.pairing.conclusion import notes_of, unmatched_of
from utm.pairing.joint_progress import JointProgress
from utm.pairing.policy import ExchangeRule
from utm.pairing.problem import Problem
from utm.pairing.result import BoundScope, Price, Result, Statistics, Status
from utm.pairing.solving import solve
from utm.pairing.splitting import Sets, SinceStart, is_limited, only
from utm.pairing.starting import columns_of
from utm.pairing.stopping import Progress, StopCriterion

__all__ = ["parts_of", "solve_in_parts"]

_WORST_FIRST = (Status.UNDECIDED, Status.STOPPED, Status.WITHIN_GAP)


def parts_of(problem: Problem) -> tuple[Problem, ...]:
    """Split a problem into parts that no group and no rule can join.

    Parameters
    ----------
    problem
        A problem.

    Returns
    -------
    tuple of Problem
        Every participant is in one part. The order is that of the first ids. There is one
        part only where the policy limits the groups of all together, or asks for no exchange,
        as then anybody may be with anybody.

    Notes
    -----
    Two are in one part if a chain of topics joins them, each needed by somebody and named by
    the next, or a lock does. The members of a group are joined by such a chain. Takes time in
    proportion to needs and offers.
    """
    if is_limited(problem.policy) or problem.policy.exchange is ExchangeRule.NOT_ASKED:
        return (problem,)
    parts = _joined(problem)
    return (problem,) if len(parts) <= 1 else tuple(only(problem, part) for part in parts)


def solve_in_parts(
    problem: Problem,
    *,
    stop: StopCriterion | None = None,
    seed: int = 0,
    executor: Executor | None = None,
    on_progress: Callable[[Progress], None] | None = None,
) -> Result:
    """Solve each part of a problem by itself, and join the answers with their proof.

    Parameters
    ----------
    problem
        A problem.
    stop
        As for `utm.pairing.solve`, asked by each part about itself, with the seconds since the
        start of all. A gap that each part has reached, all of them together have reached.
    seed
        As for `utm.pairing.solve`.
    executor
        Where the parts are solved side by side; ``None`` for one after the other. Processes
        need a ``stop`` that can be pickled.
    on_progress
        Called with the progress of all parts together: at each step of a part, or where
        processes solve them, when one is done. Score and bound are told once each part has
        them.

    Returns
    -------
    Result
        Exact: score and bound are the sums of those of the parts, the prices are those of the
        parts, and both hold for every admissible group of the whole problem. Where there
        is one part only, or nothing keeps the rules of a part, it is the result of `solve`
        for the whole.

    See Also
    --------
    parts_of : what the parts are.
    """
    parts = [part for part in parts_of(problem) if _may_hold_groups(part)]
    if len(parts) <= 1:
        return solve(problem, stop=stop, seed=seed, executor=executor, on_progress=on_progress)
    began = time.monotonic()
    since = None if stop is None else SinceStart(stop, began)
    joint = JointProgress(len(parts), on_progress or _unheard, lambda: time.monotonic() - began)
    listeners: list[Callable[[Progress], None] | None] = [None] * len(parts)
    if executor is None or isinstance(executor, ThreadPoolExecutor):
        listeners = [joint.listener(number) for number in range(len(parts))]
    form: Callable[..., Iterator[Result]] = map
    if executor is not None:
        form = executor.map
    results: list[Result] = []
    for result in form(_solve_part, parts, repeat(since), repeat(seed), listeners):
        joint.finish(len(results), result)
        results.append(result)
    if any(result.status is Status.INFEASIBLE for result in results):
        return solve(problem, stop=stop, seed=seed, executor=executor, on_progress=on_progress)
    return _whole(problem, results, seed)


def _unheard(progress: Progress) -> None:
    """Nobody wants to know."""


def _solve_part(
    part: Problem,
    stop: StopCriterion | None,
    seed: int,
    on_progress: Callable[[Progress], None] | None,
) -> Result:
    return solve(part, stop=stop, seed=seed, on_progress=on_progress)


def _may_hold_groups(part: Problem) -> bool:
    return len(part.participants) > 1 or bool(part.policy.locks)


def _joined(problem: Problem) -> list[frozenset[str]]:
    """Return the ids of each part."""
    sets = Sets(one.id for one in problem.participants)
    needed: dict[TopicId, str] = {}
    for one in problem.participants:
        for need in one.needs:
            sets.join(one.id, needed.setdefault(need.topic, one.id))
    for one in problem.participants:
        for offer in one.offers:
            sets.join(one.id, needed.get(offer.topic, one.id))
    for lock in problem.policy.locks:
        for name in lock.members:
            sets.join(lock.members[0], name)
    return sets.all()


def _whole(problem: Problem, results: Sequence[Result], seed: int) -> Result:
    """Join the results of the parts; whoever is in none of them has a price of zero."""
    status = _status([result.status for result in results])
    decided = status is not Status.UNDECIDED
    every = [group for result in results for group in result.groups]
    groups = tuple(sorted(every, key=lambda group: group.members)) if decided else ()
    priced = {price.participant: price for result in results for price in result.prices}
    arrays = arrays_of(problem)
    return Result(
        status=status,
        groups=groups,
        unmatched=unmatched_of(problem, arrays, columns_of(arrays, groups), groups, status=status),
        score=sum(group.score for group in groups),
        bound=sum(result.bound for result in results),
        price_bound=sum(result.price_bound for result in results),
        scope=BoundScope.ALL_ADMISSIBLE,
        prices=tuple(
            sorted(
                priced.get(one.id, Price(participant=one.id, price=0))
                for one in problem.participants
            )
        ),
        infeasible_because=(),
        notes=notes_of(problem),
        seed=seed,
        statistics=Statistics(
            pricing_rounds=sum(result.statistics.pricing_rounds for result in results),
            columns=sum(result.statistics.columns for result in results),
        ),
        capacity_prices=(),
        group_prices=tuple(sorted(price for result in results for price in result.group_prices)),
    )


def _status(found: Iterable[Status]) -> Status:
    held = set(found)
    return next((status for status in _WORST_FIRST if status in held), Status.OPTIMAL)
