"""The words of an index in a database as signs: the terms of a practice become a short text.

A sign is one character for each of the first 55,295 words, and two for the others. The first
of two lies in the private use area of Unicode and the second beyond the basic plane, so that
no sign can be mistaken for a piece of others, and counting one is a search for a text.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

__all__ = ["WordSigns", "numbers_of_signs", "sign_of", "words_of_numbers"]

_MOST_WORDS = 1_000_000
_BATCH = 500
_FIRST_PAIR = 0xD800  # the characters below it stand for a word each
_FIRST_LEAD = 0xE000
_FIRST_TRAIL, _TRAILS = 0x10000, 0x100000


def sign_of(number: int) -> str:
    """The sign of a word by its number from 1 up."""
    if number < _FIRST_PAIR:
        return chr(number)
    lead, trail = divmod(number - _FIRST_PAIR, _TRAILS)
    return chr(_FIRST_LEAD + lead) + chr(_FIRST_TRAIL + trail)


def numbers_of_signs(signs: str) -> Iterator[int]:
    """The numbers of the words whose signs stand in a row."""
    lead = 0
    for point in map(ord, signs):
        if point < _FIRST_PAIR:
            yield point
        elif point < _FIRST_TRAIL:
            lead = point - _FIRST_LEAD
        else:
            yield _FIRST_PAIR + lead * _TRAILS + point - _FIRST_TRAIL


class WordSigns(dict[str, str]):
    """Signs of words and facets; a word that was not learned is new and gets the next.

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
            found = _found_by(self._connection, "SELECT word, number", "word", unknown)
            self.update((word, sign_of(number)) for word, number in found)

    def __missing__(self, word: str) -> str:
        self._last += 1
        self._fresh.append((self._last, word))
        self[word] = sign = sign_of(self._last)
        return sign

    def keep(self) -> None:
        """Write new words down, as yet without a practice that holds them."""
        self._connection.executemany("INSERT INTO utm_word VALUES (?, ?, 0, 0)", self._fresh)
        self._fresh.clear()
        self._kept = self._last
        if len(self) > _MOST_WORDS:
            self.clear()


def words_of_numbers(connection: sqlite3.Connection, numbers: Iterable[int]) -> dict[int, str]:
    """The words with some numbers."""
    return dict(_found_by(connection, "SELECT number, word", "number", numbers))


def _found_by(
    connection: sqlite3.Connection, selected: str, column: str, values: Iterable[object]
) -> Iterator[tuple[Any, Any]]:
    waiting = iter(values)
    while asked := list(islice(waiting, _BATCH)):
        marks = ", ".join("?" * len(asked))
        yield from connection.execute(
            f"{selected} FROM utm_word WHERE {column} IN ({marks})", asked
        )
