"""The engine in a process in which other code runs the same solver in its own way."""

import highspy

from utm.pairing import Aim, Status, grouping_for, solve
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


def test_a_fair_grouping_is_none_the_worse_for_them_either():
    problem = generate(participants=14, seed=2)
    result = solve(problem)
    expected = grouping_for(problem, result, Aim.LEAST_FIRST)
    _run_elsewhere(2)
    assert grouping_for(problem, result, Aim.LEAST_FIRST) == expected
    assert expected.exact
