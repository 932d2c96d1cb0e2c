"""Transfers keep their order, and graph, reach, balance and first movers follow from them."""

from collections.abc import Callable
from fractions import Fraction

import attrs
import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pendulum import Date

from tests.knowledge.cities import SOURCE
from tests.knowledge.test_recommendation import reuse
from utm.domain import (
    Adaptation,
    CityId,
    CountryCode,
    PracticeId,
    Transfer,
    TransferEnd,
    TransferStage,
    TransferStep,
    is_in_europe,
)
from utm.domain.countries import all_countries
from utm.errors import InvalidValueError
from utm.knowledge import (
    first_movers,
    reach_of,
    replication_graph,
    two_way_balance,
)

CITIES = ("pt-braga", "fi-turku", "tr-mersin", "ec-cuenca", "ar-mendoza")
ONE = reuse("shade", "pt-braga", "tr-mersin")
STEPS = ONE.steps

edges = st.lists(
    st.tuples(st.sampled_from(CITIES), st.sampled_from(CITIES), st.integers(0, 3)).filter(
        lambda edge: edge[0] != edge[1]
    ),
    max_size=10,
    unique_by=lambda edge: edge[:2],
).map(lambda drawn: [reuse("shade", a, b, stages=stages) for a, b, stages in drawn])


def step(stage: TransferStage, day: int) -> TransferStep:
    return TransferStep(stage=stage, reached_on=Date(2026, 3, day), evidence=(SOURCE,))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"adopter": CityId("pt-braga")}, "origin and its adopter"),
        ({"steps": STEPS[1:]}, "must understand, then adapt"),
        ({"steps": (STEPS[0], STEPS[2])}, "must understand, then adapt"),
        ({"adaptations": ()}, "what was changed, or why nothing was"),
        ({"unchanged_because": "it fits"}, "and why nothing was"),
        ({"adaptations": ONE.adaptations * 2}, "twice"),
        ({"end": TransferEnd(stopped_on=Date(2026, 3, 1), reason="no money")}, "back in time"),
        (
            {"steps": (step(TransferStage.UNDERSTAND, 9), step(TransferStage.ADAPT, 8))},
            "back in time",
        ),
    ],
)
def test_a_transfer_that_contradicts_itself_is_refused(change: dict, reason: str) -> None:
    with pytest.raises(InvalidValueError, match=reason):
        attrs.evolve(ONE, **change)


def test_a_stage_without_evidence_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="no evidence"):
        TransferStep(stage=TransferStage.ADAPT, reached_on=Date(2026, 3, 2), evidence=())


def test_a_reason_why_nothing_was_changed_is_enough() -> None:
    unchanged = attrs.evolve(ONE, adaptations=(), unchanged_because="The climate is the same.")

    assert unchanged.stage is TransferStage.REUSE
    assert unchanged.reused_on == Date(2026, 3, 2)


def test_an_adaptation_says_what_how_and_why() -> None:
    with pytest.raises(InvalidValueError):
        Adaptation(what="trees", change="palms", why=" ")


@given(edges)
def test_the_graph_has_an_edge_a_transfer_whatever_their_order(drawn: list[Transfer]) -> None:
    graph = replication_graph(drawn)
    backwards = replication_graph(drawn[::-1])

    assert nx.utils.graphs_equal(graph, backwards)
    assert list(graph.edges(keys=True)) == list(backwards.edges(keys=True))
    assert {key for _, _, key in graph.edges(keys=True)} == {one.id for one in drawn}
    for one in drawn:
        assert graph.edges[one.origin, one.adopter, one.id]["stage"] is one.stage


@given(edges, st.sampled_from(CITIES))
def test_reach_is_what_the_graph_of_reuse_reaches(drawn: list[Transfer], origin: str) -> None:
    start = CityId(origin)
    graph = nx.DiGraph(
        [(one.origin, one.adopter) for one in drawn if one.stage is TransferStage.REUSE]
    )
    graph.add_node(start)

    reached = reach_of(PracticeId("shade"), drawn, origins=[start])

    assert set(reached) == nx.descendants(graph, start)
    assert reach_of(PracticeId("other"), drawn, origins=[start]) == ()


def given_up(*transfers: Transfer) -> list[Transfer]:
    end = TransferEnd(stopped_on=Date(2026, 5, 1), reason="no money")
    return [attrs.evolve(one, end=end) for one in transfers]


def test_a_practice_is_in_use_from_its_reuse_until_it_is_given_up() -> None:
    (ended,) = given_up(ONE)

    assert ONE.is_in_use
    assert not reuse("shade", "pt-braga", "tr-mersin", stages=2).is_in_use
    assert not ended.is_in_use
    assert ended.until(Date(2026, 4, 30)).is_in_use
    assert not ended.until(Date(2026, 5, 1)).is_in_use
    assert not ended.until(Date(2026, 3, 1)).is_in_use


def test_who_gave_a_practice_up_is_not_reached_and_who_learned_it_there_is() -> None:
    chain = [
        *given_up(reuse("shade", "pt-braga", "ec-cuenca")),
        reuse("shade", "ec-cuenca", "tr-mersin"),
    ]

    def reached(transfers: list[Transfer]) -> list[str]:
        found = reach_of(PracticeId("shade"), transfers, origins=[CityId("pt-braga")])
        return [city.value for city in found]

    assert reached(chain) == ["tr-mersin"]
    assert reached([one.until(Date(2026, 4, 30)) for one in chain]) == ["ec-cuenca", "tr-mersin"]
    assert reached([*chain, reuse("shade", "fi-turku", "ec-cuenca")]) == ["tr-mersin"]
    assert reached(given_up(*chain)) == []


@given(edges, st.sets(st.integers(0, 9)), st.sampled_from(CITIES))
def test_reach_counts_what_is_in_use_and_follows_what_was_learned(
    drawn: list[Transfer], ended: set[int], origin: str
) -> None:
    transfers = [given_up(one)[0] if at in ended else one for at, one in enumerate(drawn)]
    start = CityId(origin)
    learned = nx.DiGraph([(one.origin, one.adopter) for one in drawn if one.reused_on])
    learned.add_node(start)
    came_to = nx.descendants(learned, start) | {start}

    reached = reach_of(PracticeId("shade"), transfers, origins=[start])

    in_use = {one.adopter for one in transfers if one.is_in_use and one.origin in came_to}
    assert set(reached) == in_use - {start}


def test_what_was_learned_and_given_up_stays_in_the_balance_and_among_the_first() -> None:
    assert two_way_balance(given_up(ONE)) == two_way_balance([ONE])
    assert first_movers(given_up(ONE)) == first_movers([ONE])


@given(edges)
def test_the_four_directions_add_up_to_all_transfers(drawn: list[Transfer]) -> None:
    balance = two_way_balance(drawn, stage=TransferStage.UNDERSTAND)
    counted = sum(one.stage is not None for one in drawn)

    assert counted == (
        balance.europe_to_world
        + balance.world_to_europe
        + balance.within_europe
        + balance.within_world
    )


def test_balance_is_the_smaller_flow_as_a_share_of_the_larger() -> None:
    transfers = [
        reuse("a", "pt-braga", "ec-cuenca"),
        reuse("b", "fi-turku", "ec-cuenca"),
        reuse("c", "ec-cuenca", "pt-braga"),
        reuse("d", "fi-turku", "pt-braga"),
    ]

    assert two_way_balance(transfers).two_way_share == Fraction(1, 2)
    assert two_way_balance(transfers[3:]).two_way_share is None
    assert two_way_balance(transfers[:1]).two_way_share == 0


def test_who_belongs_to_europe_can_be_told_otherwise() -> None:
    transfers = [reuse("a", "pt-braga", "tr-mersin")]

    def with_turkey(country: CountryCode) -> bool:
        return is_in_europe(country) or country == CountryCode("TR")

    assert two_way_balance(transfers).europe_to_world == 1
    assert two_way_balance(transfers, in_europe=with_turkey).within_europe == 1


@pytest.mark.parametrize("other", [c.alpha2 for c in all_countries() if c.alpha2 != "FI"])
def test_the_balance_counts_to_europe_what_the_domain_counts(other: str) -> None:
    balance = two_way_balance([reuse("a", "fi-turku", f"{other.lower()}-somewhere")])

    assert bool(balance.within_europe) == is_in_europe(CountryCode(other))
    assert balance.within_europe + balance.europe_to_world == 1


def test_first_movers_are_told_by_region_and_share_a_day() -> None:
    late = attrs.evolve(
        reuse("shade", "pt-braga", "ar-mendoza"),
        steps=(*STEPS[:2], attrs.evolve(STEPS[2], reached_on=Date(2026, 9, 1))),
    )
    transfers = [reuse("shade", "pt-braga", "ec-cuenca"), late, ONE]

    movers = first_movers(transfers)

    assert [(one.region, [city.value for city in one.cities]) for one in movers] == [
        ("South America", ["ec-cuenca"]),
        ("Western Asia", ["tr-mersin"]),
    ]
    assert first_movers(transfers[::-1]) == movers


@pytest.mark.parametrize(
    "ask",
    [
        two_way_balance,
        first_movers,
        replication_graph,
        lambda transfers: reach_of(PracticeId("shade"), transfers, origins=[]),
    ],
)
def test_keys_that_stand_twice_are_refused_and_all_named(
    ask: Callable[[list[Transfer]], object],
) -> None:
    others = [reuse(key, "pt-braga", "fi-turku") for key in "ab"]

    with pytest.raises(InvalidValueError, match="stand twice") as refused:
        ask([*others, ONE, ONE, others[0], others[0]])

    assert refused.value.value == ["a-pt-braga-fi-turku", ONE.id.value]


def test_cities_that_teach_each_other_in_a_circle_do_no_harm() -> None:
    circle = [
        reuse("shade", "pt-braga", "ec-cuenca"),
        reuse("shade", "ec-cuenca", "tr-mersin"),
        reuse("shade", "tr-mersin", "pt-braga"),
    ]

    assert reach_of(PracticeId("shade"), circle, origins=[CityId("pt-braga")]) == (
        CityId("ec-cuenca"),
        CityId("tr-mersin"),
    )
