"""Targets of a climate plan: base year, target year, what remains, offsets named apart."""

from __future__ import annotations

from attrs import field, frozen

from utm.domain.evidence import Source
from utm.domain.kinds import require_kinds
from utm.domain.quantities import Emissions, YearlyEmissions
from utm.errors import InvalidValueError

__all__ = ["EmissionTarget"]

_NONE = Emissions(kilograms_co2e=0)


@frozen(kw_only=True)
class EmissionTarget:
    """How far a city means to cut its emissions, and by when.

    Parameters
    ----------
    base
        Emissions of the base year, above zero.
    target_year
        The year by which, after the base year.
    residual
        What is still let out in the target year, before any offset.
    source
        Where the target is written.
    offsets
        What is to be removed or bought elsewhere in that year. It is never subtracted
        silently: ``residual`` and ``net`` are two numbers.
    """

    base: YearlyEmissions
    target_year: int
    residual: Emissions
    source: Source
    offsets: Emissions = field(default=_NONE)

    def __attrs_post_init__(self) -> None:
        require_kinds(self)
        for name, wrong, reason in (
            ("base year", self.base.emissions <= _NONE, "must have emissions above zero"),
            ("target year", self.target_year <= self.base.year, "must follow the base year"),
            ("residual emissions", self.residual < _NONE, "must not be negative"),
            ("offsets", self.offsets < _NONE, "must not be negative"),
        ):
            if wrong:
                raise InvalidValueError(kind=name, value=str(self), reason=reason)

    @property
    def net(self) -> Emissions:
        """What remains once offsets are taken off."""
        return self.residual - self.offsets

    @property
    def is_net_zero(self) -> bool:
        """Whether offsets balance all that remains."""
        return self.net <= _NONE

    @property
    def cut_share(self) -> float:
        """The cut without offsets as a share of the base year's emissions, up to 1."""
        return 1 - self.residual.kilograms_co2e / self.base.emissions.kilograms_co2e

    def __str__(self) -> str:
        offsets = f", with offsets of {self.offsets}" if self.offsets > _NONE else ""
        return f"from {self.base} to {self.residual} in {self.target_year}{offsets}"
