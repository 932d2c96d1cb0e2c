"""Change the dates of an edition as little as may be, and tell what would change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from attrs import evolve, field, frozen
from pendulum import Date, DateTime

from utm.domain import PairingId, Period, TimeZone
from utm.errors import InvalidValueError
from utm.programme.attendees import Attendee
from utm.programme.exchange.group_events import FacilitatorAssigned
from utm.programme.exchange.lifecycle import EditionEvent, EditionHistory
from utm.programme.exchange.requirements import DATE_AS_AGREED, KNOWN_GROUP, LOAD
from utm.programme.exchange.session_events import (
    AgreedSession,
    DateChange,
    GroupDates,
    SessionsAgreed,
    SessionsRescheduled,
    ToldTime,
)
from utm.programme.exchange.state import EditionState, GroupState, SessionState
from utm.programme.history import Command, Refusal
from utm.programme.meeting_rules import MeetingRules, days_within
from utm.programme.meetings import LocalMeeting, Meeting
from utm.programme.scheduling import clocks_of, minute_at, plan_at
from utm.programme.sessions import (
    Facilitator,
    GroupSessions,
    SessionGroup,
    SessionsPlan,
    SessionsProblem,
    assign_facilitators,
    schedule_sessions,
)
from utm.programme.time_zones import time_zone_data_version

__all__ = [
    "DatesWanted",
    "ReschedulingPlan",
    "SessionsBasis",
    "agree_sessions",
    "plan_rescheduling",
    "sessions_now",
]


@frozen(kw_only=True)
class SessionsBasis:
    """What dates are placed from, as it was when the edition was formed.

    Parameters
    ----------
    rules
        The programme year and what is asked of meetings.
    attendees
        Everybody that may take part in the edition, in any order.
    facilitators
        Those known then, and others that were found since.
    """

    rules: MeetingRules
    attendees: tuple[Attendee, ...]
    facilitators: tuple[Facilitator, ...] = ()
    _by_key: dict[str, Attendee] = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "_by_key", {one.key: one for one in self.attendees})

    def attendee(self, key: str) -> Attendee:
        """Find somebody.

        Raises
        ------
        InvalidValueError
            Nobody has this key.
        """
        found = self._by_key.get(key)
        if found is None:
            raise InvalidValueError(
                kind="participant", value=key, reason="has no clock in the grouping"
            )
        return found

    def placed_at(
        self, group: str, members: Iterable[str], facilitator: str, starts: Iterable[DateTime]
    ) -> GroupSessions:
        """The meetings of a group at known starts, on the clock of everybody.

        Raises
        ------
        InvalidValueError
            A member is not known.
        """
        leader = next((one for one in self.facilitators if one.key == facilitator), None)
        attendees = sorted((self.attendee(key) for key in members), key=lambda one: one.key)
        clocks = clocks_of(
            attendees, self.rules, facilitator=None if leader is None else leader.attendee
        )
        minutes = sorted(minute_at(start) for start in starts)
        meetings = plan_at(minutes, attendees, clocks, self.rules)
        return GroupSessions(group=group, facilitator=facilitator, meetings=meetings)


@frozen(kw_only=True)
class DatesWanted:
    """What has happened to the dates.

    Parameters
    ----------
    cancelled
        Dates that cannot be, as group and number. They are not placed on that day again.
    away
        Facilitators that fall away.
    leads
        Who leads which group instead. Where nobody is named it goes to somebody who can
        keep most of its dates, or to nobody if all have enough groups.
    blackouts
        Periods in which nobody can meet.
    notice_days
        How many days ahead of today the first new date may be.
    """

    cancelled: tuple[tuple[PairingId, int], ...] = ()
    away: tuple[str, ...] = ()
    leads: tuple[tuple[PairingId, str], ...] = ()
    blackouts: tuple[Period, ...] = ()
    notice_days: int = 7


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
        """How many agreed dates are moved or cancelled."""
        groups = () if self.change is None else self.change.groups
        return sum(change.before is not None for one in groups for change in one.changes)

    @property
    def sentences(self) -> tuple[str, ...]:
        """What would change, one sentence for each date."""
        groups = () if self.change is None else self.change.groups
        return tuple(
            f"{one.group}: date {change.words}." for one in groups for change in one.changes
        )


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
        return refusal
    problem = sessions_now(history.state, basis, wanted, on=on)
    plan = schedule_sessions(problem, most_nodes=most_nodes)
    as_it_was = ReschedulingPlan(history=history, change=None, sessions=plan)
    if not plan.is_complete:
        return as_it_was
    change = _change(history.state, plan, wanted, on=on)
    if not change.groups and not change.blackouts:
        return as_it_was
    following = history.record(Command(action=change, by=by, on=on, why=why))
    if isinstance(following, Refusal):
        return following
    return evolve(as_it_was, history=following, change=change)


def sessions_now(
    state: EditionState, basis: SessionsBasis, wanted: DatesWanted, *, on: Date
) -> SessionsProblem:
    """What is to be placed from a day on, so that as little as may be changes."""
    blackouts = (*state.blackouts, *wanted.blackouts)
    free = days_within(blackouts, basis.rules.year)
    rules = evolve(basis.rules, blackout_days=(*basis.rules.blackout_days, *free))
    groups = tuple(
        _group_now(group, basis, wanted, on)
        for group in state.groups
        if group.stage.is_open and group.members
    )
    groups = _handed_over(groups, state, basis, wanted, rules)
    used = {one.facilitator for one in groups}
    return SessionsProblem(
        rules=rules,
        groups=groups,
        facilitators=tuple(one for one in basis.facilitators if one.key in used),
        not_before=on.add(days=wanted.notice_days),
    )


def _handed_over(
    groups: tuple[SessionGroup, ...],
    state: EditionState,
    basis: SessionsBasis,
    wanted: DatesWanted,
    rules: MeetingRules,
) -> tuple[SessionGroup, ...]:
    """Give the groups of those who fall away to others, where nobody was named."""
    named = {key.value for key, _ in wanted.leads}
    lost = {
        group.id.value
        for group in state.groups
        if group.facilitator in wanted.away and group.id.value not in named
    }
    if not lost:
        return groups
    concerned = [one for one in groups if one.facilitator or one.key in lost]
    people = [one for one in basis.facilitators if one.key not in wanted.away]
    handed = {one.key: one for one in assign_facilitators(concerned, people, rules)}
    return tuple(handed.get(one.key, one) for one in groups)


def leader_of(group: GroupState, wanted: DatesWanted) -> str:
    """Who leads a group from now on; empty for nobody."""
    named = dict(wanted.leads).get(group.id)
    if named is not None:
        return named
    return "" if group.facilitator in wanted.away else group.facilitator


def _group_now(
    group: GroupState, basis: SessionsBasis, wanted: DatesWanted, on: Date
) -> SessionGroup:
    # Somebody without a clock in the list leads the group at any hour.
    leader = leader_of(group, wanted)
    known = {one.key for one in basis.facilitators}
    dropped = [one for one in group.sessions if (group.id, one.number) in wanted.cancelled]
    held, held_on = _over(group, dropped, on)
    agreed = [
        one.starts_at
        for one in group.coming(on)
        if one not in dropped and one.starts_at not in held
    ]
    return SessionGroup(
        key=group.id.value,
        members=tuple(basis.attendee(member.value) for member in group.members),
        facilitator=leader if leader in known else "",
        agreed=tuple(agreed) if group.sessions else None,
        held=tuple(held),
        held_on=tuple(held_on),
        closed=tuple(_utc_day(one) for one in dropped),
    )


def _over(
    group: GroupState, dropped: Sequence[SessionState], on: Date
) -> tuple[list[DateTime], list[Date]]:
    """Starts of the dates that are over, and the days of meetings held on no agreed date.

    A date that is over counts even if nobody has recorded its meeting yet: whether it was
    held is not known, so it is left as it is unless somebody says that it was not.
    """
    open_dates = [one for one in group.sessions if not one.is_cancelled and one not in dropped]
    starts = [one.starts_at for one in open_dates if one.utc_day < on]
    days: list[Date] = []
    matched: list[DateTime] = []
    for meeting in group.meetings:
        near = [
            one.starts_at
            for one in open_dates
            if abs((one.utc_day - meeting.on).days) <= 1 and one.starts_at not in matched
        ]
        if near:
            matched.append(min(near, key=lambda at: (abs((at.date() - meeting.on).days), at)))
        else:
            days.append(meeting.on)
    return sorted({*starts, *matched}), days


def _utc_day(session: SessionState) -> tuple[DateTime, DateTime]:
    midnight = session.starts_at.in_timezone("UTC").start_of("day")
    return midnight, midnight.add(days=1)


def _change(
    state: EditionState, plan: SessionsPlan, wanted: DatesWanted, *, on: Date
) -> SessionsRescheduled:
    changed: list[GroupDates] = []
    for one in plan.groups:
        group = state.group(PairingId(one.group))
        if group is None:  # pragma: no cover - the plan is of the groups of this state
            continue
        changes = tuple(_changes_of(group, one, wanted, on))
        leader = one.facilitator or leader_of(group, wanted)
        if changes or leader != group.facilitator:
            changed.append(GroupDates(group=group.id, facilitator=leader, changes=changes))
    return SessionsRescheduled(
        groups=tuple(changed),
        blackouts=wanted.blackouts,
        time_zone_data=time_zone_data_version(),
    )


def _changes_of(
    group: GroupState, one: GroupSessions, wanted: DatesWanted, on: Date
) -> Iterable[DateChange]:
    """What to tell: dates that stay keep their numbers, a new one takes that of one that goes."""
    dropped = [each for each in group.sessions if (group.id, each.number) in wanted.cancelled]
    held, _ = _over(group, dropped, on)
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
