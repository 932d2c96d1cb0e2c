"""What is added to prices covers every excess, and costs no more than sharing it alike."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.searching import examples
from utm.pairing import lifting
from utm.pairing.columns import Columns, classes_of, stacked
from utm.pairing.compiling import arrays_of
from utm.pairing.instances import generate
from utm.pairing.lifting import least_lifts
from utm.pairing.pricing import priced_above


def _excess_at(seed: int, price: int):
    arrays = arrays_of(generate(participants=30, seed=seed))
    prices = np.full(arrays.copies, price, dtype=np.int64)
    parts = [
        part
        for number in range(len(arrays.foci))
        for part in priced_above(arrays, number, prices, 0)
        if len(part)
    ]
    columns = stacked([Columns.none(), *parts])
    excess = columns.worth - np.where(columns.copies >= 0, price, 0).sum(axis=1)
    return arrays, columns, excess


@pytest.mark.parametrize("most", [lifting._MOST, 0])
@examples(20)
@given(seed=st.integers(0, 10_000), price=st.integers(420_000, 600_000))
def test_lifted_prices_are_exceeded_by_no_group(seed, price, most):
    arrays, columns, excess = _excess_at(seed, price)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lifting, "_MOST", most)
        lifts = least_lifts(arrays, columns, excess)
    borne = np.append(lifts, 0)[classes_of(arrays, columns)].sum(axis=1)
    assert (lifts >= 0).all()
    assert (borne >= excess).all()


@examples(20)
@given(seed=st.integers(0, 10_000), price=st.integers(420_000, 600_000))
def test_lifts_cost_no_more_than_to_share_each_excess_alike(seed, price):
    arrays, columns, excess = _excess_at(seed, price)
    classes = classes_of(arrays, columns)
    share = -(-excess // (columns.copies >= 0).sum(axis=1))
    alike = np.zeros(arrays.classes + 1, dtype=np.int64)
    np.maximum.at(alike, classes, np.broadcast_to(share[:, None], classes.shape))
    rounding = len(alike)  # of duals, upwards
    assert least_lifts(arrays, columns, excess).sum() <= alike[:-1].sum() + rounding


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_lifts_of_very_many_groups_cost_little_more_than_the_least(seed, monkeypatch):
    arrays, columns, excess = _excess_at(seed, 430_000)
    least = least_lifts(arrays, columns, excess).sum()
    monkeypatch.setattr(lifting, "_MOST", 0)
    assert least_lifts(arrays, columns, excess).sum() <= 1.1 * least
