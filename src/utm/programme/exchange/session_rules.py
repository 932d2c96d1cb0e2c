"""What is refused to the dates of groups, and what is so after they were granted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import combinations, pairwise

from attrs import evolve
from pendulum import Date

from utm.programme.exchange import requirements as rules
from utm.programme.exchange.group_changes import replace_group
from utm.programme.exchange.session_events import (
    AgreedSession,
    DateChange,
    GroupDates,
    SessionEvent,
    SessionsAgreed,
    at_utc,
)
from utm.programme.exchange.state import EditionState, GroupState, SessionState
from utm.programme.exchange.visit_rules import move_visits, refuse_moves, refuse_travel
from utm.programme.history import Refusal

__all__ = ["after_sessions", "refuse_overlaps", "refuse_sessions"]


def refuse_sessions(state: EditionState, action: SessionEvent, on: Date) -> Refusal | None:
    """Say why dates may not be agreed or changed; ``None`` if they may."""
    keys = (
        [action.group] if isinstance(action, SessionsAgreed) else [g.group for g in action.groups]
    )
    for key in keys:
        group = state.group(key)
        if group is None or not group.stage.is_open:
            what = f"there is no group {key}" if group is None else f"{key} is {group.stage.value}"
            return rules.KNOWN_GROUP.refuse(what)
    if isinstance(action, SessionsAgreed):
        group = state.group(action.group)
        if group is not None and group.sessions:
            return rules.AGREED_ONCE.refuse(f"{action.group} has dates: change them instead")
        over = [one for one in action.sessions if one.utc_day < on]
        if over:
            when = at_utc(over[0].starts_at)
            return rules.DATES_AHEAD.refuse(
                f"date {over[0].number} of {action.group} would be at {when}"
            )
    else:
        for one in action.groups:
            refusal = _refuse_changes(state, one, on)
            if refusal is not None:
                return refusal
        refusal = refuse_moves(state, action.visits, on)
        if refusal is not None:
            return refusal
    following = after_sessions(state, action)
    leaders = {group.facilitator for key in keys if (group := following.group(key)) is not None}
    moved = () if isinstance(action, SessionsAgreed) else [one.visit for one in action.visits]
    return (
        _refuse_load(following, leaders)
        or refuse_overlaps(following, leaders, on=on)
        or refuse_travel(following, visits=moved, groups=keys, on=on)
    )


def refuse_overlaps(state: EditionState, leaders: Iterable[str], *, on: Date) -> Refusal | None:
    """Refuse that somebody leads two groups at one moment that is still to come."""
    for leader in sorted({*leaders} - {""}):
        led = sorted(
            (
                (group.id, session)
                for group in state.groups
                if group.facilitator == leader and group.stage.is_open
                for session in group.coming(on)
            ),
            key=lambda each: (each[1].starts_at, each[0]),
        )
        for (one, first), (other, second) in combinations(led, 2):
            if one != other and second.starts_at < first.ends_at:
                when = at_utc(second.starts_at)
                return rules.ONE_PLACE.refuse(f"{leader} would lead {one} and {other} at {when}")
    return None


def after_sessions(state: EditionState, event: SessionEvent) -> EditionState:
    """The edition after dates were agreed or changed."""
    if isinstance(event, SessionsAgreed):
        first = tuple(_state_of(one) for one in event.sessions)
        return replace_group(
            state,
            event.group,
            lambda group: evolve(group, sessions=first, identity=event.identity),
        )
    for one in event.groups:
        state = replace_group(state, one.group, partial(_with_changes, dates=one))
    state = move_visits(state, event.visits)
    return evolve(state, blackouts=(*state.blackouts, *event.blackouts))


def _with_changes(group: GroupState, dates: GroupDates) -> GroupState:
    return evolve(
        group,
        facilitator=dates.facilitator,
        sessions=tuple(_sessions_after(group.sessions, dates.changes)),
    )


def _refuse_changes(state: EditionState, dates: GroupDates, on: Date) -> Refusal | None:
    group = state.group(dates.group)
    agreed = {} if group is None else {one.number: one for one in group.sessions}
    for change in dates.changes:
        known = agreed.get(change.number)
        stands = None if known is None or known.is_cancelled else known.starts_at
        if stands != change.before:
            told = "there is none" if stands is None else f"it is at {at_utc(stands)}"
            return rules.DATE_AS_AGREED.refuse(
                f"date {change.number} of {dates.group} was taken for another; {told}"
            )
        after = change.after
        if after is not None and after.utc_day < on:
            return rules.DATES_AHEAD.refuse(
                f"date {change.number} of {dates.group} would be at {at_utc(after.starts_at)}"
            )
    left = _sessions_after(tuple(agreed.values()), dates.changes)
    standing = sorted((one for one in left if not one.is_cancelled), key=lambda one: one.starts_at)
    for one, other in pairwise(standing):
        if other.starts_at < one.ends_at:
            return rules.ONE_PLACE.refuse(
                f"{dates.group} would meet twice at {at_utc(other.starts_at)}"
            )
    return None


def _refuse_load(state: EditionState, leaders: Iterable[str]) -> Refusal | None:
    for leader in sorted({*leaders} - {""}):
        load = state.load_of(leader)
        if load > state.terms.most_groups_a_facilitator:
            return rules.LOAD.refuse(f"{leader} would facilitate {load} groups")
    return None


def _sessions_after(
    sessions: tuple[SessionState, ...], changes: tuple[DateChange, ...]
) -> Iterator[SessionState]:
    by_number = {change.number: change for change in changes}
    for session in sessions:
        change = by_number.pop(session.number, None)
        if change is None:
            yield session
        elif change.after is None:
            yield evolve(session, is_cancelled=True, sequence=session.sequence + 1)
        else:
            yield evolve(_state_of(change.after), sequence=session.sequence + 1)
    yield from (_state_of(one.after) for one in by_number.values() if one.after is not None)


def _state_of(session: AgreedSession) -> SessionState:
    return SessionState(
        number=session.number,
        starts_at=session.starts_at,
        duration_minutes=session.duration_minutes,
        told=session.told,
    )
