"""Problems that break engines: each answered in seconds, with a clear result."""

import subprocess
import sys

import pytest
from attrs import evolve

from utm.domain.identifiers import TopicId
from utm.pairing import (
    Conflict,
    ContextWeights,
    ExchangeRule,
    Exclusion,
    Lock,
    Need,
    Offer,
    Participant,
    Policy,
    Problem,
    Status,
    ThemeCapacity,
    solve,
    verify,
)
from utm.pairing.instances import Family, generate

HEAT = TopicId("heat.shade")
COUNTRIES = ("FI", "PT", "NA", "NP")
_MANY_COUNTRIES = (*COUNTRIES, "DE", "FR", "ES", "IT", "KE", "BR", "CL", "JP", "US", "CA")


def _alike(count, *, maturity=3, country=None):
    return tuple(
        Participant(
            id=f"c{number:03}",
            country=country or COUNTRIES[number % 4],
            needs=(Need(topic=HEAT, weight_share=1.0),),
            offers=(Offer(topic=HEAT, maturity=maturity),) if maturity else (),
        )
        for number in range(count)
    )


def test_three_hundred_alike_are_all_placed_in_fours():
    result = solve(Problem(participants=_alike(300)))
    assert result.status is Status.OPTIMAL
    assert [len(group.members) for group in result.groups] == [4] * 75


@pytest.mark.parametrize("countries", [2, 4, 14])
@pytest.mark.parametrize("count", [26, 50])
def test_those_alike_but_for_their_country_are_grouped_with_a_proof(countries, count):
    people = tuple(
        evolve(one, country=_MANY_COUNTRIES[number % countries])
        for number, one in enumerate(_alike(count))
    )
    result = solve(Problem(participants=people))
    assert result.status is Status.OPTIMAL
    assert len(result.unmatched) == 0


@pytest.mark.parametrize("count", [30, 101])
def test_those_alike_who_must_all_be_placed_are_placed_with_a_proof(count):
    people = _alike(count)
    locks = tuple(Lock(members=(one.id,), reason="has paid") for one in people)
    problem = Problem(participants=people, policy=Policy(locks=locks))
    result = solve(problem)
    assert result.status is Status.OPTIMAL
    assert not result.unmatched
    assert verify(problem, result).holds


def test_a_thousand_locks_of_one_are_kept_with_a_proof():
    people = _alike(1_200)
    locks = tuple(Lock(members=(one.id,), reason="has paid") for one in people[:1_000])
    problem = Problem(participants=people, policy=Policy(locks=locks, most_groups=250))
    result = solve(problem)
    assert result.status is Status.OPTIMAL
    placed = {name for group in result.groups for name in group.members}
    assert placed == {one.id for one in people[:1_000]}


def test_a_conflict_of_a_hundred_who_are_alike_is_verified_soon():
    people = _alike(100)
    names = tuple(one.id for one in people)
    conflict = Conflict(members=names, reason="rivals", most_together=2)
    problem = Problem(participants=people, policy=Policy(conflicts=(conflict,)))
    result = solve(problem)
    assert result.status is Status.OPTIMAL
    assert {len(group.members) for group in result.groups} == {2}
    assert verify(problem, result).proven_bound == result.price_bound


def test_nobody_at_all_is_a_grouping():
    result = solve(Problem(participants=()))
    assert (result.status, result.score, result.groups) == (Status.OPTIMAL, 0, ())


def test_one_country_makes_no_group_under_the_rule_of_two():
    result = solve(Problem(participants=_alike(40, country="FI")))
    assert result.status is Status.OPTIMAL
    assert result.score == 0
    assert {entry.reason for entry in result.unmatched} == {
        "No group with it keeps every rule: no other participant is from another country."
    }


def test_without_any_exchange_nobody_is_grouped_and_all_are_told_why():
    people = tuple(
        Participant(
            id=f"c{number:03}",
            country=COUNTRIES[number % 4],
            needs=(Need(topic=TopicId(f"heat.t{number}"), weight_share=1.0),),
        )
        for number in range(60)
    )
    result = solve(Problem(participants=people))
    assert result.status is Status.OPTIMAL
    assert len(result.unmatched) == 60


def test_needs_without_offers_are_met_by_facing_them_together():
    result = solve(Problem(participants=_alike(51, maturity=None)))
    assert result.status is Status.OPTIMAL
    assert len(result.unmatched) == 0
    told = {part.name for g in result.groups for m in g.member_scores for part in m.parts}
    assert "learning" not in told
    assert "shared_challenge" in told


def test_weights_of_zero_give_a_score_of_zero():
    nothing = ContextWeights(
        climate=0,
        population=0,
        coast=0,
        mountain=0,
        river=0,
        income=0,
        language=0,
        office_hours=0,
        hours_apart=0,
        repeat=0,
    )
    policy = Policy(shared_challenge=0, context=nothing)
    result = solve(Problem(participants=_alike(30, maturity=None), policy=policy))
    assert (result.status, result.score, result.bound) == (Status.OPTIMAL, 0, 0)


def test_a_star_places_its_centre_where_it_helps_most():
    helper = Participant(id="star", country="FI", offers=(Offer(topic=HEAT, maturity=5),))
    people = (helper, *(evolve(p, offers=()) for p in _alike(30, country="PT")))
    policy = Policy(exchange=ExchangeRule.HELP, shared_challenge=0.0)
    result = solve(Problem(participants=people, policy=policy))
    assert result.status is Status.OPTIMAL
    assert [len(group.members) for group in result.groups] == [4]
    assert "star" in result.groups[0].members


def test_a_star_among_needs_that_differ_is_placed_where_it_helps_most():
    drawn = generate(participants=100, seed=3)
    needs = sorted({need.topic for one in drawn.participants for need in one.needs})
    offers = tuple(Offer(topic=topic, maturity=5) for topic in needs)
    star, *others = (evolve(one, offers=()) for one in drawn.participants)
    people = (evolve(star, needs=(), offers=offers), *others)
    result = solve(evolve(drawn, participants=people))
    assert result.status is Status.OPTIMAL
    assert [star.id in group.members for group in result.groups] == [True]


def test_four_hundred_topics_are_no_burden():
    family = Family(themes=4, topics_per_theme=100)
    problem = generate(participants=60, seed=1, family=family)
    assert solve(problem).status is Status.OPTIMAL


def test_a_lock_that_breaks_a_rule_is_named_with_its_reason():
    lock = Lock(members=("c000", "c004"), reason="the mayors are friends")
    result = solve(Problem(participants=_alike(12), policy=Policy(largest_group=2, locks=(lock,))))
    assert result.status is Status.INFEASIBLE
    assert any("the mayors are friends" in cause for cause in result.infeasible_because)
    assert verify(Problem(participants=_alike(12), policy=Policy(locks=(lock,))), result).holds


def test_a_lock_and_an_exclusion_of_the_same_two_contradict():
    pair = ("c000", "c001")
    policy = Policy(
        locks=(Lock(members=pair, reason="yes"),),
        exclusions=(Exclusion(members=pair, reason="no"),),
    )
    result = solve(Problem(participants=_alike(8), policy=policy))
    assert result.status is Status.INFEASIBLE


def test_locks_that_compete_for_one_partner_contradict_together():
    lonely = tuple(
        Participant(id=f"n{number}", country="FI", needs=(Need(topic=HEAT, weight_share=1.0),))
        for number in range(2)
    )
    helper = Participant(id="h", country="PT", offers=(Offer(topic=HEAT, maturity=5),))
    policy = Policy(
        largest_group=2,
        exchange=ExchangeRule.HELP,
        locks=tuple(Lock(members=(p.id,), reason="must be placed") for p in lonely),
    )
    result = solve(Problem(participants=(*lonely, helper), policy=policy))
    assert result.status is Status.INFEASIBLE
    assert result.infeasible_because[-3:] == (
        "n0 must be in a group (must be placed).",
        "n1 must be in a group (must be placed).",
        "Without any one of these there is a grouping that keeps the others.",
    )


def test_many_locks_are_all_kept():
    problem = generate(participants=60, seed=2)
    pairs = [group.members[:2] for group in solve(problem).groups]
    locks = tuple(Lock(members=pair, reason="they know each other") for pair in pairs)
    result = solve(evolve(problem, policy=evolve(problem.policy, locks=locks)))
    assert result.status is Status.OPTIMAL
    together = [set(group.members) for group in result.groups]
    assert all(any(set(pair) <= group for group in together) for pair in pairs)


def test_the_nouns_load_no_solver():
    code = (
        "import sys, utm.pairing as p; p.Problem(participants=()); p.MaxRuntime(1); p.Result;"
        "print([m for m in ('numpy','scipy','highspy','networkx') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_who_must_be_placed_is_placed_even_where_the_group_costs_more_than_it_gains():
    people = (
        Participant(id="c0", country="FI"),
        Participant(id="c1", country="PT", needs=(Need(topic=HEAT, weight_share=1.0),)),
    )
    policy = Policy(
        exchange=ExchangeRule.NOT_ASKED,
        context=ContextWeights(repeat=0.05),
        locks=(Lock(members=("c0",), reason="the host"),),
    )
    problem = Problem(participants=people, policy=policy, earlier_pairs=(("c0", "c1"),))
    result = solve(problem)
    assert result.status is Status.OPTIMAL
    assert result.score == result.bound < 0
    assert [group.members for group in result.groups] == [("c0", "c1")]
    assert verify(problem, result).holds


@pytest.mark.parametrize("abroad", [1, 5])
def test_a_country_that_nearly_all_are_from_hides_no_groups(abroad):
    problem = generate(participants=60, seed=4)
    people = tuple(
        evolve(one, country="PT" if number < abroad else "FI")
        for number, one in enumerate(problem.participants)
    )
    result = solve(evolve(problem, participants=people))
    assert result.status is Status.OPTIMAL
    assert len(result.groups) == abroad
    assert verify(evolve(problem, participants=people), result).holds


@pytest.mark.parametrize("lacking", ["needs", "offers", "countries", "benefit"])
def test_where_no_group_is_admissible_that_is_verified_soon(lacking):
    problem = generate(participants=150, seed=4)
    policy = evolve(problem.policy, exchange=ExchangeRule.HELP)
    people = problem.participants
    if lacking == "countries":
        people = tuple(evolve(one, country="FI") for one in people)
    elif lacking == "benefit":
        policy = evolve(policy, least_benefit=1.0, shared_challenge=0.0)
    else:
        people = tuple(evolve(one, **{lacking: ()}) for one in people)
    problem = evolve(problem, participants=people, policy=policy)
    result = solve(problem)
    assert (result.status, result.groups) == (Status.OPTIMAL, ())
    assert verify(problem, result).proven_bound == result.price_bound


def test_too_few_countries_are_seen_without_a_search():
    for count, fewest in ((1, 2), (3, 4)):
        problem = generate(participants=200, seed=4)
        people = tuple(
            evolve(one, country=COUNTRIES[number % count])
            for number, one in enumerate(problem.participants)
        )
        policy = evolve(problem.policy, fewest_countries=fewest)
        result = solve(Problem(participants=people, policy=policy))
        assert (result.status, result.bound) == (Status.OPTIMAL, 0)


def test_what_cannot_be_among_very_many_is_seen_without_a_search():
    problem = generate(participants=4_200, seed=1)
    first = evolve(problem.participants[0], needs=(), offers=())
    helpless = evolve(problem, participants=(first, *problem.participants[1:]))
    lock = Lock(members=(first.id,), reason="the host")
    for impossible, because in (
        (
            evolve(helpless, policy=evolve(problem.policy, locks=(lock,))),
            (
                "Under its theme a group is tied together by help.",
                f"{first.id} must be in a group (the host).",
            ),
        ),
        (
            evolve(problem, policy=evolve(problem.policy, fewest_groups=2_101)),
            ("There are at least 2101 groups.",),
        ),
    ):
        told = []
        result = solve(impossible, on_progress=told.append)
        assert result.status is Status.INFEASIBLE
        assert result.infeasible_because[:-1] == because
        assert not told


def test_nobody_of_very_many_is_grouped_where_nothing_can_be_gained():
    problem = generate(participants=4_200, seed=1)
    themes = sorted({need.topic.theme for one in problem.participants for need in one.needs})
    closed = tuple(ThemeCapacity(theme=theme, most_groups=0) for theme in themes)
    told = []
    result = solve(
        evolve(problem, policy=evolve(problem.policy, theme_capacities=closed)),
        on_progress=told.append,
    )
    assert (result.status, result.score, result.bound) == (Status.OPTIMAL, 0, 0)
    assert {each.columns for each in told} == {0}
