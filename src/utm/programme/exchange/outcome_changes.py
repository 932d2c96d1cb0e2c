"""What is so in an edition after something came of it."""

from __future__ import annotations

from typing import assert_never

from attrs import evolve
from pendulum import Date

from utm.programme.exchange.group_changes import replace_group
from utm.programme.exchange.outcome_events import (
    EditionClosed,
    NeedRaised,
    OutcomeEvent,
    PilotMoved,
    PilotPartner,
    PilotPartnerJoined,
    PilotProposed,
    PilotStage,
    PilotStopped,
    PracticeTransferred,
    Showcase,
    VisitHeld,
)
from utm.programme.exchange.state import EditionState, PilotState

__all__ = ["after_outcome"]


def after_outcome(state: EditionState, event: OutcomeEvent, on: Date, *, why: str) -> EditionState:
    """The edition after an event that was granted."""
    match event:
        case VisitHeld():
            held = tuple(
                evolve(one, held_on=on) if one.key == event.visit else one
                for one in state.planned_visits
            )
            state = evolve(state, visits=(*state.visits, (on, event)), planned_visits=held)
        case PilotProposed():
            state = evolve(state, pilots=(*state.pilots, _propose(event, on)))
        case PilotMoved():
            state = _move(state, event.pilot, event.stage, on, partners=event.partners)
        case PilotPartnerJoined():
            state = _join(state, event)
        case PilotStopped():
            state = _move(state, event.pilot, PilotStage.STOPPED, on, stopped_because=why)
        case PracticeTransferred():
            state = evolve(state, transfers=(*state.transfers, (on, event)))
        case Showcase():
            state = replace_group(
                state,
                event.group,
                lambda group: evolve(group, showcased_on=group.showcased_on or on),
            )
        case NeedRaised():
            state = evolve(state, needs=(*state.needs, (on, event)))
        case EditionClosed():
            state = evolve(state, closed_on=on)
        case _:  # pragma: no cover
            assert_never(event)
    return state


def _propose(event: PilotProposed, on: Date) -> PilotState:
    return PilotState(
        id=event.pilot,
        group=event.group,
        owner=event.owner,
        title=event.title,
        since=on,
        partners=event.partners,
        reached=((PilotStage.IDEA, on),),
    )


def _join(state: EditionState, event: PilotPartnerJoined) -> EditionState:
    return evolve(
        state,
        pilots=tuple(
            evolve(pilot, partners=(*pilot.partners, event.partner))
            if pilot.id == event.pilot
            else pilot
            for pilot in state.pilots
        ),
    )


def _move(
    state: EditionState,
    key: str,
    stage: PilotStage,
    on: Date,
    *,
    partners: tuple[PilotPartner, ...] = (),
    stopped_because: str = "",
) -> EditionState:
    return evolve(
        state,
        pilots=tuple(
            evolve(
                pilot,
                stage=stage,
                since=on,
                partners=tuple(dict.fromkeys((*pilot.partners, *partners))),
                reached=(*pilot.reached, (stage, on)),
                stopped_because=stopped_because,
            )
            if pilot.id == key
            else pilot
            for pilot in state.pilots
        ),
    )
