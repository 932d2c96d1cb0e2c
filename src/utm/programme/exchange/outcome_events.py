"""What comes out of an edition: visits, pilots, transfers, showcases, needs."""

from __future__ import annotations

from enum import Enum
from typing import TypeAlias

from attrs import frozen

from utm.domain import PairingId, Period, TopicId
from utm.errors import InvalidValueError
from utm.programme.exchange.naming import (
    ParticipantId,
    keys_of,
    names_of,
)

__all__ = [
    "EditionClosed",
    "NeedKind",
    "NeedRaised",
    "OutcomeEvent",
    "PartnerKind",
    "PilotMoved",
    "PilotPartner",
    "PilotPartnerJoined",
    "PilotProposed",
    "PilotStage",
    "PilotStopped",
    "PracticeTransferred",
    "Showcase",
    "VisitHeld",
]


class PilotStage(Enum):
    """How far a pilot has come."""

    IDEA = "idea"
    DESIGNED = "designed"
    TESTING = "testing"
    RUNNING = "running"
    SCALED = "scaled"
    STOPPED = "stopped"

    @property
    def following(self) -> PilotStage | None:
        """The only stage that it can move to; ``None`` at an end."""
        order = list(PilotStage)
        if self in {PilotStage.SCALED, PilotStage.STOPPED}:
            return None
        return order[order.index(self) + 1]


class PartnerKind(Enum):
    """Who works on a pilot beside the cities."""

    ACADEMIA = "academia"
    BUSINESS = "business"
    CIVIL_SOCIETY = "civil society"
    LIVING_LAB = "living lab"
    FINANCE = "finance"
    GOVERNMENT = "government"


@frozen(kw_only=True, order=True)
class PilotPartner:
    """A partner of a pilot."""

    name: str
    kind: PartnerKind

    def __attrs_post_init__(self) -> None:
        if not self.name.strip():
            raise InvalidValueError(kind="partner", value=self.name, reason="must have a name")


@frozen(kw_only=True)
class VisitHeld:
    """Participants visited others; the guests may come from other groups.

    Parameters
    ----------
    hosts, guests
        At least one each, and nobody is both.
    visit
        Key of the visit that was agreed ahead; empty if there was none.
    within
        When it was, if the day is not known, e.g. a month; ``None`` for the day of the
        command.
    """

    hosts: tuple[ParticipantId, ...]
    guests: tuple[ParticipantId, ...]
    visit: str = ""
    within: Period | None = None

    def __attrs_post_init__(self) -> None:
        if self.within is not None and self.within.end is None:
            raise InvalidValueError(
                kind="time of a visit", value=str(self.within), reason="must have an end"
            )
        everybody = (*self.hosts, *self.guests)
        if not self.hosts or not self.guests or len(set(everybody)) < len(everybody):
            raise InvalidValueError(
                kind="visit",
                value=names_of(everybody),
                reason="must have hosts and guests, each once",
            )

    @property
    def sentence(self) -> str:
        """What happened."""
        when = "" if self.within is None else f", at some time {self.within.in_words}"
        return f"{names_of(self.guests)} visited {names_of(self.hosts)}{when}."

    @property
    def concerns(self) -> tuple[str, ...]:
        """Hosts and guests."""
        return keys_of((*self.hosts, *self.guests))


@frozen(kw_only=True)
class PilotProposed:
    """A pilot comes out of a group, as an idea of one of its members.

    Parameters
    ----------
    pilot
        Its key within the edition.
    group
        The group that it comes from.
    owner
        The member that answers for it.
    title
        What is tried.
    partners
        Who takes part beside the cities; more may join later.
    """

    pilot: str
    group: PairingId
    owner: ParticipantId
    title: str
    partners: tuple[PilotPartner, ...] = ()

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"{self.owner} proposed pilot {self.pilot}: {self.title}."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The owner and the group."""
        return (self.owner.value, self.group.value)


@frozen(kw_only=True)
class PilotMoved:
    """A pilot reaches the next stage; partners that joined on the way are named.

    Parameters
    ----------
    pilot
        Its key.
    stage
        The stage that follows the one it was in.
    partners
        Who joined.
    """

    pilot: str
    stage: PilotStage
    partners: tuple[PilotPartner, ...] = ()

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"Pilot {self.pilot} is {self.stage.value}."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The pilot."""
        return (self.pilot,)


@frozen(kw_only=True)
class PilotPartnerJoined:
    """A partner joins a pilot that is under way, e.g. a living lab.

    Parameters
    ----------
    pilot
        Its key.
    partner
        Who joins.
    """

    pilot: str
    partner: PilotPartner

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"{self.partner.name} ({self.partner.kind.value}) joined pilot {self.pilot}."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The pilot and the partner."""
        return (self.pilot, self.partner.name)


@frozen(kw_only=True)
class PilotStopped:
    """A pilot ends without being scaled; the reason is that of the command and is kept."""

    pilot: str

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"Pilot {self.pilot} was stopped."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The pilot."""
        return (self.pilot,)


@frozen(kw_only=True)
class PracticeTransferred:
    """One participant adopts what another has shown.

    Parameters
    ----------
    practice
        The practice, by key or name.
    origin, adopter
        From whom to whom; two participants.
    adaptation
        What the adopter changed, or why nothing had to be.
    """

    practice: str
    origin: ParticipantId
    adopter: ParticipantId
    adaptation: str

    def __attrs_post_init__(self) -> None:
        if self.origin == self.adopter:
            raise InvalidValueError(
                kind="transfer", value=self.origin.value, reason="needs two participants"
            )
        for name in ("practice", "adaptation"):
            if not getattr(self, name).strip():
                raise InvalidValueError(
                    kind="transfer", value=self.practice, reason=f"must tell the {name}"
                )

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"{self.adopter} adopted {self.practice} from {self.origin}: {self.adaptation}."

    @property
    def concerns(self) -> tuple[str, ...]:
        """Both."""
        return (self.origin.value, self.adopter.value)


@frozen(kw_only=True)
class Showcase:
    """A group shows what it has done, after at least one meeting."""

    group: PairingId
    title: str

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"{self.group} showed its work: {self.title}."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The group."""
        return (self.group.value,)


class NeedKind(Enum):
    """What a group has found that it lacks."""

    TRAINING = "training"
    RESEARCH = "research and innovation"


@frozen(kw_only=True)
class NeedRaised:
    """A need comes out of a group; the group stays its source.

    Parameters
    ----------
    kind
        For training, or for research and innovation.
    group
        The group that it comes from.
    topic
        What it is about.
    statement
        The need in words.
    raised_by
        The members that have it, at least one.
    """

    kind: NeedKind
    group: PairingId
    topic: TopicId
    statement: str
    raised_by: tuple[ParticipantId, ...]

    def __attrs_post_init__(self) -> None:
        if not self.statement.strip() or not self.raised_by:
            raise InvalidValueError(
                kind="need", value=self.statement, reason="must be told, and by somebody"
            )

    @property
    def sentence(self) -> str:
        """What happened."""
        return (
            f"{names_of(self.raised_by)} of {self.group} need {self.kind.value} "
            f"on {self.topic}: {self.statement}."
        )

    @property
    def concerns(self) -> tuple[str, ...]:
        """Who raised it, and the group."""
        return keys_of(self.raised_by, self.group.value)


@frozen(kw_only=True)
class EditionClosed:
    """The edition ends; nothing happens in it afterwards."""

    @property
    def sentence(self) -> str:
        """What happened."""
        return "The edition was closed."

    @property
    def concerns(self) -> tuple[str, ...]:
        """Nobody in particular."""
        return ()


OutcomeEvent: TypeAlias = (
    VisitHeld
    | PilotProposed
    | PilotMoved
    | PilotPartnerJoined
    | PilotStopped
    | PracticeTransferred
    | Showcase
    | NeedRaised
    | EditionClosed
)
"""Any of these; each can be asked for by a command."""
