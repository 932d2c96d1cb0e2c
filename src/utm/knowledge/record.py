"""A practice with its history; what it is on a day follows from what happened until then."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import field, frozen
from pendulum import Date

from utm.domain.dates import require_date
from utm.domain.practice import Practice, PracticeId
from utm.errors import InvalidValueError
from utm.knowledge.events import Drafted, PracticeEvent
from utm.knowledge.obstacles import event_obstacles
from utm.knowledge.state import PracticeStage, PracticeState, advance

__all__ = ["PracticeRecord"]


@frozen(kw_only=True)
class PracticeRecord:
    """A practice and everything that happened to it.

    Parameters
    ----------
    events
        What happened, in order: first a draft, then only what may follow what came before,
        on days that do not go back. What could not have happened, such as a publication
        without two reviews, is refused here as it is by a command.

    Raises
    ------
    InvalidValueError
        The events cannot have happened in this order.
    """

    events: tuple[PracticeEvent, ...]
    _state: PracticeState = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "_state", _replay(self.events))

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
        state = self.state_on(day)
        if state is None or state.stage_on(day) is not PracticeStage.PUBLISHED:
            return None
        return state.practice


def _replay(events: Sequence[PracticeEvent]) -> PracticeState:
    if not events or not isinstance(events[0], Drafted):
        raise InvalidValueError(kind="history", value=len(events), reason="must begin with a draft")
    state = PracticeState(practice=events[0].practice)
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
