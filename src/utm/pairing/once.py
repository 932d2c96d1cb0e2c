"""The price of the rule that no two groups have the same members.

Where all members of a group may be in several groups, nothing but that rule keeps them
from forming it again, and prices of participants alone would have to pay for that. So each
such group may have a price of its own: what it is worth beyond its members' prices.
"""

from __future__ import annotations

import numpy as np
from attrs import frozen

from utm.pairing.arrays import Integers, PairingArrays
from utm.pairing.columns import Columns, formed_once, surplus

__all__ = ["OncePrices", "once_prices"]


@frozen(kw_only=True, eq=False)
class OncePrices:
    """Prices of some sets of participants, in millionths, all above zero.

    Parameters
    ----------
    copies
        The sets, padded with -1, shape (k, 4).
    prices
        Their prices, shape (k,).
    """

    copies: Integers
    prices: Integers

    @property
    def total(self) -> int:
        """All prices together: each set can be formed once."""
        return int(self.prices.sum())

    def of(self, columns: Columns) -> Integers:
        """Return the price of the set of each column, zero where it has none."""
        found = np.zeros(len(columns), dtype=np.int64)
        if len(self.prices):
            known: dict[tuple[int, ...], int] = {}
            for row, price in zip(self.copies.tolist(), self.prices.tolist(), strict=True):
                known[tuple(row)] = price
            found[:] = [known.get(tuple(row), 0) for row in columns.copies.tolist()]
        return found


def once_prices(arrays: PairingArrays, columns: Columns, prices: Integers) -> OncePrices:
    """Return what sets that can be formed once are worth beyond the prices by class."""
    columns = columns.taken(formed_once(arrays, columns))
    excess = surplus(arrays, columns, prices)
    copies, excess = columns.copies[excess > 0], excess[excess > 0]
    sets, of_set = np.unique(copies, axis=0, return_inverse=True)
    most = np.zeros(len(sets), dtype=np.int64)
    np.maximum.at(most, of_set.ravel(), excess)
    return OncePrices(copies=sets, prices=most)
