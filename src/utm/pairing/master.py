"""Which columns to take: the linear program for prices, the integer program for groups."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import highspy  # type: ignore[import-untyped]  # ships stubs without py.typed
import numpy as np
from attrs import frozen

from utm.pairing.arrays import Booleans, Floats, Integers, PairingArrays, Statuses
from utm.pairing.columns import Columns, classes_of, formed_once, worth_with_bonus
from utm.pairing.cuts import CutRows
from utm.pairing.packing import Packing, packing_of

__all__ = [
    "IS_BASIC",
    "UNIT",
    "Basis",
    "Relaxation",
    "Selection",
    "new_solver",
    "program_of",
    "relaxed",
    "run_solver",
    "select",
]

UNIT = 1e6
"""Millionths in one unit of worth."""

_INTEGER = (  # a choice is known already and bounds are near: effort goes into plain nodes
    ("mip_rel_gap", 0.0),
    ("mip_abs_gap", 4e-7),
    ("mip_heuristic_effort", 0.0),
    ("mip_heuristic_run_feasibility_jump", False),
    ("mip_heuristic_run_rens", False),
    ("mip_heuristic_run_rins", False),
    ("mip_heuristic_run_root_reduced_cost", False),
    ("mip_pscost_minreliable", 0),
    ("mip_allow_cut_separation_at_nodes", False),
    ("mip_allow_restart", False),
)

IS_BASIC = int(highspy.HighsBasisStatus.kBasic)
"""In a basis: a column taken by a share, or a row that is not used up."""


@frozen(kw_only=True, eq=False)
class Basis:
    """Where a linear program has ended, or is to begin.

    Parameters
    ----------
    columns, rows
        Status of each column and of each row, as HiGHS numbers them.
    """

    columns: Statuses
    rows: Statuses


@frozen(kw_only=True, eq=False)
class Relaxation:
    """Solution of the linear program.

    Parameters
    ----------
    prices
        Duals of the places by class, capacities included, in millionths, rounded up.
    cut_prices
        Duals of the cuts in millionths, rounded up.
    shares
        How much of each column is taken.
    basis
        Where it has ended, if that was asked for and is known.
    """

    prices: Integers
    cut_prices: Integers
    shares: Floats
    basis: Basis | None = None


@frozen(kw_only=True, eq=False)
class Selection:
    """Columns taken by the integer program.

    Parameters
    ----------
    times
        How often each column is taken.
    bound
        No choice among the columns is worth more, bonus included, in millionths;
        ``None`` where the program ended before it had a bound.
    """

    times: Integers
    bound: int | None


def new_solver(seed: int) -> highspy.Highs:
    """Return HiGHS, on one thread and silent."""
    solver = highspy.Highs()
    for name, value in (
        ("output_flag", False),
        ("threads", 1),
        ("parallel", "off"),
        ("random_seed", seed),
    ):
        solver.setOptionValue(name, value)
    return solver


def run_solver(solver: highspy.Highs) -> None:
    """Run a solver, also after other code of this process has run HiGHS with more threads.

    HiGHS keeps the threads that it was first run with, and refuses to run with fewer. What
    is left by a run that failed looks like a bound of zero and must never be read.
    """
    if solver.run() == highspy.HighsStatus.kError:
        highspy.Highs.resetGlobalScheduler(True)
        if solver.run() == highspy.HighsStatus.kError:
            raise RuntimeError(f"HiGHS could not be run: {solver.getModelStatus()}")


def program_of(packing: Packing) -> highspy.HighsLp:
    """Return a packing as a linear program of HiGHS."""
    program = highspy.HighsLp()
    program.num_col_ = len(packing.worth)
    program.num_row_ = len(packing.limits)
    program.sense_ = highspy.ObjSense.kMaximize
    program.col_cost_ = (packing.worth / UNIT).tolist()
    program.col_lower_ = [0.0] * len(packing.worth)
    program.col_upper_ = packing.highest.astype(np.float64).tolist()
    program.row_lower_ = [-highspy.kHighsInf] * len(packing.limits)
    program.row_upper_ = packing.limits.astype(np.float64).tolist()
    program.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    program.a_matrix_.start_ = packing.starts.tolist()
    program.a_matrix_.index_ = packing.rows.tolist()
    program.a_matrix_.value_ = packing.takes.astype(np.float64).tolist()
    return program


def relaxed(
    arrays: PairingArrays,
    columns: Columns,
    cuts: CutRows | None = None,
    *,
    places: Integers | None = None,
    central: bool = False,
    start: Basis | None = None,
    tells_basis: bool = False,
) -> Relaxation:
    """Solve the linear program.

    Parameters
    ----------
    arrays, columns
        The problem and its columns.
    cuts
        Inequalities to be kept.
    places
        Places by class where not all are free.
    central
        Whether to end amid the best prices (interior point without crossover), which
        makes the next round of pricing find more, or at a corner, which offends cuts more.
    start
        Where to begin.
    tells_basis
        Whether to tell where it has ended.
    """
    places = arrays.places if places is None else places
    count = arrays.classes + (0 if cuts is None else len(cuts.limits))
    if len(columns) == 0:
        return Relaxation(
            prices=np.zeros(arrays.classes, dtype=np.int64),
            cut_prices=np.zeros(count - arrays.classes, dtype=np.int64),
            shares=np.zeros(0),
        )
    program = program_of(packing_of(arrays, columns, cuts, places=places))
    once = formed_once(arrays, columns)
    program.col_upper_ = np.where(once, 1.0, highspy.kHighsInf).tolist()
    solver = new_solver(0)
    solver.passModel(program)
    if central:
        solver.setOptionValue("solver", "ipm")
        solver.setOptionValue("run_crossover", "off")
    if start is not None:
        _begin_from(solver, start)
    run_solver(solver)
    if not solver.getSolution().dual_valid:
        solver.setOptionValue("solver", "simplex")
        run_solver(solver)
    solution = solver.getSolution()
    duals: Floats = np.abs(np.array(solution.row_dual, dtype=np.float64))
    whole = np.ceil(duals * UNIT).astype(np.int64)
    limits = slice(len(arrays.seats), arrays.classes)
    whole[limits] = np.rint(duals[limits] * UNIT)  # they have many places: no noise upwards
    return Relaxation(
        prices=whole[: arrays.classes],
        cut_prices=whole[arrays.classes : count],
        shares=np.array(solution.col_value, dtype=np.float64),
        basis=_basis_of(solver, count) if tells_basis else None,
    )


def _begin_from(solver: highspy.Highs, start: Basis) -> None:
    """Begin a simplex method from a basis; HiGHS passes over one that does not fit."""
    known = list(map(highspy.HighsBasisStatus, range(5)))
    basis = highspy.HighsBasis()
    basis.col_status = [known[status] for status in start.columns.tolist()]
    basis.row_status = [known[status] for status in start.rows.tolist()]
    solver.setBasis(basis)


def _basis_of(solver: highspy.Highs, rows: int) -> Basis | None:
    """Return where a simplex method has ended; not of programs with more rows than told."""
    if not solver.getInfo().basis_validity or solver.getNumRow() > rows:
        return None
    basis = solver.getBasis()
    return Basis(
        columns=np.array(list(map(int, basis.col_status)), dtype=np.int8),
        rows=np.array(list(map(int, basis.row_status)), dtype=np.int8),
    )


def select(
    arrays: PairingArrays,
    columns: Columns,
    *,
    start: Integers,
    seed: int,
    interrupted: Callable[[int | None], bool],
    cuts: CutRows | None = None,
    places: Integers | None = None,
    stall_nodes: int | None = None,
    most_looks: int | None = None,
    at_least: tuple[Booleans, int] | None = None,
    highest: Integers | None = None,
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
    cuts
        Inequalities to begin with.
    places
        Places by class where not all are free.
    stall_nodes
        Give up after so many nodes without a better grouping.
    most_looks
        Give up when the solver has asked so often whether to: some hundredths of a
        second each, but the same on any machine.
    at_least
        Some columns, and how many of them are to be taken at least; the start takes as many.
    highest
        How often each column may be taken at most, where places do not say so already.
    """
    if len(columns) == 0:
        return Selection(times=start, bound=0)
    solver = new_solver(seed)
    places = arrays.places if places is None else places
    program = program_of(packing_of(arrays, columns, cuts, places=places))
    if highest is not None:
        program.col_upper_ = np.minimum(program.col_upper_, highest).tolist()
    program.integrality_ = [highspy.HighsVarType.kInteger] * len(columns)
    solver.passModel(program)
    if at_least is not None:
        some = np.flatnonzero(at_least[0]).astype(np.int32)
        solver.addRow(at_least[1], highspy.kHighsInf, len(some), some, np.ones(len(some)))
    for name, value in _INTEGER:
        solver.setOptionValue(name, value)
    if stall_nodes is not None:
        solver.setOptionValue("mip_max_stall_nodes", stall_nodes)
    known = highspy.HighsSolution()
    known.col_value = start.astype(np.float64).tolist()
    solver.setSolution(known)

    looks = count(1)

    def look(event: highspy.HighsCallbackEvent) -> None:
        best = event.data_out.mip_primal_bound
        found = round(best * UNIT) if abs(best) < highspy.kHighsInf else None
        is_over = most_looks is not None and next(looks) > most_looks
        is_over = is_over or interrupted(found)
        if is_over and event.data_in is not None:
            event.data_in.user_interrupt = True

    solver.cbMipInterrupt += look
    run_solver(solver)
    times = _times(solver.getSolution().col_value, start)
    keeps = _keeps(times, at_least, highest)
    times, reached = _better(arrays, columns, places, start, times if keeps else start)
    bound = float(solver.getInfo().mip_dual_bound)
    if solver.getModelStatus() == highspy.HighsModelStatus.kOptimal:
        return Selection(times=times, bound=reached)
    if abs(bound) >= highspy.kHighsInf:
        return Selection(times=times, bound=None)
    return Selection(times=times, bound=max(reached, int(np.ceil(bound * UNIT)) + 1))


def _times(values: list[float], start: Integers) -> Integers:
    """Return the solver's choice as whole numbers; the start where it has none."""
    if len(values) != len(start):
        return start
    return np.rint(np.array(values, dtype=np.float64)).astype(np.int64)


def _keeps(
    times: Integers, at_least: tuple[Booleans, int] | None, highest: Integers | None
) -> bool:
    """Return whether a choice takes enough of some columns, and none too often."""
    is_enough = at_least is None or int(times[at_least[0]].sum()) >= at_least[1]
    return is_enough and (highest is None or bool((times <= highest).all()))


def _better(
    arrays: PairingArrays, columns: Columns, places: Integers, start: Integers, times: Integers
) -> tuple[Integers, int]:
    """Return the solver's choice where it is one and worth more than the start."""
    worth = worth_with_bonus(arrays, columns)
    known = int(start @ worth)
    used = np.zeros(arrays.classes + 1, dtype=np.int64)
    classes = classes_of(arrays, columns)
    np.add.at(used, classes, np.broadcast_to(times[:, None], classes.shape))
    fits = bool((times >= 0).all() and (used[:-1] <= places).all())
    once = columns.taken((times > 0) & formed_once(arrays, columns))
    fits = fits and len(np.unique(once.copies, axis=0)) == len(once)
    reached = int(times @ worth)
    return (times, reached) if fits and reached > known else (start, known)
