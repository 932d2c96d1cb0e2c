"""Loops over whole numbers find what NumPy finds: the same groups, worth the same."""

from itertools import combinations

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.pairing.problems import limited_problems
from tests.searching import examples
from utm.domain.identifiers import TopicId
from utm.pairing import (
    ExchangeRule,
    GapBelow,
    Need,
    Offer,
    Participant,
    Policy,
    Problem,
    pricing,
    scanning,
    solve,
)
from utm.pairing.compiling import arrays_of
from utm.pairing.instances import FAMILIES, generate
from utm.pairing.pricing import priced_above


def _with(monkeypatch, loops):
    monkeypatch.setattr(pricing, "wants_loops", lambda _copies: loops)


def _all_groups(arrays, prices, threshold):
    found = []
    for number in range(len(arrays.foci)):
        for part in priced_above(arrays, number, prices, threshold):
            found += zip(
                part.copies.tolist(), part.focus.tolist(), part.worth.tolist(), strict=True
            )
    return {str(each) for each in found}


@pytest.fixture(scope="module", name="patch")
def _patch():
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@examples(40)
@given(
    problem=limited_problems(most=8),
    prices=st.lists(st.integers(-200_000, 900_000), min_size=8, max_size=8),
    threshold=st.sampled_from([-400_000, -1, 0, 1, 250_000]),
)
def test_loops_and_arrays_price_the_same_groups(patch, problem, prices, threshold):
    arrays = arrays_of(problem)
    by_copy = np.resize(np.array(prices, dtype=np.int64), arrays.copies)
    _with(patch, loops=True)
    looped = _all_groups(arrays, by_copy, threshold)
    _with(patch, loops=False)
    assert looped == _all_groups(arrays, by_copy, threshold)


@examples(10)
@given(seed=st.integers(0, 1_000), challenge=st.sampled_from([0.0, 0.25]))
def test_groups_of_a_larger_problem_are_worth_the_same(patch, seed, challenge):
    problem = generate(participants=40, seed=seed)
    policy = evolve(problem.policy, shared_challenge=challenge, most_of_one_country=2)
    arrays = arrays_of(evolve(problem, policy=policy))
    prices = np.full(arrays.copies, 450_000, dtype=np.int64)
    _with(patch, loops=True)
    looped = _all_groups(arrays, prices, 0)
    _with(patch, loops=False)
    assert looped
    assert looped == _all_groups(arrays, prices, 0)


def test_a_search_takes_the_same_way_with_loops_and_without(patch):
    problem = generate(participants=60, seed=11)
    results = []
    for loops in (True, False):
        _with(patch, loops=loops)
        results.append(solve(problem, stop=GapBelow(0.02)))
    assert results[0] == results[1]


def test_a_four_is_found_whose_pairs_add_no_more_than_a_sixth_each(patch):
    """Capacities raise the threshold to nearly the worth of a whole group."""
    pairs = list(combinations("abcd", 2))
    people = []
    for name, country in zip("abcd", ("FI", "PT", "NA", "NP"), strict=True):
        topics = [TopicId(f"heat.t{n}") for n, pair in enumerate(pairs) if name in pair]
        people.append(
            Participant(
                id=name,
                country=country,
                needs=tuple(Need(topic=topic, weight_share=1 / 3) for topic in topics),
                offers=tuple(Offer(topic=topic, maturity=5) for topic in topics),
            )
        )
    policy = Policy(smallest_group=4, shared_challenge=0.0, exchange=ExchangeRule.HELP)
    arrays = arrays_of(Problem(participants=tuple(people), policy=policy))
    nothing = np.zeros(4, dtype=np.int64)
    for loops in (True, False):
        _with(patch, loops=loops)
        assert len(_all_groups(arrays, nothing, 3_700_000)) == 1


@examples(12)
@given(
    family=st.sampled_from(sorted(FAMILIES)),
    seed=st.integers(0, 100_000),
    price=st.sampled_from([300_000, 400_000, 500_000, 600_000]),
    spread=st.sampled_from([0, 50_000, 200_000]),
    threshold=st.sampled_from([-50_000, -1, 0, 100_000, 1_000_000]),
)
def test_groups_of_every_family_are_the_same(patch, family, seed, price, *, spread, threshold):
    arrays = arrays_of(generate(participants=40, seed=seed, family=FAMILIES[family]))
    drawn = np.random.default_rng(seed).normal(price, spread, arrays.copies)
    prices = drawn.astype(np.int64)
    _with(patch, loops=True)
    looped = _all_groups(arrays, prices, threshold)
    _with(patch, loops=False)
    assert looped == _all_groups(arrays, prices, threshold)


@examples(25)
@given(
    family=st.sampled_from(sorted(FAMILIES)),
    seed=st.integers(0, 100_000),
    listed=st.sampled_from([1, 2, 3, 5, 1_000]),
    room=st.sampled_from([1, 7, 65_536]),
    budget=st.sampled_from([1, 100_000_000]),
    steps=st.sampled_from([3, 50, 30_000]),
    threshold=st.sampled_from([-50_000, 0, 100_000]),
    far=st.sampled_from([0, 10_000_000, 10_000_000_000, -10_000_000, -100_000_000_000]),
)
def test_groups_are_the_same_however_coarse_and_short_the_tables(
    family, seed, listed, room, *, budget, steps, threshold, far
):
    """One price far from all others, too, leaves no group out."""
    arrays = arrays_of(generate(participants=40, seed=seed, family=FAMILIES[family]))
    prices = np.random.default_rng(seed).normal(500_000, 50_000, arrays.copies).astype(np.int64)
    prices[seed % arrays.copies] += far
    with pytest.MonkeyPatch.context() as patch:
        _with(patch, loops=False)
        expected = _all_groups(arrays, prices, threshold)
        _with(patch, loops=True)
        patch.setattr(scanning, "_LISTED", listed)
        patch.setattr(scanning, "_ROOM", room)
        patch.setattr(scanning, "_BUDGET", budget)
        patch.setattr(scanning, "_STEPS", steps)
        assert _all_groups(arrays, prices, threshold) == expected
