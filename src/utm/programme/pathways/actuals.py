"""Actual emissions beside planned ones: the gap, what is still needed, missing years."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen
from pendulum import Date

from utm.domain import (
    Emissions,
    EmissionTarget,
    Observation,
    Unknown,
    UnknownReason,
    YearlyEmissions,
)
from utm.domain.dates import require_date
from utm.errors import InvalidValueError
from utm.programme.pathways.trajectory import Trajectory

__all__ = ["CutNeeded", "Gap", "Progress", "YearOfProgress", "cut_needed", "gap_on", "progress"]

_ALWAYS = Date(1, 1, 1)


@frozen(kw_only=True)
class Gap:
    """How far the latest known year is from the plan.

    Parameters
    ----------
    year
        The year.
    actual, planned
        Emissions in it.
    """

    year: int
    actual: Emissions
    planned: Emissions

    @property
    def excess(self) -> Emissions:
        """Actual less planned emissions; negative when the city is ahead of its plan."""
        return self.actual - self.planned

    @property
    def sentence(self) -> str:
        """The gap in words."""
        ahead = self.excess.kilograms_co2e <= 0
        amount = -self.excess if ahead else self.excess
        word = "under" if ahead else "over"
        return f"In {self.year} emissions were {self.actual}, {amount} {word} the planned path."


@frozen(kw_only=True)
class CutNeeded:
    """What must still be cut every year to reach a target.

    Parameters
    ----------
    years
        Years left.
    a_year
        Emissions to cut each year, if by the same amount; zero if the target is reached.
    rate_share
        The share of what is left to cut each year, if by the same share; ``None`` where
        nothing may remain, which no rate reaches.
    """

    years: int
    a_year: Emissions
    rate_share: float | None


@frozen(kw_only=True)
class YearOfProgress:
    """One year of a plan with what is known of it.

    Parameters
    ----------
    year
        The year.
    planned
        Planned emissions.
    actual
        Actual ones; ``None`` where the year is missing.
    low, high
        Bounds of the actual emissions: the number itself; for a missing year between two
        known ones the lower and the higher of these two, which is an assumption; ``None``
        for a missing year at an end, of which nothing can be said.
    """

    year: int
    planned: Emissions
    actual: Emissions | None
    low: Emissions | None
    high: Emissions | None


@frozen(kw_only=True)
class Progress:
    """A plan beside what happened, with the uncertainty of what is missing.

    Parameters
    ----------
    years
        Every year that was asked for, in order.
    """

    years: tuple[YearOfProgress, ...]

    @property
    def planned(self) -> Emissions:
        """Planned emissions of all these years."""
        return Emissions.total(year.planned for year in self.years)

    @property
    def missing_years(self) -> tuple[int, ...]:
        """Years without a complete inventory."""
        return tuple(year.year for year in self.years if year.actual is None)

    @property
    def unbounded_years(self) -> tuple[int, ...]:
        """Missing years of which nothing can be said."""
        return tuple(year.year for year in self.years if year.low is None)

    @property
    def actual_bounds(self) -> tuple[Emissions, Emissions] | None:
        """Between what and what the actual sum lies; ``None`` if a year has no bounds."""
        lows = [year.low for year in self.years if year.low is not None]
        highs = [year.high for year in self.years if year.high is not None]
        if len(lows) < len(self.years):
            return None
        return Emissions.total(lows), Emissions.total(highs)

    @property
    def sentence(self) -> str:
        """The comparison in words."""
        first, last = self.years[0].year, self.years[-1].year
        head = f"From {first} to {last}, {self.planned} were planned"
        bounds = self.actual_bounds
        if bounds is None:
            unsaid = ", ".join(map(str, self.unbounded_years))
            return f"{head}; the sum that was let out is not known, since {unsaid} is missing."
        low, high = bounds
        if low == high and not self.missing_years:
            return f"{head} and {low} were let out."
        missing = ", ".join(map(str, self.missing_years))
        return (
            f"{head} and between {low} and {high} were let out; missing years ({missing}) are "
            "taken to lie between their neighbours."
        )


def _require_yearly(value: object) -> None:
    if not isinstance(value, YearlyEmissions):
        raise InvalidValueError(
            kind="emissions", value=value, reason="are no YearlyEmissions: give unit and year"
        )


def known_years(
    actuals: Iterable[Observation[YearlyEmissions]], *, on: Date
) -> dict[int, Emissions]:
    """Complete years that were over and known by a day; the latest report of a year stands.

    Raises
    ------
    InvalidValueError
        Two reports of one year, recorded on the same day, contradict each other, or a report
        is of no emissions with their year.
    """
    require_date(on)
    actuals = tuple(actuals)
    for one in actuals:
        _require_yearly(one.value)
    latest: dict[int, tuple[Date, Emissions]] = {}
    # The latest first, so that a correction settles whatever was said before it.
    for one in sorted(actuals, key=lambda one: one.recorded_on or _ALWAYS, reverse=True):
        recorded = one.recorded_on or _ALWAYS
        year, emissions = one.value.year, one.value.emissions
        if recorded > on or year >= on.year:
            continue
        before = latest.get(year)
        if before is not None and before[0] == recorded and before[1] != emissions:
            raise InvalidValueError(
                kind="emissions", value=str(one.value), reason="contradict another report"
            )
        if before is None:
            latest[year] = (recorded, emissions)
    return {year: latest[year][1] for year in sorted(latest)}


def gap_on(
    trajectory: Trajectory, actuals: Iterable[Observation[YearlyEmissions]], *, on: Date
) -> Gap | Unknown:
    """Compare the latest year known on a day with the plan.

    Parameters
    ----------
    trajectory
        The plan.
    actuals
        Emissions of complete years, as reported; later ones correct earlier ones.
    on
        The day. Years that were not over, and reports that were not in, do not count.
    """
    known = known_years(actuals, on=on)
    within = [year for year in known if trajectory.first_year <= year <= trajectory.last_year]
    if not within:
        return Unknown(
            reason=UnknownReason.NOT_REPORTED,
            note=f"no year of the plan has a complete inventory on {on}",
        )
    year = within[-1]
    return Gap(year=year, actual=known[year], planned=trajectory.planned_in(year))


def cut_needed(actual: YearlyEmissions, target: EmissionTarget) -> CutNeeded:
    """What must be cut every year after a known one, to let out no more than the residual.

    Raises
    ------
    InvalidValueError
        The target year is not after the known one.
    """
    years = target.target_year - actual.year
    if years <= 0:
        raise InvalidValueError(
            kind="year", value=actual.year, reason=f"is not before {target.target_year}"
        )
    now, then = actual.emissions.kilograms_co2e, target.residual.kilograms_co2e
    still = max(now - then, 0)
    rate: float | None = None
    if then > 0:
        rate = 1 - (then / now) ** (1 / years) if now > then else 0.0
    # Rounded up, so that the years together suffice.
    return CutNeeded(
        years=years, a_year=Emissions(kilograms_co2e=-(-still // years)), rate_share=rate
    )


def progress(
    trajectory: Trajectory,
    actuals: Iterable[Observation[YearlyEmissions]],
    *,
    first_year: int,
    last_year: int,
    on: Date,
) -> Progress:
    """Set actual emissions beside planned ones, year by year.

    Parameters
    ----------
    trajectory
        The plan.
    actuals
        Emissions of complete years, as reported.
    first_year, last_year
        The years, both included, within the plan.
    on
        The day on which one looks; see [gap_on][utm.programme.pathways.gap_on].

    Raises
    ------
    InvalidValueError
        A year lies outside of the plan, or there is none.
    """
    if last_year < first_year:
        raise InvalidValueError(
            kind="years", value=f"{first_year} to {last_year}", reason="must be one or more"
        )
    known = known_years(actuals, on=on)
    return Progress(
        years=tuple(
            _year(year, trajectory.planned_in(year), known)
            for year in range(first_year, last_year + 1)
        )
    )


def _year(year: int, planned: Emissions, known: dict[int, Emissions]) -> YearOfProgress:
    actual = known.get(year)
    low = high = actual
    if actual is None:
        before = max((one for one in known if one < year), default=None)
        after = min((one for one in known if one > year), default=None)
        if before is not None and after is not None:
            low, high = sorted((known[before], known[after]))
    return YearOfProgress(year=year, planned=planned, actual=actual, low=low, high=high)
