"""What a practice costs and what it achieves, each with its unit."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum

from attrs import frozen

from utm.domain.currencies import require_currency
from utm.domain.dates import require_year
from utm.domain.evidence import Source
from utm.domain.kinds import require_kinds
from utm.domain.prose import require_prose
from utm.errors import InvalidValueError

__all__ = ["CostKind", "Effect", "PracticeCost"]


def _require_decimal(value: object, kind: str) -> None:
    if type(value) is not Decimal or not value.is_finite():
        raise InvalidValueError(kind=kind, value=value, reason="must be a finite Decimal")


class CostKind(Enum):
    """What the money is for."""

    PREPARATION = "preparation"
    INVESTMENT = "investment"
    OPERATION_PER_YEAR = "operation per year"


@frozen(kw_only=True)
class PracticeCost:
    """What a practice cost, as a range of money.

    Parameters
    ----------
    kind
        What the money is for.
    lowest, highest
        The range, both ends included; equal where one amount is known. Not negative.
    currency
        ISO 4217 code, e.g. ``EUR``; withdrawn ones such as ``HRK`` too.
    per
        What one such amount buys, e.g. ``"km of cycle track"``; empty for the whole.
    price_year
        Year of the prices, from 1800 to 2200, if known.
    source
        Where it was read, if anywhere.

    Raises
    ------
    InvalidValueError
        A part is of another kind, or cannot be.
    """

    kind: CostKind
    lowest: Decimal
    highest: Decimal
    currency: str
    per: str = ""
    price_year: int | None = None
    source: Source | None = None

    def __attrs_post_init__(self) -> None:
        require_kinds(self)
        _require_decimal(self.lowest, "lowest cost")
        _require_decimal(self.highest, "highest cost")
        if not 0 <= self.lowest <= self.highest:
            raise InvalidValueError(
                kind="cost",
                value=f"{self.lowest} to {self.highest}",
                reason="must not be negative nor end below where it begins",
            )
        require_currency(self.currency)
        if self.per:
            require_prose(self.per, kind="what a cost buys")
        if self.price_year is not None:
            require_year(self.price_year, kind="year of prices")


@frozen(kw_only=True)
class Effect:
    """A change that a practice brought about.

    Parameters
    ----------
    indicator
        What changed, e.g. ``"trips by bicycle"``.
    change
        By how much; negative for less.
    unit
        Unit of the change, e.g. ``"t CO2e per year"``, ``"share of all trips"``.
    baseline
        What it was before, in the same unit, if known.
    source
        Where it was read, if anywhere.
    """

    indicator: str
    change: Decimal
    unit: str
    baseline: Decimal | None = None
    source: Source | None = None

    def __attrs_post_init__(self) -> None:
        require_kinds(self)
        require_prose(self.indicator, kind="indicator of an effect")
        require_prose(self.unit, kind="unit of an effect")
        _require_decimal(self.change, "change")
        if self.baseline is not None:
            _require_decimal(self.baseline, "baseline")
