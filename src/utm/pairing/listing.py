"""Every admissible group with the gain of each member, where they are few enough to list.

Questions of fairness and stability ask for more of a grouping than its total, and the bounds
that spare the search most groups are bounds on totals. So these questions are answered over
a list of groups.
"""

from __future__ import annotations

from collections.abc import Callable

import highspy  # type: ignore[import-untyped]  # ships stubs without py.typed
import numpy as np
from attrs import frozen

from utm.pairing.arrays import Booleans, Floats, Integers, PairingArrays
from utm.pairing.certificate import best_of_each_class
from utm.pairing.columns import Columns, classes_of, learning_and_worth, stacked
from utm.pairing.master import run_solver
from utm.pairing.pricing import priced_above

__all__ = ["Choice", "Listing", "Row", "choose", "listed"]

_NEVER = -(10**12)
_UNIT = 1e6
_MOST_HELD = 300_000
_BEST_EACH = 60


@frozen(kw_only=True, eq=False)
class Listing:
    """Groups under every focus, each as often as it may be formed.

    Parameters
    ----------
    columns
        The groups.
    gains
        What each member gains in millionths, shape (m, 4), zero where there is no member.
    complete
        Whether these are all admissible groups.
    """

    columns: Columns
    gains: Integers
    complete: bool


@frozen(kw_only=True, eq=False)
class Row:
    """An inequality: the chosen columns have at least so much together."""

    entries: Integers
    least: int


@frozen(kw_only=True, eq=False)
class Choice:
    """Columns that were chosen.

    Parameters
    ----------
    chosen
        Their places in the listing; ``None`` where nothing keeps every row, or where the
        search was stopped before something was found.
    best
        Whether no choice is worth more.
    impossible
        Whether it is proven that nothing keeps every row.
    bound
        No choice is worth more; ``None`` where that is not known.
    """

    chosen: Integers | None
    best: bool
    impossible: bool
    bound: int | None


def listed(
    arrays: PairingArrays, prices: Integers, most: int, *, interrupted: Callable[[int], bool]
) -> Listing:
    """List all groups of a problem in which everybody is told apart.

    Parameters
    ----------
    arrays
        The problem.
    prices
        By class: where there are more groups than ``most``, those of each participant that
        come nearest to these prices are listed.
    most
        How many groups are listed at most, about.
    interrupted
        Asked whether to stop, with the number of groups so far. What is listed by then is not
        complete.
    """
    nothing = np.full(arrays.copies, 0, dtype=np.int64)
    parts, held, complete = [Columns.none()], 0, True
    for number in range(len(arrays.foci)):
        for columns in priced_above(arrays, number, nothing, _NEVER):
            parts.append(columns)
            held += len(columns)
            if held > _MOST_HELD:
                parts = [best_of_each_class(arrays, stacked(parts), prices, _BEST_EACH)]
                held, complete = len(parts[0]), False
            if interrupted(held):
                break
        if interrupted(held):
            complete = False
            break
    columns = stacked(parts)
    if len(columns) > most or not complete:
        each = max(1, 2 * most // max(1, arrays.classes))
        columns, complete = best_of_each_class(arrays, columns, prices, each), False
    return Listing(columns=columns, gains=_gains(arrays, columns), complete=complete)


def _gains(arrays: PairingArrays, columns: Columns) -> Integers:
    gains = np.zeros(columns.copies.shape, dtype=np.int64)
    for number, focus in enumerate(arrays.foci):
        for size in (2, 3, 4):
            chosen = (columns.focus == number) & ((columns.copies >= 0).sum(axis=1) == size)
            learning, pairs = learning_and_worth(focus, columns.copies[chosen, :size])
            gains[np.flatnonzero(chosen), :size] = learning + pairs
    return gains


def choose(
    arrays: PairingArrays,
    listing: Listing,
    worth: Integers,
    rows: list[Row],
    *,
    seed: int,
    interrupted: Callable[[], bool],
) -> Choice:
    """Choose disjoint columns of the highest worth that keep every limit and every row."""
    columns = listing.columns
    if len(columns) == 0:
        short = any(row.least > 0 for row in rows) or bool((arrays.must > 0).any())
        none = None if short else np.zeros(0, dtype=np.int64)
        return Choice(chosen=none, best=not short, impossible=short, bound=None if short else 0)
    solver = highspy.Highs()
    for name, value in (
        ("output_flag", False),
        ("threads", 1),
        ("parallel", "off"),
        ("random_seed", seed),
        ("mip_rel_gap", 0.0),
        ("mip_abs_gap", 4e-7),
    ):
        solver.setOptionValue(name, value)
    solver.passModel(_program(arrays, columns, worth, rows))

    def look(event: highspy.HighsCallbackEvent) -> None:
        if interrupted():
            event.interrupt()

    if interrupted():
        return Choice(chosen=None, best=False, impossible=False, bound=None)
    solver.cbMipInterrupt += look
    solver.cbSimplexInterrupt += look  # the first linear program may take longest
    run_solver(solver)
    status = solver.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        return Choice(chosen=None, best=False, impossible=True, bound=None)
    best = status == highspy.HighsModelStatus.kOptimal
    values = np.array(solver.getSolution().col_value, dtype=np.float64)
    chosen = np.flatnonzero(values > 0.5) if len(values) == len(columns) else None  # noqa: PLR2004
    if chosen is None or not _fits(arrays, columns, chosen, rows):
        return Choice(chosen=None, best=False, impossible=False, bound=None)
    reached = int(worth[chosen].sum())
    bound = float(solver.getInfo().mip_dual_bound)
    known = abs(bound) < highspy.kHighsInf
    above = max(reached, int(np.ceil(bound * _UNIT)) + 1) if known else None
    return Choice(
        chosen=chosen.astype(np.int64),
        best=best,
        impossible=False,
        bound=reached if best else above,
    )


def _fits(arrays: PairingArrays, columns: Columns, chosen: Integers, rows: list[Row]) -> bool:
    classes = classes_of(arrays, columns.taken(chosen))
    used = np.bincount(classes[classes >= 0], minlength=arrays.classes)
    needed = np.where(arrays.must > 0, arrays.places, 0)
    within = bool((used <= arrays.places).all() and (used >= needed).all())
    return within and all(int(row.entries[chosen].sum()) >= row.least for row in rows)


def _program(
    arrays: PairingArrays, columns: Columns, worth: Integers, rows: list[Row]
) -> highspy.HighsLp:
    classes = classes_of(arrays, columns)
    table = [classes, *(np.full((len(columns), 1), arrays.classes + r) for r in range(len(rows)))]
    filled = [(classes >= 0).astype(np.int64), *(row.entries[:, None] for row in rows)]
    row, entry = np.concatenate(table, axis=1), np.concatenate(filled, axis=1)
    used: Booleans = entry != 0
    limits: Floats = np.where(arrays.must > 0, arrays.places, 0).astype(np.float64)
    program = highspy.HighsLp()
    program.num_col_ = len(columns)
    program.num_row_ = arrays.classes + len(rows)
    program.sense_ = highspy.ObjSense.kMaximize
    program.col_cost_ = (worth / _UNIT).tolist()
    program.col_lower_ = [0.0] * len(columns)
    program.col_upper_ = [1.0] * len(columns)
    program.integrality_ = [highspy.HighsVarType.kInteger] * len(columns)
    program.row_lower_ = [*limits.tolist(), *(float(each.least) for each in rows)]
    program.row_upper_ = [*arrays.places.astype(np.float64).tolist()]
    program.row_upper_ += [highspy.kHighsInf] * len(rows)
    program.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    program.a_matrix_.start_ = np.append(0, np.cumsum(used.sum(axis=1))).tolist()
    program.a_matrix_.index_ = row[used].tolist()
    program.a_matrix_.value_ = entry[used].astype(np.float64).tolist()
    return program
