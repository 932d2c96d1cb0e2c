"""Which groups stay when the weights change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import Executor

from attrs import evolve, frozen

from utm.errors import InvalidInputError
from utm.pairing.group import Group
from utm.pairing.input_problem import problem_at
from utm.pairing.policy import Policy
from utm.pairing.problem import Problem
from utm.pairing.result import Result
from utm.pairing.solving import solve
from utm.pairing.stopping import StopCriterion

__all__ = ["Recurrence", "Sweep", "sweep"]


@frozen(kw_only=True)
class Recurrence:
    """Under how many policies the same members form a group.

    Parameters
    ----------
    members
        Ids in rising order.
    policies
        Places of those policies in the sweep, in rising order.
    """

    members: tuple[str, ...]
    policies: tuple[int, ...]


@frozen(kw_only=True)
class Sweep:
    """Groupings of the same participants under several policies.

    Parameters
    ----------
    results
        The result under each policy, in the order of the policies.
    recurrences
        Every group that occurs, the most frequent first, then by members.
    """

    results: tuple[Result, ...]
    recurrences: tuple[Recurrence, ...]

    @property
    def stable(self) -> tuple[tuple[str, ...], ...]:
        """Members of the groups that are formed under every policy."""
        return tuple(
            one.members for one in self.recurrences if len(one.policies) == len(self.results)
        )


def sweep(
    problem: Problem,
    policies: Sequence[Policy],
    *,
    stop: StopCriterion | None = None,
    seed: int = 0,
    executor: Executor | None = None,
) -> Sweep:
    """Solve a problem under several policies and say which groups all of them form.

    Parameters
    ----------
    problem
        The participants; its own policy is not used.
    policies
        One or more policies, e.g. one for each weight that is in question.
    stop, seed, executor
        As for `solve`; ``stop`` counts for each solution.

    Raises
    ------
    InvalidInputError
        No policy is given, or one of them does not fit the participants.

    Notes
    -----
    Where a result is not optimal, another grouping of the same worth or more may hold
    other groups; the same is true of optimal results, as several groupings may be best.
    That a group is stable is therefore a statement on these results, whose status and gap
    say how near to best they are.
    """
    if not policies:
        fault = problem_at("$.policies", [], "names no policy", "Give one or more.")
        raise InvalidInputError((fault,))
    varied = [evolve(problem, policy=policy) for policy in policies]
    results = tuple(solve(one, stop=stop, seed=seed, executor=executor) for one in varied)
    return Sweep(results=results, recurrences=_recurrences([r.groups for r in results]))


def _recurrences(groupings: Sequence[Sequence[Group]]) -> tuple[Recurrence, ...]:
    count = Counter(group.members for groups in groupings for group in groups)
    found = [
        Recurrence(
            members=members,
            policies=tuple(
                place
                for place, groups in enumerate(groupings)
                if any(group.members == members for group in groups)
            ),
        )
        for members in count
    ]
    return tuple(sorted(found, key=lambda one: (-len(one.policies), one.members)))
