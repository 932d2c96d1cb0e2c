"""The lifecycle of a practice: a command becomes an event, or a refusal with its reasons."""

from __future__ import annotations

from attrs import evolve, frozen
from pendulum import Date

from utm.domain.dates import require_date
from utm.domain.practice import Practice
from utm.domain.prose import require_prose
from utm.knowledge.commands import Command
from utm.knowledge.events import Drafted
from utm.knowledge.obstacles import event_obstacles
from utm.knowledge.record import PracticeRecord

__all__ = ["Refusal", "advance_practice", "draft_practice"]


@frozen(kw_only=True)
class Refusal:
    """A command that cannot be followed.

    Parameters
    ----------
    reasons
        Every reason, one clause each.
    """

    reasons: tuple[str, ...]

    def __str__(self) -> str:
        return "; ".join(self.reasons)


def draft_practice(practice: Practice, *, on: Date, by: str, reason: str) -> PracticeRecord:
    """Write a practice down for the first time.

    Raises
    ------
    InvalidValueError
        The author or the reason is empty, or the day is not exactly a date.
    """
    return PracticeRecord(events=(Drafted(on=on, by=by, reason=reason, practice=practice),))


def advance_practice(
    record: PracticeRecord, command: Command, *, on: Date, by: str, reason: str
) -> PracticeRecord | Refusal:
    """Follow a command if the state of the practice admits it.

    Nothing is changed in place, and no clock is read. A published practice expires by
    itself on its day and needs no command for it.

    Parameters
    ----------
    record
        The practice so far.
    command
        What is wanted.
    on
        Day on which it happens, not before the last event.
    by
        Who wants it.
    reason
        Why.

    Returns
    -------
    PracticeRecord or Refusal
        The record with one more event, or every reason why there is none.

    Raises
    ------
    InvalidValueError
        The author or the reason is empty, or the day is not exactly a date.
    """
    require_date(on, kind="day of a command")
    require_prose(by, kind="author of a command")
    state = record.state
    last = record.events[-1].on
    if on < last:
        return Refusal(reasons=(f"lies before what happened on {last}",))
    event = command.event(state, on=on, by=by, reason=reason)
    obstacles = event_obstacles(state, event)
    if obstacles:
        return Refusal(reasons=obstacles)
    return evolve(record, events=(*record.events, event))
