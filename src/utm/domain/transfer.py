"""A transfer: one city reuses what another has done, stage by stage, with evidence."""

from __future__ import annotations

from enum import Enum
from typing import ClassVar, Self

from attrs import evolve, frozen
from pendulum import Date

from utm.domain.dates import require_date
from utm.domain.evidence import Source
from utm.domain.identifiers import CityId, Identifier
from utm.domain.practice import PracticeId
from utm.domain.prose import require_distinct, require_prose
from utm.errors import InvalidValueError

__all__ = [
    "Adaptation",
    "Transfer",
    "TransferEnd",
    "TransferId",
    "TransferStage",
    "TransferStep",
]


@frozen(order=True)
class TransferId(Identifier):
    """Key of a transfer."""

    KIND: ClassVar[str] = "transfer id"


class TransferStage(Enum):
    """How far an adopter has come, in order."""

    UNDERSTAND = "understand"
    ADAPT = "adapt"
    REUSE = "reuse"

    @property
    def rank(self) -> int:
        """Position from 1 (understand) to 3 (reuse)."""
        return list(TransferStage).index(self) + 1


@frozen(kw_only=True)
class TransferStep:
    """A stage that was reached on a day, shown by something.

    Parameters
    ----------
    stage
        The stage.
    reached_on
        The day.
    evidence
        What shows it, at least one source.
    note
        What else is known.
    """

    stage: TransferStage
    reached_on: Date
    evidence: tuple[Source, ...]
    note: str = ""

    def __attrs_post_init__(self) -> None:
        require_date(self.reached_on, kind="day of a stage")
        if not self.evidence:
            raise InvalidValueError(
                kind="stage of a transfer", value=self.stage.value, reason="has no evidence"
            )


@frozen(kw_only=True)
class Adaptation:
    """What the adopter changed.

    Parameters
    ----------
    what
        The part that was changed, e.g. the name of a building block.
    change
        How it differs now.
    why
        Why it had to.
    """

    what: str
    change: str
    why: str

    def __attrs_post_init__(self) -> None:
        for name in ("what", "change", "why"):
            require_prose(getattr(self, name), kind=f"'{name}' of an adaptation")


@frozen(kw_only=True)
class TransferEnd:
    """A transfer that was given up: when, and why. The record stays."""

    stopped_on: Date
    reason: str

    def __attrs_post_init__(self) -> None:
        require_date(self.stopped_on, kind="end of a transfer")
        require_prose(self.reason, kind="reason for the end of a transfer")


@frozen(kw_only=True)
class Transfer:
    """A practice on its way from one city to another.

    Parameters
    ----------
    id
        Its key.
    practice
        What is transferred.
    origin
        The city it was learned from; it may itself have learned the practice elsewhere.
    adopter
        The city that learns, never the origin.
    steps
        Stages reached, in order, without a gap, on days that do not go back.
    adaptations
        What was changed; at least one once the stage *adapt* is reached, unless
        ``unchanged_because`` says why nothing was.
    unchanged_because
        Why nothing had to be changed.
    end
        When and why it was given up, if it was.
    """

    id: TransferId
    practice: PracticeId
    origin: CityId
    adopter: CityId
    steps: tuple[TransferStep, ...] = ()
    adaptations: tuple[Adaptation, ...] = ()
    unchanged_because: str = ""
    end: TransferEnd | None = None

    def __attrs_post_init__(self) -> None:
        if self.adopter == self.origin:
            self._refuse("has one city as its origin and its adopter")
        require_distinct(self.adaptations, kind="adaptations")
        if [step.stage for step in self.steps] != list(TransferStage)[: len(self.steps)]:
            self._refuse("must understand, then adapt, then reuse")
        days = [step.reached_on for step in self.steps]
        days += [self.end.stopped_on] if self.end else []
        if days != sorted(days):
            self._refuse("goes back in time")
        if self.adaptations and self.unchanged_because:
            self._refuse("says what was changed and why nothing was")
        if self.has_reached(TransferStage.ADAPT) and not (
            self.adaptations or self.unchanged_because.strip()
        ):
            self._refuse("must say what was changed, or why nothing was")

    @property
    def stage(self) -> TransferStage | None:
        """The last stage reached; ``None`` before the first."""
        return self.steps[-1].stage if self.steps else None

    @property
    def reused_on(self) -> Date | None:
        """Day on which the adopter began to reuse the practice; ``None`` if it never did."""
        return self.reached_on(TransferStage.REUSE)

    @property
    def is_in_use(self) -> bool:
        """Whether the adopter reuses the practice: it came to that and did not give it up.

        For another day than the last that is known, ask what `until` gives.
        """
        return self.has_reached(TransferStage.REUSE) and self.end is None

    def until(self, day: Date) -> Self:
        """What had happened by the end of a day: later steps, and a later end, are left out."""
        require_date(day)
        over = self.end is not None and self.end.stopped_on <= day
        steps = tuple(step for step in self.steps if step.reached_on <= day)
        return evolve(self, steps=steps, end=self.end if over else None)

    def has_reached(self, stage: TransferStage) -> bool:
        """Tell whether a stage was reached."""
        return len(self.steps) >= stage.rank

    def reached_on(self, stage: TransferStage) -> Date | None:
        """Day on which a stage was reached; ``None`` if it was not."""
        return self.steps[stage.rank - 1].reached_on if self.has_reached(stage) else None

    def _refuse(self, reason: str) -> None:
        raise InvalidValueError(kind="transfer", value=self.id.value, reason=reason)
