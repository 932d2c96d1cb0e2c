"""The sessions of an edition as placed: meetings, visits, how good they are, and why not better."""

from __future__ import annotations

from attrs import frozen
from pendulum import Date

from utm.programme.meetings import MeetingPlan, Relaxation

__all__ = ["GroupSessions", "PlacedVisit", "SessionsPlan", "SessionsScore"]


@frozen(kw_only=True, order=True)
class SessionsScore:
    """What the sessions of an edition are judged by; smaller is better.

    The first difference decides.

    Parameters
    ----------
    changes
        Meetings and visits on other dates than were agreed before.
    burdens_minutes
        The cumulative burdens of all cities in descending order: first the largest of
        any city is kept small, then the second largest, and so on.
    facilitator_minutes
        The burdens of all facilitators together.
    unevenness
        How far the spacing of the meetings is from an even one, over all groups.
    """

    changes: int
    burdens_minutes: tuple[int, ...]
    facilitator_minutes: int
    unevenness: int

    @property
    def largest_burden_minutes(self) -> int:
        """The largest cumulative burden of any city."""
        return max(self.burdens_minutes, default=0)

    @property
    def total_burden_minutes(self) -> int:
        """The burdens of all cities together."""
        return sum(self.burdens_minutes)

    def __add__(self, other: SessionsScore) -> SessionsScore:
        """The score of two parts that have no city in common."""
        return SessionsScore(
            changes=self.changes + other.changes,
            burdens_minutes=tuple(
                sorted((*self.burdens_minutes, *other.burdens_minutes), reverse=True)
            ),
            facilitator_minutes=self.facilitator_minutes + other.facilitator_minutes,
            unevenness=self.unevenness + other.unevenness,
        )


NOTHING = SessionsScore(changes=0, burdens_minutes=(), facilitator_minutes=0, unevenness=0)
"""The score of no sessions at all."""


@frozen(kw_only=True)
class GroupSessions:
    """The meetings of one group.

    Parameters
    ----------
    group
        Its key.
    facilitator
        Who leads it; empty while that is nobody.
    meetings
        The plan; without meetings when nothing fits.
    """

    group: str
    facilitator: str
    meetings: MeetingPlan


@frozen(kw_only=True)
class PlacedVisit:
    """A visit on its days.

    Parameters
    ----------
    visit
        Its key.
    first_day, last_day
        On the calendar of the first host; ``None`` when nothing fits.
    relaxations
        When it does not even fit alone: what one could give up.
    """

    visit: str
    first_day: Date | None
    last_day: Date | None
    relaxations: tuple[Relaxation, ...] = ()


@frozen(kw_only=True)
class SessionsPlan:
    """All sessions of an edition, or why some have none.

    Parameters
    ----------
    groups, visits
        By key.
    score
        What the plan is judged by, over all that was placed.
    bound
        No plan of these sessions has a smaller score.
    relaxations
        Where groups fit alone but not together: what one could give up.
    notes
        What a planner should know of the whole, as sentences.
    time_zone_data
        Version of the IANA time zone database that was used.
    """

    groups: tuple[GroupSessions, ...]
    visits: tuple[PlacedVisit, ...]
    score: SessionsScore
    bound: SessionsScore
    relaxations: tuple[Relaxation, ...]
    notes: tuple[str, ...]
    time_zone_data: str

    @property
    def is_proven_best(self) -> bool:
        """Whether everything was placed and the score is as small as the bound."""
        return self.is_complete and self.score == self.bound

    @property
    def is_complete(self) -> bool:
        """Whether every group and every visit was placed."""
        return not self.without_dates

    @property
    def without_dates(self) -> tuple[str, ...]:
        """Keys of groups and visits for which nothing fits."""
        return (
            *(one.group for one in self.groups if not one.meetings.is_complete),
            *(one.visit for one in self.visits if one.first_day is None),
        )

    def group(self, key: str) -> GroupSessions | None:
        """Find the meetings of a group."""
        return next((one for one in self.groups if one.group == key), None)
