"""Numbers in cells: plain digits, and a refusal of whatever could mean two numbers."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from decimal import Decimal

from attrs import frozen

from utm.interchange.cells import JsonValue, Refusal

__all__ = ["DecimalCell", "WholeNumberCell"]

_APART = (
    "\\ '\N{RIGHT SINGLE QUOTATION MARK}\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}"
)
_PLAIN_WHOLE = re.compile(r"-?[0-9]+")
# Two or more groups cannot be a decimal fraction; a space or an apostrophe never is one.
_GROUPED = re.compile(
    rf"[0-9]{{1,3}}(?:(?:,[0-9]{{3}}){{2,}}|(?:\.[0-9]{{3}}){{2,}}|(?:[{_APART}][0-9]{{3}})+)"
)
_ONE_GROUP = re.compile(r"([0-9]{1,3})[.,]([0-9]{3})")
_PLAIN_DECIMAL = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_DECIMAL_COMMA = re.compile(r"-?[0-9]+,[0-9]+")
_LONGEST_NUMBER = 40


@frozen(kw_only=True)
class WholeNumberCell:
    """A whole number within bounds.

    Parameters
    ----------
    least, most
        Bounds, both admitted.
    grouped
        Whether thousands may be set apart; years and counts up to five are not.
    """

    least: int
    most: int
    grouped: bool = False
    is_prose: bool = False

    @property
    def schema(self) -> Mapping[str, JsonValue]:
        """JSON Schema of the number."""
        return {"type": "integer", "minimum": self.least, "maximum": self.most}

    @property
    def json_values(self) -> str:
        """The bounds, and that a number of JSON stands without quotation marks."""
        return f"a whole number from {self.least} to {self.most}, without quotation marks"

    def read_text(self, text: str) -> object:
        """Read digits, with separators only where they can mean nothing else."""
        if len(text) > _LONGEST_NUMBER:
            return Refusal(reason="is not a whole number")
        digits = text.replace("\N{MINUS SIGN}", "-")
        if self.grouped and _GROUPED.fullmatch(digits):
            digits = re.sub(r"[^0-9]", "", digits)
        if _PLAIN_WHOLE.fullmatch(digits):
            return self._bounded(int(digits))
        one_group = _ONE_GROUP.fullmatch(digits)
        if self.grouped and one_group:
            whole = "".join(one_group.groups())
            return Refusal(
                reason="may mean thousands or a decimal fraction",
                remedy=f"Write {whole} if that is meant: digits without a separator.",
            )
        return Refusal(reason="is not a whole number")

    def read_json(self, value: JsonValue) -> object:
        """Read a JSON number without a fraction."""
        if type(value) is not int:
            return Refusal(reason="is not a whole number of JSON")
        return self._bounded(value)

    def text_of(self, value: object) -> str:
        """Write the digits."""
        return str(value)

    def json_of(self, value: object) -> JsonValue:
        """Write the number."""
        return value if isinstance(value, int) else str(value)

    def _bounded(self, number: int) -> int | Refusal:
        if self.least <= number <= self.most:
            return number
        grouping = "," if self.grouped else ""
        return Refusal(reason=f"is not between {self.least:{grouping}} and {self.most:{grouping}}")


@frozen(kw_only=True)
class DecimalCell:
    """A decimal number within bounds, with a point before its fraction.

    Parameters
    ----------
    least, most
        Bounds, both admitted.
    above
        A bound that is not admitted itself.
    """

    least: float = -math.inf
    most: float = math.inf
    above: float | None = None
    is_prose: bool = False

    @property
    def schema(self) -> Mapping[str, JsonValue]:
        """JSON Schema of the number."""
        schema: dict[str, JsonValue] = {"type": "number"}
        if self.above is not None:
            schema["exclusiveMinimum"] = self.above
        if math.isfinite(self.least):
            schema["minimum"] = self.least
        if math.isfinite(self.most):
            schema["maximum"] = self.most
        return schema

    @property
    def json_values(self) -> str:
        """The bounds, and that a number of JSON stands without quotation marks."""
        if self.above is not None:
            example = min(self.above + 2, self.most)
            return f"a number above {self.above:g} without quotation marks, such as {example:g}"
        return f"a number from {self.least:g} to {self.most:g}, without quotation marks"

    def read_text(self, text: str) -> object:
        """Read digits with at most one point."""
        digits = text.replace("\N{MINUS SIGN}", "-")
        if len(text) <= _LONGEST_NUMBER and _PLAIN_DECIMAL.fullmatch(digits):
            return self._bounded(float(digits))
        if _DECIMAL_COMMA.fullmatch(digits):
            return Refusal(
                reason="has a decimal comma",
                remedy=f"Write {digits.replace(',', '.')[:_LONGEST_NUMBER]}, with a point.",
            )
        if "°" in text:
            return Refusal(
                reason="is in degrees and minutes",
                remedy="Write decimal degrees, south and west with a minus, such as -33.45.",
            )
        return Refusal(reason="is not a decimal number")

    def read_json(self, value: JsonValue) -> object:
        """Read a finite JSON number."""
        if type(value) is int and abs(value) <= 10**15:
            return self._bounded(float(value))
        if type(value) is not float or not math.isfinite(value):
            return Refusal(reason="is not a number of JSON")
        return self._bounded(value)

    def text_of(self, value: object) -> str:
        """Write every digit that the number needs, without an exponent."""
        return format(Decimal(repr(float(str(value)))), "f").removesuffix(".0")

    def json_of(self, value: object) -> JsonValue:
        """Write the number."""
        return float(str(value))

    def _bounded(self, number: float) -> float | Refusal:
        if self.above is not None and number <= self.above:
            return Refusal(reason=f"is not above {self.above:g}")
        if self.least <= number <= self.most:
            return number
        return Refusal(reason=f"is not between {self.least:g} and {self.most:g}")
