"""The default index: the full-text tables of SQLite, which Python brings along."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from itertools import count, islice

from attrs import field, frozen

from utm.domain.practice import PracticeId
from utm.errors import InvalidValueError
from utm.knowledge.analyser import Analyser
from utm.knowledge.entry import IndexEntry
from utm.knowledge.index import AskedTerms, Hit, Question
from utm.knowledge.packed_terms import PackedTerms
from utm.knowledge.terms import millionths, refuse_repeats, terms_of
from utm.knowledge.word_numbers import WordNumbers, words_of_numbers

__all__ = ["FtsIndex"]

# The texts are analysed before they get here. The 'ascii' tokenizer then does nothing but
# part them at spaces: it takes every character beyond ASCII as part of a word, in every
# version of SQLite alike. The full-text table keeps no texts ("contentless"); what it must
# be shown again when a practice is taken out stands in utm_entry, as small numbers.
_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS utm_index (analyser TEXT NOT NULL)",
    """CREATE TABLE IF NOT EXISTS utm_entry
        (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, languages TEXT NOT NULL,
         terms BLOB NOT NULL)""",
    """CREATE TABLE IF NOT EXISTS utm_language
        (language TEXT PRIMARY KEY, entries INTEGER NOT NULL) WITHOUT ROWID""",
    "CREATE TABLE IF NOT EXISTS utm_word (number INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE)",
    """CREATE VIRTUAL TABLE IF NOT EXISTS utm_term USING fts5
        (words, facets, content='', tokenize="ascii tokenchars '_-.'")""",
)
# Bytes of terms that are gathered before a part of the index is written: large parts need
# not be merged so often, which halves the time to fill an index.
_GATHERED = 64 * 1024 * 1024
_LAYOUT = "2"
_CHUNK = 50_000
_SCORED = """
    SELECT utm_entry.id, best.score FROM
        (SELECT rowid AS number, bm25(utm_term, 1.0, 0.0) AS score
         FROM utm_term WHERE utm_term MATCH ?%s ORDER BY score LIMIT ?) AS best
    JOIN utm_entry ON utm_entry.number = best.number
"""
_BEST = _SCORED % ""
# The plus keeps SQLite from asking the full-text table anew for each row that is allowed.
_BEST_WITHIN = _SCORED % " AND +rowid IN (SELECT rowid FROM utm_term WHERE utm_term MATCH ?)"
_FILTERED = """
    SELECT utm_entry.id FROM utm_term JOIN utm_entry ON utm_entry.number = utm_term.rowid
    WHERE utm_term MATCH ? ORDER BY utm_entry.id LIMIT ?
"""
_ALL = "SELECT id FROM utm_entry ORDER BY id LIMIT ?"
_COUNT_LANGUAGE = """
    INSERT INTO utm_language VALUES (?, ?)
    ON CONFLICT (language) DO UPDATE SET entries = entries + excluded.entries
"""
_PUT_TERMS = "INSERT INTO utm_term (rowid, words, facets) VALUES (?, ?, ?)"
_TAKE_TERMS = "INSERT INTO utm_term (utm_term, rowid, words, facets) VALUES ('delete', ?, ?, ?)"


@frozen
class FtsIndex:
    """An index in a SQLite database that the caller has opened.

    Its hits and scores are those of `MemoryIndex`. What a person types never becomes part
    of a query: it is analysed into terms of letters and digits, each of which is quoted and
    bound.

    Parameters
    ----------
    connection
        An open database, ``sqlite3.connect(":memory:")`` for one in memory. Its tables
        begin with ``utm_``. Whoever opened it closes it.
    analyser
        How texts become terms; the same for the life of the database.

    Raises
    ------
    InvalidValueError
        The database holds an index that was made with another analyser.
    """

    connection: sqlite3.Connection
    analyser: Analyser = field(factory=Analyser)

    def __attrs_post_init__(self) -> None:
        stamp = f"{self.analyser.name}, layout {_LAYOUT}"
        with self._together():
            is_new = self._is_new()
            self.connection.execute(_SCHEMA[0])
            found = self.connection.execute("SELECT analyser FROM utm_index").fetchone()
            if found is not None and found[0] != stamp:
                raise InvalidValueError(
                    kind="index",
                    value=found[0],
                    reason=f"was made with another analyser or layout than {stamp}",
                )
            if not is_new:
                return
            for statement in _SCHEMA[1:]:
                self.connection.execute(statement)
            self.connection.execute("INSERT INTO utm_index VALUES (?)", [stamp])
            self.connection.execute(
                "INSERT INTO utm_term (utm_term, rank) VALUES ('hashsize', ?)", [_GATHERED]
            )

    def put(self, entries: Iterable[IndexEntry]) -> None:
        """Add or replace practices; on an error nothing is changed."""
        with self._together():
            number = self._last_number() + 1
            was_empty = number == 1
            seen: set[PracticeId] = set()
            waiting = iter(entries)
            numbers = WordNumbers(self.connection)
            while chunk := list(islice(waiting, _CHUNK)):
                refuse_repeats((entry.id for entry in chunk), seen)
                if not was_empty:
                    for entry in chunk:
                        self._remove(entry.id)
                self._put(chunk, number, numbers)
                number += len(chunk)
            if was_empty:
                self.connection.execute("INSERT INTO utm_term (utm_term) VALUES ('optimize')")

    def remove(self, key: PracticeId) -> bool:
        """Take a practice out."""
        with self._together():
            return self._remove(key)

    def search(self, question: Question, *, limit: int = 10) -> tuple[Hit, ...]:
        """The best hits, best first."""
        asked = question.asked_terms(self.analyser, self._languages())
        if limit <= 0 or (asked is not None and not asked.terms):
            return ()
        facets = [tuple(facet.term for facet in group) for group in question.facet_groups()]
        if asked is not None:
            return self._best(asked, facets, limit)
        if facets:
            rows = self.connection.execute(_FILTERED, (match_expression(facets), limit))
        else:
            rows = self.connection.execute(_ALL, (limit,))
        return tuple(Hit(practice=PracticeId(row[0]), score=0) for row in rows)

    def holds(self, entry: IndexEntry) -> bool:
        """Whether it holds exactly this of a practice."""
        row = self.connection.execute(
            "SELECT languages, terms FROM utm_entry WHERE id = ?", [entry.id.value]
        ).fetchone()
        if row is None:
            return False
        terms = terms_of(entry, self.analyser)
        packed = WordNumbers(self.connection).pack(terms)
        return tuple(row) == (" ".join(terms.languages), packed)

    def __len__(self) -> int:
        row = self.connection.execute("SELECT count(*) FROM utm_entry").fetchone()
        return int(row[0])

    def __contains__(self, key: object) -> bool:
        return isinstance(key, PracticeId) and self._number(key) is not None

    def _best(
        self, asked: AskedTerms, facets: Sequence[Sequence[str]], limit: int
    ) -> tuple[Hit, ...]:
        # Each term that MATCH names counts once for each time it is named.
        if asked.are_the_groups:
            query, bound = _BEST, [match_expression([*asked.groups, *facets])]
        else:
            query = _BEST_WITHIN
            bound = [match_expression([asked.terms, *facets]), match_expression(asked.groups)]
        # Rows come in the order of their scores; all that share the last score are fetched,
        # so that the key and not the row decides between them.
        wanted = limit + 1
        while True:
            rows = self.connection.execute(query, (*bound, wanted)).fetchall()
            scored = sorted((-millionths(-score), key) for key, score in rows)
            if len(rows) < wanted or scored[-1][0] > scored[limit - 1][0]:
                return tuple(
                    Hit(practice=PracticeId(key), score=-score) for score, key in scored[:limit]
                )
            wanted *= 4

    def _put(self, entries: Sequence[IndexEntry], number: int, numbers: WordNumbers) -> None:
        # One kind of statement after the other: SQLite writes out what a full-text table has
        # gathered whenever another table is changed in between.
        analysed = [terms_of(entry, self.analyser) for entry in entries]
        keyed = zip(count(number), entries, analysed, strict=False)
        self.connection.executemany(
            "INSERT INTO utm_entry VALUES (?, ?, ?, ?)",
            [
                (row, entry.id.value, " ".join(terms.languages), numbers.pack(terms))
                for row, entry, terms in keyed
            ],
        )
        numbers.keep()
        self._count(Counter(language for terms in analysed for language in terms.languages))
        self.connection.executemany(
            _PUT_TERMS,
            (
                (row, " ".join(terms.words), " ".join(terms.facets))
                for row, terms in zip(count(number), analysed, strict=False)
            ),
        )

    def _remove(self, key: PracticeId) -> bool:
        number = self._number(key)
        if number is None:
            return False
        languages, packed = self.connection.execute(
            "DELETE FROM utm_entry WHERE number = ? RETURNING languages, terms", [number]
        ).fetchone()
        terms = PackedTerms.unpack(packed)
        words = list(words_of_numbers(self.connection, terms.words))
        # The full-text table takes each word out whole, and as many as there were in all off
        # the sum of lengths; so the first stands for all that were repeated.
        words += words[:1] * (terms.size - len(words))
        facets = " ".join(words_of_numbers(self.connection, terms.facets))
        self.connection.execute(_TAKE_TERMS, (number, " ".join(words), facets))
        self._count(dict.fromkeys(languages.split(), -1))
        return True

    def _count(self, changes: Mapping[str, int]) -> None:
        self.connection.executemany(_COUNT_LANGUAGE, sorted(changes.items()))

    def _last_number(self) -> int:
        row = self.connection.execute("SELECT max(number) FROM utm_entry").fetchone()
        return int(row[0] or 0)

    def _number(self, key: PracticeId) -> int | None:
        row = self.connection.execute(
            "SELECT number FROM utm_entry WHERE id = ?", [key.value]
        ).fetchone()
        return None if row is None else int(row[0])

    def _is_new(self) -> bool:
        return not self.connection.execute(
            "SELECT 1 FROM sqlite_master WHERE name = 'utm_index'"
        ).fetchone()

    def _languages(self) -> list[str]:
        rows = self.connection.execute("SELECT language FROM utm_language WHERE entries > 0")
        return [row[0] for row in rows]

    @contextmanager
    def _together(self) -> Generator[None]:
        """All changes or none, also within a transaction of the caller."""
        self.connection.execute("SAVEPOINT utm_change")
        try:
            yield
        except BaseException:
            self.connection.execute("ROLLBACK TO utm_change")
            self.connection.execute("RELEASE utm_change")
            raise
        self.connection.execute("RELEASE utm_change")


def match_expression(groups: Sequence[Sequence[str]]) -> str:
    """What is bound to MATCH: quoted terms, joined by words of ours.

    No columns are named: facets hold an underscore and words never do, so that they cannot
    be mistaken for each other, and SQLite is faster where it need not look at columns.
    """
    return " AND ".join(f"({' OR '.join(map(_quoted, group))})" for group in groups)


def _quoted(term: str) -> str:
    return '"' + term.replace('"', '""') + '"'
