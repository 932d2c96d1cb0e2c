"""From a text to the terms that an index holds: words without stop words, cut to their stems."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from importlib import import_module
from typing import Protocol, cast

from attrs import field, frozen

from utm.errors import ExtraMissingError
from utm.knowledge.folding import (
    LONGEST_WORD,
    fold_word,
    uncut_words_of,
    words_of,
    words_with_places,
)
from utm.knowledge.stop_words import stop_words

__all__ = ["Analyser", "AskedWord"]

_MOST_WORDS = 1_000_000
_ALGORITHMS = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german",
    "el": "greek", "en": "english", "es": "spanish", "et": "estonian", "eu": "basque",
    "fa": "persian", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi",
    "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian",
    "lt": "lithuanian", "nb": "norwegian", "ne": "nepali", "nl": "dutch", "no": "norwegian",
    "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian",
    "st": "sesotho", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip

# Endings that a stemmer knows with their accents only, which folding has taken away, and
# plurals that it does not bring together with their singulars. The first that fits counts; one
# that stays as it is, such as that of verbs in -mos, is left to the stemmer.
_REWRITTEN_ENDINGS = {
    "es": (
        ("ades", "ad"), ("edes", "ed"), ("ares", "ar"), ("ereses", "er"), ("eres", "er"),
        ("enes", "en"), ("mos", "mos"), ("os", "o"), ("as", "a"),
    ),
    "fr": (("ites", "ités"), ("ite", "ité"), ("ees", "ées"), ("ee", "ée")),
    "pt": (
        ("coes", "ção"), ("cao", "ção"), ("oes", "ão"), ("aos", "ão"), ("ao", "ão"),
        ("encias", "ência"), ("encia", "ência"), ("aveis", "ável"), ("avel", "ável"),
        ("iveis", "ível"), ("ivel", "ível"), ("eis", "el"), ("ais", "al"), ("mos", "mos"),
        ("os", "o"), ("as", "a"),
    ),
}  # fmt: skip


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str:  # noqa: N802 - the name in the library
        """Cut a word to its stem."""
        ...


def _unstemmed(word: str) -> str:
    return word


@frozen(kw_only=True)
class AskedWord:
    """A word of a question.

    Parameters
    ----------
    terms
        Its terms in the languages that are meant, each once; none if all pass it over.
    may_be_passed_over
        Whether one of the languages passes it over.
    """

    terms: tuple[str, ...]
    may_be_passed_over: bool


@frozen(kw_only=True)
class Analyser:
    """The one way from texts and questions to terms; every index uses the same.

    Words are folded (see `utm.knowledge.folding`), stop words of the language are passed
    over, and the rest is cut to its stem by the Snowball stemmer of the language, where
    there is one. Accents never matter, neither before stemming nor after. Stems follow from
    rules and not from a dictionary, so that some irregular plurals are words of their own.

    Parameters
    ----------
    stemming
        Whether to stem. It needs the extra ``search``; without stemming nothing is needed,
        and ``energies`` no longer finds ``energy``.

    Raises
    ------
    ExtraMissingError
        On first use, when stemming is wanted and the extra ``search`` is not installed.
    """

    stemming: bool = field(default=True)

    def terms(self, text: str, language: str) -> list[str]:
        """The terms of a text in their order, repeats included.

        Parameters
        ----------
        text
            Any text, of any length.
        language
            ISO 639 code of its language; an unknown one costs stemming and stop words.
        """
        table = _table(language, self.stemming)
        return list(filter(None, map(table.__getitem__, uncut_words_of(text))))

    def term_of(self, language: str) -> Callable[[str], str]:
        """What makes the term of a word that `uncut_words_of` gave; empty for a stop word."""
        return _table(language, self.stemming).__getitem__

    def terms_with_places(self, text: str, language: str) -> list[tuple[str, int, int]]:
        """The terms with the places where their words begin and end in the text."""
        table = _table(language, self.stemming)
        placed = ((table[word], start, end) for word, start, end in words_with_places(text))
        return [(term, start, end) for term, start, end in placed if term]

    def question_words(self, text: str, languages: Iterable[str]) -> list[AskedWord]:
        """The distinct words of a question that may be put in any of some languages."""
        tables = [_table(language, self.stemming) for language in languages]
        asked: list[AskedWord] = []
        for word in dict.fromkeys(words_of(text)):
            terms = [table[word] for table in tables]
            asked.append(
                AskedWord(
                    terms=tuple(dict.fromkeys(term for term in terms if term)),
                    may_be_passed_over="" in terms,
                )
            )
        return asked

    @property
    def name(self) -> str:
        """What an index notes of it, so that texts and questions are never analysed apart."""
        return "utm-2-snowball" if self.stemming else "utm-2-unstemmed"


class _Terms(dict[str, str]):
    """Terms by folded word, empty for a stop word; each word is worked out once."""

    def __init__(self, language: str, *, stemming: bool) -> None:
        super().__init__()
        self._passed_over = stop_words(language, fold=lambda word: "".join(fold_word(word)))
        self._stem = _stemmer(language) if stemming else _unstemmed
        self._endings = _REWRITTEN_ENDINGS.get(language, ()) if stemming else ()

    def __missing__(self, word: str) -> str:
        if len(word) > LONGEST_WORD:
            return self[word[:LONGEST_WORD]]
        if len(self) >= _MOST_WORDS:
            self.clear()
        term = "" if word in self._passed_over else self._term(word)
        self[word] = term
        return term

    def _term(self, word: str) -> str:
        rewritten = word
        for bare, ending in self._endings:
            if word.endswith(bare) and len(word) > len(bare) + 1:
                rewritten = word.removesuffix(bare) + ending
                break
        cut = self._stem(rewritten)
        return (cut if cut.isascii() else "".join(fold_word(cut))) or word


@lru_cache(maxsize=256)
def _table(language: str, stemming: bool) -> _Terms:  # noqa: FBT001 - a key of the cache
    return _Terms(language, stemming=stemming)


def _stemmer(language: str) -> Callable[[str], str]:
    # A language without a stemmer asks for the extra too, so that what works does not depend
    # on texts.
    algorithm = _ALGORITHMS.get(language)
    try:
        snowball = import_module("Stemmer")
    except ImportError as error:
        raise ExtraMissingError(feature="stems of words", extra="search") from error
    if algorithm is None:
        return _unstemmed
    stemmer = cast(_Stemmer, snowball.Stemmer(algorithm, 0))  # what it said, `_Terms` remembers
    return stemmer.stemWord
