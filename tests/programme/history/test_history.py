"""Histories: replay, as of, refusals, digests, and two people who act at once."""

import pickle
from typing import Any

import pytest
from attrs import evolve, frozen
from hypothesis import given
from hypothesis import strategies as st
from pendulum import Date

from utm.errors import CommandRefusedError, InvalidValueError
from utm.programme.history import (
    Command,
    Entry,
    History,
    Lifecycle,
    Refusal,
    Requirement,
    digest,
    granted,
)
from utm.testing.programme import (
    assert_history_laws,
    assert_refusal_is_explained,
    days,
    interleavings,
    record_each,
)

NOT_BELOW_ZERO = Requirement(id="purse.not-below-zero", text="a purse never holds less than none")


@frozen(kw_only=True)
class Payment:
    amount: int

    @property
    def sentence(self) -> str:
        return f"{self.amount} was paid."

    @property
    def concerns(self) -> tuple[str, ...]:
        return ("even",) if self.amount % 2 == 0 else ("odd",)


def decide(state: int, command: Command[Payment]) -> tuple[Payment, ...] | Refusal:
    amount = command.action.amount
    if state + amount < 0:
        return NOT_BELOW_ZERO.refuse(f"only {state} is left")
    return (command.action,) if amount else ()


def apply(state: int, event: Payment, command: Command[Payment]) -> int:
    return state + event.amount


PURSE = Lifecycle(name="purse", start=0, decide=decide, apply=apply, requirements=(NOT_BELOW_ZERO,))


NEW_YEAR = Date(2026, 1, 1)


def pay(amount: int, on: Date = NEW_YEAR, by: str = "Ada") -> Command[Payment]:
    return Command(action=Payment(amount=amount), by=by, on=on, why="rent")


COMMANDS = st.builds(
    pay,
    st.integers(-5, 5),
    days(Date(2026, 1, 1), Date(2026, 1, 9)),
    st.sampled_from(["Ada", "Bo"]),
)


def recorded(*commands: Command[Payment]) -> History[int, Payment, Payment]:
    history = History(lifecycle=PURSE).record_all(commands)
    assert isinstance(history, History)
    return history


@given(st.lists(COMMANDS))
def test_every_history_replays_and_its_past_never_sees_the_future(
    commands: list[Command[Payment]],
) -> None:
    assert_history_laws(record_each(History(lifecycle=PURSE), commands))


@given(st.data())
def test_no_interleaving_of_two_peoples_commands_breaks_the_invariant(data: st.DataObject) -> None:
    ada = sorted(data.draw(st.lists(COMMANDS, max_size=6)), key=lambda c: c.on)
    bo = sorted(data.draw(st.lists(COMMANDS, max_size=6)), key=lambda c: c.on)

    def check(state: int) -> None:
        assert state >= 0

    merged = data.draw(interleavings(ada, bo))
    history = record_each(History(lifecycle=PURSE), merged, check=check)

    assert_history_laws(history)
    assert history.state == sum(e.command.action.amount for e in history.entries)


def test_a_refusal_names_the_rule_the_reason_and_the_place_and_changes_nothing() -> None:
    history = recorded(pay(3))

    refusal = history.record(pay(-4))

    assert isinstance(refusal, Refusal)
    assert refusal.rule == "purse.not-below-zero"
    assert refusal.sentence == (
        "payment (even) on 2026-01-01, by Ada: refused, since only 3 is left "
        "(rule purse.not-below-zero: a purse never holds less than none)."
    )
    assert_refusal_is_explained(refusal, PURSE)
    assert history.state == 3


def test_days_out_of_order_are_refused() -> None:
    refusal = recorded(pay(1, Date(2026, 1, 2))).record(pay(1, Date(2026, 1, 1)))

    assert isinstance(refusal, Refusal)
    assert refusal.rule == "history.days-in-order"


def test_a_command_that_changes_nothing_is_refused() -> None:
    refusal = History(lifecycle=PURSE).record(pay(0))

    assert isinstance(refusal, Refusal)
    assert refusal.rule == "history.changes-something"


def test_who_has_not_seen_the_latest_entry_is_refused() -> None:
    history = recorded(pay(1))

    assert isinstance(history.record(pay(1), seen=1), History)
    refusal = history.record(pay(1), seen=0)
    assert isinstance(refusal, Refusal)
    assert refusal.rule == "history.nothing-unseen"


def test_of_several_commands_all_or_none_are_carried_out() -> None:
    history = recorded(pay(1))

    refusal = history.record_all([pay(1), pay(-9), pay(1)])

    assert isinstance(refusal, Refusal)
    assert refusal.place.startswith("command 2: payment (odd)")
    assert history.state == 1


def test_an_illegal_history_cannot_be_built() -> None:
    entry = Entry(number=1, command=pay(-1), events=(Payment(amount=-1),))
    with pytest.raises(InvalidValueError, match="only 0 is left"):
        History(lifecycle=PURSE, entries=(entry,))

    forged = Entry(number=1, command=pay(1), events=(Payment(amount=9),))
    with pytest.raises(InvalidValueError, match="does not tell"):
        History(lifecycle=PURSE, entries=(forged,))

    misnumbered = evolve(recorded(pay(1)).entries[0], number=2)
    with pytest.raises(InvalidValueError):
        History(lifecycle=PURSE, entries=(misnumbered,))


@pytest.mark.parametrize(("by", "why"), [("", "rent"), ("Ada", " ")])
def test_a_command_says_who_and_why(by: str, why: str) -> None:
    with pytest.raises(InvalidValueError):
        Command(action=Payment(amount=1), by=by, on=Date(2026, 1, 1), why=why)


def test_a_digest_tells_what_changed_after_a_day_and_for_whom() -> None:
    history = recorded(pay(1, Date(2026, 1, 1)), pay(2, Date(2026, 1, 2)), pay(3, Date(2026, 1, 3)))

    told = digest([history], since=Date(2026, 1, 1), until=Date(2026, 1, 2))

    assert [change.sentence for change in told.changes] == ["2 was paid."]
    assert told.concerned == ("even",)
    assert digest([history], since=Date(2026, 1, 1)).for_whom("odd").changes[0].number == 3
    assert told.for_whom("odd", "even") == told
    assert "Nothing changed." in told.for_whom("odd").markdown
    assert "## 2026-01-02\n\n- **purse**: 2 was paid. *Ada: rent*" in told.markdown


def test_a_digest_also_tells_those_whom_an_event_affects_in_the_state_that_it_meets() -> None:
    def affects(state: int, event: Payment) -> tuple[str, ...]:
        return ("odd", "rich") if state >= 3 else ()

    watched = evolve(PURSE, affects=affects)
    history = record_each(History(lifecycle=watched), [pay(3), pay(1), pay(-4), pay(1)])

    concerned = [one.concerns for one in digest([history], since=Date(2025, 1, 1)).changes]

    assert concerned == [("odd",), ("odd", "rich"), ("even", "odd", "rich"), ("odd",)]


def test_a_digest_does_not_depend_on_the_order_of_the_histories() -> None:
    one, other = recorded(pay(1)), recorded(pay(2))
    named = History(lifecycle=evolve(PURSE, name="a bag"), entries=other.entries)

    assert digest([one, named], since=Date(2025, 1, 1)) == digest(
        [named, one], since=Date(2025, 1, 1)
    )


@given(st.lists(COMMANDS), st.lists(days(NEW_YEAR, Date(2026, 1, 9)), min_size=2, max_size=2))
def test_two_digests_that_follow_each_other_tell_everything_once(
    commands: list[Command[Payment]], between: list[Date]
) -> None:
    history = record_each(History(lifecycle=PURSE), commands)
    since, until = sorted(between)

    whole = digest([history], since=since).changes
    first = digest([history], since=since, until=until).changes

    assert first + digest([history], since=until).changes == whole
    assert all(since < change.on <= until for change in first)


def test_a_digest_tells_once_what_stands_in_two_copies_of_a_history() -> None:
    history = recorded(pay(1), pay(1), pay(2, Date(2026, 1, 3)))

    told = digest([history, history, history.as_of(NEW_YEAR)], since=Date(2025, 1, 1))

    assert told == digest([history], since=Date(2025, 1, 1))
    assert len(told.changes) == 3


def test_a_digest_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="lies before 2026-01-02"):
        digest([recorded(pay(1))], since=Date(2026, 1, 2), until=NEW_YEAR)
    assert digest([recorded(pay(1))], since=NEW_YEAR, until=NEW_YEAR).changes == ()


def test_hostile_text_does_no_harm_in_a_digest() -> None:
    hostile = recorded(pay(1, by="<script>alert(1)</script>\n# heading"))

    told = digest([hostile], since=Date(2025, 1, 1))

    assert "<script>" not in told.html
    assert "<script>" not in told.markdown
    assert "\n# heading" not in told.markdown


@frozen(kw_only=True)
class Loan:
    lender: str
    amount: int

    @property
    def sentence(self) -> str:
        return f"{self.lender} lent {self.amount}."

    @property
    def concerns(self) -> tuple[str, ...]:
        return (self.lender,)


def test_a_command_whose_facts_are_of_another_kind_or_say_nothing_is_not_even_asked() -> None:
    for loan in (Loan(lender=" ", amount=1), Loan(lender="Bo", amount="1")):  # type: ignore[arg-type]
        with pytest.raises(InvalidValueError, match=r"loan: .* cannot be its"):
            Command(action=loan, by="Ada", on=NEW_YEAR, why="rent")


def test_an_action_that_the_life_does_not_know_is_misuse() -> None:
    history = History(lifecycle=evolve(PURSE, actions=(Payment,)))
    command: Any = Command(action=Loan(lender="Bo", amount=1), by="Ada", on=NEW_YEAR, why="rent")

    with pytest.raises(InvalidValueError, match="'Loan' is nothing that happens in purse: choose"):
        history.record(command)
    assert isinstance(history.record(pay(1)), History)


def test_a_history_is_shown_on_one_line() -> None:
    assert repr(History(lifecycle=PURSE)) == "<History of purse: 0 entries>"
    later = recorded(pay(1), pay(2, Date(2026, 1, 9)))
    assert repr(later) == "<History of purse: 2 entries from 2026-01-01 to 2026-01-09>"


def test_who_relies_on_being_granted_is_told_what_was_refused_and_why() -> None:
    history = recorded(pay(3))

    assert granted(history.record(pay(-3))).state == 0
    with pytest.raises(CommandRefusedError) as caught:
        granted(history.record(pay(-4)))
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301
    assert again.rule == "purse.not-below-zero"
    assert str(again) == (
        "payment (even) on 2026-01-01, by Ada: refused, since only 3 is left "
        "(rule purse.not-below-zero: a purse never holds less than none)"
    )
