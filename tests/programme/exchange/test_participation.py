"""Who comes late, who leaves while waiting, and what follows from it."""

import pytest
from attrs import evolve
from pendulum import Date

from tests.programme.exchange.editions import (
    CITIES,
    LEH,
    MERSIN,
    ONE,
    RENCA,
    START,
    TURKU,
    TWO,
    assert_indicators_are_those_of_a_recount,
    begun,
    granted,
    refused,
)
from utm.domain import CityId, CountryCode, Need, TopicId
from utm.errors import InvalidValueError
from utm.interchange.histories import history_to_json, parse_history
from utm.pairing import Participant, Policy, Problem
from utm.programme.exchange import (
    Joining,
    ParticipantEntered,
    WaitingEnded,
    WishesExpressed,
    Withdrawal,
    launch_published,
    measure_edition,
    plan_withdrawal,
    repair_options,
)
from utm.programme.history import Refusal
from utm.reference import city2city_2026
from utm.testing.programme import assert_history_laws

MERIDA = CityId("mx-merida")
ENTERED = ParticipantEntered(participant=MERIDA, country=CountryCode("MX"))


def test_who_comes_late_waits_for_a_group_and_may_repair_one() -> None:
    assert refused(begun(), Joining(group=TWO, member=MERIDA), START).rule == (
        "edition.known-participant"
    )

    history = granted(begun(), (ENTERED, START))
    assert MERIDA in history.state.ungrouped
    assert dict(history.state.participants)[MERIDA] == CountryCode("MX")
    joined = granted(history, (Joining(group=TWO, member=MERIDA), START))

    assert joined.state.group_of(MERIDA) is not None
    assert MERIDA not in joined.as_of(START.subtract(days=1)).state.ungrouped
    assert_history_laws(joined)
    assert_indicators_are_those_of_a_recount(joined)


@pytest.mark.parametrize("known", [TURKU, LEH])
def test_nobody_enters_twice(known: CityId) -> None:
    again = ParticipantEntered(participant=known, country=CountryCode("FI"))
    assert refused(begun(), again, START).rule == "edition.entered-once"


def test_who_waits_may_leave_and_is_not_placed_any_more() -> None:
    history = granted(begun(), (WaitingEnded(participant=LEH), START))

    assert LEH not in history.state.ungrouped
    assert refused(history, Joining(group=TWO, member=LEH), START).rule == (
        "edition.known-participant"
    )
    assert refused(history, WaitingEnded(participant=LEH), START).rule == (
        "edition.known-participant"
    )
    assert refused(history, WaitingEnded(participant=MERSIN), START).rule == "edition.waiting"
    assert refused(history, WaitingEnded(participant=MERIDA), START).rule == (
        "edition.known-participant"
    )
    assert measure_edition(history.state).attrition.count == 0


def test_who_was_in_a_group_that_ended_and_then_leaves_counts_as_withdrawn() -> None:
    day = Date(2026, 5, 1)
    history = granted(
        begun(),
        (Withdrawal(group=ONE, member=TURKU), day),
        (ENTERED, day),
        (Joining(group=ONE, member=MERIDA), day),
        (Withdrawal(group=ONE, member=MERIDA), day),
    )
    assert measure_edition(history.state).attrition.count == 2
    assert_indicators_are_those_of_a_recount(history)


def wishes(*, needs: tuple[str, ...] = (), zone: str | None = "America/Merida") -> WishesExpressed:
    return WishesExpressed(
        participant=MERIDA,
        name="Mérida",
        profile=Participant(
            id=MERIDA.value,
            country="MX",
            timezone=zone,
            needs=tuple(Need(topic=TopicId(one), weight_share=1 / len(needs)) for one in needs),
        ),
    )


def test_what_is_said_last_counts_and_what_was_said_stays_in_the_history() -> None:
    history = granted(
        begun(),
        (ENTERED, START),
        (wishes(needs=("energy.rooftop-solar",)), START),
        (wishes(needs=("mobility.cycling",)), START.add(days=9)),
    )
    said = [one.profile.needs[0].topic.value for one in history.state.wishes]
    assert said == ["mobility.cycling"]
    before = history.as_of(START).state.wishes
    assert [one.profile.needs[0].topic.value for one in before] == ["energy.rooftop-solar"]
    assert "mx-merida seeks mobility.cycling and offers nothing." in [
        event.sentence for entry in history.entries for event in entry.events
    ]
    assert parse_history(history_to_json(history)) == history


def test_wishes_are_of_a_participant_and_its_own() -> None:
    assert refused(begun(), wishes(), START).rule == "edition.known-participant"
    with pytest.raises(InvalidValueError, match="must be of"):
        WishesExpressed(participant=TURKU, profile=wishes().profile)
    with pytest.raises(InvalidValueError):
        wishes(zone="America/Atlantis")


def test_needs_that_were_derived_are_not_passed_off_as_expressed() -> None:
    derived = evolve(wishes(needs=("mobility.cycling",)), basis="Derived from the list.")
    assert derived.sentence.endswith("offers nothing. Basis of its needs: Derived from the list.")
    edition = launch_published(
        city2city_2026().edition,
        city2city_2026().applications,
        by="Ada",
        on=START,
        why="published",
    )
    assert not isinstance(edition, Refusal)
    assert len(edition.state.wishes) == 51
    assert all("Derived" in one.basis for one in edition.state.wishes)


def test_the_price_of_a_withdrawal_is_reckoned_with_who_came_late() -> None:
    problem = Problem(
        participants=tuple(
            Participant(
                id=one.value,
                country=one.value[:2].upper(),
                needs=(Need(topic=TopicId("mobility.cycling"), weight_share=1.0),),
            )
            for one in CITIES
        ),
        policy=Policy(smallest_group=2, largest_group=4),
    )
    history = granted(begun(), (ENTERED, START), (Joining(group=TWO, member=MERIDA), START))
    for said in ((), (wishes(), START), (wishes(needs=("mobility.cycling",)), START)):
        now = granted(history, said) if said else history  # type: ignore[arg-type]
        plans = plan_withdrawal(now, problem, RENCA, by="Ada", on=START, why="no staff")
        assert not isinstance(plans, Refusal)
        assert plans
        for plan in plans:
            assert_history_laws(plan.history)
            placed = plan.history.state.group_of(MERIDA)
            assert (placed is None) == (MERIDA in plan.waiting)
    group = plans[0].history.state.group(TWO)
    assert group is not None
    assert group.stage.is_open
    assert MERIDA in group.members
    entered = granted(begun(), (ENTERED, START))
    options = repair_options(entered.state, problem, TWO)
    assert MERIDA in [one.member for one in options]
