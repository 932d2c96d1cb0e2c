"""A Hypothesis strategy for evidence that no rule asks for."""

from __future__ import annotations

from attrs import evolve
from hypothesis import strategies as st

from utm.domain import (
    Application,
    City,
    CityId,
    Consortium,
    MembershipStatus,
    NetworkId,
    NetworkMembership,
    Source,
)
from utm.testing.rules import days, plans_for

__all__ = ["with_irrelevant_evidence"]

_SOURCE = Source(title="Register of something else")


@st.composite
def with_irrelevant_evidence(draw: st.DrawFn, application: Application) -> Application:
    """Draw the same application with more evidence that no rule asks for."""
    abroad = CityId.of("SE", "Elsewhere")
    stranger = NetworkMembership(
        network=NetworkId("unheard-of"),
        status=draw(st.sampled_from(MembershipStatus)),
        source=_SOURCE,
        listed_on=draw(st.none() | days()),
    )

    def more(city: City) -> City:
        return evolve(
            city,
            memberships=(stranger, *city.memberships),
            aliases=("Elsewhere",),
            elevation_metres=draw(st.integers(0, 4_000)),
        )

    applicant = application.applicant
    return evolve(
        application,
        applicant=evolve(applicant, members=tuple(more(city) for city in applicant.members))
        if isinstance(applicant, Consortium)
        else more(applicant),
        plans=(draw(plans_for((abroad,))), *application.plans),
    )
