"""Likeness of context and hours in common, worked by hand."""

import pytest
from attrs import evolve
from hypothesis import given

from tests.pairing.problems import problems
from tests.searching import examples
from utm.domain.city import IncomeGroup
from utm.domain.identifiers import TopicId
from utm.pairing import (
    ContextWeights,
    ExchangeRule,
    FocusKind,
    Need,
    Offer,
    Participant,
    Policy,
    Problem,
    ProposedGroup,
    Status,
    evaluate,
    solve,
)

HEAT = TopicId("heat.shade")
PARTS = "climate population coast mountain river income language office_hours hours_apart repeat"
NOTHING = dict.fromkeys(PARTS.split(), 0.0)


def _evaluated(*people, policy=None, earlier=(), **weights):
    context = ContextWeights(**(NOTHING | weights))
    policy = policy or Policy(context=context, shared_challenge=0.0)
    named = tuple(
        evolve(person, id=f"c{number}", needs=(Need(topic=HEAT, weight_share=1.0),))
        for number, person in enumerate(people)
    )
    problem = Problem(participants=named, policy=policy, earlier_pairs=earlier)
    return evaluate(problem, [ProposedGroup(members=tuple(p.id for p in named))]).groups[0]


def _score(*people, **weights):
    """What the first gains, in millionths."""
    return _evaluated(*people, **weights).group.member_scores[0].score


def _city(country="FI", **facts):
    return Participant(id="x", country=country, **facts)


@pytest.mark.parametrize(
    ("weight", "left", "right", "expected"),
    [
        ("climate", {"climate": "Csa"}, {"climate": "Csa"}, 600_000),
        ("climate", {"climate": "Csa"}, {"climate": "Cfb"}, 300_000),
        ("climate", {"climate": "Csa"}, {"climate": "Dfb"}, 0),
        ("climate", {"climate": "Csa"}, {}, 0),
        ("population", {"population": 99_999}, {"population": 50_000}, 600_000),
        ("population", {"population": 99_999}, {"population": 100_000}, 300_000),
        ("population", {"population": 99_999}, {"population": 250_000}, 0),
        ("coast", {"coast_km": 50.0}, {"coast_km": 0.0}, 600_000),
        ("coast", {"coast_km": 50.0}, {"coast_km": 50.1}, 0),
        ("coast", {"coast_km": 500.0}, {"coast_km": 60.0}, 600_000),
        ("mountain", {"elevation_m": 1000.0}, {"elevation_m": 3500.0}, 600_000),
        ("mountain", {"elevation_m": 999.0}, {"elevation_m": 1000.0}, 0),
        ("river", {"on_river": True}, {"on_river": True}, 600_000),
        ("river", {"on_river": True}, {"on_river": False}, 0),
        ("river", {"on_river": False}, {}, 0),
        ("income", {"income": IncomeGroup.LOW}, {"income": IncomeGroup.LOW}, 600_000),
        ("income", {"income": IncomeGroup.LOW}, {"income": IncomeGroup.UPPER_MIDDLE}, 199_998),
        ("income", {"income": IncomeGroup.LOW}, {"income": IncomeGroup.HIGH}, 0),
        ("language", {"languages": ("en", "fi")}, {"languages": ("en",)}, 600_000),
        ("language", {"languages": ("fi",)}, {"languages": ("en",)}, 0),
        ("language", {"languages": ("fi",)}, {}, 0),
        ("office_hours", {"timezone": "Africa/Nairobi"}, {"timezone": "Europe/Istanbul"}, 600_000),
        ("office_hours", {"timezone": "Africa/Nairobi"}, {"timezone": "Europe/Helsinki"}, 525_000),
        ("office_hours", {"timezone": "Africa/Nairobi"}, {}, 0),
        ("hours_apart", {"timezone": "Africa/Nairobi"}, {"timezone": "Europe/Helsinki"}, -600_000),
        (
            "hours_apart",
            {"timezone": "Pacific/Auckland"},
            {"timezone": "Pacific/Pago_Pago"},
            -600_000,
        ),
    ],
)
def test_a_part_is_worth_its_weight_times_the_likeness(weight, left, right, expected):
    assert _score(_city("FI", **left), _city("PT", **right), **{weight: 0.6}) == expected


def test_a_repeated_pairing_costs_its_weight():
    people = (_city("FI"), _city("PT"))
    before = _evaluated(*people, earlier=(("c1", "c0"),), repeat=0.5).group
    assert before.score == -2 * 499_998
    assert _evaluated(*people, repeat=0.5).group.score == 0


def test_kisumu_and_mersin_share_all_eight_hours():
    group = _evaluated(
        _city("KE", timezone="Africa/Nairobi"), _city("TR", timezone="Europe/Istanbul")
    )
    assert group.common_office_minutes == 480


def test_rio_varanasi_and_yenisehir_share_no_office_hour():
    group = _evaluated(
        _city("BR", timezone="America/Sao_Paulo"),
        _city("IN", timezone="Asia/Kolkata"),
        _city("TR", timezone="Europe/Istanbul"),
    )
    assert group.common_office_minutes == 0


def test_an_unknown_zone_leaves_the_hours_in_common_unknown():
    group = _evaluated(_city("KE", timezone="Africa/Nairobi"), _city("TR"))
    assert group.common_office_minutes is None


def test_learning_is_the_chance_that_somebody_helps():
    helper = Offer(topic=HEAT, maturity=3)
    group = _evaluated(
        _city("FI"), _city("PT", offers=(helper,)), _city("NA", offers=(helper,))
    ).group
    assert [score.score for score in group.member_scores] == [840_000, 600_000, 600_000]
    assert group.focus_topics == (HEAT,)


def test_a_shared_challenge_counts_the_same_in_any_size_of_group():
    policy = Policy(context=ContextWeights(**NOTHING), shared_challenge=0.25)
    countries = ("FI", "PT", "NA", "NP")
    for size in (2, 3, 4):
        group = _evaluated(*(_city(name) for name in countries[:size]), policy=policy).group
        assert {score.score for score in group.member_scores} == {249_996}


@examples(50)
@given(problem=problems(most=6))
def test_a_better_affinity_never_lowers_the_best_score(problem):
    policy = evolve(problem.policy, least_benefit=None)
    more = evolve(policy, context=evolve(policy.context, climate=0.5, language=0.5, income=0.5))
    before = solve(evolve(problem, policy=policy))
    after = solve(evolve(problem, policy=more))
    assert after.score >= before.score


def test_a_focus_on_single_topics_separates_what_a_theme_joins():
    cool, shade = TopicId("heat.cool"), TopicId("heat.shade")
    people = tuple(
        Participant(
            id=f"c{number}",
            country=country,
            needs=(Need(topic=cool if number % 2 else shade, weight_share=1.0),),
            offers=(Offer(topic=shade if number % 2 else cool, maturity=4),),
        )
        for number, country in enumerate(("FI", "PT", "NA", "NP"))
    )
    themes = Policy(exchange=ExchangeRule.HELP)
    by_theme = solve(Problem(participants=people, policy=themes))
    by_topic = solve(Problem(participants=people, policy=evolve(themes, focus=FocusKind.TOPIC)))
    assert by_theme.status is by_topic.status is Status.OPTIMAL
    assert by_topic.score < by_theme.score
    assert all(len(group.focus_topics) == 1 for group in by_topic.groups)


def test_graphs_show_who_could_help_whom_and_who_is_with_whom():
    people = (
        Participant(id="a", country="FI", needs=(Need(topic=HEAT, weight_share=1.0),)),
        Participant(id="b", country="PT", offers=(Offer(topic=HEAT, maturity=5),)),
        Participant(id="c", country="NA"),
    )
    problem = Problem(participants=people)
    graph = problem.to_networkx()
    assert list(graph.edges(data="topics")) == [("b", "a", ("heat.shade",))]
    assert graph.nodes["c"]["country"] == "NA"
    groups = solve(problem).to_networkx()
    assert set(groups.nodes) == {"a", "b", "c"}
    assert list(groups.edges(data="theme")) == [("a", "b", "heat")]
    assert groups.nodes["a"]["group"] == 1
    assert groups.nodes["c"]["group"] is None
    assert sum(price for _, price in groups.nodes(data="price")) == groups.graph["bound"] or (
        sum(price for _, price in groups.nodes(data="price")) > groups.graph["bound"]
    )
