"""A search that begins from what an earlier one has found ends at the same optimum."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.pairing.problems import limited_problems
from tests.searching import examples
from utm.pairing.compiling import arrays_of
from utm.pairing.instances import generate
from utm.pairing.search import Search


def _searched(arrays, **start):
    search = Search(arrays, stop=None, seed=0, executor=None, on_progress=None, **start)
    first = search.worth
    search.run()
    return search, first


@examples(40)
@given(problem=limited_problems(), shift=st.integers(-300_000, 300_000))
def test_neither_old_groups_nor_wrong_prices_change_what_is_proven(problem, shift):
    arrays = arrays_of(problem)
    cold, _ = _searched(arrays)
    warm, _ = _searched(arrays, start_prices=cold.certificate + shift, start_columns=cold.groups)
    solvable = cold.bound >= arrays.total_bonus
    assert (warm.bound >= arrays.total_bonus) == solvable
    if solvable:
        assert (warm.worth, warm.bound) == (cold.worth, cold.bound)


def test_the_old_grouping_is_there_from_the_beginning():
    arrays = arrays_of(generate(participants=40, seed=5))
    cold, _ = _searched(arrays)
    warm, first = _searched(arrays, start_prices=cold.certificate, start_columns=cold.groups)
    assert first == cold.worth == warm.worth
    assert np.array_equal(warm.groups.copies.sum(), cold.groups.copies.sum())
