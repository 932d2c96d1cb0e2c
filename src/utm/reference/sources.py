"""The sources that the shipped facts cite."""

from __future__ import annotations

from functools import cache

from utm.domain.dates import civil_date
from utm.domain.evidence import Source
from utm.reference.files import read_rows

__all__ = ["source_of"]


def source_of(key: str) -> Source:
    """Look up a source by its key in ``sources.csv``.

    Raises
    ------
    KeyError
        The data file cites a source that is not described.
    """
    return _sources()[key]


@cache
def _sources() -> dict[str, Source]:
    return {
        row["key"]: Source(
            title=row["title"],
            issuer=row["issuer"],
            locator=row["locator"],
            published_on=civil_date(row["published_on"]) if row["published_on"] else None,
        )
        for row in read_rows("sources")
    }
