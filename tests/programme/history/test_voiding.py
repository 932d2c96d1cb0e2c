"""Entries that told what never was: kept, of no more weight, and in nobody's way."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from pendulum import Date

from tests.programme.history.test_history import COMMANDS, NEW_YEAR, PURSE, Payment, pay, recorded
from tests.searching import examples
from utm.errors import InvalidValueError
from utm.programme.history import (
    Command,
    EntriesVoided,
    Entry,
    History,
    Refusal,
    digest,
)
from utm.testing.programme import (
    assert_history_laws,
    assert_refusal_is_explained,
    days,
    record_each,
)

Purse = History[int, Payment, Payment]
SLIP = Date(2099, 1, 2)
SOON = Date(2026, 1, 9)


def void(history: Purse, *entries: int, on: Date = SOON) -> Purse:
    following = history.void(*entries, by="Bo", on=on, why="a slip of the pen")
    assert isinstance(following, History), following
    return following


def refused(history: Purse, *entries: int, on: Date = SOON) -> Refusal:
    refusal = history.void(*entries, by="Bo", on=on, why="a slip of the pen")
    assert isinstance(refusal, Refusal)
    assert_refusal_is_explained(refusal, PURSE)
    return refusal


def told(history: Purse, since: Date, until: Date | None = None) -> list[str]:
    return [one.sentence for one in digest([history], since=since, until=until).changes]


def test_a_slip_in_the_year_does_not_lock_a_history_for_good() -> None:
    locked = recorded(pay(3), pay(1, SLIP))
    assert isinstance(locked.record(pay(1, Date(2026, 1, 5))), Refusal)

    freed = void(locked, 2)
    assert (freed.state, freed.last_day, len(freed.entries)) == (3, NEW_YEAR, 3)
    following = freed.record(pay(1, Date(2026, 1, 5)))

    assert isinstance(following, History)
    assert [entry.number for entry in following.standing] == [1, 4]
    assert following.voided == {2: 3}
    assert_history_laws(following)
    # Nobody was ever told of what never stood on any day, only that it is void.
    assert told(following, NEW_YEAR) == [
        "1 was paid.",
        "Void is entry 2 of 2099-01-02: 1 was paid.",
    ]
    assert told(following, SOON) == []


def test_what_is_void_stood_until_it_was_voided() -> None:
    history = void(recorded(pay(3), pay(4, Date(2026, 1, 3)), pay(1, Date(2026, 1, 5))), 2)

    states = [history.as_of(Date(2026, 1, day)).state for day in (2, 4, 8, 9)]
    assert states == [3, 7, 8, 4]
    assert told(history, NEW_YEAR, Date(2026, 1, 8)) == ["4 was paid.", "1 was paid."]
    assert told(history, Date(2026, 1, 8)) == ["Void is entry 2 of 2026-01-03: 4 was paid."]
    assert told(history, NEW_YEAR) == [
        "1 was paid.",
        "Void is entry 2 of 2026-01-03: 4 was paid.",
    ]
    change = digest([history], since=Date(2026, 1, 8)).for_whom("even").changes[0]
    assert (change.on, change.number, change.by, change.why) == (SOON, 4, "Bo", "a slip of the pen")


def test_what_rests_on_an_entry_is_voided_with_it_or_stands_in_its_way() -> None:
    history = recorded(pay(3), pay(-2, Date(2026, 1, 2)))

    refusal = refused(history, 1)
    assert refusal.rule == "history.rests-on-nothing-void"
    assert refusal.reason == (
        "entry 2 (payment (even) on 2026-01-02, by Ada) rests on it: without it, only 0 is left "
        "(rule purse.not-below-zero)"
    )
    assert void(history, 2, 1).state == 0


def test_only_what_stands_is_voided_and_once() -> None:
    history = void(recorded(pay(3), pay(1)), 2)

    for number, reason in (
        (2, "entry 3 has voided entry 2"),
        (3, "entry 3 itself voids others"),
        (4, "there is no entry 4"),
    ):
        refusal = refused(history, number)
        assert (refusal.rule, refusal.reason) == ("history.voided-once", reason)
    assert refused(recorded(pay(1), pay(1, SOON)), 1, on=NEW_YEAR).rule == "history.days-in-order"
    unseen = history.void(1, by="Bo", on=SOON, why="x", seen=2)
    assert isinstance(unseen, Refusal)
    assert unseen.rule == "history.nothing-unseen"
    for entries in ((), (1, 1), (0,)):
        with pytest.raises(InvalidValueError, match="must be numbers of entries, each once"):
            EntriesVoided(entries=entries)


def test_slips_that_stand_in_each_others_way_are_voided_together() -> None:
    locked = recorded(pay(3), pay(1, SLIP), pay(1, SLIP))

    assert void(locked, 2, 3).last_day == NEW_YEAR
    assert refused(locked, 2).rule == "history.days-in-order"
    assert refused(locked, 3).rule == "history.days-in-order"


def test_a_forged_voiding_is_refused() -> None:
    entry = Entry(
        number=2,
        command=Command(action=EntriesVoided(entries=(9,)), by="Bo", on=SOON, why="x"),
        events=(EntriesVoided(entries=(9,)),),
    )
    with pytest.raises(InvalidValueError, match="there is no entry 9"):
        History(lifecycle=PURSE, entries=(*recorded(pay(1)).entries, entry))


NUMBERS = st.lists(st.integers(1, 12), min_size=1, max_size=2, unique=True)
ANY_DAYS = days(NEW_YEAR, Date(2026, 1, 12))


class VoidingMachine(RuleBasedStateMachine):
    """Payments on any days, some of which are voided, beside a plain list of what counts."""

    def __init__(self) -> None:
        super().__init__()
        self.history: Purse = History(lifecycle=PURSE)
        self.counted: dict[int, Command[Payment]] = {}
        self.number = 0

    @rule(command=COMMANDS, to_come=st.booleans())
    def pay(self, command: Command[Payment], to_come: bool) -> None:
        if to_come:
            command = pay(command.action.amount, command.on.add(years=73))
        before = self.pasts()
        outcome = self.history.record(command)
        if isinstance(outcome, Refusal):
            assert_refusal_is_explained(outcome, PURSE)
            return
        self.number += 1
        self.counted[self.number] = command
        self.advance(outcome, before, command.on)

    @rule(numbers=NUMBERS, on=ANY_DAYS)
    def void(self, numbers: list[int], on: Date) -> None:
        before = self.pasts()
        outcome = self.history.void(*numbers, by="Bo", on=on, why="a slip")
        kept = {key: one for key, one in self.counted.items() if key not in numbers}
        possible = set(numbers) <= set(self.counted) and self.never_below_zero(kept.values())
        in_time = all(one.on <= on for one in kept.values())
        assert isinstance(outcome, History) is (possible and in_time)
        if isinstance(outcome, History):
            self.number += 1
            self.counted = kept
            self.advance(outcome, before, on)

    def advance(self, outcome: Purse, before: dict[Date, Purse], on: Date) -> None:
        assert outcome.entries[:-1] == self.history.entries, "nothing is ever taken out"
        self.history = outcome
        for day, past in before.items():
            if day < on:
                assert outcome.as_of(day).entries == past.entries, "the past saw the future"

    def pasts(self) -> dict[Date, Purse]:
        return {day: self.history.as_of(day) for day in (NEW_YEAR, Date(2026, 1, 5), SOON, SLIP)}

    @staticmethod
    def never_below_zero(commands: Sequence[Command[Payment]]) -> bool:
        left = 0
        for command in commands:
            left += command.action.amount
            if left < 0:
                return False
        return True

    @invariant()
    def only_what_is_not_void_counts(self) -> None:
        assert [entry.number for entry in self.history.standing] == list(self.counted)
        assert self.history.state == sum(one.action.amount for one in self.counted.values())
        ordered = [one.on for one in self.counted.values()]
        assert ordered == sorted(ordered)

    def teardown(self) -> None:
        assert_history_laws(self.history)


TestVoidingMachine = VoidingMachine.TestCase
TestVoidingMachine.settings = examples(50)


@given(
    st.lists(st.tuples(COMMANDS, st.none() | NUMBERS), max_size=12),
    st.lists(ANY_DAYS, min_size=2, max_size=2),
)
def test_two_digests_in_a_row_tell_all_that_one_tells_and_what_was_void_by_its_end(
    steps: list[tuple[Command[Payment], list[int] | None]], between: list[Date]
) -> None:
    history: Purse = History(lifecycle=PURSE)
    for command, numbers in steps:
        history = record_each(history, [command])
        if numbers:
            outcome = history.void(*numbers, by="Bo", on=command.on, why="a slip")
            history = history if isinstance(outcome, Refusal) else outcome
    since, middle = sorted(between)

    first = digest([history], since=since, until=middle).changes
    then = digest([history], since=middle).changes
    whole = digest([history], since=since).changes

    assert set(whole) <= {*first, *then}
    assert {one.number for one in {*first, *then} - set(whole)} <= set(history.voided)
    counting = {*history.voided.values(), *(entry.number for entry in history.standing)}
    assert {one.number for one in whole} == {
        number for number in counting if history.entries[number - 1].command.on > since
    }
