"""Where the words of a question stand in a practice, as data that any screen can mark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import frozen

from utm.domain.places import LanguageCode
from utm.domain.practice import Practice
from utm.knowledge.analyser import Analyser
from utm.knowledge.entry import TopicNames, entry_of
from utm.knowledge.index import Question

__all__ = ["Excerpt", "highlight"]

_CHARACTERS = 160
_LEAD = 40


@frozen(kw_only=True)
class Excerpt:
    """A piece of a text with the places that answer a question.

    Nothing is marked up: whoever shows it escapes the text and marks the places.

    Parameters
    ----------
    field
        Where it stands: ``title``, ``summary``, ``body`` or ``topics``.
    language
        Language of the text.
    text
        The piece.
    marks
        First place and place after the last of each marked word, counted in the piece.
    cut_before, cut_after
        Whether the text goes on before or after the piece.
    """

    field: str
    language: LanguageCode
    text: str
    marks: tuple[tuple[int, int], ...]
    cut_before: bool = False
    cut_after: bool = False


def highlight(
    practice: Practice,
    question: Question,
    *,
    analyser: Analyser | None = None,
    topic_names: TopicNames | None = None,
    characters: int = _CHARACTERS,
) -> tuple[Excerpt, ...]:
    """Show where a practice answers a question, one piece a field and language.

    Each piece is the window with the most distinct words of the question, the first such.

    Parameters
    ----------
    practice
        What was found.
    question
        What was asked.
    analyser
        That of the index.
    topic_names
        Those of the library.
    characters
        Longest piece, at least 1; a word at its end is kept whole.
    """
    used = analyser or Analyser()
    entry = entry_of(practice, topic_names=topic_names)
    languages = [text.language.value for text in entry.texts]
    asked = question.asked_terms(used, languages)
    wanted = set(asked.terms) if asked else set[str]()
    excerpts: list[Excerpt] = []
    for text in entry.texts:
        fields = {
            "title": text.title,
            "summary": text.summary,
            "body": text.body,
            "topics": text.topics,
        }
        for name, told in fields.items():
            found = [
                place
                for place in used.terms_with_places(told, text.language.value)
                if place[0] in wanted
            ]
            if found:
                excerpts.append(_excerpt(name, text.language, told, found, max(characters, 1)))
    return tuple(excerpts)


def _excerpt(
    name: str,
    language: LanguageCode,
    text: str,
    found: Sequence[tuple[str, int, int]],
    characters: int,
) -> Excerpt:
    chosen = max(_windows(found, characters), key=lambda one: len({term for term, _, _ in one}))
    first, last = chosen[0][1], max(end for _, _, end in chosen)
    start = _word_start(
        text, max(0, first - min(_LEAD, characters - min(characters, last - first)))
    )
    end = max(last, min(len(text), start + characters))
    marks = _merged((begin - start, stop - start) for _, begin, stop in chosen)
    return Excerpt(
        field=name,
        language=language,
        text=text[start:end],
        marks=marks,
        cut_before=start > 0,
        cut_after=end < len(text),
    )


def _windows(
    found: Sequence[tuple[str, int, int]], characters: int
) -> Iterator[Sequence[tuple[str, int, int]]]:
    after = 0
    for first in range(len(found)):
        after = max(after, first + 1)
        while after < len(found) and found[after][2] - found[first][1] <= characters:
            after += 1
        yield found[first:after]


def _word_start(text: str, place: int) -> int:
    # Begin after the space before a word, so that no word is cut in two at the front.
    if place == 0:
        return 0
    space = text.rfind(" ", 0, place + 1)
    return place if space < 0 or place - space > _LEAD else space + 1


def _merged(places: Iterator[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    # Pairs of neighbouring characters overlap in scripts without spaces.
    merged: list[tuple[int, int]] = []
    for start, end in places:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
