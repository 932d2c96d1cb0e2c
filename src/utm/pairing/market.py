"""One focus at given prices, laid out for loops over whole numbers."""

from __future__ import annotations

from typing import Any, NamedTuple, TypeAlias

import numpy as np

from utm.pairing.arrays import Integers, PairingArrays
from utm.pairing.policy import ExchangeRule

__all__ = ["Graded", "Market", "Numbers", "Ranked", "Scratch", "market_of", "scratch_for"]

Numbers: TypeAlias = Any
"""An array of whole numbers. Loops index and add them as plain numbers, compiled or
not, which the stubs of NumPy do not let them do."""

_NO_LIMIT = 4
_TIES = {
    ExchangeRule.NOT_ASKED: 0,
    ExchangeRule.HELP: 1,
    ExchangeRule.HELP_OR_SHARED_NEED: 2,
}


class Market(NamedTuple):
    """Copies that may be in a group under one focus, by *place*: their number among these.

    Parameters
    ----------
    rows
        The copy at each place, rising.
    prices
        Millionths, bonus subtracted.
    needs, misses
        As in `FocusArrays`, shape (places, topics).
    totals
        Needs of each place together.
    need_starts, need_topics, need_weights
        Needs above zero, place by place.
    entry_starts, entries
        What each place brings to others, place by place: the number of a topic and the
        chance that its offer helps, in thousandths; or that number and as many again as there
        are topics, and the weight of its need. Shape (m, 2).
    kinds, tables, begins, widths
        As in `PairFacets`.
    named_starts, named_rows, named_values
        What is said of two by name, by copy.
    shared_challenge
        Worth of a whole need in common, in millionths.
    countries
        A number for the country of each place.
    fewest_countries, most_of_one_country
        As in the policy.
    locks
        The lock of each place, or -1.
    lock_sizes
        How many each lock holds.
    ties
        0 where nothing need tie two together, 1 for help, 2 for help or a shared need.
    """

    rows: Numbers
    prices: Numbers
    needs: Numbers
    misses: Numbers
    totals: Numbers
    need_starts: Numbers
    need_topics: Numbers
    need_weights: Numbers
    entry_starts: Numbers
    entries: Numbers
    kinds: Numbers
    tables: Numbers
    begins: Numbers
    widths: Numbers
    named_starts: Numbers
    named_rows: Numbers
    named_values: Numbers
    shared_challenge: int
    countries: Numbers
    fewest_countries: int
    most_of_one_country: int
    locks: Numbers
    lock_sizes: Numbers
    ties: int


class Ranked(NamedTuple):
    """What any two of a market can add to a group of three, as far down as anybody asks.

    Parameters
    ----------
    starts, others, values
        Of each place the others with whom it can add enough, the best first.
    """

    starts: Numbers
    others: Numbers
    values: Numbers


class Graded(NamedTuple):
    """What any two of a market can add to a group of four, rounded up to whole steps.

    Two add at most as much as their level and what each of them adds ``alone``: so one price
    far from all others leaves the steps of the others short.

    Parameters
    ----------
    step
        Length of a step, in thirds of 1e-12.
    levels
        Steps that any two can add besides, shape (places, places).
    alone
        Steps that each place adds whatever it is beside: less than zero where it has a price.
    most
        Steps that each place and another can add at most, both alone included.
    starts, others, listed
        Of each place the others with whom it can add most, the best first, and the steps
        that these add, their own included.
    unlisted
        No other whom a place does not list adds more.
    closest
        What each place and another are worth to each other at most beside learning, in 1e-6.
    offered
        The most that anybody offers of each topic, in 1e-3.
    needed
        The most that anybody needs in all, in 1e-6.
    """

    step: int
    levels: Numbers
    alone: Numbers
    most: Numbers
    starts: Numbers
    others: Numbers
    listed: Numbers
    unlisted: Numbers
    closest: Numbers
    offered: Numbers
    needed: int


class Scratch(NamedTuple):
    """Arrays to work in, which compiled loops cannot make for themselves.

    Parameters
    ----------
    alone, pair, members
        Places of one, two and up to four.
    wants, trio_wants
        What some leave unmet and offer, by topic.
    mixed
        What each kind is worth to some.
    thirds, waiting, beside, leads, sums, heights, keys, ceilings
        By place.
    """

    alone: Numbers
    pair: Numbers
    members: Numbers
    wants: Numbers
    trio_wants: Numbers
    mixed: Numbers
    thirds: Numbers
    waiting: Numbers
    beside: Numbers
    leads: Numbers
    sums: Numbers
    heights: Numbers
    keys: Numbers
    ceilings: Numbers


def scratch_for(market: Market) -> Scratch:
    """Make arrays to work in; no two threads may share them."""
    twice = 2 * market.needs.shape[1]
    sizes = [1, 2, 4, twice, twice, int(market.widths.sum())]
    few = [np.zeros(size, dtype=np.int64) for size in sizes]
    by_place = [*[np.int32] * 5, *[np.int64] * 3]
    return Scratch(*few, *(np.zeros(len(market.rows), dtype=each) for each in by_place))


def market_of(
    arrays: PairingArrays, number: int, prices: Integers, rows: Integers | None = None
) -> Market:
    """Lay out one focus.

    Parameters
    ----------
    arrays
        The problem.
    number
        Index of the focus.
    prices
        Millionths by copy, bonus subtracted.
    rows
        The copies to look at, rising; all that fit where ``None``.
    """
    focus = arrays.foci[number]
    rows = np.flatnonzero(focus.fits) if rows is None else rows
    needs, misses = focus.needs[rows].astype(np.int64), focus.misses[rows].astype(np.int64)
    needers, need_topics = np.nonzero(needs)
    brought = np.concatenate([1_000 - misses, needs], axis=1)
    bringers, entry_topics = np.nonzero(brought)
    named = focus.pairs.named
    most = arrays.policy.most_of_one_country
    places = np.arange(len(rows) + 1)
    return Market(
        rows=rows.astype(np.int64),
        prices=prices[rows],
        needs=needs,
        misses=misses,
        totals=needs.sum(axis=1),
        need_starts=np.searchsorted(needers, places),
        need_topics=np.ascontiguousarray(need_topics),
        need_weights=needs[needers, need_topics],
        entry_starts=np.searchsorted(bringers, places),
        entries=np.stack([entry_topics, brought[bringers, entry_topics]], axis=1).astype(np.int32),
        kinds=focus.pairs.kinds[rows],
        tables=focus.pairs.tables,
        begins=focus.pairs.begins,
        widths=focus.pairs.widths,
        named_starts=named.starts,
        named_rows=named.keys % max(1, named.count),
        named_values=named.values,
        shared_challenge=focus.shared_challenge,
        countries=arrays.countries[rows],
        fewest_countries=arrays.policy.fewest_countries,
        most_of_one_country=_NO_LIMIT if most is None else min(most, _NO_LIMIT),
        locks=arrays.lock_of[rows],
        lock_sizes=np.array([len(lock.members) for lock in arrays.policy.locks], dtype=np.int64),
        ties=_TIES[focus.exchange],
    )
