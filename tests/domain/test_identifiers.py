"""Identifiers: exact inside, tolerant at the border."""

import pickle

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from utm.domain import CityId, CountryCode, ExternalId, ThemeId, TopicId
from utm.errors import InvalidValueError

NAMES = st.text(min_size=1, max_size=200)


@given(NAMES)
@example("!!")
@example("東京")
@example("x-" * 60)
@example("İstanbul")
def test_every_name_has_a_key_that_the_grammar_admits(name: str) -> None:
    key = CityId.of("TR", name)

    assert CityId(key.value) == key
    assert key.value.startswith("tr-")


def test_names_that_differ_only_in_another_script_have_different_keys() -> None:
    assert CityId.of("JP", "東京") != CityId.of("JP", "京都")
    assert CityId.of("JP", "!!") != CityId.of("JP", "??")


def test_spellings_of_one_name_have_one_key() -> None:
    keys = {CityId.of("TR", name) for name in ("Bandırma", "Bandirma", "BANDIRMA", " bandırma ")}

    assert keys == {CityId("tr-bandirma")}


def test_parse_is_tolerant_and_the_constructor_is_exact() -> None:
    assert CityId.parse(" FI-Turku ") == CityId("fi-turku")
    for text in ("", "FI-Turku", "turku", "fi-", "fi--turku", "fi-turku\n", "fi-" + "a" * 200):
        with pytest.raises(InvalidValueError):
            CityId(text)


def test_a_city_lies_in_a_country_that_there_is() -> None:
    assert CityId("fi-turku").country == CountryCode("FI")
    assert CityId("xk-prizren").country == CountryCode("XK")
    for text in ("zz-atlantis", "uk-leeds", "eu-brussels"):
        with pytest.raises(InvalidValueError, match="begins with no ISO 3166-1") as caught:
            CityId(text)
        assert caught.value.value == text


def test_identifiers_of_different_kinds_are_never_equal() -> None:
    assert ThemeId("mobility") != TopicId("mobility.cycling").theme.value
    assert ThemeId("mobility") == TopicId("mobility.cycling").theme


@pytest.mark.parametrize("value", ["", " 1", "1\n", "a\x00"])
def test_an_external_id_is_printable_text(value: str) -> None:
    with pytest.raises(InvalidValueError):
        ExternalId(namespace="geonames", value=value)


def test_an_external_id_keeps_its_leading_zeros() -> None:
    assert str(ExternalId(namespace="fips", value="01003")) == "fips:01003"


def test_an_error_survives_pickling_with_its_facts() -> None:
    with pytest.raises(InvalidValueError) as caught:
        CityId("Turku")

    revived = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own bytes

    assert (revived.kind, revived.value, revived.reason) == (
        "city id",
        "Turku",
        caught.value.reason,
    )
    assert str(revived) == str(caught.value)
