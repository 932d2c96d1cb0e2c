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
from utm.interchange.columns import ApplicantColumn, applicant_columns
from utm.interchange.limits import Limits

__all__ = [
    "ApplicantColumn",
    "Applicants",
    "Limits",
    "applicant_columns",
    "applicants_template_csv",
    "parse_applicants_csv",
    "parse_applicants_json",
    "read_applicants",
    "write_applicants_csv",
    "write_applicants_json",
]
