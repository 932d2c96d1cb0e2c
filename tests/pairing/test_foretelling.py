"""Prices of a sample tell those of all: kept where known, told right where they follow facts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pairing.problems import limited_problems
from tests.searching import examples
from utm.pairing.compiling import arrays_of
from utm.pairing.foretelling import foretold, sampled
from utm.pairing.instances import generate


@examples(40)
@given(
    problem=limited_problems(most=7).filter(lambda each: bool(each.participants)),
    count=st.integers(1, 5),
    seed=st.integers(0, 9),
)
def test_known_prices_stay_and_none_is_below_what_the_locked_bring(problem, count, seed):
    arrays = arrays_of(problem)
    places = sampled(arrays, count, seed)
    seats = len(arrays.seats)
    prices = arrays.bonus + 10_000
    told = foretold(arrays, prices, places)
    assert (told[:seats] >= arrays.bonus[:seats]).all()
    known = np.append(np.flatnonzero(places[:seats] > 0), np.arange(seats, arrays.classes))
    assert (told[known] == prices[known]).all()


@pytest.mark.parametrize("sample", [120, 180])
def test_prices_that_follow_from_needs_and_offers_are_told_from_some(sample):
    arrays = arrays_of(generate(participants=240, seed=4))
    _, first = np.unique(arrays.class_of, return_index=True)
    prices = np.zeros(arrays.classes, dtype=np.int64)
    for number, focus in enumerate(arrays.foci):
        offers = 1_000 - focus.misses[first]
        prices[: len(first)] += (offers.sum(axis=1) * (number + 1) * 100).astype(np.int64)
    told = foretold(arrays, prices, sampled(arrays, sample, 1))
    missed = np.abs(told - prices).mean()
    assert missed < 0.15 * prices.mean()


def test_the_sample_is_as_large_as_asked_and_all_capacities_stay():
    arrays = arrays_of(generate(participants=50, seed=4))
    assert int((sampled(arrays, 20, 1) > 0).sum()) == 20
    assert (sampled(arrays, 100, 1) == arrays.places).all()
