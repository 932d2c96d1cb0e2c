"""An edition as it stands: groups, pilots, visits, transfers, needs."""

from __future__ import annotations

from enum import Enum

from attrs import field, frozen
from pendulum import Date, DateTime

from utm.domain import CountryCode, EditionId, PairingId, Period, ThemeId
from utm.errors import InvalidValueError
from utm.programme.exchange.measure import Measure
from utm.programme.exchange.meeting_events import MeetingAspect
from utm.programme.exchange.naming import (
    ParticipantId,
)
from utm.programme.exchange.outcome_events import (
    NeedRaised,
    PilotPartner,
    PilotStage,
    PracticeTransferred,
    VisitHeld,
)
from utm.programme.exchange.participation_events import WishesExpressed
from utm.programme.exchange.planned_visit import PlannedVisit
from utm.programme.exchange.session_events import ToldTime

__all__ = [
    "AgreedAction",
    "EditionState",
    "EditionTerms",
    "GroupStage",
    "GroupState",
    "HeldMeeting",
    "PilotState",
    "SessionState",
]


@frozen(kw_only=True)
class EditionTerms:
    """What an edition asks of its groups.

    Parameters
    ----------
    smallest_group, largest_group
        Bounds of the size of a group.
    fewest_meetings
        Meetings that a group must hold to be completed.
    within_days
        Days after the kickoff in which it must have held them. 365 is one year.
    most_groups_a_facilitator
        Groups at work that one person may facilitate at once.
    """

    smallest_group: int = 2
    largest_group: int = 4
    fewest_meetings: int = 4
    within_days: int = 365
    most_groups_a_facilitator: int = 5

    def __attrs_post_init__(self) -> None:
        bounds = (
            self.fewest_meetings,
            self.within_days,
            self.most_groups_a_facilitator,
            self.smallest_group - 1,
            self.largest_group - self.smallest_group + 1,
        )
        if min(bounds) < 1:
            raise InvalidValueError(
                kind="terms of an edition", value=str(self), reason="must be whole and above zero"
            )


class GroupStage(Enum):
    """Where a group stands in its life."""

    FORMED = "formed"
    ACTIVE = "active"
    AT_RISK = "at risk"
    COMPLETED = "completed"
    DISSOLVED = "dissolved"

    @property
    def is_open(self) -> bool:
        """Whether something can still happen to it."""
        return self in {GroupStage.FORMED, GroupStage.ACTIVE, GroupStage.AT_RISK}


@frozen(kw_only=True)
class HeldMeeting:
    """A meeting that took place.

    Parameters
    ----------
    on
        The day.
    members
        The members that the group had on that day.
    attendees
        Those who came.
    presenters
        Those who shared what they know.
    about
        What was on the agenda; empty if nobody wrote it down.
    aspects
        Which of design, implementation and management was talked about.
    """

    on: Date
    members: tuple[ParticipantId, ...]
    attendees: tuple[ParticipantId, ...]
    presenters: tuple[ParticipantId, ...]
    about: str = ""
    aspects: tuple[MeetingAspect, ...] = ()


@frozen(kw_only=True)
class SessionState:
    """A date of a group as its history left it.

    Parameters
    ----------
    number, starts_at, duration_minutes, told
        As agreed last, see `AgreedSession`.
    sequence
        How often it was changed since it was agreed first.
    is_cancelled
        Whether it will not take place.
    """

    number: int
    starts_at: DateTime
    duration_minutes: int
    told: tuple[ToldTime, ...] = ()
    sequence: int = 0
    is_cancelled: bool = False

    @property
    def ends_at(self) -> DateTime:
        """When it ends."""
        return self.starts_at.add(minutes=self.duration_minutes)

    @property
    def utc_day(self) -> Date:
        """Its day in UTC."""
        return self.starts_at.in_timezone("UTC").date()


@frozen(kw_only=True)
class AgreedAction:
    """Something that a member does by a day."""

    action: str
    owner: ParticipantId
    due_on: Date
    done_on: Date | None = None

    def is_overdue(self, on: Date) -> bool:
        """Whether it should have been done by now."""
        return self.done_on is None and on > self.due_on


@frozen(kw_only=True)
class GroupState:
    """A group as its history left it.

    Parameters
    ----------
    id, theme, focus
        As formed.
    members
        Its members now.
    founders
        Its members when it was formed, overrides included.
    stage
        Where it stands.
    facilitator
        Who leads it; empty while nobody does.
    kickoff_on
        The day on which it began.
    indicator, baseline, result
        What it is measured by, where it began, and where it ended.
    meetings
        In order.
    actions
        In order of agreement.
    withdrawn
        Who left, and when.
    joined
        Who came later, and when.
    showcased_on
        The day of its first showcase.
    ended_on
        The day on which it was completed or dissolved.
    sessions
        Its agreed dates, the cancelled ones too.
    identity
        What fixes the identifiers of its dates in calendars.
    """

    id: PairingId
    theme: ThemeId
    focus: str
    members: tuple[ParticipantId, ...]
    founders: tuple[ParticipantId, ...]
    stage: GroupStage = GroupStage.FORMED
    facilitator: str = ""
    kickoff_on: Date | None = None
    indicator: str = ""
    baseline: Measure | None = None
    result: Measure | None = None
    meetings: tuple[HeldMeeting, ...] = ()
    actions: tuple[AgreedAction, ...] = ()
    withdrawn: tuple[tuple[ParticipantId, Date], ...] = ()
    joined: tuple[tuple[ParticipantId, Date], ...] = ()
    showcased_on: Date | None = None
    ended_on: Date | None = None
    sessions: tuple[SessionState, ...] = ()
    identity: str = ""

    def coming(self, on: Date) -> tuple[SessionState, ...]:
        """Its dates from a day on that were not cancelled, in order; none once it has ended."""
        if not self.stage.is_open:
            return ()
        left = (one for one in self.sessions if not one.is_cancelled and one.utc_day >= on)
        return tuple(sorted(left, key=lambda one: one.starts_at))

    @property
    def change(self) -> Measure | None:
        """What became of its indicator; ``None`` while that is not measured."""
        if self.baseline is None or self.result is None:
            return None
        return self.result.change_from(self.baseline)

    @property
    def aspects_left(self) -> tuple[MeetingAspect, ...]:
        """Which of design, implementation and management no meeting was about so far."""
        told = {aspect for meeting in self.meetings for aspect in meeting.aspects}
        return tuple(one for one in MeetingAspect if one not in told)

    def meetings_in_time(self, terms: EditionTerms) -> int:
        """Meetings that count towards completion: those within the year of the kickoff."""
        if self.kickoff_on is None:
            return 0
        start = self.kickoff_on
        return sum(1 for one in self.meetings if (one.on - start).days <= terms.within_days)


@frozen(kw_only=True)
class PilotState:
    """A pilot as its history left it; a stopped one is kept with its reason.

    Parameters
    ----------
    id, group, owner, title
        As proposed.
    stage
        How far it has come.
    partners
        Who takes part beside the cities, in order.
    since
        The day on which it reached its stage.
    reached
        Every stage with its day, in order.
    stopped_because
        Why it was stopped; empty otherwise.
    """

    id: str
    group: PairingId
    owner: ParticipantId
    title: str
    since: Date
    stage: PilotStage = PilotStage.IDEA
    partners: tuple[PilotPartner, ...] = ()
    reached: tuple[tuple[PilotStage, Date], ...] = ()
    stopped_because: str = ""


@frozen(kw_only=True)
class EditionState:
    """An edition as its history left it.

    Parameters
    ----------
    id
        Key of the edition.
    terms
        What it asks of its groups.
    participants
        Everybody who may take part, with the country, by key; those who came late too.
    groups
        In the order in which they were formed.
    pilots, visits, transfers, needs
        What came of it, in order; visits, transfers and needs with their day.
    overrides
        Day, price and reason of each override by people.
    withdrawn
        Participants that have left the edition.
    closed_on
        The day on which it ended.
    blackouts
        Periods in which nobody meets, beside those of the grouping.
    planned_visits
        Visits that were agreed ahead, in the order of their agreement.
    wishes
        What participants seek and offer, as each said last, by key.
    """

    id: EditionId
    terms: EditionTerms
    participants: tuple[tuple[ParticipantId, CountryCode], ...]
    groups: tuple[GroupState, ...] = ()
    pilots: tuple[PilotState, ...] = ()
    visits: tuple[tuple[Date, VisitHeld], ...] = ()
    transfers: tuple[tuple[Date, PracticeTransferred], ...] = ()
    needs: tuple[tuple[Date, NeedRaised], ...] = ()
    overrides: tuple[tuple[Date, int, str], ...] = ()
    withdrawn: tuple[ParticipantId, ...] = ()
    closed_on: Date | None = None
    blackouts: tuple[Period, ...] = ()
    planned_visits: tuple[PlannedVisit, ...] = ()
    wishes: tuple[WishesExpressed, ...] = ()
    _by_id: dict[PairingId, GroupState] = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {group.id: group for group in self.groups})

    def group(self, key: PairingId) -> GroupState | None:
        """Find a group."""
        return self._by_id.get(key)

    def pilot(self, key: str) -> PilotState | None:
        """Find a pilot."""
        return next((pilot for pilot in self.pilots if pilot.id == key), None)

    def planned_visit(self, key: str) -> PlannedVisit | None:
        """Find a visit that was agreed ahead."""
        return next((visit for visit in self.planned_visits if visit.key == key), None)

    def knows(self, key: ParticipantId) -> bool:
        """Whether somebody may take part."""
        return any(key == one for one, _ in self.participants)

    def group_of(self, key: ParticipantId) -> GroupState | None:
        """The group at work that a participant is in."""
        for group in self.groups:
            if group.stage.is_open and key in group.members:
                return group
        return None

    def load_of(self, facilitator: str) -> int:
        """How many groups at work somebody facilitates."""
        return sum(
            1 for group in self.groups if group.stage.is_open and group.facilitator == facilitator
        )

    @property
    def facilitators(self) -> frozenset[str]:
        """Who leads a group, or goes along with a visit."""
        leading = {group.facilitator for group in self.groups}
        return frozenset(leading | {visit.facilitator for visit in self.planned_visits}) - {""}

    @property
    def ungrouped(self) -> tuple[ParticipantId, ...]:
        """Participants in no group at work that have not left, by key."""
        placed = {
            member for group in self.groups if group.stage.is_open for member in group.members
        }
        free = [
            key for key, _ in self.participants if key not in placed and key not in self.withdrawn
        ]
        return tuple(sorted(free, key=lambda key: key.value))

    @property
    def waiting(self) -> tuple[ParticipantId, ...]:
        """Those of them that wait for a group: their last one was not completed."""
        ended = [group for group in self.groups if group.ended_on is not None]
        last: dict[ParticipantId, GroupStage] = {}
        for group in sorted(ended, key=lambda one: (str(one.ended_on), one.id)):
            last.update(dict.fromkeys(group.members, group.stage))
        return tuple(key for key in self.ungrouped if last.get(key) is not GroupStage.COMPLETED)
