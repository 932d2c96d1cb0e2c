"""The graph of a mission, and measures that equal what a person counts by hand."""

from collections import Counter, deque
from fractions import Fraction
from itertools import combinations

import networkx as nx
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from pendulum import Date

from tests.network.examples import (
    CHARGING,
    CYCLING,
    SHADE,
    SOURCE,
    application,
    city,
    edition,
    group,
    missions,
    transfer,
)
from tests.searching import examples
from utm.domain import (
    Consortium,
    ConsortiumId,
    MembershipStatus,
    NetworkId,
    NetworkMembership,
    Practice,
    PracticeId,
    TransferEnd,
)
from utm.errors import InvalidValueError
from utm.network import (
    LinkKind,
    Mission,
    NodeKind,
    balance_of_exchange,
    city_ties,
    cover_regions,
    cover_topics,
    departure_of,
    find_brokers,
    isolated_cities,
    measures,
    mission_graph,
    node_name,
    reach_of_practice,
)
from utm.testing.knowledge import practices


def tied_by_hand(mission: Mission) -> set[tuple[str, str]]:
    pairs = {
        tuple(sorted(f"city:{key}" for key in pair))
        for each in mission.editions
        for pairing in each.pairings
        for pair in combinations(pairing.members, 2)
    }
    learned = {
        tuple(sorted((f"city:{each.adopter}", f"city:{each.origin}"))) for each in mission.transfers
    }
    return pairs | learned  # type: ignore[return-value]


def shortest_ways(ties: dict[str, set[str]], start: str, end: str) -> list[tuple[str, ...]]:
    """All shortest ways, by trying all ways in order of their length."""
    found: list[tuple[str, ...]] = []
    waiting = deque([(start,)])
    while waiting:
        way = waiting.popleft()
        if found and len(way) > len(found[0]):
            break
        if way[-1] == end:
            found.append(way)
        waiting.extend((*way, other) for other in sorted(ties[way[-1]]) if other not in way)
    return found


@given(missions())
def test_ties_brokers_and_isolated_cities_are_those_counted_by_hand(mission: Mission) -> None:
    graph = mission_graph(mission)
    cities = [f"city:{each.id}" for each in mission.all_cities()]
    pairs = tied_by_hand(mission)
    ties = {
        name: {other for pair in pairs if name in pair for other in pair} - {name}
        for name in cities
    }

    assert {tuple(sorted(edge)) for edge in city_ties(graph).edges()} == pairs
    assert isolated_cities(graph).value == tuple(n for n in cities if not ties[n])
    sums = dict.fromkeys(cities, Fraction(0))
    for start, end in combinations(cities, 2):
        ways = shortest_ways(ties, start, end)
        for way in ways:
            for name in way[1:-1]:
                sums[name] += Fraction(1, len(ways))
    others = max(1, (len(cities) - 1) * (len(cities) - 2) // 2)
    found = {each.city: each for each in find_brokers(graph).value}
    for name in cities:
        exact = sums[name] * 1_000_000 / others
        measured = found[name].betweenness_millionths if name in found else 0
        assert abs(measured - exact) <= 1
        assert (name in found) is (sums[name] > 0)


@given(missions(), st.data())
def test_what_a_departure_costs_is_what_the_mission_without_the_city_lacks(
    mission: Mission, data: st.DataObject
) -> None:
    graph = mission_graph(mission)
    leaving = data.draw(st.sampled_from(mission.all_cities())).id
    lost = departure_of(graph, f"city:{leaving}").value
    pairs = tied_by_hand(mission)
    kept = {pair for pair in pairs if f"city:{leaving}" not in pair}

    tied_before = {name for pair in pairs for name in pair}
    tied_after = {name for pair in kept for name in pair}
    assert set(lost.cut_off) == tied_before - tied_after - {f"city:{leaving}"}
    for given_, parts in ((pairs, lost.parts_before), (kept, lost.parts_after)):
        assert nx.number_connected_components(nx.Graph(list(given_))) == parts
    broken = [
        f"group:{each.id}"
        for each in mission.editions[0].pairings
        if leaving in each.members and len(each.members) == 2
    ]
    assert list(lost.broken_groups) == broken
    others = [each for each in mission.applications if each.key != leaving]
    own = next(each for each in mission.applications if each.key == leaving)
    sought = {need.topic for each in others for need in each.needs}
    offered = {offer.topic for each in others for offer in each.offers}
    alone = {offer.topic for offer in own.offers} & sought - offered
    assert set(lost.unserved_topics) == {f"topic:{topic}" for topic in alone}


@given(missions())
def test_all_that_is_taught_is_learned(mission: Mission) -> None:
    balances = balance_of_exchange(mission_graph(mission)).value

    assert sum(each.surplus for each in balances) == 0
    for each in balances:
        learned = {t.origin for t in mission.transfers if f"city:{t.adopter}" == each.city}
        taught = {t.adopter for t in mission.transfers if f"city:{t.origin}" == each.city}
        own = next(a for a in mission.applications if f"city:{a.key}" == each.city)
        counts = (len(learned), len(taught), len(own.needs), len(own.offers))
        assert (each.learned_from, each.taught, each.needs, each.offers) == counts


@given(missions())
def test_a_topic_is_covered_as_the_applications_say(mission: Mission) -> None:
    found = {each.topic: each for each in cover_topics(mission_graph(mission)).value}
    for topic in (CYCLING, CHARGING, SHADE):
        seekers = {a.key for a in mission.applications if topic in {n.topic for n in a.needs}}
        givers = {a.key for a in mission.applications if topic in {o.topic for o in a.offers}}
        if topic not in found:
            assert not seekers | givers
            continue
        each = found[topic]
        assert set(each.seekers) == {f"city:{key}" for key in seekers}
        assert set(each.givers) == {f"city:{key}" for key in givers}
        assert each.is_without_offer is any(not givers - {seeker} for seeker in seekers)


@given(missions(), st.randoms())
def test_the_order_of_facts_leaves_no_trace(mission: Mission, random) -> None:
    shuffled = [list(mission.applications), list(mission.transfers)]
    for each in shuffled:
        random.shuffle(each)
    other = evolve(mission, applications=tuple(shuffled[0]), transfers=tuple(shuffled[1]))
    graphs = [mission_graph(each) for each in (mission, other)]

    assert list(graphs[0].nodes(data=True)) == list(graphs[1].nodes(data=True))
    assert list(graphs[0].edges(keys=True)) == list(graphs[1].edges(keys=True))


@examples(25)
@given(st.lists(practices(), max_size=4, unique_by=lambda each: each.id))
def test_a_practice_points_at_its_cities_topics_and_forebears(told: list[Practice]) -> None:
    graph = mission_graph(Mission(practices=tuple(told)))
    for practice in told:
        name = node_name(NodeKind.PRACTICE, practice.id)
        expected = {f"city:{each}" for each in practice.cities}
        expected |= {f"topic:{each}" for each in practice.topics}
        expected |= {f"practice:{each}" for each in practice.builds_on}
        assert set(graph.succ[name]) == expected


def test_brokers_beyond_the_exact_size_are_an_approximation_that_says_so() -> None:
    keys = ["fi-turku", *(f"pt-city-{n}" for n in range(8))]
    mission = Mission(
        cities=tuple(map(city, keys)),
        transfers=tuple(transfer(n, key, keys[0]) for n, key in enumerate(keys[1:])),
    )
    exact = find_brokers(mission_graph(mission))
    drawn = find_brokers(mission_graph(mission), exact_up_to=3)

    assert exact.is_exact
    assert exact.approximation == ""
    assert [each.betweenness_millionths for each in exact.value] == [1_000_000]
    assert not drawn.is_exact
    assert "stand for" in drawn.approximation
    assert drawn.value == exact.value  # all are drawn where there are so few


def test_drawn_brokers_tell_how_far_they_may_be_off(monkeypatch: pytest.MonkeyPatch) -> None:
    keys = [f"fi-city-{n}" for n in range(24)]
    mission = Mission(
        cities=tuple(map(city, keys)),
        transfers=tuple(transfer(n, key, keys[n // 2]) for n, key in enumerate(keys[1:])),
    )
    graph = mission_graph(mission)
    exact = {each.city: each.betweenness_millionths for each in find_brokers(graph).value}
    monkeypatch.setattr(measures, "_PIVOTS", 12)

    off = Counter[bool]()
    for seed in range(20):
        drawn = find_brokers(graph, exact_up_to=3, seed=seed)
        assert drawn == find_brokers(graph, exact_up_to=3, seed=seed)
        assert any(each.standard_error_millionths for each in drawn.value)
        off.update(
            abs(each.betweenness_millionths - exact[each.city])
            > 2 * each.standard_error_millionths + 1
            for each in drawn.value
        )
    assert off[True] / off.total() < 0.25


def test_a_consortium_stands_for_its_towns() -> None:
    towns = (city("fi-turku"), city("fi-oulu"))
    pair = Consortium(id=ConsortiumId("twins"), name="Twins", members=towns)
    asking = evolve(application(towns[0], needs=(SHADE,)), applicant=pair)
    grouped = evolve(group(1, "pt-braga", "ec-cuenca"), members=(pair.id, city("pt-braga").id))
    graph = mission_graph(Mission(applications=(asking,), editions=(edition(grouped),)))

    assert set(map(frozenset, city_ties(graph).edges())) == set(
        map(frozenset, combinations(("city:fi-turku", "city:fi-oulu", "city:pt-braga"), 2))
    )
    assert graph.nodes["city:pt-braga"]["known"] is False
    (region,) = cover_regions(graph).value
    assert (region.region, region.theme, region.seekers, region.givers) == (
        "Europe",
        "cooling",
        2,
        0,
    )
    assert region.is_without_offer


@given(practices())
def test_a_practice_reaches_those_who_reuse_what_was_made_from_it(practice: Practice) -> None:
    keys = [PracticeId(name) for name in ("tracks", "lanes", "streets")]
    told = tuple(
        evolve(practice, id=key, builds_on=(keys[at - 1],)) for at, key in enumerate(keys)
    )  # in a circle
    mission = Mission(
        practices=told,
        transfers=(
            transfer(1, "fi-turku", "pt-braga", "tracks"),
            transfer(2, "ke-kisumu", "fi-turku", "streets"),
        ),
    )
    graph = mission_graph(mission)

    assert reach_of_practice(graph, "practice:lanes").value == ("city:fi-turku", "city:ke-kisumu")


def test_what_was_given_up_is_reused_no_longer_and_was_learned_all_the_same() -> None:
    end = TransferEnd(stopped_on=Date(2026, 1, 1), reason="no money")
    stopped = evolve(transfer(1, "fi-turku", "pt-braga"), end=end)
    graph = mission_graph(Mission(transfers=(stopped, transfer(2, "ke-kisumu", "fi-turku"))))

    assert reach_of_practice(graph, "practice:tracks").value == ("city:ke-kisumu",)
    assert {
        each.city: (each.taught, each.learned_from) for each in balance_of_exchange(graph).value
    } == {"city:pt-braga": (1, 0), "city:fi-turku": (1, 1), "city:ke-kisumu": (0, 1)}
    assert city_ties(graph).has_edge("city:fi-turku", "city:pt-braga")


def test_a_city_that_has_withdrawn_from_a_network_does_not_belong_to_it() -> None:
    def member(status: MembershipStatus) -> NetworkMembership:
        return NetworkMembership(network=NetworkId("gcom"), status=status, source=SOURCE)

    for status, belongs in (
        (MembershipStatus.SIGNATORY, True),
        (MembershipStatus.WITHDRAWN, False),
    ):
        one = evolve(city("fi-turku"), memberships=(member(status),))
        graph = mission_graph(Mission(cities=(one,)))
        assert graph.has_edge("city:fi-turku", "network:gcom", LinkKind.BELONGS_TO.value) is belongs


def test_two_things_of_one_key_are_refused() -> None:
    turku = city("fi-turku")
    twice = (application(turku), application(turku))
    with pytest.raises(InvalidValueError, match="twice"):
        mission_graph(Mission(applications=twice))
    with pytest.raises(InvalidValueError, match="two ways"):
        mission_graph(Mission(cities=(turku, evolve(turku, name="Åbo"))))
    one = group(1, "fi-turku", "pt-braga")
    other = evolve(one, members=(city("fi-oulu").id, city("pt-porto").id))
    editions = (edition(one), edition(other))
    with pytest.raises(InvalidValueError, match="twice"):
        mission_graph(Mission(editions=editions))


def test_a_measure_of_what_is_no_city_is_refused() -> None:
    graph = mission_graph(Mission())
    with pytest.raises(InvalidValueError, match="is no city"):
        departure_of(graph, "city:fi-turku")
