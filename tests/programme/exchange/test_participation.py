"""Who comes late, who leaves while waiting, and what follows from it."""

import pytest
from pendulum import Date

from tests.programme.exchange.editions import (
    LEH,
    MERSIN,
    ONE,
    START,
    TURKU,
    TWO,
    assert_indicators_are_those_of_a_recount,
    begun,
    granted,
    refused,
)
from utm.domain import CityId, CountryCode
from utm.programme.exchange import (
    Joining,
    ParticipantEntered,
    WaitingEnded,
    Withdrawal,
    measure_edition,
)
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
