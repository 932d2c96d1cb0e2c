"""Histories: what was asked and what happened, from which every state is derived."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Generic, TypeAlias, cast

from attrs import field, frozen
from pendulum import Date

from utm.domain.dates import require_date
from utm.errors import InvalidValueError
from utm.programme.history.changes import Change
from utm.programme.history.lifecycle import ActionT, Command, EventT, Lifecycle, StateT
from utm.programme.history.refusal import Refusal, Requirement
from utm.programme.history.register import KNOWN_CITIES, CitiesEntered
from utm.programme.history.voiding import (
    RESTS_ON_NOTHING_VOID,
    VOIDED_ONCE,
    EntriesVoided,
    voided_by,
)

__all__ = ["DAYS_IN_ORDER", "GENERAL_REQUIREMENTS", "Entry", "History", "Voiding"]

DAYS_IN_ORDER = Requirement(
    id="history.days-in-order", text="what happens is recorded in the order of its days"
)
"""What is asked of the day of every command."""
_NOTHING_UNSEEN = Requirement(
    id="history.nothing-unseen", text="who asks has seen everything that happened so far"
)
_CHANGES_SOMETHING = Requirement(id="history.changes-something", text="a command changes something")
GENERAL_REQUIREMENTS = (
    DAYS_IN_ORDER,
    _NOTHING_UNSEEN,
    _CHANGES_SOMETHING,
    KNOWN_CITIES,
    VOIDED_ONCE,
    RESTS_ON_NOTHING_VOID,
)
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


Voiding: TypeAlias = Entry[EntriesVoided, EntriesVoided]
"""An entry that voids others."""


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
        What was recorded, numbered from 1. What stands is in the order of the days.

    Attributes
    ----------
    standing
        The entries that count: neither voided, nor there to void others.
    state
        What follows from them.

    Raises
    ------
    InvalidValueError
        An entry would have been refused, or other events would have happened.

    Notes
    -----
    Building one from entries decides each of them once. Recording a command decides
    that command alone; voiding entries decides all that stand after them once more.
    """

    lifecycle: Lifecycle[StateT, ActionT, EventT]
    entries: tuple[Entry[ActionT, EventT] | Voiding, ...] = ()
    standing: tuple[Entry[ActionT, EventT], ...] = field(init=False, eq=False, repr=False)
    state: StateT = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        history = self._of((), (), self.lifecycle.start)
        for number, entry in enumerate(self.entries, start=1):
            place = f"entry {number}: {entry.command.place}"
            following = history.record(cast("Command[ActionT]", entry.command))
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
        object.__setattr__(self, "standing", history.standing)
        object.__setattr__(self, "state", history.state)

    @property
    def last_day(self) -> Date | None:
        """Day of the last entry that stands; ``None`` while nothing happened."""
        return self.standing[-1].command.on if self.standing else None

    @property
    def voided(self) -> dict[int, int]:
        """The number of each void entry, with that of the entry that voided it."""
        return voided_by(self.entries)

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
        action = command.action
        if not isinstance(action, EntriesVoided):
            _require_known(action, self.lifecycle)
        if seen is not None and seen != len(self.entries):
            unseen = len(self.entries) - seen
            return _NOTHING_UNSEEN.refuse(f"{unseen} entries are unseen").at(command.place)
        if isinstance(action, EntriesVoided):
            following = self._without(
                Command(action=action, by=command.by, on=command.on, why=command.why)
            )
        else:
            following = self._with(command)
        return following.at(command.place) if isinstance(following, Refusal) else following

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

    def void(
        self, *entries: int, by: str, on: Date, why: str, seen: int | None = None
    ) -> History[StateT, ActionT, EventT] | Refusal:
        """Say that entries told what never was; they are kept, and count no more.

        The further entry that says so cannot be voided itself: what was right after all is
        recorded anew. Entries that rest on each other are voided together. The day of the last
        entry that stands is then the earliest on which something can be recorded.

        Parameters
        ----------
        entries
            Their numbers.
        by, on, why
            Who says so, when and why. The day is none before the last of what still stands.
        seen
            As in `record`.
        """
        action = EntriesVoided(entries=entries)
        command: Command[Any] = Command(action=action, by=by, on=on, why=why)
        return self.record(command, seen=seen)

    def as_of(self, day: Date) -> History[StateT, ActionT, EventT]:
        """The history as it stood at the end of a day; nothing that stands in it is later.

        Notes
        -----
        It is the part up to the last entry of that day or before. An entry of a later day is
        in it only where it was void by then. What was voided later stands in it, since it
        stood on that day.
        """
        require_date(day)
        length = len(self.entries)
        while length and self.entries[length - 1].command.on > day:
            length -= 1
        return self._first(length)

    def since(self, day: Date) -> tuple[Entry[ActionT, EventT] | Voiding, ...]:
        """The entries after the end of a day."""
        return self.entries[len(self.as_of(day).entries) :]

    def changes(self, *, since: Date, until: Date | None = None) -> tuple[Change, ...]:
        """What happened after one day and up to the end of another, ready to be told.

        An event concerns those that it names, and those whom it affects in the state that
        it meets, such as the members of the group. What was void by the end is not told; that
        it was voided is, to those whom it had concerned.
        """
        told = self if until is None else self.as_of(until)
        state = self.lifecycle.start
        found: list[Change] = []
        for entry in told.standing:
            if entry.command.on > since:
                found += self._told(entry, state, by=entry)
            state = self._after(state, entry)
        for voiding in told.entries:
            action, on = voiding.command.action, voiding.command.on
            if isinstance(action, EntriesVoided) and on > since and (until is None or on <= until):
                for number in action.entries:
                    state = self._first(number - 1).state
                    fallen = cast("Entry[ActionT, EventT]", self.entries[number - 1])
                    found += self._told(fallen, state, by=voiding)
        return tuple(sorted(found, key=lambda change: (change.on, change.number)))

    def _told(
        self, entry: Entry[ActionT, EventT], state: StateT, *, by: Entry[Any, Any]
    ) -> Iterator[Change]:
        """The events of an entry as changes, or as void changes by another one."""
        before = "" if by is entry else f"Void is entry {entry.number} of {entry.command.on}: "
        for event in entry.events:
            concerned = (*event.concerns, *self.lifecycle.affects(state, event))
            yield Change(
                subject=self.lifecycle.name,
                on=by.command.on,
                number=by.number,
                sentence=f"{before}{event.sentence}",
                concerns=tuple(dict.fromkeys(concerned)),
                by=by.command.by,
                why=by.command.why,
            )
            state = self.lifecycle.apply(state, event, entry.command)

    def _with(self, command: Command[ActionT]) -> History[StateT, ActionT, EventT] | Refusal:
        last = self.last_day
        if last is not None and command.on < last:
            return DAYS_IN_ORDER.refuse(f"something is already recorded on {last}")
        decided = self._decided(self.state, command)
        if isinstance(decided, Refusal):
            return decided
        if not decided:
            return _CHANGES_SOMETHING.refuse("it would change nothing")
        entry = Entry(number=len(self.entries) + 1, command=command, events=decided)
        after = self._after(self.state, entry)
        return self._of((*self.entries, entry), (*self.standing, entry), after)

    def _without(
        self, command: Command[EntriesVoided]
    ) -> History[StateT, ActionT, EventT] | Refusal:
        action = command.action
        refusal = action.refuse_fallen(self.entries)
        if refusal is not None:
            return refusal
        kept = tuple(entry for entry in self.standing if entry.number not in action.entries)
        if kept and command.on < kept[-1].command.on:
            return DAYS_IN_ORDER.refuse(f"something that stands is of {kept[-1].command.on}")
        first, state = min(action.entries), self.lifecycle.start
        for entry in kept:
            if entry.number > first:
                decided = self._decided(state, entry.command)
                if isinstance(decided, Refusal):
                    return RESTS_ON_NOTHING_VOID.refuse(
                        f"entry {entry.number} ({entry.command.place}) rests on it: without it, "
                        f"{decided.reason} (rule {decided.rule})"
                    )
                if decided != entry.events:
                    return RESTS_ON_NOTHING_VOID.refuse(
                        f"without it something else would have followed from entry {entry.number} "
                        f"({entry.command.place})"
                    )
            state = self._after(state, entry)
        voiding = Entry(number=len(self.entries) + 1, command=command, events=(action,))
        return self._of((*self.entries, voiding), kept, state)

    def _first(self, length: int) -> History[StateT, ActionT, EventT]:
        """The history when it had so many entries."""
        if length == len(self.entries):
            return self
        entries = self.entries[:length]
        voided = voided_by(entries)
        void = {*voided, *voided.values()}
        standing = tuple(
            cast("Entry[ActionT, EventT]", entry) for entry in entries if entry.number not in void
        )
        state = self.lifecycle.start
        for entry in standing:
            state = self._after(state, entry)
        return self._of(entries, standing, state)

    def _decided(self, state: StateT, command: Command[ActionT]) -> tuple[EventT, ...] | Refusal:
        lifecycle, action = self.lifecycle, command.action
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
        self,
        entries: tuple[Entry[ActionT, EventT] | Voiding, ...],
        standing: tuple[Entry[ActionT, EventT], ...],
        state: StateT,
    ) -> History[StateT, ActionT, EventT]:
        # What was decided just now, or stood in a legal history, is not judged again.
        history = object.__new__(type(self))
        object.__setattr__(history, "lifecycle", self.lifecycle)
        object.__setattr__(history, "entries", entries)
        object.__setattr__(history, "standing", standing)
        object.__setattr__(history, "state", state)
        return history

    def __repr__(self) -> str:
        ends = (*self.standing[:1], *self.standing[-1:])
        days = sorted({one.command.on for one in ends})
        when = f" from {' to '.join(map(str, days))}" if days else ""
        number = len(self.entries)
        return f"<History of {self.lifecycle.name}: {number} entries{when}>"


def _require_known(action: object, lifecycle: Lifecycle[StateT, ActionT, EventT]) -> None:
    if lifecycle.actions and type(action) not in lifecycle.actions:
        known = ", ".join(sorted(one.__name__ for one in lifecycle.actions))
        raise InvalidValueError(
            kind="action",
            value=type(action).__name__,
            reason=f"is nothing that happens in {lifecycle.name}: choose among {known}",
        )
