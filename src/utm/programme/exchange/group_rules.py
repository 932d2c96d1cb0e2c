"""What is refused to the groups of an edition, and why."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import assert_never

from attrs import evolve
from pendulum import Date

from utm.domain import PairingId
from utm.programme.exchange import requirements as rules
from utm.programme.exchange.group_changes import replace_group
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
    names_of,
)
from utm.programme.exchange.session_rules import refuse_overlaps
from utm.programme.exchange.state import EditionState, GroupStage, GroupState
from utm.programme.exchange.visit_rules import refuse_travel
from utm.programme.history import Refusal

__all__ = ["refuse_group_event"]

_FEWEST_AT_A_MEETING = 2


def refuse_group_event(state: EditionState, action: GroupEvent, on: Date) -> Refusal | None:
    """Say why something may not happen to a group; ``None`` if it may."""
    if isinstance(action, GroupAtRisk | GroupRepaired):
        return rules.FOLLOWS.refuse(f"it was asked for {action.group}")
    if isinstance(action, GroupFormed):
        return _refuse_forming(state, action)
    if isinstance(action, MembersChanged):
        return _refuse_override(state, action, on)
    if isinstance(action, Transfer):
        return _refuse_transfer(state, action, on)
    group = state.group(action.group)
    if group is None or not group.stage.is_open:
        return rules.KNOWN_GROUP.refuse(_no_group(action.group, group))
    return _refuse_in(state, group, action, on)


def _refuse_in(
    state: EditionState,
    group: GroupState,
    action: FacilitatorAssigned
    | Kickoff
    | MeetingHeld
    | ActionAgreed
    | ActionDone
    | Withdrawal
    | Joining
    | Dissolution
    | GroupCompleted,
    on: Date,
) -> Refusal | None:
    refusal: Refusal | None = None
    match action:
        case FacilitatorAssigned():
            refusal = _refuse_facilitator(state, group, action, on)
        case Kickoff():
            refusal = _refuse_kickoff(group)
        case MeetingHeld():
            refusal = _refuse_meeting(group, action, on)
        case ActionAgreed() | ActionDone():
            refusal = _refuse_action(group, action, on)
        case Withdrawal():
            refusal = _refuse_stranger(group, action.member)
        case Joining():
            refusal = _refuse_joining(state, group, action, on)
        case Dissolution():
            pass
        case GroupCompleted():
            refusal = _refuse_completion(state, group) or _refuse_result(group, action)
        case _:  # pragma: no cover
            assert_never(action)
    return refusal


def no_group(state: EditionState, key: PairingId) -> Refusal | None:
    """Refuse what concerns a group that does not exist; one that has ended will do."""
    return None if state.group(key) else rules.KNOWN_GROUP.refuse(_no_group(key, None))


def refuse_strangers(state: EditionState, members: tuple[ParticipantId, ...]) -> Refusal | None:
    """Refuse what concerns somebody that is no participant, or has left."""
    for member in members:
        if not state.knows(member):
            return rules.KNOWN.refuse(f"{member} is no participant of {state.id}")
        if member in state.withdrawn:
            return rules.KNOWN.refuse(f"{member} has left {state.id}")
    return None


def _refuse_stranger(group: GroupState, member: ParticipantId) -> Refusal | None:
    if member in group.members:
        return None
    return rules.MEMBER.refuse(f"{member} is none of {names_of(group.members)}")


def _no_group(key: PairingId, group: GroupState | None) -> str:
    return f"there is no group {key}" if group is None else f"{key} is {group.stage.value}"


def _refuse_forming(state: EditionState, action: GroupFormed) -> Refusal | None:
    pairing = action.group
    if state.group(pairing.id) is not None:
        return rules.NEW_KEY.refuse(f"there is a group {pairing.id}")
    return (
        _refuse_size(state, len(pairing.members))
        or refuse_strangers(state, pairing.members)
        or _refuse_placed(state, pairing.members, besides=())
    )


def _refuse_override(state: EditionState, action: MembersChanged, on: Date) -> Refusal | None:
    keys = tuple(key for key, _ in action.changes)
    everybody = tuple(member for _, members in action.changes for member in members)
    if len(set(keys)) < len(keys) or len(set(everybody)) < len(everybody):
        return rules.ONE_GROUP.refuse("the override names a group or a participant twice")
    for key, members in action.changes:
        group = state.group(key)
        if group is None or not group.stage.is_open:
            return rules.KNOWN_GROUP.refuse(_no_group(key, group))
        if group.kickoff_on is not None:
            return rules.BEFORE_KICKOFF.refuse(f"{key} began on {group.kickoff_on}")
        refusal = _refuse_size(state, len(members))
        if refusal is not None:
            return refusal
    return (
        refuse_strangers(state, everybody)
        or _refuse_placed(state, everybody, besides=keys)
        or _refuse_travellers(state, action.changes, on)
    )


def _refuse_size(state: EditionState, members: int) -> Refusal | None:
    terms = state.terms
    if terms.smallest_group <= members <= terms.largest_group:
        return None
    return rules.SIZE.refuse(
        f"{members} members are not {terms.smallest_group} to {terms.largest_group}"
    )


def _refuse_placed(
    state: EditionState, members: tuple[ParticipantId, ...], *, besides: tuple[PairingId, ...]
) -> Refusal | None:
    for member in members:
        placed = state.group_of(member)
        if placed is not None and placed.id not in besides:
            return rules.ONE_GROUP.refuse(f"{member} is in {placed.id}")
    return None


def _refuse_facilitator(
    state: EditionState, group: GroupState, action: FacilitatorAssigned, on: Date
) -> Refusal | None:
    if action.facilitator == group.facilitator:
        return None
    load = state.load_of(action.facilitator)
    if load >= state.terms.most_groups_a_facilitator:
        return rules.LOAD.refuse(f"{action.facilitator} facilitates {load} groups")
    following = replace_group(
        state, group.id, lambda one: evolve(one, facilitator=action.facilitator)
    )
    return refuse_overlaps(following, [action.facilitator], on=on) or refuse_travel(
        following, groups=[group.id], on=on
    )


def _refuse_kickoff(group: GroupState) -> Refusal | None:
    if group.kickoff_on is not None:
        return rules.KICKOFF_ONCE.refuse(f"{group.id} began on {group.kickoff_on}")
    if group.stage is GroupStage.AT_RISK:
        return rules.KICKOFF_ONCE.refuse(f"{group.id} is at risk")
    if not group.facilitator:
        return rules.LEAD.refuse(f"{group.id} has none")
    return None


def _refuse_meeting(group: GroupState, action: MeetingHeld, on: Date) -> Refusal | None:
    if group.kickoff_on is None:
        return rules.AFTER_KICKOFF.refuse(f"{group.id} has not begun")
    if group.meetings and group.meetings[-1].on == on:
        return rules.ONE_A_DAY.refuse(f"{group.id} met on {on}")
    strangers = tuple(one for one in action.attendees if one not in group.members)
    if strangers:
        return rules.MEMBERS_MEET.refuse(f"{names_of(strangers)} is not in {group.id}")
    if len(action.attendees) < _FEWEST_AT_A_MEETING:
        return rules.MEMBERS_MEET.refuse(f"{len(action.attendees)} attended")
    return None


def _refuse_action(
    group: GroupState, action: ActionAgreed | ActionDone, on: Date
) -> Refusal | None:
    known = next((one for one in group.actions if one.action == action.action), None)
    if isinstance(action, ActionDone):
        if known is None:
            return rules.ACTION.refuse(f"{group.id} never agreed on it")
        return rules.ACTION.refuse(f"it was done on {known.done_on}") if known.done_on else None
    if group.kickoff_on is None:
        return rules.AGREED_TOGETHER.refuse(f"{group.id} has not begun")
    if known is not None:
        return rules.ACTION.refuse(f"{group.id} agreed on it before")
    if action.due_on < on:
        return rules.ACTION.refuse(f"{action.due_on} is over")
    return _refuse_stranger(group, action.owner)


def _refuse_joining(
    state: EditionState, group: GroupState, action: Joining, on: Date
) -> Refusal | None:
    members = (action.member,)
    return (
        _refuse_growing(state, group)
        or refuse_strangers(state, members)
        or _refuse_placed(state, members, besides=())
        or _refuse_travellers(state, [(group.id, (*group.members, action.member))], on)
    )


def _refuse_travellers(
    state: EditionState,
    changes: Iterable[tuple[PairingId, tuple[ParticipantId, ...]]],
    on: Date,
) -> Refusal | None:
    """Refuse members who would be on a visit while their new group meets."""
    keys: list[PairingId] = []
    for key, members in changes:
        keys.append(key)
        state = replace_group(state, key, partial(evolve, members=members))
    return refuse_travel(state, groups=keys, on=on)


def _refuse_transfer(state: EditionState, action: Transfer, on: Date) -> Refusal | None:
    for key in (action.source, action.target):
        group = state.group(key)
        if group is None or not group.stage.is_open:
            return rules.KNOWN_GROUP.refuse(_no_group(key, group))
    if action.source == action.target:
        return rules.ONE_GROUP.refuse(f"{action.member} is in {action.target}")
    source, target = state.group(action.source), state.group(action.target)
    if source is None or target is None:  # pragma: no cover - both were found above
        return rules.KNOWN_GROUP.refuse(_no_group(action.source, source))
    return (
        _refuse_stranger(source, action.member)
        or _refuse_shrinking(state, source)
        or _refuse_growing(state, target)
        or _refuse_travellers(state, [(target.id, (*target.members, action.member))], on)
    )


def _refuse_shrinking(state: EditionState, group: GroupState) -> Refusal | None:
    left = len(group.members) - 1
    return _refuse_size(state, left) if left < state.terms.smallest_group else None


def _refuse_growing(state: EditionState, group: GroupState) -> Refusal | None:
    size = len(group.members) + 1
    return _refuse_size(state, size) if size > state.terms.largest_group else None


def _refuse_completion(state: EditionState, group: GroupState) -> Refusal | None:
    terms = state.terms
    if group.stage is not GroupStage.ACTIVE:
        return rules.COMPLETED.refuse(f"{group.id} is {group.stage.value}")
    held = group.meetings_in_time(terms)
    if held >= terms.fewest_meetings:
        return None
    late = len(group.meetings) - held
    too_late = f" and {late} later" if late else ""
    return rules.COMPLETED.refuse(
        f"{group.id} held {held} of {terms.fewest_meetings} meetings within "
        f"{terms.within_days} days of its kickoff{too_late}"
    )


def _refuse_result(group: GroupState, action: GroupCompleted) -> Refusal | None:
    if action.result is None or group.baseline is None:
        return None
    if action.result.unit == group.baseline.unit:
        return None
    return rules.SAME_UNIT.refuse(f"{group.id} began at {group.baseline}")
