"""What a mission announces of itself: counts, targets, calls and plans of an edition.

Announcements are observed and cited; nothing computes them and they overwrite
no register. Two of them may contradict each other.
"""

from __future__ import annotations

from typing import TypeAlias

from attrs import frozen
from pendulum import Date

from utm.domain.dates import require_date
from utm.domain.identifiers import CallId, EditionId

__all__ = [
    "Announcement",
    "CallDeadline",
    "CallOpening",
    "CohortCount",
    "CohortTarget",
    "CohortWave",
    "EditionPlan",
    "MeetingRhythm",
]


@frozen(kw_only=True)
class CohortCount:
    """How many cities the cohort is said to have.

    Parameters
    ----------
    cities
        The cities.
    countries
        Their countries, if told.
    year
        The year, where the announcement gives no day.
    """

    cities: int
    countries: int | None = None
    year: int | None = None


@frozen(kw_only=True)
class CohortWave:
    """How many cities are said to have joined the cohort at once.

    Parameters
    ----------
    number
        First, second and so on, from 1.
    cities
        The cities that joined.
    countries
        Their countries, if told.
    """

    number: int
    cities: int
    countries: int | None = None


@frozen(kw_only=True)
class CohortTarget:
    """How many cities the cohort shall have.

    Parameters
    ----------
    cities
        The cities in all, not those still to come.
    by_year
        The year by which.
    """

    cities: int
    by_year: int


@frozen(kw_only=True)
class CallOpening:
    """The day from which a call takes applications."""

    call: CallId
    opens_on: Date

    def __attrs_post_init__(self) -> None:
        require_date(self.opens_on, kind="opening of a call")


@frozen(kw_only=True)
class CallDeadline:
    """The last day on which a call takes applications, as announced once.

    Parameters
    ----------
    call
        The call.
    last_day
        The last day, which still counts.
    replaces
        The earlier announced day that this one moves, if any.
    rolling_afterwards
        Whether applications are still taken later, and reviewed as they come.
    """

    call: CallId
    last_day: Date
    replaces: Date | None = None
    rolling_afterwards: bool = False

    def __attrs_post_init__(self) -> None:
        require_date(self.last_day, kind="deadline of a call")
        if self.replaces is not None:
            require_date(self.replaces, kind="replaced deadline of a call")


@frozen(kw_only=True)
class EditionPlan:
    """The size that an edition was planned to have, told before it was formed.

    Parameters
    ----------
    edition
        The edition.
    most_cities
        The cities to be selected at most.
    pairings
        The groups to be launched.
    most_partners
        Partners of a city at most; a group has one member more.
    """

    edition: EditionId
    most_cities: int
    pairings: int
    most_partners: int


@frozen(kw_only=True)
class MeetingRhythm:
    """How often each group of an edition is to meet.

    Parameters
    ----------
    edition
        The edition.
    fewest_meetings_a_year
        Meetings within one year, at least.
    """

    edition: EditionId
    fewest_meetings_a_year: int


Announcement: TypeAlias = (
    CohortCount
    | CohortWave
    | CohortTarget
    | CallOpening
    | CallDeadline
    | EditionPlan
    | MeetingRhythm
)
"""Any of the things that a mission announces of itself."""
