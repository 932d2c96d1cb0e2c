"""Needs that came out of groups go on to research and to trainings, with their source."""

import pytest
from attrs import evolve

from tests.programme.exchange.editions import (
    BRAGA,
    KISUMU,
    ONE,
    START,
    TOPIC,
    TURKU,
    TWO,
    begun,
    granted,
)
from utm.domain import CityId, ConsortiumId, TopicId
from utm.errors import InvalidValueError
from utm.network import cluster_by_topic
from utm.programme.exchange import NeedKind, NeedRaised, research_needs_of, training_demand

GAP = NeedRaised(
    kind=NeedKind.RESEARCH,
    group=ONE,
    topic=TOPIC,
    statement="How to count cyclists at night",
    raised_by=(TURKU, KISUMU),
)
COURSE = evolve(GAP, kind=NeedKind.TRAINING, statement="How to count", raised_by=(TURKU,))


def test_every_city_puts_the_need_forward_with_the_group_as_its_source() -> None:
    day = START.add(days=40)
    state = granted(begun(), (COURSE, START), (GAP, day)).state

    needs = research_needs_of(state)

    assert [(one.city, one.stated_on, one.text) for one in needs] == [
        (TURKU, day, GAP.statement),
        (KISUMU, day, GAP.statement),
    ]
    assert all("edition-01" in one.source.title for one in needs)
    assert len({one.id for one in needs}) == 2
    (cluster,) = cluster_by_topic(needs).clusters
    assert {one.city for one in cluster.needs} == {TURKU, KISUMU}


def test_the_towns_of_a_consortium_put_its_need_forward_and_must_be_known() -> None:
    towns = ConsortiumId("two-towns")
    state = granted(begun(), (GAP, START)).state
    raised = evolve(state, needs=((START, evolve(GAP, raised_by=(towns,))),))

    with pytest.raises(InvalidValueError, match="two-towns"):
        research_needs_of(raised)
    one, other = CityId("fi-aa"), CityId("fi-bb")
    needs = research_needs_of(raised, towns={towns: (one, other)})
    assert [need.city for need in needs] == [one, other]


def test_trainings_are_asked_for_by_topic_the_most_wanted_first() -> None:
    walking = TopicId("mobility.walking")
    steps = (
        evolve(COURSE, topic=walking),
        COURSE,
        evolve(COURSE, group=TWO, raised_by=(BRAGA,), statement="How to paint"),
        GAP,
    )
    state = granted(begun(), *((need, START) for need in steps)).state

    first, second = training_demand([state])

    assert first.topic == TOPIC
    assert set(first.raised_by) == {TURKU, BRAGA}
    assert first.groups == ((state.id, ONE), (state.id, TWO))
    assert first.sentence == "mobility.cycling: 2 want training, for How to count; How to paint."
    assert second.topic == walking
