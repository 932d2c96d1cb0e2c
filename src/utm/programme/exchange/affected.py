"""Whom an event of an edition concerns beside those that it names."""

from __future__ import annotations

from collections.abc import Iterable

from utm.domain import PairingId
from utm.programme.exchange.group_events import (
    GroupEvent,
    GroupFormed,
    MembersChanged,
    Transfer,
)
from utm.programme.exchange.naming import (
    ParticipantId,
)
from utm.programme.exchange.outcome_events import (
    EditionClosed,
    NeedRaised,
    OutcomeEvent,
    PilotMoved,
    PilotPartnerJoined,
    PilotProposed,
    PilotStopped,
    PracticeTransferred,
    Showcase,
    VisitHeld,
)
from utm.programme.exchange.participation_events import ParticipationEvent
from utm.programme.exchange.session_events import SessionEvent, SessionsRescheduled
from utm.programme.exchange.state import EditionState
from utm.programme.exchange.visit_events import VisitAgreed, VisitCancelled, VisitEvent

__all__ = ["affected_by"]


def affected_by(
    state: EditionState,
    event: GroupEvent | OutcomeEvent | ParticipationEvent | SessionEvent | VisitEvent,
) -> tuple[str, ...]:
    """Members and facilitator of every group that an event touches; all, when it closes."""
    if isinstance(event, EditionClosed):
        return tuple(key.value for key, _ in state.participants if key not in state.withdrawn)
    if isinstance(event, VisitHeld | PracticeTransferred | ParticipationEvent | VisitAgreed):
        return ()
    if isinstance(event, VisitCancelled):
        return _travellers(state, (event.visit,))
    touched: list[str] = []
    if isinstance(event, SessionsRescheduled):
        touched += _travellers(state, (one.visit for one in event.visits))
    for key in _groups_of(state, event):
        group = state.group(key)
        if group is None:
            continue
        touched += [key.value, *_values(group.members)]
        touched += [group.facilitator] if group.facilitator else []
    return tuple(touched)


def _groups_of(
    state: EditionState,
    event: GroupEvent
    | PilotProposed
    | PilotMoved
    | PilotPartnerJoined
    | PilotStopped
    | Showcase
    | NeedRaised
    | SessionEvent,
) -> tuple[PairingId, ...]:
    if isinstance(event, GroupFormed):
        return ()
    if isinstance(event, MembersChanged):
        return tuple(key for key, _ in event.changes)
    if isinstance(event, SessionsRescheduled):
        return tuple(one.group for one in event.groups)
    if isinstance(event, Transfer):
        return (event.source, event.target)
    if isinstance(event, PilotMoved | PilotPartnerJoined | PilotStopped):
        pilot = state.pilot(event.pilot)
        return () if pilot is None else (pilot.group,)
    return (event.group,)


def _travellers(state: EditionState, visits: Iterable[str]) -> tuple[str, ...]:
    known = [visit for key in visits if (visit := state.planned_visit(key)) is not None]
    return tuple(
        key
        for one in known
        for key in (*_values((*one.hosts, *one.guests)), one.facilitator)
        if key
    )


def _values(members: tuple[ParticipantId, ...]) -> tuple[str, ...]:
    return tuple(member.value for member in members)
