"""Finding a city by whatever a person writes for it."""

import pickle
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utm.domain import City, CityId, CountryCode
from utm.errors import UnresolvedNameError
from utm.reference import city2city_2026
from utm.reference.lookup import find_city

REGISTER = city2city_2026()
CITIES = st.sampled_from(REGISTER.cities)
RESTYLE = st.sampled_from(
    [
        str.upper,
        str.lower,
        str.swapcase,
        "  {}\t".format,
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.replace(" ", "-"),
    ]
)


@given(city=CITIES, restyle=RESTYLE, data=st.data())
def test_every_city_is_found_by_each_of_its_names_however_typed(city, restyle, data):
    name = data.draw(st.sampled_from((city.name, *city.aliases)))
    assert REGISTER.find(restyle(name)) is city


@given(city=CITIES, data=st.data())
def test_every_city_is_found_by_its_keys(city, data):
    keys = [city.id.value, *map(str, city.identifiers)]
    assert REGISTER.find(data.draw(st.sampled_from(keys))) is city


@given(city=CITIES, form=st.sampled_from(["{} ({})", "{}, {}", "{},{} ", "{}({})"]), data=st.data())
def test_every_city_is_found_by_name_and_country(city, form, data):
    name = data.draw(st.sampled_from((city.name, *city.aliases)))
    country = city.country.country
    written = data.draw(st.sampled_from([country.alpha2, country.alpha3, country.name]))
    assert REGISTER.find(form.format(name, written)) is city


@given(text=st.text(max_size=40))
def test_any_text_gives_a_city_or_names_what_else_to_ask_for(text):
    problem = None
    found = None
    try:
        found = REGISTER.find(text)
    except UnresolvedNameError as error:
        problem = error

    if problem is None:
        assert found in REGISTER.cities
    else:
        assert problem.value == text
        assert len(problem.candidates) > 1 or not problem.fits


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Peñaloen", "cl-penalolen"),
        ("penalolen", "cl-penalolen"),
        ("Bandirma", "tr-bandirma"),
        ("BANDIRMA", "tr-bandirma"),
        ("Bandırma", "tr-bandirma"),
        ("UK", "gb-birmingham"),
        ("Birmingham (UK)", "gb-birmingham"),
        ("Birmingham, United Kingdom", "gb-birmingham"),
        ("NA", "na-walvis-bay"),
        ("Walvis Bay (NA)", "na-walvis-bay"),
        ("Miami-Dade", "us-miami-dade-county"),
        ("Straseni (MD)", "md-straseni"),
        ("Panjim", "in-panaji"),
        ("geonames:2655603", "gb-birmingham"),
        ("unlocode:TR COR", "tr-corlu"),
        ("fips:12086", "us-miami-dade-county"),
    ],
)
def test_published_and_usual_spellings_resolve(written, key):
    assert REGISTER.find(written).id.value == key


def test_the_published_spelling_of_every_member_resolves_to_the_member():
    from utm.reference.files import read_rows

    for row, city in zip(read_rows("listed_cities"), REGISTER.cities, strict=True):
        assert REGISTER.find(f"{row['published_name']} ({row['published_country']})") is city


def test_a_country_with_several_cities_names_them_all():
    with pytest.raises(UnresolvedNameError) as caught:
        REGISTER.find("Brazil")

    assert caught.value.fits
    assert [candidate.rpartition(" ")[2] for candidate in caught.value.candidates] == [
        "br-belo-horizonte",
        "br-salvador",
        "br-porto-alegre",
        "br-rio-de-janeiro",
    ]
    assert "fits 4: Belo Horizonte (BR), br-belo-horizonte; " in str(caught.value)


def test_a_misspelt_name_is_refused_with_the_nearest_one():
    with pytest.raises(UnresolvedNameError, match=r"nearest to it: Peñalolén \(CL\)") as caught:
        REGISTER.find("Penalolem")
    assert not caught.value.fits


def test_a_name_in_the_wrong_country_is_not_found():
    with pytest.raises(UnresolvedNameError):
        REGISTER.find("Birmingham (US)")


def test_a_name_that_two_cities_bear_is_refused_unless_the_country_decides():
    cities = tuple(
        City(id=CityId(f"{country.lower()}-cuenca"), name="Cuenca", country=CountryCode(country))
        for country in ("EC", "ES")
    )

    with pytest.raises(UnresolvedNameError, match="fits 2"):
        find_city(cities, "Cuenca")
    assert find_city(cities, "Cuenca (ES)").id.value == "es-cuenca"


def test_a_very_long_text_is_refused_and_shortened_in_the_message():
    with pytest.raises(UnresolvedNameError) as caught:
        REGISTER.find("x" + " " * 10_000 + "(")
    assert len(str(caught.value)) < 300


def test_the_error_survives_pickling():
    error = UnresolvedNameError(kind="city", value="x", candidates=("a", "b"), fits=True)
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert str(again) == str(error)
    assert again.candidates == error.candidates
