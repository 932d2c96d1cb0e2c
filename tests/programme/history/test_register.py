"""Which cities a history may tell of: those in its register, wherever they are named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pendulum import Date

from utm.domain import CityId, PairingId, Source, ThemeId, TopicId
from utm.errors import InvalidValueError
from utm.interchange.histories import AnyHistory, history_to_json, parse_history
from utm.programme.alliance import (
    BrokerageRequested,
    DialogueHeld,
    DialogueTopic,
    ExpertAssigned,
    begin_alliance,
)
from utm.programme.campaigns import MilestoneReached, TestimonialGiven, begin_campaigns
from utm.programme.gatherings import Enrolment, GlobalEventHeld, SummitHeld, begin_gatherings
from utm.programme.history import CitiesEntered, CityRegister, Command, History, Refusal
from utm.programme.learning import QuestionAsked, QuestionRouted, RoutedTo, begin_community
from utm.testing.programme import assert_refusal_is_explained

TURKU, SLIP, GUEST = CityId("fi-turku"), CityId("fi-turkku"), CityId("br-salvador")
DAY = Date(2026, 3, 1)
SEEN = Source(title="minutes")
TOPIC = TopicId("mobility.cycling")
BEGUN: dict[str, AnyHistory] = {
    "gatherings": begin_gatherings(cities=[TURKU]),
    "learning": begin_community(cities=[TURKU]),
    "alliance": begin_alliance(cities=[TURKU]),
    "campaigns": begin_campaigns(cities=[TURKU]),
}
TELLING = [
    ("gatherings", Enrolment(series="irena", city=SLIP)),
    ("gatherings", SummitHeld(title="Summit", place="Riyadh", attendees=(TURKU, SLIP))),
    ("gatherings", GlobalEventHeld(title="Day", place="Brussels", attendees=(SLIP,))),
    (
        "learning",
        QuestionAsked(group="wheels", question="q1", city=SLIP, topic=TOPIC, text="How?"),
    ),
    (
        "learning",
        QuestionRouted(
            question="q1", to=(RoutedTo(city=SLIP, score=1, reasons=("offers the topic",)),)
        ),
    ),
    ("alliance", BrokerageRequested(request="r1", city=SLIP, topic=TOPIC, wish="a lab")),
    (
        "alliance",
        ExpertAssigned(expert="x", group=PairingId("e-01"), members=(SLIP,), topics=(TOPIC,)),
    ),
    (
        "alliance",
        DialogueHeld(
            topic=DialogueTopic.CLIMATE_FINANCE, cities=(SLIP,), governments=(), members=("ENoLL",)
        ),
    ),
    ("campaigns", MilestoneReached(milestone="m", title="x", evidence=SEEN, cities=(SLIP,))),
    (
        "campaigns",
        TestimonialGiven(testimonial="t", city=SLIP, role="mayor", text="Yes.", consent=SEEN),
    ),
]


def ask(action: object) -> Command[object]:
    return Command(action=action, by="Ada", on=DAY, why="daily work")


@pytest.mark.parametrize(("kind", "action"), TELLING, ids=lambda one: type(one).__name__)
def test_a_city_that_nobody_entered_is_refused_with_the_place_and_nothing_is_applied(
    kind: str, action: object
) -> None:
    history = BEGUN[kind]
    refusal = history.record(ask(action))

    assert isinstance(refusal, Refusal)
    assert_refusal_is_explained(refusal, history.lifecycle)
    assert refusal.rule == "history.known-city"
    assert refusal.reason == "fi-turkku (nearest is fi-turku) is not in it"
    assert "on 2026-03-01, by Ada" in refusal.place
    entered = history.record(ask(CitiesEntered(cities=(SLIP,))))
    assert isinstance(entered, History)
    outcome = entered.record(ask(action))
    assert not isinstance(outcome, Refusal) or outcome.rule != "history.known-city"
    whole = history.record_all([ask(CitiesEntered(cities=(GUEST,))), ask(action)])
    assert isinstance(whole, Refusal)
    assert whole.place.startswith("command 2")


@pytest.mark.parametrize("kind", sorted(BEGUN))
def test_a_register_is_read_back_and_grows_only_by_what_is_new(kind: str) -> None:
    history = BEGUN[kind].record(ask(CitiesEntered(cities=(GUEST, TURKU))))

    assert isinstance(history, History)
    assert history.state.register.cities == (GUEST, TURKU)
    assert parse_history(history_to_json(history)) == history
    again = history.record(ask(CitiesEntered(cities=(TURKU, GUEST))))
    assert isinstance(again, Refusal)
    assert again.rule == "history.changes-something"


def test_all_cities_that_are_not_in_it_are_named_once() -> None:
    named = SummitHeld(title="Summit", place="Riyadh", attendees=(SLIP, TURKU, GUEST))

    refusal = BEGUN["gatherings"].record(ask(named))

    assert isinstance(refusal, Refusal)
    assert refusal.reason == "fi-turkku (nearest is fi-turku), br-salvador are not in it"


def test_cities_are_entered_once_each() -> None:
    for cities in ((), (TURKU, TURKU)):
        with pytest.raises(InvalidValueError, match="must name cities once each"):
            CitiesEntered(cities=cities)


KEYS = st.sampled_from([CityId(f"aq-{letter}") for letter in "abcdefgh"])


@given(st.lists(KEYS), st.lists(KEYS), KEYS)
def test_a_register_is_a_set_in_one_order(
    first: list[CityId], then: list[CityId], city: CityId
) -> None:
    register = CityRegister(tuple(first)).entering(then)

    assert register == CityRegister(tuple(reversed(then)) + tuple(first))
    assert list(register.cities) == sorted({*first, *then})
    assert (city in register) is (city in {*first, *then})
    assert (register.refuse_unknown((1, ("a", city), ThemeId("x"))) is None) is (city in register)
