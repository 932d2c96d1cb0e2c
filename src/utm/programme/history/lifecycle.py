"""Lifecycles: what may be asked for, what happens then, and what is so afterwards."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from attrs import field, frozen
from pendulum import Date

from utm.domain.dates import require_date
from utm.errors import InvalidValueError
from utm.programme.history.refusal import Refusal, Requirement

__all__ = ["Command", "Event", "Lifecycle"]

_WORD = re.compile(r"[A-Z][a-z0-9]*")


class Event(Protocol):
    """Something that happened, as a frozen fact that can be told."""

    @property
    def sentence(self) -> str:
        """What happened, as a sentence."""
        ...

    @property
    def concerns(self) -> tuple[str, ...]:
        """Keys of those whom it concerns, e.g. of cities."""
        ...


StateT = TypeVar("StateT")
ActionT = TypeVar("ActionT", bound=Event)
EventT = TypeVar("EventT", bound=Event)


@frozen(kw_only=True)
class Command(Generic[ActionT]):
    """Somebody asks on a day, for a reason, that something be so.

    Parameters
    ----------
    action
        What shall happen, told as if it had: if it is granted, it is the event.
    by
        Who asks.
    on
        The day on which it happens.
    why
        The reason.

    Raises
    ------
    InvalidValueError
        Nobody asks, there is no reason, or the day is not exactly a date.
    """

    action: ActionT
    by: str
    on: Date
    why: str

    def __attrs_post_init__(self) -> None:
        require_date(self.on, kind="day of a command")
        for name, value in (("who asks", self.by), ("a reason", self.why)):
            if type(value) is not str or not value.strip():
                raise InvalidValueError(kind="command", value=value, reason=f"must say {name}")

    @property
    def place(self) -> str:
        """The command in words: ``admission (fi-turku) on 2024-01-02, by the board``."""
        kind = " ".join(_WORD.findall(type(self.action).__name__)).lower()
        concerned = ", ".join(self.action.concerns)
        of = f" ({concerned})" if concerned else ""
        return f"{kind}{of} on {self.on}, by {self.by}"


def _nobody(_state: object, _event: object) -> tuple[str, ...]:
    return ()


@frozen(kw_only=True)
class Lifecycle(Generic[StateT, ActionT, EventT]):
    """A pure state machine: two functions and where it begins.

    Parameters
    ----------
    name
        What it is the life of, e.g. ``"City2City 2026"``.
    start
        The state before anything happened. It holds every parameter of the rules, so
        that the two functions need nothing else.
    decide
        Given the state and a command: the events that happen, at least one, or a refusal.
    apply
        Given the state, one event and its command: the next state. It never refuses.
    requirements
        All that ``decide`` may refuse for.
    affects
        Given the state and an event that is about to happen: keys of those whom it concerns
        beside those that it names, e.g. the members of a group. Nobody by default.
    """

    name: str
    start: StateT
    decide: Callable[[StateT, Command[ActionT]], tuple[EventT, ...] | Refusal] = field(eq=False)
    apply: Callable[[StateT, EventT, Command[ActionT]], StateT] = field(eq=False)
    requirements: tuple[Requirement, ...] = ()
    affects: Callable[[StateT, EventT], tuple[str, ...]] = field(default=_nobody, eq=False)
