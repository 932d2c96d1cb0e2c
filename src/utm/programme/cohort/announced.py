"""Announced sizes of a cohort beside its waves and beside the cities that can be named."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen
from pendulum import Date

from utm.domain import CohortCount, CohortTarget, CohortWave, Observation
from utm.domain.dates import require_date
from utm.errors import InvalidValueError

__all__ = [
    "AnnouncedSize",
    "Pace",
    "TargetOutcome",
    "compare_announced_sizes",
    "outcome_of",
    "pace_between",
    "pace_to",
]

_DAYS_A_YEAR = 365.25


@frozen(kw_only=True)
class AnnouncedSize:
    """One announced size of the cohort, compared and never overwritten.

    Parameters
    ----------
    announced
        What was announced, with source and day.
    day
        The day that it is taken to stand for: its own, or the last one of its year.
        ``None`` where the announcement has neither.
    from_waves
        The announced waves up to that day together; ``None`` without a day.
    named
        Cities that the register can name on that day; ``None`` without a day or register.
    """

    announced: Observation[CohortCount]
    day: Date | None
    from_waves: int | None
    named: int | None

    @property
    def waves_difference(self) -> int | None:
        """Announced size less the announced waves: what no announced wave explains."""
        if self.from_waves is None:
            return None
        return self.announced.value.cities - self.from_waves

    @property
    def unnamed(self) -> int | None:
        """Announced cities that the register cannot name."""
        return None if self.named is None else self.announced.value.cities - self.named

    @property
    def sentence(self) -> str:
        """The comparison in words; it explains no difference."""
        cities = self.announced.value.cities
        head = f"“{self.announced.source.title}” tells of {cities} cities"
        when = f"on {self.day}" if self.announced.as_of else f"in {self.announced.value.year}"
        if self.day is None:
            return f"{head} without a day, so it is compared with nothing."
        parts: list[str] = []
        if self.waves_difference == 0:
            parts.append("the announced waves add up to the same")
        elif self.waves_difference is not None:
            parts.append(
                f"the announced waves add up to {self.from_waves}, "
                f"a difference of {self.waves_difference:+}"
            )
        if self.named is not None:
            parts.append(f"the register can name {self.named}")
        return f"{head} {when}: {'; '.join(parts)}."


@frozen(kw_only=True)
class Pace:
    """How fast a cohort grows, or must grow.

    Parameters
    ----------
    cities
        Cities still to come, or that came; negative if it shrank.
    first_day, last_day
        The span.
    """

    cities: int
    first_day: Date
    last_day: Date

    def __attrs_post_init__(self) -> None:
        if self.last_day <= self.first_day:
            raise InvalidValueError(
                kind="pace", value=f"{self.first_day} to {self.last_day}", reason="needs a day"
            )

    @property
    def years(self) -> float:
        """Length of the span in years of 365.25 days."""
        return (self.last_day - self.first_day).days / _DAYS_A_YEAR

    @property
    def cities_a_year(self) -> float:
        """Cities a year."""
        return self.cities / self.years

    @property
    def sentence(self) -> str:
        """The pace in words."""
        return (
            f"{self.cities} cities in {self.years:.1f} years from {self.first_day} to "
            f"{self.last_day}: {self.cities_a_year:.1f} a year."
        )


def pace_to(target: CohortTarget, *, cities: int, on: Date) -> Pace:
    """How fast the cohort must grow from a day to reach a target by the end of its year.

    Parameters
    ----------
    target
        How many cities by which year.
    cities
        How many there are.
    on
        The day on which there are so many.

    Raises
    ------
    InvalidValueError
        The year of the target is over.

    Examples
    --------
    >>> from pendulum import Date
    >>> from utm.domain import CohortTarget
    >>> target = CohortTarget(cities=300, by_year=2030)
    >>> print(pace_to(target, cities=145, on=Date(2026, 7, 1)).sentence)
    155 cities in 4.5 years from 2026-07-01 to 2030-12-31: 34.4 a year.
    """
    require_date(on)
    last_day = Date(target.by_year, 12, 31)
    return Pace(cities=max(target.cities - cities, 0), first_day=on, last_day=last_day)


@frozen(kw_only=True)
class TargetOutcome:
    """What came of a target whose day has come.

    Parameters
    ----------
    target
        How many cities by which year.
    cities
        How many there were.
    counted_on
        The day of that count, none after the last day of the target's year.
    """

    target: CohortTarget
    cities: int
    counted_on: Date

    def __attrs_post_init__(self) -> None:
        require_date(self.counted_on, kind="day of a count")
        if self.counted_on > self.last_day:
            raise InvalidValueError(
                kind="day of a count",
                value=str(self.counted_on),
                reason=f"is after {self.last_day}",
            )

    @property
    def last_day(self) -> Date:
        """The last day of the year of the target."""
        return Date(self.target.by_year, 12, 31)

    @property
    def missed_by(self) -> int:
        """Cities that were missing; none where it was met."""
        return max(self.target.cities - self.cities, 0)

    @property
    def sentence(self) -> str:
        """The outcome in words."""
        over = self.cities - self.target.cities
        met = f"met, with {over} more" if over else "met exactly"
        missed = f"missed by {self.missed_by} cities" if self.missed_by > 1 else "missed by 1 city"
        return (
            f"{self.target.cities} cities by {self.last_day}: its day has come, and it was "
            f"{missed if self.missed_by else met}, {self.cities} being counted on "
            f"{self.counted_on}."
        )


def outcome_of(target: CohortTarget, *, cities: int, counted_on: Date, on: Date) -> TargetOutcome:
    """What came of a target, on the last day of its year or later.

    Parameters
    ----------
    target
        How many cities by which year.
    cities
        How many there were on the last day of that year, or by the last count before.
    counted_on
        The day of that count.
    on
        The day on which it is asked.

    Raises
    ------
    InvalidValueError
        The day of the target has not come, or the count is of a later one.
    """
    require_date(on)
    outcome = TargetOutcome(target=target, cities=cities, counted_on=counted_on)
    if on < outcome.last_day:
        raise InvalidValueError(
            kind="outcome of a target", value=str(on), reason=f"is before {outcome.last_day}"
        )
    return outcome


def pace_between(earlier: Observation[CohortCount], later: Observation[CohortCount]) -> Pace:
    """How fast the cohort grew between two dated counts.

    Raises
    ------
    InvalidValueError
        A count has no day, or they are not in order.
    """
    if earlier.as_of is None or later.as_of is None:
        raise InvalidValueError(kind="count", value=earlier, reason="must have a day")
    grown = later.value.cities - earlier.value.cities
    return Pace(cities=grown, first_day=earlier.as_of, last_day=later.as_of)


def compare_announced_sizes(
    observations: Iterable[Observation[object]], *, named: dict[Date, int] | int | None = None
) -> tuple[AnnouncedSize, ...]:
    """Compare every announced size of a cohort with its announced waves.

    Parameters
    ----------
    observations
        Announcements of any kind; only counts and waves are looked at.
    named
        How many cities the register can name: one number for all days, or by day.

    Returns
    -------
    tuple of AnnouncedSize
        In the order of the days, those without one last.

    Notes
    -----
    A wave without a day counts for no day. Nothing is invented to make numbers agree.
    """
    everything = tuple(observations)
    waves = [
        (one.as_of, one.value.cities)
        for one in everything
        if isinstance(one.value, CohortWave) and one.as_of is not None
    ]
    compared = [
        _compare(one, one.value, waves, named)
        for one in everything
        if isinstance(one.value, CohortCount)
    ]
    return tuple(
        sorted(
            compared,
            key=lambda one: (one.day or Date.max, one.announced.source.title),
        )
    )


def _compare(
    observed: Observation[object],
    count: CohortCount,
    waves: list[tuple[Date, int]],
    named: dict[Date, int] | int | None,
) -> AnnouncedSize:
    day = observed.as_of
    if day is None and count.year is not None:
        day = Date(count.year, 12, 31)
    announced = Observation(value=count, source=observed.source, as_of=observed.as_of)
    known = named.get(day) if isinstance(named, dict) and day is not None else named
    return AnnouncedSize(
        announced=announced,
        day=day,
        from_waves=None
        if day is None
        else sum(cities for joined, cities in waves if joined <= day),
        named=None if day is None or isinstance(known, dict) else known,
    )
