"""A closer bound over a known set of columns, by subset-row cuts.

Take any three participants. Of the groups that hold two or three of them at most one
can be formed; the linear program may take such groups by halves. Adding that inequality
for the threes that a solution offends brings its value down to nearly the integer
optimum. The set of columns is complete for the purpose (every grouping better than the
best so far consists of them), so new columns are found by looking at each.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from utm.pairing.arrays import Booleans, Floats, Integers, PairingArrays
from utm.pairing.columns import Columns, classes_of, formed_once, surplus
from utm.pairing.master import Cuts, no_cuts, relaxed
from utm.pairing.once import once_prices

__all__ = ["Tightening"]

_FIRST = 3_000
_MORE = 1_500
_CUTS_A_ROUND = 80
_OFFENCE = 0.02
_ROUNDS = 80
_PATIENCE = 4
_STALL = 2e-5


class Tightening:
    """A linear program over columns, with cuts.

    Parameters
    ----------
    arrays
        The problem.
    columns
        All columns of which any better grouping consists.
    prices
        Prices by class to start from, bonus included.

    Attributes
    ----------
    columns, excess
        Those that any better grouping can still hold, and their worth less their prices.
    bound
        No better grouping is worth more, bonus included.
    cuts
        Threes of classes, shape (c, 3).
    prices
        Prices by class of the last solution.
    """

    def __init__(self, arrays: PairingArrays, columns: Columns, prices: Integers) -> None:
        self._arrays = arrays
        self.columns = columns
        self.cuts: Cuts = no_cuts()
        self._held: list[Integers] = []
        once = once_prices(arrays, columns, prices)
        self.bound = self._reach = int((prices * arrays.places).sum()) + once.total
        self.prices = prices
        self._cut_prices = np.zeros(0, dtype=np.int64)
        self.excess = self._excess()
        self._active: Booleans = np.zeros(len(columns), dtype=np.bool_)
        self._active[np.argsort(-self.excess, kind="stable")[:_FIRST]] = True

    def run(
        self, *, known: Callable[[], int], interrupted: Callable[[], bool], tell: Callable[[], None]
    ) -> None:
        """Add cuts until they stop helping.

        Parameters
        ----------
        known
            Worth of the best grouping so far, bonus included.
        interrupted
            Whether to stop.
        tell
            Called after each round.
        """
        waited = 0
        for _ in range(_ROUNDS):
            before = self.bound
            shares = self._solve(interrupted)
            if shares is None or self.bound <= known():
                return
            self.forget(known())
            tell()
            waited = waited + 1 if before - self.bound < _STALL * self.bound else 0
            if waited >= _PATIENCE or not self._cut(*shares):
                return

    def _solve(self, interrupted: Callable[[], bool]) -> tuple[Columns, Floats] | None:
        """Solve over all columns by adding those that are missing; return the shares taken."""
        while not interrupted():
            chosen = self.columns.taken(self._active)
            solution = relaxed(self._arrays, chosen, self.cuts)
            self.prices, self._cut_prices = solution.prices, solution.cut_prices
            self.excess = self._excess()
            missing = np.flatnonzero((self.excess > 0) & ~self._active)
            value = int((solution.prices * self._arrays.places).sum() + solution.cut_prices.sum())
            value += self._spare_once()
            self._reach = value + self._excess_share()
            self.bound = min(self.bound, self._reach)
            if len(missing) == 0 or int(self.excess[missing].max()) <= 20:  # noqa: PLR2004
                return chosen, solution.shares
            order = np.argsort(-self.excess[missing], kind="stable")[:_MORE]
            self._active[missing[order]] = True
        return None

    def _spare_once(self) -> int:
        """Take what active columns that can be formed once have in excess as their own price."""
        spared = self._active & (self.excess > 0) & formed_once(self._arrays, self.columns)
        own = int(self.excess[spared].sum())
        self.excess[spared] = 0
        return own

    def _excess_share(self) -> int:
        """Return what the prices lack: for each class its largest share of an excess."""
        positive = np.flatnonzero(self.excess > 0)
        classes = classes_of(self._arrays, self.columns.taken(positive))
        sizes = (classes >= 0).sum(axis=1)
        share = -(-self.excess[positive] // sizes)
        most = np.zeros(self._arrays.classes + 1, dtype=np.int64)
        np.maximum.at(most, classes, np.broadcast_to(share[:, None], classes.shape))
        return int((most[:-1] * self._arrays.places).sum())

    def _excess(self) -> Integers:
        """Return worth less prices of every column, cuts included."""
        excess = surplus(self._arrays, self.columns, self.prices)
        for held, price in zip(self._held, self._cut_prices.tolist(), strict=False):
            if price:
                excess[held] -= price
        whole: Integers = excess
        return whole

    def excess_of(self, columns: Columns) -> Integers:
        """Return worth less prices of other columns, cuts included."""
        excess = surplus(self._arrays, columns, self.prices)
        classes = classes_of(self._arrays, columns)
        for cut, price in zip(self.cuts, self._cut_prices.tolist(), strict=False):
            if price:
                excess[_held_by(classes, cut)] -= price
        whole: Integers = excess
        return whole

    def nearest(self, count: int) -> Columns:
        """Return the columns that are worth most beyond their prices."""
        return self.columns.taken(np.sort(np.argsort(-self.excess, kind="stable")[:count]))

    def forget(self, known: int) -> None:
        """Drop columns that no better grouping can hold."""
        kept = self.excess > known - self._reach
        moved = np.cumsum(kept) - 1
        self._held = [moved[held[kept[held]]] for held in self._held]
        self.columns = self.columns.taken(kept)
        self._active = self._active[kept]
        self.excess = self.excess[kept]

    def _cut(self, columns: Columns, shares: Floats) -> bool:
        """Add the inequalities that the shares offend most; return whether there are any."""
        found = offended(self._arrays, columns, shares)
        known = {tuple(cut) for cut in self.cuts.tolist()}
        fresh = [cut for cut in found.tolist() if tuple(cut) not in known][:_CUTS_A_ROUND]
        if fresh:
            added = np.array(fresh, dtype=np.int64)
            self.cuts = np.concatenate([self.cuts, added])
            classes = classes_of(self._arrays, self.columns)
            for cut in added:
                self._held.append(_held_by(classes, cut))
        return bool(fresh)


def _held_by(classes: Integers, cut: Integers) -> Integers:
    """Return the columns that hold two or three of a three."""
    held: Integers = np.flatnonzero(np.isin(classes, cut).sum(axis=1) > 1)
    return held


def offended(arrays: PairingArrays, columns: Columns, shares: Floats) -> Cuts:
    """Return the threes of single participants that a solution offends, the most first.

    Time grows with n³ over those who are in a group by a share.
    """
    taken = shares > 1e-7  # noqa: PLR2004
    classes, shares = classes_of(arrays, columns.taken(taken)), shares[taken]
    split = np.unique(classes[shares < 1 - 1e-7])
    split = split[(split >= 0) & (arrays.places[split] == 1)]
    place = np.full(arrays.classes + 1, -1, dtype=np.int64)
    place[split] = np.arange(len(split))
    local = place[classes]
    count = len(split)
    pairs = np.zeros((count, count))
    trios = np.zeros((count, count, count))
    for left in range(4):
        for right in range(4):
            good = (local[:, left] >= 0) & (local[:, right] >= 0) & (left != right)
            np.add.at(pairs, (local[good, left], local[good, right]), shares[good])
            for third in range(4):
                if len({left, right, third}) == 3:  # noqa: PLR2004
                    whole = good & (local[:, third] >= 0)
                    where = (local[whole, left], local[whole, right], local[whole, third])
                    np.add.at(trios, where, shares[whole])
    offence = pairs[:, :, None] + pairs[:, None, :] + pairs[None, :, :] - 2 * trios - 1
    one, two, three = np.nonzero(offence > _OFFENCE)
    ordered = (one < two) & (two < three)
    found = np.stack([one[ordered], two[ordered], three[ordered]], axis=1)
    worst = offence[found[:, 0], found[:, 1], found[:, 2]]
    cuts: Cuts = split[found[np.argsort(-np.round(worst, 6), kind="stable")]]
    return cuts
