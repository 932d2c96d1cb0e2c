"""An edition to test with: eight cities, two groups."""

from pendulum import Date

from tests.programme.exchange.recount import recount
from utm.domain import CityId, CountryCode, EditionId, Pairing, PairingId, ThemeId, TopicId
from utm.programme.exchange import (
    EditionEvent,
    EditionHistory,
    EditionTerms,
    FacilitatorAssigned,
    GroupFormed,
    Kickoff,
    Measure,
    MeetingHeld,
    ParticipantId,
    begin_edition,
    measure_edition,
)
from utm.programme.history import Command, History, Refusal
from utm.testing.programme import assert_refusal_is_explained

START = Date(2026, 2, 1)
CITIES = tuple(
    CityId(key)
    for key in (
        "fi-turku",
        "ke-kisumu",
        "tr-mersin",
        "pt-braga",
        "cl-renca",
        "np-leh",
        "in-surat",
        "br-recife",
    )
)
TURKU, KISUMU, MERSIN, BRAGA, RENCA, LEH, SURAT, RECIFE = CITIES
ONE, TWO = PairingId("edition-01"), PairingId("edition-02")
TOPIC = TopicId("mobility.cycling")


def ask(action: EditionEvent, on: Date, why: str = "as agreed") -> Command[EditionEvent]:
    return Command(action=action, by="Ada", on=on, why=why)


def pairing(key: PairingId, *members: ParticipantId) -> Pairing:
    return Pairing(
        id=key, theme=ThemeId("mobility"), focus="cycling", topics=(TOPIC,), members=members
    )


def empty(**terms: int) -> EditionHistory:
    people = [(city, CountryCode(city.value[:2].upper())) for city in CITIES]
    return begin_edition(EditionId("edition"), people, terms=EditionTerms(**terms))


def granted(history: EditionHistory, *steps: tuple[EditionEvent, Date]) -> EditionHistory:
    following = history.record_all([ask(action, on) for action, on in steps])
    assert isinstance(following, History), following
    return following


def refused(history: EditionHistory, action: EditionEvent, on: Date) -> Refusal:
    refusal = history.record(ask(action, on))
    assert isinstance(refusal, Refusal), f"{action} was granted"
    assert_refusal_is_explained(refusal, history.lifecycle)
    return refusal


def formed() -> EditionHistory:
    return granted(
        empty(),
        (GroupFormed(group=pairing(ONE, TURKU, KISUMU, MERSIN)), START),
        (GroupFormed(group=pairing(TWO, BRAGA, RENCA)), START),
    )


def begun() -> EditionHistory:
    return granted(
        formed(),
        (FacilitatorAssigned(group=ONE, facilitator="Bo"), START),
        (FacilitatorAssigned(group=TWO, facilitator="Bo"), START),
        (Kickoff(group=ONE, indicator="lanes", baseline=Measure.parse("10 km")), START),
        (Kickoff(group=TWO, indicator="lanes", baseline=Measure.parse("2 km")), START),
    )


def meeting(
    *attendees: ParticipantId, group: PairingId = ONE, presents: bool = True
) -> MeetingHeld:
    return MeetingHeld(
        group=group, attendees=attendees, presenters=attendees[:1] if presents else ()
    )


def assert_indicators_are_those_of_a_recount(history: EditionHistory) -> None:
    measured = measure_edition(history.state)
    counted = recount(history)
    for name, expected in counted.items():
        found = getattr(measured, name)
        if name == "balances":
            found = {one.participant.value: (one.gave, one.received) for one in found}
        elif isinstance(expected, tuple) and hasattr(found, "whole"):
            found = (found.count, found.whole)
        assert found == expected, name
