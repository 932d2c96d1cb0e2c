"""Whole-number tables of one focus, and the groups that may be worth more than they cost.

Part of the check of a bound, written apart from the search, to be compared with it. Products of
chances are taken in twelve and fifteen digits, as 64-bit integers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt
from attrs import frozen

from utm.pairing.barriers import Barriers
from utm.pairing.company import Company
from utm.pairing.definition import Definition, Focus
from utm.pairing.group import UNIT
from utm.pairing.policy import ExchangeRule

__all__ = ["FURTHEST", "Rest", "Table"]

Whole = npt.NDArray[np.int64]

_FORBIDDEN = -(2**60)

FURTHEST = 5 * 10**11
"""Millionths; sums of products of prices so far from zero stay within 64 bits."""


@frozen
class Rest:
    """What a group pays for capacities besides the share in its members' prices.

    Parameters
    ----------
    fixed
        For its theme and its place among all groups.
    share
        What is counted in the price of each member already.
    tongues
        Who speaks what, and what each language costs; ``None`` where none is limited.
    """

    fixed: int
    share: int
    tongues: tuple[npt.NDArray[np.bool_], Whole] | None

    def of(self, groups: Whole) -> Whole:
        """Return it for groups of one size, or less; shape (m,)."""
        rest: Whole = np.full(len(groups), self.fixed - self.share * groups.shape[1])
        if self.tongues is not None and len(groups):
            speaks, costs = self.tongues
            common = np.logical_and.reduce(speaks[groups], axis=1)
            rest += np.where(common, costs, -_FORBIDDEN).min(axis=1, initial=-_FORBIDDEN)
        return rest


class Table:
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
        lack: int,
        rest: Rest,
    ) -> None:
        self.rest = rest
        self.lack = lack
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
            [min(prices[name], FURTHEST) for name in names], dtype=np.int64
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
            beside = 2 * self.pair - self.price[:, None] - self.price + self.lack
            dear = self.exchange + 1_000 * beside > 0
            twos = np.argwhere(pairs & dear & self.company.pairs)
            yield from map(tuple, twos[self._dear(twos)].tolist())
        trios = (3 * self.trio > -2 * UNIT * self.lack) & (low <= 3 <= high)  # noqa: PLR2004
        fours = (2 * self.four > -UNIT * self.lack) & (high > 3)  # noqa: PLR2004
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
            beside = self._beside(i, j, thirds) + self.lack
            dear = self._learnt_by_three(i, j, thirds) + UNIT * beside > 0
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
        least = -3 * UNIT * self.lack
        wanted = bound[others] > least - bound[others].max()
        first, second = self.company.sides(i, j, others[wanted])
        between = self.four[np.ix_(first, second)]
        dear = bound[first][:, None] + bound[second][None, :] - top + between > least
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
        asked = self.price[groups].sum(axis=1) + self.rest.of(groups) - self.lack
        above = several * asked - beside.sum(axis=1)
        dear: npt.NDArray[np.bool_] = -(-several * learnt.sum(axis=1) // whole) > above
        if self.policy.least_benefit is not None:
            least = round(self.policy.least_benefit * UNIT)
            dear &= (-(-several * learnt // whole) + beside >= several * least).all(axis=1)
        return dear
