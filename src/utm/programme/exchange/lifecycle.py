"""The life of an edition, from its groups to its close."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias, get_args

from utm.domain import Application, CountryCode, EditionId
from utm.errors import InvalidValueError
from utm.programme.exchange import requirements as rules
from utm.programme.exchange.affected import affected_by
from utm.programme.exchange.group_changes import after_group_event
from utm.programme.exchange.group_events import (
    GroupAtRisk,
    GroupEvent,
    GroupRepaired,
    Joining,
    Transfer,
    Withdrawal,
)
from utm.programme.exchange.group_rules import refuse_group_event, refuse_strangers
from utm.programme.exchange.naming import (
    ParticipantId,
)
from utm.programme.exchange.outcome_changes import after_outcome
from utm.programme.exchange.outcome_events import OutcomeEvent
from utm.programme.exchange.outcome_rules import refuse_outcome
from utm.programme.exchange.participation import after_participation, refuse_participation
from utm.programme.exchange.participation_events import (
    ParticipationEvent,
    WaitingEnded,
    WishesExpressed,
)
from utm.programme.exchange.session_events import SessionEvent
from utm.programme.exchange.session_rules import after_sessions, refuse_sessions
from utm.programme.exchange.state import EditionState, EditionTerms, GroupStage
from utm.programme.exchange.visit_events import VisitAgreed, VisitCancelled, VisitEvent
from utm.programme.exchange.visit_rules import (
    after_visit,
    cancelled_without,
    refuse_visit,
    without_traveller,
)
from utm.programme.history import Command, History, Lifecycle, Refusal

__all__ = ["EditionEvent", "EditionHistory", "begin_edition", "participants_of"]

EditionEvent: TypeAlias = GroupEvent | OutcomeEvent | ParticipationEvent | SessionEvent | VisitEvent
"""Anything that can happen in an edition."""

EditionHistory = History[EditionState, EditionEvent, EditionEvent]
"""The history of an edition."""


def begin_edition(
    key: EditionId,
    participants: Iterable[tuple[ParticipantId, CountryCode]],
    *,
    terms: EditionTerms | None = None,
) -> EditionHistory:
    """Begin the history of an edition; no group has been formed yet.

    Parameters
    ----------
    key
        Key of the edition.
    participants
        Everybody who may take part, with the country, in any order.
    terms
        What it asks of its groups; by default those of City2City: groups of 2 to 4, four
        meetings within 365 days, five groups a facilitator.

    Raises
    ------
    InvalidValueError
        A participant stands twice.
    """
    known = tuple(sorted(participants, key=lambda pair: pair[0].value))
    if len({one for one, _ in known}) < len(known):
        raise InvalidValueError(kind="edition", value=key.value, reason="names somebody twice")
    lifecycle = Lifecycle(
        name=f"Edition {key}",
        start=EditionState(id=key, terms=terms or EditionTerms(), participants=known),
        decide=_decide,
        apply=_apply,
        requirements=rules.EDITION_REQUIREMENTS,
        actions=get_args(EditionEvent),
        affects=affected_by,
    )
    return History(lifecycle=lifecycle)


def participants_of(
    applications: Iterable[Application],
) -> tuple[tuple[ParticipantId, CountryCode], ...]:
    """Key and country of each applicant; of a consortium, the country of its first town."""
    return tuple((one.key, one.cities[0].country) for one in applications)


def _decide(
    state: EditionState, command: Command[EditionEvent]
) -> tuple[EditionEvent, ...] | Refusal:
    action = command.action
    if state.closed_on is not None:
        return rules.OPEN.refuse(f"{state.id} was closed on {state.closed_on}")
    if isinstance(action, OutcomeEvent | ParticipationEvent | SessionEvent | VisitEvent):
        refusal = _refuse_simple(state, action, command)
        if refusal is None and isinstance(action, WishesExpressed) and action in state.wishes:
            return ()
        return refusal or (action, *_consequences(state, action))
    refusal = refuse_group_event(state, action, command.on)
    if refusal is not None:
        return refusal
    if after_group_event(state, action, command.on, why=command.why) == state:
        return ()
    return (action, *_consequences(state, action))


def _refuse_simple(
    state: EditionState,
    action: OutcomeEvent | ParticipationEvent | SessionEvent | VisitEvent,
    command: Command[EditionEvent],
) -> Refusal | None:
    """Say why something that is not about groups alone may not happen."""
    if isinstance(action, OutcomeEvent):
        return refuse_outcome(state, action, command.on)
    if isinstance(action, VisitAgreed):
        travellers = (*action.hosts, *action.guests)
        return refuse_strangers(state, travellers) or refuse_visit(state, action, command.on)
    if isinstance(action, VisitCancelled):
        return refuse_visit(state, action, command.on)
    if isinstance(action, ParticipationEvent):
        return refuse_participation(state, action)
    return refuse_sessions(state, action, command.on)


def _consequences(state: EditionState, action: EditionEvent) -> tuple[EditionEvent, ...]:
    smallest = state.terms.smallest_group
    if isinstance(action, WaitingEnded):
        return cancelled_without(state, action.participant)
    if isinstance(action, Withdrawal):
        cancelled = cancelled_without(state, action.member)
        group = state.group(action.group)
        left = () if group is None else tuple(m for m in group.members if m != action.member)
        if group is not None and group.stage is not GroupStage.AT_RISK and len(left) < smallest:
            return (GroupAtRisk(group=group.id, members=left), *cancelled)
        return cancelled
    if isinstance(action, Joining | Transfer):
        group = state.group(action.target if isinstance(action, Transfer) else action.group)
        if (
            group is not None
            and group.stage is GroupStage.AT_RISK
            and len(group.members) + 1 >= smallest
        ):
            return (GroupRepaired(group=group.id),)
    return ()


def _apply(
    state: EditionState, event: EditionEvent, command: Command[EditionEvent]
) -> EditionState:
    if isinstance(event, Withdrawal | WaitingEnded):
        member = event.member if isinstance(event, Withdrawal) else event.participant
        state = without_traveller(state, member)
    if isinstance(event, VisitEvent):
        return after_visit(state, event)
    if isinstance(event, OutcomeEvent):
        return after_outcome(state, event, command.on, why=command.why)
    if isinstance(event, ParticipationEvent):
        return after_participation(state, event)
    if isinstance(event, SessionEvent):
        return after_sessions(state, event)
    return after_group_event(state, event, command.on, why=command.why)
