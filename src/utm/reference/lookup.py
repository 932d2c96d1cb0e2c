"""Find a city by whatever a person writes for it."""

from __future__ import annotations

from difflib import get_close_matches

from utm.domain.city import City
from utm.domain.countries import resolve_country
from utm.domain.names import fold_name
from utm.errors import UnresolvedNameError

__all__ = ["find_city"]

_NEAREST = 3


def find_city(cities: tuple[City, ...], text: str) -> City:
    """Find the one city that a text means.

    Tried in this order: id (``gb-birmingham``); name or alias (``Bandirma``); name and country
    (``Birmingham (UK)`` or ``Birmingham, GB``); key of others (``geonames:2655603``); country
    (``UK``), which means its city if there is only one. Case, accents and punctuation are
    ignored.

    Parameters
    ----------
    cities
        The cities to choose from.
    text
        What was written.

    Raises
    ------
    UnresolvedNameError
        Nothing fits, or several cities do.

    Notes
    -----
    Takes time linear in the number of cities.
    """
    for fitting in (
        _by_key(cities, text),
        _by_name(cities, text),
        _by_name_and_country(cities, text),
        _by_country(cities, text),
    ):
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            raise UnresolvedNameError(
                kind="city", value=text, candidates=tuple(map(_described, fitting)), fits=True
            )
    raise UnresolvedNameError(
        kind="city", value=text, candidates=_nearest(cities, text), fits=False
    )


def _by_key(cities: tuple[City, ...], text: str) -> tuple[City, ...]:
    key = text.strip().casefold()
    return tuple(
        city
        for city in cities
        if key == city.id.value or key in {str(other).casefold() for other in city.identifiers}
    )


def _by_name(cities: tuple[City, ...], text: str) -> tuple[City, ...]:
    name = fold_name(text)
    return tuple(city for city in cities if name in city.names)


def _by_name_and_country(cities: tuple[City, ...], text: str) -> tuple[City, ...]:
    name, divider, country = text.rstrip(" )").rpartition("(" if "(" in text else ",")
    return _by_name(_by_country(cities, country), name) if divider else ()


def _by_country(cities: tuple[City, ...], text: str) -> tuple[City, ...]:
    country = resolve_country(text)
    if country is None:
        return ()
    return tuple(city for city in cities if city.country.value == country.alpha2)


def _nearest(cities: tuple[City, ...], text: str) -> tuple[str, ...]:
    by_name = {name: city for city in cities for name in city.names}
    close = get_close_matches(fold_name(text), sorted(by_name), n=_NEAREST)
    return tuple(dict.fromkeys(_described(by_name[name]) for name in close))


def _described(city: City) -> str:
    return f"{city.name} ({city.country}), {city.id}"
