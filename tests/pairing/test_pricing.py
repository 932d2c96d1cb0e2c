"""The lemma behind the exact pricing, and the pricing itself, against trying everything."""

from itertools import combinations

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.pairing.problems import problems
from utm.pairing import ContextWeights, ExchangeRule, Policy, Priority, Problem
from utm.pairing.columns import join
from utm.pairing.compiled import IS_COMPILED
from utm.pairing.compiling import arrays_of
from utm.pairing.first_prices import first_prices
from utm.pairing.instances import generate
from utm.pairing.pricing import priced_above

chances = st.sampled_from([0.0, 0.2, 0.5, 0.95, 1.0])
rows = st.lists(st.tuples(*[st.integers(0, 10)] * 3, *[chances] * 3), min_size=4, max_size=4)


def _exchange(rows, members):
    total = 0.0
    for i in members:
        for topic in range(3):
            nobody = 1.0
            for j in members:
                if j != i:
                    nobody *= 1 - rows[j][3 + topic]
            total += rows[i][topic] * (1 - nobody)
    return total


def _b(rows, pairs, prices, members):
    cost = sum(prices[i] for i in members)
    worth = sum(pairs[pair] for pair in combinations(sorted(members), 2))
    share = {2: 1 / 3, 3: 2 / 3, 4: 1.0}[len(members)]
    return _exchange(rows, members) + worth * 2 / 3 - share * cost


@given(
    rows=rows,
    pair_worths=st.lists(st.integers(-5, 5), min_size=6, max_size=6),
    prices=st.lists(st.integers(-9, 9), min_size=4, max_size=4),
)
def test_the_lemma_bounds_every_group_of_four_from_each_of_its_pairs(rows, pair_worths, prices):
    pairs = dict(zip(combinations(range(4), 2), pair_worths, strict=True))
    excess = _b(rows, pairs, prices, (0, 1, 2, 3))

    def b(*members):
        return _b(rows, pairs, prices, members)

    assert excess <= sum(b(*pair) for pair in pairs) + 1e-9
    assert excess <= sum(b(*trio) for trio in combinations(range(4), 3)) / 2 + 1e-9
    for x, y in pairs:
        z, last = (other for other in range(4) if other not in {x, y})
        assert excess <= b(x, y, z) + b(x, y, last) - b(x, y) + b(z, last) + 1e-9


@given(
    rows=rows,
    pair_worths=st.lists(st.integers(-5, 5), min_size=6, max_size=6),
    prices=st.lists(st.integers(-9, 9), min_size=4, max_size=4),
)
def test_a_third_leaves_no_fourth_more_than_the_pair_leaves_unmet(rows, pair_worths, prices):
    pairs = dict(zip(combinations(range(4), 2), pair_worths, strict=True))
    excess = _b(rows, pairs, prices, (0, 1, 2, 3))
    for x, y in pairs:
        z, last = (other for other in range(4) if other not in {x, y})
        learns, taught = 0.0, 0.0
        for topic in range(3):
            help_of = [rows[each][3 + topic] for each in (x, y, z)]
            missed = (1 - help_of[0]) * (1 - help_of[1])
            unmet = rows[x][topic] * (1 - help_of[1]) + rows[y][topic] * (1 - help_of[0])
            most = max(each[3 + topic] for each in rows)
            learns += most * max(0.0, missed * rows[z][topic] - unmet * help_of[2])
            taught = max(taught, missed * help_of[2])
        taught *= max(sum(each[:3]) for each in rows)
        alone = _b(rows, pairs, prices, (x, y)) - (prices[x] + prices[y]) / 3
        rest = 2 / 3 * pairs[min(z, last), max(z, last)] - sum(prices) / 3
        beside = _b(rows, pairs, prices, (x, y, z)) + _b(rows, pairs, prices, (x, y, last)) - alone
        assert excess <= beside + learns + taught + rest + 1e-9


@given(
    problem=problems(most=8),
    prices=st.lists(st.integers(-200_000, 900_000), min_size=8, max_size=8),
    threshold=st.sampled_from([-400_000, -1, 0, 1, 250_000]),
    by_loops=st.booleans(),
)
def test_the_pricing_misses_no_group_and_invents_none(problem, prices, threshold, by_loops):
    arrays = arrays_of(problem)
    by_copy = np.resize(np.array(prices, dtype=np.int64), arrays.classes)[arrays.class_of]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("utm.pairing.pricing.wants_loops", lambda _: by_loops)
        for number in range(len(arrays.foci)):
            found = {
                tuple(row)
                for columns in priced_above(arrays, number, by_copy, threshold)
                for row in columns.copies.tolist()
            }
            assert found == _by_trying(arrays, number, by_copy, threshold)


def _by_trying(arrays, number, by_copy, threshold):
    from utm.pairing.columns import appraise

    found = set()
    for size in (2, 3, 4):
        members = np.array(list(combinations(range(arrays.copies), size)), dtype=np.int64)
        columns = appraise(arrays, number, members.reshape(-1, size))
        paid = np.append(by_copy, 0)[columns.copies].sum(axis=1)  # copy -1 costs nothing
        excess = columns.worth - paid
        found |= {tuple(row) for row in columns.copies[excess > threshold].tolist()}
    return {group for group in found if _takes_the_first(arrays, group)}


def _takes_the_first(arrays, group):
    """Whether a group takes of participants that are alike the first, as many as it takes."""
    alike = (copy for copy in group if copy > 0 and _are_alike(arrays, copy, copy - 1))
    return all(copy - 1 in group for copy in alike)


def _are_alike(arrays, left, right):
    return arrays.class_of[left] == arrays.class_of[right]


def _far_apart(count, *, seed, hours_apart, worth):
    """Participants who only lose by being together, of whom some bring in much."""
    zones = ("Africa/Nairobi", "America/Bogota", "Asia/Kathmandu", "Pacific/Auckland")
    people = tuple(
        evolve(one, offers=(), timezone=zones[number % len(zones)])
        for number, one in enumerate(generate(participants=count, seed=seed).participants)
    )
    policy = Policy(
        exchange=ExchangeRule.NOT_ASKED,
        fewest_countries=1,
        shared_challenge=0.0,
        context=ContextWeights(
            climate=0,
            population=0,
            coast=0,
            mountain=0,
            income=0,
            language=0,
            office_hours=0,
            hours_apart=hours_apart,
        ),
        priorities=tuple(
            Priority(participant=one.id, worth=worth, reason="it brings money")
            for one in people[: count // 2]
        ),
    )
    return Problem(participants=people, policy=policy)


@pytest.mark.parametrize("hours_apart", [0.01, 0.05, 0.5])
@pytest.mark.parametrize("worth", [0.5, 1.0, 5.0])
def test_loops_miss_no_group_whose_members_only_lose_by_one_another(
    hours_apart, worth, monkeypatch
):
    arrays = arrays_of(_far_apart(16, seed=1, hours_apart=hours_apart, worth=worth))
    prices = (first_prices(arrays) - arrays.bonus)[arrays.class_of] - round(worth * 1_000_000) // 2

    def found():
        parts = [*priced_above(arrays, 0, prices, 900_000)]
        return {tuple(row) for part in parts for row in part.copies.tolist()}

    few = found()
    monkeypatch.setattr("utm.pairing.pricing.wants_loops", lambda _: True)
    assert found() == few
    assert few


@pytest.mark.skipif(not IS_COMPILED, reason="without loops there is no other way")
@pytest.mark.parametrize("threshold", [-300_000, 0])
def test_very_many_candidates_are_looked_at_by_loops_which_find_the_same(threshold, monkeypatch):
    arrays = arrays_of(generate(participants=40, seed=1))
    prices = np.full(arrays.copies, 450_000)

    def found():
        columns = join(arrays, [*priced_above(arrays, 0, prices, threshold)])
        return columns.copies.tolist(), columns.worth.tolist()

    few = found()
    monkeypatch.setattr("utm.pairing.pricing._VERY_MANY", 10)
    assert found() == few
    assert len(few[0]) > 10


def test_of_those_alike_the_first_are_taken():
    people = tuple(
        evolve(one, id=f"{one.id}-{number}")
        for one in generate(participants=5, seed=1).participants
        for number in range(6)
    )
    arrays = arrays_of(Problem(participants=people))
    prices = np.zeros(arrays.copies, dtype=np.int64)
    parts = [*priced_above(arrays, 0, prices, 0)]
    columns = join(arrays, parts)
    assert len(columns) == len({tuple(row) for part in parts for row in part.copies.tolist()}) > 0
    assert all(_takes_the_first(arrays, group) for group in columns.copies.tolist())
