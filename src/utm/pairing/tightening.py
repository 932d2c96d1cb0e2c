"""A closer bound over a known set of columns, by cuts.

The linear program may take groups by halves. Adding inequalities that it offends so, and
that whole groups keep, brings its value down to nearly the integer optimum. Where the set of
columns is complete for the purpose (every grouping better than the best so far consists of
them), new columns are found by looking at each. Where there would be too many, all groups are
looked at at the prices of each solution, with what is paid for the cuts counted only as far as
every group pays it (`Paid`): so none is missed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from attrs import evolve

from utm.pairing.arrays import Booleans, Floats, Integers, PairingArrays, Statuses
from utm.pairing.certificate import Harvest, Paid
from utm.pairing.columns import Columns, classes_of, formed_once, stacked, surplus
from utm.pairing.cuts import Cut, CutRow, CutRows, rows_of, taken_of
from utm.pairing.halving import offended_halves, offended_threes
from utm.pairing.master import IS_BASIC, Basis, Relaxation, relaxed
from utm.pairing.once import once_prices
from utm.pairing.packing import Packing, packing_of
from utm.pairing.sizing import offended_sizes, paid_by_each

__all__ = ["FEW", "Tightening"]

FEW = 400
"""So few columns are left to an integer program without more cuts."""

_FIRST = 3_000
_MORE = 1_500
_NEGLIGIBLE = 20  # millionths
_THREES_A_ROUND, _HALVES_A_ROUND = 80, 60  # more among many
_FEW_THREES = 30
_ROUNDS = 80
_PATIENCE = 4
_IDLE = 2  # rounds
_STALL = 2e-5
_NEARLY = 50  # a solution stands if it lacks less than such a part of what could be gained


Look = Callable[[Integers, int, Paid | None], Harvest | None]
"""A look at all columns worth so much more than the prices by class and what they pay besides.

Above zero the best of each class are enough; below, all of them are asked for.
"""


class Tightening:
    """A linear program over columns, with cuts.

    Parameters
    ----------
    arrays
        The problem.
    columns
        All columns of which any better grouping consists; with a look, columns to begin with.
    prices
        Prices by class to start from, bonus included.
    look
        Looks at all groups; ``None`` where the columns are complete. No participants may be
        in several groups.

    Attributes
    ----------
    columns, excess
        Those that any better grouping can still hold, as far as they are known, and their worth
        less their prices.
    bound
        No better grouping is worth more, bonus included.
    prices
        Prices by class of the last solution.
    """

    def __init__(
        self, arrays: PairingArrays, columns: Columns, prices: Integers, look: Look | None = None
    ) -> None:
        self._arrays = arrays
        self._look = look
        self.columns = columns
        self._classes = classes_of(arrays, columns)
        self._rows: list[CutRow] = []
        once = once_prices(arrays, columns, prices)
        self.bound = self._reach = int((prices * arrays.places).sum()) + once.total
        self.prices = prices
        self._cut_prices = np.zeros(0, dtype=np.int64)
        self.excess = self._excess()
        self._active: Booleans = np.zeros(len(columns), dtype=np.bool_)
        self._active[np.argsort(-self.excess, kind="stable")[:_FIRST]] = True
        self._status: Statuses = np.zeros(len(columns), dtype=np.int8)
        self._row_status: Statuses | None = None
        self._is_settled = False

    @property
    def cuts(self) -> tuple[Cut, ...]:
        """The cuts of the program."""
        return tuple(row.cut for row in self._rows)

    def run(
        self,
        *,
        known: Callable[[], int],
        interrupted: Callable[[], bool],
        tell: Callable[[], None],
        by_size: bool = False,
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
        by_size
            Whether to add cuts by the sizes of groups alone.
        """
        waited = 0
        for number in range(_ROUNDS):
            before = self.bound
            shares = self._solve(known, interrupted)
            if shares is None or self.bound <= known():
                return
            self._leave_out()
            few_are_left = self._look is None and len(self.columns) <= FEW
            offended = self._offended(shares, seed=number, by_size=by_size or few_are_left)
            self.forget(known())
            tell()
            least = _STALL * (self.bound - self._arrays.total_bonus)
            waited = waited + 1 if before - self.bound < least else 0
            if waited >= _PATIENCE or not offended:
                return
            self._add(offended)

    def _solve(self, known: Callable[[], int], interrupted: Callable[[], bool]) -> Floats | None:
        """Solve over all columns by adding those that are missing; return the shares taken."""
        while not interrupted():
            self._is_settled = False
            active = np.flatnonzero(self._active)
            solution = self._relaxed(active)
            self.prices, self._cut_prices = solution.prices, solution.cut_prices
            self.excess = self._excess()
            value = self._value() + self._spare_once()
            look = self._look
            if look is None:
                self._lower(value + self._excess_share())
            if self._activate_missing():
                continue
            if look is not None:
                harvest = look(self.prices, 0, self.paid)
                if harvest is None:
                    return None
                self._take_in(harvest.columns())
                lacks = int(harvest.lifts() @ self._arrays.places)
                self._lower(value + lacks)
                if lacks * _NEARLY > value - known() and self._activate_missing():
                    continue
            self._is_settled = True
            shares = np.zeros(len(self.columns))
            shares[active] = solution.shares
            return shares
        return None

    def _value(self) -> int:
        """Return what the prices of all places and of the cuts are together."""
        of_cuts = sum(
            row.cut.limit * price
            for row, price in zip(self._rows, self._cut_prices.tolist(), strict=True)
        )
        return int((self.prices * self._arrays.places).sum()) + of_cuts

    def _lower(self, reach: int) -> None:
        """Take over a bound that the present prices prove."""
        self._reach = reach
        self.bound = min(self.bound, reach)

    def _activate_missing(self) -> bool:
        """Take the columns into the program that exceed their prices; return whether any did."""
        missing = np.flatnonzero((self.excess > 0) & ~self._active)
        if len(missing) == 0 or int(self.excess[missing].max()) <= _NEGLIGIBLE:
            return False
        order = np.argsort(-self.excess[missing], kind="stable")[:_MORE]
        self._active[missing[order]] = True
        return True

    def _take_in(self, columns: Columns) -> None:
        """Take in columns that are not known."""
        classes = classes_of(self._arrays, columns)
        known = set(_keys(self._classes, self.columns))
        fresh = [number for number, key in enumerate(_keys(classes, columns)) if key not in known]
        columns, classes = columns.taken(np.array(fresh, dtype=np.int64)), classes[fresh]
        excess = self.excess_of(columns)
        entries = self.rows_of(columns).entries
        for number, row in enumerate(self._rows):
            held = np.flatnonzero(entries[:, number])
            self._rows[number] = evolve(
                row,
                columns=np.append(row.columns, held + len(self.columns)),
                taken=np.append(row.taken, entries[held, number]),
            )
        self.columns = stacked([self.columns, columns])
        self._classes = np.concatenate([self._classes, classes])
        self.excess = np.append(self.excess, excess)
        self._active = np.append(self._active, np.zeros(len(fresh), dtype=np.bool_))
        self._status = np.append(self._status, np.zeros(len(fresh), dtype=np.int8))

    def complete(self, known: int) -> bool:
        """Find all columns that a grouping better than a known one can hold, if there are few."""
        if self._look is None:
            return True
        if not self._is_settled:
            return False
        harvest = self._look(self.prices, known - self._reach, self.paid)
        if harvest is None:
            return False
        self._take_in(harvest.columns())
        self.forget(known)
        self._look = None
        return True

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
        for row, price in zip(self._rows, self._cut_prices.tolist(), strict=True):
            excess[row.columns] -= price * row.taken
        whole: Integers = excess
        return whole

    @property
    def paid(self) -> Paid:
        """What columns pay for the cuts."""
        by_class = np.zeros(self._arrays.classes, dtype=np.int64)
        relief = 0
        for cut, price in zip(self.cuts, self._cut_prices.tolist(), strict=True):
            if cut.counts is not None and price > 0:
                each, least = paid_by_each(cut.counts, price, self._arrays.policy.largest_group)
                by_class[list(cut.classes)] += each
                relief += least
        return Paid(of=self._paid_by, by_class=by_class, relief=relief)

    def _paid_by(self, columns: Columns) -> Integers:
        paid: Integers = self.rows_of(columns).entries @ self._cut_prices
        return paid

    def excess_of(self, columns: Columns) -> Integers:
        """Return worth less prices of other columns, cuts included."""
        whole: Integers = surplus(self._arrays, columns, self.prices) - self._paid_by(columns)
        return whole

    def rows_of(self, columns: Columns) -> CutRows:
        """Return what other columns take of the cuts."""
        return rows_of(self.cuts, classes_of(self._arrays, columns))

    def packed(self, columns: Columns) -> tuple[Packing, Integers]:
        """Return columns laid out with the cuts, and prices of all rows that none exceeds."""
        packing = packing_of(self._arrays, columns, self.rows_of(columns), each_once=True)
        prices = np.zeros(len(packing.limits), dtype=np.int64)
        known = np.concatenate([self.prices, self._cut_prices])
        prices[: len(known)] = known
        return packing, packing.lifted(prices)

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

    def _offended(self, shares: Floats, *, seed: int, by_size: bool) -> list[Cut]:
        """Return cuts that the shares offend."""
        taken = np.flatnonzero(shares > 0)
        count = self._arrays.classes
        entries = np.zeros((len(taken), count + 1), dtype=np.int64)
        classes = self._classes[taken]
        np.add.at(entries, (np.arange(len(taken))[:, None], classes), 1)
        places = self._arrays.places
        people = slice(len(self._arrays.seats))
        sizes = offended_sizes(entries[:, people], places[people], shares[taken])
        if by_size:
            return sizes
        threes = offended_threes(entries[:, :count], places, shares[taken])
        found = threes[: max(_THREES_A_ROUND, count // 2)]
        if len(found) < _FEW_THREES:
            of_cuts = self._cut_rows(taken)
            found += offended_halves(
                np.concatenate([entries[:, :count], of_cuts.entries], axis=1),
                np.concatenate([places, of_cuts.limits]),
                shares[taken],
                most=max(_HALVES_A_ROUND, count // 3),
                seed=seed,
            )
        return sizes + [self._half(rows) for rows in found]

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
        for cut, taken in zip(cuts, taken_of(cuts, self._classes, known), strict=True):
            columns = np.flatnonzero(taken)
            self._rows.append(CutRow(cut=cut, columns=columns, taken=taken[columns]))
        self._cut_prices = np.append(self._cut_prices, np.zeros(len(cuts), dtype=np.int64))
        if self._row_status is not None:
            fresh = np.full(len(cuts), IS_BASIC, dtype=np.int8)
            self._row_status = np.append(self._row_status, fresh)


def _keys(classes: Integers, columns: Columns) -> list[tuple[bytes, int]]:
    """Return what tells columns apart."""
    return list(zip(map(bytes, classes), columns.worth.tolist(), strict=True))
