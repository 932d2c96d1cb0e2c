from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pendulum import Date, DateTime

from tests.programme.meeting_groups import YEAR_2025, attendee
from utm.domain import Period, TimeZone, Unknown, UnknownReason
from utm.errors import InvalidValueError
from utm.programme import Attendee, MeetingRules


@pytest.mark.parametrize(
    ("given_values", "kind"),
    [
        ({"number": 0}, "number of meetings"),
        ({"number": 4.0}, "number of meetings"),
        ({"number": True}, "number of meetings"),
        ({"duration_minutes": 0}, "duration of a meeting"),
        ({"duration_minutes": 1440}, "duration of a meeting"),
        ({"minimum_spacing_days": 0}, "minimum spacing of meetings"),
        ({"minimum_spacing_days": 121}, "spacing of meetings"),
        ({"grid_minutes": 20}, "grid of meetings"),
        ({"grid_minutes": 75}, "grid of meetings"),
        ({"blackout_days": (DateTime(2025, 1, 1),)}, "blackout day"),
        ({"year": Period(start=Date(2025, 1, 1))}, "programme year"),
        ({"year": Period(start=Date(1972, 1, 1), end=Date(1973, 1, 1))}, "programme year"),
    ],
)
def test_impossible_rules_are_refused_by_name(given_values: dict[str, Any], kind: str) -> None:
    with pytest.raises(InvalidValueError) as refusal:
        MeetingRules(**{"year": YEAR_2025, **given_values})
    assert refusal.value.kind == kind


@given(number=st.integers(1, 12), first=st.integers(0, 100))
def test_meetings_at_even_distance_are_perfectly_even(number: int, first: int) -> None:
    start = Date(2025, 1, 1)
    rules = MeetingRules(year=Period(start=start, end=start.add(days=30 * number)), number=number)
    dates = tuple(start.add(days=first + 30 * ordinal) for ordinal in range(number))
    assert rules.unevenness(dates) == 0


@given(gap=st.integers(-20, 20))
def test_unevenness_grows_with_the_square_of_the_distance_from_even(gap: int) -> None:
    start = Date(2025, 1, 1)
    rules = MeetingRules(year=Period(start=start, end=start.add(days=120)))
    assert rules.unevenness((start, start.add(days=30 + gap))) == (4 * gap) ** 2


def test_the_programme_year_counts_its_days() -> None:
    assert MeetingRules(year=YEAR_2025).days == 365


@pytest.mark.parametrize("weekdays", [(), (0,), (8,), (1, 1), (True, 2), (1.0,)])
def test_impossible_working_weeks_are_refused(weekdays: tuple[int, ...]) -> None:
    with pytest.raises(InvalidValueError, match="working weekdays"):
        attendee("Asia/Kathmandu", weekdays=weekdays)


@pytest.mark.parametrize(("key", "name"), [("", "A"), ("a", " "), ("a\x00", "A")])
def test_attendees_without_a_usable_name_are_refused(key: str, name: str) -> None:
    with pytest.raises(InvalidValueError, match="of an attendee"):
        Attendee(key=key, name=name, timezone=TimeZone("Asia/Kathmandu"))


def test_a_zone_is_never_a_bare_text_or_nothing() -> None:
    for zone in ("Asia/Kathmandu", None):
        with pytest.raises(InvalidValueError, match="Unknown with a reason"):
            Attendee(key="a", name="A", timezone=zone)  # type: ignore[arg-type]
    unknown = Unknown(reason=UnknownReason.AMBIGUOUS_ENTITY)
    assert Attendee(key="a", name="A", timezone=unknown).timezone is unknown
