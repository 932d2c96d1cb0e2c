"""The time zones of each country, and which of them may have been meant."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import resources

from utm.domain import CountryCode, fold_name
from utm.interchange.words import nearest

__all__ = ["likely_zone", "zones_in"]


def zones_in(country: CountryCode) -> tuple[str, ...]:
    """The zones of a country by the table of the IANA database; none if it lists none."""
    return _zones_by_country().get(country.value, ())


def likely_zone(text: str, country: CountryCode | None, zones: Sequence[str]) -> str | None:
    """The zone that may have been meant by a text that names none.

    Parameters
    ----------
    text
        What was read.
    country
        The country of the city, if it is known: only its zones are likely then.
    zones
        All zones.

    Returns
    -------
    str or None
        ``None`` for a continent alone, unless the country has only one zone, which lies there.
    """
    own = () if country is None else zones_in(country)
    area = fold_name(text.strip(" /"))
    if area in {_area(zone) for zone in zones}:
        return own[0] if len(own) == 1 and _area(own[0]) == area else None
    return nearest(text, own or zones)


def _area(zone: str) -> str:
    return fold_name(zone.partition("/")[0])


@cache
def _zones_by_country() -> dict[str, tuple[str, ...]]:
    table = resources.files("tzdata").joinpath("zoneinfo", "zone.tab").read_text("utf-8")
    zones: dict[str, tuple[str, ...]] = {}
    for line in table.splitlines():
        if line and not line.startswith("#"):
            country, _, zone = line.split("\t")[:3]
            zones[country] = (*zones.get(country, ()), zone)
    return zones
