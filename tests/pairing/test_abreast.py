"""A choice made by beam search keeps every limit, and is the best where all are carried on."""

from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec, module_from_spec

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.pairing.packings import best_of, entries_of, packings
from tests.searching import examples
from utm.pairing import GapBelow, abreast, compiled, improving, kernels, search, solve
from utm.pairing.abreast import chosen_abreast
from utm.pairing.instances import FAMILIES, generate

WAYS = st.sampled_from(["loops", "arrays"])


def _chosen(packing, prices, most, executor=None, *, way="loops", interrupted=lambda: False):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(abreast, "chooses_by_loops", lambda _classes: way == "loops")
        return chosen_abreast(packing, prices, most, interrupted=interrupted, executor=executor)


@examples(300)
@given(
    drawn=packings(),
    way=WAYS,
    width=st.integers(1, 4),
    ways=st.integers(1, 4),
    most=st.none() | st.integers(0, 900_000),
)
def test_a_choice_keeps_every_limit_and_loses_no_more_than_told(drawn, way, width, ways, most):
    packing, prices = drawn
    reach = int(packing.limits @ prices)
    most = reach if most is None else most
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(abreast, "_WIDTH", width)
        patch.setattr(abreast, "_WAYS", ways)
        chosen = _chosen(packing, prices, most, way=way)
    if chosen is not None:
        assert (entries_of(packing)[chosen].sum(axis=0) <= packing.limits).all()
        assert int(packing.worth[chosen].sum()) >= reach - most
    elif width == 1 and most == reach:
        pytest.fail("Nothing need be chosen, and that is a choice.")


@examples(300)
@given(drawn=packings(), way=WAYS, above=st.integers(-2, 2))
def test_where_every_choice_is_carried_on_the_best_is_found(drawn, way, above):
    packing, prices = drawn
    reach, best = int(packing.limits @ prices), best_of(packing)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(abreast, "_WIDTH", 5_000)
        patch.setattr(abreast, "_best_apart", lambda _choices, alive: alive)
        chosen = _chosen(packing, prices, reach - best + above, way=way)
    if above < 0:
        assert chosen is None
    else:
        assert int(packing.worth[chosen].sum()) == best


def _listed(chosen):
    return None if chosen is None else chosen.tolist()


@examples(300)
@given(drawn=packings(), width=st.integers(1, 4), ways=st.integers(1, 4), spared=st.integers(0, 9))
def test_loops_and_arrays_choose_the_same(drawn, width, ways, spared):
    packing, prices = drawn
    most = int(packing.limits @ prices) * (9 - spared) // 9
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(abreast, "_WIDTH", width)
        patch.setattr(abreast, "_WAYS", ways)
        chosen = [_listed(_chosen(packing, prices, most, way=way)) for way in ("loops", "arrays")]
    assert chosen[0] == chosen[1]


@examples(40)
@given(drawn=packings())
def test_loops_choose_the_same_compiled_and_interpreted(drawn):
    packing, prices = drawn
    most = int(packing.limits @ prices)
    with_numba = _chosen(packing, prices, most).tolist()
    spec = find_spec("utm.pairing.kernels.abreast")
    loops = module_from_spec(spec)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compiled, "IS_COMPILED", False)
        spec.loader.exec_module(loops)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kernels, "abreast", loops)
        assert _chosen(packing, prices, most).tolist() == with_numba


def _met_by(problem):
    """Return the groups that a search chooses among, prices, and what may be lost."""
    met = []

    def told(packing, prices, most, **_):
        met.append((packing, prices, most))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(improving, "chosen_abreast", told)
        patch.setattr(search, "SOON_CHOSEN", 0)
        solve(problem, stop=lambda _progress: bool(met))
    return met[0]


@pytest.mark.parametrize("family", sorted(FAMILIES))
def test_loops_and_arrays_choose_the_same_in_every_family(family):
    packing, prices, most = _met_by(generate(family=FAMILIES[family], participants=60, seed=1))
    chosen = [_listed(_chosen(packing, prices, most, way=way)) for way in ("loops", "arrays")]
    assert chosen[0] == chosen[1] is not None


@pytest.fixture(scope="module", name="packed")
def _packed():
    """Groups near to the prices of a problem of 145, these prices, and the best worth."""
    problem = generate(participants=145, seed=16)
    return *_met_by(problem), solve(problem).score


@pytest.mark.parametrize("way", ["loops", "arrays"])
def test_a_choice_comes_near_to_the_best(packed, way):
    packing, prices, most, best = packed
    chosen = _chosen(packing, prices, most, way=way)
    assert (entries_of(packing)[chosen].sum(axis=0) <= packing.limits).all()
    assert best * 0.999 < int(packing.worth[chosen].sum()) <= best


@pytest.mark.parametrize("workers", [1, 3])
def test_neither_threads_nor_their_number_change_the_choice(packed, workers):
    packing, prices, most, _ = packed
    alone = _chosen(packing, prices, most).tolist()
    with ThreadPoolExecutor(workers) as executor:
        assert _chosen(packing, prices, most, executor).tolist() == alone


@pytest.mark.parametrize("way", ["loops", "arrays"])
@pytest.mark.parametrize("has_threads", [True, False])
def test_whoever_stops_it_gets_a_choice_that_is_whole(packed, has_threads, way):
    packing, prices, most, _ = packed
    asked = []

    def interrupted():
        asked.append(None)
        return len(asked) > 10

    with ThreadPoolExecutor(2) as threads:
        executor = threads if has_threads else None
        stopped = _chosen(packing, prices, most, executor, way=way, interrupted=interrupted)
    assert (entries_of(packing)[stopped].sum(axis=0) <= packing.limits).all()
    assert int(packing.worth[stopped].sum()) >= int(packing.limits @ prices) - most


def test_where_several_groups_each_are_allowed_no_beam_search_comes_first():
    problem = generate(participants=90, seed=3)
    problem = evolve(problem, policy=evolve(problem.policy, groups_each=3))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(improving, "chosen_abreast", None)
        assert solve(problem, stop=GapBelow(0.02)).groups
