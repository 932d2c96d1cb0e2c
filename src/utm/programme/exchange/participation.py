"""Who comes late to an edition, and who leaves it while waiting for a group."""

from __future__ import annotations

from typing import TypeAlias

from attrs import evolve, frozen

from utm.domain import CountryCode
from utm.programme.exchange import requirements as rules
from utm.programme.exchange.group_events import ParticipantId
from utm.programme.exchange.group_rules import refuse_strangers
from utm.programme.exchange.state import EditionState
from utm.programme.history import Refusal

__all__ = [
    "ParticipantEntered",
    "ParticipationEvent",
    "WaitingEnded",
    "after_participation",
    "refuse_participation",
]


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


ParticipationEvent: TypeAlias = ParticipantEntered | WaitingEnded
"""Either of these; each can be asked for by a command."""


def refuse_participation(state: EditionState, action: ParticipationEvent) -> Refusal | None:
    """Say why somebody may not enter or leave; ``None`` if it may."""
    if isinstance(action, ParticipantEntered):
        if state.knows(action.participant):
            return rules.ENTERED_ONCE.refuse(f"{action.participant} is known to {state.id}")
        return None
    placed = state.group_of(action.participant)
    if placed is not None:
        return rules.WAITING.refuse(f"{action.participant} is in {placed.id}; let it withdraw")
    return refuse_strangers(state, (action.participant,))


def after_participation(state: EditionState, event: ParticipationEvent) -> EditionState:
    """The edition after an event that was granted."""
    if isinstance(event, WaitingEnded):
        return evolve(state, withdrawn=(*state.withdrawn, event.participant))
    entered = (*state.participants, (event.participant, event.country))
    return evolve(state, participants=tuple(sorted(entered, key=lambda pair: pair[0].value)))
