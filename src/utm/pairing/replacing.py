"""Which other groups could take the place of one at nearly no cost, by the proven prices."""

from __future__ import annotations

import numpy as np
from attrs import frozen

from utm.errors import InputProblem, InvalidInputError
from utm.pairing.arrays import Booleans
from utm.pairing.columns import Columns, join, surplus
from utm.pairing.compiling import arrays_of
from utm.pairing.conclusion import example_of
from utm.pairing.group import Group
from utm.pairing.input_problem import check_is_answer, problem_at
from utm.pairing.pricing import priced_above
from utm.pairing.problem import Problem
from utm.pairing.result import Result

__all__ = ["Alternative", "alternatives"]


@frozen(kw_only=True)
class Alternative:
    """A group that could take the place of another.

    Parameters
    ----------
    group
        The group, under the theme where it is worth most.
    costs_at_least
        No grouping with it is worth more than the score less this, in millionths; zero
        where the prices alone prove no cost.
    """

    group: Group
    costs_at_least: int


def alternatives(
    problem: Problem,
    result: Result,
    members: tuple[str, ...],
    *,
    within: float = 0.01,
    most: int = 10,
) -> tuple[Alternative, ...]:
    """Find the other groups with one of the members that may cost next to nothing.

    Parameters
    ----------
    problem, result
        A problem and its result.
    members
        The members of a group of the result.
    within
        Share of the score that a group may cost at the most, by the prices; from 0.
    most
        How many are returned.

    Returns
    -------
    tuple of Alternative
        The cheapest first, then by members; empty where the result has no prices. Every
        group left out costs more than ``within``, unless there are more than ``most``.

    Raises
    ------
    InvalidInputError
        The members are no group of the result, ``within`` or ``most`` is below zero, or the
        result is that of another problem.

    Notes
    -----
    A grouping that holds a group *S* is worth at most the sum of all prices plus the worth
    of *S* less the prices of its members, so each cost is a proven least one. All groups
    are searched as for a certificate, with everybody told apart.
    """
    asked = tuple(sorted(members))
    _check(result, asked, within, most)
    if not result.prices:
        return ()
    arrays = arrays_of(problem, apart=tuple(p.id for p in problem.participants))
    check_is_answer(problem, result, arrays.capacities)
    price = {entry.participant: entry.price for entry in result.prices}
    toll = {entry.capacity: entry.price for entry in result.capacity_prices}
    own = {entry.members: entry.price for entry in result.group_prices}
    asking = [price[arrays.ids[each[0]]] for each in arrays.class_members]
    asking += [toll[capacity] for capacity in arrays.capacities]
    prices = np.array(asking, dtype=np.int64) + arrays.must
    total = int(((prices - arrays.must) * arrays.places).sum()) + sum(own.values())
    floor = result.score - int(within * result.score) - total
    classes: list[int] = arrays.class_of.tolist()
    names = [arrays.ids[arrays.class_members[number][0]] for number in classes]
    mine: Booleans = np.array(
        [*(name in asked for name in names), False], dtype=np.bool_
    )  # -1: nobody
    found = [
        columns.taken(_held(mine, columns))
        for focus in range(len(arrays.foci))
        for columns in priced_above(
            arrays,
            focus,
            (prices - arrays.bonus)[arrays.class_of],
            floor - 1 + arrays.toll(focus, prices),
        )
    ]
    columns = join(arrays, found)
    ranked: list[tuple[int, tuple[str, ...], int]] = []
    surpluses: list[int] = surplus(arrays, columns, prices).tolist()
    rows: list[list[int]] = columns.copies.tolist()
    for index, (excess, copies) in enumerate(zip(surpluses, rows, strict=True)):
        held = tuple(sorted(names[copy] for copy in copies if copy >= 0))
        above = excess - own.get(held, 0)
        if held != asked and above >= floor:
            ranked.append((max(0, result.score - total - above), held, index))
    return tuple(
        Alternative(group=example_of(arrays, columns, index), costs_at_least=cost)
        for cost, _, index in sorted(ranked)[:most]
    )


def _held(mine: Booleans, columns: Columns) -> Booleans:
    held: Booleans = np.logical_or.reduce(mine[columns.copies], axis=1)
    return held


def _check(result: Result, asked: tuple[str, ...], within: float, most: int) -> None:
    found: list[InputProblem] = []
    if asked not in {group.members for group in result.groups}:
        found.append(problem_at("$.members", asked, "are no group of the result", "Name one."))
    if not within >= 0:
        found.append(problem_at("$.within", within, "is below zero", "Use 0.01 for 1 %."))
    if most < 0:
        found.append(problem_at("$.most", most, "is below zero", "Use a number from 0."))
    if found:
        raise InvalidInputError(tuple(found))
