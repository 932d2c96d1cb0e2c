"""Values of another kind than declared: each is refused with its place, whatever else is wrong."""

import datetime as dt
import math
from enum import Enum
from fractions import Fraction

import networkx as nx
import numpy as np
import pendulum
import pytest
from attrs import evolve, fields
from hypothesis import given
from hypothesis import strategies as st

from tests.searching import examples
from utm.domain.city import IncomeGroup
from utm.domain.identifiers import ThemeId, TopicId
from utm.errors import InputProblem, InvalidInputError, InvalidValueError
from utm.pairing import (
    Allowance,
    Conflict,
    ContextWeights,
    ExchangeRule,
    Exclusion,
    FocusKind,
    LanguageCapacity,
    LanguageRule,
    Lock,
    MaxRounds,
    Need,
    Offer,
    Participant,
    Policy,
    Priority,
    Problem,
    ProposedGroup,
    ThemeCapacity,
    evaluate,
    solve,
)
from utm.pairing.instances import generate

HEAT = TopicId("heat.a")
NEED, OFFER = Need(topic=HEAT, weight_share=1.0), Offer(topic=HEAT, maturity=3)
SOUND = {
    Participant: Participant(id="a", country="FI", needs=(NEED,), offers=(OFFER,)),
    Policy: Policy(),
    ContextWeights: ContextWeights(),
    Lock: Lock(members=("a",), reason="x"),
    Exclusion: Exclusion(members=("a", "b"), reason="x"),
    Conflict: Conflict(members=("a", "b"), reason="x"),
    Priority: Priority(participant="a", worth=1.0, reason="x"),
    Allowance: Allowance(participant="b", most_groups=1, reason="x"),
    ThemeCapacity: ThemeCapacity(theme=ThemeId("heat"), most_groups=1),
    LanguageCapacity: LanguageCapacity(language="fi", most_groups=1),
}
LISTS = {
    Lock: "locks",
    Exclusion: "exclusions",
    Conflict: "conflicts",
    Priority: "priorities",
    Allowance: "allowances",
    ThemeCapacity: "theme_capacities",
    LanguageCapacity: "language_capacities",
}


def _problem(kind, one, **others):
    """A problem with one instance of a class where it belongs."""
    policy = Policy()
    people = (SOUND[Participant], Participant(id="b", country="PT"))
    if kind is Participant:
        people = (people[1], one)
    elif kind is Policy:
        policy = one
    elif kind is ContextWeights:
        policy = Policy(context=one)
    else:
        policy = Policy(**{LISTS[kind]: (one,)})
    return Problem(participants=people, policy=policy, **others)


def _places(kind, **changes):
    with pytest.raises(InvalidInputError) as excinfo:
        _problem(kind, evolve(SOUND[kind], **changes))
    return [problem.path for problem in excinfo.value.problems]


def _is_sound_or_refused(make):
    """Whatever is made can be written and read; what cannot be made says where and why."""
    try:
        problem = make()
    except InvalidInputError as error:
        refused = error
    else:
        assert Problem.from_json(problem.to_json()) == problem
        return
    assert str(refused)
    assert all(problem.path.startswith("$.") for problem in refused.problems)


class Rank(Enum):
    FIRST = "theme"


JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from([10**18 + 1, -(10**30), 10**400]),
    st.just(5000).map(lambda digits: 10**digits),
    st.floats(),
    st.text(max_size=3),
    st.binary(max_size=2),
    st.sampled_from(
        [
            "theme",
            "topic",
            "help",
            "all members",
            "rich",
            "en",
            "a",
            "\ud800",
            "a/\0",
            Rank.FIRST,
            FocusKind.TOPIC,
            FocusKind,
            IncomeGroup,
            Participant,
            object(),
            len,
            1j,
            Fraction(1, 2),
            np.float64(0.5),
            np.int64(3),
            np.array(5),
            np.array([0.1, 0.2]),
            dt.date(2026, 1, 15),
            pendulum.datetime(2026, 1, 15),
            pendulum.Date(2026, 1, 15),
            HEAT,
            ThemeId("heat"),
            NEED,
            OFFER,
            *SOUND.values(),
        ]
    ),
)
NESTED = st.recursive(
    JUNK,
    lambda inner: st.one_of(
        st.lists(inner, max_size=5),
        st.lists(inner, max_size=5).map(tuple),
        st.dictionaries(st.text(max_size=2), inner, max_size=2),
        st.sets(st.one_of(st.text(max_size=2), st.integers()), max_size=2),
    ),
    max_leaves=5,
)
FIELDS = [(kind, one.name) for kind in SOUND for one in fields(kind)]


@given(data=st.data())
@examples(400)
def test_junk_makes_a_problem_or_is_refused_with_its_places(data):
    kind = data.draw(st.sampled_from(list(SOUND)))
    names = data.draw(
        st.lists(st.sampled_from([one.name for one in fields(kind)]), min_size=1, max_size=3)
    )
    changes = {name: data.draw(NESTED) for name in names}
    _is_sound_or_refused(lambda: _problem(kind, evolve(SOUND[kind], **changes)))


@given(name=st.sampled_from([one.name for one in fields(Problem)]), junk=NESTED)
@examples(200)
def test_junk_for_a_part_of_a_problem_makes_one_or_is_refused(name, junk):
    given = {"participants": (SOUND[Participant],), name: junk}
    _is_sound_or_refused(lambda: Problem(**given))


@given(kind=st.sampled_from([Need, Offer]), number=NESTED, topic=st.just(HEAT) | JUNK, said=NESTED)
@examples(200)
def test_junk_makes_a_need_or_an_offer_or_is_refused(kind, number, topic, said):
    figure = "weight_share" if kind is Need else "maturity"
    try:
        made = kind(**{"topic": topic, figure: number, "statement": said})
    except InvalidValueError:
        return
    changes = {"needs" if kind is Need else "offers": (made,)}
    _is_sound_or_refused(lambda: _problem(Participant, evolve(SOUND[Participant], **changes)))


@given(members=NESTED, theme=NESTED)
@examples(100)
def test_junk_for_a_proposed_group_is_refused_with_its_place(members, theme):
    problem = _problem(Policy, Policy())
    try:
        evaluate(problem, [ProposedGroup(members=members, theme=theme)])
    except InvalidInputError as error:
        refused = error
    else:
        return
    assert all(one.path.startswith("$.groups[0]") for one in refused.problems)


@pytest.mark.parametrize(
    ("kind", "change", "place"),
    [
        (Policy, {"focus": "topic"}, "$.policy.focus"),
        (Policy, {"exchange": "help"}, "$.policy.exchange"),
        (Policy, {"common_language": "all members"}, "$.policy.common_language"),
        (Policy, {"smallest_group": "2"}, "$.policy.smallest_group"),
        (Policy, {"largest_group": True}, "$.policy.largest_group"),
        (Policy, {"office_opens_minute": None}, "$.policy.office_opens_minute"),
        (Policy, {"office_closes_minute": "late"}, "$.policy.office_closes_minute"),
        (Policy, {"admits_unknown": "no"}, "$.policy.admits_unknown"),
        (Policy, {"least_benefit": "much"}, "$.policy.least_benefit"),
        (Policy, {"most_groups": 1.5}, "$.policy.most_groups"),
        (Policy, {"most_of_one_country": 10**30}, "$.policy.most_of_one_country"),
        (Policy, {"reference_days": ("2026-01-15",)}, "$.policy.reference_days[0]"),
        (Policy, {"reference_days": pendulum.Date(2026, 1, 15)}, "$.policy.reference_days"),
        (Policy, {"helpfulness": (0.1, 0.2, "x", 0.4, 0.5)}, "$.policy.helpfulness[2]"),
        (Policy, {"helpfulness": "abcde"}, "$.policy.helpfulness"),
        (Policy, {"context": None}, "$.policy.context"),
        (Policy, {"pair_parts": 3}, "$.policy.pair_parts"),
        (Policy, {"pair_parts": (3,)}, "$.policy.pair_parts[0]"),
        (ContextWeights, {"climate": "much"}, "$.policy.context.climate"),
        (ContextWeights, {"climate": True}, "$.policy.context.climate"),
        (ContextWeights, {"coast_within_km": 10**400}, "$.policy.context.coast_within_km"),
        (ContextWeights, {"coast_within_km": math.inf}, "$.policy.context.coast_within_km"),
        (ContextWeights, {"mountain_from_m": None}, "$.policy.context.mountain_from_m"),
        (ContextWeights, {"population_bands": (1, "2")}, "$.policy.context.population_bands[1]"),
        (Lock, {"members": "ab"}, "$.policy.locks[0].members"),
        (Lock, {"members": None}, "$.policy.locks[0].members"),
        (Conflict, {"members": ("a", 2)}, "$.policy.conflicts[0].members[1]"),
        (Conflict, {"most_together": "1"}, "$.policy.conflicts[0].most_together"),
        (Exclusion, {"reason": None}, "$.policy.exclusions[0].reason"),
        (Priority, {"participant": ["a"]}, "$.policy.priorities[0].participant"),
        (Priority, {"worth": "1"}, "$.policy.priorities[0].worth"),
        (Allowance, {"most_groups": None}, "$.policy.allowances[0].most_groups"),
        (ThemeCapacity, {"theme": "heat"}, "$.policy.theme_capacities[0].theme"),
        (LanguageCapacity, {"language": ["fi"]}, "$.policy.language_capacities[0].language"),
        (Participant, {"id": [1]}, "$.participants[1].id"),
        (Participant, {"country": None}, "$.participants[1].country"),
        (Participant, {"income": "rich"}, "$.participants[1].income"),
        (Participant, {"languages": "en"}, "$.participants[1].languages"),
        (Participant, {"languages": ("en", 1)}, "$.participants[1].languages[1]"),
        (Participant, {"timezone": 2}, "$.participants[1].timezone"),
        (Participant, {"needs": None}, "$.participants[1].needs"),
        (Participant, {"offers": ("x",)}, "$.participants[1].offers[0]"),
        (Participant, {"population": "many"}, "$.participants[1].population"),
        (Participant, {"population": True}, "$.participants[1].population"),
        (Participant, {"coast_km": 10**400}, "$.participants[1].coast_km"),
        (Participant, {"elevation_m": "high"}, "$.participants[1].elevation_m"),
        (Participant, {"on_river": "no"}, "$.participants[1].on_river"),
    ],
)
def test_what_is_of_another_kind_is_refused_at_its_place(kind, change, place):
    assert _places(kind, **change) == [place]


@pytest.mark.parametrize("kind", LISTS)
@pytest.mark.parametrize("entry", ["a", None, {"members": ["a"]}, Policy()])
def test_an_entry_that_is_none_is_refused_at_its_place(kind, entry):
    with pytest.raises(InvalidInputError) as excinfo:
        Problem(
            participants=(SOUND[Participant], Participant(id="b", country="PT")),
            policy=Policy(**{LISTS[kind]: (SOUND[kind], entry, entry)}),
        )
    places = [problem.path for problem in excinfo.value.problems]
    assert places == [f"$.policy.{LISTS[kind]}[{index}]" for index in (1, 2)]
    assert all(kind.__name__ in problem.reason for problem in excinfo.value.problems)


def test_a_choice_is_refused_with_the_choices():
    with pytest.raises(InvalidInputError, match=r"Use one of: FocusKind\.THEME, FocusKind\.TOPIC"):
        Problem(participants=(), policy=Policy(focus="topic"))
    for rule, name in ((LanguageRule.ALL, "common_language"), (ExchangeRule.HELP, "exchange")):
        assert Problem(participants=(), policy=Policy(**{name: rule})).policy != Policy()
        assert _places(Policy, **{name: rule.value}) == [f"$.policy.{name}"]


def test_what_is_of_another_kind_hides_no_other_fault():
    with pytest.raises(InvalidInputError) as excinfo:
        Problem(
            participants=(
                "a",
                Participant(id="b", country="UK", income="rich", population=-1),
                Participant(id="c", country="FI", coast_km="near", needs=(NEED, NEED)),
                Participant(id="c", country="FI"),
            ),
            topics=("heat.a",),
            earlier_pairs=(("b", "c", "c"), ("b", "nobody")),
            policy=Policy(
                focus="topic",
                smallest_group="2",
                largest_group=9,
                office_opens_minute=18 * 60,
                office_closes_minute=None,
                context=ContextWeights(coast="far", coast_within_km=math.nan),
                locks=("c", Lock(members=("nobody",), reason="")),
                theme_capacities=(ThemeCapacity(theme="heat", most_groups=-1),),
            ),
        )
    assert [problem.path for problem in excinfo.value.problems] == [
        "$.topics[0]",
        "$.participants[0]",
        "$.participants[1].income",
        "$.participants[2].coast_km",
        "$.earlier_pairs[0]",
        "$.policy.smallest_group",
        "$.policy.office_closes_minute",
        "$.policy.focus",
        "$.policy.context.coast",
        "$.policy.locks[0]",
        "$.policy.theme_capacities[0].theme",
        "$.participants",
        "$.participants[1].country",
        "$.participants[1].population",
        "$.participants[2].needs",
        "$.participants[2].needs",
        "$.earlier_pairs[1]",
        "$.policy.largest_group",
        "$.policy.context.coast_within_km",
        "$.policy.locks[1].members",
        "$.policy.locks[1].reason",
        "$.policy.theme_capacities[0].most_groups",
    ]


def test_a_list_will_do_for_a_tuple():
    problem = generate(participants=6, seed=1)
    policy = problem.policy
    lists = {
        one.name: list(value)
        for one in fields(Policy)
        if isinstance(value := getattr(policy, one.name), tuple)
    }
    given = Problem(
        participants=list(problem.participants),
        policy=Policy(**{one.name: getattr(policy, one.name) for one in fields(Policy)} | lists),
        topics=iter(problem.topics),
        earlier_pairs=[list(pair) for pair in problem.earlier_pairs],
    )
    assert given == problem
    assert hash(given.policy) == hash(policy)


def test_what_is_no_text_is_no_document():
    for junk in (None, 5, b"\xff", ["{}"]):
        with pytest.raises(InvalidInputError):
            Problem.from_json(junk)


def test_the_largest_numbers_that_pass_can_be_solved():
    problem = generate(participants=6, seed=3)
    most = 10**18
    theme = problem.participants[0].needs[0].topic.theme
    names = [one.id for one in problem.participants[:2]]
    policy = evolve(
        problem.policy,
        most_of_one_country=most,
        most_groups=most,
        context=evolve(
            problem.policy.context,
            population_bands=(1, most),
            coast_within_km=1e308,
            mountain_from_m=-(10**308),
        ),
        conflicts=(Conflict(members=names, reason="x", most_together=most),),
        theme_capacities=(ThemeCapacity(theme=theme, most_groups=most),),
    )
    people = tuple(
        evolve(one, population=most, coast_km=10**308, elevation_m=-(10**308))
        for one in problem.participants
    )
    large = evolve(problem, participants=people, policy=policy)
    assert solve(large, stop=MaxRounds(50)).groups
    assert Problem.from_json(large.to_json()) == large
    wanted = evolve(large, policy=evolve(policy, fewest_groups=most))
    assert solve(wanted).status.value == "infeasible"


def test_a_value_too_large_to_be_written_is_told_without_it():
    told = InputProblem(source="x", reason="is wrong", remedy="Mend it.", read=10**5000)
    assert told.read == "too large a value of int"


def test_a_graph_with_junk_is_refused():
    graph = nx.Graph()
    graph.add_node("a", country=object())
    with pytest.raises(InvalidInputError):
        Problem.from_networkx(graph)
