"""The words of an index in a database as signs: the terms of a practice become a short text.

A sign is one character for each of the first 55,295 words, and two for the others. The first
of two lies in the private use area of Unicode and the second beyond the basic plane, so that
no sign can be mistaken for a piece of others, and counting one is a search for a text.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, pairwise
from typing import Any

__all__ = ["WordNumbers", "numbers_of_signs", "sign_of", "signs_in_rows", "words_of_numbers"]

_MOST_WORDS = 1_000_000
_BATCH = 500
_FEW = 20  # texts that are written sooner one by one than on arrays
FIRST_PAIR = 0xD800  # the characters below it stand for a word each
FIRST_LEAD = 0xE000
FIRST_TRAIL, TRAILS = 0x10000, 0x100000


def sign_of(number: int) -> str:
    """The sign of a word by its number from 1 up."""
    if number < FIRST_PAIR:
        return chr(number)
    lead, trail = divmod(number - FIRST_PAIR, TRAILS)
    return chr(FIRST_LEAD + lead) + chr(FIRST_TRAIL + trail)


def numbers_of_signs(signs: str) -> Iterator[int]:
    """The numbers of the words whose signs stand in a row."""
    lead = 0
    for point in map(ord, signs):
        if point < FIRST_PAIR:
            yield point
        elif point < FIRST_TRAIL:
            lead = point - FIRST_LEAD
        else:
            yield FIRST_PAIR + lead * TRAILS + point - FIRST_TRAIL


def signs_in_rows(numbers: Sequence[int], places: array[int], ends: Sequence[int]) -> list[str]:
    """The signs of the words of many texts.

    Parameters
    ----------
    numbers
        Numbers of words.
    places
        The words of one text after the other, as places in ``numbers``.
    ends
        For each text where its words end in ``places``.
    """
    if len(ends) < _FEW:
        number = numbers.__getitem__
        rows = (places[begin:end] for begin, end in pairwise([0, *ends]))
        return ["".join(map(sign_of, map(number, row))) for row in rows]
    from utm.knowledge.on_arrays import signs_on_arrays  # noqa: PLC0415 - arrays are heavy

    return signs_on_arrays(numbers, places, ends)


class WordNumbers(dict[str, int]):
    """Numbers of words and facets; a word that was not learned is new and gets the next.

    Parameters
    ----------
    connection
        A database with the table ``utm_word``. It is not changed before `keep`.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__()
        self._connection = connection
        row = connection.execute("SELECT max(number) FROM utm_word").fetchone()
        self._kept = self._last = int(row[0] or 0)
        self._fresh: list[tuple[int, str]] = []

    def learn(self, words: Iterable[str]) -> None:
        """Look up words together that were written down, which is quicker than one by one."""
        if self._kept:
            unknown = [word for word in dict.fromkeys(words) if word not in self]
            for found in _found_by(self._connection, "SELECT word, number", "word", unknown):
                self.update(found)

    def __missing__(self, word: str) -> int:
        self._last += 1
        self._fresh.append((self._last, word))
        self[word] = self._last
        return self._last

    def keep(self) -> None:
        """Write new words down, as yet without a practice that holds them."""
        self._connection.executemany("INSERT INTO utm_word VALUES (?, ?, 0, 0)", self._fresh)
        self._fresh.clear()
        self._kept = self._last
        if len(self) > _MOST_WORDS:
            self.clear()


def words_of_numbers(connection: sqlite3.Connection, numbers: Iterable[int]) -> dict[int, str]:
    """The words with some numbers."""
    batches = _found_by(connection, "SELECT number, word", "number", numbers)
    return dict(chain.from_iterable(batches))


def _found_by(
    connection: sqlite3.Connection, selected: str, column: str, values: Iterable[object]
) -> Iterator[list[tuple[Any, Any]]]:
    waiting = iter(values)
    while asked := list(islice(waiting, _BATCH)):
        marks = ", ".join("?" * len(asked))
        found = connection.execute(f"{selected} FROM utm_word WHERE {column} IN ({marks})", asked)
        yield found.fetchall()
