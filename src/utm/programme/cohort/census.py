"""Count the cohort on a day: countries, people, regions of the world."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen
from pendulum import Date

from utm.domain import City, CityId, CountryCode
from utm.domain.countries import all_countries, country_of
from utm.programme.cohort.state import CohortState
from utm.programme.participants import agreed_population_inhabitants

__all__ = ["CohortCensus", "People", "RegionCoverage", "count_cities", "count_cohort"]


@frozen(kw_only=True)
class People:
    """How many people live in some cities, as far as that is known.

    Parameters
    ----------
    inhabitants
        The people of the cities whose population is known.
    counted
        How many cities that are.
    unknown
        The cities without a population that can be used, or whose figures disagree.
    """

    inhabitants: int
    counted: int
    unknown: tuple[CityId, ...]

    @property
    def sentence(self) -> str:
        """The number with what it leaves out."""
        cities = "1 city" if self.counted == 1 else f"{self.counted} cities"
        head = f"{self.inhabitants:,} people live in {cities}"
        if not self.unknown:
            return f"{head}."
        return f"{head}; the population of {len(self.unknown)} more is not known."


@frozen(kw_only=True)
class RegionCoverage:
    """How well a subregion of the world is covered.

    Parameters
    ----------
    region, subregion
        Names after UN M49.
    cities
        Cities of the cohort there.
    countries
        Countries with a city, by code.
    countries_in_all
        Countries and areas of the subregion.
    """

    region: str
    subregion: str
    cities: tuple[CityId, ...]
    countries: tuple[CountryCode, ...]
    countries_in_all: int

    @property
    def is_empty(self) -> bool:
        """Whether no city of the cohort lies there."""
        return not self.cities


@frozen(kw_only=True)
class CohortCensus:
    """The cohort counted on one day.

    Parameters
    ----------
    on
        The day.
    cities
        Its cities, by key.
    countries
        Their countries, by code.
    people
        Their people, as far as known.
    coverage
        Every subregion of the world, by region and name, the empty ones too.
    """

    on: Date
    cities: tuple[CityId, ...]
    countries: tuple[CountryCode, ...]
    people: People
    coverage: tuple[RegionCoverage, ...]

    @property
    def regions(self) -> dict[str, int]:
        """Cities by region of the world; 0 where there is none."""
        counts: dict[str, int] = {}
        for one in self.coverage:
            counts[one.region] = counts.get(one.region, 0) + len(one.cities)
        return counts

    @property
    def empty_subregions(self) -> tuple[str, ...]:
        """Subregions without any city."""
        return tuple(one.subregion for one in self.coverage if one.is_empty)


def count_cohort(state: CohortState, *, on: Date) -> CohortCensus:
    """Count the cohort at the end of a day.

    Parameters
    ----------
    state
        The cohort.
    on
        The day; facts of cities are those that are known now.
    """
    active = sorted(membership.city for membership in state.active(on))
    return count_cities((city for key in active if (city := state.city(key)) is not None), on=on)


def count_cities(named: Iterable[City], *, on: Date) -> CohortCensus:
    """Count some cities that can be named, in any order, as if they were a cohort on a day."""
    cities = sorted(named, key=lambda city: city.id)
    return CohortCensus(
        on=on,
        cities=tuple(city.id for city in cities),
        countries=tuple(sorted({city.country for city in cities})),
        people=count_people(cities),
        coverage=_cover(cities),
    )


def count_people(cities: Iterable[City]) -> People:
    """Add up the latest undoubted populations; a city whose figures disagree is unknown."""
    known: list[int] = []
    unknown: list[CityId] = []
    for city in cities:
        inhabitants = agreed_population_inhabitants(city)
        if inhabitants is None or city.identity is not None:
            unknown.append(city.id)
        else:
            known.append(inhabitants)
    return People(inhabitants=sum(known), counted=len(known), unknown=tuple(sorted(unknown)))


def _cover(cities: list[City]) -> tuple[RegionCoverage, ...]:
    countries_of: dict[tuple[str, str], int] = {}
    for country in all_countries():
        if country.subregion:
            key = (country.region, country.subregion)
            countries_of[key] = countries_of.get(key, 0) + 1
    found: dict[tuple[str, str], list[City]] = {key: [] for key in countries_of}
    for city in cities:
        home = country_of(city.country.value)
        if home is not None and home.subregion:
            found[home.region, home.subregion].append(city)
    return tuple(
        RegionCoverage(
            region=region,
            subregion=subregion,
            cities=tuple(city.id for city in found[region, subregion]),
            countries=tuple(sorted({city.country for city in found[region, subregion]})),
            countries_in_all=countries_of[region, subregion],
        )
        for region, subregion in sorted(found)
    )
