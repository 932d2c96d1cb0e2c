"""What a group is measured by: a number with its unit, which stays the same to the end."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Self

from attrs import frozen

from utm.errors import InvalidValueError

__all__ = ["Measure"]

_TEXT = re.compile(
    r"(?P<amount>[-+]?[0-9]{1,15}(?:\.[0-9]{1,9})?)(?:\s+|(?=%))(?P<unit>[^\s\d.,].{0,79})"
)


@frozen(kw_only=True)
class Measure:
    """A number with its unit, e.g. ``12 buses`` or ``10.5 km of lanes``.

    Parameters
    ----------
    amount
        The number, exactly as written.
    unit
        What is counted; two measures can be compared only in the same words.
    """

    amount: Decimal
    unit: str

    def __attrs_post_init__(self) -> None:
        if type(self.amount) is not Decimal or not self.amount.is_finite():
            raise InvalidValueError(
                kind="measure", value=self.amount, reason="must be a finite decimal number"
            )
        if not self.unit.strip() or self.unit != self.unit.strip():
            raise InvalidValueError(kind="measure", value=self.unit, reason="must have a unit")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a number followed by its unit.

        Raises
        ------
        InvalidValueError
            The number or the unit is missing, or the number has a comma.
        """
        match = _TEXT.fullmatch(text.strip()) if type(text) is str else None
        if match is None:
            raise InvalidValueError(
                kind="measure", value=text, reason="is not a number with a unit, such as '12 buses'"
            )
        return cls(amount=Decimal(match["amount"]), unit=match["unit"].strip())

    def change_from(self, before: Measure) -> Measure:
        """How much more than before; negative if less.

        Raises
        ------
        InvalidValueError
            The units differ.
        """
        if before.unit != self.unit:
            raise InvalidValueError(
                kind="measure", value=str(self), reason=f"is not counted in {before.unit}"
            )
        return Measure(amount=self.amount - before.amount, unit=self.unit)

    def __str__(self) -> str:
        return f"{self.amount:f} {self.unit}"
