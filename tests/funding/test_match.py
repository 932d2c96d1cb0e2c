"""Matching one city: may it ask, what is missing, in which order, and why."""

from datetime import UTC, datetime, time
from decimal import Decimal

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from pendulum import Date

from tests.funding.examples import (
    CHARGING,
    CYCLING,
    MINISTRY,
    SHADE,
    UNKNOWN,
    application,
    city,
    opportunity,
    places,
)
from utm.domain import (
    EUROPEAN_UNION,
    AmountRange,
    ApplicantKind,
    ClosingTime,
    CoFinancing,
    CountryCode,
    GovernmentKind,
    InwardOpportunity,
    JointCall,
    Money,
    Opportunity,
    OpportunityId,
    OutwardAction,
    ProjectStage,
    Provider,
    ProviderLevel,
    Unknown,
)
from utm.errors import InvalidValueError
from utm.funding import (
    Condition,
    Listing,
    Match,
    Project,
    ReasonKind,
    Seeker,
    eligibility_of,
    match_city,
    state_of,
)
from utm.rules import MinimumPopulation, Outcome, Verdict
from utm.rules.verdict import all_of
from utm.testing.funding import opportunities

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
TURKU, KISUMU = city("FI", "Turku"), city("KE", "Kisumu")


def match(entry: OutwardAction | InwardOpportunity | JointCall, seeker: Seeker) -> Match:
    (found,) = match_city(seeker, [Listing.listed(entry)], at=NOW, providers=EUROPEAN_UNION)
    return found


def inward(**facts: object) -> InwardOpportunity:
    return InwardOpportunity(opportunity=opportunity(rolling=True, **facts))


def outward(**facts: object) -> OutwardAction:
    return OutwardAction(opportunity=opportunity(provider=MINISTRY, rolling=True, **facts))


def test_register_a_serves_cities_elsewhere_and_register_b_cities_in_europe() -> None:
    for subject, by_a, by_b in ((TURKU, "unmet", "met"), (KISUMU, "met", "unmet")):
        seeker = Seeker(application=application(subject))
        everywhere = places()

        assert match(outward(places=(everywhere,)), seeker).verdict.value == by_a
        assert match(inward(places=(everywhere,)), seeker).verdict.value == by_b


def test_an_international_provider_has_no_place_in_register_a_nor_a_ministry_in_b() -> None:
    with pytest.raises(InvalidValueError, match="register B"):
        OutwardAction(opportunity=opportunity())
    with pytest.raises(InvalidValueError, match="register A"):
        InwardOpportunity(opportunity=opportunity(provider=MINISTRY))
    with pytest.raises(InvalidValueError, match="outside Europe"):
        OutwardAction(opportunity=opportunity(provider=MINISTRY, places=(places("FI", "CY"),)))
    with pytest.raises(InvalidValueError, match="in Europe"):
        InwardOpportunity(opportunity=opportunity(places=(places("KE", "TR"),)))
    with pytest.raises(InvalidValueError, match="consortium"):
        JointCall(opportunity=opportunity())


def test_an_action_of_a_country_outside_the_group_is_not_of_register_a() -> None:
    british = Provider(name="Ministry", level=ProviderLevel.NATIONAL, country=CountryCode("GB"))
    action = OutwardAction(
        opportunity=opportunity(provider=british, rolling=True, places=(places("KE"),))
    )
    found = match(action, Seeker(application=application(KISUMU)))

    assert found.verdict is Verdict.UNMET
    assert any("GB, is not among" in r.text for r in found.reasons if r.kind is ReasonKind.PROVIDER)


def test_places_are_those_of_the_day_and_unknown_where_nothing_is_said() -> None:
    before = places("FI", end=Date(2026, 1, 1))
    after = places("PT", start=Date(2026, 2, 1), end=Date(2027, 1, 1))
    book = eligibility_of(inward(places=(after, before)))
    braga = city("PT", "Braga")

    answers = {
        day: [
            book.assess(subject, on=Date.fromisoformat(day)).outcome for subject in (TURKU, braga)
        ]
        for day in ("2025-12-31", "2026-01-15", "2026-02-01", "2027-01-01", "1910-01-01")
    }
    assert answers == {
        "2025-12-31": [Outcome.ELIGIBLE, Outcome.INELIGIBLE],
        "2026-01-15": [Outcome.INCOMPLETE, Outcome.INCOMPLETE],
        "2026-02-01": [Outcome.INELIGIBLE, Outcome.ELIGIBLE],
        "2027-01-01": [Outcome.INCOMPLETE, Outcome.INCOMPLETE],
        "1910-01-01": [Outcome.INCOMPLETE, Outcome.INCOMPLETE],
    }


def test_what_is_missing_is_named_and_makes_the_answer_unknown() -> None:
    floor = MinimumPopulation(id="population", floor_inhabitants=50_000)
    listing = Listing.listed(inward(places=(places("FI"),)), beside=floor)
    seeker = Seeker(application=application(TURKU))
    (found,) = match_city(seeker, [listing], at=NOW, providers=EUROPEAN_UNION)

    assert found.verdict is Verdict.UNKNOWN
    assert [lack.subject for lack in found.missing] == [TURKU.id]
    assert "inhabitants" in found.missing[0].fact


@pytest.mark.parametrize(
    ("government", "verdict"),
    [
        (GovernmentKind.MUNICIPALITY, Verdict.MET),
        (GovernmentKind.REGION, Verdict.UNMET),
        (UNKNOWN, Verdict.UNKNOWN),
    ],
)
def test_a_city_applies_as_what_governs_it(government, verdict: Verdict) -> None:
    entry = inward(applicants=(ApplicantKind.LOCAL_AUTHORITY,))
    found = match(entry, Seeker(application=application(city("FI", "Turku", government))))

    assert found.decision.finding_of("applicant")[0].verdict is verdict


def test_money_in_another_currency_is_unknown_and_never_converted() -> None:
    entry = inward(
        places=(places("FI"),),
        amounts=AmountRange(lowest=Money.of(100_000, "EUR")),
        co_financing=CoFinancing(highest_funded_share=Money.of("0.8", "EUR").amount),
        stages=(ProjectStage.PREPARATION,),
    )
    project = Project(
        title="Cycle tracks",
        stage=ProjectStage.PREPARATION,
        cost=Money.of(200_000, "USD"),
        own_funds=Money.of(1, "EUR"),
    )
    found = match(entry, Seeker(application=application(TURKU), project=project))

    assert [each.verdict.value for each in found.conditions] == ["met", "unknown", "unknown"]
    assert [lack.fact for lack in found.missing] == [
        "cost of the project in EUR",
        "own funds in USD",
    ]


def test_the_own_part_must_be_there() -> None:
    terms = CoFinancing(highest_funded_share=Money.of("0.8", "EUR").amount)
    for funds, verdict in ((39_999, Verdict.UNMET), (40_000, Verdict.MET)):
        project = Project(
            title="Tracks", cost=Money.of(200_000, "EUR"), own_funds=Money.of(funds, "EUR")
        )
        seeker = Seeker(application=application(TURKU), project=project)

        assert match(inward(places=(places("FI"),), co_financing=terms), seeker).verdict is verdict


HALF = CoFinancing(highest_funded_share=Decimal("0.5"))
WHOLE = CoFinancing(highest_funded_share=Decimal(1))


def own_part(
    cost: Money | Unknown, funds: Money | Unknown, highest: Money, share: CoFinancing | None
) -> Condition:
    entry = inward(places=(places("FI"),), amounts=AmountRange(highest=highest), co_financing=share)
    project = Project(title="Tracks", cost=cost, own_funds=funds)
    found = match(entry, Seeker(application=application(TURKU), project=project))
    (condition,) = (each for each in found.conditions if "own contribution" in each.asks)
    return condition


@pytest.mark.parametrize("share", [None, WHOLE, HALF])
@pytest.mark.parametrize(("funds", "verdict"), [("799.99", Verdict.UNMET), (800, Verdict.MET)])
def test_what_exceeds_the_highest_amount_must_be_brought_whatever_the_share(
    share: CoFinancing | None, funds: str | int, verdict: Verdict
) -> None:
    found = own_part(Money.of(1000, "EUR"), Money.of(funds, "EUR"), Money.of(200, "EUR"), share)

    assert found.verdict is verdict
    assert "EUR 800" in found.note
    assert "no more than EUR 200" in found.asks


@given(
    cost=st.integers(0, 2000),
    funds=st.integers(0, 2000),
    highest=st.integers(0, 2000),
    percent=st.none() | st.integers(0, 100),
)
def test_a_city_brings_all_that_neither_the_share_nor_the_highest_amount_pays(
    cost: int, funds: int, highest: int, percent: int | None
) -> None:
    share = None if percent is None else Decimal(percent) / 100
    terms = None if share is None else CoFinancing(highest_funded_share=share)
    found = own_part(*(Money.of(each, "EUR") for each in (cost, funds, highest)), terms)
    paid = min(highest, cost if share is None else cost * share)

    assert found.verdict is Verdict.of(funds >= cost - paid)


def test_an_own_part_is_unknown_where_a_fact_that_settles_it_is() -> None:
    euros = Money.of(200, "EUR")
    cost, funds = Money.of(1000, "EUR"), Money.of(600, "EUR")
    asked = {
        ("cost of the project",): own_part(UNKNOWN, funds, euros, HALF),
        ("own funds",): own_part(cost, UNKNOWN, euros, HALF),
        ("own funds in EUR",): own_part(cost, Money.of(900, "USD"), euros, HALF),
        ("cost of the project in USD",): own_part(cost, funds, Money.of(200, "USD"), HALF),
        ("cost of the project in USD", "own funds"): own_part(
            cost, UNKNOWN, Money.of(200, "USD"), None
        ),
    }

    for facts, found in asked.items():
        assert found.verdict is Verdict.UNKNOWN
        assert tuple(lack.fact for lack in found.missing) == facts


def test_too_little_for_the_share_is_too_little_whatever_the_highest_amount_is_worth() -> None:
    found = own_part(Money.of(1000, "EUR"), Money.of("499.99", "EUR"), Money.of(200, "USD"), HALF)

    assert found.verdict is Verdict.UNMET
    assert found.missing == ()


@pytest.mark.parametrize("fact", ["cost", "own_funds"])
@pytest.mark.parametrize("amount", [0.1, 250_000, Decimal(1), "EUR 1", None])
def test_an_amount_without_a_currency_is_no_cost_and_no_funds(fact: str, amount: object) -> None:
    with pytest.raises(InvalidValueError, match=rf"{fact}, which must be Money"):
        Project(title="Tracks", **{fact: amount})  # type: ignore[arg-type]


def test_nothing_has_to_be_brought_where_the_highest_amount_covers_the_cost() -> None:
    found = own_part(Money.of(200, "EUR"), UNKNOWN, Money.of(200, "EUR"), None)

    assert (found.verdict, found.missing) == (Verdict.MET, ())


def test_a_topic_counts_in_full_and_its_theme_by_half() -> None:
    seeker = Seeker(application=application(TURKU, needs=(CYCLING, SHADE)))
    fits = {
        topics: match(inward(topics=topics), seeker).fit
        for topics in ((CYCLING, SHADE), (CYCLING,), (CHARGING,), ())
    }
    assert fits == {(CYCLING, SHADE): 1000, (CYCLING,): 500, (CHARGING,): 250, (): 1000}


def test_eligible_comes_first_then_open_then_what_fits_then_least_effort() -> None:
    closed = ClosingTime(day=Date(2026, 1, 1), time_of_day=time(9))
    finnish = (places("FI"),)
    entries = [
        opportunity("e-abroad", rolling=True, places=(places("SE"),)),
        opportunity("d-unknown", rolling=True),
        opportunity("c-closed", deadlines=(closed,), places=finnish),
        opportunity("b-other-topic", rolling=True, places=finnish, topics=(SHADE,)),
        opportunity("a-long", rolling=True, places=finnish, effort_days=30),
        opportunity("z-short", rolling=True, places=finnish, effort_days=3),
    ]
    listings = [Listing.listed(InwardOpportunity(opportunity=each)) for each in entries]
    seeker = Seeker(application=application(TURKU))
    found = match_city(seeker, listings, at=NOW, providers=EUROPEAN_UNION)

    assert [each.opportunity.id.value for each in found] == [
        "z-short", "a-long", "b-other-topic", "c-closed", "d-unknown", "e-abroad",
    ]  # fmt: skip


def test_an_opportunity_that_is_listed_twice_is_refused() -> None:
    listing = Listing.listed(inward())
    with pytest.raises(InvalidValueError, match="twice"):
        match_city(
            Seeker(application=application(TURKU)),
            [listing, listing],
            at=NOW,
            providers=EUROPEAN_UNION,
        )


@given(st.lists(opportunities(), max_size=6), st.randoms(), st.sampled_from((TURKU, KISUMU)))
def test_the_order_given_leaves_no_trace_and_reasons_hold(
    given_: list[Opportunity], random, subject
) -> None:
    named = [evolve(each, id=OpportunityId(f"help-{n}")) for n, each in enumerate(given_)]
    listings = [Listing.listed(entry) for each in named if (entry := registered(each)) is not None]
    seeker = Seeker(application=application(subject, needs=(CYCLING, SHADE)))
    found = match_city(seeker, listings, at=NOW, providers=EUROPEAN_UNION)
    random.shuffle(listings)

    assert match_city(seeker, listings, at=NOW, providers=EUROPEAN_UNION) == found
    for each in found:
        assert each.fit == sum(reason.points for reason in each.reasons) <= 1000
        assert each.state == state_of(each.opportunity, at=NOW)
        day = Date(2026, 3, 1)
        decision = each.listing.eligibility.assess(seeker.application, on=day)
        verdicts = [decision.finding.effective, *(c.verdict for c in each.conditions)]
        assert each.verdict is all_of(verdicts)
        assert bool(each.missing) is (each.verdict is Verdict.UNKNOWN)
        for reason in each.reasons:
            if reason.kind is ReasonKind.TOPIC and each.opportunity.topics:
                assert reason.topic in each.opportunity.topics


def registered(each: Opportunity) -> OutwardAction | InwardOpportunity | None:
    kind = OutwardAction if each.provider.country else InwardOpportunity
    try:
        return kind(opportunity=each)
    except InvalidValueError:
        return None
