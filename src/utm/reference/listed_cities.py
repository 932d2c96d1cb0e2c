"""The cities of the published list as facts, each unknown with its reason."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import TypeVar

from utm.domain.city import (
    City,
    GovernmentKind,
    IncomeGroup,
    MembershipStatus,
    NetworkMembership,
    PopulationBasis,
    PopulationFigure,
)
from utm.domain.evidence import Source, Unknown, UnknownReason
from utm.domain.identifiers import CityId, ExternalId, NetworkId
from utm.domain.names import clean_name
from utm.domain.places import ClimateClass, Coordinates, CountryCode, LanguageCode, TimeZone
from utm.reference.files import Row, read_rows
from utm.reference.sources import source_of

__all__ = ["listed_cities", "listed_city"]

_UNKNOWN = "unknown"
_AMBIGUOUS = "unverified_ambiguous"
_FIPS = re.compile(r"US FIPS (\d{5})")
_LANGUAGE = re.compile(r"\(([a-z]{2,3})(?:, de facto)?\)")

ValueT = TypeVar("ValueT")


@cache
def listed_cities() -> tuple[City, ...]:
    """All cities of the list, in published order."""
    figures: dict[str, tuple[PopulationFigure, ...]] = {}
    for row in read_rows("populations"):
        name = row["published_name"]
        figures[name] = (*figures.get(name, ()), _figure(row))
    return tuple(
        listed_city(row, figures.get(row["published_name"], ()))
        for row in read_rows("listed_cities")
    )


def listed_city(row: Row, figures: tuple[PopulationFigure, ...]) -> City:
    """Read one row of the list.

    Parameters
    ----------
    row
        A row of ``listed_cities.csv``.
    figures
        Population figures beside that of GeoNames.
    """
    name = _usual_name(row)
    return City(
        id=CityId.of(row["iso2"], name),
        name=name,
        country=CountryCode(row["iso2"]),
        aliases=_aliases(row, name),
        government=_known(row, "government", GovernmentKind),
        identifiers=_identifiers(row),
        populations=(*_geonames_figures(row), *figures),
        coordinates=_coordinates(row),
        timezone=_known(row, "timezone", TimeZone),
        climate=_known(row, "koppen", ClimateClass),
        elevation_metres=_known(row, "elevation_m", int),
        coast_kilometres=_known(row, "coast_km_approx", int),
        languages=tuple(map(LanguageCode, _LANGUAGE.findall(row["official_languages"]))),
        income=_known(row, "wb_income_2026", lambda text: IncomeGroup(text.lower())),
        memberships=_memberships(row),
        identity=_identity(row),
        notes=_notes(row),
    )


def _usual_name(row: Row) -> str:
    canonical = row["canonical_name"].partition(" (")[0]
    return clean_name(row["published_name"] if canonical == _UNKNOWN else canonical)


def _aliases(row: Row, name: str) -> tuple[str, ...]:
    spellings = (row["published_name"], *row["other_names"].split(";"))
    return tuple(dict.fromkeys(s.strip() for s in spellings if s.strip() and s.strip() != name))


def _known(row: Row, column: str, read: Callable[[str], ValueT]) -> ValueT | Unknown:
    text = row[column]
    return _why_unknown(row, column) if text == _UNKNOWN else read(text)


def _why_unknown(row: Row, column: str) -> Unknown:
    if row["status"] == _AMBIGUOUS:
        return Unknown(reason=UnknownReason.AMBIGUOUS_ENTITY, note=row["notes"])
    if column in {"lat", "elevation_m", "coast_km_approx", "koppen"}:
        for note in _notes(row):
            if "conflict on coordinates" in note or (column == "koppen" and "Koeppen" in note):
                return Unknown(reason=UnknownReason.CONFLICTING, note=note)
    if column == "wb_income_2026":
        return Unknown(reason=UnknownReason.NOT_VERIFIED, note=row["wb_income_note"])
    return Unknown(reason=UnknownReason.NOT_REPORTED)


def _identity(row: Row) -> Unknown | None:
    if row["status"] != _AMBIGUOUS:
        return None
    return Unknown(reason=UnknownReason.AMBIGUOUS_ENTITY, note=row["notes"])


def _identifiers(row: Row) -> tuple[ExternalId, ...]:
    fips = _FIPS.search(row["notes"])
    keys = {
        "geonames": row["geonames_id"],
        "unlocode": row["un_locode_2023_1"],
        "fips": fips[1] if fips else _UNKNOWN,
    }
    return tuple(
        ExternalId(namespace=namespace, value=value)
        for namespace, value in keys.items()
        if value != _UNKNOWN
    )


def _coordinates(row: Row) -> Coordinates | Unknown:
    if row["lat"] == _UNKNOWN:
        return _why_unknown(row, "lat")
    return Coordinates(latitude_degrees=float(row["lat"]), longitude_degrees=float(row["lon"]))


def _geonames_figures(row: Row) -> tuple[PopulationFigure, ...]:
    if row["population_geonames"] == _UNKNOWN:
        return ()
    page = source_of("geonames")
    return (
        PopulationFigure(
            inhabitants=int(row["population_geonames"]),
            basis=PopulationBasis.SETTLEMENT,
            source=Source(
                title=page.title, issuer=page.issuer, locator=page.locator + row["geonames_id"]
            ),
        ),
    )


def _figure(row: Row) -> PopulationFigure:
    return PopulationFigure(
        inhabitants=int(row["inhabitants"]),
        basis=PopulationBasis(row["basis"]),
        source=source_of(row["source"]),
        year=int(row["year"]) if row["year"] else None,
        doubt=row["doubt"],
    )


def _memberships(row: Row) -> tuple[NetworkMembership, ...]:
    # A listing says nothing of a city whose name could mean three.
    if row["gcom_listed_climactor_2022"] != "yes" or row["status"] == _AMBIGUOUS:
        return ()
    source = source_of("climactor-listing")
    return (
        NetworkMembership(
            network=NetworkId("gcom"),
            status=MembershipStatus.SIGNATORY,
            source=source,
            listed_on=source.published_on,
        ),
    )


def _notes(row: Row) -> tuple[str, ...]:
    return tuple(note.strip() for note in row["notes"].split(" | ") if note.strip())
