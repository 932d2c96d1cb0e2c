"""Where a command takes its applicants from: a file, or the register of the library."""

from __future__ import annotations

from pathlib import Path

import click
from attrs import frozen
from pendulum import Date

from utm.domain import Application, CallId, City, Consortium, fold_name
from utm.errors import UnresolvedNameError
from utm.interchange import read_applicants
from utm.reference import city2city_2026, city2city_taxonomy, find_city

__all__ = ["CALL_CLOSED_ON", "Applicants", "find_application", "read_or_register"]

CALL_CLOSED_ON = Date(2026, 1, 8)
"""Last day for applications to City2City 2026: its register is judged for this day."""


@frozen(kw_only=True)
class Applicants:
    """Applications, what was noticed while they were read, and the day to judge them for.

    Parameters
    ----------
    applications
        The applications.
    warnings
        What a person should know of the file, as sentences.
    on
        The day asked for; else the last day of the call for the register, and today for a file.
    """

    applications: tuple[Application, ...]
    warnings: tuple[str, ...]
    on: Date


def read_or_register(path: Path | None, *, on: Date | None) -> Applicants:
    """Read the applicants of a file; without a file take those of the register."""
    if path is None:
        return Applicants(
            applications=city2city_2026().applications, warnings=(), on=on or CALL_CLOSED_ON
        )
    read = read_applicants(path, taxonomy=city2city_taxonomy(), call=CallId("city2city-2026"))
    return Applicants(
        applications=read.applications,
        warnings=tuple(str(warning) for warning in read.warnings),
        on=on or Date.today(),
    )


def find_application(applicants: Applicants, text: str) -> Application:
    """Find the application of a city, or of the consortium that it belongs to.

    Raises
    ------
    click.UsageError
        Nothing fits, or several cities do; the error names them.
    """
    by_city: dict[City, Application] = {
        city: application for application in applicants.applications for city in application.cities
    }
    named = [
        application
        for application in applicants.applications
        if text == application.key.value
        or (isinstance(application.applicant, Consortium) and _same(text, application))
    ]
    if len(named) == 1:
        return named[0]
    try:
        return by_city[find_city(tuple(by_city), text)]
    except UnresolvedNameError as error:
        raise click.UsageError(str(error)) from error


def _same(text: str, application: Application) -> bool:
    return fold_name(text) == fold_name(application.applicant.name)
