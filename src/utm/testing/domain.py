"""Hypothesis strategies for the facts of `utm.domain`.

Each strategy makes values that their classes admit, the odd ones included: names in
many scripts, Namibia, 29 February, unknowns with every reason. They shrink to plain
values. Applications and editions are in `utm.testing.applications`. Needs the
extra ``testing``.
"""

from __future__ import annotations

import string
from enum import Enum
from typing import TypeVar

from attrs import evolve
from pendulum import Date

from utm.domain import (
    City,
    CityId,
    ClimateClass,
    ClimatePlan,
    Coordinates,
    CountryCode,
    ExternalId,
    GovernmentKind,
    IncomeGroup,
    LanguageCode,
    MembershipStatus,
    NetworkId,
    NetworkMembership,
    Period,
    PlanCoverage,
    PlanId,
    PlanKind,
    PlanMode,
    PopulationBasis,
    PopulationFigure,
    Source,
    TimeZone,
    Unknown,
    UnknownReason,
    clean_name,
)
from utm.domain.countries import all_countries
from utm.errors import ExtraMissingError, InvalidValueError

try:
    from hypothesis import strategies as st
    from hypothesis.strategies import SearchStrategy
except ImportError as error:  # pragma: no cover - the tests have it
    raise ExtraMissingError(feature="Hypothesis strategies", extra="testing") from error

__all__ = [
    "cities",
    "city_ids",
    "climate_classes",
    "coordinates",
    "country_codes",
    "dates",
    "external_ids",
    "known_or_unknown",
    "language_codes",
    "members",
    "memberships",
    "names",
    "periods",
    "plans",
    "population_figures",
    "slugs",
    "sources",
    "time_zones",
    "titles",
    "unknowns",
]

ValueT = TypeVar("ValueT")
EnumT = TypeVar("EnumT", bound=Enum)

_FIRST_DAY, _LAST_DAY = Date(1990, 1, 1), Date(2060, 12, 31)
_ZONES = (
    "Europe/Helsinki",
    "Africa/Casablanca",
    "America/Sao_Paulo",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Pacific/Apia",
    "UTC",
)
_CLIMATES = ("Af", "Am", "Aw", "BSh", "BWk", "Csa", "Cfb", "Cwb", "Dfb", "Dwd", "ET", "EF")
_LANGUAGES = ("en", "es", "fi", "sv", "na", "fil", "quz", "no")
_TITLES = ("Census 2021", "=1+1", 'Yearbook; "north", 2nd edition', "Årsbok")
_SOURCES = (
    Source(title="Census 2021"),
    Source(title="Årsbok", issuer="Åbo stad", published_on=Date(2024, 2, 29)),
)
_NAMES = ("Turku", "Córdoba", "Yenişehir", "Peñalolén", "'s-Hertogenbosch", "北京", "الرباط")


def names(*, most_characters: int = 40) -> SearchStrategy[str]:
    """Names as they are stored: normalised, on one line, without control characters."""
    letters = st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"))
    free = st.text(letters, min_size=1, max_size=most_characters).map(_cleaned)
    return st.sampled_from(_NAMES) | free.filter(lambda name: 0 < len(name) <= most_characters)


def titles() -> SearchStrategy[str]:
    """Texts on one line with something visible in them."""
    return st.sampled_from(_TITLES) | names()


def slugs() -> SearchStrategy[str]:
    """Lower-case words joined by hyphens."""
    words = st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=8)
    return st.lists(words, min_size=1, max_size=3).map("-".join)


def members(kind: type[EnumT]) -> SearchStrategy[EnumT]:
    """The members of an enumeration."""
    return st.sampled_from(tuple(kind))


def dates(*, first: Date = _FIRST_DAY, last: Date = _LAST_DAY) -> SearchStrategy[Date]:
    """Days between two, both included; leap days are not rare."""
    ordinals = st.integers(first.toordinal(), last.toordinal()).map(Date.fromordinal)
    leap_days = [Date(year, 2, 29) for year in (1992, 2024, 2028)]
    return ordinals | st.sampled_from([day for day in leap_days if first <= day <= last] or [first])


def periods() -> SearchStrategy[Period]:
    """Half-open periods, some without an end."""
    return st.builds(_period, dates(), st.none() | st.integers(1, 5_000))


def unknowns() -> SearchStrategy[Unknown]:
    """Unknowns for every reason, with and without a note."""
    return st.builds(Unknown, reason=members(UnknownReason), note=st.just("") | titles())


def known_or_unknown(known: SearchStrategy[ValueT]) -> SearchStrategy[ValueT | Unknown]:
    """A value or an unknown."""
    return known | unknowns()


def sources() -> SearchStrategy[Source]:
    """Sources with and without days."""
    return st.sampled_from(_SOURCES) | st.builds(
        Source,
        title=titles(),
        issuer=st.just("") | titles(),
        locator=st.just("") | titles(),
        published_on=st.none() | dates(),
        retrieved_on=st.none() | dates(),
    )


def country_codes() -> SearchStrategy[CountryCode]:
    """All countries; Namibia, whose code looks like a missing value, is not rare."""
    every = st.sampled_from([CountryCode(country.alpha2) for country in all_countries()])
    return st.sampled_from([CountryCode("FI"), CountryCode("NA"), CountryCode("TR")]) | every


def coordinates() -> SearchStrategy[Coordinates]:
    """Points on the earth, poles and date line included."""
    return st.builds(
        Coordinates,
        latitude_degrees=st.floats(-90, 90, allow_nan=False).map(_rounded),
        longitude_degrees=st.floats(-180, 180, allow_nan=False).map(_rounded),
    )


def time_zones() -> SearchStrategy[TimeZone]:
    """Zones with whole, half and quarter hours, with and without summer time."""
    return st.sampled_from([TimeZone(name) for name in _ZONES])


def climate_classes() -> SearchStrategy[ClimateClass]:
    """Classes of all main groups."""
    return st.sampled_from([ClimateClass(name) for name in _CLIMATES])


def language_codes() -> SearchStrategy[LanguageCode]:
    """Codes of two and three letters."""
    return st.sampled_from([LanguageCode(name) for name in _LANGUAGES])


def external_ids() -> SearchStrategy[ExternalId]:
    """Keys that others gave, leading zeros included."""
    values = st.sampled_from(("633679", "007", "FI TKU", "Q38511"))
    return st.builds(ExternalId, st.sampled_from(("geonames", "unlocode", "wikidata")), values)


def city_ids() -> SearchStrategy[CityId]:
    """Keys of cities, made from a country and a name."""
    return st.builds(_city_id, country_codes(), names())


def population_figures() -> SearchStrategy[PopulationFigure]:
    """Figures, some without a year; those next to 50,000 are not rare."""
    return st.builds(
        PopulationFigure,
        inhabitants=st.sampled_from((49_999, 50_000)) | st.integers(1, 40_000_000),
        basis=members(PopulationBasis),
        source=sources(),
        year=st.none() | st.integers(1950, 2030),
        doubt=st.just("") | titles(),
    )


def memberships() -> SearchStrategy[NetworkMembership]:
    """Standings in networks."""
    return st.builds(
        NetworkMembership,
        network=st.sampled_from((NetworkId("gcom"), NetworkId("c40"))),
        status=members(MembershipStatus),
        source=sources(),
        period=st.none() | periods(),
        listed_on=st.none() | dates(),
        promised_by=st.none() | dates(),
    )


def plans(covers: SearchStrategy[tuple[CityId, ...]] | None = None) -> SearchStrategy[ClimatePlan]:
    """Climate plans.

    Parameters
    ----------
    covers
        The cities that each covers; one to three by default.
    """
    some = st.lists(city_ids(), min_size=1, max_size=3, unique=True).map(tuple)
    none = st.builds(
        ClimatePlan,
        id=slugs().map(PlanId),
        kind=st.just(PlanKind.NONE),
        covers=some if covers is None else covers,
        source=sources(),
        expires_on=st.none() | dates(),
    )
    undated = st.builds(
        ClimatePlan,
        id=slugs().map(PlanId),
        kind=members(PlanKind).filter(lambda kind: kind is not PlanKind.NONE),
        covers=some if covers is None else covers,
        source=sources(),
        coverage=known_or_unknown(members(PlanCoverage)),
        mode=known_or_unknown(members(PlanMode)),
    )
    return none | st.builds(_dated, undated, st.none() | dates(), st.none() | dates())


def _dated(plan: ClimatePlan, one: Date | None, other: Date | None) -> ClimatePlan:
    """Give a plan days of adoption and end, the end after the adoption."""
    if one is not None and other is not None:
        one, other = min(one, other), max(one, other)
    return evolve(plan, adopted_on=one, expires_on=None if other == one else other)


def cities() -> SearchStrategy[City]:
    """Cities of which much, little or nothing is known beside name and country."""
    identifiers = st.lists(external_ids(), max_size=2, unique_by=_namespace)
    nameless = st.builds(
        City,
        id=st.just(CityId("fi-nameless")),
        name=st.just("nameless"),
        country=st.just(CountryCode("FI")),
        aliases=_tuples(names(), most=2),
        government=known_or_unknown(members(GovernmentKind)),
        identifiers=identifiers.map(tuple),
        populations=_tuples(population_figures(), most=3),
        coordinates=known_or_unknown(coordinates()),
        timezone=known_or_unknown(time_zones()),
        climate=known_or_unknown(climate_classes()),
        elevation_metres=known_or_unknown(st.integers(-430, 5_100)),
        coast_kilometres=known_or_unknown(st.integers(0, 2_600)),
        languages=_tuples(language_codes(), most=3),
        income=known_or_unknown(members(IncomeGroup)),
        memberships=_tuples(memberships(), most=2),
        identity=st.none() | unknowns(),
        notes=_tuples(titles(), most=2),
    )
    # One strategy for all cities: making it anew for each of them takes most of the time.
    return st.builds(_named, nameless, names(), country_codes())


def _named(city: City, name: str, country: CountryCode) -> City:
    return evolve(city, id=_city_id(country, name), name=name, country=country)


def _namespace(key: ExternalId) -> str:
    return key.namespace


def _tuples(parts: SearchStrategy[ValueT], *, most: int) -> SearchStrategy[tuple[ValueT, ...]]:
    return st.lists(parts, max_size=most, unique_by=_identity).map(tuple)


def _period(start: Date, days: int | None) -> Period:
    return Period(start=start, end=None if days is None else start.add(days=days))


def _city_id(country: CountryCode, name: str) -> CityId:
    return CityId.of(country.value, name)


def _identity(value: object) -> object:
    return value


def _cleaned(text: str) -> str:
    try:
        return clean_name(text)
    except InvalidValueError:
        return ""


def _rounded(degrees: float) -> float:
    return round(degrees, 5)
