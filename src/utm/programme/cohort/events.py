"""What happens to the cohort: cities become known, join, keep promises, leave."""

from __future__ import annotations

from typing import TypeAlias

from attrs import frozen
from pendulum import Date

from utm.domain import City, CityId, Source
from utm.domain.dates import require_date
from utm.errors import InvalidValueError
from utm.programme.cohort.validation import FrontRunnerNamed, SolutionValidated

__all__ = [
    "Admission",
    "CohortEvent",
    "Condition",
    "Departure",
    "Fulfilment",
    "Registration",
    "WaveOpening",
]


@frozen(kw_only=True)
class Condition:
    """Something that a city has promised when it was admitted.

    Parameters
    ----------
    duty
        What must be done, e.g. ``"sign the Global Covenant of Mayors"``.
    due_on
        Last day on which it may be done. The day after, the membership lapses.
    """

    duty: str
    due_on: Date

    def __attrs_post_init__(self) -> None:
        require_date(self.due_on, kind="due day of a condition")
        if not self.duty.strip():
            raise InvalidValueError(kind="condition", value=self.duty, reason="must say a duty")

    def __str__(self) -> str:
        return f"{self.duty} by {self.due_on}"


@frozen(kw_only=True)
class Registration:
    """A city becomes known to the register, or what is known of it is replaced."""

    city: City

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"{self.city.name} ({self.city.country}) was entered in the register."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The city."""
        return (self.city.id.value,)


@frozen(kw_only=True)
class WaveOpening:
    """A further wave of cities begins to join.

    Parameters
    ----------
    number
        First, second and so on, from 1.
    """

    number: int

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"Wave {self.number} was opened."

    @property
    def concerns(self) -> tuple[str, ...]:
        """Nobody in particular."""
        return ()


@frozen(kw_only=True)
class Admission:
    """A city joins the cohort.

    Parameters
    ----------
    city
        The city.
    wave
        The wave that it joins with.
    conditions
        What it must still do; each duty once.
    """

    city: CityId
    wave: int
    conditions: tuple[Condition, ...] = ()

    def __attrs_post_init__(self) -> None:
        duties = [condition.duty for condition in self.conditions]
        if len(set(duties)) < len(duties):
            raise InvalidValueError(kind="conditions", value=duties, reason="name a duty twice")

    @property
    def sentence(self) -> str:
        """What happened."""
        duties = "; ".join(str(condition) for condition in self.conditions)
        provided = f", provided that it does this: {duties}" if duties else ""
        return f"{self.city} joined the cohort with wave {self.wave}{provided}."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The city."""
        return (self.city.value,)


@frozen(kw_only=True)
class Fulfilment:
    """A city has done what it promised.

    Parameters
    ----------
    city
        The city.
    duty
        The duty of the condition.
    evidence
        Where it can be seen.
    """

    city: CityId
    duty: str
    evidence: Source

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"{self.city} has fulfilled its condition: {self.duty} ({self.evidence})."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The city."""
        return (self.city.value,)


@frozen(kw_only=True)
class Departure:
    """A city leaves the cohort; the reason is that of the command."""

    city: CityId

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"{self.city} left the cohort."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The city."""
        return (self.city.value,)


CohortEvent: TypeAlias = (
    Registration
    | WaveOpening
    | Admission
    | Fulfilment
    | Departure
    | FrontRunnerNamed
    | SolutionValidated
)
"""Any of these; each can be asked for by a command."""
