"""Whether any admissible group is worth more than the prices of its members.

Written apart from the search, to be compared with it. All numbers are whole; products of
chances are taken in twelve and fifteen digits, as 64-bit integers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

import numpy as np
import numpy.typing as npt

from utm.pairing.definition import Definition, Focus
from utm.pairing.group import UNIT
from utm.pairing.violations import violations_of

__all__ = ["undersold"]

Whole = npt.NDArray[np.int64]

_MOST_FAULTS = 5
_FORBIDDEN = -(2**60)


def undersold(definition: Definition, prices: Mapping[str, int]) -> Iterator[str]:
    """Yield admissible groups worth more than their members' prices, at most five.

    Parameters
    ----------
    definition
        Scores and rules.
    prices
        Millionths by participant.

    Notes
    -----
    Each group of four is looked at from its best pair. Learning from partners is
    submodular, so that a bound from triples rules out most fours; the rest are counted
    exactly. Time grows with n³ for each theme, memory with n².
    """
    if not prices:
        return
    faults = 0
    names = sorted(definition.people)
    pair_rules = _forbidden_pairs(definition, names)
    for focus in definition.foci():
        table = _Table(definition, names, focus, prices, pair_rules)
        for members in table.suspects():
            group = tuple(names[index] for index in members)
            if violations_of(definition, group, focus):
                continue
            worth = definition.group(group, focus).score
            asked = sum(prices[name] for name in group)
            if worth > asked:
                yield f"{' and '.join(group)} are worth {worth} under {focus[0]} and cost {asked}."
                faults += 1
                if faults == _MOST_FAULTS:
                    return


def _forbidden_pairs(definition: Definition, names: list[str]) -> npt.NDArray[np.bool_]:
    """Return which two may not meet by name: exclusions, and locks too large to join."""
    place = {name: index for index, name in enumerate(names)}
    forbidden = np.eye(len(names), dtype=np.bool_)
    for exclusion in definition.policy.exclusions:
        first, second = (place[name] for name in exclusion.members)
        forbidden[first, second] = forbidden[second, first] = True
    for one, other in combinations(definition.policy.locks, 2):
        if len(one.members) + len(other.members) <= definition.policy.largest_group:
            continue
        for left in one.members:
            for right in other.members:
                forbidden[place[left], place[right]] = True
                forbidden[place[right], place[left]] = True
    return forbidden


class _Table:
    """Whole-number tables of one focus. Unit of everything: a third of 1e-12."""

    def __init__(
        self,
        definition: Definition,
        names: list[str],
        focus: Focus,
        prices: Mapping[str, int],
        forbidden: npt.NDArray[np.bool_],
    ) -> None:
        n, topics = len(names), focus[1]
        self.policy = definition.policy
        self.need: Whole = np.array(
            [[definition.needs[name].get(topic, 0) for topic in topics] for name in names],
            dtype=np.int64,
        ).reshape(n, len(topics))
        self.miss: Whole = np.array(
            [
                [1_000 - int(1_000 * definition.chances[name].get(topic, 0)) for topic in topics]
                for name in names
            ],
            dtype=np.int64,
        ).reshape(n, len(topics))
        self.price: Whole = np.array([prices[name] for name in names], dtype=np.int64)
        self.pair: Whole = np.zeros((n, n), dtype=np.int64)
        for i, j in combinations(range(n), 2):
            worth = definition.shared_challenge(names[i], names[j], topics)
            worth += sum(definition.likeness.parts(names[i], names[j]).values())
            self.pair[i, j] = self.pair[j, i] = worth
        self.apart = forbidden
        learnt = (self.need[:, None, :] * (1_000 - self.miss[None, :, :])).sum(axis=2)
        self.exchange = learnt + learnt.T  # in 1e-9
        cost = self.price[:, None] + self.price[None, :]
        four = 3_000 * self.exchange + UNIT * (2 * self.pair - cost)
        self.four = np.where(forbidden, _FORBIDDEN, four)

    def suspects(self) -> Iterator[tuple[int, ...]]:
        """Yield every group that may be worth more than it costs."""
        low, high = self.policy.smallest_group, self.policy.largest_group
        for i, j in combinations(range(len(self.price)), 2):
            if self.apart[i, j]:
                continue
            if low <= 2 and self._pair_excess(i, j) > 0:  # noqa: PLR2004
                yield (i, j)
            if high > 2:  # noqa: PLR2004
                learnt = self._learnt_by_three(i, j)
                free = ~(self.apart[i] | self.apart[j])
                if low <= 3:  # noqa: PLR2004
                    yield from self._trios(i, j, learnt, free)
                if high > 3 and self.four[i, j] > 0:  # noqa: PLR2004
                    yield from self._fours(i, j, learnt, free)

    def _pair_excess(self, i: int, j: int) -> int:
        worth = 2 * self.pair[i, j] - self.price[i] - self.price[j]
        return int(self.exchange[i, j]) + 1_000 * int(worth)

    def _learnt_by_three(self, i: int, j: int) -> Whole:
        """Return what i, j and each third learn from one another, in 1e-12."""
        need, miss = self.need, self.miss
        million = 1_000_000
        by_i = (need[i] * (million - miss[j] * miss)).sum(axis=1)
        by_j = (need[j] * (million - miss[i] * miss)).sum(axis=1)
        by_third = (need * (million - miss[i] * miss[j])).sum(axis=1)
        learnt: Whole = by_i + by_j + by_third
        return learnt

    def _trios(
        self, i: int, j: int, learnt: Whole, free: npt.NDArray[np.bool_]
    ) -> Iterator[tuple[int, ...]]:
        worth = self.pair[i, j] + self.pair[i] + self.pair[j]
        cost = self.price[i] + self.price[j] + self.price
        dear = free & (learnt + UNIT * (worth - cost) > 0)
        dear[: j + 1] = False
        for third in np.flatnonzero(dear).tolist():
            yield (i, j, third)

    def _fours(
        self, i: int, j: int, learnt: Whole, free: npt.NDArray[np.bool_]
    ) -> Iterator[tuple[int, ...]]:
        top = self.four[i, j]
        worth = self.pair[i, j] + self.pair[i] + self.pair[j]
        cost = self.price[i] + self.price[j] + self.price
        bound = 3 * learnt + 2 * UNIT * (worth - cost)
        others = np.flatnonzero(free & (self.four[i] <= top) & (self.four[j] <= top))
        if len(others) < 2:  # noqa: PLR2004
            return
        bound = bound[others]
        others = others[bound > -bound.max()]
        bound = 3 * learnt[others] + 2 * UNIT * (worth - cost)[others]
        between = self.four[np.ix_(others, others)]
        dear = (bound[:, None] + bound[None, :] - top + between > 0) & (between <= top)
        for third, fourth in np.argwhere(np.triu(dear, 1)).tolist():
            members = (i, j, int(others[third]), int(others[fourth]))
            if self._excess_of_four(members) > 0:
                yield members

    def _excess_of_four(self, members: tuple[int, ...]) -> int:
        """Return worth less cost in a third of 1e-15, before learning is rounded."""
        learnt = 0
        for member in members:
            miss = np.prod([self.miss[other] for other in members if other != member], axis=0)
            learnt += int((self.need[member] * (10**9 - miss)).sum())
        pairs = sum(int(self.pair[i, j]) for i, j in combinations(members, 2))
        cost = sum(int(self.price[member]) for member in members)
        return 3 * learnt + 10**9 * (2 * pairs - 3 * cost)
