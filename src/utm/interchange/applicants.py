"""Reading an applicants' file: everything, or all of its problems."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from attrs import frozen

from utm.domain import Application, CallId, Taxonomy
from utm.errors import InputProblem, InvalidInputError
from utm.interchange.assembly import assemble
from utm.interchange.columns import applicant_columns
from utm.interchange.limits import Limits
from utm.interchange.objects import read_objects
from utm.interchange.problems import Problems
from utm.interchange.record import Record
from utm.interchange.rows import read_records
from utm.interchange.text_encoding import decode_text
from utm.interchange.warnings import warnings_of

__all__ = ["Applicants", "parse_applicants_csv", "parse_applicants_json", "read_applicants"]

_LIMITS = Limits()
_TEXT_SUFFIXES = (".csv", ".tsv", ".txt")
_WORKBOOK_SUFFIXES = (".xlsx", ".xls", ".xlsm", ".ods", ".numbers")


@frozen(kw_only=True)
class Applicants:
    """What an applicants' file holds.

    Parameters
    ----------
    applications
        One a city or consortium, by key of the applicant.
    warnings
        What a person should look at, though the file can be read.
    """

    applications: tuple[Application, ...]
    warnings: tuple[InputProblem, ...] = ()


@frozen(kw_only=True)
class _File:
    """What a reader must know of a file beside its content."""

    source: str
    taxonomy: Taxonomy
    call: CallId
    limits: Limits


def read_applicants(
    path: Path | str, *, taxonomy: Taxonomy, call: CallId, limits: Limits = _LIMITS
) -> Applicants:
    """Read an applicants' file, ``.csv`` or ``.json``.

    Parameters
    ----------
    path
        The file; its suffix tells the format.
    taxonomy
        The themes and topics that are admitted.
    call
        The call that all apply to.
    limits
        Bounds on what is read.

    Returns
    -------
    Applicants
        The applications and warnings.

    Raises
    ------
    InvalidInputError
        The file has problems: all of them, in reading order. Nothing of it is used.
    OSError
        The file cannot be opened.
    """
    place = Path(path)
    parse = _parser_for(place)
    with place.open("rb") as file:
        data = file.read(limits.file_bytes + 1)
    if len(data) > limits.file_bytes:
        reason = f"is larger than {limits.file_bytes:,} bytes"
        raise _refused(place.name, reason, "Split it, or delete what is not an applicant.")
    return parse(data, source=place.name, taxonomy=taxonomy, call=call, limits=limits)


def parse_applicants_csv(
    text: str | bytes,
    *,
    source: str = "applicants.csv",
    taxonomy: Taxonomy,
    call: CallId,
    limits: Limits = _LIMITS,
) -> Applicants:
    """Read applicants from separated text; see `read_applicants`.

    Commas, semicolons, tabs and vertical bars are recognised by the header.
    """
    file = _File(source=source, taxonomy=taxonomy, call=call, limits=limits)
    return _parsed(read_records, text, file)


def parse_applicants_json(
    text: str | bytes,
    *,
    source: str = "applicants.json",
    taxonomy: Taxonomy,
    call: CallId,
    limits: Limits = _LIMITS,
) -> Applicants:
    """Read applicants from JSON text; see `read_applicants`."""
    file = _File(source=source, taxonomy=taxonomy, call=call, limits=limits)
    return _parsed(read_objects, text, file)


def _parsed(read: Callable[..., tuple[Record, ...]], text: str | bytes, file: _File) -> Applicants:
    decoded = decode_text(text, source=file.source) if isinstance(text, bytes) else text
    columns = applicant_columns(file.taxonomy)
    problems = Problems(file.source, file.limits)
    bare = decoded.removeprefix("\ufeff")
    records = read(bare, columns=columns, problems=problems, limits=file.limits)
    applications = assemble(records, columns=columns, call=file.call, problems=problems)
    problems.raise_if_any()
    warnings = warnings_of(records, source=file.source)
    return Applicants(applications=applications, warnings=warnings)


def _parser_for(place: Path) -> Callable[..., Applicants]:
    suffix = place.suffix.lower()
    if suffix in _TEXT_SUFFIXES:
        return parse_applicants_csv
    if suffix == ".json":
        return parse_applicants_json
    if suffix in _WORKBOOK_SUFFIXES:
        reason = "is a workbook, which cannot be read yet"
        remedy = "In the spreadsheet, choose 'Save as' and 'CSV UTF-8', and read that file."
        raise _refused(place.name, reason, remedy)
    remedy = "Give a file whose name ends in .csv or .json."
    raise _refused(place.name, "has a name that tells no known format", remedy)


def _refused(source: str, reason: str, remedy: str) -> InvalidInputError:
    return InvalidInputError((InputProblem(source=source, reason=reason, remedy=remedy),))
