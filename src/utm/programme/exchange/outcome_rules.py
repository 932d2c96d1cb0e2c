"""What is refused to the outcomes of an edition, and why."""

from __future__ import annotations

from typing import assert_never

from pendulum import Date

from utm.programme.exchange import requirements as rules
from utm.programme.exchange.group_rules import no_group, refuse_strangers
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
from utm.programme.exchange.state import EditionState
from utm.programme.history import Refusal

__all__ = ["refuse_outcome"]


def refuse_outcome(state: EditionState, action: OutcomeEvent, on: Date) -> Refusal | None:
    """Say why something may not come of an edition; ``None`` if it may."""
    refusal: Refusal | None = None
    match action:
        case VisitHeld():
            refusal = refuse_strangers(state, (*action.hosts, *action.guests))
            refusal = refusal or _refuse_held(state, action, on)
        case PilotProposed():
            refusal = _refuse_proposal(state, action)
        case PilotMoved() | PilotStopped() | PilotPartnerJoined():
            refusal = _refuse_move(state, action)
        case PracticeTransferred():
            refusal = refuse_strangers(state, (action.origin, action.adopter))
        case Showcase():
            refusal = _refuse_showcase(state, action)
        case NeedRaised():
            refusal = _refuse_need(state, action)
        case EditionClosed():
            at_work = [group.id.value for group in state.groups if group.stage.is_open]
            if at_work:
                refusal = rules.ALL_ENDED.refuse(f"these are at work: {', '.join(at_work)}")
        case _:  # pragma: no cover
            assert_never(action)
    return refusal


def _refuse_held(state: EditionState, action: VisitHeld, on: Date) -> Refusal | None:
    begins = on if action.within is None else action.within.start
    if begins > on:
        return rules.VISIT_DAY.refuse(f"{begins} is still to come")
    if not action.visit:
        return None
    planned = state.planned_visit(action.visit)
    if planned is None or not planned.is_open:
        what = "there is no visit" if planned is None else "held or called off was visit"
        return rules.VISIT.refuse(f"{what} {action.visit}")
    if on < planned.first_day:
        return rules.VISIT_DAY.refuse(f"{planned.key} begins on {planned.first_day}")
    return None


def _refuse_proposal(state: EditionState, action: PilotProposed) -> Refusal | None:
    missing = no_group(state, action.group)
    if missing is not None:
        return missing
    if state.pilot(action.pilot) is not None:
        return rules.NEW_KEY.refuse(f"there is a pilot {action.pilot}")
    group = state.group(action.group)
    if group is not None and action.owner not in group.members:
        return rules.MEMBER.refuse(f"{action.owner} is not in {group.id}")
    return None


def _refuse_move(
    state: EditionState, action: PilotMoved | PilotStopped | PilotPartnerJoined
) -> Refusal | None:
    pilot = state.pilot(action.pilot)
    if pilot is None:
        return rules.PILOT.refuse(f"there is no pilot {action.pilot}")
    following = pilot.stage.following
    if following is None:
        return rules.PILOT_ORDER.refuse(f"{pilot.id} is {pilot.stage.value}")
    if isinstance(action, PilotMoved) and action.stage is not following:
        return rules.PILOT_ORDER.refuse(
            f"{pilot.id} is {pilot.stage.value}, and next comes {following.value}"
        )
    if isinstance(action, PilotPartnerJoined) and action.partner in pilot.partners:
        return rules.NEW_KEY.refuse(f"{action.partner.name} takes part already")
    return None


def _refuse_showcase(state: EditionState, action: Showcase) -> Refusal | None:
    missing = no_group(state, action.group)
    if missing is not None:
        return missing
    group = state.group(action.group)
    if group is None or not group.meetings:
        return rules.SHOWCASE.refuse(f"{action.group} has not met")
    return None


def _refuse_need(state: EditionState, action: NeedRaised) -> Refusal | None:
    missing = no_group(state, action.group)
    if missing is not None:
        return missing
    group = state.group(action.group)
    strangers = [one for one in action.raised_by if group is None or one not in group.members]
    if strangers:
        return rules.MEMBER.refuse(f"{strangers[0]} is not in {action.group}")
    return None
