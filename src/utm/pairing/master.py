"""Which columns to take: the linear program for prices, the integer program for groups."""

from __future__ import annotations

from collections.abc import Callable

import highspy  # type: ignore[import-untyped]  # ships stubs without py.typed
import numpy as np
from attrs import frozen

from utm.pairing.arrays import Booleans, Floats, Integers, PairingArrays
from utm.pairing.columns import Columns

__all__ = ["Selection", "prices_of", "select"]

_UNIT = 1e6


@frozen(kw_only=True, eq=False)
class Selection:
    """Columns taken by the integer program.

    Parameters
    ----------
    times
        How often each column is taken.
    bound
        No choice among the columns is worth more, bonus included, in millionths.
    proven
        Whether the choice itself is that good.
    """

    times: Integers
    bound: int
    proven: bool


def _solver(seed: int) -> highspy.Highs:
    solver = highspy.Highs()
    for name, value in (
        ("output_flag", False),
        ("threads", 1),
        ("parallel", "off"),
        ("random_seed", seed),
    ):
        solver.setOptionValue(name, value)
    return solver


def _program(arrays: PairingArrays, columns: Columns, *, whole: bool) -> highspy.HighsLp:
    filled = columns.copies >= 0
    classes = np.where(filled, arrays.class_of[columns.copies], -1)
    worth = worth_with_bonus(arrays, columns)
    repeats = np.zeros(classes.shape, dtype=np.int64)
    first = filled.copy()
    for place in range(1, 4):  # a class twice in a group is one entry of two
        first[:, place] &= classes[:, place] != classes[:, place - 1]
    for place in range(4):
        repeats[:, place] = ((classes == classes[:, [place]]) & filled).sum(axis=1)
    starts = np.concatenate([[0], np.cumsum(first.sum(axis=1))])
    program = highspy.HighsLp()
    program.num_col_ = len(columns)
    program.num_row_ = arrays.classes
    program.sense_ = highspy.ObjSense.kMaximize
    program.col_cost_ = (worth / _UNIT).tolist()
    program.col_lower_ = [0.0] * len(columns)
    counts = np.where(
        first, arrays.places[classes] // np.maximum(repeats, 1), np.iinfo(np.int64).max
    )
    program.col_upper_ = counts.min(axis=1).astype(np.float64).tolist()
    program.row_lower_ = [-highspy.kHighsInf] * arrays.classes
    program.row_upper_ = arrays.places.astype(np.float64).tolist()
    program.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    program.a_matrix_.start_ = starts.tolist()
    program.a_matrix_.index_ = classes[first].tolist()
    program.a_matrix_.value_ = repeats[first].astype(np.float64).tolist()
    if whole:
        program.integrality_ = [highspy.HighsVarType.kInteger] * len(columns)
    return program


def worth_with_bonus(arrays: PairingArrays, columns: Columns) -> Integers:
    """Return the worth of each column and the bonus of its members."""
    padded = np.append(arrays.bonus[arrays.class_of], 0)
    bonus: Integers = padded[columns.copies].sum(axis=1)
    return columns.worth + bonus


def prices_of(arrays: PairingArrays, columns: Columns) -> Integers:
    """Return prices by class, bonus included: the duals of the linear program, rounded up.

    The interior point without crossover ends amid the best prices and not at a corner,
    which makes the next round of pricing find more.
    """
    solver = _solver(0)
    program = _program(arrays, columns, whole=False)
    program.col_upper_ = [highspy.kHighsInf] * len(columns)
    solver.passModel(program)
    solver.setOptionValue("solver", "ipm")
    solver.setOptionValue("run_crossover", "off")
    solver.run()
    if not solver.getSolution().dual_valid:
        solver.setOptionValue("solver", "simplex")
        solver.run()
    duals: Floats = np.abs(np.array(solver.getSolution().row_dual, dtype=np.float64))
    return np.ceil(duals * _UNIT).astype(np.int64)


def select(
    arrays: PairingArrays,
    columns: Columns,
    *,
    start: Integers,
    seed: int,
    interrupted: Callable[[int | None], bool],
) -> Selection:
    """Take the columns that are worth most together.

    Parameters
    ----------
    arrays, columns
        The problem and its columns.
    start
        How often each column is taken in a grouping that is known already.
    seed
        Seed of the solver.
    interrupted
        Asked now and then, with the best worth found (bonus included) or ``None``,
        whether to stop.
    """
    if len(columns) == 0:
        return Selection(times=start, bound=0, proven=True)
    solver = _solver(seed)
    solver.passModel(_program(arrays, columns, whole=True))
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("mip_abs_gap", 4e-7)
    known = highspy.HighsSolution()
    known.col_value = start.astype(np.float64).tolist()
    solver.setSolution(known)

    def look(event: highspy.HighsCallbackEvent) -> None:
        best = event.data_out.mip_primal_bound
        found = round(best * _UNIT) if abs(best) < highspy.kHighsInf else None
        if interrupted(found):
            event.interrupt()

    solver.cbMipInterrupt += look
    solver.run()
    values = np.array(solver.getSolution().col_value, dtype=np.float64)
    times = np.rint(values).astype(np.int64) if len(values) == len(columns) else start
    if not _fits(arrays, columns, times):
        times = start
    info = solver.getInfo()
    worth = worth_with_bonus(arrays, columns)
    reached = int(times @ worth)
    if reached < int(start @ worth):
        times, reached = start, int(start @ worth)
    proven = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    bound = reached if proven else max(reached, int(np.ceil(info.mip_dual_bound * _UNIT)) + 1)
    return Selection(times=times, bound=bound, proven=proven)


def _fits(arrays: PairingArrays, columns: Columns, times: Integers) -> bool:
    used = np.zeros(arrays.classes + 1, dtype=np.int64)
    classes = np.where(columns.copies >= 0, arrays.class_of[columns.copies], arrays.classes)
    np.add.at(used, classes, np.broadcast_to(times[:, None], classes.shape))
    taken: Booleans = times >= 0
    return bool(taken.all() and (used[:-1] <= arrays.places).all())
