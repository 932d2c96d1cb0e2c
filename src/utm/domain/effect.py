"""What a practice costs and what it achieves, each with its unit."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import Enum

from attrs import frozen

from utm.domain.evidence import Source
from utm.domain.prose import require_prose
from utm.errors import InvalidValueError

__all__ = ["CostKind", "Effect", "PracticeCost"]

_CURRENCY = re.compile(r"[A-Z]{3}")


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
        ISO 4217 code, e.g. ``EUR``.
    per
        What one such amount buys, e.g. ``"km of cycle track"``; empty for the whole.
    price_year
        Year of the prices, if known.
    source
        Where it was read, if anywhere.
    """

    kind: CostKind
    lowest: Decimal
    highest: Decimal
    currency: str
    per: str = ""
    price_year: int | None = None
    source: Source | None = None

    def __attrs_post_init__(self) -> None:
        _require_decimal(self.lowest, "lowest cost")
        _require_decimal(self.highest, "highest cost")
        if not 0 <= self.lowest <= self.highest:
            raise InvalidValueError(
                kind="cost",
                value=f"{self.lowest} to {self.highest}",
                reason="must not be negative nor end below where it begins",
            )
        if type(self.currency) is not str or not _CURRENCY.fullmatch(self.currency):
            raise InvalidValueError(
                kind="currency", value=self.currency, reason="is not three capital letters"
            )


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
        require_prose(self.indicator, kind="indicator of an effect")
        require_prose(self.unit, kind="unit of an effect")
        _require_decimal(self.change, "change")
        if self.baseline is not None:
            _require_decimal(self.baseline, "baseline")
