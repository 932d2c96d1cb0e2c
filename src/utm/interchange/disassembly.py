"""From an application to the rows of a file: the way back of assembly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from utm.domain import (
    Application,
    City,
    CityId,
    ClimatePlan,
    Consortium,
    Coordinates,
    Need,
    Observation,
    PopulationBasis,
    PopulationFigure,
    Unknown,
)
from utm.interchange.facts import title_of
from utm.interchange.missing_facts import cells_of_gap
from utm.interchange.plans import own_plan_id
from utm.interchange.wishes import COMMITMENT_COLUMNS

__all__ = ["rows_of"]


def rows_of(application: Application) -> list[Mapping[str, object]]:
    """The values of each row by column; what is unknown is absent.

    What the format cannot hold is left out: whoever writes must compare.
    """
    applicant = application.applicant
    rows: list[dict[str, object]] = []
    for city in application.cities:
        row = _city(city)
        if isinstance(applicant, Consortium):
            row["consortium"] = applicant.name
        row |= _plan(city.id, application.plans)
        row |= cells_of_gap(application.stated_gaps, city.id)
        rows.append(row)
    rows[0] |= _application(application)
    return [{key: value for key, value in row.items() if _is_known(value)} for row in rows]


def _is_known(value: object) -> bool:
    return value is not None and value != () and not isinstance(value, Unknown)


def _city(city: City) -> dict[str, object]:
    row: dict[str, object] = {
        "name": city.name,
        "country": city.country,
        "other_names": city.aliases,
        "government": city.government,
        "geonames_id": city.identifier("geonames"),
        "timezone": city.timezone,
        "climate": city.climate,
        "elevation_m": city.elevation_metres,
        "coast_km": city.coast_kilometres,
        "languages": city.languages,
        "income": city.income,
        "notes": city.notes,
    }
    if city.id != CityId.of(city.country.value, city.name):
        row["city_id"] = city.id
    if isinstance(city.coordinates, Coordinates):
        row["latitude"] = float(city.coordinates.latitude_degrees)
        row["longitude"] = float(city.coordinates.longitude_degrees)
    for name, figure in zip(("population", "population_2"), city.populations, strict=False):
        row |= _population(name, figure)
    for membership in city.memberships[:1]:
        row |= {
            "gcom_status": membership.status,
            "gcom_since": None if membership.period is None else membership.period.start,
            "gcom_listed_on": membership.listed_on,
            "gcom_promised_by": membership.promised_by,
            "gcom_source": title_of(membership.source),
        }
    if isinstance(city.urbanisation, Observation):
        row["degree_of_urbanisation"] = city.urbanisation.value.value
        row["degree_of_urbanisation_source"] = title_of(city.urbanisation.source)
    return row


def _population(name: str, figure: PopulationFigure) -> dict[str, object]:
    unstated = figure.basis is PopulationBasis.UNSTATED
    return {
        name: figure.inhabitants,
        f"{name}_year": figure.year,
        f"{name}_basis": None if unstated else figure.basis,
        f"{name}_source": title_of(figure.source),
    }


def _plan(city: CityId, plans: Sequence[ClimatePlan]) -> dict[str, object]:
    plan = next((plan for plan in plans if city in plan.covers), None)
    if plan is None:
        return {}
    return {
        "plan_id": None if (plan.id, plan.covers) == (own_plan_id(city), (city,)) else plan.id,
        "plan_kind": plan.kind,
        "plan_coverage": plan.coverage,
        "plan_mode": plan.mode,
        "plan_adopted_on": plan.adopted_on,
        "plan_expires_on": plan.expires_on,
        "plan_source": title_of(plan.source),
    }


def _application(application: Application) -> dict[str, object]:
    row: dict[str, object] = {
        "submitted_on": application.submitted_on,
        "engaged_on": application.engaged_on,
        "theme": application.theme,
    }
    given = {made.commitment: made.given for made in application.commitments}
    row |= {name: given.get(commitment) for name, commitment in COMMITMENT_COLUMNS.items()}
    weighted = _are_weighted(application.needs)
    for at, need in enumerate(application.needs, start=1):
        row[f"need_{at}"] = need.topic
        row[f"need_{at}_weight"] = float(need.weight_share) if weighted else None
        row[f"need_{at}_in_words"] = need.statement
    for at, offer in enumerate(application.offers, start=1):
        row[f"offer_{at}"] = offer.topic
        row[f"offer_{at}_maturity"] = offer.maturity
        row[f"offer_{at}_in_words"] = offer.statement
    return row


def _are_weighted(needs: Sequence[Need]) -> bool:
    return any(need.weight_share != 1 / len(needs) for need in needs)
