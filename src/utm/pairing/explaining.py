"""Why these are together, or why they are not: solved, never guessed."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from attrs import evolve, frozen

from utm.errors import InvalidInputError
from utm.pairing.arrays import Booleans, PairingArrays
from utm.pairing.columns import Columns, classes_of, join, surplus
from utm.pairing.compiling import arrays_of
from utm.pairing.conclusion import example_of
from utm.pairing.contradiction import why_never_together
from utm.pairing.definition import Definition
from utm.pairing.group import UNIT, Group
from utm.pairing.input_problem import check_is_answer, near_name, problem_at
from utm.pairing.policy import Lock
from utm.pairing.pricing import priced_above
from utm.pairing.problem import Problem
from utm.pairing.result import Result, Status
from utm.pairing.solving import solve
from utm.pairing.starting import prices_of
from utm.pairing.stopping import MaxRuntime, StopCriterion
from utm.pairing.violations import lasting_violations_of

__all__ = ["Explanation", "explain"]

_LURE = 50_000_000
_FIRST_REACH = 50_000
_PATIENCE = 20.0  # seconds for the reason, where nothing else is said


@frozen(kw_only=True)
class Explanation:
    """Why some participants are together, or what it costs to put them together.

    Parameters
    ----------
    members
        Whom it is about.
    together
        The group of the result that holds them all, if there is one.
    forbidden
        Where no group with them keeps every rule: rules that the members break whoever joins
        them, or else a smallest set of rules that no group with them keeps together.
    best_group
        The admissible group with them that comes nearest to its members' prices;
        ``None`` where no group with them keeps every rule.
    at_most
        No grouping with them together is worth more, in millionths, by the prices of the
        result; ``None`` where no grouping with them together exists or there are no prices.
    costs_at_least
        What putting them together costs in score, at the least: never below zero, and
        zero where they are together.
    forced
        The best grouping with them together, where it was asked for.
    sentences
        All of that, to be read aloud.
    """

    members: tuple[str, ...]
    together: Group | None
    forbidden: tuple[str, ...]
    best_group: Group | None
    at_most: int | None
    costs_at_least: int | None
    forced: Result | None
    sentences: tuple[str, ...]


def explain(
    problem: Problem,
    result: Result,
    members: tuple[str, ...],
    *,
    force: bool = False,
    stop: StopCriterion | None = None,
) -> Explanation:
    """Say why one to four participants are in one group, or what it would cost.

    Parameters
    ----------
    problem, result
        A problem and its result.
    members
        One to four participants; one alone asks what placing it would cost.
    force
        Whether to solve the problem again with the members locked together. Those who may be
        in several groups are then in that one alone, so that it may cost less than is said.
    stop
        When to stop that search.

    Raises
    ------
    InvalidInputError
        Not one to four different participants of the problem, or the result is that of another.

    Notes
    -----
    Without ``force`` the answer comes from the prices alone: any grouping that holds a
    group *S* is worth at most the sum of all prices plus the worth of *S* less the prices
    of its members. All groups with the members are searched, none is guessed.
    """
    asked = tuple(sorted(members))
    _check(problem, asked)
    arrays = arrays_of(problem, apart=asked)
    check_is_answer(problem, result, arrays.capacities)
    best, at_most = _nearest(arrays, result, asked)
    together = next((g for g in result.groups if set(asked) <= set(g.members)), None)
    found = Explanation(
        members=asked,
        together=together,
        forbidden=_forbidden(problem, asked, stop) if best is None and result.prices else (),
        best_group=best,
        at_most=at_most,
        costs_at_least=None if at_most is None else max(0, result.score - at_most),
        forced=_forced(problem, result, asked, stop) if force and together is None else None,
        sentences=(),
    )
    several = any(count > 1 for name, count in Definition(problem).places.items() if name in asked)
    return evolve(found, sentences=tuple(_sentences(found, result, several=several)))


def _check(problem: Problem, asked: tuple[str, ...]) -> None:
    known = {participant.id for participant in problem.participants}
    found = [
        problem_at("$.members", name, "is not a participant", near_name(name, known))
        for name in asked
        if name not in known
    ]
    told = ", ".join(asked)
    if not 1 <= len(asked) <= 4:  # noqa: PLR2004
        found.append(problem_at("$.members", told, "are not one to four", "Name fewer."))
    if len(set(asked)) < len(asked):
        found.append(problem_at("$.members", told, "names somebody twice", "Name each once."))
    if found:
        raise InvalidInputError(tuple(found))


def _nearest(
    arrays: PairingArrays, result: Result, asked: tuple[str, ...]
) -> tuple[Group | None, int | None]:
    """Return the group with all the asked that comes nearest to its prices, and the bound.

    The asked are made so cheap that only groups with all of them stand out.
    """
    by_class = prices_of(arrays, result)
    number = {arrays.ids[each[0]]: index for index, each in enumerate(arrays.class_members)}
    wanted = [number[name] for name in asked]
    if by_class is None:
        return None, None
    lured = by_class.copy()
    lured[wanted] -= _LURE
    reach = _FIRST_REACH
    while True:
        found = [
            columns.taken(_holds(arrays, columns, wanted))
            for focus in range(len(arrays.foci))
            if not arrays.is_closed(focus)
            for columns in priced_above(
                arrays,
                focus,
                (lured - arrays.bonus)[arrays.class_of],
                len(asked) * _LURE - reach + arrays.toll(focus, lured),
            )
        ]
        if any(len(columns) for columns in found):
            break
        if reach > _LURE:
            return None, None
        reach = min(reach * 4, _LURE + reach)
    columns = join(arrays, found)
    own = {price.members: price.price for price in result.group_prices}
    paid = [own.get(members, 0) for members in _names_of(arrays, columns)] if own else 0
    excess = surplus(arrays, columns, by_class) - np.array(paid, dtype=np.int64)
    best = int(np.argmax(excess))
    total = int(((by_class - arrays.must) * arrays.places).sum()) + sum(own.values())
    return example_of(arrays, columns, best), total + int(excess[best])


def _names_of(arrays: PairingArrays, columns: Columns) -> Iterator[tuple[str, ...]]:
    """Yield the members of each column, each class by its first participant."""
    for copies in columns.copies.tolist():
        numbers = [int(arrays.class_of[copy]) for copy in copies if copy >= 0]
        yield tuple(sorted(arrays.ids[arrays.class_members[number][0]] for number in numbers))


def _holds(arrays: PairingArrays, columns: Columns, wanted: list[int]) -> Booleans:
    classes = classes_of(arrays, columns)
    held = np.ones(len(columns), dtype=np.bool_)
    for number in wanted:
        held &= np.logical_or.reduce(classes == number, axis=1)
    return held


def _forbidden(
    problem: Problem, asked: tuple[str, ...], stop: StopCriterion | None
) -> tuple[str, ...]:
    """Return the rules that the asked break whoever joins them, or else a smallest set of rules."""
    definition = Definition(problem)
    if not definition.foci():
        return ("No topic is needed by anybody.",)
    lasting = lasting_violations_of(definition, asked)
    if lasting:
        return lasting
    touched = [lock for lock in problem.policy.locks if set(lock.members) & set(asked)]
    names = frozenset(asked).union(*(lock.members for lock in touched))
    locked = tuple(
        f"{' and '.join(lock.members)} must be together in one group ({lock.reason})."
        for lock in touched
        if len(lock.members) > 1
    )
    if len(names) > problem.policy.largest_group:
        return (*locked, f"A group has at most {problem.policy.largest_group} members.")
    patience = stop or MaxRuntime(_PATIENCE)
    rules = why_never_together(problem, frozenset(asked), stop=patience)
    return rules or (*locked, *why_never_together(problem, names, stop=patience))


def _forced(
    problem: Problem, result: Result, asked: tuple[str, ...], stop: StopCriterion | None
) -> Result | None:
    """Solve from what is known, the asked locked together.

    ``None`` where their locks are too large for that.
    """
    touched = [lock for lock in problem.policy.locks if set(lock.members) & set(asked)]
    names = set(asked).union(*(lock.members for lock in touched))
    if len(names) > 4:  # noqa: PLR2004
        return None
    kept = tuple(lock for lock in problem.policy.locks if lock not in touched)
    reasons = "; ".join(["asked whether they could be together", *(t.reason for t in touched)])
    lock = Lock(members=tuple(names), reason=reasons)
    allowances = tuple(a for a in problem.policy.allowances if a.participant not in names)
    policy = evolve(problem.policy, locks=(*kept, lock), allowances=allowances)
    return solve(evolve(problem, policy=policy), start=result, stop=stop)


def _sentences(found: Explanation, result: Result, *, several: bool) -> Iterator[str]:
    names = " and ".join(found.members)
    if found.together is not None:
        yield from _reasons(found.together)
    elif result.status is Status.INFEASIBLE:
        yield "The result is that no grouping keeps every rule, so nobody is together in it."
    elif not result.prices:
        yield "The result has no prices, by which it could be said what that costs."
    elif found.best_group is None:
        yield f"No group with {names} keeps {_rules_in_words(len(found.forbidden))}"
        yield from found.forbidden
    else:
        others = " and ".join(found.best_group.members)
        yield f"The nearest group is {others}, worth {found.best_group.score / UNIT:.3f}."
        if found.costs_at_least:
            least = found.costs_at_least / UNIT
            yield f"Any grouping with them together costs at least {least:.3f} of the score."
        else:
            yield "By the prices alone it may cost nothing."
    is_said = found.best_group is None and result.prices and found.together is None
    if found.forced is not None and not is_said:
        yield _cost_of_force(found.forced, result, names, several=several)


def _rules_in_words(count: int) -> str:
    return {0: "every rule.", 1: "this rule:"}.get(count, "all of these rules:")


def _cost_of_force(forced: Result, result: Result, names: str, *, several: bool) -> str:
    """Say what a grouping with some together costs, and what it costs at least."""
    if forced.status is Status.INFEASIBLE:
        return f"No grouping with {names} together keeps every rule and every lock."
    again = f"Solved again with {names} together"
    # who may be in several groups could be together in other ways than by a lock
    bounded = "" if several else f"at least {max(0, result.score - forced.bound) / UNIT:.3f} and "
    if forced.status is Status.UNDECIDED:
        least = f"; it costs {bounded.removesuffix(' and ')}" if bounded else ""
        return f"{again}, no grouping was found before the search ended{least}."
    costs = (result.score - forced.score) / UNIT
    if forced.status is not Status.OPTIMAL:
        return f"{again} until the search ended, it costs {bounded}at most {costs:.3f}."
    if result.status is not Status.OPTIMAL:
        return f"{again}, it costs against this grouping, which is not proven best, {costs:.3f}."
    return f"{again}, it costs {'at most' if several else 'exactly'} {costs:.3f}."


def _reasons(group: Group) -> Iterator[str]:
    names = " and ".join(group.members)
    topics = ", ".join(topic.value for topic in group.focus_topics) or group.theme.value
    yield f"{names} work on {topics}; the group is worth {group.score / UNIT:.3f}."
    for member in group.member_scores:
        parts = ", ".join(
            f"{part.name.replace('_', ' ')} {part.score / UNIT:+.3f}" for part in member.parts
        )
        yield f"{member.member} gains {member.score / UNIT:.3f}: {parts or 'nothing'}."
