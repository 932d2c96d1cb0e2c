"""Groups worth more than the prices of their members: all of them, with proof.

Why nothing is missed. Let *exch* be the learning inside a group under one focus, *P*
the worth of its pairs, *π* the sum of its members' prices. Learning from partners is
submodular and nothing is learnt alone, hence for any four x, y, z, l::

    exch(xyzl) ≤ exch(xyz) + exch(xyl) - exch(xy) + exch(zl)

With b(xy) = exch + ⅔P - ⅓π of a pair and h(xyz) = exch + ⅔P - ⅔π of a triple, the
reduced cost exch + ⅔P - π of the four is at most h(xyz) + h(xyl) - b(xy) + b(zl), and
at most the sum of its six b. So it is enough to start from each group's best pair, with
b > τ/6, and to join only those triples that pass the first test. Triples as groups have
the reduced cost exch + P - π ≤ Σ (exch + P - ½π) over their pairs, so their best pair
exceeds τ/3. Rounding learning down only lowers a group's worth, so the bounds hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from utm.pairing.arrays import Booleans, Floats, FocusArrays, Integers, PairingArrays
from utm.pairing.columns import Columns, appraise
from utm.pairing.compiled import IS_COMPILED, wants_loops

__all__ = ["FocusScan", "are_countable", "priced_above"]

_NEVER = -1e300
_PAIR_TO_TRIPLE = 1e3
_MICRO = 1e6  # millionths to the unit of triples, 1e-12
_JOIN_CHUNK = 2_000_000
_PIECES, _LARGE = 200, 20_000
_VERY_MANY = 300_000
_TRIO, _FOUR = 3, 4
_COUNTABLE = 1 << 62  # thirds of 1e-12, and half of what 64 bits hold
_OF_A_PRICE, _OF_THE_THRESHOLD = 16_000_000, 3_000_000


def are_countable(prices: Integers, threshold: int) -> bool:
    """Return whether sums of prices fit into 64 bits where they are counted most finely.

    Prices, bonus subtracted, are that far from zero only where somebody must be placed among
    a hundred thousand places in groups or more.
    """
    furthest = int(np.abs(prices).max(initial=0))
    return furthest * _OF_A_PRICE + abs(threshold) * _OF_THE_THRESHOLD < _COUNTABLE


def priced_above(
    arrays: PairingArrays, number: int, prices: Integers, threshold: int
) -> Iterator[Columns]:
    """Yield, piece by piece, every admissible group of one focus with a high reduced cost.

    Of groups that differ only in which of several alike they hold, the one with the first.

    Parameters
    ----------
    arrays
        The problem.
    number
        Index of the focus.
    prices
        Millionths by copy, bonus subtracted, of any sign, the same for all of a class.
    threshold
        Groups whose worth exceeds their members' prices by more than this are yielded.

    Raises
    ------
    OverflowError
        The prices are not `are_countable`.
    """
    if not are_countable(prices, threshold):
        raise OverflowError("the prices are too far from zero to be counted in 64 bits")
    candidates = _candidates_of(arrays)(arrays, number, prices, threshold)
    if arrays.copies > len(arrays.class_members):
        candidates = _in_turn(arrays, candidates)
    for members in _gathered(candidates):
        if len(members):
            yield appraise(arrays, number, members, prices=prices, threshold=threshold)
        else:
            yield Columns.none()


def _in_turn(arrays: PairingArrays, pieces: Iterator[Integers]) -> Iterator[Integers]:
    """Yield the groups that take of each class its first copies: of those alike, one."""
    follows = np.append(False, np.diff(arrays.class_of) == 0)
    for members in pieces:
        skips = np.zeros(len(members), dtype=np.bool_)
        for place in range(members.shape[1]):
            before = (members == members[:, [place]] - 1).any(axis=1)
            skips |= follows[members[:, place]] & ~before
        yield members[~skips]


def _gathered(pieces: Iterator[Integers]) -> Iterator[Integers]:
    """Yield the same groups in larger pieces, each of groups of one size, or empty meanwhile."""
    held: dict[int, list[Integers]] = {}
    for piece in pieces:
        parts = held.setdefault(piece.shape[1], [])
        if len(piece):
            parts.append(piece)
        if len(parts) > _PIECES or len(piece) > _LARGE:
            yield np.concatenate(parts)
            parts.clear()
        else:
            yield piece[:0]
    for parts in held.values():
        if parts:
            yield np.concatenate(parts)


def _candidates_of(
    arrays: PairingArrays,
) -> Callable[[PairingArrays, int, Integers, int], Iterator[Integers]]:
    if not wants_loops(arrays.copies):
        return _few_or_by_loops if IS_COMPILED else _candidates
    from utm.pairing.scanning import groups_above  # noqa: PLC0415 - loads numba

    return groups_above


def _few_or_by_loops(
    arrays: PairingArrays, number: int, prices: Integers, threshold: int
) -> Iterator[Integers]:
    """Yield candidates, or, where these are very many, those that loops leave of them."""
    held: list[Integers] = []
    count = 0
    for piece in _candidates(arrays, number, prices, threshold):
        held.append(piece)
        count += len(piece)
        if count > _VERY_MANY:
            break
        yield piece[:0]
    else:
        yield from held
        return
    held.clear()
    from utm.pairing.scanning import groups_above  # noqa: PLC0415 - loads numba

    yield from groups_above(arrays, number, prices, threshold)


def _candidates(
    arrays: PairingArrays, number: int, prices: Integers, threshold: int
) -> Iterator[Integers]:
    focus = arrays.foci[number]
    rows = np.flatnonzero(focus.fits)
    if len(rows) == 0:
        return
    policy = arrays.policy
    countries = arrays.countries[rows] if policy.fewest_countries > 1 else np.arange(len(rows))
    scan = FocusScan(
        focus, rows, prices.astype(np.float64)[rows], float(threshold), countries=countries
    )
    if policy.smallest_group <= 2:  # noqa: PLR2004
        yield rows[scan.pairs()]
    for anchor in range(len(rows)):
        if policy.smallest_group <= _TRIO <= policy.largest_group:
            yield rows[scan.trios(anchor)]
        if policy.largest_group == _FOUR:
            for quads in scan.quads(anchor):
                yield rows[quads]


class FocusScan:
    """Bounds of pairs and triples of one focus at given prices, on the rows that count."""

    def __init__(
        self,
        focus: FocusArrays,
        rows: Integers,
        prices: Floats,
        threshold: float,
        *,
        countries: Integers,
    ) -> None:
        grid = rows[:, None], rows[None, :]
        self.needs = focus.needs[rows]
        self.misses = focus.misses[rows]
        self.both = np.concatenate([self.misses, self.needs], axis=1).T.copy()
        self.total = self.needs.sum(axis=1) * _MICRO
        self.countries = countries  # a group spans at least two
        self.together: Booleans = focus.together(*grid)
        self.worth = np.where(self.together, focus.pair_worth(*grid), 0).astype(np.float64) * _MICRO
        self.prices = prices * _MICRO
        self.threshold = threshold * _MICRO
        total = self.needs.sum(axis=1) * 1e3
        learnt = total[:, None] - self.needs @ self.misses.T
        exchange = (learnt + learnt.T) * _PAIR_TO_TRIPLE
        price = self.prices[:, None] + self.prices[None, :]
        self.pair_excess = np.where(self.together, exchange + 2 * self.worth - price, _NEVER)
        # three times b, and twice the bound of a pair within a triple
        self.in_four = np.where(self.together, 3 * exchange + 2 * self.worth - price, _NEVER)
        self.in_trio = np.where(self.together, 2 * (exchange + self.worth) - price, _NEVER)

    def pairs(self) -> Integers:
        """Return the pairs above the threshold."""
        apart = self.countries[:, None] != self.countries
        return np.argwhere(np.triu((self.pair_excess > self.threshold) & apart))

    def exchange_with(self, anchor: int, partners: Integers) -> Floats:
        """Exchange of anchor, each partner and each third, in 1e-12; shape (partners, rows)."""
        needs = (
            self.needs[anchor] * self.misses[partners] + self.misses[anchor] * self.needs[partners]
        )
        factors = np.concatenate([needs, self.misses[anchor] * self.misses[partners]], axis=1)
        total = self.total[anchor] + self.total[partners]
        exchange: Floats = total[:, None] + self.total[None, :] - factors @ self.both
        return exchange

    def trios(self, anchor: int) -> Integers:
        """Return the triples above the threshold whose best pair begins with the anchor."""
        best = self.in_trio[anchor]
        partners = np.flatnonzero(best * 3 > self.threshold * 2)
        partners = partners[partners > anchor]
        if len(partners) == 0:
            return np.zeros((0, 3), dtype=np.int64)
        excess = self.exchange_with(anchor, partners)
        excess += self.worth[anchor] + self.worth[partners] - self.prices
        own = self.worth[anchor, partners] - self.prices[anchor] - self.prices[partners]
        excess += own[:, None]
        top = best[partners][:, None]
        wanted = (best <= top) & (self.in_trio[partners] <= top) & (excess > self.threshold)
        wanted &= self.together[anchor] & self.together[partners]
        abroad = self.countries != self.countries[anchor]
        wanted &= abroad[partners][:, None] | abroad
        which, third = np.nonzero(wanted)
        return np.stack([np.full(len(which), anchor), partners[which], third], axis=1)

    def quads(self, anchor: int) -> Iterator[Integers]:
        """Yield the fours that may be above, whose best pair begins with the anchor."""
        best = self.in_four[anchor]
        partners = np.flatnonzero(best * 6 > self.threshold * 3)
        partners = partners[partners > anchor]
        if len(partners) == 0:
            return
        bound = 3 * self.exchange_with(anchor, partners)
        bound += 2 * (self.worth[anchor] + self.worth[partners] - self.prices)
        own = self.worth[anchor, partners] - self.prices[anchor] - self.prices[partners]
        bound += 2 * own[:, None]
        top = best[partners][:, None]
        bound[(best > top) | (self.in_four[partners] > top)] = _NEVER
        bound[~(self.together[anchor] & self.together[partners])] = _NEVER
        least = 3 * self.threshold
        highest = bound.max(axis=1)
        wanted = (bound > least - highest[:, None]) & (2 * highest > least)[:, None]
        abroad = self.countries != self.countries[anchor]
        at_home = ~abroad[partners]  # then one of the two beside them is abroad
        wanted[at_home] &= (wanted[at_home] & abroad).any(axis=1)[:, None]
        which, third = np.nonzero(wanted)
        height = bound[which, third]
        order = np.lexsort((-height, which))
        which, third, height = which[order], third[order], height[order]
        for one, other in _pairs_within(which, 2 * height > least):
            between = self.in_four[third[one], third[other]]
            partner = partners[which[one]]
            passes = height[one] + height[other] + between > least + best[partner]
            passes &= between <= best[partner]
            passes &= ~at_home[which[one]] | abroad[third[one]] | abroad[third[other]]
            fours = [partner, third[one], third[other]]
            found = np.stack([each[passes] for each in fours], axis=1)
            yield np.concatenate([np.full((len(found), 1), anchor), found], axis=1)


def _pairs_within(group: Integers, leads: Booleans) -> Iterator[tuple[Integers, Integers]]:
    """Yield each leading place with all that follow it in its group, some at a time.

    ``group`` numbers the places, rising.
    """
    leaders = np.flatnonzero(leads)
    followers = np.searchsorted(group, group[leaders], side="right") - leaders - 1
    before = np.append(0, np.cumsum(followers))
    begin = 0
    while begin < len(leaders):
        enough = int(np.searchsorted(before, int(before[begin]) + _JOIN_CHUNK))
        end = min(max(begin + 1, enough), len(leaders))
        counts = followers[begin:end]
        one = np.repeat(leaders[begin:end], counts)
        place = np.arange(len(one)) - np.repeat(before[begin:end] - before[begin], counts)
        yield one, one + 1 + place
        begin = end
