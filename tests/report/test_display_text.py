import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utm.report.display_text import LONGEST_NAME, NameBook, plain, shortened

CONTROLS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
INVISIBLE = "\u200b\u2060\ufeff\u00ad\U000e0041"


@given(st.text())
def test_plain_text_holds_nothing_that_a_page_obeys_unseen(text: str) -> None:
    shown = plain(text)

    assert not set(shown) & set(CONTROLS + INVISIBLE)
    assert all(unicodedata.category(c) not in {"Cc", "Cs"} for c in shown)
    assert shown.encode("utf-8").decode("utf-8") == shown


@given(st.text())
def test_showing_twice_changes_nothing(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize(
    "name",
    [
        "São Paulo",
        "Yenişehir",
        "Đà Nẵng",
        "Ağrı",
        "北京市",
        "القاهرة",
        "می‌خواهم",
        "नई दिल्ली",
        "👩‍🚀",
    ],
)
def test_names_of_real_places_stay_as_they_are(name: str) -> None:
    assert plain(name) == name


def test_a_tower_of_marks_is_cut_down() -> None:
    assert plain("a" + "\u0301" * 50 + "b") == "a" + "\u0301" * 4 + "b"


def test_a_half_surrogate_can_be_written_as_utf_8() -> None:
    assert plain("a\ud800b") == "a\ufffdb"


@given(st.text(max_size=300), st.integers(1, 200))
def test_a_shortened_text_is_never_longer_than_asked(text: str, longest: int) -> None:
    short = shortened(text, longest)

    assert len(short) <= longest
    assert short == text or short.endswith("…")


def test_a_long_name_is_cut_wherever_it_occurs() -> None:
    name = "x" * 10_000
    names = NameBook.of([name, "Braga"])

    assert len(names.short(name)) == LONGEST_NAME
    assert names.sentence(f"{name} can help Braga.") == f"{names.short(name)} can help Braga."


def test_a_name_from_right_to_left_is_isolated_from_its_neighbours() -> None:
    names = NameBook.of(["القاهرة", "Braga"])

    assert names.sentence("القاهرة and Braga") == "\u2068القاهرة\u2069 and Braga"


def test_an_override_in_a_name_does_not_reach_the_sentence() -> None:
    names = NameBook.of(["\u202egnirts", "Braga"])

    assert names.sentence("\u202egnirts and Braga") == "gnirts and Braga"


def test_the_longer_of_two_names_wins_where_one_begins_the_other() -> None:
    names = NameBook.of(["\u200bLa", "\u200bLa Paz"])

    assert names.sentence("\u200bLa Paz and \u200bLa") == "La Paz and La"


@given(st.lists(st.text(min_size=1), max_size=5), st.text())
def test_a_sentence_is_plain_whatever_the_names(known: list[str], text: str) -> None:
    shown = NameBook.of(known).sentence(text)

    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u200b\x00\x1b\n")
    assert shown.count("\u2068") == shown.count("\u2069")


def test_a_key_in_a_sentence_of_the_engine_becomes_the_name() -> None:
    names = NameBook.of(["Braga"], {"pt-braga": "Braga", "alliance": "The alliance"})

    assert names.sentence("pt-braga needs an alliance.") == "Braga needs an alliance."
    assert names.sentence("pt-braga-sul is another.") == "pt-braga-sul is another."
