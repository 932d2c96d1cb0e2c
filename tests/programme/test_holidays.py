import sys
from datetime import date

import pytest
from pendulum import Date

from tests.programme.meeting_groups import LISTED_GROUPS
from utm.domain import CountryCode, Period
from utm.errors import ExtraMissingError, InvalidValueError
from utm.programme import Holiday, HolidayCalendar, ListedHolidays, national_holidays

YEAR = Period(start=Date(2025, 1, 1), end=Date(2026, 1, 1))
LISTED_COUNTRIES = sorted({code for group in LISTED_GROUPS.values() for _, code, _ in group.cities})


def listed(*days: Date, covers: Period = YEAR) -> ListedHolidays:
    return ListedHolidays(
        days=tuple(Holiday(day=day, name="Holiday") for day in days),
        covers=covers,
        source="a letter of the city",
    )


def test_a_list_gives_the_days_of_a_period_in_order() -> None:
    holidays = listed(Date(2025, 12, 25), Date(2025, 1, 1), Date(2025, 6, 1))
    spring = Period(start=Date(2025, 1, 1), end=Date(2025, 12, 25))
    assert [holiday.day for holiday in holidays.holidays_within(spring)] == [
        Date(2025, 1, 1),
        Date(2025, 6, 1),
    ]


@pytest.mark.parametrize(
    "period",
    [
        Period(start=Date(2024, 12, 31), end=Date(2025, 2, 1)),
        Period(start=Date(2025, 12, 1), end=Date(2026, 1, 2)),
        Period(start=Date(2025, 1, 1)),
    ],
)
def test_a_list_does_not_pass_for_days_that_it_does_not_cover(period: Period) -> None:
    with pytest.raises(InvalidValueError, match="is not covered by the list"):
        listed().holidays_within(period)


def test_a_list_with_a_day_twice_or_outside_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="name a day twice"):
        listed(Date(2025, 1, 1), Date(2025, 1, 1))
    with pytest.raises(InvalidValueError, match="outside the period of the list"):
        listed(Date(2026, 1, 1))


def test_a_holiday_is_exactly_a_date() -> None:
    with pytest.raises(InvalidValueError, match="day of a holiday"):
        Holiday(day=date(2025, 1, 1), name="New Year's Day")  # type: ignore[arg-type]


@pytest.mark.parametrize("country", LISTED_COUNTRIES)
def test_every_listed_country_has_a_calendar(country: str) -> None:
    holidays = national_holidays(CountryCode(country), YEAR)
    assert isinstance(holidays, HolidayCalendar)
    found = holidays.holidays_within(YEAR)
    assert all(type(holiday.day) is Date for holiday in found)
    assert bool(found) == (country != "UA")
    assert holidays.source.startswith("holidays ")
    assert holidays.source.endswith(country)


def test_ukraine_has_no_holidays_and_the_calendar_says_why() -> None:
    holidays = national_holidays(CountryCode("UA"), YEAR)
    assert holidays is not None
    assert holidays.days == ()
    assert "martial law" in holidays.remarks[0]


def test_the_weekend_of_nepal_is_not_believed_and_the_calendar_says_so() -> None:
    holidays = national_holidays(CountryCode("NP"), YEAR)
    assert holidays is not None
    assert "working weekdays" in holidays.remarks[0]


def test_estimated_days_are_marked_whatever_the_language_of_the_country() -> None:
    future = Period(start=Date(2030, 1, 1), end=Date(2031, 1, 1))
    holidays = national_holidays(CountryCode("MA"), future)
    assert holidays is not None
    estimated = [holiday for holiday in holidays.days if holiday.is_estimated]
    fixed = [holiday for holiday in holidays.days if not holiday.is_estimated]
    assert any("Eid" in holiday.name for holiday in estimated)
    assert Date(2030, 1, 1) in [holiday.day for holiday in fixed]


def test_holidays_of_a_subdivision_come_on_top_and_the_source_names_it() -> None:
    national = national_holidays(CountryCode("BR"), YEAR)
    state = national_holidays(CountryCode("BR"), YEAR, subdivision="BA")
    assert national is not None
    assert state is not None
    assert {h.day for h in national.days} < {h.day for h in state.days}
    assert state.source.endswith("BR-BA")


def test_an_unknown_subdivision_gives_no_calendar_rather_than_an_empty_one() -> None:
    assert national_holidays(CountryCode("BR"), YEAR, subdivision="nowhere") is None


def test_the_calendar_covers_both_ends_of_a_period_across_years() -> None:
    winter = Period(start=Date(2025, 12, 1), end=Date(2026, 2, 1))
    holidays = national_holidays(CountryCode("US"), winter)
    assert holidays is not None
    days = [holiday.day for holiday in holidays.days]
    assert days[0] == Date(2025, 12, 25)
    assert Date(2026, 1, 1) in days
    assert all(day in winter for day in days)


def test_an_open_period_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="must have an end"):
        national_holidays(CountryCode("US"), Period(start=Date(2025, 1, 1)))


def test_without_the_extra_the_error_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "holidays", None)
    with pytest.raises(ExtraMissingError, match=r"\[holidays\]"):
        national_holidays(CountryCode("US"), YEAR)
