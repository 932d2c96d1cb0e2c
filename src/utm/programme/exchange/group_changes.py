"""What is so in an edition after something happened to a group."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from attrs import evolve
from pendulum import Date

from utm.domain import PairingId
from utm.programme.exchange.group_events import (
    Dissolution,
    FacilitatorAssigned,
    GroupAtRisk,
    GroupCompleted,
    GroupEvent,
    GroupFormed,
    GroupRepaired,
    Joining,
    Kickoff,
    MembersChanged,
    Transfer,
    Withdrawal,
)
from utm.programme.exchange.meeting_events import (
    ActionAgreed,
    ActionDone,
    MeetingHeld,
)
from utm.programme.exchange.naming import (
    ParticipantId,
)
from utm.programme.exchange.state import (
    AgreedAction,
    EditionState,
    GroupStage,
    GroupState,
    HeldMeeting,
)

__all__ = ["after_group_event"]


def after_group_event(
    state: EditionState, event: GroupEvent, on: Date, *, why: str
) -> EditionState:
    """The edition after an event that was granted."""
    match event:
        case GroupFormed():
            formed = GroupState(
                id=event.group.id,
                theme=event.group.theme,
                focus=event.group.focus,
                members=event.group.members,
                founders=event.group.members,
            )
            state = evolve(state, groups=(*state.groups, formed))
        case MembersChanged():
            state = _override(state, event, on, why)
        case Withdrawal():
            state = replace_group(
                state,
                event.group,
                lambda group: evolve(
                    group,
                    members=tuple(one for one in group.members if one != event.member),
                    withdrawn=(*group.withdrawn, (event.member, on)),
                ),
            )
            state = evolve(state, withdrawn=(*state.withdrawn, event.member))
        case Transfer():
            state = replace_group(
                state,
                event.source,
                lambda group: evolve(
                    group, members=tuple(one for one in group.members if one != event.member)
                ),
            )
            state = replace_group(
                state, event.target, lambda group: _joined_by(group, event.member, on)
            )
        case MeetingHeld() | ActionAgreed() | ActionDone() | Joining():
            state = replace_group(state, event.group, lambda group: _worked(group, event, on))
        case _:
            state = replace_group(state, event.group, lambda group: _moved(group, event, on))
    return state


def replace_group(
    state: EditionState, key: PairingId, change: Callable[[GroupState], GroupState]
) -> EditionState:
    """Change one group and leave the others alone."""
    return evolve(
        state,
        groups=tuple(change(group) if group.id == key else group for group in state.groups),
    )


def _override(state: EditionState, event: MembersChanged, on: Date, why: str) -> EditionState:
    changes = dict(event.changes)
    groups = tuple(
        evolve(
            group,
            members=changes[group.id],
            founders=changes[group.id],
            stage=GroupStage.FORMED,
        )
        if group.id in changes
        else group
        for group in state.groups
    )
    return evolve(state, groups=groups, overrides=(*state.overrides, (on, event.price, why)))


def _joined_by(group: GroupState, member: ParticipantId, on: Date) -> GroupState:
    return evolve(group, members=(*group.members, member), joined=(*group.joined, (member, on)))


def _worked(
    group: GroupState, event: MeetingHeld | ActionAgreed | ActionDone | Joining, on: Date
) -> GroupState:
    match event:
        case MeetingHeld():
            held = HeldMeeting(
                on=on,
                members=group.members,
                attendees=event.attendees,
                presenters=event.presenters,
                about=event.about,
                aspects=event.aspects,
            )
            group = evolve(group, meetings=(*group.meetings, held))
        case ActionAgreed():
            agreed = AgreedAction(action=event.action, owner=event.owner, due_on=event.due_on)
            group = evolve(group, actions=(*group.actions, agreed))
        case ActionDone():
            done = tuple(
                evolve(one, done_on=on) if one.action == event.action else one
                for one in group.actions
            )
            group = evolve(group, actions=done)
        case Joining():
            group = _joined_by(group, event.member, on)
        case _:  # pragma: no cover
            assert_never(event)
    return group


def _moved(
    group: GroupState,
    event: FacilitatorAssigned
    | Kickoff
    | GroupAtRisk
    | GroupRepaired
    | Dissolution
    | GroupCompleted,
    on: Date,
) -> GroupState:
    match event:
        case FacilitatorAssigned():
            group = evolve(group, facilitator=event.facilitator)
        case Kickoff():
            group = evolve(
                group,
                stage=GroupStage.ACTIVE,
                kickoff_on=on,
                indicator=event.indicator,
                baseline=event.baseline,
            )
        case GroupAtRisk():
            group = evolve(group, stage=GroupStage.AT_RISK)
        case GroupRepaired():
            stage = GroupStage.FORMED if group.kickoff_on is None else GroupStage.ACTIVE
            group = evolve(group, stage=stage)
        case Dissolution():
            group = evolve(group, stage=GroupStage.DISSOLVED, ended_on=on)
        case GroupCompleted():
            group = evolve(group, stage=GroupStage.COMPLETED, ended_on=on, result=event.result)
        case _:  # pragma: no cover
            assert_never(event)
    return group
