"""The work behind ``utm pair repair``."""

from __future__ import annotations

from pathlib import Path

from utm import pairing
from utm.cli.exit_codes import ExitCode
from utm.cli.live_line import searching
from utm.cli.pairing import (
    Limits,
    check_outputs,
    criteria_of,
    deliver,
    read_problem,
    read_result,
    write_answer,
)
from utm.cli.terminal import print_list, print_text
from utm.pairing import UNIT, Problem, Progress, Repair, Result, Status, StopCriterion

__all__ = ["repair_files"]


def repair_files(
    problem_path: Path,
    result_path: Path,
    *,
    withdrawn: tuple[str, ...],
    most_broken: int,
    out: Path | None,
    problem_out: Path | None,
    limits: Limits,
    as_json: bool,
) -> ExitCode:
    """Mend a grouping after withdrawals and say what was kept and what it costs."""
    check_outputs([problem_path, result_path], [out, problem_out])
    problem, earlier = read_problem(problem_path), read_result(result_path)
    without = pairing.withdraw(problem, [name for each in withdrawn for name in each.split(",")])
    left = without.problem
    with searching(*criteria_of(limits)) as criterion:
        stop = _Remembered(criterion)
        mended = pairing.repair(left, earlier, most_broken=most_broken, stop=stop, seed=limits.seed)
    if not as_json:
        print_list("With who has left:", without.sentences)
        _print_disturbance(mended, earlier, _unheard_of(left, earlier))
    closing = _closing(mended, most_broken)
    delivered = deliver(mended.result, None, as_json=as_json, closing=closing)
    write_answer(mended.result, out, left, problem_out, has_changed=bool(withdrawn), quiet=as_json)
    if delivered is ExitCode.INFEASIBLE:
        return delivered
    cut_short = stop.has_spoken and mended.bound > mended.result.score
    return ExitCode.STOPPED_AT_LIMIT if cut_short else ExitCode.DONE


class _Remembered:
    """A stop criterion that keeps in mind whether it has ever ended a search."""

    def __init__(self, stop: StopCriterion) -> None:
        self._stop = stop
        self.has_spoken = False

    def __call__(self, progress: Progress) -> bool:
        speaks = self._stop(progress)
        self.has_spoken = self.has_spoken or speaks
        return speaks


def _unheard_of(problem: Problem, earlier: Result) -> list[str]:
    """Return who takes part now and is neither placed nor left over in the earlier result."""
    known = {name for group in earlier.groups for name in group.members}
    known |= {left.participant for left in earlier.unmatched}
    return sorted(one.id for one in problem.participants if one.id not in known)


def _print_disturbance(mended: Repair, earlier: Result, unheard_of: list[str]) -> None:
    kept, broken, gone = len(mended.kept), len(mended.broken), len(mended.impossible)
    print_text(
        f"{kept} {'group goes' if kept == 1 else 'groups go'} on unchanged, "
        f"{broken} {'is' if broken == 1 else 'are'} broken up, {gone} cannot go on."
    )
    print_list("New, as the earlier result does not know of them:", unheard_of)
    print_list("Cannot go on:", [", ".join(members) for members in mended.impossible])
    print_list("Broken up:", [", ".join(members) for members in mended.broken])
    before = {(group.members, group.theme) for group in earlier.groups}
    formed = [g for g in mended.result.groups if (g.members, g.theme) not in before]
    print_list("Formed:", [f"{', '.join(g.members)} under {g.theme}" for g in formed])
    print_list(
        "Best worth met, by the number of groups broken up:",
        [f"{one.broken}: {one.score / UNIT:.3f}" for one in mended.curve],
    )


def _closing(mended: Repair, most_broken: int) -> str | None:
    """Say how good the plan is among those that break up as few, and among all."""
    result = mended.result
    if result.status in {Status.UNDECIDED, Status.INFEASIBLE}:
        return None
    worth, most = f"{result.score / UNIT:.3f}", f"{mended.bound / UNIT:.3f}"
    few = max(most_broken, len(mended.broken))
    as_few = f"break up at most {few} of the others" if few else "break up no other"
    if result.bound == result.score:
        return f"Worth {worth}: the best of all plans."
    if mended.bound == result.score:
        proven = f"Worth {worth}: the best of all plans that {as_few}."
    else:
        proven = f"Worth {worth}; of the plans that {as_few} none is worth more than {most}."
    if few > most_broken:
        proven = f"No plan that breaks up as few as asked was found in time. {proven}"
    return f"{proven} Of all plans none is worth more than {result.bound / UNIT:.3f}."
