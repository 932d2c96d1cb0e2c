"""Two spellings of one word meet, in any script, and nothing that a person types breaks it."""

import re
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from utm.errors import ExtraMissingError
from utm.knowledge import Analyser, analyser
from utm.knowledge.folding import fold_word, words_of, words_with_places
from utm.reference import city2city_2026
from utm.testing.knowledge import HOSTILE

STEMMED = Analyser()
BARE = Analyser(stemming=False)
LANGUAGES = ("en", "es", "fr", "pt", "tr", "ru", "de", "hi", "ar", "zh", "xx")


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "cities' ENERGIES", "City energy"),
        ("es", "movilización energías", "MOVILIZACIONES energia"),
        ("fr", "les mobilités, l'énergie", "mobilite energies"),
        ("pt", "mobilizações", "mobilizacao"),
        ("tr", "Isıtma ISITMA", "isitma ısıtma"),
        ("de", "Straßen der Wärme", "STRASSE Warme"),
        ("ru", "ёлки", "елка"),
        ("ar", "طَاقَة", "طاقة"),
        ("el", "Ενέργεια", "ενεργεια"),
        ("vi", "năng lượng", "nang luong"),
        ("ca", "València", "valencia"),
        ("en", "ﬁne ＷＩＤＥ", "fine wide"),
    ],
)
def test_spellings_of_one_word_meet(language: str, one: str, other: str) -> None:
    assert set(STEMMED.terms(one, language)) == set(STEMMED.terms(other, language))
    assert STEMMED.terms(one, language)


SPANISH = """
    ciudad ciudades, unidad unidades, pared paredes, césped céspedes, solar solares,
    lugar lugares, popular populares, taller talleres, mujer mujeres, interés intereses,
    joven jóvenes, imagen imágenes, tren trenes, red redes, edad edades, casa casas,
    vía vías, río ríos, año años, trabajar trabajamos, extremo extrema,
    comunidad comunidades, estación estaciones, árbol árboles, calle calles, puente puentes,
    motor motores, verde verdes, municipal municipales, sede sedes, país países
"""
PORTUGUESE = """
    estação estações, ação ações, região regiões, mobilização mobilizações, cidadão cidadãos,
    órgão órgãos, avião aviões, agência agências, residência residências, possível possíveis,
    sustentável sustentáveis, animal animais, ambiental ambientais, local locais, nível níveis,
    automóvel automóveis, cidade cidades, lugar lugares, mulher mulheres, rua ruas,
    energia energias, via vias, rio rios, ano anos, ilha ilhas, praça praças, trabalhar trabalhamos
"""


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        (language, *pair.split())
        for language, pairs in (("es", SPANISH), ("pt", PORTUGUESE))
        for pair in pairs.split(",")
    ],
)
def test_forms_of_one_word_meet_with_and_without_accents(
    language: str, one: str, other: str
) -> None:
    spellings = [one, other, *("".join(fold_word(word)) for word in (one, other))]

    assert len({tuple(STEMMED.terms(word.upper(), language)) for word in spellings}) == 1


def test_only_endings_of_some_languages_are_written_anew_before_stemming() -> None:
    snowball = pytest.importorskip("Stemmer").Stemmer("english")
    words = "ciudades estacoes acao cidadaos animais ares eres nodes cades heat cities energies"

    assert STEMMED.terms(words, "en") == [snowball.stemWord(word) for word in words.split()]


def test_the_guide_names_the_languages_of_the_register_whose_endings_matter() -> None:
    guide = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "find-a-practice.md"
    (line,) = re.findall(r"has no rules for\s([^.]*)\.", guide.read_text(encoding="utf-8"))
    spoken = {one.value for city in city2city_2026().cities for one in city.languages}

    assert set(re.findall(r"`(\w+)`", line)) == spoken - set(analyser._ALGORITHMS)


@pytest.mark.parametrize(
    ("one", "other"), [("чай", "чаи"), ("їжа", "іжа"), ("की", "का"), ("C40", "C4")]
)
def test_marks_that_make_another_letter_stay(one: str, other: str) -> None:
    assert BARE.terms(one, "xx") != BARE.terms(other, "xx")


def test_words_of_indic_scripts_are_not_torn_at_their_vowel_signs() -> None:
    assert BARE.terms("ऊर्जा हिन्दी।", "ne") == ["ऊर्जा", "हिन्दी"]


def test_scripts_without_spaces_give_pairs_of_neighbours() -> None:
    assert BARE.terms("城市能源 2030年", "zh") == ["城市", "市能", "能源", "2030", "年"]


def test_a_question_in_a_script_without_spaces_finds_a_part_of_a_longer_run() -> None:
    assert set(BARE.terms("能源", "zh")) <= set(BARE.terms("城市能源政策", "zh"))


def test_stop_words_are_those_of_the_language() -> None:
    assert STEMMED.terms("the heat of the die", "en") == ["heat", "die"]
    assert STEMMED.terms("die Hitze", "de") == ["hitz"]


def test_a_question_is_asked_in_every_language_that_is_meant() -> None:
    asked = STEMMED.question_words("the energies", ["en", "fr"])

    assert [word.terms for word in asked] == [("the",), ("energi", "energ")]
    assert [word.may_be_passed_over for word in asked] == [True, False]


def test_without_the_extra_stemming_is_refused_and_the_rest_works(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "Stemmer", None)
    analyser._table.cache_clear()

    assert BARE.terms("Städer", "sv") == ["stader"]
    with pytest.raises(ExtraMissingError, match="search"):
        STEMMED.terms("Städer", "sv")
    analyser._table.cache_clear()


@given(st.text(max_size=60), st.sampled_from(LANGUAGES))
@example("ﷺ ㎏ ½ ⓐ", "en")
@example("\u0130\u0049\u0131\u0069", "tr")
@example("น้ำ กำA", "th")
@example("ນ້ຳ ໜອງ ໝູ", "lo")
def test_folding_twice_changes_nothing(text: str, language: str) -> None:
    for word in words_of(text):
        assert words_of(word) == [word]


@given(st.one_of(st.text(max_size=60), st.sampled_from(HOSTILE)), st.sampled_from(LANGUAGES))
def test_terms_hold_nothing_but_letters_digits_and_their_marks(text: str, language: str) -> None:
    for term in STEMMED.terms(text, language):
        assert term
        assert all(unicodedata.category(c)[0] in "LNM" or c in "\u200c\u200d" for c in term)


@given(st.text(max_size=60))
def test_upper_case_finds_lower_case(text: str) -> None:
    if len(text.upper()) == len(text):
        assert words_of(text.upper().lower()) == words_of(text.lower().upper().lower())


@given(st.lists(st.sampled_from(("énergie", "Straße", "能源城", "bus", "ऊर्जा")), max_size=6))
def test_places_show_the_words_that_terms_come_from(words: list[str]) -> None:
    text = " ".join(words)
    for word, start, end in words_with_places(text):
        assert words_of(text[start:end]) == [word]
    assert [word for word, _, _ in words_with_places(text)] == words_of(text)


def test_a_text_of_ten_megabytes_is_taken_and_a_word_of_that_length_is_cut() -> None:
    assert len(STEMMED.terms("heat pumps in Lviv " * 500_000, "en")) == 1_500_000
    assert [len(term) for term in BARE.terms("é" * 10_000_000, "fr")] == [64]
