"""What the joint call of 2022 means for the 51 listed cities."""

from collections import Counter
from datetime import UTC, datetime

from pendulum import Date

from utm.domain import EUROPEAN_UNION, City, CityId
from utm.funding import (
    MICALL_2022,
    Availability,
    Listing,
    Seeker,
    complete_group,
    match_city,
    match_group,
    member_of,
    price_by_topics,
)
from utm.reference import city2city_2026
from utm.rules import Verdict

REGISTER = city2city_2026()
CALL = Listing.listed(MICALL_2022)
DAY = Date(2022, 10, 1)
CITIES: dict[CityId, City] = {
    member.id: member for each in REGISTER.applications for member in each.cities
}


def test_the_call_counts_27_countries_of_which_4_are_listed_for_city2city() -> None:
    counted = set(MICALL_2022.opportunity.places[0].countries)
    listed = {city.country for city in CITIES.values()}

    assert (len(counted), len(listed), len(CITIES)) == (27, 26, 51)
    assert {country.value for country in counted & listed} == {"ES", "PT", "TR", "GB"}


def test_11_of_the_51_cities_lie_in_countries_of_the_call() -> None:
    members = [member_of(city, listing=CALL, on=DAY) for city in CITIES.values()]

    assert Counter(member.verdict for member in members) == {Verdict.MET: 11, Verdict.UNMET: 40}


def test_no_single_group_meets_three_partners_from_three_countries() -> None:
    matches = [
        match_group([CITIES[key] for key in pairing.members], CALL, on=DAY)
        for pairing in REGISTER.edition.pairings
    ]
    counted = Counter(match.clauses[0].sure for match in matches)

    assert [match.verdict for match in matches] == [Verdict.UNMET] * 19
    assert counted == {0: 10, 1: 7, 2: 2}


def test_every_group_can_be_completed_by_cities_of_other_groups() -> None:
    pool = [member_of(each, listing=CALL, on=DAY) for each in REGISTER.applications]
    for pairing in REGISTER.edition.pairings:
        members = tuple(member_of(CITIES[key], listing=CALL, on=DAY) for key in pairing.members)
        found = complete_group(
            members, pool, CALL.opportunity, price=price_by_topics(pairing.topics)
        )
        lacking = 3 - found.before.clauses[0].sure

        assert found.is_possible
        # With two partners of one country, or none, as many as are lacking always suffice.
        assert len(found.added) >= lacking
        countries = {m.country for m in found.after.members if m.verdict is Verdict.MET}
        assert len(countries) >= 3


def test_the_call_of_2022_is_closed_today() -> None:
    seeker = Seeker(application=REGISTER.applications[0])
    at = datetime(2026, 1, 8, tzinfo=UTC)
    (found,) = match_city(seeker, [CALL], at=at, providers=EUROPEAN_UNION)

    assert found.state.availability is Availability.CLOSED
    assert found.needs_partners
