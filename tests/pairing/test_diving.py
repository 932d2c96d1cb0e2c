"""A dive forms disjoint groups around those that stand, and gives up what cannot pay."""

import numpy as np
import pytest

from utm.pairing.columns import Columns, worth_with_bonus
from utm.pairing.compiling import arrays_of
from utm.pairing.instances import generate
from utm.pairing.primal import Dive
from utm.pairing.search import Search


@pytest.fixture(scope="module", name="search")
def _search():
    arrays = arrays_of(generate(participants=120, seed=5))
    stop = lambda progress: progress.stage == "closing the gap"  # noqa: E731
    search = Search(arrays, stop=stop, seed=0, executor=None, on_progress=None)
    search.run()
    return search


def _dive(search):
    def nothing_more(_prices, _places, _pool):
        return Columns.none()

    return Dive(
        search.arrays,
        search.pool,
        search.certificate,
        seed=0,
        find=nothing_more,
        interrupted=lambda: False,
    )


def _rows(columns):
    return {tuple(row) for row in columns.copies.tolist()}


def test_groups_that_stand_are_kept_and_all_are_disjoint(search):
    standing = search.groups.taken(np.arange(len(search.groups)) % 2 == 0)
    groups = _dive(search).grouping(standing)
    members = groups.copies[groups.copies >= 0]
    assert _rows(standing) <= _rows(groups)
    assert len(groups) > len(standing)
    assert len(np.unique(search.arrays.class_of[members])) == len(members)


def test_what_cannot_be_worth_enough_is_left_as_far_as_it_has_come(search):
    standing = search.groups.taken(np.arange(len(search.groups)) % 2 == 0)
    whole = _dive(search).grouping(standing)
    left = _dive(search).grouping(standing, least=2 * search.bound)
    assert len(left) < len(whole)
    assert _rows(standing) <= _rows(left)


def test_a_dive_is_worth_more_than_taking_what_stands(search):
    standing = search.groups.taken(np.arange(len(search.groups)) % 2 == 0)
    groups = _dive(search).grouping(standing)
    worth = worth_with_bonus(search.arrays, groups).sum()
    assert worth_with_bonus(search.arrays, standing).sum() < worth <= search.bound
