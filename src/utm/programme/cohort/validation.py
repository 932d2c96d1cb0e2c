"""Front-runners that develop solutions, and cities that validate what others have developed."""

from __future__ import annotations

from enum import Enum

from attrs import frozen
from pendulum import Date

from utm.domain import CityId, Source
from utm.domain.dates import require_date
from utm.errors import InvalidValueError

__all__ = [
    "MISSION_TARGETS",
    "FrontRunnerNamed",
    "MissionTarget",
    "SolutionValidated",
    "TargetKind",
    "TargetProgress",
]


@frozen(kw_only=True)
class FrontRunnerNamed:
    """A city of the cohort becomes one of those that develop solutions for others."""

    city: CityId

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"{self.city} became a front-runner."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The city."""
        return (self.city.value,)


@frozen(kw_only=True)
class SolutionValidated:
    """A city of the cohort has shown that a solution of another one works there too.

    Parameters
    ----------
    solution
        The solution, by key or name.
    origin
        The city in which it was developed.
    city
        The city that validated it, another one.
    evidence
        Where that can be seen.
    """

    solution: str
    origin: CityId
    city: CityId
    evidence: Source

    def __attrs_post_init__(self) -> None:
        if not self.solution.strip():
            raise InvalidValueError(
                kind="validation", value=self.solution, reason="must name the solution"
            )

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"{self.city} validated {self.solution} of {self.origin} ({self.evidence})."

    @property
    def concerns(self) -> tuple[str, ...]:
        """Both cities."""
        return (self.city.value, self.origin.value)


class TargetKind(Enum):
    """What a target of the mission counts."""

    FRONT_RUNNERS = "front-runners"
    VALIDATING_CITIES = "cities that validate solutions"


@frozen(kw_only=True)
class MissionTarget:
    """How many cities shall do something by a day.

    Parameters
    ----------
    kind
        What they do.
    cities
        How many.
    due_on
        The last day.
    source
        Where the target is told.
    """

    kind: TargetKind
    cities: int
    due_on: Date
    source: Source

    def __attrs_post_init__(self) -> None:
        require_date(self.due_on, kind="due day of a target")
        if type(self.cities) is not int or self.cities < 1:
            raise InvalidValueError(
                kind="target", value=self.cities, reason="must be a whole number of at least 1"
            )


@frozen(kw_only=True)
class TargetProgress:
    """How far a target is reached on a day.

    Parameters
    ----------
    target
        The target.
    on
        The day.
    reached
        The cities that count, by key.
    """

    target: MissionTarget
    on: Date
    reached: tuple[CityId, ...]

    @property
    def to_go(self) -> int:
        """Cities still to come."""
        return max(self.target.cities - len(self.reached), 0)

    @property
    def sentence(self) -> str:
        """The progress in words."""
        target = self.target
        reached = f"{len(self.reached)} of {target.cities} {target.kind.value} by {target.due_on}"
        if self.on < target.due_on:
            return f"{reached}: {self.to_go} to go."
        cities = "city" if self.to_go == 1 else "cities"
        outcome = f"missed by {self.to_go} {cities}" if self.to_go else "met"
        counted = f", counted on {self.on}" if self.on > target.due_on else ""
        return f"{reached}{counted}: its day has come, and it was {outcome}."


_HOME_PAGE = Source(
    title="Urban Transitions Mission, home page",
    issuer="Urban Transitions Mission",
    locator="https://urbantransitionsmission.org/",
)
MISSION_TARGETS = (
    MissionTarget(
        kind=TargetKind.FRONT_RUNNERS,
        cities=50,
        due_on=Date(2030, 12, 31),
        source=_HOME_PAGE,
    ),
    MissionTarget(
        kind=TargetKind.VALIDATING_CITIES,
        cities=250,
        due_on=Date(2030, 12, 31),
        source=_HOME_PAGE,
    ),
)
"""50 cities that develop solutions and 250 more that validate them, by the end of 2030."""
