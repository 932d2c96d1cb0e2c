"""The index of a search, in memory or kept in a file from one search to the next."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path

from utm.cli.terminal import say
from utm.domain import LanguageCode
from utm.errors import InputProblem, InvalidInputError, InvalidValueError
from utm.knowledge import FtsIndex, PracticeIndex, TopicNames
from utm.reference import city2city_taxonomy

__all__ = ["open_index", "topic_names"]


def topic_names() -> TopicNames:
    """The names of topics by which practices are found."""
    return {LanguageCode("en"): city2city_taxonomy()}


@contextmanager
def open_index(path: Path | None) -> Generator[PracticeIndex | None]:
    """Open the index of a file, a new one where there is none; none without a file.

    An index that another version has made is made anew. All changes are kept at the end, or
    none on an error.

    Raises
    ------
    InvalidInputError
        The file is something else, or somebody else writes to it.
    """
    if path is None:
        yield None
        return
    try:
        with closing(sqlite3.connect(path)) as connection, connection:
            yield _index(connection, path)
    except sqlite3.DatabaseError as error:
        problem = InputProblem(
            source=path.name,
            reason=f"cannot be used as an index of practices: {error}",
            remedy="Name another file; one that does not exist is made.",
        )
        raise InvalidInputError((problem,)) from error


def _index(connection: sqlite3.Connection, path: Path) -> FtsIndex:
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    if tables and "utm_index" not in tables:
        raise sqlite3.DatabaseError("it is a database of something else")
    try:
        return FtsIndex(connection)
    except InvalidValueError:
        say(f"{path.name} was made by another version: it is made anew.")
    for name in sorted(tables):
        if name in {"utm_term", "utm_held"}:
            connection.execute(f"DROP TABLE {name}")
    for name in ("utm_index", "utm_entry", "utm_language", "utm_word"):
        connection.execute(f"DROP TABLE IF EXISTS {name}")
    return FtsIndex(connection)
