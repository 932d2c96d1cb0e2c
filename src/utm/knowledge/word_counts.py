"""How many practices of an index in a database hold each word, and how many hold it often.

The counts stand beside the words. A single practice changes those of some hundred words, which lie
all over the table, so that each change would write that many pages: what few changes add and
take is noted as signs in one row a practice, searched for a sign when a count is asked, and
counted together when it grows long.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping

from utm.knowledge.bm25 import Bm25
from utm.knowledge.pruning import AskedTerm, is_often, often_of
from utm.knowledge.word_signs import numbers_of_signs, sign_of

__all__ = [
    "COUNTS_SCHEMA",
    "add_counts",
    "asked_terms",
    "count_of",
    "note_changes",
    "noted_changes",
    "share_with",
]

COUNTS_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS utm_noted (change INTEGER NOT NULL, words TEXT NOT NULL)"
)

_MOST_NOTED = 256  # practices
_WORD = "SELECT number, holders, often FROM utm_word WHERE word = ?"
_NOTED = "SELECT change, words FROM utm_noted"
_NOTE = "INSERT INTO utm_noted VALUES (?, ?)"
_ADD_BY_WORD = "UPDATE utm_word SET holders = holders + ?, often = often + ? WHERE word = ?"
_ADD_BY_NUMBER = "UPDATE utm_word SET holders = holders + ?, often = often + ? WHERE number = ?"


def noted_changes(connection: sqlite3.Connection) -> list[tuple[int, str]]:
    """Changes that are noted and not yet counted; see `note_changes`."""
    return connection.execute(_NOTED).fetchall()


def count_of(
    connection: sqlite3.Connection, word: str, noted: Iterable[tuple[int, str]]
) -> tuple[int, int, int] | None:
    """The number of a word, how many practices hold it, and how many more than once."""
    row = connection.execute(_WORD, [word]).fetchone()
    if row is None:
        return None
    number, holders, often = row
    sign = sign_of(number)
    for change, words in noted:
        times = words.count(sign)
        if times:
            holders += change
            often += change * (times > 1)
    return number, holders, often


def asked_terms(
    connection: sqlite3.Connection, terms: Iterable[str], bm25: Bm25
) -> list[AskedTerm]:
    """What the index knows of the terms that it holds, in the order of the question."""
    noted = noted_changes(connection)
    counted = ((term, count_of(connection, term, noted)) for term in terms)
    return [
        AskedTerm(
            term=term,
            sign=sign_of(count[0]),
            rarity=bm25.rarity(count[1]),
            holders=count[1],
            often=count[2],
        )
        for term, count in counted
        if count is not None and count[1]
    ]


def share_with(
    connection: sqlite3.Connection, facets: Iterable[Iterable[str]], entries: int
) -> float:
    """About which share of the practices has one facet of each group, taken as independent.

    Changes that are noted only are left out: the share settles the order of the work, never
    what is found.
    """
    share = 1.0
    for group in facets:
        counts = [count_of(connection, term, ()) for term in group]
        holders = sum(count[1] for count in counts if count is not None)
        share *= min(1.0, holders / max(1, entries))
    return share


def add_counts(connection: sqlite3.Connection, changes: Mapping[str, int]) -> None:
    """Add to how many practices hold each term; those that hold it often are terms too."""
    connection.executemany(
        _ADD_BY_WORD,
        [
            (holders, often, term)
            for term, holders in changes.items()
            if not is_often(term)
            for often in (changes.get(often_of(term), 0),)
            if holders or often
        ],
    )


def note_changes(connection: sqlite3.Connection, changes: Iterable[tuple[int, str]]) -> None:
    """Note practices that came (1) or went (-1), each with the signs of all that it holds."""
    connection.executemany(_NOTE, changes)
    if connection.execute("SELECT count(*) FROM utm_noted").fetchone()[0] > _MOST_NOTED:
        _count_together(connection)


def _count_together(connection: sqlite3.Connection) -> None:
    holders: Counter[int] = Counter()
    often: Counter[int] = Counter()
    for change, words in noted_changes(connection):
        for number, times in Counter(numbers_of_signs(words)).items():
            holders[number] += change
            often[number] += change * (times > 1)
    connection.executemany(
        _ADD_BY_NUMBER,
        [
            (change, often[number], number)
            for number, change in sorted(holders.items())
            if change or often[number]
        ],
    )
    connection.execute("DELETE FROM utm_noted")
