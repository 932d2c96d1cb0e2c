"""Cities, consortia, applications and editions refuse what contradicts itself."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from utm.domain import (
    Application,
    ApplicationId,
    CallId,
    City,
    CityId,
    Consortium,
    ConsortiumId,
    CountryCode,
    Edition,
    EditionId,
    ExternalId,
    Need,
    Offer,
    Pairing,
    PairingId,
    PopulationBasis,
    PopulationFigure,
    Source,
    Taxonomy,
    Theme,
    ThemeId,
    Topic,
    TopicId,
    Unknown,
)
from utm.errors import InvalidValueError

SOURCE = Source(title="a list")
CYCLING = TopicId("mobility.cycling")
CHARGING = TopicId("mobility.charging")


def city(name: str, country: str = "PT") -> City:
    return City(id=CityId.of(country, name), name=name, country=CountryCode(country))


def application(**changes: object) -> Application:
    base = Application(
        id=ApplicationId("a-1"), call=CallId("city2city-2026"), applicant=city("Braga")
    )
    return attrs.evolve(base, **changes)


def test_a_new_city_knows_nothing_and_says_so() -> None:
    braga = city("Braga")

    assert isinstance(braga.coordinates, Unknown)
    assert isinstance(braga.timezone, Unknown)
    assert braga.populations == ()


def test_a_city_id_begins_with_its_country() -> None:
    with pytest.raises(InvalidValueError):
        City(id=CityId("es-braga"), name="Braga", country=CountryCode("PT"))


def test_a_city_is_found_under_every_name() -> None:
    chisinau = attrs.evolve(city("Chișinău", "MD"), aliases=("Kishinev",))

    assert chisinau.names == {"chisinau", "kishinev"}


def test_one_namespace_gives_one_key() -> None:
    keys = tuple(ExternalId(namespace="geonames", value=value) for value in ("1", "2"))
    with pytest.raises(InvalidValueError):
        attrs.evolve(city("Braga"), identifiers=keys)


@pytest.mark.parametrize("inhabitants", [-1, 1.5, True, "50000", float("nan")])
def test_inhabitants_are_counted_in_whole_numbers(inhabitants: int) -> None:
    with pytest.raises(InvalidValueError):
        PopulationFigure(inhabitants=inhabitants, basis=PopulationBasis.MUNICIPALITY, source=SOURCE)


def test_a_consortium_has_two_distinct_towns() -> None:
    braga = city("Braga")
    for members in ((), (braga,), (braga, braga)):
        with pytest.raises(InvalidValueError):
            Consortium(id=ConsortiumId("minho"), name="Minho", members=members)


@given(st.lists(st.floats(min_value=0.05, max_value=1), min_size=1, max_size=2))
def test_shares_of_needs_sum_to_one(shares: list[float]) -> None:
    needs = tuple(
        Need(topic=topic, weight_share=share)
        for topic, share in zip((CYCLING, CHARGING), shares, strict=False)
    )
    if abs(sum(shares) - 1) > 1e-9:
        with pytest.raises(InvalidValueError):
            application(needs=needs)
    else:
        assert application(needs=needs).needs == needs


def test_one_topic_is_offered_once() -> None:
    offers = (Offer(topic=CYCLING, maturity=2), Offer(topic=CYCLING, maturity=3))
    with pytest.raises(InvalidValueError):
        application(offers=offers)


@pytest.mark.parametrize("maturity", [0, 6, 2.0, True])
def test_maturity_runs_from_one_to_five(maturity: int) -> None:
    with pytest.raises(InvalidValueError):
        Offer(topic=CYCLING, maturity=maturity)


def test_an_edition_places_a_city_once() -> None:
    def pairing(number: int, *names: str) -> Pairing:
        return Pairing(
            id=PairingId(f"e-{number}"),
            theme=ThemeId("mobility"),
            focus="Cycling",
            topics=(CYCLING,),
            members=tuple(CityId.of("PT", name) for name in names),
        )

    with pytest.raises(InvalidValueError):
        pairing(1, "Braga")
    with pytest.raises(InvalidValueError):
        Edition(
            id=EditionId("e"),
            title="E",
            pairings=(pairing(1, "Braga", "Porto"), pairing(2, "Braga", "Faro")),
        )


def test_a_taxonomy_resolves_ids_and_labels_and_refuses_doubles() -> None:
    cycling = Topic(id=CYCLING, label="Cycling networks")
    mobility = Theme(id=ThemeId("mobility"), label="Sustainable Mobility", topics=(cycling,))
    taxonomy = Taxonomy(version="1", themes=(mobility,))

    assert taxonomy.resolve_topic(" MOBILITY.cycling ") == cycling
    assert taxonomy.resolve_topic("cycling  networks") == cycling
    assert taxonomy.resolve_topic("rowing") is None
    assert taxonomy.resolve_theme("sustainable mobility") == mobility
    with pytest.raises(InvalidValueError):
        taxonomy.topic(CHARGING)
    with pytest.raises(InvalidValueError):
        Taxonomy(version="1", themes=(mobility, mobility))
    with pytest.raises(InvalidValueError):
        Theme(id=ThemeId("cooling"), label="Cooling", topics=(cycling,))
