"""What is to be placed from a day on, so that as few agreed dates as may be change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from attrs import evolve, field, frozen
from pendulum import Date, DateTime

from utm.domain import CountryCode, PairingId, Period, TimeZone, Unknown, UnknownReason
from utm.errors import InvalidValueError
from utm.programme.attendees import Attendee
from utm.programme.exchange.participation_events import WishesExpressed
from utm.programme.exchange.planned_visit import PlannedVisit
from utm.programme.exchange.state import EditionState, GroupState, SessionState
from utm.programme.holidays import HolidayCalendar
from utm.programme.meeting_rules import MeetingRules, days_within
from utm.programme.scheduling import clocks_of, minute_at, plan_at
from utm.programme.sessions import (
    Facilitator,
    GroupSessions,
    SessionGroup,
    SessionsProblem,
    Visit,
    assign_facilitators,
)

__all__ = [
    "DatesWanted",
    "SessionsBasis",
    "companion_of",
    "dates_over",
    "leader_of",
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

    def with_entrants(
        self,
        state: EditionState,
        *,
        holidays: Callable[[CountryCode], HolidayCalendar | None] | None = None,
    ) -> SessionsBasis:
        """The basis with the clocks of those who entered the edition later.

        Parameters
        ----------
        state
            The edition. The zone of a late entrant is that of what it has said, see
            `WishesExpressed`; where it has said none it is unknown, and dates are placed
            without regard to it and say so. Its hours are the standard ones.
        holidays
            Public holidays of a country; without it those of late entrants are not known.
        """
        said = {one.participant: one for one in state.wishes}
        late = [
            _attendee(key.value, said.get(key), None if holidays is None else holidays(country))
            for key, country in state.participants
            if key.value not in self._by_key
        ]
        return evolve(self, attendees=(*self.attendees, *late)) if late else self

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
    moved_visits
        Keys of planned visits that cannot be on their days. They are not placed there again.
    """

    cancelled: tuple[tuple[PairingId, int], ...] = ()
    away: tuple[str, ...] = ()
    leads: tuple[tuple[PairingId, str], ...] = ()
    blackouts: tuple[Period, ...] = ()
    notice_days: int = 7
    moved_visits: tuple[str, ...] = ()


def _attendee(key: str, said: WishesExpressed | None, holidays: HolidayCalendar | None) -> Attendee:
    zone = None if said is None else said.profile.timezone
    return Attendee(
        key=key,
        name=(said.name if said is not None else "") or key,
        timezone=Unknown(reason=UnknownReason.NOT_REPORTED) if zone is None else TimeZone(zone),
        holidays=holidays,
    )


def sessions_now(
    state: EditionState, basis: SessionsBasis, wanted: DatesWanted, *, on: Date
) -> SessionsProblem:
    """What is to be placed from a day on, so that as little as may be changes."""
    basis = basis.with_entrants(state)
    blackouts = (*state.blackouts, *wanted.blackouts)
    free = days_within(blackouts, basis.rules.year)
    rules = evolve(basis.rules, blackout_days=(*basis.rules.blackout_days, *free))
    groups = tuple(
        _group_now(group, state, basis, wanted, on)
        for group in state.groups
        if group.stage.is_open and group.members
    )
    groups = _handed_over(groups, state, basis, wanted, rules)
    visits = tuple(
        _visit_now(one, basis, wanted)
        for one in state.planned_visits
        if one.is_open and one.begins_on > on
    )
    used = {one.facilitator for one in groups} | {one.facilitator for one in visits}
    return SessionsProblem(
        rules=rules,
        groups=groups,
        visits=visits,
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


def _visit_now(visit: PlannedVisit, basis: SessionsBasis, wanted: DatesWanted) -> Visit:
    is_moved = visit.key in wanted.moved_visits
    days = tuple(visit.first_day.add(days=day) for day in range(visit.days))
    leader = companion_of(visit, wanted)
    known = {one.key for one in basis.facilitators}
    return Visit(
        key=visit.key,
        hosts=tuple(basis.attendee(key.value) for key in visit.hosts),
        guests=tuple(basis.attendee(key.value) for key in visit.guests),
        days=visit.days,
        travel_days=visit.travel_days,
        facilitator=leader if leader in known else "",
        agreed_on=None if is_moved else visit.first_day,
        not_on=days if is_moved else (),
    )


def companion_of(visit: PlannedVisit, wanted: DatesWanted) -> str:
    """Who goes along with a visit from now on; empty for nobody."""
    return "" if visit.facilitator in wanted.away else visit.facilitator


def _group_now(
    group: GroupState, state: EditionState, basis: SessionsBasis, wanted: DatesWanted, on: Date
) -> SessionGroup:
    # Somebody without a clock in the list leads the group at any hour.
    leader = leader_of(group, wanted)
    known = {one.key for one in basis.facilitators}
    dropped = [one for one in group.sessions if (group.id, one.number) in wanted.cancelled]
    held, held_on = dates_over(group, dropped, on)
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
        closed=(
            *(_utc_day(one) for one in dropped),
            *(
                (visit.begins_at, visit.ends_at)
                for visit in state.planned_visits
                # Who travels already is not placed anew, and meets nobody meanwhile.
                if not visit.is_cancelled
                and visit.begins_on <= on < visit.ends_before
                and visit.concerns({*group.members}, leader)
            ),
        ),
    )


def dates_over(
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
