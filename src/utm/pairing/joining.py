"""Who adds most to a part of a group: one product of matrices for many parts at once.

What somebody z adds to the learning of some members is a sum over topics: what they leave
unmet times what z offers, and what z needs times what they offer. So all parts of groups
against all participants is one product of two thin matrices. Its entries are whole numbers
below 2**53, which double precision adds up exactly in any order.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from attrs import frozen

from utm.pairing.arrays import Floats, FocusArrays, Integers
from utm.pairing.pairs import FORBIDDEN

__all__ = ["Joining"]

_CERTAIN = 1_000
_MICRO = 1_000_000
_PARTS = 6  # of a group of four, three or two: thirds and halves are whole
_MOST_PRICE = 100_000_000  # millionths; no group is worth more
_APART = -1_000_000_000.0
_IMPOSSIBLE = -3e15
_CELLS = 1 << 20
_ALL = 3_000
_PROMISING = 1_000
_ALIKE = 250


@frozen(kw_only=True, eq=False)
class _Newcomers:
    """Those who may join, laid out as columns.

    Parameters
    ----------
    places
        Who they are, rising.
    layout
        What they offer and need by topic, shape (2 · topics, k).
    prices
        In 1e-12, shape (k,).
    kinds
        Their kinds in each facet, shape (facets, k).
    needs
        Shape (topics, k).
    index
        Of each place, its number among them, or -1.
    """

    places: Integers
    layout: Floats
    prices: Floats
    kinds: Integers
    needs: Floats
    index: Integers

    def among(self, chosen: Integers) -> _Newcomers:
        """Return some of them."""
        index = np.full(len(self.index), -1, dtype=np.int64)
        index[self.places[chosen]] = np.arange(len(chosen))
        return _Newcomers(
            places=self.places[chosen],
            layout=self.layout[:, chosen],
            prices=self.prices[chosen],
            kinds=self.kinds[:, chosen],
            needs=self.needs[:, chosen],
            index=index,
        )


class Joining:
    """The participants of one focus at given prices, laid out to be added to parts of groups.

    Parameters
    ----------
    focus
        The focus.
    rows
        The copies to look at, rising. All parts are told in *places*: numbers among these.
    prices
        Millionths by place, bonus subtracted.
    """

    def __init__(self, focus: FocusArrays, rows: Integers, prices: Integers) -> None:
        self._focus = focus
        self._rows = rows
        self._needs = focus.needs[rows]
        self._misses = focus.misses[rows]
        pairs = focus.pairs
        kinds = pairs.kinds[rows].astype(np.int64)
        self._tables: list[tuple[Integers, Floats]] = []
        chosen: list[int] = []
        for number, (begin, width) in enumerate(zip(pairs.begins, pairs.widths, strict=True)):
            table = pairs.tables[begin : begin + width * width].reshape(width, width)
            worth: Floats = np.where(table > FORBIDDEN // 2, table, _APART).astype(np.float64)
            if worth.any():
                self._tables.append((kinds[:, number], worth))
                chosen.append(number)
        self._place = np.full(len(focus.needs), -1, dtype=np.int64)
        self._place[rows] = np.arange(len(rows))
        self._all = _Newcomers(
            places=np.arange(len(rows)),
            layout=np.concatenate([_CERTAIN - self._misses, self._needs], axis=1).T.copy(),
            prices=np.clip(prices, -_MOST_PRICE, _MOST_PRICE).astype(np.float64) * _MICRO,
            kinds=kinds[:, chosen].T.copy(),
            needs=self._needs.T.copy(),
            index=np.arange(len(rows)),
        )

    def best(self, parts: Integers, count: int, size: int) -> Integers:
        """Return who adds most to each part of a group, ties to the first place.

        Parameters
        ----------
        parts
            Places of one, two or three members, shape (m, k).
        count
            How many to find.
        size
            How many members the group is to have in the end. Where that is more than k + 1,
            context and prices count by the share that falls on those who are there.

        Returns
        -------
        Places, shape (m, count), padded with -1 where fewer may join. Whether the whole
        group keeps every rule is not looked at.

        Notes
        -----
        Time grows with m, the places and the topics; memory does not grow with their product.
        """
        found = np.full((len(parts), count), -1, dtype=np.int64)
        for chunk, newcomers in self._chunks(parts, size):
            scores = self.scores(parts[chunk], size, newcomers)
            each = np.arange(len(chunk))
            for member in newcomers.index[parts[chunk]].T:
                scores[each[member >= 0], member[member >= 0]] = -np.inf
            for rank in range(min(count, len(newcomers.places))):
                best = scores.argmax(axis=1)
                possible = scores[each, best] > _IMPOSSIBLE
                found[chunk, rank] = np.where(possible, newcomers.places[best], -1)
                scores[each, best] = -np.inf
        return found

    def _chunks(self, parts: Integers, size: int) -> Iterator[tuple[Integers, _Newcomers]]:
        """Yield parts to look at together, and who may join them.

        Among thousands only those are looked at who might add most to one of a few parts that
        are alike: who would add most to what any of them leaves open.
        """
        if len(self._rows) <= _ALL:
            step = max(1, _CELLS // max(1, len(self._rows)))
            for begin in range(0, len(parts), step):
                yield np.arange(begin, min(begin + step, len(parts))), self._all
            return
        demand, supply = self._open(parts)
        kinds = [table[0][parts[:, 0]] for table in self._tables]
        order = np.lexsort((*kinds, supply.argmax(axis=1), demand.argmax(axis=1)))
        for begin in range(0, len(parts), _ALIKE):
            chunk = np.sort(order[begin : begin + _ALIKE])
            most = self.most(parts[chunk], size)
            promising = np.argpartition(-most, _PROMISING)[:_PROMISING]
            yield chunk, self._all.among(np.sort(promising))

    def most(self, parts: Integers, size: int) -> Floats:
        """Return what each could add at most to any of some parts, as in `scores`."""
        demand, supply = self._open(parts)
        left: Floats = np.concatenate([demand.max(axis=0), supply.max(axis=0)]) * _PARTS
        most: Floats = left @ self._all.layout
        most -= _PARTS * parts.shape[1] // (size - 1) * self._all.prices
        weight = _PARTS * 2 // (size - 1) * _MICRO
        for kinds, (own, table) in zip(self._all.kinds, self._tables, strict=True):
            most += table[own[parts]].sum(axis=1).max(axis=0)[kinds] * weight
        for _, place, worth in self._named(parts):
            by_name = np.zeros(len(most))
            np.maximum.at(by_name, place, worth * float(weight))
            most += by_name
        if self._focus.shared_challenge > 0:
            worth_of_need = self._focus.shared_challenge * weight / _MICRO
            for needed in self._needs[parts].max(axis=0):  # at each place of a part
                common = np.minimum(needed[:, None], self._all.needs)
                most += common.sum(axis=0) * worth_of_need
        return most

    def scores(self, parts: Integers, size: int, newcomers: _Newcomers | None = None) -> Floats:
        """Return in sixths of 1e-12 what each adds to each part, less a share of its price."""
        newcomers = self._all if newcomers is None else newcomers
        demand, supply = self._open(parts)
        left = np.concatenate([demand, supply], axis=1) * _PARTS
        scores: Floats = left @ newcomers.layout
        scores -= _PARTS * parts.shape[1] // (size - 1) * newcomers.prices
        weight = _PARTS * 2 // (size - 1) * _MICRO
        for kinds, (own, table) in zip(newcomers.kinds, self._tables, strict=True):
            mixed = table[own[parts]].sum(axis=1) * weight
            scores += mixed[:, kinds]
        for row, place, worth in self._named(parts):
            at = newcomers.index[place]
            here = at >= 0
            gain = np.maximum(worth[here], _APART) * float(weight)
            np.add.at(scores, (row[here], at[here]), gain)
        if self._focus.shared_challenge > 0:
            for member in parts.T:
                self._share(scores, member, weight, newcomers)
        return scores

    def _open(self, parts: Integers) -> tuple[Floats, Floats]:
        """Return what parts leave unmet, in 1e-9, and what they offer, in 1e-6, by topic."""
        needs, misses = self._needs[parts], self._misses[parts]
        if parts.shape[1] == 1:
            return needs[:, 0] * _CERTAIN, (_CERTAIN - misses[:, 0]) * _CERTAIN
        if parts.shape[1] == 2:  # noqa: PLR2004
            unmet = needs[:, 0] * misses[:, 1] + needs[:, 1] * misses[:, 0]
            return unmet, _MICRO - misses[:, 0] * misses[:, 1]
        unmet = needs[:, 0] * misses[:, 1] * misses[:, 2]
        unmet += needs[:, 1] * misses[:, 0] * misses[:, 2]
        unmet += needs[:, 2] * misses[:, 0] * misses[:, 1]
        return unmet // _CERTAIN, (_CERTAIN * _MICRO - misses.prod(axis=1)) // _CERTAIN

    def _named(self, parts: Integers) -> Iterator[tuple[Integers, Integers, Integers]]:
        """Yield part, place and worth of what is said of two by name."""
        named = self._focus.pairs.named
        if len(named.keys) == 0:
            return
        starts, partners = named.starts, named.keys % named.count
        for member in parts.T:
            copy = self._rows[member]
            count = starts[copy + 1] - starts[copy]
            row = np.repeat(np.arange(len(parts)), count)
            at = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
            at += np.repeat(starts[copy], count)
            place = self._place[partners[at]]
            here = place >= 0
            yield row[here], place[here], named.values[at[here]]

    def _share(self, scores: Floats, member: Integers, weight: int, newcomers: _Newcomers) -> None:
        """Add what facing the same needs is worth, topic by topic."""
        worth = self._focus.shared_challenge * weight / _MICRO
        for own, needs in zip(self._needs.T, newcomers.needs, strict=True):
            rows, places = np.flatnonzero(own[member]), np.flatnonzero(needs)
            if len(rows) and len(places):
                common = np.minimum(own[member[rows], None], needs[places])
                scores[np.ix_(rows, places)] += np.floor(common * worth)
