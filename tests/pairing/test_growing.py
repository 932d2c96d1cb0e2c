"""Groups and prices in turns, before any complete look."""

import pytest

from utm.pairing import growing
from utm.pairing.certificate import harvest_above
from utm.pairing.compiling import arrays_of
from utm.pairing.growing import grow, refine
from utm.pairing.instances import find_family, generate
from utm.pairing.search import Search


def missing(search):
    """What a complete look would add to the prices, in millionths."""
    harvest = harvest_above(
        search.arrays, search.prices, 0, keep_all=None, interrupted=lambda: False
    )
    return search.total(harvest.lifts())


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_refined_prices_leave_less_for_a_complete_look_to_add(seed, monkeypatch):
    monkeypatch.setattr(growing, "_ROUNDS", 3)  # as among very many, where rounds take long
    problem = generate(family=find_family("standard"), participants=90, seed=seed)
    search = Search(arrays_of(problem), stop=None, seed=1, executor=None, on_progress=None)
    grow(search)
    before = missing(search)
    refine(search)
    assert missing(search) < before / 2


def test_told_to_stop_it_refines_no_further(monkeypatch):
    problem = generate(family=find_family("standard"), participants=40, seed=1)
    search = Search(
        arrays_of(problem), stop=lambda _: True, seed=1, executor=None, on_progress=None
    )
    grow(search)
    rounds = search.rounds
    refine(search)
    assert search.rounds == rounds
