"""Public holidays as data: what a member's calendar says, and where that was read."""

from __future__ import annotations

from importlib import metadata
from typing import Protocol, runtime_checkable

from attrs import frozen
from pendulum import Date

from utm.domain import CountryCode, Period
from utm.domain.dates import require_date
from utm.errors import ExtraMissingError, InvalidValueError

__all__ = ["Holiday", "HolidayCalendar", "ListedHolidays", "national_holidays"]

_REMARKS = {
    "NP": (
        "the working week of Nepal is not taken from the holiday data, which calls Saturday and "
        "Sunday its weekend while many offices there rest on Saturday alone; "
        "set the working weekdays of the city"
    ),
    "UA": (
        "the holiday data give no public holidays for Ukraine, where they are working days "
        "under martial law"
    ),
}


@frozen(kw_only=True, order=True)
class Holiday:
    """A day without office work.

    Parameters
    ----------
    day
        The local day.
    name
        What it is called.
    is_estimated
        The day follows a calendar that is fixed by observation or by decree, and
        may still move by a day or two.
    """

    day: Date
    name: str
    is_estimated: bool = False

    def __attrs_post_init__(self) -> None:
        require_date(self.day, kind="day of a holiday")


@runtime_checkable
class HolidayCalendar(Protocol):
    """Whatever can say which days of a period are holidays of a member."""

    @property
    def source(self) -> str:
        """Where the days were read, with a version."""
        ...

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a planner should know about the days, as clauses."""
        ...

    def holidays_within(self, period: Period) -> tuple[Holiday, ...]:
        """The holidays of a period, in order of day."""
        ...


@frozen(kw_only=True)
class ListedHolidays:
    """Holidays as a plain list, e.g. as a city itself has sent it.

    Parameters
    ----------
    days
        The holidays; each day at most once.
    covers
        The period for which the list is complete; outside of it nothing is known.
    source
        Where the list was read.
    remarks
        What a planner should know about it, as clauses.
    """

    days: tuple[Holiday, ...]
    covers: Period
    source: str
    remarks: tuple[str, ...] = ()

    def __attrs_post_init__(self) -> None:
        listed = [holiday.day for holiday in self.days]
        if len(set(listed)) < len(listed):
            raise InvalidValueError(kind="holidays", value=self.source, reason="name a day twice")
        outside = [day for day in listed if day not in self.covers]
        if outside:
            raise InvalidValueError(
                kind="holidays", value=outside[0], reason="lies outside the period of the list"
            )

    def holidays_within(self, period: Period) -> tuple[Holiday, ...]:
        """The listed holidays of a period, in order of day.

        Raises
        ------
        InvalidValueError
            The period reaches beyond the one that the list covers.
        """
        ends_too_late = self.covers.end is not None and (
            period.end is None or period.end > self.covers.end
        )
        if period.start < self.covers.start or ends_too_late:
            raise InvalidValueError(
                kind="period of holidays",
                value=str(period),
                reason=f"is not covered by the list, which is for {self.covers}",
            )
        return tuple(sorted(holiday for holiday in self.days if holiday.day in period))


def national_holidays(
    country: CountryCode, period: Period, *, subdivision: str | None = None
) -> ListedHolidays | None:
    """Public holidays of a country, from the ``holidays`` distribution (an extra).

    The days are copied out at once, so that the result never changes.

    Parameters
    ----------
    country
        The country.
    period
        The days wanted; it must have an end.
    subdivision
        Code of a state or province as that distribution spells it; its holidays are
        added to the national ones. Without it local holidays are missing.

    Returns
    -------
    ListedHolidays or None
        ``None`` when the distribution does not know the country or subdivision.

    Raises
    ------
    ExtraMissingError
        The ``holidays`` extra is not installed.
    InvalidValueError
        The period has no end.
    """
    if period.end is None:
        raise InvalidValueError(kind="period", value=str(period), reason="must have an end")
    try:
        import holidays  # noqa: PLC0415 - an extra that takes 0.2 s to import
    except ImportError as error:
        raise ExtraMissingError(feature="public holidays", extra="holidays") from error
    years = range(period.start.year, period.end.year + 1)
    try:
        language = _english(holidays.country_holidays(country.value).supported_languages)
        found = holidays.country_holidays(
            country.value, subdiv=subdivision, years=years, expand=False, language=language
        )
    except NotImplementedError:
        return None
    listed = (
        Holiday(
            day=Date(day.year, day.month, day.day),
            name=name,
            is_estimated="estimated" in name.casefold(),
        )
        for day, name in sorted(found.items())
    )
    place = country.value if subdivision is None else f"{country.value}-{subdivision}"
    return ListedHolidays(
        days=tuple(holiday for holiday in listed if holiday.day in period),
        covers=period,
        source=f"holidays {metadata.version('holidays')}, {place}",
        remarks=(_REMARKS[country.value],) if country.value in _REMARKS else (),
    )


def _english(languages: tuple[str, ...]) -> str | None:
    """Choose English, in which an estimated day says so of itself."""
    return min((code for code in languages if code.startswith("en")), default=None)
