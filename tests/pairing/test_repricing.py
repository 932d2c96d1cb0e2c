"""A linear program of some columns begins where one like it has ended."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pairing.packings import entries_of, packings
from tests.searching import examples
from utm.pairing import repricing
from utm.pairing.certificate import harvest_above
from utm.pairing.compiling import arrays_of
from utm.pairing.first_prices import first_certificate
from utm.pairing.instances import generate
from utm.pairing.master import run_solver
from utm.pairing.packing import packing_of
from utm.pairing.repricing import Repricing


def _numbers(count):
    """Some numbers of columns, in any order."""
    return st.lists(st.integers(0, count - 1), unique=True, min_size=1).map(
        lambda numbers: np.array(numbers, dtype=np.int64)
    )


@examples(200)
@given(drawn=packings(), data=st.data())
def test_prices_are_worth_the_same_wherever_the_program_begins(drawn, data):
    packing, _ = drawn
    count = len(packing.worth)
    before, numbers = data.draw(_numbers(count)), data.draw(_numbers(count))
    program = Repricing(packing, before, None)
    program.prices(np.arange(len(before)), packing.limits)
    start = program.basics()
    assert len(start.columns) + len(start.rows) == len(packing.limits)
    assert set(start.columns.tolist()) <= set(before.tolist())
    room = packing.limits - data.draw(st.integers(0, 1)) * (packing.limits > 0)
    places = data.draw(_numbers(len(numbers)))
    warm = Repricing(packing, numbers, start).prices(places, room)
    cold = Repricing(packing, numbers[places], None).prices(np.arange(len(places)), room)
    assert warm @ room == pytest.approx(cold @ room, abs=2 * len(room))  # rounded up by row
    for prices in (warm, cold):
        paid = entries_of(packing)[numbers[places]] @ prices
        fits = (entries_of(packing)[numbers[places]] <= room).all(axis=1)
        assert (paid >= packing.worth[numbers[places]] - 10)[fits].all()


def test_where_a_column_is_taken_few_steps_lead_to_the_new_prices(monkeypatch):
    packing = _all_groups()
    every = np.arange(len(packing.worth))
    steps = []

    def counted(solver):
        run_solver(solver)
        steps.append(solver.getInfo().simplex_iteration_count)

    monkeypatch.setattr(repricing, "run_solver", counted)
    program = Repricing(packing, every, None)
    program.prices(every, packing.limits)
    start = program.basics()
    entries = entries_of(packing)
    warm = cold = 0
    for taken in start.columns[:12].tolist():
        room = packing.limits - entries[taken]
        left = np.flatnonzero((entries <= room).all(axis=1))
        assert len(np.setdiff1d(start.columns, left))  # basic, and cannot be taken any more
        for begin in (start, None):
            Repricing(packing, left, begin).prices(np.arange(len(left)), room)
        cold, warm = cold + steps.pop(), warm + steps.pop()
    assert 0 < warm < cold / 5


def _all_groups():
    """All groups of a problem of thirty participants."""
    arrays = arrays_of(generate(participants=30, seed=1))
    columns = harvest_above(
        arrays, first_certificate(arrays), -(10**9), keep_all=10**6, interrupted=lambda: False
    ).columns()
    return packing_of(arrays, columns)
