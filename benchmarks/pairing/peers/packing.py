"""Set packing over groups that were all listed before: HiGHS and OR-Tools CP-SAT.

Where all admissible groups are few enough, all are listed and a proof is one for the problem.
Elsewhere each participant lists groups with its nearest partners only, the most rewarding are
kept, and nothing is proven.
"""

import math
from collections.abc import Iterator

from attrs import frozen

from benchmarks.pairing.peers.candidates import Candidates
from benchmarks.pairing.peers.grouping import LOCK_BONUS
from benchmarks.pairing.peers.task import Task
from benchmarks.pairing.scoring import Members, Scorer

MOST_LISTED = 400_000
NEAREST = 8
MOST_COLUMNS = 120_000  # of more, HiGHS makes nothing in such a time
WALL_FACTOR = 2  # what the clock on the wall shows, as it also runs for others
THREADS = 2


@frozen(kw_only=True)
class Column:
    """A group with its focus, and the capacities of which it takes a place."""

    members: Members
    focus: int
    worth: int
    takes: tuple[str, ...]


@frozen(kw_only=True)
class Packed:
    """An answer, and the bound where the listed groups were all there are."""

    answer: list[tuple[Members, int]]
    bound: int | None
    listed: int

    def told(self) -> dict[str, object]:
        return {"bound": self.bound, "columns": self.listed}


def list_groups(scorer: Scorer) -> tuple[list[Column], bool]:
    """Admissible groups that are worth anything, and whether they are all."""
    candidates = Candidates(scorer)
    partners = [candidates.of(one) for one in range(len(scorer.ids))]
    mean = sum(map(len, partners)) / max(1, len(partners))
    complete = len(partners) * mean**3 / 24 <= MOST_LISTED * 6
    if not complete:
        partners = [nearest(scorer, one, partners[one]) for one in range(len(partners))]
    columns = [
        column
        for members in connected(partners, scorer.policy.largest_group)
        for column in columns_of(scorer, members)
    ]
    if len(columns) > MOST_COLUMNS:
        complete = False
        columns.sort(key=lambda column: (-column.worth / len(column.members), column.members))
        columns = columns[:MOST_COLUMNS]
    return columns, complete


def nearest(scorer: Scorer, one: int, partners: list[int]) -> list[int]:
    """The partners with whom the pair is worth most."""
    worths = [(best[0], other) for other in partners if (best := scorer.best((one, other)))]
    return sorted(other for _, other in sorted(worths, reverse=True)[:NEAREST])


def connected(partners: list[list[int]], largest: int) -> Iterator[Members]:
    """Sets of two to so many that hold together by partnership, each once."""
    near = [set(some) for some in partners]
    for one, some in enumerate(near):
        for other in some:
            near[other].add(one)
    level = {(one, other) for one in range(len(near)) for other in near[one] if one < other}
    for _ in range(2, largest + 1):
        yield from sorted(level)
        level = {
            tuple(sorted((*members, other)))
            for members in level
            for one in members
            for other in near[one]
            if other not in members
        }


def columns_of(scorer: Scorer, members: Members) -> Iterator[Column]:
    """One column for each way to form a group that may be the best under the limits."""
    policy = scorer.policy
    if policy.theme_capacities or policy.language_capacities:
        options = [
            (worth, focus)
            for focus in scorer.shared_foci(members)
            if (worth := scorer.worth(members, focus)) is not None
        ]
    else:
        best = scorer.best(members)
        options = [] if best is None else [best]
    for worth, focus in options:
        if worth > 0 or any(member in scorer.locks for member in members):
            theme = f"theme {scorer.themes[focus]}"
            spoken = scorer.languages_of(members)
            for language in (None,) if spoken is None else spoken:
                takes = (theme,) if language is None else (theme, f"language {language}")
                yield Column(members=members, focus=focus, worth=worth, takes=takes)


def capacities(scorer: Scorer) -> dict[str, int]:
    policy = scorer.policy
    found = {f"theme {one.theme}": one.most_groups for one in policy.theme_capacities}
    found |= {f"language {one.language}": one.most_groups for one in policy.language_capacities}
    return found


def by_member(scorer: Scorer, columns: list[Column]) -> list[list[int]]:
    rows: list[list[int]] = [[] for _ in scorer.ids]
    for number, column in enumerate(columns):
        for member in column.members:
            rows[member].append(number)
    return rows


def by_capacity(scorer: Scorer, columns: list[Column]) -> list[tuple[list[int], int]]:
    rows = []
    for name, most in capacities(scorer).items():
        takers = [number for number, column in enumerate(columns) if name in column.takes]
        rows.append((takers, most))
    if scorer.policy.most_groups is not None:
        rows.append((list(range(len(columns))), scorer.policy.most_groups))
    return rows


def value(scorer: Scorer, column: Column) -> int:
    locked = sum(member in scorer.locks for member in column.members)
    return column.worth + locked * LOCK_BONUS


def pack_highs(task: Task) -> Packed:
    """By HiGHS, as a mixed-integer program."""
    import highspy  # noqa: PLC0415 - each solver in its own process
    import numpy as np  # noqa: PLC0415

    scorer, clock = task.scorer, task.clock
    columns, complete = list_groups(scorer)
    rows = [(row, 1) for row in by_member(scorer, columns)] + by_capacity(scorer, columns)
    starts = np.cumsum([0, *(len(row) for row, _ in rows)])
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = len(columns), len(rows)
    program.sense_ = highspy.ObjSense.kMaximize
    program.col_cost_ = [value(scorer, column) / 1e6 for column in columns]
    program.col_lower_, program.col_upper_ = [0.0] * len(columns), [1.0] * len(columns)
    program.row_lower_ = [0.0] * len(rows)
    program.row_upper_ = [float(most) for _, most in rows]
    program.integrality_ = [highspy.HighsVarType.kInteger] * len(columns)
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    program.a_matrix_.start_ = starts
    program.a_matrix_.index_ = [number for row, _ in rows for number in row]
    program.a_matrix_.value_ = [1.0] * int(starts[-1])
    highspy.Highs.resetGlobalScheduler(True)  # else a number of threads chosen before stays
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("time_limit", WALL_FACTOR * clock.seconds)
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("threads", THREADS)
    solver.passModel(program)
    solver.run()
    found = solver.getSolution().col_value
    answer = [c for c, taken in zip(columns, found, strict=False) if taken > 0.5]
    bound = solver.getInfo().mip_dual_bound
    return packed(scorer, answer, bound * 1e6 if complete else None, len(columns))


def pack_cpsat(task: Task) -> Packed:
    """By CP-SAT of OR-Tools."""
    from ortools.sat.python import cp_model  # noqa: PLC0415 - each solver in its own process

    scorer, clock = task.scorer, task.clock
    columns, complete = list_groups(scorer)
    model = cp_model.CpModel()
    taken = [model.new_bool_var("") for _ in columns]
    for row in by_member(scorer, columns):
        model.add_at_most_one(taken[number] for number in row)
    for row, most in by_capacity(scorer, columns):
        model.add(sum(taken[number] for number in row) <= most)
    model.maximize(
        cp_model.LinearExpr.weighted_sum(taken, [value(scorer, column) for column in columns])
    )
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = WALL_FACTOR * clock.seconds
    solver.parameters.num_workers = THREADS
    status = solver.solve(model)
    if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return Packed(answer=[], bound=None, listed=len(columns))
    answer = [c for c, one in zip(columns, taken, strict=True) if solver.boolean_value(one)]
    return packed(scorer, answer, solver.best_objective_bound if complete else None, len(columns))


def packed(scorer: Scorer, columns: list[Column], bound: float | None, listed: int) -> Packed:
    """The answer without the bonus of those who must be placed."""
    bonus = len(scorer.locks) * LOCK_BONUS
    limit = None if bound is None or math.isinf(bound) else math.floor(bound - bonus + 1)
    answer = sorted((column.members, column.focus) for column in columns)
    return Packed(answer=answer, bound=limit, listed=listed)
