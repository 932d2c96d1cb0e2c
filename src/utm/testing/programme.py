"""Laws that every history obeys, for those who write a lifecycle of their own.

Each function raises ``AssertionError`` with a sentence when its law is broken.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from hypothesis import strategies as st
from pendulum import Date

from utm.programme.history import (
    GENERAL_REQUIREMENTS,
    Command,
    Event,
    History,
    Lifecycle,
    Refusal,
)

__all__ = [
    "assert_history_laws",
    "assert_refusal_is_explained",
    "days",
    "interleavings",
    "record_each",
]

StateT = TypeVar("StateT")
ActionT = TypeVar("ActionT", bound=Event)
EventT = TypeVar("EventT", bound=Event)
ItemT = TypeVar("ItemT")

_FIRST, _LAST = Date(2021, 1, 1).toordinal(), Date(2032, 12, 31).toordinal()


def days(first: Date | None = None, last: Date | None = None) -> st.SearchStrategy[Date]:
    """Days from one to another, both included; by default those of 2021 to 2032."""
    low = _FIRST if first is None else first.toordinal()
    high = _LAST if last is None else last.toordinal()
    return st.integers(low, high).map(Date.fromordinal)


def interleavings(
    one: Sequence[ItemT], other: Sequence[ItemT]
) -> st.SearchStrategy[tuple[ItemT, ...]]:
    """All ways to merge two sequences, each keeping its own order."""
    size = len(one) + len(other)
    places = st.sets(st.integers(0, max(size - 1, 0)), min_size=len(one), max_size=len(one))

    def merge(chosen: set[int]) -> tuple[ItemT, ...]:
        first, second = iter(one), iter(other)
        return tuple(next(first) if place in chosen else next(second) for place in range(size))

    return places.map(merge)


def record_each(
    history: History[StateT, ActionT, EventT],
    commands: Sequence[Command[ActionT]],
    *,
    check: Callable[[StateT], None] | None = None,
) -> History[StateT, ActionT, EventT]:
    """Record every command that is granted, and check refusals and states on the way."""
    for command in commands:
        following = history.record(command)
        if isinstance(following, Refusal):
            assert_refusal_is_explained(following, history.lifecycle)
            continue
        history = following
        if check is not None:
            check(history.state)
    return history


def assert_refusal_is_explained(
    refusal: Refusal, lifecycle: Lifecycle[StateT, ActionT, EventT]
) -> None:
    """A refusal names a requirement of its lifecycle, a reason and the place."""
    known = {*lifecycle.requirements, *GENERAL_REQUIREMENTS}
    _demand(refusal.requirement in known, f"{refusal.rule} is no requirement of {lifecycle.name}")
    _demand(bool(refusal.reason.strip()), f"{refusal.rule} gives no reason")
    _demand(bool(refusal.place.strip()), f"{refusal.rule} gives no place")
    _demand(refusal.rule in refusal.sentence, "the sentence does not name the rule")


def assert_history_laws(history: History[StateT, ActionT, EventT]) -> None:
    """A history replays to the same state, and its past never sees its future.

    It can be built anew from its entries; as of every day it is a prefix of itself in the
    order of days; what was until a day and what came since are the whole. What is void is kept,
    and the rest could have happened without it.
    """
    _assert_void_is_as_if_never_recorded(history)
    rebuilt = History(lifecycle=history.lifecycle, entries=history.entries)
    _demand(rebuilt.state == history.state, "a replay gives another state")
    for day in sorted({entry.command.on for entry in history.entries}):
        past = history.as_of(day)
        length = len(past.entries)
        _demand(past.entries == history.entries[:length], "the past is no prefix")
        _demand(all(entry.command.on <= day for entry in past.standing), "the past sees the future")
        _demand(past.entries + history.since(day) == history.entries, "past and rest differ")
        alone = History(lifecycle=history.lifecycle, entries=past.entries)
        _demand(alone.state == past.state, "the past depends on what came later")
    _demand(
        history.as_of(Date(1, 1, 1)).state == history.lifecycle.start,
        "before everything there is already something",
    )


def _assert_void_is_as_if_never_recorded(history: History[StateT, ActionT, EventT]) -> None:
    void = {*history.voided, *history.voided.values()}
    numbers = [entry.number for entry in history.entries if entry.number not in void]
    _demand([entry.number for entry in history.standing] == numbers, "what is void still stands")
    alone = History(lifecycle=history.lifecycle).record_all(
        entry.command for entry in history.standing
    )
    _demand(
        not isinstance(alone, Refusal) and alone.state == history.state,
        "without what is void there would be another state",
    )


def _demand(holds: bool, sentence: str) -> None:  # noqa: FBT001 - the condition is the subject
    if not holds:
        raise AssertionError(sentence)
