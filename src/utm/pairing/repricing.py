"""The linear program again and again, of some of its columns and with less room."""

from __future__ import annotations

from typing import Any

import highspy  # type: ignore[import-untyped]  # ships stubs without py.typed
import numpy as np
from attrs import frozen

from utm.pairing.arrays import Floats, Integers
from utm.pairing.master import UNIT, new_solver, program_of, run_solver
from utm.pairing.packing import Packing

__all__ = ["Basics", "Repricing"]


@frozen(kw_only=True, eq=False)
class Basics:
    """Where a linear program has ended.

    Parameters
    ----------
    columns, rows
        Numbers of those that are basic, as many as there are rows.
    """

    columns: Integers
    rows: Integers


class Repricing:
    """Prices of the best shares among some of the columns.

    Parameters
    ----------
    packing
        All columns. Limits alone keep them from being taken more often than they may be.
    numbers
        Numbers of the columns that can be taken.
    start
        Where to begin. Columns that are basic there belong to the program, so that it need not
        begin anew, even if they cannot be taken.
    """

    def __init__(self, packing: Packing, numbers: Integers, start: Basics | None) -> None:
        if start is not None:
            numbers = np.append(numbers, np.setdiff1d(start.columns, numbers))
        self._numbers = numbers
        packing = packing.taken(numbers)
        self._columns = np.arange(len(numbers), dtype=np.int32)
        self._room = packing.limits
        program = program_of(packing)
        program.col_upper_ = [highspy.kHighsInf] * len(packing.worth)
        self._solver = new_solver(0)
        self._solver.setOptionValue("presolve", "off")
        self._solver.passModel(program)
        if start is not None:
            self._begin_from(start)

    def _begin_from(self, start: Basics) -> None:
        status = highspy.HighsBasisStatus
        basis = highspy.HighsBasis()
        columns = [status.kLower] * len(self._numbers)
        for place in np.flatnonzero(np.isin(self._numbers, start.columns)).tolist():
            columns[place] = status.kBasic
        rows = [status.kUpper] * len(self._room)
        for row in start.rows.tolist():
            rows[row] = status.kBasic
        basis.col_status, basis.row_status = columns, rows
        self._solver.setBasis(basis)

    def prices(self, columns: Integers, room: Integers) -> Integers | None:
        """Return prices of each row in millionths, where only some columns can be taken.

        ``None`` where HiGHS comes to none.

        Parameters
        ----------
        columns
            Places of these columns among those that can be taken at all.
        room
            Room of each row.
        """
        highest = np.zeros(len(self._columns))
        highest[columns] = highspy.kHighsInf
        lowest = np.zeros(len(self._columns))
        self._solver.changeColsBounds(len(self._columns), self._columns, lowest, highest)
        for row in np.flatnonzero(room != self._room).tolist():
            self._solver.changeRowBounds(row, -highspy.kHighsInf, float(room[row]))
        self._room = room
        run_solver(self._solver)
        if not self._solver.getSolution().dual_valid:
            self._solver.clearSolver()
            run_solver(self._solver)
        solution = self._solver.getSolution()
        duals: Floats = np.abs(np.array(solution.row_dual, dtype=np.float64))
        if not (solution.dual_valid and np.isfinite(duals).all()):
            return None
        return np.where(room > 0, np.ceil(duals * UNIT).astype(np.int64), 0)

    def basics(self) -> Basics | None:
        """Return where the last program has ended."""
        if not self._solver.getInfo().basis_validity:
            return None
        solver: Any = self._solver  # its stubs lack this one
        basic: Integers
        told, basic = solver.getBasicVariables()
        if told != highspy.HighsStatus.kOk:
            return None
        is_row = basic < 0
        return Basics(columns=self._numbers[basic[~is_row]], rows=-1 - basic[is_row])
