"""What a person should look at in a file that can be read."""

from __future__ import annotations

from collections.abc import Sequence

from utm.domain import CountryCode
from utm.errors import InputProblem
from utm.interchange.record import Record
from utm.interchange.zones import zones_in

__all__ = ["INVENTED", "warnings_of"]

INVENTED = "(invented example)"


def warnings_of(records: Sequence[Record], *, source: str) -> tuple[InputProblem, ...]:
    """Warnings in reading order.

    Told are a file without applicants, rows left over from the template, places at
    0, 0 and time zones that are not given although the country has only one.
    """
    if not records:
        reason, remedy = "holds no applicants", "Write one row for each applicant city."
        return (InputProblem(source=source, reason=reason, remedy=remedy),)
    return tuple(warning for record in records for warning in _of_record(record))


def _of_record(record: Record) -> list[InputProblem]:
    warnings: list[InputProblem] = []
    if INVENTED in (record.value("name", str) or ""):
        remedy = "Delete the row."
        warnings.append(record.problem("name", "is an example row of the template", remedy))
    if record.value("latitude", float) == 0 == record.value("longitude", float):
        remedy = "If the place is not known, leave latitude and longitude out."
        reason = "lies with the longitude at 0, 0, in the Gulf of Guinea"
        warnings.append(record.problem("latitude", reason, remedy))
    country = record.value("country", CountryCode)
    if country is not None and not record.holds("timezone"):
        zones = zones_in(country)
        if len(zones) == 1:
            reason = f"is empty, though {country.country.name} has only one time zone"
            remedy = f"Write {zones[0]} if that is meant; it is unknown until then."
            warnings.append(record.problem("timezone", reason, remedy))
    return warnings
