"""Public holidays for commands: looked up once a country, without the extra none."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from utm.cli.terminal import say
from utm.domain import CountryCode, Period
from utm.errors import ExtraMissingError
from utm.programme import HolidayCalendar, national_holidays

__all__ = ["holidays_by_country"]


def holidays_by_country(
    year: Period, *, is_wanted: bool = True, quiet: bool = False
) -> Callable[[CountryCode], HolidayCalendar | None]:
    """Look up public holidays by country, once each; without the extra none are known."""
    is_available = is_wanted

    @cache
    def of_country(country: CountryCode) -> HolidayCalendar | None:
        nonlocal is_available
        if not is_available:
            return None
        try:
            return national_holidays(country, year)
        except ExtraMissingError as missing:
            is_available = False
            say(f"warning: {missing}; meetings may fall on holidays", quiet=quiet)
            return None

    return of_country
