"""Histories: what was asked and what happened, from which every state is derived."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import Generic

from attrs import field, frozen
from pendulum import Date

from utm.domain.dates import require_date
from utm.errors import InvalidValueError
from utm.programme.history.changes import Change
from utm.programme.history.lifecycle import ActionT, Command, EventT, Lifecycle, StateT
from utm.programme.history.refusal import Refusal, Requirement
from utm.programme.history.register import KNOWN_CITIES, CitiesEntered

__all__ = ["GENERAL_REQUIREMENTS", "Entry", "History"]

_DAYS_IN_ORDER = Requirement(
    id="history.days-in-order", text="what happens is recorded in the order of its days"
)
_NOTHING_UNSEEN = Requirement(
    id="history.nothing-unseen", text="who asks has seen everything that happened so far"
)
_CHANGES_SOMETHING = Requirement(id="history.changes-something", text="a command changes something")
GENERAL_REQUIREMENTS = (_DAYS_IN_ORDER, _NOTHING_UNSEEN, _CHANGES_SOMETHING, KNOWN_CITIES)
"""What every history asks of a command, whatever its lifecycle."""


@frozen(kw_only=True)
class Entry(Generic[ActionT, EventT]):
    """One line of a history: a command that was granted and what happened then.

    Parameters
    ----------
    number
        Its place in the history, from 1.
    command
        Who asked for what, when and why.
    events
        What happened, in order: at least one event.
    """

    number: int
    command: Command[ActionT]
    events: tuple[EventT, ...]


@frozen(kw_only=True, repr=False)
class History(Generic[StateT, ActionT, EventT]):
    """Everything that happened in one life, and the state that follows from it.

    An illegal history cannot be built: every entry is decided anew, in order, and must
    give the very events that it claims.

    Parameters
    ----------
    lifecycle
        The rules of this life.
    entries
        What happened, numbered from 1, in the order of the days.

    Raises
    ------
    InvalidValueError
        An entry would have been refused, or other events would have happened.

    Notes
    -----
    Building one from entries decides each of them once. Recording a command decides
    that command alone.
    """

    lifecycle: Lifecycle[StateT, ActionT, EventT]
    entries: tuple[Entry[ActionT, EventT], ...] = ()
    state: StateT = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        history = self._of((), self.lifecycle.start)
        for number, entry in enumerate(self.entries, start=1):
            place = f"entry {number}: {entry.command.place}"
            following = history.record(entry.command)
            if isinstance(following, Refusal):
                raise InvalidValueError(
                    kind=f"history of {self.lifecycle.name}",
                    value=place,
                    reason=f"is refused, since {following.reason} (rule {following.rule})",
                )
            if following.entries[-1] != entry:
                raise InvalidValueError(
                    kind=f"history of {self.lifecycle.name}",
                    value=place,
                    reason="does not tell what would have happened",
                )
            history = following
        object.__setattr__(self, "state", history.state)

    @property
    def last_day(self) -> Date | None:
        """Day of the last entry; ``None`` while nothing happened."""
        return self.entries[-1].command.on if self.entries else None

    def record(
        self, command: Command[ActionT], *, seen: int | None = None
    ) -> History[StateT, ActionT, EventT] | Refusal:
        """Carry out a command, or refuse it and change nothing.

        Parameters
        ----------
        command
            Who asks for what, when and why.
        seen
            The number of entries that the asker has seen. If others have been recorded
            since, the command is refused; ``None`` leaves that unchecked.

        Raises
        ------
        InvalidValueError
            The action is of no kind that this life knows.
        """
        _require_known(command.action, self.lifecycle)
        last = self.last_day
        if last is not None and command.on < last:
            refusal = _DAYS_IN_ORDER.refuse(f"something is already recorded on {last}")
            return refusal.at(command.place)
        if seen is not None and seen != len(self.entries):
            unseen = len(self.entries) - seen
            return _NOTHING_UNSEEN.refuse(f"{unseen} entries are unseen").at(command.place)
        decided = self._decided(command)
        if isinstance(decided, Refusal):
            return decided.at(command.place)
        if not decided:
            return _CHANGES_SOMETHING.refuse("it would change nothing").at(command.place)
        entry = Entry(number=len(self.entries) + 1, command=command, events=decided)
        return self._of((*self.entries, entry), self._after(self.state, entry))

    def record_all(
        self, commands: Iterable[Command[ActionT]]
    ) -> History[StateT, ActionT, EventT] | Refusal:
        """Carry out all commands in their order, or refuse and carry out none."""
        history = self
        for number, command in enumerate(commands, start=1):
            following = history.record(command)
            if isinstance(following, Refusal):
                return following.at(f"command {number}")
            history = following
        return history

    def as_of(self, day: Date) -> History[StateT, ActionT, EventT]:
        """The history as it stood at the end of a day; nothing later is in it."""
        require_date(day)
        kept = self.entries[: bisect_right(self.entries, day, key=lambda entry: entry.command.on)]
        state = self.lifecycle.start
        for entry in kept:
            state = self._after(state, entry)
        return self._of(kept, state)

    def since(self, day: Date) -> tuple[Entry[ActionT, EventT], ...]:
        """The entries after the end of a day."""
        require_date(day)
        return self.entries[bisect_right(self.entries, day, key=lambda entry: entry.command.on) :]

    def changes(self, *, since: Date, until: Date | None = None) -> tuple[Change, ...]:
        """What happened after one day and up to the end of another, ready to be told.

        An event concerns those that it names, and those whom it affects in the state that
        it meets, such as the members of the group.
        """
        state = self.as_of(since).state
        found: list[Change] = []
        for entry in self.since(since):
            if until is not None and entry.command.on > until:
                break
            for event in entry.events:
                concerned = (*event.concerns, *self.lifecycle.affects(state, event))
                found.append(
                    Change(
                        subject=self.lifecycle.name,
                        on=entry.command.on,
                        number=entry.number,
                        sentence=event.sentence,
                        concerns=tuple(dict.fromkeys(concerned)),
                        by=entry.command.by,
                        why=entry.command.why,
                    )
                )
                state = self.lifecycle.apply(state, event, entry.command)
        return tuple(found)

    def __repr__(self) -> str:
        days = sorted({one.command.on for one in (*self.entries[:1], *self.entries[-1:])})
        when = f" from {' to '.join(map(str, days))}" if days else ""
        number = len(self.entries)
        return f"<History of {self.lifecycle.name}: {number} entries{when}>"

    def _decided(self, command: Command[ActionT]) -> tuple[EventT, ...] | Refusal:
        lifecycle, state, action = self.lifecycle, self.state, command.action
        if lifecycle.register is not None:
            register = lifecycle.register(state)
            if isinstance(action, CitiesEntered):
                if all(city in register for city in action.cities):
                    return ()
            elif refusal := register.refuse_unknown(action):
                return refusal
        return lifecycle.decide(state, command)

    def _after(self, state: StateT, entry: Entry[ActionT, EventT]) -> StateT:
        for event in entry.events:
            state = self.lifecycle.apply(state, event, entry.command)
        return state

    def _of(
        self, entries: tuple[Entry[ActionT, EventT], ...], state: StateT
    ) -> History[StateT, ActionT, EventT]:
        # What was decided just now, or stood in a legal history, is not judged again.
        history = object.__new__(type(self))
        object.__setattr__(history, "lifecycle", self.lifecycle)
        object.__setattr__(history, "entries", entries)
        object.__setattr__(history, "state", state)
        return history


def _require_known(action: object, lifecycle: Lifecycle[StateT, ActionT, EventT]) -> None:
    if lifecycle.actions and type(action) not in lifecycle.actions:
        known = ", ".join(sorted(one.__name__ for one in lifecycle.actions))
        raise InvalidValueError(
            kind="action",
            value=type(action).__name__,
            reason=f"is nothing that happens in {lifecycle.name}: choose among {known}",
        )
