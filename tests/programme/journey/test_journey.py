"""The journey: stages from evidence alone, and the next step."""

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from pendulum import Date

from utm.domain import (
    Badge,
    BadgePhase,
    BadgePillar,
    City,
    CityId,
    ClimatePlan,
    CountryCode,
    Emissions,
    EmissionTarget,
    GpcSector,
    Inventory,
    InventoryEntry,
    JourneyStage,
    MembershipStatus,
    NetworkMembership,
    NotationKey,
    PlanCoverage,
    PlanId,
    PlanKind,
    Scope,
    Source,
    StageEvidence,
    YearlyEmissions,
)
from utm.errors import InvalidValueError
from utm.programme.journey import (
    GCOM,
    SupportItem,
    SupportKind,
    evidence_from,
    journey_of,
    support_for,
)

SOURCE = Source(title="GCoM page of the city")
MERSIN = CityId("tr-mersin")
TODAY = Date(2026, 6, 1)


def shown(stage: JourneyStage, on: Date | None = None) -> StageEvidence:
    return StageEvidence(city=MERSIN, stage=stage, statement=stage.value, source=SOURCE, on=on)


def badge(pillar: BadgePillar, phase: BadgePhase, on: Date | None = None) -> Badge:
    return Badge(city=MERSIN, pillar=pillar, phase=phase, source=SOURCE, awarded_on=on)


@given(st.sets(st.sampled_from(JourneyStage)))
def test_what_is_reached_is_the_longest_unbroken_beginning(stages: set[JourneyStage]) -> None:
    journey = journey_of(MERSIN, [shown(stage) for stage in stages], on=TODAY)
    ordered = list(JourneyStage)
    unbroken = 0
    while unbroken < len(ordered) and ordered[unbroken] in stages:
        unbroken += 1

    assert journey.reached == (ordered[unbroken - 1] if unbroken else None)
    assert journey.next_stage == (ordered[unbroken] if unbroken < len(ordered) else None)
    assert set(journey.shown_ahead) == stages - set(ordered[:unbroken])
    assert journey.next_step


@given(st.lists(st.sampled_from(JourneyStage)), st.randoms())
def test_a_journey_does_not_depend_on_the_order_of_the_evidence(
    stages: list[JourneyStage], random: object
) -> None:
    evidence = [shown(stage) for stage in stages]
    shuffled = sorted(evidence, key=lambda _: random.random())  # type: ignore[attr-defined]

    assert journey_of(MERSIN, evidence, on=TODAY) == journey_of(MERSIN, shuffled, on=TODAY)


def test_evidence_counts_from_its_day_and_that_of_others_never() -> None:
    later = shown(JourneyStage.COMMITMENT, on=Date(2026, 6, 2))

    assert journey_of(MERSIN, [later], on=TODAY).reached is None
    assert journey_of(MERSIN, [later], on=Date(2026, 6, 2)).reached is JourneyStage.COMMITMENT
    assert journey_of(CityId("ke-kisumu"), [later], on=Date(2026, 6, 2)).reached is None


def test_seven_of_nine_badges_leave_the_two_open_ones() -> None:
    steps = [(pillar, phase) for pillar in BadgePillar for phase in BadgePhase]
    badges = [badge(pillar, phase) for pillar, phase in steps[:7]]

    journey = journey_of(MERSIN, [], on=TODAY, badges=badges)

    assert journey.open_badges == tuple(steps[7:])
    assert "7 of 9 badge steps" in journey.sentence
    assert journey.next_stage is JourneyStage.COMMITMENT
    assert journey.next_step.startswith("show evidence or sign")


def test_a_badge_of_a_later_day_is_not_seen() -> None:
    later = badge(BadgePillar.MITIGATION, BadgePhase.PLAN, on=Date(2026, 6, 2))

    assert journey_of(MERSIN, [], on=TODAY, badges=[later]).badges == ()


@pytest.mark.parametrize(
    ("pillar", "phase", "stage"),
    [
        (BadgePillar.MITIGATION, BadgePhase.ASSESSMENT, JourneyStage.INVENTORY),
        (BadgePillar.ADAPTATION, BadgePhase.ASSESSMENT, JourneyStage.ASSESSMENT),
        (BadgePillar.ENERGY, BadgePhase.TARGET, JourneyStage.TARGET),
        (BadgePillar.ADAPTATION, BadgePhase.PLAN, JourneyStage.PLAN),
    ],
)
def test_a_badge_shows_the_stage_of_its_phase(
    pillar: BadgePillar, phase: BadgePhase, stage: JourneyStage
) -> None:
    assert badge(pillar, phase).stage is stage


def test_facts_that_are_there_anyway_show_stages() -> None:
    city = City(
        id=MERSIN,
        name="Mersin",
        country=CountryCode("TR"),
        memberships=(
            NetworkMembership(network=GCOM, status=MembershipStatus.SIGNATORY, source=SOURCE),
        ),
    )
    plans = [
        ClimatePlan(
            id=PlanId(coverage.name.lower().replace("_", "-")),
            kind=PlanKind.SECAP,
            covers=(MERSIN,),
            source=SOURCE,
            coverage=coverage,
        )
        for coverage in (PlanCoverage.WHOLE_CITY, PlanCoverage.PARTIAL)
    ]
    entry = InventoryEntry(sector=GpcSector.WASTE, scope=Scope.ONE, value=Emissions.of_tonnes(1))
    inventory = Inventory(city=MERSIN, year=2024, entries=(entry,), source=SOURCE)

    evidence = evidence_from(city, plans=plans, inventories=[inventory])
    journey = journey_of(MERSIN, evidence, on=TODAY)

    assert [one.statement for one in evidence] == [
        "signature of the Global Covenant of Mayors",
        "SECAP whole-city",
        "inventory of 2024",
    ]
    assert journey.reached is JourneyStage.INVENTORY
    assert journey.shown_ahead == (JourneyStage.PLAN,)


def test_an_inventory_shows_its_stage_from_its_publication_and_with_a_number() -> None:
    city = City(id=MERSIN, name="Mersin", country=CountryCode("TR"))
    published = evolve(SOURCE, published_on=Date(2025, 5, 1))
    entry = InventoryEntry(sector=GpcSector.WASTE, scope=Scope.ONE, value=Emissions.of_tonnes(1))
    blank = evolve(entry, value=NotationKey.NOT_ESTIMATED, note="no data")

    def shown(on: Date, *entries: InventoryEntry) -> bool:
        inventory = Inventory(city=MERSIN, year=2023, entries=entries, source=published)
        journey = journey_of(MERSIN, evidence_from(city, inventories=[inventory]), on=on)
        return any(one.is_shown for one in journey.stages)

    assert shown(Date(2025, 5, 1), entry)
    assert not shown(Date(2025, 4, 30), entry)
    assert not shown(Date(2025, 5, 1), blank)
    assert not shown(Date(2025, 5, 1))


def test_a_target_shows_its_stage_from_the_day_of_its_source() -> None:
    city = City(id=MERSIN, name="Mersin", country=CountryCode("TR"))
    day = Date(2025, 5, 1)
    target = EmissionTarget(
        base=YearlyEmissions.parse("2 Mt in 2018"),
        target_year=2050,
        residual=Emissions.parse("0 t"),
        source=Source(title="council decision", published_on=day),
    )

    evidence = evidence_from(city, targets=[target])

    assert journey_of(MERSIN, evidence, on=day).shown_ahead == (JourneyStage.TARGET,)
    assert journey_of(MERSIN, evidence, on=day.subtract(days=1)).shown_ahead == ()


def support(key: str, *stages: JourneyStage) -> SupportItem:
    return SupportItem(id=key, kind=SupportKind.TOOL, title=key, stages=stages, source=SOURCE)


def test_support_fits_the_next_step_and_the_most_specific_comes_first() -> None:
    items = [
        support("anything", *JourneyStage),
        support("inventory-tool", JourneyStage.INVENTORY),
        support("plan-guide", JourneyStage.PLAN),
    ]
    journey = journey_of(MERSIN, [shown(JourneyStage.COMMITMENT)], on=TODAY)

    assert [item.id for item in support_for(journey, items)] == ["inventory-tool", "anything"]


def test_support_for_no_stage_is_refused() -> None:
    with pytest.raises(InvalidValueError):
        support("nothing")
