"""Which calls and which partners fit a cluster of research needs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from attrs import frozen

from utm.domain.identifiers import TopicId
from utm.domain.opportunity import Opportunity, OpportunityKind
from utm.domain.partner import ApplicantKind, Partner
from utm.funding.availability import Availability, State, state_of
from utm.network import NeedCluster

__all__ = ["FittingCall", "FittingPartner", "fitting_calls", "fitting_partners"]

_AVAILABILITIES = tuple(Availability)


@frozen(kw_only=True)
class FittingCall:
    """A call for research that a cluster of needs could be put to.

    Parameters
    ----------
    opportunity
        The call.
    state
        Whether it is open.
    topics
        Topics of the cluster that it names; none if it is for any topic.
    """

    opportunity: Opportunity
    state: State
    topics: tuple[TopicId, ...]


@frozen(kw_only=True)
class FittingPartner:
    """A partner that could take a cluster of needs up.

    Parameters
    ----------
    partner
        The partner.
    topics
        Topics of the cluster that it works on.
    """

    partner: Partner
    topics: tuple[TopicId, ...]


def fitting_calls(
    cluster: NeedCluster, opportunities: Iterable[Opportunity], *, at: datetime
) -> tuple[FittingCall, ...]:
    """Find calls for research on a topic of the cluster: open first, most topics first.

    A call that names no topic is for any; it comes behind those of equal availability.
    """
    found: list[FittingCall] = []
    for each in opportunities:
        shared = tuple(topic for topic in cluster.topics if topic in each.topics)
        if each.kind is OpportunityKind.RESEARCH and (shared or not each.topics):
            state = state_of(each, at=at)
            found.append(FittingCall(opportunity=each, state=state, topics=shared))
    return tuple(
        sorted(
            found,
            key=lambda call: (
                _AVAILABILITIES.index(call.state.availability),
                -len(call.topics),
                call.opportunity.id,
            ),
        )
    )


def fitting_partners(
    cluster: NeedCluster, partners: Iterable[Partner]
) -> tuple[FittingPartner, ...]:
    """Find partners that work on a topic of the cluster: most topics first, then research.

    Whether a partner belongs to the alliance is not asked here; to offer members alone, give
    what `utm.programme.alliance.partners_in_alliance` keeps.
    """
    found: list[FittingPartner] = []
    for each in partners:
        shared = tuple(topic for topic in cluster.topics if topic in each.topics)
        if shared:
            found.append(FittingPartner(partner=each, topics=shared))
    return tuple(
        sorted(
            found,
            key=lambda fit: (
                -len(fit.topics),
                fit.partner.kind is not ApplicantKind.RESEARCH_ORGANISATION,
                fit.partner.id,
            ),
        )
    )
