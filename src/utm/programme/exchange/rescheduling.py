"""Change the dates of an edition as little as may be, and tell what would change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from attrs import evolve, frozen
from pendulum import Date

from utm.domain import PairingId, TimeZone
from utm.programme.exchange.dates_now import (
    DatesWanted,
    SessionsBasis,
    companion_of,
    dates_over,
    leader_of,
    sessions_now,
)
from utm.programme.exchange.group_events import (
    FacilitatorAssigned,
)
from utm.programme.exchange.lifecycle import EditionEvent, EditionHistory
from utm.programme.exchange.requirements import DATE_AS_AGREED, KNOWN_GROUP, LOAD, VISIT
from utm.programme.exchange.session_events import (
    AgreedSession,
    DateChange,
    GroupDates,
    SessionsAgreed,
    SessionsRescheduled,
    ToldTime,
)
from utm.programme.exchange.state import EditionState, GroupState
from utm.programme.exchange.visit_events import VisitDays
from utm.programme.history import Command, Refusal
from utm.programme.meetings import LocalMeeting, Meeting
from utm.programme.sessions import (
    GroupSessions,
    SessionsPlan,
    schedule_sessions,
)
from utm.programme.time_zones import time_zone_data_version

__all__ = [
    "ReschedulingPlan",
    "agree_sessions",
    "plan_rescheduling",
]


@frozen(kw_only=True)
class ReschedulingPlan:
    """New dates that touch as few agreed ones as may be; nothing has been recorded yet.

    Parameters
    ----------
    history
        The history with the change; as it was if nothing has to change.
    change
        What would be recorded; ``None`` if nothing has to change.
    sessions
        All dates as they would be, with score, bound and what could be given up.
    """

    history: EditionHistory
    change: SessionsRescheduled | None
    sessions: SessionsPlan

    @property
    def touched(self) -> int:
        """How many agreed dates and visits are moved or cancelled."""
        if self.change is None:
            return 0
        dates = sum(c.before is not None for one in self.change.groups for c in one.changes)
        return dates + sum(one.before != one.after for one in self.change.visits)

    @property
    def sentences(self) -> tuple[str, ...]:
        """What would change, one sentence for each date and visit."""
        return () if self.change is None else sentences_of(self.change)


def agree_sessions(
    history: EditionHistory,
    sessions: Sequence[GroupSessions],
    identities: Mapping[str, str],
    *,
    by: str,
    on: Date,
    why: str,
) -> EditionHistory | Refusal:
    """Record the facilitators and dates that were planned when the edition was formed.

    Parameters
    ----------
    history
        The edition; its groups have no dates yet.
    sessions
        The plan. Groups for which nothing fits stay without dates.
    identities
        For each group what fixes the identifiers of its dates in calendars.
    by, on, why
        Who asks, on which day, for which reason.
    """
    actions: list[EditionEvent] = []
    for one in sessions:
        key = PairingId(one.group)
        if one.facilitator:
            actions.append(FacilitatorAssigned(group=key, facilitator=one.facilitator))
        if one.meetings.meetings:
            actions.append(
                SessionsAgreed(
                    group=key,
                    identity=identities[one.group],
                    sessions=tuple(_agreed(m.ordinal, m) for m in one.meetings.meetings),
                    time_zone_data=one.meetings.time_zone_data,
                )
            )
    return history.record_all(Command(action=each, by=by, on=on, why=why) for each in actions)


def plan_rescheduling(
    history: EditionHistory,
    basis: SessionsBasis,
    wanted: DatesWanted,
    *,
    by: str,
    on: Date,
    why: str,
    most_nodes: int = 400,
) -> ReschedulingPlan | Refusal:
    """Find new dates after something has changed, touching as few agreed ones as may be.

    Parameters
    ----------
    history
        The edition.
    basis
        What dates are placed from.
    wanted
        What has happened.
    by, on, why
        Who asks, on which day, for which reason.
    most_nodes
        Limit of the search, see `schedule_sessions`.

    Returns
    -------
    ReschedulingPlan or Refusal
        Dates of groups that have ended are left alone. If for some group nothing fits, the
        plan has no change; its sessions tell what could be given up.
    """
    refusal = _refuse_unknown(history.state, wanted) or _refuse_load(history.state, basis, wanted)
    if refusal is not None:
        return refusal.at(f"rescheduling on {on}, by {by}")
    problem = sessions_now(history.state, basis, wanted, on=on)
    plan = schedule_sessions(problem, most_nodes=most_nodes)
    as_it_was = ReschedulingPlan(history=history, change=None, sessions=plan)
    if not plan.is_complete:
        return as_it_was
    change = change_to(plan, history.state, wanted, on=on)
    if change is None:
        return as_it_was
    following = history.record(Command(action=change, by=by, on=on, why=why))
    if isinstance(following, Refusal):
        return following
    return evolve(as_it_was, history=following, change=change)


def sentences_of(change: SessionsRescheduled) -> tuple[str, ...]:
    """A change in words, one sentence for each date and visit."""
    return (
        *(f"{one.group}: date {each.words}." for one in change.groups for each in one.changes),
        *(f"{one.words.capitalize()}." for one in change.visits),
    )


def change_to(
    plan: SessionsPlan, state: EditionState, wanted: DatesWanted, *, on: Date
) -> SessionsRescheduled | None:
    """What leads from the agreed dates to those of a plan; ``None`` if nothing does."""
    changed: list[GroupDates] = []
    for one in plan.groups:
        group = state.group(PairingId(one.group))
        if group is None:  # pragma: no cover - the plan is of the groups of this state
            continue
        changes = tuple(_changes_of(group, one, wanted, on))
        leader = one.facilitator or leader_of(group, wanted)
        if changes or leader != group.facilitator:
            changed.append(GroupDates(group=group.id, facilitator=leader, changes=changes))
    visits = tuple(_days_of(plan, state, wanted))
    if not changed and not visits and not wanted.blackouts:
        return None
    return SessionsRescheduled(
        groups=tuple(changed),
        blackouts=wanted.blackouts,
        time_zone_data=time_zone_data_version(),
        visits=visits,
    )


def _days_of(plan: SessionsPlan, state: EditionState, wanted: DatesWanted) -> Iterable[VisitDays]:
    for placed in plan.visits:
        visit = state.planned_visit(placed.visit)
        if visit is None or placed.first_day is None:
            continue
        days = VisitDays(
            visit=visit.key,
            before=visit.first_day,
            after=placed.first_day,
            facilitator=companion_of(visit, wanted),
        )
        if (days.after, days.facilitator) != (visit.first_day, visit.facilitator):
            yield days


def _changes_of(
    group: GroupState, one: GroupSessions, wanted: DatesWanted, on: Date
) -> Iterable[DateChange]:
    """What to tell: dates that stay keep their numbers, a new one takes that of one that goes."""
    dropped = [each for each in group.sessions if (group.id, each.number) in wanted.cancelled]
    held, _ = dates_over(group, dropped, on)
    standing = [
        each for each in group.sessions if not each.is_cancelled and each.starts_at not in held
    ]
    new = [meeting for meeting in one.meetings.meetings if meeting.starts_at not in held]
    starts = {meeting.starts_at for meeting in new}
    going = sorted(
        (each for each in standing if each.starts_at not in starts),
        key=lambda each: each.starts_at,
    )
    coming = [m for m in new if m.starts_at not in {each.starts_at for each in standing}]
    number = max((each.number for each in group.sessions), default=0)
    for meeting in coming:
        if going:
            old = going.pop(0)
            yield DateChange(
                number=old.number, before=old.starts_at, after=_agreed(old.number, meeting)
            )
        else:
            number += 1
            yield DateChange(number=number, before=None, after=_agreed(number, meeting))
    for old in going:
        yield DateChange(number=old.number, before=old.starts_at, after=None)


def _agreed(number: int, meeting: Meeting) -> AgreedSession:
    everybody = (*meeting.local, *((meeting.facilitator,) if meeting.facilitator else ()))
    return AgreedSession(
        number=number,
        starts_at=meeting.starts_at,
        duration_minutes=meeting.duration_minutes,
        told=tuple(_told(local) for local in everybody),
    )


def _told(local: LocalMeeting) -> ToldTime:
    return ToldTime(
        attendee=local.attendee,
        timezone=TimeZone(local.timezone),
        day=local.day,
        minute=local.from_minute,
    )


def _refuse_unknown(state: EditionState, wanted: DatesWanted) -> Refusal | None:
    for key, number in wanted.cancelled:
        group = state.group(key)
        if group is None or not group.stage.is_open:
            what = f"there is no group {key}" if group is None else f"{key} is {group.stage.value}"
            return KNOWN_GROUP.refuse(what)
        standing = [one.number for one in group.sessions if not one.is_cancelled]
        if number not in standing:
            known = ", ".join(map(str, sorted(standing))) or "none"
            return DATE_AS_AGREED.refuse(f"{key} has no date {number}; its dates are {known}")
    for visit in wanted.moved_visits:
        planned = state.planned_visit(visit)
        if planned is None or not planned.is_open:
            what = "there is no visit" if planned is None else "held or called off was visit"
            return VISIT.refuse(f"{what} {visit}")
    for key, _ in wanted.leads:
        if state.group(key) is None:
            return KNOWN_GROUP.refuse(f"there is no group {key}")
    return None


def _refuse_load(state: EditionState, basis: SessionsBasis, wanted: DatesWanted) -> Refusal | None:
    led = [leader_of(group, wanted) for group in state.groups if group.stage.is_open]
    for who in basis.facilitators:
        if led.count(who.key) > who.most_groups:
            return LOAD.refuse(
                f"{who.key} would facilitate {led.count(who.key)} groups and may {who.most_groups}"
            )
    return None
