"""What happens at the meetings of a group: who came, what about, what was agreed and done."""

from __future__ import annotations

from enum import Enum

from attrs import frozen
from pendulum import Date

from utm.domain import PairingId
from utm.domain.dates import require_date
from utm.errors import InvalidValueError
from utm.programme.exchange.naming import ParticipantId, keys_of, names_of

__all__ = ["ActionAgreed", "ActionDone", "MeetingAspect", "MeetingHeld"]


class MeetingAspect(Enum):
    """What practical exchange is about."""

    DESIGN = "design"
    IMPLEMENTATION = "implementation"
    MANAGEMENT = "management"


@frozen(kw_only=True)
class MeetingHeld:
    """A group has met.

    Parameters
    ----------
    group
        The group.
    attendees
        The members that took part, at least two.
    presenters
        Those of them that shared what they know.
    about
        What was on the agenda, in words; empty if nobody wrote it down.
    aspects
        Which of design, implementation and management was talked about, each once.
    """

    group: PairingId
    attendees: tuple[ParticipantId, ...]
    presenters: tuple[ParticipantId, ...] = ()
    about: str = ""
    aspects: tuple[MeetingAspect, ...] = ()

    def __attrs_post_init__(self) -> None:
        if len(set(self.attendees)) < len(self.attendees):
            raise InvalidValueError(
                kind="attendance", value=names_of(self.attendees), reason="names a member twice"
            )
        if not set(self.presenters) <= set(self.attendees):
            raise InvalidValueError(
                kind="presenters", value=names_of(self.presenters), reason="must attend"
            )
        if len(set(self.aspects)) < len(self.aspects):
            raise InvalidValueError(
                kind="aspects", value=self._aspects, reason="name one aspect twice"
            )

    @property
    def _aspects(self) -> str:
        return ", ".join(one.value for one in self.aspects)

    @property
    def sentence(self) -> str:
        """What happened."""
        aspects = f" ({self._aspects})" if self.aspects else ""
        about = f" on {self.about}" if self.about else ""
        return f"{self.group} met{about}{aspects}: {names_of(self.attendees)}."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The group and those who came."""
        return keys_of(self.attendees, self.group.value)


@frozen(kw_only=True)
class ActionAgreed:
    """A group agrees that one of its members does something by a day.

    It does so when it meets, so none is agreed before the kickoff. The kickoff itself will do:
    it is where a group meets first, and not every group records that as a meeting as well.
    """

    group: PairingId
    action: str
    owner: ParticipantId
    due_on: Date

    def __attrs_post_init__(self) -> None:
        require_date(self.due_on, kind="due day of an action")

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"{self.group} agreed that {self.owner} does this by {self.due_on}: {self.action}."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The group and the owner."""
        return (self.owner.value, self.group.value)


@frozen(kw_only=True)
class ActionDone:
    """An agreed action is done."""

    group: PairingId
    action: str

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"{self.group} has done this: {self.action}."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The group."""
        return (self.group.value,)
