"""The same evidence in another order."""

from __future__ import annotations

from random import Random

from attrs import evolve

from utm.domain import Application, City, Consortium

__all__ = ["shuffled"]


def shuffled(application: Application, random: Random) -> Application:
    """Give the same application with all its evidence in another order."""

    def rearrange(city: City) -> City:
        return evolve(
            city,
            populations=tuple(random.sample(city.populations, len(city.populations))),
            memberships=tuple(random.sample(city.memberships, len(city.memberships))),
        )

    applicant = application.applicant
    applicant = (
        evolve(applicant, members=tuple(rearrange(member) for member in applicant.members))
        if isinstance(applicant, Consortium)
        else rearrange(applicant)
    )
    return evolve(
        application,
        applicant=applicant,
        plans=tuple(random.sample(application.plans, len(application.plans))),
        commitments=tuple(random.sample(application.commitments, len(application.commitments))),
    )
