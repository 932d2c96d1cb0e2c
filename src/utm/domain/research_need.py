"""Research needs: what a city says that nobody knows how to do yet."""

from __future__ import annotations

from typing import ClassVar

from attrs import frozen
from pendulum import Date

from utm.domain.dates import require_date
from utm.domain.evidence import Source
from utm.domain.identifiers import CityId, Identifier, TopicId
from utm.domain.places import LanguageCode
from utm.domain.prose import require_distinct, require_prose

__all__ = ["ResearchNeed", "ResearchNeedId"]


@frozen(order=True)
class ResearchNeedId(Identifier):
    """Key of a research need."""

    KIND: ClassVar[str] = "research need id"


@frozen(kw_only=True)
class ResearchNeed:
    """A gap that a city put forward, with who and when.

    Parameters
    ----------
    id
        Its key.
    city
        The city that put it forward.
    stated_on
        The day on which it did.
    text
        The gap in its own words.
    source
        Where it was stated.
    topics
        Topics that somebody gave it, each once; may be none.
    language
        The language of the text, if known.
    """

    id: ResearchNeedId
    city: CityId
    stated_on: Date
    text: str
    source: Source
    topics: tuple[TopicId, ...] = ()
    language: LanguageCode | None = None

    def __attrs_post_init__(self) -> None:
        require_date(self.stated_on, kind="day of a research need")
        require_prose(self.text, kind="text of a research need")
        require_distinct(self.topics, kind="topics of a research need")
