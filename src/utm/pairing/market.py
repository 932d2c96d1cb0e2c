"""One focus at given prices, laid out for loops over whole numbers."""

from __future__ import annotations

from typing import Any, NamedTuple, TypeAlias

import numpy as np

from utm.pairing.arrays import Integers, PairingArrays
from utm.pairing.policy import ExchangeRule

__all__ = ["Market", "Numbers", "market_of"]

Numbers: TypeAlias = Any
"""An array of whole numbers of 64 bits. Loops index and add them as plain numbers, compiled or
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
    offer_starts, offer_topics, offer_chances
        Offers with their chances in thousandths, place by place.
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
    offer_starts: Numbers
    offer_topics: Numbers
    offer_chances: Numbers
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
    offerers, offer_topics = np.nonzero(misses < 1_000)  # noqa: PLR2004
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
        offer_starts=np.searchsorted(offerers, places),
        offer_topics=np.ascontiguousarray(offer_topics),
        offer_chances=1_000 - misses[offerers, offer_topics],
        kinds=focus.pairs.kinds[rows].astype(np.int64),
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
