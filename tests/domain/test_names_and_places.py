"""Names fold, countries resolve, places refuse what they cannot be."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utm.domain import (
    ClimateClass,
    Coordinates,
    CountryCode,
    LanguageCode,
    TimeZone,
    clean_name,
    fold_name,
    resolve_country,
)
from utm.errors import InvalidValueError


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold_name(fold_name(text)) == fold_name(text)


@given(st.text(max_size=60))
def test_composed_and_decomposed_spellings_fold_alike(text: str) -> None:
    assert fold_name(unicodedata.normalize("NFC", text)) == fold_name(
        unicodedata.normalize("NFD", text)
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Peñalolén", "PENALOLEN"),
        ("Strășeni", "straseni"),
        ("Yenişehir", "Yenisehir"),
        ("Bandırma", "bandirma"),
        ("Sekondi-Takoradi", "sekondi takoradi"),
        ("Łódź", "Lodz"),
    ],
)
def test_spellings_that_staff_use_fold_alike(one: str, other: str) -> None:
    assert fold_name(one) == fold_name(other)


@given(st.text(max_size=60))
def test_a_clean_name_stays_as_it_is(text: str) -> None:
    try:
        name = clean_name(text)
    except InvalidValueError:
        return
    assert clean_name(name) == name
    assert name == name.strip()


@pytest.mark.parametrize("text", ["", "  ", "a\x00b", "a\x1bb"])
def test_empty_names_and_control_characters_are_refused(text: str) -> None:
    with pytest.raises(InvalidValueError):
        clean_name(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [("NA", "NA"), ("na", "NA"), ("UK", "GB"), ("Türkiye", "TR"), ("turkey", "TR"), ("NAM", "NA")],
)
def test_codes_names_and_aliases_resolve(text: str, code: str) -> None:
    assert CountryCode.parse(text) == CountryCode(code)


def test_all_249_codes_of_the_standard_are_known_and_resolve_to_themselves() -> None:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    found = [a + b for a in letters for b in letters if resolve_country(a + b) is not None]
    own = [code for code in found if CountryCode.parse(code).value == code]

    assert len(own) == 249
    assert set(found) - set(own) == {"UK", "EL"}


@pytest.mark.parametrize("text", ["", "XX", "Atlantis", "N/A", "nan"])
def test_what_is_no_country_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError):
        CountryCode.parse(text)


def test_the_constructor_of_a_country_takes_iso_codes_only() -> None:
    with pytest.raises(InvalidValueError):
        CountryCode("UK")


@pytest.mark.parametrize("degrees", [90.5, -91, float("nan"), float("inf"), True, "12"])
def test_a_latitude_is_a_finite_number_within_ninety_degrees(degrees: float) -> None:
    with pytest.raises(InvalidValueError):
        Coordinates(latitude_degrees=degrees, longitude_degrees=0)


@pytest.mark.parametrize("name", ["", "CET", "EST", "Europe/Atlantis", "../etc/passwd", "+01:00"])
def test_a_time_zone_is_a_place_in_the_iana_database(name: str) -> None:
    with pytest.raises(InvalidValueError):
        TimeZone(name)


def test_zones_of_the_list_exist() -> None:
    for name in ("Asia/Kathmandu", "Europe/Kyiv", "America/Argentina/Cordoba"):
        assert str(TimeZone(name)) == name


def test_climate_classes_and_languages_follow_their_systems() -> None:
    assert ClimateClass("Csb").main_group == "C"
    for bad in ("Cs", "csb", "Xyz", "Csbb"):
        with pytest.raises(InvalidValueError):
            ClimateClass(bad)
    for bad in ("ES", "spanish", "e"):
        with pytest.raises(InvalidValueError):
            LanguageCode(bad)
