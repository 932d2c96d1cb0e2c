"""Matching a group equals trying every case, and so does completing it."""

from itertools import chain, combinations, product

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from pendulum import Date

from tests.funding.examples import CHARGING, CYCLING, SHADE, application, city, opportunity, places
from tests.searching import examples
from utm.domain import (
    ApplicantKind,
    ConsortiumRules,
    CountryCode,
    JointCall,
    Partner,
    PartnerId,
    Unknown,
)
from utm.errors import InvalidValueError
from utm.funding import (
    Listing,
    Member,
    complete_group,
    match_group,
    match_members,
    member_of,
    price_by_topics,
)
from utm.rules import Verdict
from utm.testing.funding import consortium_rules, funding_members

DAY = Date(2026, 3, 1)
CITY_KINDS = (ApplicantKind.LOCAL_AUTHORITY, ApplicantKind.REGIONAL_AUTHORITY)
GROUPS = st.integers(0, 4).flatmap(lambda n: st.tuples(*map(funding_members, range(n))))


def joint(rules: ConsortiumRules):
    return opportunity(consortium=rules, places=(places(),))


def holds(rules: ConsortiumRules, members: tuple[Member, ...]) -> bool:
    """The rules, read aloud, for members of whom everything is known."""
    counted = [
        each
        for each in members
        if each.verdict is Verdict.MET
        and (not rules.counted_countries or each.country in rules.counted_countries)
    ]
    return (
        len(counted) >= rules.least_partners
        and len({each.country for each in counted}) >= rules.least_countries
        and all(any(each.kind is kind for each in counted) for kind in rules.required_kinds)
        and (rules.most_partners is None or len(members) <= rules.most_partners)
    )


def cases_of(member: Member) -> list[Member]:
    verdicts = (
        (Verdict.MET, Verdict.UNMET) if member.verdict is Verdict.UNKNOWN else (member.verdict,)
    )
    kinds = CITY_KINDS if isinstance(member.kind, Unknown) else (member.kind,)
    return [evolve(member, verdict=v, kind=k) for v, k in product(verdicts, kinds)]


@examples(100)
@given(GROUPS, consortium_rules())
def test_the_answer_for_a_group_is_what_trying_every_case_gives(
    members: tuple[Member, ...], rules: ConsortiumRules
) -> None:
    answers = {holds(rules, case) for case in product(*map(cases_of, members))}
    expected = Verdict.UNKNOWN if len(answers) == 2 else Verdict.of(answers.pop())

    assert match_members(members, joint(rules)).verdict is expected


@examples(60)
@given(GROUPS, st.integers(0, 6), consortium_rules(), st.data())
def test_completing_a_group_is_as_cheap_as_the_best_of_all_subsets(
    members: tuple[Member, ...], count: int, rules: ConsortiumRules, data: st.DataObject
) -> None:
    pool = tuple(data.draw(funding_members(10 + n)) for n in range(count))
    prices = {each.key: data.draw(st.integers(0, 3)) for each in pool}
    found = complete_group(members, pool, joint(rules), price=lambda each: prices[each.key])

    def surely(added: tuple[Member, ...]) -> bool:
        return match_members((*members, *added), joint(rules)).verdict is Verdict.MET

    subsets = chain.from_iterable(combinations(pool, size) for size in range(count + 1))
    costs = [
        (
            sum(prices[each.key] for each in subset),
            len(subset),
            tuple(sorted((each.country.value, each.key.value) for each in subset)),
        )
        for subset in subsets
        if surely(subset)
    ]
    best = min(costs, default=None)

    assert found.is_possible is (best is not None)
    if best is not None:
        names = tuple((each.country.value, each.key.value) for each in found.added)
        assert (found.price, len(found.added), names) == best
        assert surely(found.added)
    else:
        assert found.added == ()


def test_a_partner_counts_where_it_is_admitted_and_lies_in_a_country_that_counts() -> None:
    rules = ConsortiumRules(
        least_partners=2, least_countries=2, counted_countries=FINLAND_AND_SPAIN
    )
    call = opportunity(
        consortium=rules,
        places=(places("FI", "ES", "KE"),),
        applicants=(ApplicantKind.LOCAL_AUTHORITY, ApplicantKind.RESEARCH_ORGANISATION),
    )
    listing = Listing.listed(JointCall(opportunity=call))

    def partner(code: str, kind: ApplicantKind) -> Partner:
        return Partner(
            id=PartnerId("institute"), name="Institute", kind=kind, country=CountryCode(code)
        )

    turku = application(city("FI", "Turku"))
    research, company = ApplicantKind.RESEARCH_ORGANISATION, ApplicantKind.COMPANY
    answers = [
        match_group([turku, partner(code, kind)], listing, on=DAY).verdict.value
        for code, kind in (("ES", research), ("ES", company), ("KE", research), ("SE", research))
    ]
    assert answers == ["met", "unmet", "unmet", "unmet"]


FINLAND_AND_SPAIN = (CountryCode("FI"), CountryCode("ES"))


def test_a_member_that_stands_twice_is_refused() -> None:
    listing = Listing.listed(JointCall(opportunity=joint(ConsortiumRules())))
    turku = city("FI", "Turku")

    with pytest.raises(InvalidValueError, match="twice"):
        match_group([turku, application(turku)], listing, on=DAY)


def test_a_city_and_a_partner_may_share_a_key() -> None:
    listing = Listing.listed(JointCall(opportunity=joint(ConsortiumRules(least_partners=2))))
    turku = member_of(city("FI", "Turku"), listing=listing, on=DAY)
    club = Partner(
        id=PartnerId("fi-turku"),
        name="Club",
        kind=ApplicantKind.CIVIL_SOCIETY,
        country=CountryCode("FI"),
    )
    other = member_of(club, listing=listing, on=DAY)
    found = complete_group((), [turku, other], listing.opportunity, price=lambda _: 1)

    assert {each.name for each in found.added} == {"Turku", "Club"}


def test_a_price_says_how_little_a_candidate_serves() -> None:
    listing = Listing.listed(JointCall(opportunity=joint(ConsortiumRules())))
    price = price_by_topics((CYCLING, SHADE))
    prices = [
        price(member_of(application(city("FI", "Turku"), offers=offers), listing=listing, on=DAY))
        for offers in ((CYCLING, SHADE), (CYCLING,), (CHARGING,), ())
    ]
    assert prices == [0, 500, 750, 1000]


def test_a_negative_price_is_refused() -> None:
    rules = ConsortiumRules(least_partners=1)
    listing = Listing.listed(JointCall(opportunity=joint(rules)))
    turku = member_of(city("FI", "Turku"), listing=listing, on=DAY)

    with pytest.raises(InvalidValueError, match="price"):
        complete_group((), [turku], listing.opportunity, price=lambda _: -1)
