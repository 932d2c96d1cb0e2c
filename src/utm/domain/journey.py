"""The climate action journey: its stages, and the badges of the Global Covenant of Mayors."""

from __future__ import annotations

from enum import Enum

from attrs import frozen
from pendulum import Date

from utm.domain.dates import require_date
from utm.domain.evidence import Source
from utm.domain.identifiers import CityId

__all__ = ["Badge", "BadgePhase", "BadgePillar", "JourneyStage", "StageEvidence"]


class JourneyStage(Enum):
    """The stages of a city's climate action, in their order."""

    COMMITMENT = "commitment"
    INVENTORY = "inventory"
    ASSESSMENT = "assessment"
    TARGET = "target"
    PLAN = "plan"
    IMPLEMENTATION = "implementation"
    MONITORING = "monitoring"

    @property
    def number(self) -> int:
        """Its place, from 1."""
        return list(JourneyStage).index(self) + 1


class BadgePillar(Enum):
    """What a badge of the Global Covenant of Mayors is about."""

    MITIGATION = "mitigation"
    ADAPTATION = "adaptation"
    ENERGY = "energy access and poverty"


class BadgePhase(Enum):
    """How far a city has come in a pillar."""

    ASSESSMENT = "inventory or assessment"
    TARGET = "target or goal"
    PLAN = "plan"


_STAGES = {
    BadgePhase.TARGET: JourneyStage.TARGET,
    BadgePhase.PLAN: JourneyStage.PLAN,
}


@frozen(kw_only=True)
class Badge:
    """One of the nine steps of the Global Covenant of Mayors, as it was awarded.

    Parameters
    ----------
    city
        To whom.
    pillar, phase
        Which step.
    source
        Where it was read.
    awarded_on
        Day of the award or of the list, if known.
    """

    city: CityId
    pillar: BadgePillar
    phase: BadgePhase
    source: Source
    awarded_on: Date | None = None

    def __attrs_post_init__(self) -> None:
        if self.awarded_on is not None:
            require_date(self.awarded_on, kind="award of a badge")

    @property
    def stage(self) -> JourneyStage:
        """The stage that it shows: an assessment of emissions is an inventory."""
        if self.phase is BadgePhase.ASSESSMENT:
            mitigation = self.pillar is BadgePillar.MITIGATION
            return JourneyStage.INVENTORY if mitigation else JourneyStage.ASSESSMENT
        return _STAGES[self.phase]

    def __str__(self) -> str:
        return f"badge for {self.pillar.value}, {self.phase.value}"


@frozen(kw_only=True)
class StageEvidence:
    """Something that shows that a city has reached a stage.

    Parameters
    ----------
    city
        The city.
    stage
        The stage.
    statement
        What was seen, as a noun phrase.
    source
        Where.
    on
        The day from which it is so, if known; without one it has always been.
    until
        First day on which it no longer is, if it has an end.
    """

    city: CityId
    stage: JourneyStage
    statement: str
    source: Source
    on: Date | None = None
    until: Date | None = None

    def __attrs_post_init__(self) -> None:
        for name in ("on", "until"):
            if getattr(self, name) is not None:
                require_date(getattr(self, name), kind="day of evidence")

    def holds_on(self, day: Date) -> bool:
        """Whether it shows the stage on a day."""
        begun = self.on is None or self.on <= day
        return begun and (self.until is None or day < self.until)
