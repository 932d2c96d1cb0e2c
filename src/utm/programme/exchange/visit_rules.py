"""What is refused to visits that are planned, and what is so after they were granted."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import combinations

from attrs import evolve
from pendulum import Date

from utm.domain import PairingId
from utm.programme.exchange import requirements as rules
from utm.programme.exchange.naming import (
    ParticipantId,
)
from utm.programme.exchange.planned_visit import PlannedVisit
from utm.programme.exchange.session_events import at_utc
from utm.programme.exchange.state import EditionState
from utm.programme.exchange.visit_events import VisitAgreed, VisitCancelled, VisitDays, VisitEvent
from utm.programme.history import Refusal

__all__ = [
    "after_visit",
    "cancelled_without",
    "move_visits",
    "refuse_moves",
    "refuse_travel",
    "refuse_visit",
    "without_traveller",
]


def refuse_visit(state: EditionState, action: VisitEvent, on: Date) -> Refusal | None:
    """Say why a visit may not be agreed or called off; ``None`` if it may."""
    known = state.planned_visit(action.visit)
    if isinstance(action, VisitCancelled):
        return _refuse_gone(known, action.visit)
    if known is not None:
        return rules.NEW_KEY.refuse(f"there is a visit {action.visit}")
    if action.first_day < on:
        return rules.DATES_AHEAD.refuse(f"{action.first_day} is over")
    return refuse_travel(after_visit(state, action), visits={action.visit}, on=on)


def refuse_moves(state: EditionState, moves: Iterable[VisitDays], on: Date) -> Refusal | None:
    """Say why visits may not be moved; ``None`` if they may."""
    for move in moves:
        known = state.planned_visit(move.visit)
        refusal = _refuse_gone(known, move.visit)
        if refusal is not None:
            return refusal
        if known is not None and known.first_day != move.before:
            return rules.DATE_AS_AGREED.refuse(
                f"visit {move.visit} was taken for another; it begins on {known.first_day}"
            )
        if move.after < on and move.after != move.before:
            return rules.DATES_AHEAD.refuse(f"visit {move.visit} would be on {move.after}")
    return None


def refuse_travel(
    state: EditionState,
    *,
    on: Date,
    visits: Collection[str] = (),
    groups: Collection[PairingId] = (),
) -> Refusal | None:
    """Refuse that somebody meets, or visits others, while travelling.

    Only dates of the visits and groups that are named are looked at: what clashes already
    does not stand in the way of everything else.
    """
    coming = [one for one in state.planned_visits if one.is_open and one.ends_before > on]
    for visit in coming:
        for group in state.groups:
            concerned = visit.key in visits or group.id in groups
            together = visit.concerns({*group.members}, group.facilitator)
            if not concerned or not together:
                continue
            for session in group.coming(on):
                if session.starts_at < visit.ends_at and visit.begins_at < session.ends_at:
                    return rules.ONE_PLACE.refuse(
                        f"{group.id} meets at {at_utc(session.starts_at)}, during visit {visit.key}"
                    )
    for one, other in combinations(coming, 2):
        concerned = one.key in visits or other.key in visits
        together = one.concerns({*other.hosts, *other.guests}, other.facilitator)
        if concerned and together and _overlap(one, other):
            return rules.ONE_PLACE.refuse(f"visits {one.key} and {other.key} overlap")
    return None


def cancelled_without(state: EditionState, member: ParticipantId) -> tuple[VisitCancelled, ...]:
    """Visits to come that have no host or no guest once somebody has left."""
    return tuple(
        VisitCancelled(visit=one.key)
        for one in state.planned_visits
        if one.is_open and (one.hosts == (member,) or one.guests == (member,))
    )


def without_traveller(state: EditionState, member: ParticipantId) -> EditionState:
    """The edition after somebody has left: it takes no part in visits to come."""
    return evolve(
        state,
        planned_visits=tuple(
            evolve(
                one,
                hosts=tuple(each for each in one.hosts if each != member),
                guests=tuple(each for each in one.guests if each != member),
            )
            if one.is_open and member in {*one.hosts, *one.guests}
            else one
            for one in state.planned_visits
        ),
    )


def after_visit(state: EditionState, event: VisitEvent) -> EditionState:
    """The edition after a visit was agreed or called off."""
    if isinstance(event, VisitAgreed):
        agreed = PlannedVisit(
            key=event.visit,
            hosts=event.hosts,
            guests=event.guests,
            first_day=event.first_day,
            days=event.days,
            travel_days=event.travel_days,
            timezone=event.timezone,
            facilitator=event.facilitator,
        )
        return evolve(state, planned_visits=(*state.planned_visits, agreed))
    return evolve(
        state,
        planned_visits=tuple(
            evolve(one, is_cancelled=True, sequence=one.sequence + 1)
            if one.key == event.visit
            else one
            for one in state.planned_visits
        ),
    )


def move_visits(state: EditionState, moves: Iterable[VisitDays]) -> EditionState:
    """The edition after visits were moved."""
    by_key = {move.visit: move for move in moves}
    return evolve(
        state,
        planned_visits=tuple(
            _moved(one, by_key[one.key]) if one.key in by_key else one
            for one in state.planned_visits
        ),
    )


def _moved(visit: PlannedVisit, move: VisitDays) -> PlannedVisit:
    return evolve(
        visit,
        first_day=move.after,
        facilitator=move.facilitator,
        sequence=visit.sequence + int(move.after != move.before),
    )


def _refuse_gone(known: PlannedVisit | None, key: str) -> Refusal | None:
    if known is None:
        return rules.VISIT.refuse(f"there is no visit {key}")
    if known.held_on is not None:
        return rules.VISIT.refuse(f"{key} was held on {known.held_on}")
    return rules.VISIT.refuse(f"{key} was called off") if known.is_cancelled else None


def _overlap(one: PlannedVisit, other: PlannedVisit) -> bool:
    return one.begins_at < other.ends_at and other.begins_at < one.ends_at
