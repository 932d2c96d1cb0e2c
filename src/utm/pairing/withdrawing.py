"""A problem without those who have left, and without what its rules said of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from attrs import evolve, frozen

from utm.errors import InvalidInputError
from utm.pairing.input_problem import near_name, problem_at
from utm.pairing.policy import Policy
from utm.pairing.policy_entries import Conflict, Lock
from utm.pairing.problem import Problem

__all__ = ["Withdrawal", "withdraw"]


@frozen(kw_only=True)
class Withdrawal:
    """What is left of a problem.

    Parameters
    ----------
    problem
        The problem without those who have left.
    sentences
        Each rule that named one of them and no longer holds as it was.
    """

    problem: Problem
    sentences: tuple[str, ...]


def withdraw(problem: Problem, names: Collection[str]) -> Withdrawal:
    """Take participants out of a problem, and out of the rules that name them.

    Parameters
    ----------
    problem
        The problem with them.
    names
        Who has left.

    Returns
    -------
    A lock keeps those who are left where they are two or more, and is dropped otherwise; so is
    a conflict where they are more than may be together. An exclusion, a priority and an allowance
    are dropped.

    Raises
    ------
    InvalidInputError
        Somebody is not a participant, all of them at once.
    """
    known = {participant.id for participant in problem.participants}
    unknown = [
        problem_at("$.names", name, "is not a participant", near_name(name, known))
        for name in sorted(set(names) - known)
    ]
    if unknown:
        raise InvalidInputError(tuple(unknown))
    gone = frozenset(names)
    policy = problem.policy
    left = evolve(
        problem,
        participants=tuple(one for one in problem.participants if one.id not in gone),
        earlier_pairs=tuple(pair for pair in problem.earlier_pairs if not gone & set(pair)),
        policy=evolve(
            policy,
            locks=tuple(_left_of_locks(policy, gone)),
            exclusions=tuple(each for each in policy.exclusions if not gone & set(each.members)),
            conflicts=tuple(_left_of_conflicts(policy, gone)),
            priorities=tuple(each for each in policy.priorities if each.participant not in gone),
            allowances=tuple(each for each in policy.allowances if each.participant not in gone),
        ),
    )
    return Withdrawal(problem=left, sentences=tuple(_sentences(policy, gone)))


def _left_of_locks(policy: Policy, gone: frozenset[str]) -> Iterator[Lock]:
    for lock in policy.locks:
        members = tuple(name for name in lock.members if name not in gone)
        if len(members) == len(lock.members):
            yield lock
        elif len(members) > 1:
            yield evolve(lock, members=members)


def _left_of_conflicts(policy: Policy, gone: frozenset[str]) -> Iterator[Conflict]:
    for conflict in policy.conflicts:
        members = tuple(name for name in conflict.members if name not in gone)
        if len(members) == len(conflict.members):
            yield conflict
        elif len(members) > max(1, conflict.most_together):
            yield evolve(conflict, members=members)


def _sentences(policy: Policy, gone: frozenset[str]) -> Iterator[str]:
    for lock in (each for each in policy.locks if gone & set(each.members)):
        left = [name for name in lock.members if name not in gone]
        rest = f"; it goes on for {', '.join(left)}" if len(left) > 1 else " no longer applies"
        yield f"The lock of {', '.join(lock.members)} ({lock.reason}){rest}."
    for exclusion in (each for each in policy.exclusions if gone & set(each.members)):
        names = ", ".join(exclusion.members)
        yield f"That {names} must not be together ({exclusion.reason}) no longer applies."
    for conflict in (each for each in policy.conflicts if gone & set(each.members)):
        yield f"The conflict of {', '.join(conflict.members)} is without who has left."
    for kind, rules in (("priority", policy.priorities), ("allowance", policy.allowances)):
        for name in (each.participant for each in rules if each.participant in gone):
            yield f"The {kind} of {name} no longer applies."
