"""A practice with its history; what it is on a day follows from what happened until then."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve, field, frozen
from pendulum import Date

from utm.domain.dates import Period, require_date
from utm.domain.practice import Practice, PracticeId
from utm.errors import InvalidValueError
from utm.knowledge.events import Drafted, PracticeEvent, Published, Retired, Revised
from utm.knowledge.obstacles import event_obstacles
from utm.knowledge.state import PracticeStage, PracticeState, advance, first_state

__all__ = ["PracticeRecord", "Publication"]


@frozen(kw_only=True)
class PracticeRecord:
    """A practice and everything that happened to it.

    Parameters
    ----------
    events
        What happened, in order: first a draft, then only what may follow what came before,
        on days that do not go back. What could not have happened, such as a publication
        without two reviews or for another time than the rubric gives, is refused here as it
        is by a command.

    Raises
    ------
    InvalidValueError
        The events cannot have happened in this order.
    """

    events: tuple[PracticeEvent, ...]
    _state: PracticeState = field(init=False, repr=False, eq=False)
    _publications: tuple[Publication, ...] = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "_state", _replay(self.events))
        object.__setattr__(self, "_publications", _publications(self.events))

    @property
    def id(self) -> PracticeId:
        """Key of the practice."""
        return self._state.practice.id

    @property
    def practice(self) -> Practice:
        """Its text as it stands."""
        return self._state.practice

    @property
    def state(self) -> PracticeState:
        """What it is after all events."""
        return self._state

    def state_on(self, day: Date) -> PracticeState | None:
        """What it was at the end of a day; ``None`` before it was drafted."""
        require_date(day)
        until = tuple(event for event in self.events if event.on <= day)
        if len(until) == len(self.events):
            return self._state
        return _replay(until) if until else None

    def stage_on(self, day: Date) -> PracticeStage | None:
        """Where it stood at the end of a day; ``None`` before it was drafted."""
        state = self.state_on(day)
        return None if state is None else state.stage_on(day)

    def published_on(self, day: Date) -> Practice | None:
        """The text that is published on a day; ``None`` when none is."""
        require_date(day)
        for published in self.publications:
            if day in published.period:
                return published.practice
        return None

    @property
    def publications(self) -> tuple[Publication, ...]:
        """Every text that was published at the end of some day, in order of time."""
        return self._publications


@frozen(kw_only=True)
class Publication:
    """A text, and the days on which it is published.

    Parameters
    ----------
    practice
        The text.
    period
        From its publication up to, not including, the day it expires or is taken down.
    """

    practice: Practice
    period: Period


def _publications(events: Sequence[PracticeEvent]) -> tuple[Publication, ...]:
    found: list[Publication] = []
    text: Practice | None = None
    for event in events:
        match event:
            case Drafted(practice=practice) | Revised(practice=practice):
                text = practice
            case Published(on=on, expires_on=expires_on) if text is not None:
                period = Period(start=on, end=expires_on)
                found.append(Publication(practice=text, period=period))
            case Retired(on=on):
                last = found.pop()
                if last.period.start < on:
                    found.append(evolve(last, period=evolve(last.period, end=on)))
            case _:
                pass
    return tuple(found)


def _replay(events: Sequence[PracticeEvent]) -> PracticeState:
    if not events or not isinstance(events[0], Drafted):
        raise InvalidValueError(kind="history", value=len(events), reason="must begin with a draft")
    state = first_state(events[0])
    day = events[0].on
    for event in events[1:]:
        name = type(event).__name__
        if event.on < day:
            raise InvalidValueError(kind="history", value=name, reason="goes back in time")
        obstacles = event_obstacles(state, event)
        if obstacles:
            raise InvalidValueError(kind="history", value=name, reason="; ".join(obstacles))
        state, day = advance(state, event), event.on
    return state
