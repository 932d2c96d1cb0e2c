"""The JSON Schema of an applicants' file, made from its columns."""

from __future__ import annotations

from utm.domain import Taxonomy
from utm.interchange.cells import JsonValue
from utm.interchange.column import ApplicantColumn
from utm.interchange.columns import applicant_columns
from utm.interchange.objects import FORMAT, VERSION
from utm.interchange.rows import UNKNOWN_WORD

__all__ = ["applicants_schema"]


def applicants_schema(taxonomy: Taxonomy | None = None) -> dict[str, JsonValue]:
    """JSON Schema (2020-12) of an applicants' file in JSON.

    Whatever [utm.interchange.parse_applicants_json][] reads satisfies the schema. The
    reader is stricter: it also compares rows with each other and looks up time zones.

    Parameters
    ----------
    taxonomy
        With it, themes and topics are listed; without it any well-formed id will do.
    """
    columns = applicant_columns(taxonomy)
    applicant: dict[str, JsonValue] = {
        "type": "object",
        "properties": {column.name: _property(column) for column in columns},
        "required": [column.name for column in columns if column.required],
        "additionalProperties": False,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Applicants for a call of the Urban Transitions Mission",
        "type": "object",
        "properties": {
            "format": {"const": FORMAT},
            "version": {"const": VERSION, "type": "integer"},
            "applicants": {"type": "array", "items": applicant},
        },
        "required": ["format", "version", "applicants"],
        "additionalProperties": False,
    }


def _property(column: ApplicantColumn) -> JsonValue:
    described: dict[str, JsonValue] = {
        "description": f"{column.meaning} Write {column.cell.json_values}."
    }
    if column.required:
        return {**described, **column.cell.schema}
    return {**described, "anyOf": [column.cell.schema, {"enum": [UNKNOWN_WORD, None]}]}
