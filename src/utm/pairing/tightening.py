"""A closer bound over a known set of columns, by cuts.

The linear program may take groups by halves. Adding inequalities that it offends so, and
that whole groups keep, brings its value down to nearly the integer optimum. The set of
columns is complete for the purpose (every grouping better than the best so far consists of
them), so new columns are found by looking at each.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from attrs import evolve, frozen

from utm.pairing.arrays import Booleans, Floats, Integers, PairingArrays
from utm.pairing.columns import Columns, classes_of, formed_once, surplus
from utm.pairing.cuts import Cut, CutRows, rows_of
from utm.pairing.halving import offended_halves, offended_threes
from utm.pairing.master import IS_BASIC, Basis, Relaxation, relaxed
from utm.pairing.once import once_prices

__all__ = ["Tightening"]

_FIRST = 3_000
_MORE = 1_500
_NEGLIGIBLE = 20  # millionths
_THREES_A_ROUND = 80
_HALVES_A_ROUND = 60
_FEW_THREES = 30
_ROUNDS = 80
_PATIENCE = 4
_IDLE = 2  # rounds
_FEW = 600  # columns
_STALL = 2e-5


@frozen(kw_only=True, eq=False)
class _Row:
    """A cut in the program, which columns take how much of it, and for how long none used it up."""

    cut: Cut
    columns: Integers
    taken: Integers
    idle: int = 0

    def spread(self, count: int) -> Integers:
        """Return how much each of so many columns takes of it."""
        taken = np.zeros(count, dtype=np.int64)
        taken[self.columns] = self.taken
        return taken

    def moved(self, kept: Booleans, place: Integers) -> _Row:
        """Return it among the columns that are kept."""
        stays = kept[self.columns]
        return evolve(self, columns=place[self.columns[stays]], taken=self.taken[stays])


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
    prices
        Prices by class of the last solution.
    """

    def __init__(self, arrays: PairingArrays, columns: Columns, prices: Integers) -> None:
        self._arrays = arrays
        self.columns = columns
        self._classes = classes_of(arrays, columns)
        self._rows: list[_Row] = []
        once = once_prices(arrays, columns, prices)
        self.bound = self._reach = int((prices * arrays.places).sum()) + once.total
        self.prices = prices
        self._cut_prices = np.zeros(0, dtype=np.int64)
        self.excess = self._excess()
        self._active: Booleans = np.zeros(len(columns), dtype=np.bool_)
        self._active[np.argsort(-self.excess, kind="stable")[:_FIRST]] = True
        self._status = np.zeros(len(columns), dtype=np.int64)
        self._row_status: Integers | None = None

    @property
    def cuts(self) -> tuple[Cut, ...]:
        """The cuts of the program."""
        return tuple(row.cut for row in self._rows)

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
        for number in range(_ROUNDS):
            before = self.bound
            shares = self._solve(interrupted)
            if shares is None or self.bound <= known():
                return
            self._leave_out()
            offended = self._offended(shares, seed=number)
            self.forget(known())
            tell()
            waited = waited + 1 if before - self.bound < _STALL * self.bound else 0
            if waited >= _PATIENCE or len(self.columns) <= _FEW or not offended:
                return
            self._add(offended)

    def _solve(self, interrupted: Callable[[], bool]) -> Floats | None:
        """Solve over all columns by adding those that are missing; return the shares taken."""
        while not interrupted():
            active = np.flatnonzero(self._active)
            solution = self._relaxed(active)
            self.prices, self._cut_prices = solution.prices, solution.cut_prices
            self.excess = self._excess()
            missing = np.flatnonzero((self.excess > 0) & ~self._active)
            value = int((solution.prices * self._arrays.places).sum())
            value += sum(
                row.cut.limit * price
                for row, price in zip(self._rows, solution.cut_prices.tolist(), strict=True)
            )
            value += self._spare_once()
            self._reach = value + self._excess_share()
            self.bound = min(self.bound, self._reach)
            if len(missing) == 0 or int(self.excess[missing].max()) <= _NEGLIGIBLE:
                shares = np.zeros(len(self.columns))
                shares[active] = solution.shares
                return shares
            order = np.argsort(-self.excess[missing], kind="stable")[:_MORE]
            self._active[missing[order]] = True
        return None

    def _relaxed(self, active: Integers) -> Relaxation:
        """Solve over the active columns, from where the last solution has ended."""
        start = None
        if self._row_status is not None:
            start = Basis(columns=self._status[active], rows=self._row_status)
        solution = relaxed(
            self._arrays,
            self.columns.taken(active),
            self._cut_rows(active),
            start=start,
            tells_basis=True,
        )
        self._status[:] = 0
        self._row_status = None
        if solution.basis is not None:
            self._status[active] = solution.basis.columns
            self._row_status = solution.basis.rows
        return solution

    def _cut_rows(self, chosen: Integers) -> CutRows:
        """Return what some columns take of the cuts."""
        entries = np.zeros((len(chosen), len(self._rows)), dtype=np.int64)
        for number, row in enumerate(self._rows):
            entries[:, number] = row.spread(len(self.columns))[chosen]
        limits = np.array([row.cut.limit for row in self._rows], dtype=np.int64)
        return CutRows(entries=entries, limits=limits)

    def _spare_once(self) -> int:
        """Take what active columns that can be formed once have in excess as their own price."""
        spared = self._active & (self.excess > 0) & formed_once(self._arrays, self.columns)
        own = int(self.excess[spared].sum())
        self.excess[spared] = 0
        return own

    def _excess_share(self) -> int:
        """Return what the prices lack: for each class its largest share of an excess."""
        positive = np.flatnonzero(self.excess > 0)
        classes = self._classes[positive]
        sizes = (classes >= 0).sum(axis=1)
        share = -(-self.excess[positive] // sizes)
        most = np.zeros(self._arrays.classes + 1, dtype=np.int64)
        np.maximum.at(most, classes, np.broadcast_to(share[:, None], classes.shape))
        return int((most[:-1] * self._arrays.places).sum())

    def _excess(self) -> Integers:
        """Return worth less prices of every column, cuts included."""
        excess = surplus(self._arrays, self.columns, self.prices)
        for row, price in zip(self._rows, self._cut_prices.tolist(), strict=False):
            excess[row.columns] -= price * row.taken
        whole: Integers = excess
        return whole

    def excess_of(self, columns: Columns) -> Integers:
        """Return worth less prices of other columns, cuts included."""
        taken = self.rows_of(columns).entries @ self._cut_prices
        whole: Integers = surplus(self._arrays, columns, self.prices) - taken
        return whole

    def rows_of(self, columns: Columns) -> CutRows:
        """Return what other columns take of the cuts."""
        return rows_of(self.cuts, classes_of(self._arrays, columns))

    def nearest(self, count: int) -> Columns:
        """Return the columns that are worth most beyond their prices."""
        return self.columns.taken(np.sort(np.argsort(-self.excess, kind="stable")[:count]))

    def forget(self, known: int) -> None:
        """Drop columns that no better grouping can hold."""
        kept = self.excess > known - self._reach
        place = np.cumsum(kept) - 1
        self._rows = [row.moved(kept, place) for row in self._rows]
        self.columns = self.columns.taken(kept)
        self._classes = self._classes[kept]
        self._active = self._active[kept]
        self._status = self._status[kept]
        self.excess = self.excess[kept]

    def _leave_out(self) -> None:
        """Leave out cuts that the last solutions did not use up."""
        if self._row_status is None:
            return
        status = self._row_status[self._arrays.classes :]
        rows = [
            evolve(row, idle=row.idle + 1 if is_idle else 0)
            for row, is_idle in zip(self._rows, (status == IS_BASIC).tolist(), strict=True)
        ]
        kept = np.flatnonzero([row.idle < _IDLE for row in rows])
        self._rows = [rows[number] for number in kept.tolist()]
        self._cut_prices = self._cut_prices[kept]
        classes = self._row_status[: self._arrays.classes]
        self._row_status = np.append(classes, status[kept])

    def _offended(self, shares: Floats, seed: int) -> list[Cut]:
        """Return cuts that the shares offend."""
        taken = np.flatnonzero(shares > 0)
        count = self._arrays.classes
        entries = np.zeros((len(taken), count + 1), dtype=np.int64)
        classes = self._classes[taken]
        np.add.at(entries, (np.arange(len(taken))[:, None], classes), 1)
        places = self._arrays.places
        found = offended_threes(entries[:, :count], places, shares[taken])[:_THREES_A_ROUND]
        if len(found) < _FEW_THREES:
            of_cuts = self._cut_rows(taken)
            found += offended_halves(
                np.concatenate([entries[:, :count], of_cuts.entries], axis=1),
                np.concatenate([places, of_cuts.limits]),
                shares[taken],
                most=_HALVES_A_ROUND,
                seed=seed,
            )
        return [self._half(rows) for rows in found]

    def _half(self, rows: Sequence[int]) -> Cut:
        """Return the half of rows: of classes, and then of cuts."""
        count = self._arrays.classes
        classes = tuple(row for row in rows if row < count)
        cuts = tuple(self._rows[row - count].cut for row in rows if row >= count)
        limit = int(self._arrays.places[list(classes)].sum()) + sum(cut.limit for cut in cuts)
        return Cut(classes=classes, cuts=cuts, limit=limit // 2)

    def _add(self, cuts: Sequence[Cut]) -> None:
        """Add cuts to the program."""
        halved = {each for cut in cuts for each in cut.cuts}
        known = {row.cut: row.spread(len(self.columns)) for row in self._rows if row.cut in halved}
        entries = rows_of(cuts, self._classes, known).entries
        for number, cut in enumerate(cuts):
            columns = np.flatnonzero(entries[:, number])
            self._rows.append(_Row(cut=cut, columns=columns, taken=entries[columns, number]))
        if self._row_status is not None:
            fresh = np.full(len(cuts), IS_BASIC, dtype=np.int64)
            self._row_status = np.append(self._row_status, fresh)
