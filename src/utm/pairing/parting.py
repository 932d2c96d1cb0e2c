"""Parts of a problem that nothing ties together, solved apart and joined with their proof."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from concurrent.futures import Executor

from attrs import evolve, frozen

from utm.domain.identifiers import TopicId
from utm.pairing.compiling import arrays_of
from utm.pairing.conclusion import notes_of, unmatched_of
from utm.pairing.policy import ExchangeRule, Policy
from utm.pairing.problem import Problem
from utm.pairing.result import BoundScope, Price, Result, Statistics, Status
from utm.pairing.solving import solve
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
    if _is_coupled(problem.policy):
        return (problem,)
    parts = _joined(problem)
    return (problem,) if len(parts) <= 1 else tuple(_only(problem, part) for part in parts)


def solve_in_parts(
    problem: Problem,
    *,
    stop: StopCriterion | None = None,
    seed: int = 0,
    executor: Executor | None = None,
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
        return solve(problem, stop=stop, seed=seed, executor=executor)
    since = None if stop is None else _SinceStart(stop, time.monotonic())
    if executor is None:
        results = [_solve_part(part, since, seed) for part in parts]
    else:
        count = len(parts)
        results = list(executor.map(_solve_part, parts, [since] * count, [seed] * count))
    if any(result.status is Status.INFEASIBLE for result in results):
        return solve(problem, stop=stop, seed=seed, executor=executor)
    return _whole(problem, results, seed)


@frozen
class _SinceStart:
    """A criterion that is told the seconds since the start of all parts, on this machine."""

    stop: StopCriterion
    began: float

    def __call__(self, progress: Progress) -> bool:
        return self.stop(evolve(progress, seconds=max(0.0, time.monotonic() - self.began)))


def _solve_part(part: Problem, stop: StopCriterion | None, seed: int) -> Result:
    return solve(part, stop=stop, seed=seed)


def _is_coupled(policy: Policy) -> bool:
    return (
        policy.exchange is ExchangeRule.NOT_ASKED
        or policy.fewest_groups > 0
        or policy.most_groups is not None
        or bool(policy.theme_capacities or policy.language_capacities)
    )


def _may_hold_groups(part: Problem) -> bool:
    return len(part.participants) > 1 or bool(part.policy.locks)


class _Sets:
    """Names in disjoint sets, each known by the first of its names."""

    def __init__(self, names: Iterable[str]) -> None:
        self._towards = {name: name for name in names}

    def first(self, name: str) -> str:
        while self._towards[name] != name:
            self._towards[name] = name = self._towards[self._towards[name]]
        return name

    def join(self, one: str, other: str) -> None:
        low, high = sorted((self.first(one), self.first(other)))
        self._towards[high] = low

    def all(self) -> list[frozenset[str]]:
        """Return the sets, in the order of their first names."""
        found: dict[str, set[str]] = {}
        for name in sorted(self._towards):
            found.setdefault(self.first(name), set()).add(name)
        return [frozenset(found[name]) for name in sorted(found)]


def _joined(problem: Problem) -> list[frozenset[str]]:
    """Return the ids of each part."""
    sets = _Sets(one.id for one in problem.participants)
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


def _only(problem: Problem, part: frozenset[str]) -> Problem:
    """Return the problem of some participants, with what the policy says of them."""
    policy = problem.policy
    conflicts = [
        evolve(each, members=tuple(name for name in each.members if name in part))
        for each in policy.conflicts
    ]
    return evolve(
        problem,
        participants=tuple(one for one in problem.participants if one.id in part),
        earlier_pairs=tuple(pair for pair in problem.earlier_pairs if part.issuperset(pair)),
        policy=evolve(
            policy,
            locks=tuple(lock for lock in policy.locks if part.issuperset(lock.members)),
            exclusions=tuple(each for each in policy.exclusions if part.issuperset(each.members)),
            conflicts=tuple(each for each in conflicts if len(each.members) > each.most_together),
            allowances=tuple(each for each in policy.allowances if each.participant in part),
            priorities=tuple(each for each in policy.priorities if each.participant in part),
        ),
    )


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
