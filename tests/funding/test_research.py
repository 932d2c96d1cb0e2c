"""Calls and partners that fit a cluster of research needs."""

from datetime import UTC, datetime

from pendulum import Date

from tests.funding.examples import CHARGING, CYCLING, SHADE, SOURCE, opportunity
from utm.domain import (
    ApplicantKind,
    CityId,
    ClosingTime,
    CountryCode,
    OpportunityKind,
    Partner,
    PartnerId,
    ResearchNeed,
    ResearchNeedId,
)
from utm.funding import fitting_calls, fitting_partners
from utm.network import ClusterBasis, NeedCluster

CLUSTER = NeedCluster(
    key="heat",
    label="Heat",
    basis=ClusterBasis.HAND,
    needs=(
        ResearchNeed(
            id=ResearchNeedId("need-1"),
            city=CityId("fi-turku"),
            stated_on=Date(2025, 1, 1),
            text="How?",
            source=SOURCE,
            topics=(CYCLING, SHADE),
        ),
    ),
)
RESEARCH = OpportunityKind.RESEARCH


def test_open_calls_come_first_then_those_on_most_topics_and_no_other_kind() -> None:
    past = ClosingTime(day=Date(2025, 1, 1))
    calls = [
        opportunity("closed", kind=RESEARCH, topics=(CYCLING, SHADE), deadlines=(past,)),
        opportunity("any-topic", kind=RESEARCH, rolling=True),
        opportunity("one-topic", kind=RESEARCH, rolling=True, topics=(SHADE,)),
        opportunity("other-topic", kind=RESEARCH, rolling=True, topics=(CHARGING,)),
        opportunity("a-loan", rolling=True, topics=(SHADE,)),
    ]
    found = fitting_calls(CLUSTER, calls, at=datetime(2026, 3, 1, tzinfo=UTC))

    assert [(call.opportunity.id.value, call.topics) for call in found] == [
        ("one-topic", (SHADE,)),
        ("any-topic", ()),
        ("closed", (SHADE, CYCLING)),
    ]


def test_partners_come_by_topics_and_research_first() -> None:
    def partner(key: str, kind: ApplicantKind, *topics) -> Partner:
        return Partner(
            id=PartnerId(key), name=key, kind=kind, country=CountryCode("FI"), topics=topics
        )

    partners = [
        partner("a-firm", ApplicantKind.COMPANY, SHADE),
        partner("institute", ApplicantKind.RESEARCH_ORGANISATION, SHADE),
        partner("z-firm", ApplicantKind.COMPANY, SHADE, CYCLING),
        partner("stranger", ApplicantKind.COMPANY, CHARGING),
    ]
    names = [fit.partner.name for fit in fitting_partners(CLUSTER, partners)]

    assert names == ["z-firm", "institute", "a-firm"]
