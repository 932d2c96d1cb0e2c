"""The linear program again and again, of some of its columns and with less room."""

from __future__ import annotations

import highspy  # type: ignore[import-untyped]  # ships stubs without py.typed
import numpy as np

from utm.pairing.arrays import Floats, Integers
from utm.pairing.master import UNIT, Basis, basis_of, begin_from, new_solver, program_of, run_solver
from utm.pairing.packing import Packing

__all__ = ["Repricing"]


class Repricing:
    """Prices of the best shares among some of the columns.

    Parameters
    ----------
    packing
        The columns. Limits alone keep them from being taken more often than they may be.
    start
        Where to begin.
    """

    def __init__(self, packing: Packing, start: Basis | None) -> None:
        self._columns = np.arange(len(packing.worth), dtype=np.int32)
        self._room = packing.limits
        program = program_of(packing)
        program.col_upper_ = [highspy.kHighsInf] * len(packing.worth)
        self._solver = new_solver(0)
        self._solver.setOptionValue("presolve", "off")
        self._solver.passModel(program)
        if start is not None:
            begin_from(self._solver, start)

    def prices(self, columns: Integers, room: Integers) -> Integers | None:
        """Return prices of each row in millionths, where only some columns can be taken.

        ``None`` where HiGHS comes to none.
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

    def basis(self) -> Basis | None:
        """Return where the last program has ended."""
        return basis_of(self._solver, len(self._room))
