"""A grouping is given up in part and formed anew only for a better one that keeps every place."""

import numpy as np
from hypothesis import given

from tests.pairing.problems import limited_problems
from tests.searching import examples
from utm.pairing.certificate import harvest_above
from utm.pairing.columns import classes_of, formed_once, surplus, worth_with_bonus
from utm.pairing.compiling import arrays_of
from utm.pairing.first_prices import first_prices
from utm.pairing.instances import generate
from utm.pairing.primal import greedy
from utm.pairing.reforming import Reforming


def _begun(problem):
    arrays = arrays_of(problem)
    prices = first_prices(arrays)
    everything = harvest_above(
        arrays, prices, -(1 << 50), keep_all=1 << 30, interrupted=lambda: False
    ).columns()
    groups = greedy(arrays, everything, np.zeros_like(prices))
    reforming = Reforming(
        arrays,
        everything,
        -surplus(arrays, everything, prices),
        prices=prices,
        groups=groups,
        seed=3,
        patience=4,
        interrupted=lambda: False,
    )
    return arrays, groups, reforming


@examples(40)
@given(problem=limited_problems(most=7))
def test_each_grouping_is_better_than_the_one_before_and_keeps_all_places(problem):
    arrays, groups, reforming = _begun(problem)
    worth = int(worth_with_bonus(arrays, groups).sum())
    for columns, times in reforming.groupings():
        reached = int(times @ worth_with_bonus(arrays, columns))
        assert reached > worth
        worth = reached
        used = np.zeros(arrays.classes + 1, dtype=np.int64)
        classes = classes_of(arrays, columns)
        np.add.at(used, classes, np.broadcast_to(times[:, None], classes.shape))
        assert (used[:-1] <= arrays.places).all()
        once = columns.taken((times > 0) & formed_once(arrays, columns))
        assert (times[formed_once(arrays, columns)] <= 1).all()
        assert len(np.unique(once.copies, axis=0)) == len(once)


@examples(25)
@given(problem=limited_problems(most=6))
def test_the_same_seed_finds_the_same(problem):
    first, second = (
        [times.tolist() for _, times in _begun(problem)[-1].groupings()] for _ in range(2)
    )
    assert first == second


def test_where_nothing_can_be_formed_nothing_is():
    _, _, reforming = _begun(generate(participants=1, seed=1))
    assert list(reforming.groupings()) == []
