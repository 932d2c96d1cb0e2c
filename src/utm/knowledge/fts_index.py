"""The default index: the full-text tables of SQLite, which Python brings along."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Generator, Iterable, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from functools import partial
from heapq import nsmallest
from itertools import chain, count, pairwise
from operator import add
from typing import NamedTuple

from attrs import field, frozen

from utm.domain.practice import PracticeId
from utm.errors import InvalidValueError
from utm.knowledge.analyser import Analyser
from utm.knowledge.analysing import AnalysedChunk, analysed_chunk, told_of
from utm.knowledge.bm25 import Bm25
from utm.knowledge.entry import IndexEntry
from utm.knowledge.in_chunks import analysed_in_order, in_chunks
from utm.knowledge.index import AskedTerms, Hit, Question
from utm.knowledge.pruning import AskedTerm, Stage, stages_of
from utm.knowledge.terms import fingerprint_of, millionths
from utm.knowledge.word_counts import (
    COUNTS_SCHEMA,
    add_counts,
    asked_terms,
    note_changes,
    share_with,
)
from utm.knowledge.word_signs import (
    WordNumbers,
    numbers_of_signs,
    sign_of,
    signs_in_rows,
    words_of_numbers,
)

__all__ = ["FtsIndex"]

# The full-text table answers which practices hold which terms, and nothing else: it keeps no
# texts ("contentless"), no places and no frequencies. Those stand in utm_entry, where each
# word is a sign (see utm.knowledge.word_signs). The texts are analysed before they get here;
# the 'ascii' tokenizer then does nothing but part them at spaces: it takes every character
# beyond ASCII as part of a word, in every version of SQLite alike.
_SCHEMA = (
    """CREATE TABLE IF NOT EXISTS utm_index
        (analyser TEXT NOT NULL, entries INTEGER NOT NULL, length INTEGER NOT NULL,
         shortest INTEGER NOT NULL)""",
    """CREATE TABLE IF NOT EXISTS utm_entry
        (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, languages TEXT NOT NULL,
         fingerprint INTEGER NOT NULL, length INTEGER NOT NULL, words TEXT NOT NULL,
         facets TEXT NOT NULL)""",
    """CREATE TABLE IF NOT EXISTS utm_language
        (language TEXT PRIMARY KEY, entries INTEGER NOT NULL) WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS utm_word
        (number INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE,
         holders INTEGER NOT NULL, often INTEGER NOT NULL)""",
    COUNTS_SCHEMA,
    """CREATE VIRTUAL TABLE IF NOT EXISTS utm_term USING fts5
        (terms, content='', detail=none, columnsize=0, tokenize="ascii tokenchars '_-.'")""",
    "CREATE VIRTUAL TABLE IF NOT EXISTS utm_held USING fts5vocab ('utm_term', 'row')",
)
# Practices whose terms are gathered before they are told to the full-text table, the bytes
# that it gathers before it writes a part of the index, and how many parts may lie side by
# side while an empty index is filled: they are merged once, at its end. Later each change
# writes a part, and sixteen are merged at once, so that few changes wait for it.
_GATHERED = 50_000
_PART = 64 * 1024 * 1024
# So many practices at once are counted word by word. After them the full-text table is opened
# anew: at each later change it walks through all room that it ever had for gathered terms,
# which would then take a millisecond more.
_MANY = 100
_FILLING = (("automerge", 0), ("crisismerge", 1_000_000))
_FILLED = (("automerge", 16), ("crisismerge", 64))
_LAYOUT = "4"
_MATCHING = """
    SELECT utm_entry.id, utm_entry.length, utm_entry.words
    FROM utm_term CROSS JOIN utm_entry ON utm_entry.number = utm_term.rowid
    WHERE utm_term MATCH ?
"""
_FILTERED = """
    SELECT utm_entry.id FROM utm_term CROSS JOIN utm_entry ON utm_entry.number = utm_term.rowid
    WHERE utm_term MATCH ? ORDER BY utm_entry.id LIMIT ?
"""
_ALL = "SELECT id FROM utm_entry ORDER BY id LIMIT ?"
_COUNT = """
    UPDATE utm_index SET
        entries = entries + ?, length = length + ?, shortest = min(shortest, ?)
"""
_LONGEST = 2**62  # more terms than any text has
_COUNT_LANGUAGE = """
    INSERT INTO utm_language VALUES (?, ?)
    ON CONFLICT (language) DO UPDATE SET entries = entries + excluded.entries
"""
_TAKE_ENTRY = (
    "DELETE FROM utm_entry WHERE id = ? RETURNING number, languages, length, words, facets"
)
_PUT_TERMS = "INSERT INTO utm_term (rowid, terms) VALUES (?, ?)"
_TAKE_TERMS = "INSERT INTO utm_term (utm_term, rowid, terms) VALUES ('delete', ?, ?)"
_SET = "INSERT INTO utm_term (utm_term, rank) VALUES (?, ?)"


class _Terms(NamedTuple):
    """What the full-text table is told of a practice by its number, and all it holds as signs."""

    number: int
    told: str
    signs: str


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
    executor
        Where the texts are analysed when many practices are put at once, such as a
        ``ProcessPoolExecutor``; here by default. The bytes of the database are the same.
        Whoever made it shuts it down.

    Raises
    ------
    InvalidValueError
        The database holds an index that was made with another analyser.

    Notes
    -----
    A search first visits the practices that hold the rarest terms of the question, and goes
    on to more frequent ones only while a practice that holds no other could still be among
    the best (see `utm.knowledge.pruning`); the result is exact.
    """

    connection: sqlite3.Connection
    analyser: Analyser = field(factory=Analyser)
    executor: Executor | None = field(default=None, kw_only=True, repr=False)

    def __attrs_post_init__(self) -> None:
        stamp = f"{self.analyser.name}, layout {_LAYOUT}"
        with self._together():
            found = self._found_stamp()
            if found is not None:
                if found != stamp:
                    raise InvalidValueError(
                        kind="index",
                        value=found,
                        reason=f"was made with another analyser or layout than {stamp}",
                    )
                return
            for statement in _SCHEMA:
                self.connection.execute(statement)
            self.connection.execute("INSERT INTO utm_index VALUES (?, 0, 0, ?)", [stamp, _LONGEST])
            self.connection.execute(_SET, ["hashsize", _PART])

    def put(self, entries: Iterable[IndexEntry]) -> None:
        """Add or replace practices; on an error nothing is changed."""
        with self._together():
            number = first = self._last_number() + 1
            is_new = number == 1
            if is_new:
                self.connection.executemany(_SET, _FILLING)
            numbers = WordNumbers(self.connection)
            analyse = partial(analysed_chunk, self.analyser)
            came: list[_Terms] = []
            went: list[_Terms] = []
            for chunk, analysed in analysed_in_order(in_chunks(entries), analyse, self.executor):
                if not is_new:
                    went += [old for entry in chunk if (old := self._take(entry.id))]
                signs = self._put_entries(chunk, analysed, number, numbers)
                came += map(_Terms, count(number), analysed.told, signs)
                number += len(chunk)
                if len(came) >= _GATHERED:
                    self._change_terms(went, came, numbers, is_counted=not is_new)
                    went.clear()
                    came.clear()
            self._change_terms(went, came, numbers, is_counted=not is_new)
            if is_new:
                add_counts(
                    self.connection,
                    dict(self.connection.execute("SELECT term, doc FROM utm_held")),
                )
                self.connection.executemany(_SET, _FILLED)
                self.connection.execute("INSERT INTO utm_term (utm_term) VALUES ('optimize')")
            many = number - first > _MANY
        if many and not self.connection.in_transaction:
            self.connection.execute("PRAGMA writable_schema = RESET")

    def remove(self, key: PracticeId) -> bool:
        """Take a practice out."""
        with self._together():
            went = self._take(key)
            if went is None:
                return False
            self._change_terms([went], [], WordNumbers(self.connection), is_counted=True)
        return True

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
            "SELECT fingerprint FROM utm_entry WHERE id = ?", [entry.id.value]
        ).fetchone()
        return row is not None and row[0] == fingerprint_of(entry, self.analyser)

    def __len__(self) -> int:
        return int(self.connection.execute("SELECT entries FROM utm_index").fetchone()[0])

    def __contains__(self, key: object) -> bool:
        return isinstance(key, PracticeId) and self._number(key) is not None

    def _best(
        self, asked: AskedTerms, facets: Sequence[Sequence[str]], limit: int
    ) -> tuple[Hit, ...]:
        entries, length, shortest = self.connection.execute(
            "SELECT entries, length, shortest FROM utm_index"
        ).fetchone()
        bm25 = Bm25(texts=entries, length=length, shortest=shortest)
        terms = asked_terms(self.connection, asked.terms, bm25)
        if not terms:
            return ()
        every = Stage(terms=asked.terms, most_beyond=0.0)
        stages = [every]
        if asked.groups == (asked.terms,):
            share = share_with(self.connection, facets, entries)
            stages = stages_of(terms, bm25, share=share)
        ranked: list[tuple[int, str]] = []
        for stage in stages:
            groups = asked.groups if stage is every else (stage.terms,)
            rows = self.connection.execute(_MATCHING, [match_expression([*groups, *facets])])
            scored = [(-_score(signs, size, terms, bm25), key) for key, size, signs in rows]
            ranked = nsmallest(limit, scored)
            if len(ranked) == limit and -ranked[-1][0] > millionths(stage.most_beyond) + 1:
                break
        return tuple(Hit(practice=PracticeId(key), score=-score) for score, key in ranked)

    def _put_entries(
        self,
        entries: Sequence[IndexEntry],
        analysed: AnalysedChunk,
        first: int,
        numbers: WordNumbers,
    ) -> list[str]:
        """Put all but the terms, and give the signs of all that each practice holds."""
        number_of = numbers.__getitem__
        numbers.learn(analysed.words[1:])
        known = [0, *map(number_of, analysed.words[1:])]
        words = signs_in_rows(known, analysed.places, analysed.ends)
        sizes = [
            end - begin + len(labels)
            for (begin, end), labels in zip(
                pairwise([0, *analysed.ends]), analysed.facets, strict=True
            )
        ]
        facets = ["".join([sign_of(number_of(label)) for label in row]) for row in analysed.facets]
        self.connection.executemany(
            "INSERT INTO utm_entry VALUES (?, ?, ?, ?, ?, ?, ?)",
            zip(
                count(first),
                [entry.id.value for entry in entries],
                map(" ".join, analysed.languages),
                analysed.fingerprints,
                sizes,
                words,
                facets,
                strict=False,
            ),
        )
        languages = Counter(chain.from_iterable(analysed.languages))
        self._count(languages, len(entries), sum(sizes), min(sizes))
        return list(map(add, words, facets))

    def _change_terms(
        self,
        went: Sequence[_Terms],
        came: Sequence[_Terms],
        numbers: WordNumbers,
        *,
        is_counted: bool,
    ) -> None:
        # One kind of statement after the other, and numbers upwards: SQLite writes out what a
        # full-text table has gathered whenever another table is changed in between, or a
        # lower number comes.
        numbers.keep()
        if is_counted and len(went) + len(came) > _MANY:
            changes = _times_told(came)
            changes.subtract(_times_told(went))
            add_counts(self.connection, changes)
        elif is_counted:
            noted = [(1, one.signs) for one in came] + [(-1, one.signs) for one in went]
            note_changes(self.connection, noted)
        self.connection.executemany(_TAKE_TERMS, sorted([one[:2] for one in went]))
        self.connection.executemany(_PUT_TERMS, [one[:2] for one in came])

    def _take(self, key: PracticeId) -> _Terms | None:
        """Take out all but its terms, which come back."""
        row = self.connection.execute(_TAKE_ENTRY, [key.value]).fetchone()
        if row is None:
            return None
        number, languages, length, words, facets = row
        known = words_of_numbers(self.connection, {*numbers_of_signs(words + facets)})
        times = Counter(known[one] for one in numbers_of_signs(words))
        labels = [known[one] for one in numbers_of_signs(facets)]
        self._count(dict.fromkeys(languages.split(), -1), -1, -length, _LONGEST)
        return _Terms(number, told_of(times, labels), words + facets)

    def _count(
        self, languages: Mapping[str, int], entries: int, length: int, shortest: int
    ) -> None:
        self.connection.executemany(_COUNT_LANGUAGE, sorted(languages.items()))
        self.connection.execute(_COUNT, [entries, length, shortest])

    def _last_number(self) -> int:
        row = self.connection.execute("SELECT max(number) FROM utm_entry").fetchone()
        return int(row[0] or 0)

    def _number(self, key: PracticeId) -> int | None:
        row = self.connection.execute(
            "SELECT number FROM utm_entry WHERE id = ?", [key.value]
        ).fetchone()
        return None if row is None else int(row[0])

    def _found_stamp(self) -> str | None:
        if not self.connection.execute(
            "SELECT 1 FROM sqlite_master WHERE name = 'utm_index'"
        ).fetchone():
            return None
        row = self.connection.execute("SELECT analyser FROM utm_index").fetchone()
        return None if row is None else str(row[0])

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


def _times_told(practices: Iterable[_Terms]) -> Counter[str]:
    """How many of some practices hold each term."""
    return Counter(chain.from_iterable([one.told.split(" ") for one in practices]))


def match_expression(groups: Sequence[Sequence[str]]) -> str:
    """What is bound to MATCH: quoted terms, joined by words of ours.

    Facets hold an underscore and words never do, so that they cannot be mistaken for each
    other.
    """
    return " AND ".join(f"({' OR '.join(map(_quoted, group))})" for group in groups)


def _quoted(term: str) -> str:
    return '"' + term.replace('"', '""') + '"'


def _score(signs: str, length: int, terms: Sequence[AskedTerm], bm25: Bm25) -> int:
    """The score of a practice, added up in the order of the question."""
    total = 0.0
    for one in terms:
        frequency = signs.count(one.sign)
        if frequency:
            total += bm25.gain(one.rarity, frequency, length)
    return millionths(total)
