"""The way from a base year to a target, year by year."""

from __future__ import annotations

from enum import Enum
from fractions import Fraction
from itertools import pairwise

from attrs import frozen

from utm.domain import Emissions, EmissionTarget, YearlyEmissions
from utm.errors import InvalidValueError

__all__ = ["Trajectory", "TrajectoryKind"]


class TrajectoryKind(Enum):
    """How emissions are planned to fall between two known years."""

    LINEAR = "linear"
    CONSTANT_RATE = "constant rate"


@frozen(kw_only=True)
class Trajectory:
    """Planned emissions of every year from the base year to the target year.

    Parameters
    ----------
    target
        Where it begins and ends. Offsets are no part of it.
    kind
        Linear: the same number of tonnes is cut every year. Constant rate: the same
        share of what is left, which needs residual emissions above zero.
    milestones
        Years in between with their planned emissions, in order; each stretch between two
        of them is of the same kind.

    Raises
    ------
    InvalidValueError
        Milestones are out of order or outside of the years; or a constant rate is asked
        to reach zero, which it never does.
    """

    target: EmissionTarget
    kind: TrajectoryKind = TrajectoryKind.LINEAR
    milestones: tuple[YearlyEmissions, ...] = ()

    def __attrs_post_init__(self) -> None:
        points = self.points
        if any(later.year <= earlier.year for earlier, later in pairwise(points)):
            years = [point.year for point in points]
            raise InvalidValueError(
                kind="milestones", value=years, reason="must lie in order between the two years"
            )
        if self.kind is TrajectoryKind.CONSTANT_RATE and any(
            point.emissions.kilograms_co2e <= 0 for point in points
        ):
            raise InvalidValueError(
                kind="trajectory", value=str(self.target), reason="never reaches zero at a rate"
            )

    @property
    def points(self) -> tuple[YearlyEmissions, ...]:
        """Base year, milestones and target year with their emissions."""
        end = YearlyEmissions(year=self.target.target_year, emissions=self.target.residual)
        return (self.target.base, *self.milestones, end)

    @property
    def first_year(self) -> int:
        """The base year."""
        return self.target.base.year

    @property
    def last_year(self) -> int:
        """The target year."""
        return self.target.target_year

    def planned_in(self, year: int) -> Emissions:
        """Planned emissions of a year, rounded to the kilogram.

        Raises
        ------
        InvalidValueError
            The year lies before the base year or after the target year.
        """
        for earlier, later in pairwise(self.points):
            if earlier.year <= year <= later.year:
                return self._between(earlier, later, year)
        raise InvalidValueError(
            kind="year", value=year, reason=f"is not in {self.first_year}-{self.last_year}"
        )

    def cumulative(self, *, first_year: int, last_year: int) -> Emissions:
        """Planned emissions of all years from one to another, both included."""
        return Emissions.total(self.planned_in(year) for year in range(first_year, last_year + 1))

    def _between(self, earlier: YearlyEmissions, later: YearlyEmissions, year: int) -> Emissions:
        start, end = earlier.emissions.kilograms_co2e, later.emissions.kilograms_co2e
        done = Fraction(year - earlier.year, later.year - earlier.year)
        if self.kind is TrajectoryKind.LINEAR:
            return Emissions(kilograms_co2e=round(start + (end - start) * done))
        return Emissions(kilograms_co2e=round(start * (end / start) ** float(done)))
