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
    is_in_europe,
    name_key,
    resolve_country,
)
from utm.domain.prose import require_prose
from utm.domain.unseen import is_unseen, says_nothing
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


MARKS_OF_DIRECTION = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@pytest.mark.parametrize("unseen", [*MARKS_OF_DIRECTION, *"\u200b\u2060\ufeff\u3164"], ids=ascii)
@pytest.mark.parametrize("place", ["An{}a", "{}Ana", "Ana{}"])
def test_what_nobody_sees_is_refused_in_names_and_prose_and_told(unseen: str, place: str) -> None:
    text = place.format(unseen)

    with pytest.raises(InvalidValueError, match=f"U\\+{ord(unseen):04X}"):
        clean_name(text)
    with pytest.raises(InvalidValueError, match=f"U\\+{ord(unseen):04X}"):
        require_prose(text, kind="lesson")


def test_all_that_nobody_sees_is_told_at_once() -> None:
    with pytest.raises(InvalidValueError, match=r"U\+202E, U\+200B$"):
        require_prose("a\u202eb\u200bc\u202e\n", kind="lesson")


@pytest.mark.parametrize("text", ["می\u200cخواهم", "क्\u200dष", "👩\u200d🚀", "शक्\u200cति"])
def test_joiners_that_scripts_need_are_kept_and_tell_no_two_names_apart(text: str) -> None:
    bare = text.replace("\u200c", "").replace("\u200d", "")

    assert clean_name(text) == text
    require_prose(text, kind="lesson")
    assert fold_name(text) == fold_name(bare)


@pytest.mark.parametrize("text", ["\u200d", " \u200c\n", "\ufe0f", "\u00ad"])
def test_a_text_of_which_nothing_is_seen_is_empty(text: str) -> None:
    with pytest.raises(InvalidValueError, match="empty"):
        clean_name(text)
    with pytest.raises(InvalidValueError, match="empty"):
        require_prose(text, kind="lesson")


@pytest.mark.parametrize(
    "spelled", ["An\u200ba", "An\u00ada", "\u202eAna", "An\u2060a\ufeff", "An\u034fa", "Ana\ufe0f"]
)
def test_names_that_look_the_same_fold_alike(spelled: str) -> None:
    assert fold_name(spelled) == fold_name("Ana")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("रवि", "रवा"), ("मीना", "मोना"), ("क्त", "कत"), ("กิม", "กุม"), ("กุ", "กู"), ("ปา", "ป่า"),
        ("ຈຸ", "ຈູ"), ("བོད", "བད"), ("がき", "かき"),
    ],
)  # fmt: skip
def test_signs_of_other_scripts_tell_names_apart(one: str, other: str) -> None:
    assert fold_name(one) != fold_name(other)
    assert " " not in fold_name(one)


@pytest.mark.parametrize(
    ("bare", "marked"), [("שלום", "שָׁלוֹם"), ("دبي", "دُبَيّ"), ("αθηνα", "Αθήνα"), ("aeon", "Ǣon")]
)
def test_accents_and_points_that_may_be_left_out_tell_no_two_names_apart(
    bare: str, marked: str
) -> None:
    assert fold_name(marked) == fold_name(bare)


def test_names_without_letters_are_compared_as_they_are() -> None:
    assert name_key("★") == name_key(" ★ ") != name_key("☆")
    assert name_key("Chloé") == name_key("chloe")


@given(st.text(max_size=60))
def test_no_clean_name_and_no_prose_holds_what_nobody_sees(text: str) -> None:
    try:
        name = clean_name(text)
        require_prose(text, kind="lesson")
    except InvalidValueError:
        return
    assert not any(is_unseen(one) for one in name)
    assert not any(is_unseen(one) for one in text if one not in "\n\t")
    assert not says_nothing(name)


@pytest.mark.parametrize(
    ("text", "code"),
    [("NA", "NA"), ("na", "NA"), ("UK", "GB"), ("Türkiye", "TR"), ("turkey", "TR"), ("NAM", "NA")],
)
def test_codes_names_and_aliases_resolve(text: str, code: str) -> None:
    assert CountryCode.parse(text) == CountryCode(code)


def test_all_249_codes_of_the_standard_and_kosovo_are_known_and_resolve_to_themselves() -> None:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    found = [a + b for a in letters for b in letters if resolve_country(a + b) is not None]
    own = [code for code in found if CountryCode.parse(code).value == code]

    assert len(own) == 249 + len({"XK"})
    assert CountryCode.parse("Kosovo*") == CountryCode("XK")
    assert is_in_europe(CountryCode("XK"))
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
