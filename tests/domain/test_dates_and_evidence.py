"""Days are days, periods half-open, waivers end, evidence carries its source."""

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pendulum import Date

from utm.domain import (
    CityId,
    Observation,
    Period,
    Source,
    Unknown,
    UnknownReason,
    Waiver,
    WaiverCategory,
    add_months,
    civil_date,
)
from utm.errors import InvalidValueError

DAYS = st.dates().map(lambda day: Date(day.year, day.month, day.day))


@given(DAYS)
def test_a_written_day_is_read_back(day: Date) -> None:
    assert civil_date(day.isoformat()) == day
    assert type(civil_date(day.isoformat())) is Date


@pytest.mark.parametrize(
    "text", ["now", "2026", "20260101", "2026-W01-1", "01/02/2026", "2026-13-01"]
)
def test_only_iso_days_are_days(text: str) -> None:
    with pytest.raises(InvalidValueError):
        civil_date(text)


@given(DAYS, DAYS, DAYS)
def test_a_period_holds_its_start_and_not_its_end(start: Date, end: Date, day: Date) -> None:
    if end <= start:
        with pytest.raises(InvalidValueError):
            Period(start=start, end=end)
        return
    period = Period(start=start, end=end)

    assert start in period
    assert end not in period
    assert (day in period) == (start <= day < end)


@given(DAYS, DAYS, DAYS)
def test_periods_overlap_exactly_when_they_share_a_day(a: Date, b: Date, c: Date) -> None:
    first, second, third = sorted({a, b, c})[:1] * 3 if len({a, b, c}) < 3 else sorted({a, b, c})
    if first == third:
        return
    earlier, later = Period(start=first, end=second), Period(start=second, end=third)

    assert not earlier.overlaps(later)
    assert not later.overlaps(earlier)
    assert earlier.overlaps(Period(start=first, end=third))
    assert Period(start=first).overlaps(later)


def test_a_moment_does_not_pass_for_a_day() -> None:
    with pytest.raises(InvalidValueError):
        Period(start=pendulum.datetime(2026, 1, 1))


def test_months_are_clamped_to_the_end_of_the_month() -> None:
    assert add_months(Date(2025, 11, 30), 3) == Date(2026, 2, 28)
    assert add_months(Date(2027, 11, 30), 3) == Date(2028, 2, 29)


def test_an_observation_needs_a_source_with_a_title() -> None:
    with pytest.raises(InvalidValueError):
        Source(title=" ")
    observed = Observation(value=97, source=Source(title="news"), as_of=Date(2023, 12, 12))
    assert observed.value == 97


def test_an_unknown_says_why() -> None:
    unknown = Unknown(reason=UnknownReason.AMBIGUOUS_ENTITY, note="three places")
    assert str(unknown) == "unknown (ambiguous entity: three places)"


def _waiver(expires_on: Date | None) -> Waiver:
    return Waiver(
        criterion="population",
        subject=CityId("ma-chefchaouen"),
        category=WaiverCategory.WAIVED,
        authority="the programme board",
        reason="runs the regional centre",
        issued_on=Date(2026, 1, 1),
        expires_on=expires_on,
    )


def test_a_waiver_does_not_hold_on_the_day_it_expires() -> None:
    waiver = _waiver(Date(2026, 6, 1))

    assert waiver.holds_on(Date(2026, 1, 1))
    assert waiver.holds_on(Date(2026, 5, 31))
    assert not waiver.holds_on(Date(2026, 6, 1))
    assert not waiver.holds_on(Date(2025, 12, 31))
    assert _waiver(None).holds_on(Date(2099, 1, 1))


def test_a_waiver_cannot_expire_before_it_is_issued() -> None:
    with pytest.raises(InvalidValueError):
        _waiver(Date(2026, 1, 1))
