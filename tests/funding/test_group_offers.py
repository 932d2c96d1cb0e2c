"""What opportunities mean for a group: ranked, with reasons, and planned for an edition."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pendulum import Date

from tests.funding.examples import (
    CHARGING,
    CYCLING,
    MINISTRY,
    SHADE,
    application,
    city,
    opportunity,
    places,
)
from utm.domain import (
    EUROPEAN_UNION,
    ApplicantKind,
    ConsortiumRules,
    CountryCode,
    InwardOpportunity,
    JointCall,
    OutwardAction,
    PairingId,
    Partner,
    PartnerId,
    Provider,
    ProviderLevel,
)
from utm.errors import InvalidValueError
from utm.funding import (
    GroupOffer,
    Listing,
    group_wishes,
    match_group,
    offers_for_group,
    plan_applications,
)
from utm.rules import Verdict

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = Date(2026, 3, 1)
THREE = ConsortiumRules(least_partners=3, least_countries=3)
TURKU = application(city("FI", "Turku"), needs=(CYCLING, CHARGING))
BRAGA = application(city("PT", "Braga"), needs=(CYCLING,), offers=(CHARGING,))
CUENCA = application(city("EC", "Cuenca"), needs=(SHADE,), offers=(CYCLING,))
KISUMU = application(city("KE", "Kisumu"), needs=(SHADE,))
INSTITUTE = Partner(
    id=PartnerId("institute"),
    name="Institute",
    kind=ApplicantKind.RESEARCH_ORGANISATION,
    country=CountryCode("ES"),
    topics=(CYCLING, CHARGING),
)
PEOPLE = (TURKU, BRAGA, CUENCA, KISUMU)

CALL = Listing.listed(
    JointCall(opportunity=opportunity("call", consortium=THREE, places=(places(),), rolling=True))
)
ADVICE = Listing.listed(
    InwardOpportunity(
        opportunity=opportunity("advice", places=(places("FI", "PT"),), topics=(CYCLING,))
    )
)
HELP = Listing.listed(
    OutwardAction(
        opportunity=opportunity(
            "help", provider=MINISTRY, places=(places("EC", "KE"),), topics=(SHADE,), rolling=True
        )
    )
)
SWISS = Listing.listed(
    OutwardAction(
        opportunity=opportunity(
            "swiss",
            provider=Provider(
                name="Canton", level=ProviderLevel.REGIONAL, country=CountryCode("CH")
            ),
            places=(places("EC", "KE"),),
            rolling=True,
        )
    )
)
LISTINGS = (CALL, ADVICE, HELP, SWISS)


def offers(*members, candidates=(), listings=LISTINGS) -> tuple[GroupOffer, ...]:
    return offers_for_group(
        members,
        listings,
        at=NOW,
        providers=EUROPEAN_UNION,
        candidates=candidates,
        wishes=group_wishes(members),
    )


def by_key(found: tuple[GroupOffer, ...]) -> dict[str, GroupOffer]:
    return {offer.opportunity.id.value: offer for offer in found}


@settings(max_examples=40)
@given(
    st.lists(st.sampled_from(PEOPLE), unique=True, min_size=1),
    st.permutations(LISTINGS),
    st.permutations((*PEOPLE, INSTITUTE)),
)
def test_the_order_of_listings_and_candidates_leaves_no_trace(
    members, listings, candidates
) -> None:
    found = offers(*members, candidates=(*PEOPLE, INSTITUTE))

    assert offers(*members, candidates=candidates, listings=listings) == found
    for offer in found:
        alone = match_group(members, offer.listing, on=DAY)
        assert offer.match == alone
        if offer.provider_belongs:
            assert offer.verdict is alone.verdict
        if offer.completion.added:
            joined = (*members, *(p for p in (*PEOPLE, INSTITUTE) if _key(p) in _keys(offer)))
            assert match_group(joined, offer.listing, on=DAY).verdict is Verdict.MET


def _key(someone):
    return someone.id if isinstance(someone, Partner) else someone.key


def _keys(offer: GroupOffer):
    return {member.key for member in offer.completion.added}


def test_what_can_be_asked_for_now_stands_before_what_others_complete() -> None:
    found = offers(TURKU, CUENCA, candidates=PEOPLE)

    assert [offer.opportunity.id.value for offer in found] == ["help", "advice", "call", "swiss"]
    assert [offer.verdict.value for offer in found] == ["met", "met", "unmet", "unmet"]
    assert by_key(found)["call"].can_be_completed


def test_who_serves_more_of_what_the_group_seeks_costs_less() -> None:
    call = by_key(offers(TURKU, CUENCA, candidates=(KISUMU, BRAGA, INSTITUTE)))["call"]

    # Cycling and charging are sought beside shade: the institute serves two of three topics.
    assert [member.name for member in call.completion.added] == ["Institute"]
    assert call.completion.price == 1000 - 2000 // 3


def test_a_provider_outside_the_register_is_no_offer_however_the_group_is_made_up() -> None:
    swiss = by_key(offers(CUENCA, KISUMU, candidates=PEOPLE))["swiss"]

    assert swiss.match.verdict is Verdict.MET
    assert swiss.verdict is Verdict.UNMET
    assert not swiss.can_be_completed
    assert any("CH, is not among" in reason.text for reason in swiss.reasons)


def test_where_one_applicant_is_enough_nobody_is_taken_in() -> None:
    advice = by_key(offers(CUENCA, KISUMU, candidates=PEOPLE))["advice"]

    assert (advice.verdict, advice.completion.added) == (Verdict.UNMET, ())


def test_a_group_seeks_the_mean_of_what_its_members_seek() -> None:
    assert group_wishes([TURKU, BRAGA]) == ((CHARGING, 250), (CYCLING, 750))
    assert group_wishes([]) == ()
    assert sum(weight for _, weight in group_wishes(PEOPLE)) <= 1000


def test_an_opportunity_that_is_listed_twice_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="twice"):
        offers(TURKU, listings=(CALL, CALL))


def test_a_plan_makes_as_much_of_the_edition_as_is_possible() -> None:
    first, second = PairingId("g-1"), PairingId("g-2")
    plan = plan_applications(
        {
            first: offers(TURKU, CUENCA, candidates=(*PEOPLE, INSTITUTE)),
            second: offers(BRAGA, KISUMU, candidates=(*PEOPLE, INSTITUTE)),
        }
    )
    chosen = {each.group.value: each.opportunity.value for each in plan.picked.chosen}

    # Advice has no deadline and is not rolling: nobody knows whether it is open.
    assert set(chosen.values()) == {"call", "help"}
    assert all(plan.offer_of(each).state.is_open for each in plan.picked.chosen)
    assert all(plan.offer_of(each).opportunity.id == each.opportunity for each, _ in plan.offers)


def test_opportunities_of_one_budget_line_compete() -> None:
    def of_line(key: str) -> Listing:
        return Listing.listed(
            JointCall(
                opportunity=opportunity(
                    key,
                    consortium=ConsortiumRules(),
                    places=(places(),),
                    rolling=True,
                    budget_line="mission 2026",
                )
            )
        )

    lines = (of_line("one"), of_line("two"))
    plan = plan_applications(
        {
            PairingId(f"g-{number}"): offers(someone, listings=lines)
            for number, someone in enumerate((TURKU, BRAGA))
        }
    )

    assert len(plan.picked.chosen) == 1
    assert len(plan.picked.left_out) == 3


@pytest.mark.parametrize("grants", [0, -1, 1.5, True])
def test_a_number_of_grants_that_is_no_number_from_1_up_is_refused(grants: object) -> None:
    with pytest.raises(InvalidValueError, match="grants"):
        opportunity(expected_grants=grants)
