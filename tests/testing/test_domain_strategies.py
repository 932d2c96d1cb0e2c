"""The strategies make what they promise, and enough of what is rare."""

import attrs
import pytest
from hypothesis import Phase, find, given, settings
from pendulum import Date

import utm.testing.applications as about_applications
import utm.testing.domain as about_facts
from utm.domain import Application, City, Consortium, CountryCode, Unknown, UnknownReason

# Shrinking what is found would take most of the time and show nothing.
SEARCH = settings(phases=[Phase.generate], max_examples=2_000)
SCALARS = {"known_or_unknown", "members"}
STRATEGIES = [
    getattr(module, name)
    for module in (about_facts, about_applications)
    for name in module.__all__
    if name not in SCALARS
]


@pytest.mark.parametrize("strategy", STRATEGIES, ids=lambda strategy: strategy.__name__)
def test_every_strategy_makes_values_without_fail(strategy):
    @settings(max_examples=10)
    @given(strategy())
    def check(value):
        hash(value)

    check()


@given(about_facts.cities())
def test_cities_are_frozen_facts_with_the_key_of_their_name(city: City):
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        city.name = "other"
    assert city.id.value.startswith(city.country.value.lower())


@pytest.mark.parametrize(
    "condition",
    [
        lambda city: city.country == CountryCode("NA"),
        lambda city: not city.name.isascii(),
        lambda city: isinstance(city.timezone, Unknown),
        lambda city: (
            isinstance(city.climate, Unknown) and city.climate.reason is UnknownReason.CONFLICTING
        ),
        lambda city: len(city.populations) > 1,
        lambda city: any(figure.inhabitants == 49_999 for figure in city.populations),
    ],
)
def test_cities_reach_what_programs_stumble_over(condition):
    assert condition(find(about_facts.cities(), condition, settings=SEARCH))


def test_days_reach_the_leap_day():
    assert find(about_facts.dates(), lambda day: (day.month, day.day) == (2, 29), settings=SEARCH)


@given(about_facts.dates(first=Date(2026, 1, 1), last=Date(2026, 1, 2)))
def test_days_stay_within_their_bounds(day):
    assert Date(2026, 1, 1) <= day <= Date(2026, 1, 2)


def test_applications_of_consortia_are_found():
    found = find(
        about_applications.applications(),
        lambda made: isinstance(made.applicant, Consortium) and bool(made.needs),
        settings=SEARCH,
    )

    assert isinstance(found, Application)
