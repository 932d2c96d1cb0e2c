"""What happens to trainings, regional and global events, and the annual summit."""

from __future__ import annotations

from typing import TypeAlias

from attrs import frozen
from pendulum import Date

from utm.domain import CityId, CountryCode, MissionPillar
from utm.domain.dates import require_date
from utm.errors import InvalidValueError
from utm.programme.history import CitiesEntered

__all__ = [
    "Enrolment",
    "GatheringEvent",
    "GlobalEventHeld",
    "RegionNamed",
    "RegionalEventHeld",
    "SeriesAnnounced",
    "SeriesClosed",
    "SessionHeld",
    "SummitHeld",
]


def _refuse_repeats(cities: tuple[CityId, ...]) -> None:
    if len(set(cities)) < len(cities):
        raise InvalidValueError(
            kind="participants", value=[one.value for one in cities], reason="name a city twice"
        )


def _refuse_repeated_pillars(pillars: tuple[MissionPillar, ...]) -> None:
    if len(set(pillars)) < len(pillars):
        raise InvalidValueError(
            kind="pillars", value=[one.value for one in pillars], reason="name one twice"
        )


def _cities(number: int) -> str:
    return "1 city" if number == 1 else f"{number} cities"


@frozen(kw_only=True)
class SeriesAnnounced:
    """A series of trainings with one provider, with its number of sessions and its window.

    Parameters
    ----------
    series
        Its key.
    title, provider
        What, and by whom.
    sessions
        The declared number of sessions, at least one.
    first_day, last_day
        The window, both days included.
    fewest_attended
        Sessions that a city must attend to complete the series.
    pillars
        What it is for, each once; none if nobody has said so.
    """

    series: str
    title: str
    provider: str
    sessions: int
    first_day: Date
    last_day: Date
    fewest_attended: int
    pillars: tuple[MissionPillar, ...] = ()

    def __attrs_post_init__(self) -> None:
        require_date(self.first_day, kind="first day of a series")
        require_date(self.last_day, kind="last day of a series")
        if self.last_day < self.first_day:
            raise InvalidValueError(
                kind="window of a series", value=self.series, reason="must not end before it begins"
            )
        if not 1 <= self.fewest_attended <= self.sessions:
            raise InvalidValueError(
                kind="series", value=self.series, reason="must be completed by 1 to all sessions"
            )
        _refuse_repeated_pillars(self.pillars)

    @property
    def sentence(self) -> str:
        """What happened."""
        return (
            f"{self.provider} announced {self.sessions} trainings from {self.first_day} to "
            f"{self.last_day}: {self.title}."
        )

    @property
    def concerns(self) -> tuple[str, ...]:
        """The provider."""
        return (self.provider,)


@frozen(kw_only=True)
class Enrolment:
    """A city enrols in a series."""

    series: str
    city: CityId

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"{self.city} enrolled in {self.series}."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The city."""
        return (self.city.value,)


@frozen(kw_only=True)
class SessionHeld:
    """A session of a series took place.

    Parameters
    ----------
    series
        The series.
    title
        What it was about.
    attendees
        Enrolled cities that took part.
    """

    series: str
    title: str
    attendees: tuple[CityId, ...]

    def __attrs_post_init__(self) -> None:
        _refuse_repeats(self.attendees)

    @property
    def sentence(self) -> str:
        """What happened."""
        with_whom = _cities(len(self.attendees))
        return f"A session of {self.series} took place with {with_whom}: {self.title}."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The cities that took part."""
        return tuple(one.value for one in self.attendees)


@frozen(kw_only=True)
class SeriesClosed:
    """A series ends with the declared number of sessions."""

    series: str

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"{self.series} was closed."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The series."""
        return (self.series,)


@frozen(kw_only=True)
class RegionNamed:
    """A named group of countries is set up; groups may overlap.

    Parameters
    ----------
    region
        Its name, e.g. ``"Western Balkans"``.
    countries
        At least one, each once.
    """

    region: str
    countries: tuple[CountryCode, ...]

    def __attrs_post_init__(self) -> None:
        if not self.countries or len(set(self.countries)) < len(self.countries):
            raise InvalidValueError(
                kind="region", value=self.region, reason="must name countries, each once"
            )

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"{self.region} stands for {', '.join(map(str, self.countries))}."

    @property
    def concerns(self) -> tuple[str, ...]:
        """Nobody in particular."""
        return ()


@frozen(kw_only=True)
class RegionalEventHeld:
    """An event for one or more named regions took place.

    Parameters
    ----------
    title
        Its name.
    regions
        Named regions, at least one.
    attendees
        Cities that took part; guests from elsewhere are welcome.
    pillars
        What it is for, each once; none if nobody has said so.
    """

    title: str
    regions: tuple[str, ...]
    attendees: tuple[CityId, ...]
    pillars: tuple[MissionPillar, ...] = ()

    def __attrs_post_init__(self) -> None:
        _refuse_repeats(self.attendees)
        _refuse_repeated_pillars(self.pillars)
        if not self.regions:
            raise InvalidValueError(kind="event", value=self.title, reason="names no region")

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"{self.title} took place for {', '.join(self.regions)}."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The cities that took part."""
        return tuple(one.value for one in self.attendees)


@frozen(kw_only=True)
class SummitHeld:
    """The Annual Innovation Summit took place.

    Parameters
    ----------
    title, place
        Its name, and where.
    attendees
        Cities that took part.
    pillars
        What it is for, each once; none if nobody has said so.
    """

    title: str
    place: str
    attendees: tuple[CityId, ...]
    pillars: tuple[MissionPillar, ...] = ()

    def __attrs_post_init__(self) -> None:
        _refuse_repeats(self.attendees)
        _refuse_repeated_pillars(self.pillars)

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"{self.title} took place in {self.place} with {_cities(len(self.attendees))}."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The cities that took part."""
        return tuple(one.value for one in self.attendees)


@frozen(kw_only=True)
class GlobalEventHeld:
    """An event for cities of the whole world took place, or the mission was present at one.

    Parameters
    ----------
    title
        Its name.
    place
        Where.
    attendees
        Cities that took part.
    annual
        Key of the annual event of which it is this year's edition; empty if it is of none.
    pillars
        What it is for, each once; none if nobody has said so.
    """

    title: str
    place: str
    attendees: tuple[CityId, ...]
    annual: str = ""
    pillars: tuple[MissionPillar, ...] = ()

    def __attrs_post_init__(self) -> None:
        _refuse_repeats(self.attendees)
        _refuse_repeated_pillars(self.pillars)

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"{self.title} took place in {self.place} with {_cities(len(self.attendees))}."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The cities that took part."""
        return tuple(one.value for one in self.attendees)


GatheringEvent: TypeAlias = (
    CitiesEntered
    | SeriesAnnounced
    | Enrolment
    | SessionHeld
    | SeriesClosed
    | RegionNamed
    | RegionalEventHeld
    | SummitHeld
    | GlobalEventHeld
)
"""Any of these; each can be asked for by a command."""
