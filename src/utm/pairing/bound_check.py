"""Whether any admissible group is worth more than the prices of its members.

Written apart from the search, to be compared with it. All numbers are whole; products of
chances are taken in twelve and fifteen digits, as 64-bit integers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import combinations

import numpy as np
import numpy.typing as npt
from attrs import evolve

from utm.pairing.barriers import Barriers
from utm.pairing.company import Company
from utm.pairing.definition import Definition, Focus
from utm.pairing.group import UNIT
from utm.pairing.limits import Limits
from utm.pairing.policy import ExchangeRule, FocusKind
from utm.pairing.violations import violations_of

__all__ = ["undersold"]

Whole = npt.NDArray[np.int64]

_MOST_FAULTS = 5
_FORBIDDEN = -(2**60)
_FURTHEST = 5 * 10**11  # millionths; sums of products stay within 64 bits


def undersold(
    definition: Definition,
    prices: Mapping[str, int],
    capacity_prices: Mapping[str, int] | None = None,
    group_prices: Mapping[tuple[str, ...], int] | None = None,
) -> Iterator[str]:
    """Yield admissible groups worth more than their members' prices, at most five.

    Parameters
    ----------
    definition
        Scores and rules.
    prices
        Millionths by participant.
    capacity_prices
        Millionths by capacity, as `Limits.places` names them; none where there is none.
    group_prices
        Millionths by the members of groups that have a price of their own.

    Notes
    -----
    Each group of four is looked at from its best pair. Learning from partners is
    submodular, so that a bound from triples rules out most fours; the rest are counted
    exactly. Time grows with n³ for each theme, memory with n², where those who are alike in
    all but their ids count four times at most.
    """
    if not prices:
        return
    limits = Limits(definition)
    dues = capacity_prices or {}
    once = group_prices or {}
    low = [name for name in sorted(definition.people) if prices[name] < -_FURTHEST]
    yield from (f"{name} has a price too far below zero." for name in low)
    if low:
        return
    names = _four_of_each_kind(definition, prices, once)
    faults: set[tuple[Focus, tuple[str, ...]]] = set()
    barriers = Barriers(definition, names)
    likeness = _likeness(definition, names)
    for focus in definition.foci():
        least = limits.least_dues(focus[0], dues)
        share = least // 4 if least > 0 else least // 2  # no group pays more by such shares
        first = definition.priorities
        asked_of = {name: prices[name] + share - first.get(name, 0) for name in names}
        table = _Table(
            definition, names, focus, prices=asked_of, barriers=barriers, likeness=likeness
        )
        for members in table.suspects():
            group = tuple(names[index] for index in sorted(members))
            if violations_of(definition, group, focus):
                continue
            worth = definition.group(group, focus).score
            asked = sum(prices[name] for name in group)
            asked += limits.dues(group, focus[0], dues) + once.get(group, 0)
            if worth > asked and (focus, group) not in faults:
                single = definition.policy.focus is FocusKind.TOPIC
                names_it = focus[1][0] if single else focus[0]
                yield f"{' and '.join(group)} are worth {worth} under {names_it} and cost {asked}."
                faults.add((focus, group))
                if len(faults) == _MOST_FAULTS:
                    return


def _four_of_each_kind(
    definition: Definition,
    prices: Mapping[str, int],
    group_prices: Mapping[tuple[str, ...], int],
) -> list[str]:
    """Return the participants in order, of those alike in everything but the id the first four.

    No group holds more, and which of them it holds changes neither worth nor price nor rules.
    Whoever is named together with another, or judged by a part of a third party, is like nobody
    else; those whom the same conflicts name are alike.
    """
    policy = definition.policy
    named = {name for lock in policy.locks if len(lock.members) > 1 for name in lock.members}
    named |= {name for exclusion in policy.exclusions for name in exclusion.members}
    named |= {name for pair in definition.problem.earlier_pairs for name in pair}
    named |= {name for members in group_prices for name in members}
    conflicts: dict[str, list[int]] = {}
    for number, conflict in enumerate(policy.conflicts):
        for name in conflict.members:
            conflicts.setdefault(name, []).append(number)
    met: Counter[object] = Counter()
    kept: list[str] = []
    for name in sorted(definition.people):
        price = prices[name] - definition.priorities.get(name, 0)
        kind: object = (evolve(definition.people[name], id=""), price, *conflicts.get(name, ()))
        if policy.pair_parts or name in named:
            kind = name
        met[kind] += 1
        if met[kind] <= policy.largest_group:
            kept.append(name)
    return kept


def _likeness(definition: Definition, names: list[str]) -> Whole:
    """Return what the likeness of two is worth to each, shape (n, n)."""
    worth: Whole = np.zeros((len(names), len(names)), dtype=np.int64)
    for i, j in combinations(range(len(names)), 2):
        parts = definition.likeness.parts(names[i], names[j])
        worth[i, j] = worth[j, i] = sum(parts.values())
    return worth


class _Table:
    """Whole-number tables of one focus. Unit of everything: a third of 1e-12."""

    def __init__(
        self,
        definition: Definition,
        names: list[str],
        focus: Focus,
        *,
        prices: Mapping[str, int],
        barriers: Barriers,
        likeness: Whole,
    ) -> None:
        n, topics = len(names), focus[1]
        self.policy = definition.policy
        self.need: Whole = np.array(
            [[definition.needs[name].get(topic, 0) for topic in topics] for name in names],
            dtype=np.int64,
        ).reshape(n, len(topics))
        self.miss: Whole = np.array(
            [[definition.misses[name].get(topic, 1_000) for topic in topics] for name in names],
            dtype=np.int64,
        ).reshape(n, len(topics))
        self.price: Whole = np.array(
            [min(prices[name], _FURTHEST) for name in names], dtype=np.int64
        )
        overlap: Whole = np.zeros((n, n), dtype=np.int64)
        for column in self.need.T:
            overlap += np.minimum(column[:, None], column[None, :])
        shared = round(self.policy.shared_challenge * UNIT)
        self.pair: Whole = likeness + shared * overlap // (6 * UNIT) * 6
        self.barriers = barriers
        self.apart = barriers.apart | self._lacks_stake()
        learnt = (self.need[:, None, :] * (1_000 - self.miss[None, :, :])).sum(axis=2)
        self.exchange: Whole = learnt + learnt.T  # in 1e-9
        self.tied = self.exchange > 0
        if self.policy.exchange is ExchangeRule.HELP_OR_SHARED_NEED:
            self.tied |= overlap > 0
        if self.policy.exchange is ExchangeRule.NOT_ASKED:
            self.tied[:] = True
        self.company = Company(definition, names, self.tied)
        cost = self.price[:, None] + self.price[None, :]
        four = 3_000 * self.exchange + UNIT * (2 * self.pair - cost)
        self.four = np.where(self.apart, _FORBIDDEN, four)
        trio = 2_000 * self.exchange + UNIT * (2 * self.pair - cost)
        self.trio = np.where(self.apart, _FORBIDDEN, trio)

    def _lacks_stake(self) -> npt.NDArray[np.bool_]:
        """Return which two hold somebody with too few of its needs under the focus."""
        stake = self.need.sum(axis=1) + (self.need > 0).sum(axis=1)
        lacks = stake < round(self.policy.least_stake_share * UNIT)
        either: npt.NDArray[np.bool_] = lacks[:, None] | lacks[None, :]
        return either

    def suspects(self) -> Iterator[tuple[int, ...]]:
        """Yield every group that may be worth more than it costs."""
        low, high = self.policy.smallest_group, self.policy.largest_group
        if not self.company.is_possible(self.apart):
            return
        pairs = np.triu(~self.apart, 1)
        if low <= 2:  # noqa: PLR2004
            dear = self.exchange + 1_000 * (2 * self.pair - self.price[:, None] - self.price) > 0
            twos = np.argwhere(pairs & dear & self.company.pairs)
            yield from map(tuple, twos[self._dear(twos)].tolist())
        trios = (self.trio > 0) & (low <= 3 <= high)  # noqa: PLR2004
        fours = (self.four > 0) & (high > 3)  # noqa: PLR2004
        for i, j in np.argwhere(pairs & (trios | fours)).tolist():
            free = self.barriers.thirds(i, j) & ~(self.apart[i] | self.apart[j])
            if trios[i, j]:
                yield from self._trios(i, j, free & self.company.thirds(i, j))
            if fours[i, j]:
                yield from self._fours(i, j, free)

    def _learnt_by_three(self, i: int, j: int, thirds: Whole) -> Whole:
        """Return what i, j and each third learn from one another, in 1e-12."""
        need, miss = self.need, self.miss
        million = 1_000_000
        by_i = (need[i] * (million - miss[j] * miss[thirds])).sum(axis=1)
        by_j = (need[j] * (million - miss[i] * miss[thirds])).sum(axis=1)
        by_third = (need[thirds] * (million - miss[i] * miss[j])).sum(axis=1)
        learnt: Whole = by_i + by_j + by_third
        return learnt

    def _trios(self, i: int, j: int, free: npt.NDArray[np.bool_]) -> Iterator[tuple[int, ...]]:
        top = self.trio[i, j]
        thirds = np.flatnonzero(free & (self.trio[i] <= top) & (self.trio[j] <= top))
        if len(thirds):
            dear = self._learnt_by_three(i, j, thirds) + UNIT * self._beside(i, j, thirds) > 0
            left = thirds[dear]
            trios = np.stack([np.full(len(left), i), np.full(len(left), j), left], axis=1)
            yield from map(tuple, trios[self._dear(trios)].tolist())

    def _beside(self, i: int, j: int, thirds: Whole) -> Whole:
        """Return what three are worth to one another beside learning, less their prices."""
        worth: Whole = self.pair[i, j] + self.pair[i, thirds] + self.pair[j, thirds]
        asked: Whole = self.price[i] + self.price[j] + self.price[thirds]
        return worth - asked

    def _fours(self, i: int, j: int, free: npt.NDArray[np.bool_]) -> Iterator[tuple[int, ...]]:
        top = self.four[i, j]
        others = np.flatnonzero(free & (self.four[i] <= top) & (self.four[j] <= top))
        first, _ = self.company.sides(i, j, others)
        if len(others) < 2 or len(first) == 0:  # noqa: PLR2004
            return
        bound: Whole = np.full(len(free), _FORBIDDEN, dtype=np.int64)
        learnt = self._learnt_by_three(i, j, others)
        bound[others] = 3 * learnt + 2 * UNIT * self._beside(i, j, others)
        first, second = self.company.sides(i, j, others[bound[others] > -bound[others].max()])
        between = self.four[np.ix_(first, second)]
        dear = bound[first][:, None] + bound[second][None, :] - top + between > 0
        dear &= between <= top
        dear &= self.barriers.fourths(i, j, first, second)
        if not dear.any():
            return
        third, fourth = np.nonzero(dear & self.company.fourths(i, j, first, second))
        fours = np.stack(
            [np.full(len(third), i), np.full(len(third), j), first[third], second[fourth]], axis=1
        )
        yield from map(tuple, fours[self._dear(fours)].tolist())

    def _dear(self, groups: Whole) -> npt.NDArray[np.bool_]:
        """Return which groups of one size may be worth more than they cost, each with its gain.

        Before learning is rounded, once for each member.
        """
        size = groups.shape[1]
        several = size - 1
        whole = 1_000**several
        learnt: Whole = np.zeros(groups.shape, dtype=np.int64)
        beside: Whole = np.zeros(groups.shape, dtype=np.int64)
        for place in range(size):
            others = np.delete(groups, place, axis=1)
            miss = self.miss[others].prod(axis=1)
            learnt[:, place] = (self.need[groups[:, place]] * (whole - miss)).sum(axis=1)
            beside[:, place] = self.pair[groups[:, [place]], others].sum(axis=1)
        above = several * self.price[groups].sum(axis=1) - beside.sum(axis=1)
        dear: npt.NDArray[np.bool_] = -(-several * learnt.sum(axis=1) // whole) > above
        if self.policy.least_benefit is not None:
            least = round(self.policy.least_benefit * UNIT)
            dear &= (-(-several * learnt // whole) + beside >= several * least).all(axis=1)
        return dear
