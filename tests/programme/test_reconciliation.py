"""Announced sizes beside counted ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utm.domain import (
    City,
    CityId,
    Consortium,
    ConsortiumId,
    CountryCode,
    Edition,
    EditionId,
    Headline,
    Observation,
    Pairing,
    PairingId,
    Source,
    ThemeId,
    TopicId,
)
from utm.errors import InvalidValueError
from utm.programme import reconcile

PAGE = Source(title="A page")
COUNTRIES = ("BR", "NA", "NP", "TR")


def city(number, country):
    return City(
        id=CityId(f"{country.lower()}-town-{number}"),
        name=f"Town {number}",
        country=CountryCode(country),
    )


def edition(groups, *headlines):
    return Edition(
        id=EditionId("an-edition"),
        title="An edition",
        pairings=tuple(
            Pairing(
                id=PairingId(f"an-edition-{number}"),
                theme=ThemeId("energy"),
                focus="Storage",
                topics=(TopicId("energy.storage"),),
                members=tuple(member.id for member in members),
            )
            for number, members in enumerate(groups)
        ),
        headlines=tuple(Observation(value=headline, source=PAGE) for headline in headlines),
    )


@st.composite
def groups_of_cities(draw):
    sizes = draw(st.lists(st.integers(2, 4), min_size=1, max_size=6))
    countries = draw(st.lists(st.sampled_from(COUNTRIES), min_size=sum(sizes), max_size=sum(sizes)))
    cities = iter([city(number, country) for number, country in enumerate(countries)])
    return [[next(cities) for _ in range(size)] for size in sizes]


numbers = st.integers(0, 60)


@given(
    groups=groups_of_cities(),
    announced=st.builds(Headline, pairings=numbers, cities=numbers, countries=numbers),
    data=st.data(),
)
def test_differences_are_what_is_counted_less_what_is_announced(groups, announced, data):
    cities = [member for members in groups for member in members]
    shuffled = data.draw(st.permutations(cities))

    (comparison,) = reconcile(edition(groups, announced), shuffled).comparisons

    assert comparison.pairings_difference == len(groups) - announced.pairings
    assert comparison.cities_difference == len(cities) - announced.cities
    assert (
        comparison.countries_difference
        == len({member.country for member in cities}) - announced.countries
    )


@given(groups=groups_of_cities())
def test_a_register_agrees_with_the_announcement_of_its_own_size(groups):
    cities = [member for members in groups for member in members]
    listed = reconcile(edition(groups), cities).listed

    result = reconcile(edition(groups, listed), cities)

    assert result.agrees
    assert "as announced" in str(result)
    assert "fewer" not in str(result)
    assert "more" not in str(result)


def test_every_announcement_is_compared_by_itself():
    cities = [city(1, "NP"), city(2, "BR")]
    right, wrong = (
        Headline(pairings=1, cities=2, countries=2),
        Headline(pairings=1, cities=3, countries=2),
    )

    result = reconcile(edition([cities], right, wrong), cities)

    assert [comparison.agrees for comparison in result.comparisons] == [True, False]
    assert not result.agrees


def test_the_sentence_names_only_what_differs_and_explains_nothing():
    cities = [city(1, "NP"), city(2, "BR")]
    announced = Headline(pairings=1, cities=4, countries=1)

    (sentence,) = reconcile(edition([cities], announced), cities).sentences

    assert sentence == (
        "“A page” announces 1 pairing, 4 cities and 1 country; the register holds 1 pairing, "
        "2 cities and 2 countries: 2 cities fewer and 1 country more. Why they differ is not "
        "known, and nothing has been added to make them agree."
    )


def test_without_an_announcement_the_register_is_only_counted():
    cities = [city(1, "NP"), city(2, "BR")]

    result = reconcile(edition([cities]), cities)

    assert result.agrees
    assert str(result) == (
        "The register holds 1 pairing, 2 cities and 2 countries; no size was announced."
    )


def test_the_towns_of_a_consortium_are_counted_one_by_one():
    towns = Consortium(
        id=ConsortiumId("three-towns"),
        name="Three towns",
        members=(city(1, "NP"), city(2, "NP"), city(3, "NP")),
    )
    partner = city(4, "BR")

    listed = reconcile(edition([[towns, partner]]), [towns, partner]).listed

    assert listed == Headline(pairings=1, cities=4, countries=2)


def test_participants_of_no_group_are_not_counted():
    cities = [city(1, "NP"), city(2, "BR")]

    listed = reconcile(edition([cities]), [*cities, city(3, "TR")]).listed

    assert listed == Headline(pairings=1, cities=2, countries=2)


def test_a_member_without_facts_is_refused():
    cities = [city(1, "NP"), city(2, "BR")]

    with pytest.raises(InvalidValueError, match="br-town-2"):
        reconcile(edition([cities]), cities[:1])
