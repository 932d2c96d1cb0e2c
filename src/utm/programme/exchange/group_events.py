"""What happens to the groups of an edition: formed, begun, met, shrunk, repaired, ended."""

from __future__ import annotations

from typing import TypeAlias

from attrs import frozen

from utm.domain import Pairing, PairingId
from utm.errors import InvalidValueError
from utm.programme.exchange.measure import Measure
from utm.programme.exchange.meeting_events import ActionAgreed, ActionDone, MeetingHeld
from utm.programme.exchange.naming import ParticipantId, keys_of, names_of

__all__ = [
    "Dissolution",
    "FacilitatorAssigned",
    "GroupAtRisk",
    "GroupCompleted",
    "GroupEvent",
    "GroupFormed",
    "GroupRepaired",
    "Joining",
    "Kickoff",
    "MembersChanged",
    "Transfer",
    "Withdrawal",
]


@frozen(kw_only=True)
class GroupFormed:
    """A group is formed, as the grouping proposed it or as the programme decided.

    Parameters
    ----------
    group
        Its theme, focus and members.
    """

    group: Pairing

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"Group {self.group.id} was formed: {names_of(self.group.members)}."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The group and its members."""
        return keys_of(self.group.members, self.group.id.value)


@frozen(kw_only=True)
class MembersChanged:
    """People override the grouping before a kickoff; the reason is that of the command.

    Parameters
    ----------
    changes
        Groups with the members that they shall have instead.
    price
        What the grouping loses by it, in millionths of one fully met need; negative if it
        gains. See [price_of_override][utm.programme.exchange.price_of_override].
    """

    changes: tuple[tuple[PairingId, tuple[ParticipantId, ...]], ...]
    price: int

    @property
    def sentence(self) -> str:
        """What happened, with its price."""
        told = "; ".join(f"{group}: {names_of(members)}" for group, members in self.changes)
        return f"The grouping was overridden at a price of {self.price} millionths: {told}."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The groups and their new members."""
        members = tuple(member for _, those in self.changes for member in those)
        return keys_of(members, *(group.value for group, _ in self.changes))


@frozen(kw_only=True)
class FacilitatorAssigned:
    """Somebody becomes the lead facilitator of a group, in the place of the one before."""

    group: PairingId
    facilitator: str

    def __attrs_post_init__(self) -> None:
        if not self.facilitator.strip():
            raise InvalidValueError(
                kind="facilitator", value=self.facilitator, reason="must have a name"
            )

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"{self.facilitator} facilitates {self.group}."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The group and the facilitator."""
        return (self.group.value, self.facilitator)


@frozen(kw_only=True)
class Kickoff:
    """A group begins; its year runs from this day.

    Parameters
    ----------
    group
        The group.
    indicator
        What it will be measured by, e.g. ``"kilometres of cycle lanes"``.
    baseline
        Where it stands on that day.
    """

    group: PairingId
    indicator: str
    baseline: Measure

    def __attrs_post_init__(self) -> None:
        if not self.indicator.strip():
            raise InvalidValueError(
                kind="kickoff", value=self.group.value, reason="must name an indicator"
            )

    @property
    def sentence(self) -> str:
        """What happened."""
        return (
            f"{self.group} began; it is measured by {self.indicator}, starting at {self.baseline}."
        )

    @property
    def concerns(self) -> tuple[str, ...]:
        """The group."""
        return (self.group.value,)


@frozen(kw_only=True)
class Withdrawal:
    """A member leaves its group and the edition; the reason is that of the command.

    The price is what the grouping loses by it and by the plan that follows, in millionths
    of one fully met need; ``None`` if nobody reckoned it.
    """

    group: PairingId
    member: ParticipantId
    price: int | None = None

    @property
    def sentence(self) -> str:
        """What happened, with its price."""
        price = "" if self.price is None else f" at a price of {self.price} millionths"
        return f"{self.member} withdrew from {self.group}{price}."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The group and the member."""
        return (self.member.value, self.group.value)


@frozen(kw_only=True)
class GroupAtRisk:
    """A group has become too small to go on; it follows from a withdrawal."""

    group: PairingId
    members: tuple[ParticipantId, ...]

    @property
    def sentence(self) -> str:
        """What happened."""
        left = names_of(self.members) or "nobody"
        return f"{self.group} is at risk, since only {left} is left."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The group and who is left."""
        return keys_of(self.members, self.group.value)


@frozen(kw_only=True)
class Joining:
    """A participant without a group joins one."""

    group: PairingId
    member: ParticipantId

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"{self.member} joined {self.group}."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The group and the member."""
        return (self.member.value, self.group.value)


@frozen(kw_only=True)
class Transfer:
    """A member moves from one group at work, which stays large enough, to another."""

    member: ParticipantId
    source: PairingId
    target: PairingId

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"{self.member} moved from {self.source} to {self.target}."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The member and both groups."""
        return (self.member.value, self.source.value, self.target.value)


@frozen(kw_only=True)
class GroupRepaired:
    """A group at risk is large enough again; it follows from a joining or a transfer."""

    group: PairingId

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"{self.group} is no longer at risk."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The group."""
        return (self.group.value,)


@frozen(kw_only=True)
class Dissolution:
    """A group ends early; its members are free to join others."""

    group: PairingId

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"{self.group} was dissolved."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The group."""
        return (self.group.value,)


@frozen(kw_only=True)
class GroupCompleted:
    """A group has held its meetings in time and ends well.

    Parameters
    ----------
    group
        The group.
    result
        Where it stands by its indicator, in the unit of its baseline; ``None`` if that was
        not measured.
    """

    group: PairingId
    result: Measure | None = None

    @property
    def sentence(self) -> str:
        """What happened."""
        measured = "" if self.result is None else f"; it ends at {self.result}"
        return f"{self.group} was completed{measured}."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The group."""
        return (self.group.value,)


GroupEvent: TypeAlias = (
    GroupFormed
    | MembersChanged
    | FacilitatorAssigned
    | Kickoff
    | MeetingHeld
    | ActionAgreed
    | ActionDone
    | Withdrawal
    | GroupAtRisk
    | Joining
    | Transfer
    | GroupRepaired
    | Dissolution
    | GroupCompleted
)
"""Any of these. That a group is at risk, or repaired, follows and is never asked for."""
