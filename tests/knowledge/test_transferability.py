"""Each condition is met, unmet or unknown here, and silence is never "no"."""

import attrs
import pytest
from pendulum import Date

from tests.knowledge.cities import BRAGA, MERSIN, SOURCE, city, figure
from tests.knowledge.examples import BRAGA_SHADE
from utm.domain import (
    BuildingBlock,
    ClimateAmong,
    ClimateClass,
    CoastBetween,
    CountryAmong,
    CountryCode,
    ElevationBetween,
    EnablingCondition,
    GovernmentAmong,
    GovernmentKind,
    IncomeAmong,
    IncomeGroup,
    InhabitantsBetween,
    LanguageAmong,
    LanguageCode,
    MembershipStatus,
    NetworkId,
    NetworkMember,
    NetworkMembership,
    Period,
)
from utm.knowledge import ConditionStanding, transferability_gap

MET, UNMET, UNKNOWN = ConditionStanding
DAY = Date(2026, 6, 1)
NOWHERE = city("in-panaji")
GCOM = NetworkId("gcom")


def standing(requirement: object, here: object, *, on: Date = DAY) -> ConditionStanding:
    condition = EnablingCondition(statement="as it says", requirement=requirement)
    practice = attrs.evolve(BRAGA_SHADE, conditions=(condition,), blocks=())
    (finding,) = transferability_gap(practice, here, on=on).findings
    assert finding.reason
    return finding.standing


def member(status: MembershipStatus, **facts: object) -> object:
    membership = NetworkMembership(network=GCOM, status=status, source=SOURCE, **facts)
    return city("pt-braga", memberships=(membership,))


@pytest.mark.parametrize(
    ("met", "unmet"),
    [
        (ClimateAmong(classes=(ClimateClass("Csb"),)), ClimateAmong(main_groups=("A",))),
        (CoastBetween(below_kilometres=31), CoastBetween(below_kilometres=30)),
        (ElevationBetween(from_metres=200), ElevationBetween(from_metres=201)),
        (
            InhabitantsBetween(from_inhabitants=190_000),
            InhabitantsBetween(below_inhabitants=190_000),
        ),
        (
            GovernmentAmong(kinds=(GovernmentKind.MUNICIPALITY,)),
            GovernmentAmong(kinds=(GovernmentKind.COUNTY,)),
        ),
        (IncomeAmong(groups=(IncomeGroup.HIGH,)), IncomeAmong(groups=(IncomeGroup.LOW,))),
        (
            LanguageAmong(languages=(LanguageCode("pt"),)),
            LanguageAmong(languages=(LanguageCode("tr"),)),
        ),
    ],
)
def test_a_fact_settles_a_condition_and_its_absence_leaves_it_open(
    met: object, unmet: object
) -> None:
    assert standing(met, BRAGA) is MET
    assert standing(unmet, BRAGA) is UNMET
    assert standing(met, NOWHERE) is UNKNOWN
    assert standing(unmet, NOWHERE) is UNKNOWN


def test_a_country_is_always_known() -> None:
    assert standing(CountryAmong(countries=(CountryCode("IN"),)), NOWHERE) is MET
    assert standing(CountryAmong(countries=(CountryCode("PT"),)), NOWHERE) is UNMET


def test_a_condition_in_words_alone_is_unknown_everywhere() -> None:
    assert standing(None, BRAGA) is UNKNOWN


def test_sources_that_disagree_about_a_bound_leave_it_open() -> None:
    assert standing(InhabitantsBetween(from_inhabitants=950_000), MERSIN) is UNKNOWN
    assert standing(InhabitantsBetween(from_inhabitants=900_000), MERSIN) is MET
    assert standing(InhabitantsBetween(below_inhabitants=900_000), MERSIN) is UNMET


def test_a_doubted_figure_settles_nothing() -> None:
    doubted = city("es-a", populations=(figure(2_000_000, doubt="a digit too many"),))

    assert standing(InhabitantsBetween(from_inhabitants=100_000), doubted) is UNKNOWN


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (MembershipStatus.SIGNATORY, MET),
        (MembershipStatus.COMMITTED, UNMET),
        (MembershipStatus.WITHDRAWN, UNMET),
    ],
)
def test_only_a_signatory_is_a_member(
    status: MembershipStatus, expected: ConditionStanding
) -> None:
    assert standing(NetworkMember(network=GCOM), member(status)) is expected


def test_a_city_on_no_list_may_still_be_a_member() -> None:
    assert standing(NetworkMember(network=GCOM), BRAGA) is UNKNOWN


def test_a_membership_outside_its_period_settles_nothing() -> None:
    period = Period(start=Date(2020, 1, 1), end=Date(2026, 6, 1))
    was = member(MembershipStatus.SIGNATORY, period=period)

    assert standing(NetworkMember(network=GCOM), was, on=Date(2026, 5, 31)) is MET
    assert standing(NetworkMember(network=GCOM), was, on=Date(2026, 6, 1)) is UNKNOWN


def test_a_block_can_be_reused_where_all_its_own_conditions_are_met() -> None:
    near_sea = EnablingCondition(
        statement="The sea is near.", requirement=CoastBetween(below_kilometres=40)
    )
    in_words = EnablingCondition(statement="A mayor who cycles.")
    trees = BuildingBlock(name="trees", purpose="shade", conditions=(near_sea,))
    roofs = BuildingBlock(name="roofs", purpose="shade", conditions=(near_sea, in_words))
    bare = BuildingBlock(name="benches", purpose="rest")
    practice = attrs.evolve(BRAGA_SHADE, blocks=(trees, roofs, bare))

    gap = transferability_gap(practice, BRAGA, on=DAY)

    assert gap.reusable_blocks == (trees,)
    assert len(gap.of(MET)) + len(gap.of(UNMET)) + len(gap.of(UNKNOWN)) == len(gap.findings) == 4
