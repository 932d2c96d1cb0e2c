"""Numbers about any two participants, without a table of all pairs.

What two have in common depends on a few facts of each, such as climate and time zone. So
a table over *kinds* of participants says it for all pairs, and only what is said of two
by name is listed pair by pair.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

import numpy as np
import numpy.typing as npt
from attrs import evolve, frozen

__all__ = ["FORBIDDEN", "NamedPairs", "PairFacets", "PairTable", "facets_of", "kinds_of"]

_Integers = npt.NDArray[np.int64]
_Booleans = npt.NDArray[np.bool_]

FORBIDDEN = -(1 << 40)
"""Added to the worth of two who must not be together: far below any worth."""

_MOST_KINDS = 150


@frozen(kw_only=True, eq=False)
class PairTable:
    """A number for any two copies that depends on the kind of each.

    Parameters
    ----------
    kinds
        Kind of each copy, shape (n,).
    table
        Numbers by the kinds of two, symmetric, shape (k, k). A table over all pairs is one
        in which each copy is a kind of its own.
    """

    kinds: _Integers
    table: _Integers

    def of(self, left: _Integers, right: _Integers) -> _Integers:
        """Return the numbers of pairs; indices broadcast."""
        return self.table[self.kinds[left], self.kinds[right]]


@frozen(kw_only=True, eq=False)
class NamedPairs:
    """Numbers for some pairs of copies, zero for all others.

    Parameters
    ----------
    keys
        left · n + right of each pair in both directions, rising.
    values
        Their numbers.
    count
        The number *n* of copies.
    """

    keys: _Integers
    values: _Integers
    count: int

    @classmethod
    def made(cls, count: int, pairs: Iterable[tuple[int, int, int]]) -> NamedPairs:
        """Return the table of some pairs (left, right, number); numbers of one pair add up."""
        listed = [(i * count + j, value) for a, b, value in pairs for i, j in ((a, b), (b, a))]
        found = np.array(listed, dtype=np.int64).reshape(len(listed), 2)
        keys, place = np.unique(found[:, 0], return_inverse=True)
        values = np.zeros(len(keys), dtype=np.int64)
        np.add.at(values, place, found[:, 1])
        return cls(keys=keys, values=values, count=count)

    def of(self, left: _Integers, right: _Integers) -> _Integers:
        """Return the numbers of pairs; indices broadcast."""
        if len(self.keys) == 0:
            return np.zeros(np.broadcast_shapes(np.shape(left), np.shape(right)), dtype=np.int64)
        wanted = left * self.count + right
        place = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        return np.where(self.keys[place] == wanted, self.values[place], 0)

    @property
    def starts(self) -> _Integers:
        """Where the pairs of each copy begin, shape (n + 1,)."""
        return np.searchsorted(self.keys, np.arange(self.count + 1) * self.count)


@frozen(kw_only=True, eq=False)
class PairFacets:
    """The worth of any two copies to each other as the sum of a few tables.

    Parameters
    ----------
    kinds
        Kind of each copy in each table, shape (n, f), 32 bits.
    tables
        All tables one after the other, row by row.
    begins, widths
        Where each table begins, and how many kinds it has.
    named
        What is said of two by name.
    """

    kinds: npt.NDArray[np.int32]
    tables: _Integers
    begins: _Integers
    widths: _Integers
    named: NamedPairs

    def of(self, left: _Integers, right: _Integers) -> _Integers:
        """Return the worth of pairs; indices broadcast; below ``FORBIDDEN / 2`` for none."""
        worth = self.named.of(left, right)
        for number, (begin, width) in enumerate(zip(self.begins, self.widths, strict=True)):
            kinds = self.kinds[:, number].astype(np.int64)
            worth = worth + self.tables[begin + kinds[left] * width + kinds[right]]
        return worth

    def with_table(self, table: PairTable) -> PairFacets:
        """Return the same with one table more."""
        kinds = table.kinds.astype(np.int32)
        return evolve(
            self,
            kinds=np.concatenate([self.kinds, kinds[:, None]], axis=1),
            tables=np.concatenate([self.tables, table.table.ravel()]),
            begins=np.append(self.begins, len(self.tables)),
            widths=np.append(self.widths, len(table.table)),
        )

    def highest(self) -> _Integers:
        """Return for each copy a bound on its worth with any other, shape (n,)."""
        most = np.zeros(len(self.kinds), dtype=np.int64)
        for number, (begin, width) in enumerate(zip(self.begins, self.widths, strict=True)):
            kinds = self.kinds[:, number].astype(np.int64)
            table = self.tables[begin : begin + width * width].reshape(width, width)
            present = np.unique(kinds)
            most += table[:, present].max(axis=1, initial=FORBIDDEN)[kinds]
        gains = np.maximum(self.named.values, 0)
        np.add.at(most, self.named.keys // max(1, self.named.count), gains)
        return most


def kinds_of(facts: Sequence[Hashable]) -> tuple[_Integers, list[int]]:
    """Number different facts as they occur; return the kind of each and a place of each kind."""
    number: dict[Hashable, int] = {}
    first: list[int] = []
    kinds = np.zeros(len(facts), dtype=np.int64)
    for place, fact in enumerate(facts):
        kind = number.setdefault(fact, len(number))
        if kind == len(first):
            first.append(place)
        kinds[place] = kind
    return kinds, first


def facets_of(
    count: int, tables: Sequence[PairTable], named: Sequence[NamedPairs] = ()
) -> PairFacets:
    """Add up tables to as few as stay small.

    Parameters
    ----------
    count
        The number *n* of copies.
    tables, named
        What is to be added.
    """
    merged: list[PairTable] = []
    for table in sorted((_collapsed(each) for each in tables), key=lambda each: len(each.table)):
        if merged:
            wider = _merged(merged[-1], table)
            if len(wider.table) <= _MOST_KINDS:
                merged[-1] = wider
                continue
        merged.append(table)
    if not merged:
        nothing = np.zeros((1, 1), dtype=np.int64)
        merged = [PairTable(kinds=np.zeros(count, dtype=np.int64), table=nothing)]
    sizes = np.array([len(each.table) for each in merged], dtype=np.int64)
    keys = np.concatenate([np.zeros(0, dtype=np.int64), *(each.keys for each in named)])
    values = np.concatenate([np.zeros(0, dtype=np.int64), *(each.values for each in named)])
    unique, place = np.unique(keys, return_inverse=True)
    totals = np.zeros(len(unique), dtype=np.int64)
    np.add.at(totals, place, values)
    return PairFacets(
        kinds=np.stack([each.kinds for each in merged], axis=1).astype(np.int32),
        tables=np.concatenate([each.table.ravel() for each in merged]),
        begins=np.append(0, np.cumsum(sizes**2))[:-1],
        widths=sizes,
        named=NamedPairs(keys=unique, values=totals, count=count),
    )


def _collapsed(pairs: PairTable) -> PairTable:
    """Return the same table with one kind for those that it does not tell apart."""
    rows, first, kinds = np.unique(pairs.table, axis=0, return_index=True, return_inverse=True)
    return PairTable(kinds=kinds.ravel()[pairs.kinds].astype(np.int64), table=rows[:, first])


def _merged(one: PairTable, other: PairTable) -> PairTable:
    """Return one table over the pairs of kinds that occur."""
    both = one.kinds * len(other.table) + other.kinds
    present, kinds = np.unique(both, return_inverse=True)
    if len(present) > _MOST_KINDS:
        return PairTable(kinds=kinds, table=np.zeros((len(present), 0), dtype=np.int64))
    left, right = present // len(other.table), present % len(other.table)
    table = one.table[np.ix_(left, left)] + other.table[np.ix_(right, right)]
    return PairTable(kinds=kinds.astype(np.int64), table=table)
