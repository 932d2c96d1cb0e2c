"""Which other groups could take the place of one at nearly no cost, by the proven prices."""

from __future__ import annotations

import numpy as np
from attrs import frozen

from utm.errors import InputProblem, InvalidInputError
from utm.pairing.arrays import Booleans, Integers, PairingArrays
from utm.pairing.columns import Columns, classes_of, join, surplus
from utm.pairing.compiling import arrays_of
from utm.pairing.conclusion import example_of
from utm.pairing.group import Group
from utm.pairing.input_problem import check_is_answer, problem_at
from utm.pairing.pricing import priced_above
from utm.pairing.problem import Problem
from utm.pairing.result import Result
from utm.pairing.starting import prices_of

__all__ = ["Alternative", "alternatives"]

_LURE = 50_000_000
_FIRST_REACH = 100_000


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
        The nearest to its prices first, which is the cheapest as far as that is proven, then
        by members; empty where the result has no prices. Every group left out costs more than
        ``within``, unless there are more than ``most``.

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
    arrays = arrays_of(problem, apart=tuple(p.id for p in problem.participants))
    check_is_answer(problem, result, arrays.capacities)
    prices = prices_of(arrays, result)
    if prices is None:
        return ()
    market = _Market(arrays, prices, result)
    floor = result.score - int(within * result.score) - market.total
    reach = _FIRST_REACH
    while True:
        least = max(floor, -reach)
        columns, above = market.nearest(asked, least)
        if len(columns) >= most or least == floor:
            break
        reach *= 4
    names = [market.members(row) for row in columns.copies]
    order = sorted(range(len(columns)), key=lambda index: (-int(above[index]), names[index]))
    return tuple(
        Alternative(
            group=example_of(arrays, columns, index),
            costs_at_least=max(0, result.score - market.total - int(above[index])),
        )
        for index in order[:most]
    )


class _Market:
    """Prices by class with those of groups of a result, and what comes near to them."""

    def __init__(self, arrays: PairingArrays, prices: Integers, result: Result) -> None:
        self._arrays = arrays
        self._prices = prices
        self._own = {entry.members: entry.price for entry in result.group_prices}
        self._names = [arrays.ids[members[0]] for members in arrays.class_members]
        self.total = int(((self._prices - arrays.must) * arrays.places).sum())
        self.total += sum(self._own.values())

    def members(self, copies: Integers) -> tuple[str, ...]:
        """Return who is in a column: everybody is told apart."""
        held: list[int] = self._arrays.class_of[copies[copies >= 0]].tolist()
        return tuple(sorted(self._names[number] for number in held))

    def nearest(self, asked: tuple[str, ...], least: int) -> tuple[Columns, Integers]:
        """Return the other groups with one of the asked that exceed their prices so far at least.

        Each of the asked is made so cheap in turn that hardly any group but its own stands out.
        """
        arrays = self._arrays
        numbers = [self._names.index(name) for name in asked]
        parts = [Columns.none()]
        for number in numbers:
            lured = self._prices.copy()
            lured[number] -= _LURE
            for focus in range(len(arrays.foci)):
                if arrays.is_closed(focus):
                    continue
                goal = _LURE + least - 1 + arrays.toll(focus, lured)
                by_copy = (lured - arrays.bonus)[arrays.class_of]
                parts += [
                    columns.taken(_held(arrays, columns, number))
                    for columns in priced_above(arrays, focus, by_copy, goal)
                ]
        columns = join(arrays, parts)
        names = [self.members(row) for row in columns.copies]
        own = np.array([self._own.get(each, 0) for each in names], dtype=np.int64)
        above = surplus(arrays, columns, self._prices) - own
        others = np.array([each != asked for each in names], dtype=np.bool_)
        kept = (above >= least) & others
        return columns.taken(kept), above[kept]


def _held(arrays: PairingArrays, columns: Columns, number: int) -> Booleans:
    held: Booleans = np.logical_or.reduce(classes_of(arrays, columns) == number, axis=1)
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
