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
from attrs import evolve, frozen

from utm.pairing.barriers import Barriers
from utm.pairing.company import Company
from utm.pairing.definition import Definition, Focus
from utm.pairing.group import UNIT
from utm.pairing.limits import Limits
from utm.pairing.policy import ExchangeRule, FocusKind
from utm.pairing.violations import violations_of

__all__ = ["lacking_less", "undersold"]

Whole = npt.NDArray[np.int64]

_MOST_FAULTS = 5
_MOST_NEAR = 2_000
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
    far = list(_too_far(definition, prices, capacity_prices or {}))
    if far:
        yield from far
        return
    once = group_prices or {}
    names = _four_of_each_kind(definition, prices, once)
    faults: set[tuple[Focus, tuple[str, ...]]] = set()
    for focus, group, worth, due in _near(definition, names, prices, capacity_prices or {}):
        asked = due + once.get(group, 0)
        if worth > asked and (focus, group) not in faults:
            single = definition.policy.focus is FocusKind.TOPIC
            names_it = focus[1][0] if single else focus[0]
            yield f"{' and '.join(group)} are worth {worth} under {names_it} and cost {asked}."
            faults.add((focus, group))
            if len(faults) == _MOST_FAULTS:
                return


def _too_far(
    definition: Definition, prices: Mapping[str, int], dues: Mapping[str, int]
) -> Iterator[str]:
    """Name prices so far from zero that sums of them might not fit into 64 bits."""
    for name in sorted(name for name, due in dues.items() if abs(due) > _FURTHEST):
        yield f"The capacity of {name} has a price too far from zero."
    limits = Limits(definition)
    shares = [_share(limits.least_dues(theme, dues)) for theme, _ in definition.foci()]
    lowest = min([0, *shares])
    for name in sorted(definition.people):
        if prices[name] + lowest - definition.priorities.get(name, 0) < -_FURTHEST:
            yield f"{name} has a price too far below zero."


def _share(least: int) -> int:
    """Return what each member of a group is asked for its dues: no group pays more by that."""
    return least // 4 if least > 0 else least // 2


def lacking_less(
    definition: Definition,
    prices: Mapping[str, int],
    capacity_prices: Mapping[str, int],
    than: int,
) -> dict[tuple[str, ...], int] | None:
    """Return the admissible groups that lack less than an amount to their members' prices.

    Parameters
    ----------
    definition, prices, capacity_prices
        As for `undersold`, which has found no group that exceeds them.
    than
        The amount in millionths.

    Returns
    -------
    What each group lacks, by its members; ``None`` where there are thousands.
    """
    found: dict[tuple[str, ...], int] = {}
    names = sorted(prices)
    for _, group, worth, asked in _near(definition, names, prices, capacity_prices, lack=than):
        if asked - worth < than:
            found[group] = min(asked - worth, found.get(group, than))
        if len(found) > _MOST_NEAR:
            return None
    return found


def _near(
    definition: Definition,
    names: list[str],
    prices: Mapping[str, int],
    dues: Mapping[str, int],
    *,
    lack: int = 0,
) -> Iterator[tuple[Focus, tuple[str, ...], int, int]]:
    """Yield admissible groups with their worth and what they cost.

    All that are worth more than that, or lack less than so many millionths.
    """
    limits = Limits(definition)
    barriers = Barriers(definition, names)
    likeness = _likeness(definition, names)
    tongues = _tongues(definition, names, dues)
    for focus in definition.foci():
        least = limits.least_dues(focus[0], dues)
        share = _share(least)
        first = definition.priorities
        asked_of = {name: prices[name] + share - first.get(name, 0) for name in names}
        table = _Table(
            definition,
            names,
            focus,
            prices=asked_of,
            barriers=barriers,
            likeness=likeness,
            lack=lack,
            rest=_Rest(limits.dues_but_for_language(focus[0], dues), share, tongues),
        )
        for members in table.suspects():
            group = tuple(names[index] for index in sorted(members))
            asked = sum(prices[name] for name in group) + limits.dues(group, focus[0], dues)
            worth = definition.score(group, focus)
            if worth > asked - lack and not violations_of(definition, group, focus):
                yield focus, group, worth, asked


@frozen
class _Rest:
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


def _tongues(
    definition: Definition, names: list[str], dues: Mapping[str, int]
) -> tuple[npt.NDArray[np.bool_], Whole] | None:
    """Return who may speak what, shape (n, languages), and what each language costs at least."""
    limited = {each.language for each in definition.policy.language_capacities}
    if not limited:
        return None
    spoken = [definition.people[name].languages for name in names]
    codes = sorted(limited.union(*(languages or () for languages in spoken)))
    # the last stands for any other: who is not known to speak any may speak that
    speaks = [
        [languages is None or code in languages for code in codes] + [languages is None]
        for languages in spoken
    ]
    costs = [*(dues.get(f"language {code}", 0) for code in codes), 0]
    return np.array(speaks, dtype=np.bool_), np.array(costs, dtype=np.int64)


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
        lack: int,
        rest: _Rest,
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
