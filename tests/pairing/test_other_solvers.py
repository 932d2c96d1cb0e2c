"""The engine in a process in which other code runs the same solver in its own way."""

import highspy

from utm.pairing import Status, solve
from utm.pairing.instances import generate


def _run_elsewhere(threads):
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", threads)
    highspy.Highs.resetGlobalScheduler(True)
    assert solver.maximize(solver.addVariable(0, 1)) == highspy.HighsStatus.kOk


def test_an_optimum_is_none_the_worse_for_other_runs_with_more_threads():
    problem = generate(participants=24, seed=1)
    expected = solve(problem)
    _run_elsewhere(2)
    again = solve(problem)
    assert again == expected
    assert again.status is Status.OPTIMAL
