"""An applicant as the grouping sees it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from utm.domain import Application, City, IncomeGroup, Unknown
from utm.pairing import Participant

__all__ = ["agreed_population_inhabitants", "participant_of"]

_FIGURES_AGREE_WITHIN_RATIO = 1.5


def participant_of(application: Application) -> Participant:
    """Turn an application into a participant of the grouping.

    What is not known stays ``None``: it scores nothing and is named in the notes
    of the result. Of a consortium only what its members have in common is kept;
    its country is that of its first member.
    """
    cities = application.cities
    return Participant(
        id=application.key.value,
        country=cities[0].country.value,
        needs=application.needs,
        offers=application.offers,
        languages=_common_languages(cities),
        timezone=_shared(city.timezone for city in cities),
        climate=_shared(city.climate for city in cities),
        population=agreed_population_inhabitants(cities[0]) if len(cities) == 1 else None,
        coast_km=_metric(cities, lambda city: city.coast_kilometres),
        elevation_m=_metric(cities, lambda city: city.elevation_metres),
        income=_income(cities),
    )


def agreed_population_inhabitants(city: City) -> int | None:
    """The latest undoubted population of a city, or ``None`` where its figures disagree.

    Figures disagree when the largest is more than 1.5 times the smallest; which
    area was counted is then unclear, and with it the size of the city.
    """
    figures = [figure for figure in city.populations if not figure.doubt]
    if not figures:
        return None
    counts = [figure.inhabitants for figure in figures]
    if max(counts) > _FIGURES_AGREE_WITHIN_RATIO * min(counts):
        return None
    latest = max(figures, key=lambda figure: (figure.year or 0, figure.inhabitants))
    return latest.inhabitants


def _shared(values: Iterable[object]) -> str | None:
    distinct = {None if isinstance(value, Unknown) else str(value) for value in values}
    return distinct.pop() if len(distinct) == 1 else None


def _common_languages(cities: tuple[City, ...]) -> tuple[str, ...] | None:
    if not all(city.languages for city in cities):
        return None
    spoken = [{code.value for code in city.languages} for city in cities]
    return tuple(sorted(spoken[0].intersection(*spoken[1:])))


def _metric(cities: tuple[City, ...], read: Callable[[City], int | Unknown]) -> float | None:
    value = read(cities[0])
    return None if len(cities) > 1 or isinstance(value, Unknown) else float(value)


def _income(cities: tuple[City, ...]) -> IncomeGroup | None:
    known = {city.income for city in cities}
    only = known.pop() if len(known) == 1 else None
    return None if isinstance(only, Unknown) else only
