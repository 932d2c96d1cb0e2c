"""A closing time is an instant, whatever the clocks do that night; and the past is never open."""

from datetime import UTC, datetime, time, timedelta

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from pendulum import Date

from tests.funding.examples import opportunity as opportunity_of_the_world
from utm.domain import ClosingTime, Curation, Opportunity, TimeZone
from utm.domain.time_zone_data import read_zone
from utm.errors import InvalidValueError
from utm.funding import Availability, state_of
from utm.testing.funding import closing_times, instants_around, opportunities

BRUSSELS = TimeZone("Europe/Brussels")


def wall_of(closing: ClosingTime) -> datetime:
    at = closing.time_of_day
    day = datetime.fromisoformat(closing.day.isoformat())
    return day + timedelta(days=1) if at is None else datetime.combine(day, at)


def shown(instant: datetime, closing: ClosingTime) -> datetime:
    zone = read_zone(closing.zone.value if closing.zone else "Pacific/Kiritimati")
    return instant.astimezone(zone).replace(tzinfo=None, fold=0)


@given(closing_times())
def test_it_closes_when_the_clocks_first_show_the_time_or_leap_over_it(
    closing: ClosingTime,
) -> None:
    instant, wall = closing.instant, wall_of(closing)

    assert shown(instant, closing) >= wall
    moments = [instant - timedelta(minutes=m, microseconds=1) for m in range(0, 300, 5)]
    assert all(shown(moment, closing) < wall for moment in moments)


@pytest.mark.parametrize(
    ("day", "at", "zone", "instant"),
    [
        # an hour that is skipped: the leap itself
        ("2026-03-29", time(2, 30), "Europe/Brussels", "2026-03-29T01:00:00"),
        # an hour that is shown twice: its first showing
        ("2026-10-25", time(2, 30), "Europe/Brussels", "2026-10-25T00:30:00"),
        # the end of a day whose midnight is skipped
        ("2026-04-23", None, "Africa/Cairo", "2026-04-23T22:00:00"),
        ("2026-04-08", time(17), "Asia/Kathmandu", "2026-04-08T11:15:00"),
        # published as CET on a day of summer time: the zone of the place counts
        ("2023-05-03", time(13), "Europe/Brussels", "2023-05-03T11:00:00"),
    ],
)
def test_known_closing_times(day: str, at: time | None, zone: str, instant: str) -> None:
    closing = ClosingTime(day=Date.fromisoformat(day), time_of_day=at, zone=TimeZone(zone))

    assert closing.instant == datetime.fromisoformat(instant).replace(tzinfo=UTC)


def test_a_day_without_a_zone_ends_where_it_ends_first() -> None:
    closing = ClosingTime(day=Date(2026, 5, 1))

    assert closing.instant == datetime(2026, 5, 1, 10, tzinfo=UTC)


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(InvalidValueError):
        ClosingTime(day=Date(2026, 5, 1)).is_past(datetime.fromisoformat("2026-05-01"))


@given(opportunities(), st.data())
def test_what_is_past_stale_or_unverified_is_never_open(
    opportunity: Opportunity, data: st.DataObject
) -> None:
    moments = [each.instant for each in opportunity.deadlines]
    if opportunity.curation:
        check = opportunity.curation.next_check_on
        moments.append(datetime(check.year, check.month, check.day, tzinfo=UTC))
    near = data.draw(st.sampled_from(moments or [datetime(2026, 3, 29, tzinfo=UTC)]))
    at = data.draw(instants_around(near))
    state = state_of(opportunity, at=at)

    if opportunity.deadlines and all(at >= each.instant for each in opportunity.deadlines):
        assert state.availability is Availability.CLOSED
    if state.is_open:
        curation = opportunity.curation
        assert curation is not None
        assert not opportunity.forecast
        assert not opportunity.closed
        assert at.date() < curation.next_check_on
        assert opportunity.rolling or any(at < each.instant for each in opportunity.deadlines)
        assert (at + timedelta(hours=14)).date() >= curation.verified_on
    if state.next_closing is not None:
        assert state.days_left == (state.next_closing.instant - at) // timedelta(days=1)
        assert state.next_closing.instant > at


@given(opportunities(), st.data())
def test_once_closed_it_stays_closed(opportunity: Opportunity, data: st.DataObject) -> None:
    if not opportunity.deadlines:
        return
    last = opportunity.last_entry
    assert last is not None
    later = data.draw(st.integers(0, 10**9))

    at = last.instant + timedelta(seconds=later)
    assert state_of(opportunity, at=at).availability is Availability.CLOSED


@given(opportunities())
def test_one_microsecond_decides(opportunity: Opportunity) -> None:
    last = opportunity.last_entry
    if last is None:
        return
    before = last.instant - timedelta(microseconds=1)
    curation = Curation(
        verified_by="Desk", verified_on=Date(2020, 1, 1), next_check_on=Date(2035, 1, 1)
    )
    fresh = evolve(opportunity, curation=curation, forecast=False, closed=False)

    assert state_of(fresh, at=before).is_open
    assert not state_of(fresh, at=last.instant).is_open


def test_a_second_stage_is_no_door_for_new_applicants() -> None:
    first = ClosingTime(day=Date(2026, 3, 1), zone=BRUSSELS)
    second = ClosingTime(day=Date(2026, 9, 1), zone=BRUSSELS, stage=2)
    opportunity = evolve(opportunity_of_the_world(), deadlines=(first, second))
    at = datetime(2026, 5, 1, tzinfo=UTC)

    assert state_of(opportunity, at=at).availability is Availability.CLOSED


@given(opportunities(), st.data())
def test_what_its_provider_has_closed_is_closed_whatever_lies_ahead(
    opportunity: Opportunity, data: st.DataObject
) -> None:
    moments = [each.instant for each in opportunity.deadlines]
    near = data.draw(st.sampled_from(moments or [datetime(2026, 3, 29, tzinfo=UTC)]))
    state = state_of(evolve(opportunity, closed=True), at=data.draw(instants_around(near)))

    assert state.availability is Availability.CLOSED
    assert (state.next_closing, state.days_left) == (None, None)


def test_a_call_that_was_closed_early_is_not_said_to_have_closed_on_a_day_to_come() -> None:
    last = ClosingTime(day=Date(2026, 3, 1), zone=BRUSSELS)
    closed = evolve(opportunity_of_the_world(), deadlines=(last,), closed=True)
    reasons = [state_of(closed, at=datetime(2026, month, 1, tzinfo=UTC)).reason for month in (2, 4)]

    assert reasons == ["its provider takes no applications any longer", f"it closed on {last}"]


def test_a_stale_record_is_stale_as_soon_as_the_day_begins_anywhere() -> None:
    opportunity = evolve(opportunity_of_the_world(), rolling=True)
    begins = datetime(2026, 6, 30, 10, tzinfo=UTC)  # 1 July begins on Kiritimati

    assert state_of(opportunity, at=begins - timedelta(microseconds=1)).is_open
    assert state_of(opportunity, at=begins).availability is Availability.STALE


def test_an_opening_lies_ahead_until_it_comes() -> None:
    opens = ClosingTime(day=Date(2026, 2, 1), time_of_day=time(9), zone=BRUSSELS)
    opportunity = evolve(opportunity_of_the_world(), rolling=True, opens=opens)

    before = state_of(opportunity, at=opens.instant - timedelta(seconds=1))
    assert before.availability is Availability.NOT_YET_OPEN
    assert state_of(opportunity, at=opens.instant).is_open
