"""The topics that City2City cities tick, under the four themes of the programme."""

from __future__ import annotations

from functools import cache
from itertools import groupby

from utm.domain.identifiers import ThemeId, TopicId
from utm.domain.taxonomy import Taxonomy, Theme, Topic
from utm.reference.files import read_rows

__all__ = ["city2city_taxonomy"]

_VERSION = "city2city-2026.1"


@cache
def city2city_taxonomy() -> Taxonomy:
    """The four themes of City2City with 47 topics.

    The themes are the programme's. The topics are this library's own: they cover the 19
    published focus titles and what other editions are likely to need.
    """
    rows = read_rows("topics")
    return Taxonomy(
        version=_VERSION,
        themes=tuple(
            Theme(
                id=ThemeId(theme),
                label=label,
                topics=tuple(Topic(id=TopicId(row["topic"]), label=row["label"]) for row in group),
            )
            for (theme, label), group in groupby(
                rows, key=lambda row: (row["theme"], row["theme_label"])
            )
        ),
    )
