"""What a city of the cohort undertakes, as the mission's page on the cohort names it."""

from __future__ import annotations

from enum import Enum

from attrs import frozen
from pendulum import Date

from utm.domain import Source
from utm.domain.dates import require_date
from utm.errors import InvalidValueError

__all__ = ["EngagementKind", "Undertaking", "UndertakingStanding"]


class EngagementKind(Enum):
    """How a city engages."""

    PLAN_REVISED = "revise its climate and energy plans and prioritise actions"
    PROGRESS_SHOWN = "show progress through the reporting it does anyway"
    SOLUTION_PROVIDER = "share solutions with other cities"
    INNOVATION_HUB = "name gaps and challenges for research and innovation"
    SUMMIT = "take part in the Annual Innovation Summit"
    KNOWLEDGE_TRANSFER = "take part in knowledge transfer and capacity building"
    NATIONAL_DIALOGUE = "engage in dialogue with its national government"
    ALLIANCE_DIALOGUE = "engage in dialogue with the Global Innovation Alliance"


class UndertakingStanding(Enum):
    """Where an undertaking stands on a day."""

    OPEN = "open"
    OVERDUE = "overdue"
    DONE = "done"
    DONE_LATE = "done late"
    RELEASED = "released"


@frozen(kw_only=True)
class Undertaking:
    """One thing that a city has undertaken for one year.

    Parameters
    ----------
    kind
        What.
    year
        The year that it is for.
    due_on
        Last day.
    done_on
        The day on which it was done, once it was.
    evidence
        Where that can be seen.
    released_on
        The day from which it need not be done any more, if it was released.
    """

    kind: EngagementKind
    year: int
    due_on: Date
    done_on: Date | None = None
    evidence: Source | None = None
    released_on: Date | None = None

    def __attrs_post_init__(self) -> None:
        require_date(self.due_on, kind="due day of an undertaking")
        if (self.done_on is None) is not (self.evidence is None):
            raise InvalidValueError(
                kind="undertaking", value=self.kind.value, reason="is done with evidence, or not"
            )

    def standing_on(self, day: Date) -> UndertakingStanding:
        """Where it stands at the end of a day."""
        if self.done_on is not None and self.done_on <= day:
            late = self.done_on > self.due_on
            return UndertakingStanding.DONE_LATE if late else UndertakingStanding.DONE
        if self.released_on is not None and self.released_on <= day:
            return UndertakingStanding.RELEASED
        return UndertakingStanding.OVERDUE if day > self.due_on else UndertakingStanding.OPEN

    def __str__(self) -> str:
        return f"{self.kind.value} ({self.year}, by {self.due_on})"
