"""From a record to the facts of one city, with the checks between its columns."""

from __future__ import annotations

from pendulum import Date

from utm.domain import (
    City,
    CityId,
    ClimateClass,
    Coordinates,
    CountryCode,
    DegreeOfUrbanisation,
    ExternalId,
    GovernmentKind,
    IncomeGroup,
    LanguageCode,
    MembershipStatus,
    NetworkId,
    NetworkMembership,
    Observation,
    Period,
    PopulationBasis,
    PopulationFigure,
    Source,
    TimeZone,
    Unknown,
    UnknownReason,
)
from utm.interchange.problems import Problems
from utm.interchange.record import Record

__all__ = ["GCOM", "STATED", "city_id_of", "city_of", "source_of", "title_of"]

GCOM = NetworkId("gcom")
STATED = Source(title="stated in the application")
_NOT_REPORTED = Unknown(reason=UnknownReason.NOT_REPORTED)


def source_of(record: Record, column: str) -> Source:
    """The source that a row names, or the application itself."""
    title = record.value(column, str)
    return STATED if title is None else Source(title=title)


def title_of(source: Source) -> str | None:
    """The title that a row names, or ``None`` for the application itself."""
    return None if source == STATED else source.title


def city_id_of(record: Record) -> CityId | None:
    """The key of a row's city, or ``None`` if name or country could not be read."""
    name, country = record.value("name", str), record.value("country", CountryCode)
    if name is None or country is None or "city_id" in record.refused:
        return None
    return record.value("city_id", CityId) or CityId.of(country.value, name)


def city_of(record: Record, problems: Problems) -> City | None:
    """Make the city of a record, telling what does not fit together.

    Returns
    -------
    City or None
        ``None`` if what identifies the city could not be read.
    """
    populations = tuple(
        figure
        for name in ("population", "population_2")
        if (figure := _population(record, name, problems)) is not None
    )
    coordinates = _coordinates(record, problems)
    memberships = _memberships(record, problems)
    urbanisation = _urbanisation(record, problems)
    key, country = city_id_of(record), record.value("country", CountryCode)
    if key is None or country is None:
        return None
    if key.country != country:
        reason = f"does not begin with '{country.value.lower()}-', as the country is {country}"
        record.report(
            problems, "city_id", reason, "Correct the key or the country, or leave the key out."
        )
        return None
    geonames = record.value("geonames_id", str)
    return City(
        id=key,
        name=record.value("name", str) or "",
        country=country,
        aliases=record.items("other_names", str),
        government=record.value("government", GovernmentKind) or _NOT_REPORTED,
        identifiers=() if geonames is None else (ExternalId("geonames", geonames),),
        populations=populations,
        coordinates=coordinates or _NOT_REPORTED,
        timezone=record.value("timezone", TimeZone) or _NOT_REPORTED,
        climate=record.value("climate", ClimateClass) or _NOT_REPORTED,
        elevation_metres=_whole(record, "elevation_m"),
        coast_kilometres=_whole(record, "coast_km"),
        languages=record.items("languages", LanguageCode),
        income=record.value("income", IncomeGroup) or _NOT_REPORTED,
        memberships=memberships,
        notes=record.items("notes", str),
        urbanisation=urbanisation or _NOT_REPORTED,
    )


def _population(record: Record, name: str, problems: Problems) -> PopulationFigure | None:
    inhabitants = record.value(name, int)
    year, basis, source = f"{name}_year", f"{name}_basis", f"{name}_source"
    if inhabitants is None:
        if record.is_blank(name) and record.holds(year, basis, source):
            reason = "is not known although its year, basis or source is given"
            remedy = "Write the number of inhabitants, or leave out its year, basis and source."
            record.report(problems, name, reason, remedy)
        return None
    return PopulationFigure(
        inhabitants=inhabitants,
        basis=record.value(basis, PopulationBasis) or PopulationBasis.UNSTATED,
        source=source_of(record, source),
        year=record.value(year, int),
    )


def _coordinates(record: Record, problems: Problems) -> Coordinates | None:
    latitude, longitude = record.value("latitude", float), record.value("longitude", float)
    if latitude is not None and longitude is not None:
        return Coordinates(latitude_degrees=latitude, longitude_degrees=longitude)
    for column, other in (("latitude", "longitude"), ("longitude", "latitude")):
        if record.is_blank(column) and record.holds(other):
            remedy = "Give both, or neither if the place is not known."
            record.report(problems, column, f"is not known although the {other} is given", remedy)
    return None


def _memberships(record: Record, problems: Problems) -> tuple[NetworkMembership, ...]:
    status = record.value("gcom_status", MembershipStatus)
    details = ("gcom_since", "gcom_listed_on", "gcom_promised_by", "gcom_source")
    if status is None:
        if record.is_blank("gcom_status") and record.holds(*details):
            reason = "is not known although days or a source of the standing are given"
            remedy = "Write the standing, or leave out its days and source."
            record.report(problems, "gcom_status", reason, remedy)
        return ()
    since = record.value("gcom_since", Date)
    return (
        NetworkMembership(
            network=GCOM,
            status=status,
            source=source_of(record, "gcom_source"),
            period=None if since is None else Period(start=since),
            listed_on=record.value("gcom_listed_on", Date),
            promised_by=record.value("gcom_promised_by", Date),
        ),
    )


def _urbanisation(record: Record, problems: Problems) -> Observation[DegreeOfUrbanisation] | None:
    name, source = "degree_of_urbanisation", "degree_of_urbanisation_source"
    degree = record.value(name, int)
    if degree is None:
        if record.is_blank(name) and record.holds(source):
            remedy = "Write the degree, or leave out its source."
            record.report(problems, name, "is not known although its source is given", remedy)
        return None
    return Observation(value=DegreeOfUrbanisation(degree), source=source_of(record, source))


def _whole(record: Record, column: str) -> int | Unknown:
    found = record.value(column, int)
    return _NOT_REPORTED if found is None else found
