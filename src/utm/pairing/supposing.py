"""What another rule, another weight or a lock would change: solved from the earlier result."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor
from typing import cast

from attrs import evolve, frozen

from utm.errors import InvalidInputError
from utm.pairing.evaluation import Evaluation, evaluate
from utm.pairing.group import UNIT, Group
from utm.pairing.input_problem import problem_at
from utm.pairing.policy import Policy
from utm.pairing.policy_entries import Exclusion, Lock
from utm.pairing.problem import Problem
from utm.pairing.result import Result, Status
from utm.pairing.solving import solve
from utm.pairing.stopping import StopCriterion

__all__ = ["Change", "WhatIf", "what_if"]

_MOST_TOLD = 3


@frozen(kw_only=True, order=True)
class Change:
    """What a participant gains before and after.

    Parameters
    ----------
    participant
        Its id.
    before, after
        Millionths, both as scored under the policy with the change; ``None`` where it is in no
        group.
    """

    participant: str
    before: int | None
    after: int | None


@frozen(kw_only=True)
class WhatIf:
    """A grouping under a change beside the earlier one.

    Parameters
    ----------
    problem
        The problem with the change.
    result
        Its result, with bound and prices of its own.
    earlier_score
        Worth of the earlier groups under the changed policy, in millionths; ``None`` where
        they break a rule of it.
    kept, dissolved, formed
        Members of the groups that stay, that there were, and that there would be.
    changes
        Everybody whose gain is another, by id.
    summary
        What it is worth and how many groups stay, or why there is no grouping.
    sentences
        All of that, to be read aloud.
    """

    problem: Problem
    result: Result
    earlier_score: int | None
    kept: tuple[tuple[str, ...], ...]
    dissolved: tuple[tuple[str, ...], ...]
    formed: tuple[tuple[str, ...], ...]
    changes: tuple[Change, ...]
    summary: tuple[str, ...]
    sentences: tuple[str, ...]


def what_if(
    problem: Problem,
    result: Result,
    *,
    lock: Sequence[str] | Sequence[Sequence[str]] = (),
    forbid: Sequence[str] | Sequence[Sequence[str]] = (),
    policy: Policy | None = None,
    stop: StopCriterion | None = None,
    seed: int = 0,
    executor: Executor | None = None,
) -> WhatIf:
    """Solve a problem with a change, from the prices and groups of an earlier result.

    Parameters
    ----------
    problem, result
        A problem and its result.
    lock
        One to four participants who shall be together, or several such sets.
    forbid
        Two participants who shall not be together, or several such pairs.
    policy
        Another policy, e.g. with one weight changed; ``None`` for that of the problem.
    stop, seed, executor
        As for `solve`.

    Raises
    ------
    InvalidInputError
        The change names somebody unknown, or contradicts itself in form, as a lock of five.

    Notes
    -----
    That rules contradict one another is an answer: the result is then infeasible and says
    which. Nothing of the given problem and result is changed.
    """
    changed = policy or problem.policy
    for members in _sets("lock", lock):
        changed = evolve(changed, locks=_with_lock(changed.locks, members))
        alone = {name for each in changed.locks for name in each.members}
        allowances = tuple(one for one in changed.allowances if one.participant not in alone)
        changed = evolve(changed, allowances=allowances)
    for members in _sets("forbid", forbid):
        exclusion = Exclusion(members=tuple(members), reason="asked in what-if")
        if exclusion.members not in {each.members for each in changed.exclusions}:
            changed = evolve(changed, exclusions=(*changed.exclusions, exclusion))
    after = evolve(problem, policy=changed)
    found = solve(after, start=result, stop=stop, seed=seed, executor=executor)
    old, new = _members(result.groups), _members(found.groups)
    answered = result.status not in {Status.INFEASIBLE, Status.UNDECIDED}
    now = evaluate(after, result.groups) if answered else None
    told = WhatIf(
        problem=after,
        result=found,
        earlier_score=now.score if now and now.keeps_every_rule else None,
        kept=tuple(sorted(old & new)),
        dissolved=tuple(sorted(old - new)),
        formed=tuple(sorted(new - old)),
        changes=tuple(_changes(problem, now, found)),
        summary=(),
        sentences=(),
    )
    told = evolve(told, summary=tuple(_summary(told, now)))
    return evolve(told, sentences=tuple(_sentences(told)))


def _sets(asked: str, named: object) -> Iterator[tuple[str, ...]]:
    """Yield the sets of participants that are named, one or several."""
    each = _row(asked, named)
    if each and all(isinstance(name, str) for name in each):
        yield tuple(str(name) for name in each)
        return
    for members in each:
        row = _row(asked, members)
        if not all(isinstance(name, str) for name in row):
            raise _no_ids(asked, members)
        yield tuple(str(name) for name in row)


def _row(asked: str, named: object) -> tuple[object, ...]:
    if isinstance(named, str) or not isinstance(named, Iterable):
        raise _no_ids(asked, named)
    return tuple(cast("Iterable[object]", named))


def _no_ids(asked: str, named: object) -> InvalidInputError:
    fault = problem_at(f"$.{asked}", named, "is no list of ids", "Write ids, or lists of ids.")
    return InvalidInputError((fault,))


def _with_lock(locks: Sequence[Lock], asked: Sequence[str]) -> tuple[Lock, ...]:
    """Add a lock, joined with those that hold the same participants."""
    touched = [lock for lock in locks if set(lock.members) & set(asked)]
    names = sorted({*asked, *(name for lock in touched for name in lock.members)})
    reasons = "; ".join(["asked in what-if", *(lock.reason for lock in touched)])
    members = tuple(names) if len(set(asked)) == len(asked) else tuple(asked)
    return (*(each for each in locks if each not in touched), Lock(members=members, reason=reasons))


def _members(groups: Sequence[Group]) -> set[tuple[str, ...]]:
    return {group.members for group in groups}


def _broken(now: Evaluation) -> Iterator[str]:
    """Yield the rules that the earlier groups break now, each with its group."""
    for each in now.groups:
        for violation in each.violations:
            yield f"{', '.join(each.group.members)}: {violation}"
    yield from now.violations


def _changes(problem: Problem, before: Evaluation | None, after: Result) -> Iterator[Change]:
    was = _gains([each.group for each in before.groups] if before else ())
    now = _gains(after.groups)
    for name in sorted(participant.id for participant in problem.participants):
        if was.get(name) != now.get(name):
            yield Change(participant=name, before=was.get(name), after=now.get(name))


def _gains(groups: Iterable[Group]) -> dict[str, int]:
    gains: dict[str, int] = {}
    for group in groups:
        for scores in group.member_scores:
            gains[scores.member] = gains.get(scores.member, 0) + scores.gain
    return gains


def _summary(told: WhatIf, now: Evaluation | None) -> Iterator[str]:
    result = told.result
    if result.status is Status.INFEASIBLE:
        yield "Nothing keeps all of that."
        yield from result.infeasible_because
        return
    if result.status is Status.UNDECIDED:
        yield (
            "No grouping was found before the search ended; none is worth more than "
            f"{result.bound / UNIT:.3f}."
        )
        return
    proven = "proven best" if result.status is Status.OPTIMAL else f"within {result.gap:.2%}"
    yield f"The grouping would be worth {result.score / UNIT:.3f} ({proven})."
    if now is not None and told.earlier_score is None:
        broken = tuple(_broken(now))
        yield f"The earlier groups would break the new rules. {' '.join(broken[:_MOST_TOLD])}"
        if len(broken) > _MOST_TOLD:
            yield f"And so do {len(broken) - _MOST_TOLD} more."
    elif told.earlier_score is not None:
        more = (result.score - told.earlier_score) / UNIT
        yield f"That is {more:+.3f} against the earlier groups under the same policy."
    placed = {name for group in result.groups for name in group.members}
    yield (
        f"{len(result.groups)} groups would place {len(placed)} of "
        f"{len(told.problem.participants)} participants."
    )
    count = len(told.kept)
    yield "1 group stays." if count == 1 else f"{count} groups stay."


def _sentences(told: WhatIf) -> Iterator[str]:
    yield from told.summary
    if told.result.status in {Status.INFEASIBLE, Status.UNDECIDED}:
        return
    for names in told.dissolved:
        yield f"Dissolved: {', '.join(names)}."
    for names in told.formed:
        yield f"Formed: {', '.join(names)}."
    for change in told.changes:
        was, now = _told(change.before), _told(change.after)
        yield f"{change.participant}: {was}, then {now}."


def _told(gain: int | None) -> str:
    return "in no group" if gain is None else f"gains {gain / UNIT:.3f}"
