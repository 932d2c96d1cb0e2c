"""Applicants that stand twice in one file, and consortia that are spelled in two ways."""

from __future__ import annotations

from collections.abc import Sequence

from utm.domain import CityId, CountryCode, name_key
from utm.interchange.facts import city_id_of
from utm.interchange.problems import Problems
from utm.interchange.record import Record

__all__ = ["tell_consortium_spellings", "tell_repeats"]


def tell_repeats(records: Sequence[Record], problems: Problems) -> None:
    """Tell each row whose city stands in an earlier row.

    Two rows with one name and country are two places only if each has its own key.
    """
    by_id: dict[CityId, Record] = {}
    by_name: dict[tuple[str, str], Record] = {}
    by_geonames: dict[str, Record] = {}
    for record in records:
        key, country = city_id_of(record), record.value("country", CountryCode)
        if key is None or country is None:
            continue
        name = record.value("name", str) or ""
        place = (name_key(name), country.value)
        geonames = record.value("geonames_id", str)
        keyed = record.holds("city_id")
        namesake = by_name.get(place)
        if key in by_id:
            column = "city_id" if keyed else "name"
            _tell(record, column, by_id[key], problems)
        elif namesake is not None and not (keyed and namesake.holds("city_id")):
            _tell(record, "name", namesake, problems)
        elif geonames is not None and geonames in by_geonames:
            _tell(record, "geonames_id", by_geonames[geonames], problems)
        by_id.setdefault(key, record)
        by_name.setdefault(place, record)
        if geonames is not None:
            by_geonames.setdefault(geonames, record)


def tell_consortium_spellings(records: Sequence[Record], problems: Problems) -> None:
    """Tell rows whose consortium differs from an earlier one only in spelling."""
    spelled: dict[str, Record] = {}
    for record in records:
        name = record.value("consortium", str)
        if name is None:
            continue
        earlier = spelled.setdefault(name_key(name), record)
        if earlier.value("consortium", str) != name:
            reason = f"is spelled otherwise in {earlier.place}"
            record.report(problems, "consortium", reason, "Spell it alike in all rows.")


def _tell(record: Record, column: str, earlier: Record, problems: Problems) -> None:
    reason = f"is the applicant of {earlier.place} again"
    remedy = "Delete one of the two, or give each its own city_id if they are two places."
    record.report(problems, column, reason, remedy)
