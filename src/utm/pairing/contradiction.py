"""A smallest set of rules and participants that contradict one another."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from attrs import evolve, frozen

from utm.pairing.arrays import PairingArrays
from utm.pairing.compiling import arrays_of
from utm.pairing.policy import ExchangeRule, LanguageRule, Policy
from utm.pairing.policy_entries import Lock
from utm.pairing.problem import Problem
from utm.pairing.search import Search
from utm.pairing.stopping import Progress, StopCriterion
from utm.pairing.unsatisfiable import Tries, does_not_add_up, has_group

__all__ = ["contradiction", "why_never_together"]

_CLOSING = "Without any one of these there is a grouping that keeps the others."
_ALONE = "Nobody can keep this, whatever the other rules."
_FEW_LOCKS = 8
_TRIED = 1_000_000
_NOTHING_YET = Progress(
    stage="looking for the contradiction", seconds=0.0, score=None, bound=None, columns=0
)
_STOPPED = "The search ended before it was known whether all of these are needed."


@frozen(kw_only=True)
class _Demand:
    """One rule that can be added to a policy without rules.

    Parameters
    ----------
    sentence
        The rule with whom it names.
    added_to
        Returns a policy with the rule besides its own.
    locked
        Whom it wants placed; empty for other rules.
    """

    sentence: str
    added_to: Callable[[Policy], Policy]
    locked: frozenset[str] = frozenset()


def contradiction(
    problem: Problem,
    arrays: PairingArrays,
    suspects: frozenset[str],
    *,
    stop: StopCriterion | None,
) -> tuple[str, ...]:
    """Name rules that contradict one another, none of which could be left out.

    Parameters
    ----------
    problem, arrays
        A problem that nothing satisfies, and the same compiled.
    suspects
        Participants whose locks the proof of that rests on; a hint that saves time.
    stop
        When to end, with the seconds since the start of this; what could not be tested by
        then stays named, and the last sentence says so.

    Returns
    -------
    A sentence for each rule, and one on whether each is needed: every smaller set was
    solved.

    Notes
    -----
    The method is QuickXplain (Junker 2004): for a set of *k* among *n* rules it solves
    some 2 *k* log₂(*n* / *k*) problems, each until a first grouping or a proof.
    """
    oracle = _Oracle(problem, stop)
    demands = list(_demands(problem.policy))
    likely = [demand for demand in demands if demand.locked & suspects]
    rules = [demand for demand in demands if not demand.locked]
    impossible = [lock for lock in likely if _has_group(arrays, lock) is False]
    if impossible:
        demands = [*rules, impossible[0]]
    elif oracle.contradict([*rules, *likely]):
        demands = [*rules, *likely]
    found = _smallest(oracle, [], demands, tested=True)
    closing = _CLOSING if len(found) > 1 else _ALONE
    if oracle.ended_early:
        closing = _STOPPED
    return (*(demand.sentence for demand in found), closing)


def why_never_together(
    problem: Problem, members: frozenset[str], *, stop: StopCriterion | None
) -> tuple[str, ...]:
    """Name rules that no group with some participants keeps together, none of them idle.

    Parameters
    ----------
    problem
        Any problem. Locks that hold one of the members and another are left out.
    members
        Two to four participants, or one.
    stop
        As for `contradiction`.

    Returns
    -------
    A sentence for each rule, and one more where not all of them may be needed; none where the
    members can be in one group, or that could not be found out in time.
    """
    policy = problem.policy
    policy = evolve(
        policy,
        locks=(
            Lock(members=tuple(members), reason="asked"),
            *(lock for lock in policy.locks if not members & set(lock.members)),
        ),
        allowances=tuple(each for each in policy.allowances if each.participant not in members),
        fewest_groups=0,
        most_groups=None,
        theme_capacities=tuple(each for each in policy.theme_capacities if not each.most_groups),
    )
    asked = evolve(problem, policy=policy)
    oracle = _Oracle(asked, stop)
    demands = list(_demands(policy))
    if not oracle.contradict(demands):
        return ()
    found = _smallest(oracle, [], demands, tested=True)
    rules = [demand.sentence for demand in found if demand.locked != members]
    return (*rules, _STOPPED) if oracle.ended_early else tuple(rules)


def _has_group(arrays: PairingArrays, lock: _Demand) -> bool | None:
    """Return whether any group keeps every rule and the lock: a rule keeps a lock whole."""
    return has_group(arrays, _class_of(arrays, min(lock.locked)), Tries(_TRIED))


def _class_of(arrays: PairingArrays, wanted: str) -> int:
    return next(
        number
        for number, members in enumerate(arrays.class_members)
        if any(arrays.ids[index] == wanted for index in members)
    )


def _one_of_each_lock(arrays: PairingArrays) -> list[int]:
    return [_class_of(arrays, min(lock.members)) for lock in arrays.policy.locks]


class _Oracle:
    """Says whether demands contradict one another: solved each time."""

    def __init__(self, problem: Problem, stop: StopCriterion | None) -> None:
        self._problem = problem
        self._bare = _without_rules(problem.policy)
        self._stop = stop
        self._began = time.perf_counter()
        self.ended_early = False

    def contradict(self, demands: Sequence[_Demand]) -> bool:
        """Return whether nothing keeps all of the demands; false where that stays open."""
        policy = self._bare
        for demand in demands:
            policy = demand.added_to(policy)
        any_number = policy.fewest_groups == 0
        if any_number and not policy.locks:  # then no group at all will do
            return False
        if self._is_over():
            self.ended_early = True
            return False
        arrays = arrays_of(evolve(self._problem, policy=policy))
        few = _one_of_each_lock(arrays) if len(policy.locks) <= _FEW_LOCKS else []
        found = [has_group(arrays, one, Tries(_TRIED)) for one in few]
        if False in found or does_not_add_up(arrays):
            return True
        if any_number and found == [True]:  # then any one group will do
            return False
        search = Search(
            arrays,
            stop=self._enough,
            seed=0,
            executor=None,
            on_progress=None,
            is_hasty=True,
        )
        search.run()
        if search.bound < arrays.least_complete:
            return True
        self.ended_early |= search.worth < arrays.least_complete
        return False

    def _enough(self, progress: Progress) -> bool:
        return progress.score is not None or self._is_over(progress)

    def _is_over(self, progress: Progress = _NOTHING_YET) -> bool:
        seconds = time.perf_counter() - self._began
        return self._stop is not None and self._stop(evolve(progress, seconds=seconds))


def _smallest(
    oracle: _Oracle, kept: list[_Demand], open_: list[_Demand], *, tested: bool
) -> list[_Demand]:
    """Return the demands among the open ones that contradict the kept ones, and no more."""
    if not tested and oracle.contradict(kept):
        return []
    if len(open_) <= 1:
        return open_
    half = len(open_) // 2
    left, right = open_[:half], open_[half:]
    from_right = _smallest(oracle, kept + left, right, tested=False)
    from_left = _smallest(oracle, kept + from_right, left, tested=not from_right)
    return from_left + from_right


def _without_rules(policy: Policy) -> Policy:
    return evolve(
        policy,
        smallest_group=2,
        largest_group=4,
        fewest_countries=1,
        most_of_one_country=None,
        common_language=LanguageRule.NOT_ASKED,
        fewest_common_office_minutes=0,
        least_stake_share=0.0,
        exchange=ExchangeRule.NOT_ASKED,
        least_benefit=None,
        admits_unknown=True,
        locks=(),
        exclusions=(),
        conflicts=(),
        fewest_groups=0,
        most_groups=None,
        theme_capacities=(),
        language_capacities=(),
    )


def _demands(policy: Policy) -> Iterator[_Demand]:
    yield from _demands_on_groups(policy)
    yield from _demands_on_the_whole(policy)
    yield from _demands_on_the_named(policy)


def _demands_on_groups(policy: Policy) -> Iterator[_Demand]:
    bare = _without_rules(policy)
    told = {
        "smallest_group": f"A group has at least {policy.smallest_group} members.",
        "largest_group": f"A group has at most {policy.largest_group} members.",
        "fewest_countries": f"A group spans at least {policy.fewest_countries} countries.",
        "most_of_one_country": (
            f"A group holds at most {policy.most_of_one_country} of one country."
        ),
        "common_language": f"A language is shared by {policy.common_language.value}.",
        "fewest_common_office_minutes": (
            f"All members share at least {policy.fewest_common_office_minutes} office minutes."
        ),
        "least_stake_share": (
            f"Each member has at least {policy.least_stake_share:.0%} of its needs in the focus."
        ),
        "exchange": f"Under its theme a group is tied together by {policy.exchange.value}.",
        "least_benefit": f"Each member gains at least {policy.least_benefit}.",
        "admits_unknown": "What is not known of a participant does not pass a rule.",
    }
    for name, sentence in told.items():
        value = getattr(policy, name)
        if value != getattr(bare, name):
            yield _Demand(sentence=sentence, added_to=_setting(name, value))


def _demands_on_the_whole(policy: Policy) -> Iterator[_Demand]:
    if policy.most_groups is not None:
        yield _Demand(
            sentence=f"There are at most {policy.most_groups} groups.",
            added_to=_setting("most_groups", policy.most_groups),
        )
    for capacity in policy.theme_capacities:
        yield _Demand(
            sentence=f"At most {capacity.most_groups} groups work under {capacity.theme}.",
            added_to=_adding("theme_capacities", capacity),
        )
    for spoken in policy.language_capacities:
        yield _Demand(
            sentence=f"At most {spoken.most_groups} groups work in {spoken.language}.",
            added_to=_adding("language_capacities", spoken),
        )
    if policy.fewest_groups:
        yield _Demand(
            sentence=f"There are at least {policy.fewest_groups} groups.",
            added_to=_setting("fewest_groups", policy.fewest_groups),
        )


def _demands_on_the_named(policy: Policy) -> Iterator[_Demand]:
    for exclusion in policy.exclusions:
        names = " and ".join(exclusion.members)
        yield _Demand(
            sentence=f"{names} must not be together ({exclusion.reason}).",
            added_to=_adding("exclusions", exclusion),
        )
    for conflict in policy.conflicts:
        names = " and ".join(conflict.members)
        yield _Demand(
            sentence=(
                f"Of {names} at most {conflict.most_together} may be together ({conflict.reason})."
            ),
            added_to=_adding("conflicts", conflict),
        )
    for lock in policy.locks:
        names = " and ".join(lock.members)
        where = "together in one group" if len(lock.members) > 1 else "in a group"
        yield _Demand(
            sentence=f"{names} must be {where} ({lock.reason}).",
            added_to=_adding("locks", lock),
            locked=frozenset(lock.members),
        )


def _setting(name: str, value: object) -> Callable[[Policy], Policy]:
    changes: dict[str, Any] = {name: value}
    return lambda policy: evolve(policy, **changes)


def _adding(name: str, rule: object) -> Callable[[Policy], Policy]:
    def added(policy: Policy) -> Policy:
        changes: dict[str, Any] = {name: (*getattr(policy, name), rule)}
        return evolve(policy, **changes)

    return added
