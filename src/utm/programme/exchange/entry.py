"""Who may enter an edition: cities that are in the cohort, or are joining it."""

from __future__ import annotations

from collections.abc import Iterable

from pendulum import Date

from utm.domain import CityId
from utm.domain.dates import require_date
from utm.programme.cohort import CohortState
from utm.programme.history import Refusal, Requirement

__all__ = ["IN_THE_COHORT", "refuse_outsiders"]

IN_THE_COHORT = Requirement(
    id="edition.in-the-cohort", text="a city of an edition is in the cohort or joining it"
)
"""What is asked of a city that enters an edition."""


def refuse_outsiders(
    cities: Iterable[CityId], cohort: CohortState, *, on: Date, joining: Iterable[CityId] = ()
) -> Refusal | None:
    """Refuse cities that are neither in the cohort on a day nor joining it.

    Parameters
    ----------
    cities
        The towns of all who would take part.
    cohort
        The cohort.
    on
        The day of entry.
    joining
        Cities that are known to be on their way in.

    Returns
    -------
    Refusal or None
        One refusal that names them all, or ``None``.
    """
    require_date(on)
    admitted = {membership.city for membership in cohort.active(on)} | set(joining)
    outside = sorted({city for city in cities if city not in admitted})
    if not outside:
        return None
    names = ", ".join(city.value for city in outside)
    verb = "is" if len(outside) == 1 else "are"
    return IN_THE_COHORT.refuse(f"{names} {verb} neither on {on}").at("entry to the edition")
