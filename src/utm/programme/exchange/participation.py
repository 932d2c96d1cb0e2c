"""What is refused to those who enter, say what they seek or stop waiting, and what follows."""

from __future__ import annotations

from attrs import evolve

from utm.programme.exchange import requirements as rules
from utm.programme.exchange.group_rules import refuse_strangers
from utm.programme.exchange.participation_events import (
    ParticipantEntered,
    ParticipationEvent,
    WaitingEnded,
    WishesExpressed,
)
from utm.programme.exchange.state import EditionState
from utm.programme.history import Refusal

__all__ = ["after_participation", "refuse_participation"]


def refuse_participation(state: EditionState, action: ParticipationEvent) -> Refusal | None:
    """Say why somebody may not enter, leave or say something; ``None`` if it may."""
    if isinstance(action, WishesExpressed):
        return refuse_strangers(state, (action.participant,))
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
    if isinstance(event, WishesExpressed):
        others = [one for one in state.wishes if one.participant != event.participant]
        ordered = sorted([*others, event], key=lambda one: one.participant.value)
        return evolve(state, wishes=tuple(ordered))
    entered = (*state.participants, (event.participant, event.country))
    return evolve(state, participants=tuple(sorted(entered, key=lambda pair: pair[0].value)))
