"""What a problem is cut with: names that belong together, and the problem of some of them."""

from __future__ import annotations

import time
from collections.abc import Iterable

from attrs import evolve, frozen

from utm.pairing.policy import Policy
from utm.pairing.problem import Problem
from utm.pairing.stopping import Progress, StopCriterion

__all__ = ["Sets", "SinceStart", "is_limited", "only"]


@frozen
class SinceStart:
    """A criterion that is told the seconds since a moment of `time.monotonic`."""

    stop: StopCriterion
    began: float

    def __call__(self, progress: Progress) -> bool:
        """Return what the criterion says."""
        return self.stop(evolve(progress, seconds=max(0.0, time.monotonic() - self.began)))


def is_limited(policy: Policy) -> bool:
    """Tell whether a policy limits the groups of all together."""
    return (
        policy.fewest_groups > 0
        or policy.most_groups is not None
        or bool(policy.theme_capacities or policy.language_capacities)
    )


class Sets:
    """Names in disjoint sets, each known by the first of its names."""

    def __init__(self, names: Iterable[str]) -> None:
        self._towards = {name: name for name in names}

    def first(self, name: str) -> str:
        """Return the first name of the set that a name is in."""
        while self._towards[name] != name:
            self._towards[name] = name = self._towards[self._towards[name]]
        return name

    def join(self, one: str, other: str) -> None:
        """Put two names, and all that are with either, into one set."""
        low, high = sorted((self.first(one), self.first(other)))
        self._towards[high] = low

    def all(self) -> list[frozenset[str]]:
        """Return the sets, in the order of their first names."""
        found: dict[str, set[str]] = {}
        for name in sorted(self._towards):
            found.setdefault(self.first(name), set()).add(name)
        return [frozenset(found[name]) for name in sorted(found)]


def only(problem: Problem, part: frozenset[str]) -> Problem:
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
