"""Countries and areas of ISO 3166-1, and Kosovo, with their regions after UN M49."""

from __future__ import annotations

from functools import cache

from attrs import frozen

from utm.domain._country_table import TABLE
from utm.domain.names import fold_name

__all__ = ["Country", "all_countries", "country_of", "resolve_country"]

# What people write for a country beside its codes and its name in the table.
_ALIASES = {
    "uk": "GB",
    "great britain": "GB",
    "england": "GB",
    "scotland": "GB",
    "wales": "GB",
    "usa": "US",
    "united states of america": "US",
    "turkey": "TR",
    "czech republic": "CZ",
    "ivory coast": "CI",
    "cape verde": "CV",
    "swaziland": "SZ",
    "burma": "MM",
    "vietnam": "VN",
    "russian federation": "RU",
    "republic of korea": "KR",
    "republic of moldova": "MD",
    "holland": "NL",
    "the netherlands": "NL",
    "the gambia": "GM",
    "east timor": "TL",
    "macedonia": "MK",
    "el": "GR",
}


@frozen(kw_only=True)
class Country:
    """A country or area.

    Parameters
    ----------
    alpha2, alpha3
        Codes of ISO 3166-1; for Kosovo ``XK`` and ``XKX``, which its users have assigned.
    m49
        Three digits of UN M49, as text; empty for Kosovo.
    name
        Everyday English name.
    region, subregion
        Regions of M49, e.g. ``Americas`` and ``South America``; empty for Antarctica.
    """

    alpha2: str
    alpha3: str
    m49: str
    name: str
    region: str
    subregion: str


def all_countries() -> tuple[Country, ...]:
    """All countries and areas, by alpha-2 code."""
    return tuple(_by_alpha2().values())


def country_of(alpha2: str) -> Country | None:
    """Find the country with exactly this alpha-2 code."""
    return _by_alpha2().get(alpha2)


def resolve_country(text: str) -> Country | None:
    """Find a country by code, name or common alias, whatever the case or accents.

    ``"UK"`` is no ISO code but is read as the United Kingdom; ``"NA"`` is Namibia.
    """
    key = fold_name(text)
    return _by_key().get(key)


@cache
def _by_alpha2() -> dict[str, Country]:
    countries: dict[str, Country] = {}
    for line in TABLE.splitlines():
        alpha2, alpha3, m49, name, region, subregion = line.split("|")
        countries[alpha2] = Country(
            alpha2=alpha2, alpha3=alpha3, m49=m49, name=name, region=region, subregion=subregion
        )
    return countries


@cache
def _by_key() -> dict[str, Country]:
    keys: dict[str, Country] = {}
    for country in _by_alpha2().values():
        for text in (country.alpha2, country.alpha3, country.name):
            keys[fold_name(text)] = country
    for alias, alpha2 in _ALIASES.items():
        keys[alias] = _by_alpha2()[alpha2]
    return keys
