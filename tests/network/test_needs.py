"""Research needs: clusters that hold, demand that is traceable, publications that protect."""

from collections import Counter
from collections.abc import Iterable
from itertools import combinations

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from pendulum import Date

from tests.network.examples import CHARGING, CYCLING, SHADE, SOURCE, application, city
from utm.domain import (
    Application,
    ApplicationId,
    CallId,
    City,
    CityId,
    Consortium,
    ConsortiumId,
    Offer,
    PopulationBasis,
    PopulationFigure,
    ResearchNeed,
    ResearchNeedId,
)
from utm.errors import InvalidValueError
from utm.network import (
    AnswerState,
    ClusterBasis,
    Demand,
    NeedCluster,
    alike_pairs,
    cluster_by_hand,
    cluster_by_likeness,
    cluster_by_topic,
    compare_demand,
    find_answers,
    measure_demand,
    publish_demand,
    text_likeness,
)
from utm.testing.funding import research_needs

NEEDS = st.integers(1, 10).flatmap(lambda n: st.tuples(*map(research_needs, range(n))))
TEXTS = st.lists(
    st.text("abc é", max_size=12) | st.sampled_from(("heat", "Heat store")), max_size=8
)
DAY = Date(2026, 1, 1)


def need(number: int, key: str, *, text: str = "How?", topics=(SHADE,)) -> ResearchNeed:
    return ResearchNeed(
        id=ResearchNeedId(f"need-{number}"),
        city=CityId(key),
        stated_on=Date(2025, 1, 1).add(days=number),
        text=text,
        source=SOURCE,
        topics=topics,
    )


@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_is_the_same_both_ways_and_full_for_the_same_text(one: str, other: str) -> None:
    assert text_likeness(one, other) == text_likeness(other, one)
    assert 0 <= text_likeness(one, other) <= 1000
    if any(letter.isalnum() for letter in one):
        assert text_likeness(one, one.upper().lower()) == text_likeness(one.upper().lower(), one)
        assert text_likeness(one, one) in {0, 1000}


@given(TEXTS, st.integers(1, 1000))
def test_the_pairs_found_are_those_that_comparing_all_finds(texts: list[str], least: int) -> None:
    by_hand = {
        (first, second, text_likeness(texts[first], texts[second]))
        for first, second in combinations(range(len(texts)), 2)
        if text_likeness(texts[first], texts[second]) >= least
    }
    found = alike_pairs(texts, least=least)

    assert {(pair.first, pair.second, pair.likeness) for pair in found} == by_hand
    assert list(found) == sorted(found)


@given(NEEDS, st.integers(100, 1000), st.randoms())
def test_clusters_by_likeness_part_the_needs_and_no_link_leaves_one(
    needs: tuple[ResearchNeed, ...], least: int, random
) -> None:
    found = cluster_by_likeness(needs, least=least)
    placed = [each.id for cluster in found.clusters for each in cluster.needs]

    assert sorted(placed) == sorted(each.id for each in needs)
    assert found.left == ()
    home = {each.id: c.key for c in found.clusters for each in c.needs}
    for one, other in combinations(needs, 2):
        if text_likeness(one.text, other.text) >= least:
            assert home[one.id] == home[other.id]
    for cluster in found.clusters:
        assert cluster.label in {each.text for each in cluster.needs}
        # As many needs hang together as the links reach from the first.
        reached, grown = {cluster.needs[0].id}, True
        while grown:
            more = {e for a, b, _ in cluster.links for e in (a, b) if reached & {a, b}} - reached
            grown, reached = bool(more), reached | more
        assert reached == {each.id for each in cluster.needs}
    shuffled = list(needs)
    random.shuffle(shuffled)
    assert cluster_by_likeness(shuffled, least=least) == found


@given(NEEDS)
def test_a_need_stands_in_the_cluster_of_each_of_its_topics(
    needs: tuple[ResearchNeed, ...],
) -> None:
    found = cluster_by_topic(needs)
    stands = Counter(each.id for cluster in found.clusters for each in cluster.needs)

    assert all(stands[each.id] == len(each.topics) for each in needs)
    assert {each.id for each in found.left} == {each.id for each in needs if not each.topics}


def test_a_hand_places_what_it_names_and_nothing_else() -> None:
    needs = (need(1, "fi-turku"), need(2, "pt-braga"))
    found = cluster_by_hand(needs, {needs[0].id: "Shade that lasts"})

    assert [(c.label, c.cities) for c in found.clusters] == [
        ("Shade that lasts", (CityId("fi-turku"),))
    ]
    assert found.left == (needs[1],)
    with pytest.raises(InvalidValueError, match="need-9"):
        cluster_by_hand(needs, {ResearchNeedId("need-9"): "x"})


def peopled(key: str, *figures: tuple[int, str]) -> City:
    return evolve(
        city(key),
        populations=tuple(
            PopulationFigure(
                inhabitants=count, basis=PopulationBasis.MUNICIPALITY, source=SOURCE, doubt=doubt
            )
            for count, doubt in figures
        ),
    )


def test_demand_counts_a_city_once_and_says_whose_people_it_does_not_know() -> None:
    needs = (need(1, "fi-turku"), need(2, "fi-turku"), need(3, "pt-braga"), need(4, "ke-kisumu"))
    (cluster,) = cluster_by_topic(needs).clusters
    cities = (
        peopled("fi-turku", (200_000, ""), (190_000, ""), (9, "of another Turku")),
        peopled("pt-braga", (5, "of a district")),
        peopled("fi-oulu", (1, "")),
    )
    demand = measure_demand(cluster, cities, until=DAY)

    assert [str(key) for key in demand.needs] == ["need-1", "need-2", "need-3", "need-4"]
    assert (demand.people.lowest, demand.people.highest) == (190_000, 200_000)
    assert demand.people.unknown == (CityId("ke-kisumu"), CityId("pt-braga"))
    assert demand.regions == (
        ("Africa", (CityId("ke-kisumu"),)),
        ("Europe", (CityId("fi-turku"), CityId("pt-braga"))),
    )


def test_what_has_come_between_two_days_is_told() -> None:
    needs = (need(1, "fi-turku"), need(2, "fi-turku"), need(3, "pt-braga"))
    (cluster,) = cluster_by_topic(needs).clusters
    change = compare_demand(cluster, (), before=Date(2025, 1, 2), after=DAY)

    assert change.before.needs == (needs[0].id,)
    assert change.new_needs == (needs[1].id, needs[2].id)
    assert change.new_cities == (CityId("pt-braga"),)
    with pytest.raises(InvalidValueError, match="order of time"):
        compare_demand(cluster, (), before=DAY, after=Date(2025, 1, 2))


MANY = [f"{code}-{n}" for code in ("fi", "ke", "ec", "nz") for n in range(6)]


@given(
    st.lists(st.sampled_from(MANY), min_size=1, unique=True),
    st.sets(st.sampled_from(MANY)),
    st.integers(2, 5),
)
def test_no_published_number_nor_difference_of_two_points_at_a_small_group(
    keys: list[str], figured: set[str], least: int
) -> None:
    needs = tuple(need(number, key) for number, key in enumerate(keys))
    (cluster,) = cluster_by_topic(needs).clusters
    cities = tuple(peopled(key, (1_000, "")) for key in sorted(figured))
    demand = measure_demand(cluster, cities, until=DAY)
    told = publish_demand(demand, least_cities=least)

    def safe(count: int) -> bool:
        return count == 0 or count >= least

    if len(keys) < least:
        assert (told.cities, told.lowest, told.highest) == (None, None, None)
        assert (told.regions, told.elsewhere) == ((), 0)
        return
    assert told.cities == len(keys)
    regions = dict(told.regions)
    assert sum(regions.values()) + told.elsewhere == len(keys)
    # Whatever regions are subtracted from the whole, what remains is nobody or a group.
    for size in range(len(regions) + 1):
        for some in combinations(regions.values(), size):
            assert safe(len(keys) - sum(some))
    truth = {name: len(members) for name, members in demand.regions}
    assert all(truth[name] == count >= least for name, count in regions.items())
    if told.lowest is not None:
        assert len(demand.people.counted) >= least
        assert safe(len(demand.people.unknown))


@given(
    st.lists(st.sampled_from(MANY), min_size=1, unique=True),
    st.sets(st.sampled_from(MANY)),
    st.lists(st.integers(0, len(MANY)), min_size=2, max_size=4).map(sorted),
    st.integers(2, 4),
)
def test_no_two_publications_show_a_small_group_by_their_difference(
    keys: list[str], figured: set[str], came: list[int], least: int
) -> None:
    cities = tuple(peopled(key, (1_000, "")) for key in sorted(figured))
    needs = tuple(need(number, key) for number, key in enumerate(keys))
    (cluster,) = cluster_by_topic(needs).clusters
    demands = [
        evolve(
            measure_demand(evolve(cluster, needs=needs[:count]), cities, until=DAY),
            until=DAY.add(days=number),
        )
        for number, count in enumerate(came)
    ]
    public = [
        publish_demand(one, least_cities=least, earlier=demands[:at])
        for at, one in enumerate(demands)
    ]
    behind = {one.until: one for one in demands}

    def safe(before: Iterable[CityId], after: Iterable[CityId]) -> bool:
        changed = len(set(before) ^ set(after))
        return changed == 0 or changed >= least

    for one, other in combinations([each for each in public if each.cities is not None], 2):
        first, second = behind[one.until], behind[other.until]
        assert safe(first.cities, second.cities)
        if one.lowest is not None and other.lowest is not None:
            assert safe(first.people.counted, second.people.counted)
        shown = dict(one.regions).keys() & dict(other.regions).keys()
        for name in shown:
            assert safe(dict(first.regions)[name], dict(second.regions)[name])
    assert [each.cities for each in public if each.until == DAY] == [public[0].cities] * sum(
        each.until == DAY for each in public
    )


def test_a_publication_too_near_to_the_last_repeats_it_with_its_day() -> None:
    needs = tuple(need(number, f"fi-{number}") for number in range(8))
    (cluster,) = cluster_by_topic(needs).clusters

    def on(day: int, count: int) -> Demand:
        part = evolve(cluster, needs=needs[:count])
        return evolve(measure_demand(part, (), until=DAY), until=DAY.add(days=day))

    first, second, third = on(0, 4), on(1, 5), on(2, 8)

    assert publish_demand(second, earlier=[first]) == publish_demand(first)
    assert publish_demand(third, earlier=[first]).cities == 8
    assert publish_demand(third, earlier=[first, second]).until == third.until
    days = [on(day, 4 + day) for day in range(5)]
    told = [publish_demand(each, earlier=days[:at]).cities for at, each in enumerate(days)]
    assert told == [4, 4, 4, 7, 7]
    with pytest.raises(InvalidValueError, match="in order of time"):
        publish_demand(first, earlier=[second])


def towns(key: str, *members: str, offers=(SHADE,)) -> Application:
    joined = Consortium(id=ConsortiumId(key), name=key, members=tuple(map(city, members)))
    return Application(
        id=ApplicationId(key),
        call=CallId("call"),
        applicant=joined,
        offers=tuple(Offer(topic=topic, maturity=3) for topic in offers),
    )


def helpers_of(asking: str, *applications: Application) -> tuple[str, ...]:
    clusters = cluster_by_topic([need(1, asking)]).clusters
    (answer,) = find_answers(clusters, practices=(), applications=applications)
    assert (answer.state is AnswerState.GAP) is (answer.offers == ())
    return tuple(key.value for key in answer.offers)


def test_an_offer_of_its_own_consortium_answers_no_need_of_a_town() -> None:
    joined = towns("towns", "pt-braga", "pt-porto")

    assert helpers_of("pt-braga", joined) == ()
    assert helpers_of("fi-turku", joined) == ("towns",)


def test_an_offer_of_its_own_town_answers_no_need_of_a_consortium() -> None:
    joined = towns("pt-towns", "pt-braga", "pt-porto", offers=())
    braga = application(city("pt-braga"), offers=(SHADE,))

    assert helpers_of("pt-towns", joined, braga) == ()
    assert helpers_of("fi-turku", joined, braga) == ("pt-braga",)


def test_another_town_of_its_consortium_that_offers_alone_answers_a_town() -> None:
    joined = towns("towns", "pt-braga", "pt-porto")
    porto = application(city("pt-porto"), offers=(SHADE,))

    assert helpers_of("pt-braga", joined, porto) == ("pt-porto",)


def test_a_gap_has_neither_a_practice_nor_an_offer_of_another_city() -> None:
    needs = (
        need(1, "fi-turku", topics=(SHADE,)),
        need(2, "fi-turku", topics=(CYCLING,)),
        need(3, "fi-turku", topics=(CHARGING,)),
    )
    untold = NeedCluster(
        key="x", label="x", basis=ClusterBasis.HAND, needs=(need(4, "pt-braga", topics=()),)
    )
    offering = (
        application(city("fi-turku"), offers=(SHADE,)),
        application(city("pt-braga"), offers=(CYCLING,)),
    )
    clusters = (*cluster_by_topic(needs).clusters, untold)
    found = find_answers(clusters, practices=(), applications=offering)

    assert {each.cluster.key: each.state for each in found} == {
        "cooling.shade": AnswerState.GAP,
        "mobility.charging": AnswerState.GAP,
        "mobility.cycling": AnswerState.ANSWERED,
        "x": AnswerState.UNTOLD,
    }
