"""What a city learned from a practice, the bad included."""

from __future__ import annotations

from enum import Enum

from attrs import frozen
from pendulum import Date

from utm.domain.dates import require_date
from utm.domain.evidence import Source
from utm.domain.prose import require_prose
from utm.errors import InvalidValueError

__all__ = ["CoBenefit", "Lesson", "LessonKind", "NoLimitationReported"]


class LessonKind(Enum):
    """The three kinds of lessons that the centre collects."""

    CO_BENEFIT = "co-benefit"
    MISTAKE = "mistake"
    TRADE_OFF = "trade-off"

    @property
    def is_limitation(self) -> bool:
        """Whether such a lesson warns: a mistake or a trade-off."""
        return self is not LessonKind.CO_BENEFIT


class CoBenefit(Enum):
    """What a climate action gives beside lower emissions."""

    CLEAN_AIR = "clean air"
    LESS_NOISE = "less noise"
    LESS_CONGESTION = "less congestion"
    ACTIVE_LIVES = "active lives"
    HEALTH = "health"
    JOBS = "jobs"
    EQUITY = "equity"
    BIODIVERSITY = "biodiversity"
    COOLER_STREETS = "cooler streets"
    LOWER_BILLS = "lower bills"
    SAFETY = "safety"


@frozen(kw_only=True)
class Lesson:
    """One lesson.

    Parameters
    ----------
    kind
        Co-benefit, mistake or trade-off.
    statement
        The lesson in words.
    co_benefits
        The named co-benefits it is about; only for lessons of that kind.
    source
        Where it was read, if not from the city itself.
    """

    kind: LessonKind
    statement: str
    co_benefits: tuple[CoBenefit, ...] = ()
    source: Source | None = None

    def __attrs_post_init__(self) -> None:
        require_prose(self.statement, kind="lesson")
        if self.co_benefits and self.kind is not LessonKind.CO_BENEFIT:
            raise InvalidValueError(
                kind="lesson", value=self.statement, reason=f"is a {self.kind.value}, no co-benefit"
            )


@frozen(kw_only=True)
class NoLimitationReported:
    """Somebody was asked for limitations of a practice and reported none.

    This is a statement with an author and a day. It is not the same as silence.

    Parameters
    ----------
    reported_by
        Who was asked.
    reported_on
        When.
    """

    reported_by: str
    reported_on: Date

    def __attrs_post_init__(self) -> None:
        require_prose(self.reported_by, kind="author of a statement")
        require_date(self.reported_on, kind="day of a statement")
