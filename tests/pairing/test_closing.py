"""The last part of a search: over the groups nearest to their prices, then over all."""

import pytest

from utm.pairing import Status, closing, solve, verify
from utm.pairing.instances import generate


@pytest.fixture(name="sizes")
def _sizes(monkeypatch):
    """Groups in each integer program that closes a gap, and after how many nodes it gives up."""
    sizes = []
    solved = closing._solve

    def told(search, columns, cuts, *, stall_nodes=None):
        sizes.append((len(columns), stall_nodes))
        return solved(search, columns, cuts, stall_nodes=stall_nodes)

    monkeypatch.setattr(closing, "_solve", told)
    monkeypatch.setattr(closing, "chooses_by_loops", lambda _classes: False)
    return sizes


@pytest.mark.parametrize("seed", [1, 3, 5])
def test_the_nearest_groups_come_first_and_change_no_answer(seed, monkeypatch, sizes):
    problem = generate(participants=60, seed=seed)
    whole = solve(problem)
    monkeypatch.setattr(closing, "_NEAREST", 20)
    sizes.clear()
    result = solve(problem)
    assert sizes[0] == (20, None)
    assert (result.score, result.bound, result.status) == (whole.score, whole.score, Status.OPTIMAL)


def test_where_too_many_are_left_the_nearest_alone_prove_nothing(monkeypatch, sizes):
    problem = generate(participants=60, seed=1)
    best = solve(problem).score
    monkeypatch.setattr(closing, "_NEAREST", 20)
    monkeypatch.setattr(closing, "_SOLVABLE", 0)
    sizes.clear()
    result = solve(problem)
    assert {size for size, _ in sizes} == {20}
    assert all(stall_nodes for _, stall_nodes in sizes)
    assert result.score <= best <= result.bound
    assert result.status is Status.STOPPED
    assert verify(problem, result).holds
