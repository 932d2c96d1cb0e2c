"""Who comes late to an edition, what participants seek and offer, and who stops waiting."""

from __future__ import annotations

from typing import TypeAlias

from attrs import frozen

from utm.domain import CountryCode, TimeZone
from utm.errors import InvalidValueError
from utm.pairing import Participant
from utm.programme.exchange.naming import (
    ParticipantId,
)

__all__ = ["ParticipantEntered", "ParticipationEvent", "WaitingEnded", "WishesExpressed"]


@frozen(kw_only=True)
class ParticipantEntered:
    """Somebody enters an edition that has begun, and waits for a group.

    Parameters
    ----------
    participant, country
        Who, and from where. Whether it belongs to the cohort is told by
        [refuse_outsiders][utm.programme.exchange.refuse_outsiders].
    """

    participant: ParticipantId
    country: CountryCode

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"{self.participant} ({self.country}) entered the edition."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The participant."""
        return (self.participant.value,)


@frozen(kw_only=True)
class WaitingEnded:
    """A participant without a group leaves the edition; the reason is that of the command."""

    participant: ParticipantId

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"{self.participant} left the edition while it waited for a group."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The participant."""
        return (self.participant.value,)


@frozen(kw_only=True)
class WishesExpressed:
    """A participant says what it seeks and offers; what it says later takes the place of it.

    Parameters
    ----------
    participant
        Who.
    profile
        Its needs and offers as expressed, and what else the grouping knows of it. Its zone
        is the clock by which its meetings are placed if it came late.
    name
        What people call it.
    basis
        How the needs came about if it did not state them itself; empty if it did.

    Raises
    ------
    InvalidValueError
        The profile is that of somebody else, or names a zone that does not exist.
    """

    participant: ParticipantId
    profile: Participant
    name: str = ""
    basis: str = ""

    def __attrs_post_init__(self) -> None:
        if self.profile.id != self.participant.value:
            raise InvalidValueError(
                kind="wishes", value=self.profile.id, reason=f"must be of {self.participant}"
            )
        if self.profile.timezone is not None:
            TimeZone(self.profile.timezone)

    @property
    def sentence(self) -> str:
        """What happened."""
        sought = ", ".join(need.topic.value for need in self.profile.needs) or "nothing"
        offered = ", ".join(offer.topic.value for offer in self.profile.offers) or "nothing"
        how = f" Basis of its needs: {self.basis.rstrip('.')}." if self.basis else ""
        return f"{self.participant} seeks {sought} and offers {offered}.{how}"

    @property
    def concerns(self) -> tuple[str, ...]:
        """The participant."""
        return (self.participant.value,)


ParticipationEvent: TypeAlias = ParticipantEntered | WaitingEnded | WishesExpressed
"""Any of these; each can be asked for by a command."""
