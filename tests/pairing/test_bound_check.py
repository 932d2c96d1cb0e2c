"""The check of the bound finds every undersold group, whatever the rules."""

from itertools import combinations

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.pairing.problems import limited_problems, marked_problems, problems
from tests.searching import examples
from utm.domain.identifiers import TopicId
from utm.pairing import (
    LanguageRule,
    Need,
    Offer,
    Participant,
    Policy,
    Problem,
    Unmatched,
    bound_check,
    solve,
    verify,
)
from utm.pairing.barriers import Barriers
from utm.pairing.bound_check import undersold
from utm.pairing.definition import Definition
from utm.pairing.instances import generate
from utm.pairing.limits import Limits
from utm.pairing.violations import violations_of
from utm.programme import city2city_policy, participant_of
from utm.reference import city2city_2026

CITIES = tuple(participant_of(one) for one in city2city_2026().applications)
TIGHT = Problem(participants=CITIES, policy=city2city_policy(common_office_minutes=480))
TIGHT_RESULT = solve(TIGHT)


def _undersold_by_trying_all(definition, prices):
    return {
        (focus, members)
        for focus in definition.foci()
        for size in (2, 3, 4)
        for members in combinations(sorted(definition.people), size)
        if not violations_of(definition, members, focus)
        and definition.group(members, focus).score > sum(prices[name] for name in members)
    }


@examples(60)
@given(problem=problems(most=6), data=st.data())
def test_a_group_is_undersold_exactly_where_trying_all_finds_one(problem, data):
    definition = Definition(problem)
    height = data.draw(st.sampled_from([0, 100_000, 600_000, 1_500_000]))
    prices = {
        name: data.draw(st.integers(-height // 4, height)) for name in sorted(definition.people)
    }
    expected = _undersold_by_trying_all(definition, prices)
    assert len(tuple(undersold(definition, prices))) == min(5, len(expected))


@examples(60)
@given(problem=limited_problems(most=6), data=st.data())
def test_what_groups_pay_for_capacities_is_counted_as_trying_all_counts_it(problem, data):
    definition = Definition(problem)
    limits = Limits(definition)
    height = data.draw(st.sampled_from([100_000, 600_000]))
    prices = {
        name: data.draw(st.integers(-height // 4, height)) for name in sorted(definition.people)
    }
    dues = {name: data.draw(st.integers(-height // 2, height)) for name in sorted(limits.places)}
    expected = {
        (focus, members)
        for focus in definition.foci()
        for size in (2, 3, 4)
        for members in combinations(sorted(definition.people), size)
        if not violations_of(definition, members, focus)
        and definition.group(members, focus).score
        > sum(prices[name] for name in members) + limits.dues(members, focus[0], dues)
    }
    assert len(tuple(undersold(definition, prices, dues))) == min(5, len(expected))


@examples(60)
@given(problem=problems(fewest=4, most=9, alike=True), height=st.integers(0, 900_000))
def test_of_those_alike_four_tell_whether_any_group_is_undersold(problem, height):
    definition = Definition(problem)
    named = {name for pair in problem.earlier_pairs for name in pair}
    prices = {name: height - 50_000 * (name in named) for name in definition.people}
    expected = _undersold_by_trying_all(definition, prices)
    assert any(undersold(definition, prices)) == bool(expected)


@examples(60)
@given(problem=marked_problems(), height=st.integers(0, 900_000))
def test_whatever_is_said_of_each_of_those_alike_no_undersold_group_is_missed(problem, height):
    definition = Definition(problem)
    prices = {name: height + definition.priorities.get(name, 0) for name in definition.people}
    expected = _undersold_by_trying_all(definition, prices)
    assert any(undersold(definition, prices)) == bool(expected)


def test_very_many_who_are_alike_are_verified_at_once():
    one = generate(participants=1, seed=1).participants[0]
    people = tuple(
        evolve(one, id=f"c{number:03}", country=("FI", "PT", "NA")[number % 3])
        for number in range(300)
    )
    problem = Problem(participants=people)
    result = solve(problem)
    assert verify(problem, result).proven_bound == result.price_bound
    cheaper = {each.participant: each.price - 10 for each in result.prices}
    assert any(undersold(Definition(problem), cheaper))


@examples(60)
@given(problem=problems(most=6))
def test_what_a_barrier_parts_no_admissible_group_holds(problem):
    definition = Definition(problem)
    names = sorted(definition.people)
    barriers = Barriers(definition, names)
    for focus in definition.foci():
        for size in (2, 3, 4):
            for members in combinations(range(len(names)), size):
                if violations_of(definition, [names[place] for place in members], focus):
                    continue
                i, j, *others = members
                assert not barriers.apart[i, j]
                for third in others:
                    assert barriers.thirds(i, j)[third]
                if size > 3:
                    thirds = barriers.thirds(i, j).nonzero()[0]
                    assert barriers.fourths(i, j, thirds, thirds).any()


@pytest.mark.parametrize(
    "rule",
    [
        {"common_office_minutes": 480},
        {"common_office_minutes": 480, "common_language": LanguageRule.ALL},
        {"common_office_minutes": 420, "common_language": LanguageRule.PAIRWISE},
    ],
)
def test_a_tight_rule_leaves_few_groups_to_look_at(rule, monkeypatch):
    looked_at = []

    def counted(*arguments):
        looked_at.append(arguments)
        return violations_of(*arguments)

    monkeypatch.setattr(bound_check, "violations_of", counted)
    problem = Problem(participants=CITIES, policy=city2city_policy(**rule))
    result = solve(problem)
    verification = verify(problem, result)
    assert verification.holds, verification.faults
    assert verification.proven_bound == result.price_bound
    assert len(looked_at) < 2_000


def test_a_forged_price_is_caught_under_a_tight_rule():
    members = TIGHT_RESULT.groups[0].members
    dear = max(TIGHT_RESULT.prices, key=lambda one: (one.participant in members, one.price))
    other = next(one for one in TIGHT_RESULT.prices if one.participant not in members)
    change = {dear.participant: -10, other.participant: 10}
    forged = evolve(
        TIGHT_RESULT,
        prices=tuple(
            evolve(one, price=one.price + change.get(one.participant, 0))
            for one in TIGHT_RESULT.prices
        ),
    )
    verification = verify(TIGHT, forged)
    assert [check.name for check in verification.checks if not check.holds] == ["prices"]
    assert verification.proven_bound is None


@pytest.mark.parametrize("price", [9223372035854775, 10**17, 10**30])
def test_an_absurd_price_of_a_capacity_hides_no_undersold_group(price):
    """One pair of four alike, called best at prices whose sums would not fit into 64 bits."""
    one = Participant(
        id="a",
        country="FI",
        needs=(Need(topic=TopicId("heat.shade"), weight_share=1.0),),
        offers=(Offer(topic=TopicId("heat.shade"), maturity=3),),
    )
    people = tuple(
        evolve(one, id=name, country=country)
        for name, country in (("a", "FI"), ("b", "PT"), ("c", "NA"), ("d", "NP"))
    )
    problem = Problem(participants=people, policy=Policy(fewest_groups=1))
    result = solve(problem)
    pair = solve(evolve(problem, participants=people[:2]))
    forged = evolve(
        result,
        groups=pair.groups,
        unmatched=tuple(Unmatched(participant=name, reason="left out") for name in ("c", "d")),
        score=pair.score,
        bound=pair.score,
        price_bound=pair.score,
        prices=tuple(evolve(each, price=price) for each in result.prices),
        capacity_prices=tuple(
            evolve(each, price=pair.score - 4 * price) for each in result.capacity_prices
        ),
    )
    assert result.score > pair.score
    found = verify(problem, forged)
    assert [check.name for check in found.checks if not check.holds] == ["prices"]


def test_an_absurd_price_hides_no_undersold_group():
    low = dict.fromkeys(Definition(TIGHT).people, 0)
    first, second = sorted(low)[:2]
    definition = Definition(TIGHT)
    assert list(undersold(definition, low | {first: 10**30}))
    assert list(undersold(definition, low | {first: -(10**30), second: 10**30}))
