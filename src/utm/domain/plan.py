"""Climate action plans: kind, coverage, whose they are, since when."""

from __future__ import annotations

from enum import Enum

from attrs import frozen
from pendulum import Date

from utm.domain.dates import require_date
from utm.domain.evidence import Source, Unknown, UnknownReason
from utm.domain.identifiers import CityId, PlanId
from utm.domain.kinds import require_kinds
from utm.errors import InvalidValueError

__all__ = ["ClimatePlan", "PlanCoverage", "PlanKind", "PlanMode"]

_NOT_REPORTED = Unknown(reason=UnknownReason.NOT_REPORTED)


class PlanKind(Enum):
    """Kind of plan as the calls name them. What a CAP 2 is, no public text says.

    ``NONE`` is a statement that there is no plan, which is more than silence.
    """

    SECAP = "SECAP"
    SEACAP = "SEACAP"
    CAP2 = "CAP 2"
    CLIMATE_ACTION_PLAN = "climate action plan"
    OTHER = "other"
    NONE = "no plan"


class PlanCoverage(Enum):
    """How much of the city the plan covers."""

    WHOLE_CITY = "whole city"
    PARTIAL = "partial"
    SECTOR = "sector"


class PlanMode(Enum):
    """Whose plan it is: one municipality's own, or one plan for several."""

    INDIVIDUAL = "individual"
    JOINT = "joint"


@frozen(kw_only=True)
class ClimatePlan:
    """A climate action plan or strategy, or the statement that there is none.

    Parameters
    ----------
    id
        Key of the plan.
    kind
        Kind of plan.
    covers
        The municipalities it speaks for, at least one.
    source
        Where it was read.
    coverage
        How much of each it covers.
    mode
        Individual or joint.
    adopted_on
        Day of adoption, if known.
    expires_on
        First day on which it no longer holds, if it has an end.

    Raises
    ------
    InvalidValueError
        It covers nobody, a day is no date, or there is no plan and yet its coverage, mode
        or adoption is told.
    """

    id: PlanId
    kind: PlanKind
    covers: tuple[CityId, ...]
    source: Source
    coverage: PlanCoverage | Unknown = _NOT_REPORTED
    mode: PlanMode | Unknown = _NOT_REPORTED
    adopted_on: Date | None = None
    expires_on: Date | None = None

    def __attrs_post_init__(self) -> None:
        require_kinds(self)
        if not self.covers:
            raise InvalidValueError(kind="plan", value=self.id.value, reason="covers nobody")
        told = (self.coverage, self.mode, self.adopted_on)
        if self.is_absence and told != (_NOT_REPORTED, _NOT_REPORTED, None):
            raise InvalidValueError(
                kind="plan", value=self.id.value, reason="is said not to exist, and yet described"
            )
        for name in ("adopted_on", "expires_on"):
            if getattr(self, name) is not None:
                require_date(getattr(self, name), kind=f"{name} of a plan")
        adopted, expires = self.adopted_on, self.expires_on
        if adopted is not None and expires is not None and expires <= adopted:
            raise InvalidValueError(
                kind="plan",
                value=self.id.value,
                reason=f"must not end before {adopted}, its first day",
            )

    @property
    def is_absence(self) -> bool:
        """Whether it states that there is no plan."""
        return self.kind is PlanKind.NONE
