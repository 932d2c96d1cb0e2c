"""Lifecycles: what may be asked for, what happens then, and what is so afterwards."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from attrs import field, frozen
from pendulum import Date

from utm.domain.dates import require_date
from utm.domain.kinds import kind_in_words, require_kinds
from utm.errors import InvalidValueError
from utm.programme.history.refusal import Refusal, Requirement
from utm.programme.history.register import CityRegister

__all__ = ["Command", "Event", "Lifecycle"]


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
        Nobody asks, there is no reason, the day is not exactly a date, or a fact of the
        action is of another kind than its class declares or says nothing.
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
        require_kinds(self.action, says_something=True)

    @property
    def place(self) -> str:
        """The command in words: ``admission (fi-turku) on 2024-01-02, by the board``."""
        kind = kind_in_words(self.action)
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
    actions
        The classes of all that may be asked for; where none is named, anything may.
    affects
        Given the state and an event that is about to happen: keys of those whom it concerns
        beside those that it names, e.g. the members of a group. Nobody by default.
    register
        Given the state: the cities that may be told of. Then a command that tells of any other
        is refused before it is decided. ``None`` for a life that knows its cities by a rule of
        its own, such as the cohort.
    """

    name: str
    start: StateT
    decide: Callable[[StateT, Command[ActionT]], tuple[EventT, ...] | Refusal] = field(eq=False)
    apply: Callable[[StateT, EventT, Command[ActionT]], StateT] = field(eq=False)
    requirements: tuple[Requirement, ...] = ()
    actions: tuple[type[object], ...] = ()
    affects: Callable[[StateT, EventT], tuple[str, ...]] = field(default=_nobody, eq=False)
    register: Callable[[StateT], CityRegister] | None = field(default=None, eq=False)

    def __attrs_post_init__(self) -> None:
        if not self.name.strip():
            raise InvalidValueError(kind="life", value=self.name, reason="must have a name")
