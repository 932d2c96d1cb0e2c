"""Border: what users bring and what they take away."""

from utm.interchange.applicants import (
    Applicants,
    parse_applicants_csv,
    parse_applicants_json,
    read_applicants,
)
from utm.interchange.applicants_guide import columns_markdown
from utm.interchange.applicants_json_schema import applicants_schema
from utm.interchange.applicants_output import (
    applicants_template_csv,
    write_applicants_csv,
    write_applicants_json,
)
from utm.interchange.calendar import MeetingSeries, meeting_uid, render_ics
from utm.interchange.cells import JsonValue
from utm.interchange.column import ApplicantColumn, Scope
from utm.interchange.columns import applicant_columns
from utm.interchange.conversion import converter
from utm.interchange.decision_file import DecisionFile, decision_document, read_decision
from utm.interchange.documents import from_json, to_json
from utm.interchange.edition_json import edition_document, edition_schema, edition_to_json
from utm.interchange.facilitators import FACILITATOR_COLUMNS, read_facilitators
from utm.interchange.files import atomic_write, write_files
from utm.interchange.limits import Limits
from utm.interchange.platform_reports import parse_platform_reports, read_platform_reports
from utm.interchange.rulebook_case_schema import rulebook_cases_schema
from utm.interchange.session_calendar import render_session_calendar

__all__ = [
    "FACILITATOR_COLUMNS",
    "ApplicantColumn",
    "Applicants",
    "DecisionFile",
    "JsonValue",
    "Limits",
    "MeetingSeries",
    "Scope",
    "applicant_columns",
    "applicants_schema",
    "applicants_template_csv",
    "atomic_write",
    "columns_markdown",
    "converter",
    "decision_document",
    "edition_document",
    "edition_schema",
    "edition_to_json",
    "from_json",
    "meeting_uid",
    "parse_applicants_csv",
    "parse_applicants_json",
    "parse_platform_reports",
    "read_applicants",
    "read_decision",
    "read_facilitators",
    "read_platform_reports",
    "render_ics",
    "render_session_calendar",
    "rulebook_cases_schema",
    "to_json",
    "write_applicants_csv",
    "write_applicants_json",
    "write_files",
]
