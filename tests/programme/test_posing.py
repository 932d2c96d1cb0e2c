"""The grouping problem that applicants pose."""

from collections.abc import Iterable

import attrs
import pytest
from pendulum import Date

from utm.domain import Application, Consortium, ConsortiumId, Need, Offer, TopicId
from utm.errors import InvalidInputError
from utm.pairing import Lock
from utm.programme import (
    ScreenedApplication,
    city2city_policy,
    notes_on_evidence,
    notes_on_unknowns,
    participant_of,
    problem_of,
    screen_applications,
)
from utm.reference import city2city_2026, city2city_taxonomy
from utm.rules.library import CITY2CITY_2026

REGISTER = city2city_2026().applications
TAXONOMY = city2city_taxonomy()


def screened(applications: Iterable[Application]) -> tuple[ScreenedApplication, ...]:
    return screen_applications(applications, CITY2CITY_2026, on=Date(2026, 1, 8))


def test_the_problem_holds_those_who_take_part_and_every_topic_of_the_taxonomy() -> None:
    screening = screened(REGISTER)
    problem = problem_of(screening, policy=city2city_policy(), taxonomy=TAXONOMY)

    taking_part = [one.application for one in screening if one.placement.takes_part]
    assert problem.participants == tuple(participant_of(each) for each in taking_part)
    assert problem.topics == tuple(topic.id for topic in TAXONOMY.topics())


def test_the_order_of_the_applicants_changes_nothing() -> None:
    one, other = (
        problem_of(screened(order), policy=city2city_policy(), taxonomy=TAXONOMY)
        for order in (REGISTER, REGISTER[::-1])
    )
    assert one.to_json() == other.to_json()


def test_a_policy_and_a_need_that_do_not_fit_are_refused_together() -> None:
    topic = Need(topic=TopicId("energy.unheard-of"), weight_share=1.0)
    wrong = (attrs.evolve(REGISTER[0], needs=(topic,)), *REGISTER[1:])
    lock = Lock(members=("nobody", "no-one"), reason="asked for")
    policy = attrs.evolve(city2city_policy(), locks=(lock,))

    with pytest.raises(InvalidInputError) as caught:
        problem_of(screened(wrong), policy=policy, taxonomy=TAXONOMY)
    assert len(caught.value.problems) == 3


def test_notes_tell_what_was_derived_and_fall_silent_where_nothing_was() -> None:
    derived = notes_on_evidence(screened(REGISTER))
    assert any("derived" in note for note in derived)
    assert any("offers" in note for note in derived)

    topic = next(iter(TAXONOMY.topics())).id
    stated = attrs.evolve(REGISTER[0], needs_basis="", offers=(Offer(topic=topic, maturity=3),))
    assert notes_on_evidence(screened([stated])) == ()
    assert notes_on_evidence(()) == ()


def test_notes_name_exactly_those_of_whom_something_is_unknown() -> None:
    screening = screened(REGISTER)
    people = problem_of(screening, policy=city2city_policy(), taxonomy=TAXONOMY).participants
    unknown = {person.id for person in people if person.climate is None}
    (note,) = (note for note in notes_on_unknowns(screening) if "climate" in note)

    named = note.rpartition(": ")[2].rstrip(".").split(", ")
    assert set(named) == unknown
    assert unknown != {person.id for person in people}


def test_notes_say_how_a_consortium_became_one_participant() -> None:
    first, second = REGISTER[:2]
    cities = (*first.cities, *second.cities)
    applicant = Consortium(id=ConsortiumId("consortium.two"), name="Two", members=cities)
    together = attrs.evolve(first, applicant=applicant)

    assert any("first member" in note for note in notes_on_unknowns(screened([together])))
    assert not any("first member" in note for note in notes_on_unknowns(screened(REGISTER)))
