"""Border: what users bring and what they take away."""

from utm.interchange.applicants import (
    Applicants,
    parse_applicants_csv,
    parse_applicants_json,
    read_applicants,
)
from utm.interchange.applicants_output import (
    applicants_template_csv,
    write_applicants_csv,
    write_applicants_json,
)
from utm.interchange.calendar import MeetingSeries, meeting_uid, render_ics
from utm.interchange.cells import JsonValue
from utm.interchange.columns import ApplicantColumn, applicant_columns
from utm.interchange.edition_json import edition_document, edition_schema, edition_to_json
from utm.interchange.limits import Limits

__all__ = [
    "ApplicantColumn",
    "Applicants",
    "JsonValue",
    "Limits",
    "MeetingSeries",
    "applicant_columns",
    "applicants_template_csv",
    "edition_document",
    "edition_schema",
    "edition_to_json",
    "meeting_uid",
    "parse_applicants_csv",
    "parse_applicants_json",
    "read_applicants",
    "render_ics",
    "write_applicants_csv",
    "write_applicants_json",
]
