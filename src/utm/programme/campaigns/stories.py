"""What a campaign can tell: milestones with their evidence, and voices that agreed to be heard."""

from __future__ import annotations

from typing import TypeAlias

from attrs import frozen
from pendulum import Date

from utm.domain import CityId, Source
from utm.domain.dates import require_date
from utm.errors import InvalidValueError

__all__ = [
    "ConsentWithdrawn",
    "MilestoneReached",
    "NewsPublished",
    "StoryEvent",
    "Testimonial",
    "TestimonialGiven",
]


@frozen(kw_only=True)
class MilestoneReached:
    """The mission, or some cities of it, reached something worth telling.

    Parameters
    ----------
    milestone
        Its key.
    title
        What was reached, as a clause: ``"the hundredth city joined"``.
    evidence
        Where that can be seen.
    cities
        Whose it is, each once; none if it is that of the whole mission.
    """

    milestone: str
    title: str
    evidence: Source
    cities: tuple[CityId, ...] = ()

    def __attrs_post_init__(self) -> None:
        if len(set(self.cities)) < len(self.cities):
            raise InvalidValueError(
                kind="milestone", value=self.milestone, reason="names a city twice"
            )

    @property
    def sentence(self) -> str:
        """What happened."""
        whose = f" ({', '.join(city.value for city in self.cities)})" if self.cities else ""
        return f"Milestone: {self.title}{whose}. Source: {self.evidence}."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The milestone and the cities."""
        return (self.milestone, *(city.value for city in self.cities))


@frozen(kw_only=True)
class NewsPublished:
    """Something that happened is told as news.

    Parameters
    ----------
    news
        Its key.
    title
        What happened, in words.
    happened_on
        The day, with its year: "19 June of this year" would mean another day next year.
    source
        Where it is told in full.
    cities
        Whom it is about, each once; none if it is about no city.
    """

    news: str
    title: str
    happened_on: Date
    source: Source
    cities: tuple[CityId, ...] = ()

    def __attrs_post_init__(self) -> None:
        require_date(self.happened_on, kind="day of news")
        if len(set(self.cities)) < len(self.cities):
            raise InvalidValueError(kind="news", value=self.news, reason="names a city twice")

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"News of {self.happened_on}: {self.title} ({self.source})."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The cities."""
        return tuple(city.value for city in self.cities)


@frozen(kw_only=True)
class TestimonialGiven:
    """Somebody of a city says something that may be shown; no person is named, only a role.

    Parameters
    ----------
    testimonial
        Its key.
    city
        The city.
    role
        Who speaks, e.g. ``"deputy mayor"``.
    text
        What was said. It stands in the history, and in no sentence of a digest.
    consent
        Where the consent can be seen: without one there is no testimonial.
    """

    __test__ = False  # no test, although its name begins like one

    testimonial: str
    city: CityId
    role: str
    text: str
    consent: Source

    @property
    def sentence(self) -> str:
        """What happened, without the text: consent to it may end."""
        return f"The {self.role} of {self.city} gave testimonial {self.testimonial}."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The testimonial and the city."""
        return (self.testimonial, self.city.value)


@frozen(kw_only=True)
class ConsentWithdrawn:
    """Consent to a testimonial ends; it is shown no more."""

    testimonial: str

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"Consent to testimonial {self.testimonial} was withdrawn."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The testimonial."""
        return (self.testimonial,)


StoryEvent: TypeAlias = MilestoneReached | NewsPublished | TestimonialGiven | ConsentWithdrawn
"""Any of these; each can be asked for by a command."""


@frozen(kw_only=True)
class Testimonial:
    """A testimonial as it stands.

    Parameters
    ----------
    given
        What was said, and the consent.
    given_on
        The day.
    withdrawn_on
        First day on which it may not be shown any more.
    """

    __test__ = False  # no test, although its name begins like one

    given: TestimonialGiven
    given_on: Date
    withdrawn_on: Date | None = None

    def may_be_shown_on(self, day: Date) -> bool:
        """Whether there is consent at the end of a day."""
        return self.given_on <= day and (self.withdrawn_on is None or day < self.withdrawn_on)
