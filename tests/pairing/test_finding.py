"""Columns found side by side are those found one after the other."""

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context

import numpy as np
import pytest

from utm.pairing import finding, side_by_side, solve, solving
from utm.pairing.columns import Columns
from utm.pairing.compiling import arrays_of
from utm.pairing.finding import Finder
from utm.pairing.instances import generate


@pytest.fixture(scope="module", name="arrays")
def _arrays():
    return arrays_of(generate(participants=60, seed=8))


@pytest.fixture(name="shares_all", params=["_WORTH_SHARING", "_MANY"])
def _shares_all(request, monkeypatch):
    monkeypatch.setattr(finding, request.param, -1)


def _found(arrays, executor, *, stops=False):
    prices = np.full(arrays.classes, 400_000, dtype=np.int64)
    found = Finder(arrays, executor).found(
        prices, 0, Columns.none(), grows=True, interrupted=lambda: stops
    )
    return {tuple(row) for row in found.copies.tolist()}


@pytest.mark.usefixtures("shares_all")
def test_threads_and_processes_find_what_is_found_alone(arrays):
    alone = _found(arrays, None)
    with ThreadPoolExecutor(2) as threads:
        assert _found(arrays, threads) == alone
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as processes:
        assert _found(arrays, processes) == alone
    assert alone


@pytest.mark.usefixtures("shares_all")
def test_told_to_stop_threads_do_only_what_they_have_begun(arrays, monkeypatch):
    begun = []
    grown = finding.grown

    def told(*args, **how):
        begun.append(args[1])
        return grown(*args, **how)

    monkeypatch.setattr(finding, "grown", told)
    monkeypatch.setattr(side_by_side, "_ASKED_EVERY", 0)
    with ThreadPoolExecutor(1) as threads:
        few = _found(arrays, threads, stops=True)
    assert few < _found(arrays, None)
    assert len(begun) < 2 * len(arrays.foci)


@pytest.mark.usefixtures("shares_all")
def test_a_search_with_threads_of_its_own_ends_at_the_same_result(monkeypatch):
    problem = generate(participants=60, seed=8)
    alone = solve(problem)
    made = []

    class _Counted(ThreadPoolExecutor):
        def __init__(self, *args):
            made.append(args)
            super().__init__(*args)

    monkeypatch.setattr(solving, "MANY", 10)
    monkeypatch.setattr(solving, "ThreadPoolExecutor", _Counted)
    assert solve(problem) == alone
    assert made
