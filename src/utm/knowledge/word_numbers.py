"""The words of an index in a database by number, so that a practice's terms take few bytes."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from itertools import islice

from utm.knowledge.packed_terms import pack_terms
from utm.knowledge.terms import EntryTerms

__all__ = ["WordNumbers", "words_of_numbers"]

_MARKS = 1 << 10
_MOST_WORDS = 1_000_000
_BATCH = 500


class WordNumbers(dict[str, int]):
    """Numbers of words and facets, looked up as they are needed; a new word gets the next.

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

    def __missing__(self, word: str) -> int:
        row = (
            self._connection.execute("SELECT number FROM utm_word WHERE word = ?", [word])
            if self._kept
            else ()
        )
        for (number,) in row:
            self[word] = number
            return int(number)
        self._last += 1
        self[word] = self._last
        return self._last

    def pack(self, terms: EntryTerms) -> bytes:
        """What an index notes of a practice; facets get their numbers first, so low ones."""
        place = self.__getitem__
        facets = list(map(place, terms.facets))
        mark = zlib.crc32(" ".join(terms.words).encode()) % _MARKS
        return pack_terms(len(terms.words), mark, map(place, terms.words), facets)

    def keep(self) -> None:
        """Write new words down."""
        fresh = [(number, word) for word, number in self.items() if number > self._kept]
        self._connection.executemany("INSERT INTO utm_word VALUES (?, ?)", fresh)
        self._kept = self._last
        if len(self) > _MOST_WORDS:
            self.clear()


def words_of_numbers(connection: sqlite3.Connection, numbers: Iterable[int]) -> Iterator[str]:
    """The words with some numbers, in any order."""
    waiting = iter(numbers)
    while asked := list(islice(waiting, _BATCH)):
        marks = ", ".join("?" * len(asked))
        query = f"SELECT word FROM utm_word WHERE number IN ({marks})"  # noqa: S608 - marks alone
        yield from (row[0] for row in connection.execute(query, asked))
