"""Who enters an edition: cities that are in the cohort or joining it, with their wishes."""

from __future__ import annotations

from collections.abc import Iterable

from pendulum import Date

from utm.domain import Application, CityId
from utm.domain.dates import require_date
from utm.programme.cohort import CohortState
from utm.programme.exchange.participation_events import ParticipantEntered, WishesExpressed
from utm.programme.exchange.state import EditionState
from utm.programme.history import Refusal, Requirement
from utm.programme.participants import participant_of

__all__ = ["IN_THE_COHORT", "entry_of", "refuse_outsiders", "wishes_of"]

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


def entry_of(
    state: EditionState, applications: Iterable[Application]
) -> tuple[ParticipantEntered | WishesExpressed, ...]:
    """What is to be asked for so that applicants enter an edition that has begun.

    Parameters
    ----------
    state
        The edition.
    applications
        Who enters. Of those who take part already only wishes that have changed are renewed.

    Returns
    -------
    tuple of ParticipantEntered or WishesExpressed
        In the order of the applications.
    """
    actions: list[ParticipantEntered | WishesExpressed] = []
    for one in applications:
        if not state.knows(one.key):
            country = one.cities[0].country
            actions.append(ParticipantEntered(participant=one.key, country=country))
        said = wishes_of(one)
        if said not in state.wishes:
            actions.append(said)
    return tuple(actions)


def wishes_of(application: Application) -> WishesExpressed:
    """What an applicant seeks and offers, as it is recorded in the life of an edition."""
    return WishesExpressed(
        participant=application.key,
        profile=participant_of(application),
        name=application.applicant.name,
        basis=application.needs_basis,
    )
