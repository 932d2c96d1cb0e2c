"""An edition as it was formed: who takes part, in which groups, when they meet, and why."""

from __future__ import annotations

from attrs import frozen
from pendulum import Date

from utm.domain import Application, EditionId, PairingId, Taxonomy, ThemeId, TopicId
from utm.pairing import Group, Problem, Result, Status, Verification
from utm.programme.attendees import Attendee
from utm.programme.measures import GroupingMeasures, GroupMeasures
from utm.programme.meeting_rules import MeetingRules
from utm.programme.meetings import MeetingPlan
from utm.programme.reconciliation import Reconciliation
from utm.programme.screening import ScreenedApplication
from utm.programme.sessions.facilitator import Facilitator
from utm.programme.sessions.plan import SessionsPlan

__all__ = ["FormedEdition", "FormedGroup", "Unplaced"]


@frozen(kw_only=True)
class FormedGroup:
    """A group of the edition with everything that staff and cities ask about it.

    Parameters
    ----------
    id
        Key of the group: the edition's id and a number from 01.
    theme
        Its main theme.
    focus
        The challenge in words, made from its topics.
    topics
        Its focus topics, the most rewarding first.
    members
        The applications of its members, in the order of their keys.
    scored
        The group as the engine scored it, part by part.
    measures
        What the members have in common.
    why
        Why these cities, as sentences.
    meetings
        Its meetings in the programme year, or why none fit.
    facilitator
        Key of whoever leads it; empty while that is nobody.
    """

    id: PairingId
    theme: ThemeId
    focus: str
    topics: tuple[TopicId, ...]
    members: tuple[Application, ...]
    scored: Group
    measures: GroupMeasures
    why: tuple[str, ...]
    meetings: MeetingPlan
    facilitator: str = ""


@frozen(kw_only=True)
class Unplaced:
    """An applicant in no group, and why.

    Parameters
    ----------
    application
        The application.
    reason
        A sentence.
    """

    application: Application
    reason: str


@frozen(kw_only=True)
class FormedEdition:
    """The whole result of forming an edition; immutable, and enough to render everything.

    Parameters
    ----------
    id
        Key of the edition.
    title
        Its name.
    formed_on
        Day of the judgement; undated applications were judged by the rules of this day.
    taxonomy
        The themes and topics in use.
    screening
        Every application with its decision and placement, in the order of the keys.
    problem
        The grouping problem as the engine saw it, policy included.
    result
        The engine's answer with score, bound, gap and prices.
    verification
        What an independent check of that answer found.
    groups
        The groups, numbered by theme and then by members.
    unplaced
        Everybody who is in no group, each with a reason.
    measures
        The formed grouping by the numbers, and after it the published one if there is one.
    meeting_rules
        What was asked of the meetings.
    reconciliation
        Announced numbers against the register, if the edition has a published list.
    notes
        What a reader must know before using the result, as sentences.
    sessions
        The dates of all groups together, with their score and its bound.
    attendees
        The clocks, hours and holidays of all who take part, by key.
    facilitators
        Those among whom the groups were shared out.
    """

    id: EditionId
    title: str
    formed_on: Date
    taxonomy: Taxonomy
    screening: tuple[ScreenedApplication, ...]
    problem: Problem
    result: Result
    verification: Verification
    groups: tuple[FormedGroup, ...]
    unplaced: tuple[Unplaced, ...]
    measures: tuple[GroupingMeasures, ...]
    meeting_rules: MeetingRules
    reconciliation: Reconciliation | None
    notes: tuple[str, ...]
    sessions: SessionsPlan
    attendees: tuple[Attendee, ...]
    facilitators: tuple[Facilitator, ...] = ()

    @property
    def is_feasible(self) -> bool:
        """Whether some group satisfies the hard rules."""
        return bool(self.groups)

    @property
    def is_complete_search(self) -> bool:
        """Whether the search ended by itself and not at a limit."""
        return self.result.status not in {Status.STOPPED, Status.UNDECIDED}
