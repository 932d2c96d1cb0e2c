"""Emissions with their unit: read strictly, kept as whole kilograms, added exactly."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Self

from attrs import frozen

from utm.domain.dates import require_year
from utm.domain.kinds import require_kinds
from utm.domain.wording import two_readings
from utm.errors import InvalidValueError

__all__ = ["Emissions", "YearlyEmissions"]

_KILOGRAMS_IN = {"kg": 1, "t": 10**3, "kt": 10**6, "Mt": 10**9, "Gt": 10**12}
_KILOGRAMS_A_TONNE = 10**3
_LONGEST_TEXT = 120
_SPACES = re.compile(r"\s+")

_AMOUNT = re.compile(r"(?P<number>[-+]?[0-9][0-9.,\s']*?)\s*(?P<unit>[^\d\s.,'].*)?", re.DOTALL)
_PLAIN = re.compile(r"[-+]?[0-9]+(?:\.[0-9]+)?")
_GROUPED = re.compile(
    r"[-+]?[0-9]{1,3}(?:(?P<mark>[ ,'])[0-9]{3})(?:(?P=mark)[0-9]{3})*(?:\.[0-9]+)?"
)
_AMBIGUOUS = re.compile(r"[-+]?[0-9]{1,3}[.,][0-9]{3}")
_GAS = re.compile(r"\s*CO(?:2|₂)\s*[- ]?\s*e(?:q(?:uivalents?)?)?")
_YEARLY = re.compile(r"(?P<amount>.+?)(?:\s+in|,|;)\s*(?P<year>[0-9]{4})", re.DOTALL)


@frozen(kw_only=True, order=True)
class Emissions:
    """An amount of greenhouse gases in carbon dioxide equivalents.

    Parameters
    ----------
    kilograms_co2e
        Whole kilograms; negative where more is taken out of the air than is let out.
    """

    kilograms_co2e: int

    def __attrs_post_init__(self) -> None:
        if type(self.kilograms_co2e) is not int:
            raise InvalidValueError(
                kind="emissions", value=self.kilograms_co2e, reason="must be whole kilograms"
            )

    @classmethod
    def of_tonnes(cls, tonnes_co2e: float) -> Self:
        """Make an amount from tonnes, rounded to the kilogram."""
        return cls(kilograms_co2e=round(Decimal(str(tonnes_co2e)) * _KILOGRAMS_A_TONNE))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an amount with its unit: ``412.5 ktCO2e``, ``1 200 t``, ``0.3 Mt CO2-eq``.

        Units are kg, t, kt, Mt and Gt, with or without *CO2e* behind them. The result is
        rounded to the kilogram.

        Raises
        ------
        InvalidValueError
            There is no unit, or one that says something else (``tCO2`` leaves out other
            gases, ``MT`` is a metric tonne to some and a million tonnes to others), or the
            number could be read in two ways (``50.000`` is fifty, or fifty thousand).
        """
        readable = type(text) is str and len(text) <= _LONGEST_TEXT
        match = _AMOUNT.fullmatch(_SPACES.sub(" ", text).strip()) if readable else None
        if match is None:
            raise InvalidValueError(kind="emissions", value=text, reason="is no number with a unit")
        number = _number(match["number"].strip(), text)
        return cls(kilograms_co2e=round(number * _kilograms_in(match["unit"], text)))

    @property
    def tonnes_co2e(self) -> float:
        """The amount in tonnes."""
        return self.kilograms_co2e / _KILOGRAMS_A_TONNE

    @classmethod
    def total(cls, amounts: Iterable[Emissions]) -> Self:
        """Add amounts up, exactly and in any order."""
        return cls(kilograms_co2e=sum(amount.kilograms_co2e for amount in amounts))

    def __add__(self, other: Emissions) -> Emissions:
        return Emissions(kilograms_co2e=self.kilograms_co2e + other.kilograms_co2e)

    def __sub__(self, other: Emissions) -> Emissions:
        return Emissions(kilograms_co2e=self.kilograms_co2e - other.kilograms_co2e)

    def __neg__(self) -> Emissions:
        return Emissions(kilograms_co2e=-self.kilograms_co2e)

    def scaled(self, share: float) -> Emissions:
        """The amount times a number, rounded to the kilogram."""
        return Emissions(kilograms_co2e=round(self.kilograms_co2e * share))

    def __str__(self) -> str:
        tonnes = Decimal(self.kilograms_co2e) / _KILOGRAMS_A_TONNE
        return f"{tonnes.normalize():,f} t CO2e"


@frozen(kw_only=True, order=True)
class YearlyEmissions:
    """What was, or shall be, let out in one calendar year.

    Parameters
    ----------
    year
        The year.
    emissions
        The amount.
    """

    year: int
    emissions: Emissions

    def __attrs_post_init__(self) -> None:
        require_year(self.year, kind="year of emissions")
        require_kinds(self)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an amount with unit and year: ``412.5 ktCO2e in 2019`` or ``12 t, 2019``.

        Raises
        ------
        InvalidValueError
            The year or the unit is missing, or as for `Emissions.parse`.
        """
        readable = type(text) is str and len(text) <= _LONGEST_TEXT
        match = _YEARLY.fullmatch(_SPACES.sub(" ", text).strip()) if readable else None
        if match is None:
            raise InvalidValueError(kind="yearly emissions", value=text, reason="names no year")
        return cls(year=int(match["year"]), emissions=Emissions.parse(match["amount"]))

    def __str__(self) -> str:
        return f"{self.emissions} in {self.year}"


def _number(written: str, text: str) -> Decimal:
    if _AMBIGUOUS.fullmatch(written):
        raise InvalidValueError(
            kind="emissions",
            value=text,
            reason=f"may be read in two ways: write {two_readings(written)}",
        )
    if not _PLAIN.fullmatch(written) and not _GROUPED.fullmatch(written):
        raise InvalidValueError(kind="emissions", value=text, reason="is no number with a unit")
    return Decimal(re.sub(r"[ ,']", "", written))


def _kilograms_in(unit: str | None, text: str) -> int:
    if not unit:
        raise InvalidValueError(kind="emissions", value=text, reason="has no unit")
    gas = _GAS.search(unit)
    mass = unit if gas is None else unit[: gas.start()]
    if mass not in _KILOGRAMS_IN or (gas is not None and gas.end() != len(unit)):
        raise InvalidValueError(
            kind="emissions", value=text, reason="has no unit of kg, t, kt, Mt or Gt CO2e"
        )
    return _KILOGRAMS_IN[mass]
