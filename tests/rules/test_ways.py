from itertools import product

import pytest
from attrs import evolve, frozen
from hypothesis import given, settings
from pendulum import Date

from tests.rules.subjects import (
    DAY,
    DISTRICT,
    GCOM,
    SETTLEMENT,
    UNSTATED,
    application,
    book,
    figure,
    plan,
    promise,
    reading,
    standing,
    together,
    town,
    waiver,
)
from tests.rules.trees import nameless
from utm.domain import (
    Application,
    City,
    Commitment,
    Consortium,
    DegreeOfUrbanisation,
    MembershipStatus,
    PlanKind,
    PlanMode,
    Unknown,
    UnknownReason,
    civil_date,
)
from utm.reference import city2city_2026
from utm.rules import (
    AllOf,
    AnyOf,
    AtLeast,
    Case,
    CommitmentGiven,
    Composable,
    Effort,
    Finding,
    ForAll,
    Interpretations,
    MinimumPopulation,
    NetworkSignatory,
    NextEvidence,
    Not,
    Outcome,
    Rule,
    ShareOfInhabitants,
    TownsReading,
    Urbanised,
    Verdict,
    Ways,
    WholeCityPlan,
    find_next_evidence,
    find_ways,
)
from utm.rules.library import CITY2CITY_2026, COHORT_2023
from utm.testing import laws
from utm.testing.rules import applications_to_judge, days, readings, rules

FLOOR = MinimumPopulation(id="population", floor_inhabitants=50_000)
ENGAGE = CommitmentGiven(id="engage", commitment=Commitment.ENGAGE)
RESOURCES = CommitmentGiven(id="resources", commitment=Commitment.ALLOCATE_RESOURCES)
SIGNED = (standing(start="2015-01-01"),)


@frozen(kw_only=True)
class Spoken(Composable):
    """A rule of a third party, of which nothing is ever known."""

    id: str = "spoken"
    source: None = None
    parts: tuple[()] = ()
    requirement: str = "an office where Esperanto is spoken"

    def examine(self, case: Case) -> Finding:
        return case.finding(self, Verdict.UNKNOWN)


def ways_in_city2city(facts: Application | City | Consortium, **more: Interpretations) -> Ways:
    return find_ways(CITY2CITY_2026, CITY2CITY_2026.assess(facts, on=DAY, **more))


def texts(ways: Ways) -> list[list[str]]:
    return [[change.text for change in way.changes] for way in ways.ways]


def test_an_eligible_city_has_one_way_without_changes() -> None:
    city = town(figure(60_000), memberships=SIGNED)
    ways = ways_in_city2city(application(city, plans=(plan(city),)))

    assert texts(ways) == [[]]
    assert ways.obstacles == ()
    assert ways.ways[0].sentence == "Nothing has to change."


def test_too_few_inhabitants_are_an_obstacle_with_its_margin_and_no_way() -> None:
    ways = ways_in_city2city(town(figure(46_168), figure(46_721, SETTLEMENT)))

    assert ways.ways == ()
    (obstacle,) = ways.obstacles
    assert obstacle.short_inhabitants == 3_279
    assert str(obstacle) == "Turku: 3,279 inhabitants short"


def test_missing_evidence_is_one_way_that_shows_it_all() -> None:
    assert texts(ways_in_city2city(town(figure(60_000)))) == [
        [
            "show a climate action plan of its own that covers the whole city",
            "show that it is a signatory of the Global Covenant of Mayors on 2026-01-08",
        ]
    ]


def test_a_promise_to_sign_is_a_way_where_the_call_gives_grace() -> None:
    city = town(figure(60_000))
    facts = application(city, plans=(plan(city),), commitments=(promise(),))
    ways = find_ways(COHORT_2023, COHORT_2023.assess(facts, on=DAY))

    outcomes = {way.changes[0].effort: way.decision.outcome for way in ways.ways}
    assert outcomes == {
        Effort.SHOW: Outcome.ELIGIBLE,
        Effort.PROMISE: Outcome.CONDITIONAL,
    }


def test_ways_come_easiest_first() -> None:
    city = town(figure(60_000), memberships=(standing(MembershipStatus.ON_HOLD),))
    ways = ways_in_city2city(application(city, plans=(plan(city),)))

    assert [way.effort for way in ways.ways] == [(Effort.RULING,), (Effort.DO,)]


def test_one_who_withdrew_must_sign_again() -> None:
    city = town(figure(60_000), memberships=(standing(MembershipStatus.WITHDRAWN),))

    assert texts(ways_in_city2city(application(city, plans=(plan(city),)))) == [
        ["be a signatory of the Global Covenant of Mayors"]
    ]


def test_a_conflict_of_figures_is_settled_by_a_count_or_by_a_ruling() -> None:
    city = town(figure(41_175, SETTLEMENT), figure(51_000, UNSTATED, year=2012), memberships=SIGNED)

    assert texts(ways_in_city2city(application(city, plans=(plan(city),)))) == [
        ["show an official count of at least 50,000 (municipality)"],
        ["obtain the ruling 'conflict: the latest year decides'"],
    ]


def test_a_place_that_is_not_certain_must_be_named_once_for_all_criteria() -> None:
    doubt = Unknown(reason=UnknownReason.AMBIGUOUS_ENTITY)
    city = town(figure(60_000), memberships=SIGNED, identity=doubt)

    assert texts(ways_in_city2city(application(city, plans=(plan(city),)))) == [
        ["tell which place is meant"]
    ]


def test_a_joint_plan_needs_a_ruling_or_a_plan_of_each_towns_own() -> None:
    ena = town(figure(60_000), name="Ena", memberships=SIGNED)
    dva = town(figure(60_000), name="Dva", memberships=SIGNED)
    joint = plan(ena, dva, mode=PlanMode.JOINT)
    ways = ways_in_city2city(application(together(ena, dva), plans=(joint,)))

    assert sorted(len(way.changes) for way in ways.ways) == [1, 2]
    assert texts(ways)[0] == ["obtain the ruling 'joint plan: counts'"]
    laws.law_ways_are_minimal_and_proven(CITY2CITY_2026, ways)


def test_small_towns_need_the_ruling_that_their_sum_counts() -> None:
    ena = town(figure(30_000), name="Ena")
    dva = town(figure(30_000), name="Dva")
    rulebook = book(FLOOR)
    ways = find_ways(rulebook, rulebook.assess(together(ena, dva), on=DAY))

    assert texts(ways) == [[f"obtain the ruling 'towns: {TownsReading.SUM.value}'"]]


def test_a_plan_of_another_kind_and_of_unknown_coverage_needs_two_steps_or_another_plan() -> None:
    city = town(figure(60_000), memberships=SIGNED)
    unclear = Unknown(reason=UnknownReason.NOT_REPORTED)
    other = plan(city, kind=PlanKind.OTHER, coverage=unclear)  # type: ignore[arg-type]

    assert texts(ways_in_city2city(application(city, plans=(other,)))) == [
        [
            "show that the plan 'plan' covers the whole city",
            "obtain the ruling 'equivalent plan: counts'",
        ],
        ["adopt a climate action plan of its own that covers the whole city"],
    ]


def test_a_waived_obstacle_is_none() -> None:
    city = town(figure(40_000), memberships=SIGNED)
    decision = CITY2CITY_2026.assess(city, on=DAY, waivers=(waiver("population", city),))
    ways = find_ways(CITY2CITY_2026, decision)

    assert ways.obstacles == ()
    assert [way.decision.outcome for way in ways.ways] == [Outcome.ELIGIBLE_BY_WAIVER]


def test_the_easier_branch_does_not_hide_the_other() -> None:
    rulebook = book(AnyOf(parts=(ENGAGE, RESOURCES)))
    ways = find_ways(rulebook, rulebook.assess(town(), on=DAY))

    assert sorted(texts(ways)) == [["promise to allocate resources"], ["promise to engage"]]


@settings(max_examples=30)
@given(applications_to_judge(), rules(most_leaves=4), days(), readings())
def test_every_way_is_proven_and_minimal(
    facts: Application, rule: Rule, day: Date, chosen: Interpretations
) -> None:
    rulebook = book(nameless(rule))
    facts = evolve(facts, submitted_on=None)
    ways = find_ways(rulebook, rulebook.assess(facts, on=day, interpretations=chosen))

    laws.law_ways_are_minimal_and_proven(rulebook, ways)
    eligible = ways.decision.finding.effective is Verdict.MET
    assert ([way.changes for way in ways.ways] == [()]) is eligible


def test_a_large_way_asks_nothing_of_a_town_that_is_not_needed() -> None:
    signed, planned, cap, urban = (
        NetworkSignatory(id="signed", network=GCOM, network_name="Network"),
        WholeCityPlan(id="plan", kinds=(PlanKind.SECAP,)),
        WholeCityPlan(id="cap", kinds=(PlanKind.CAP2,)),
        Urbanised(id="urban", degrees=(DegreeOfUrbanisation.CITY,)),
    )
    share = ShareOfInhabitants(
        id="share", least_percent=61, rule=AllOf(parts=(signed, planned, cap, urban))
    )
    doubt = Unknown(reason=UnknownReason.AMBIGUOUS_ENTITY)
    towns = together(
        town(figure(60_000), name="Alpha"),
        town(figure(60_000), name="Beta"),
        town(figure(10_000), name="Gamma", identity=doubt),
    )

    ways = find_ways(book(share), book(share).assess(towns, on=DAY))

    assert ways.ways
    laws.law_ways_are_minimal_and_proven(book(share), ways)
    asked = {str(change.subject): change.text for change in ways.ways[0].changes}
    assert asked.get("fi-gamma", "") in {"", "tell which place is meant"}


def test_a_way_says_whether_every_smaller_part_of_it_was_tried() -> None:
    parts = tuple(
        WholeCityPlan(id=kind.name.lower(), kinds=(kind,))
        for kind in (PlanKind.SECAP, PlanKind.SEACAP, PlanKind.CAP2)
    )
    towns = [town(figure(60_000), name=name) for name in ("Ena", "Dva", "Tri")]

    for count, tried in ((2, True), (3, False)):
        rulebook = book(ForAll(rule=AllOf(parts=parts)))
        ways = find_ways(rulebook, rulebook.assess(together(*towns[:count]), on=DAY))
        (way,) = ways.ways
        assert (len(way.changes), way.every_part_tried) == (3 * count, tried)
        assert ("not every smaller part was tried" in way.sentence) is not tried
        laws.law_ways_are_minimal_and_proven(rulebook, ways)


def test_every_listed_city_has_a_way_or_an_obstacle() -> None:
    for facts in city2city_2026().applications[::5]:
        ways = ways_in_city2city(facts)
        assert bool(ways.ways) is not bool(ways.obstacles)
        laws.law_ways_are_minimal_and_proven(CITY2CITY_2026, ways)


def ask_next(rule: Rule, facts: Application | City) -> NextEvidence:
    rulebook = book(rule)
    return find_next_evidence(rulebook, rulebook.assess(facts, on=DAY))


def names(sets: tuple[tuple[object, ...], ...]) -> list[list[str]]:
    return [[each.rule.id for each in one] for one in sets]  # type: ignore[attr-defined]


def test_all_that_is_open_is_needed_to_admit_and_any_one_suffices_to_refuse() -> None:
    wanted = ask_next(AllOf(parts=(FLOOR, ENGAGE, RESOURCES)), town(figure(60_000)))

    assert names(wanted.to_admit) == [["engage", "resources"]]
    assert names(wanted.to_refuse) == [["engage"], ["resources"]]
    assert names(wanted.to_be_certain) == [["engage", "resources"]]
    assert wanted.first is not None
    assert wanted.first.rule == ENGAGE


def test_one_answer_can_decide_a_case_either_way() -> None:
    rule = AllOf(parts=(ENGAGE, AnyOf(parts=(FLOOR, RESOURCES))))
    wanted = ask_next(rule, town(figure(60_000)))

    assert names(wanted.to_be_certain) == [["engage"]]


def test_a_decided_case_needs_nothing() -> None:
    wanted = ask_next(AllOf(parts=(FLOOR, ENGAGE)), town(figure(1)))

    assert wanted.to_admit == ()
    assert wanted.to_refuse == ((),)
    assert wanted.to_be_certain == ((),)
    assert wanted.first is None


def test_two_of_three_can_be_admitted_by_any_two() -> None:
    rule = AtLeast(parts=(FLOOR, ENGAGE, RESOURCES), count=2)
    wanted = ask_next(rule, town())

    assert names(wanted.to_admit) == [
        ["population", "engage"],
        ["population", "resources"],
        ["engage", "resources"],
    ]
    assert names(wanted.to_refuse) == names(wanted.to_admit)
    assert names(wanted.to_be_certain) == [["population", "engage", "resources"]]


def test_what_is_missing_comes_with_the_criterion() -> None:
    wanted = ask_next(ENGAGE, town())

    assert wanted.first is not None
    assert [lack.reason for lack in wanted.first.missing] == [UnknownReason.NOT_REPORTED]
    assert str(wanted.first) == "Turku: a commitment to engage"


@pytest.mark.parametrize("answers", list(product((True, False), repeat=2)))
def test_the_sets_agree_with_what_the_answers_do(answers: tuple[bool, bool]) -> None:
    rule = AllOf(parts=(ENGAGE, Not(part=RESOURCES)))
    wanted = ask_next(rule, town())
    statements = (
        promise(Commitment.ENGAGE, given=answers[0]),
        promise(Commitment.ALLOCATE_RESOURCES, given=answers[1]),
    )
    after = book(rule).assess(application(town(), commitments=statements), on=DAY)

    assert [[str(each) for each in one] for one in wanted.to_admit] == [
        ["Turku: a commitment to engage", "Turku: not: a commitment to allocate resources"]
    ]
    assert [[each.rule for each in one] for one in wanted.to_refuse] == [
        [ENGAGE],
        [Not(part=RESOURCES)],
    ]
    assert (after.outcome is Outcome.ELIGIBLE) is (answers == (True, False))


SIGNATORY = NetworkSignatory(id="signed", network=GCOM, network_name="Network")
PLANNED = WholeCityPlan(id="plan", kinds=(PlanKind.SECAP,))
URBAN = Urbanised(id="urban", degrees=(DegreeOfUrbanisation.CITY, DegreeOfUrbanisation.TOWN))
ONHOLD = (standing(MembershipStatus.ON_HOLD, start="2015-01-01"),)
UNREAD = Unknown(reason=UnknownReason.NOT_REPORTED)


@pytest.mark.parametrize(
    ("rule", "facts", "expected"),
    [
        (FLOOR, application(town()), [["show an official count below 50,000 (municipality)"]]),
        (
            FLOOR,
            application(town(figure(40_000), figure(60_000))),
            [
                [
                    "obtain the ruling 'conflict: the latest year decides'",
                    "show an official count below 50,000 (municipality)",
                ]
            ],
        ),
        (
            SIGNATORY,
            application(town()),
            [["show that it is no signatory of the Network on 2026-01-08"]],
        ),
        (SIGNATORY, application(town(memberships=SIGNED)), [["leave the Network"]]),
        (
            SIGNATORY,
            application(town(memberships=ONHOLD)),
            [
                ["leave the Network"],
                ["obtain the ruling 'on hold: does not count'"],
            ],
        ),
        (PLANNED, application(town()), [["state that it has no climate action plan"]]),
        (
            PLANNED,
            application(town(), plans=(plan(town(), coverage=UNREAD),)),
            [["show that the plan 'plan' covers a part of the city only"]],
        ),
        (
            PLANNED,
            application(town(), plans=(plan(town(), kind=PlanKind.OTHER),)),
            [["obtain the ruling 'equivalent plan: does not count'"]],
        ),
        (ENGAGE, application(town()), [["decline to engage"]]),
        (ENGAGE, application(town(), commitments=(promise(),)), [["decline to engage"]]),
        (URBAN, application(town()), [["show that it has degree of urbanisation 3"]]),
        (
            FLOOR,
            application(town(identity=Unknown(reason=UnknownReason.AMBIGUOUS_ENTITY))),
            [["show an official count below 50,000 (municipality)", "tell which place is meant"]],
        ),
    ],
)
def test_what_a_rule_negates_opens_ways_too(
    rule: Rule, facts: Application, expected: list[list[str]]
) -> None:
    rulebook = book(Not(part=rule))
    ways = find_ways(rulebook, rulebook.assess(facts, on=DAY))

    assert sorted(sorted(one) for one in texts(ways)) == expected
    assert ways.obstacles == ()
    laws.law_ways_are_minimal_and_proven(rulebook, ways)


@pytest.mark.parametrize(
    ("rule", "facts", "told"),
    [
        (Not(part=FLOOR), town(figure(60_000)), 'Turku meets "at least 50,000 inhabitants"'),
        (
            Not(part=PLANNED),
            application(town(), plans=(plan(town()),)),
            'Turku meets "a climate action plan that covers the whole city"',
        ),
        (
            Spoken(),
            town(),
            'Whether Turku meets "an office where Esperanto is spoken" is not known',
        ),
    ],
)
def test_what_nobody_can_change_is_an_obstacle_under_a_negation_and_of_a_rule_of_ones_own(
    rule: Rule, facts: Application | City, told: str
) -> None:
    rulebook = book(rule)
    ways = find_ways(rulebook, rulebook.assess(facts, on=DAY))

    assert ways.ways == ()
    (obstacle,) = ways.obstacles
    assert obstacle.text.startswith(told)
    assert obstacle.short_inhabitants is None


def test_a_district_does_not_open_a_way_for_its_town() -> None:
    ways = ways_in_city2city(town(figure(14_497), figure(82_675, DISTRICT)))

    assert [obstacle.short_inhabitants for obstacle in ways.obstacles] == [35_503]


def test_a_reading_that_is_chosen_is_not_asked_for_again() -> None:
    city = town(figure(60_000), memberships=(standing(listed="2022-12-01"),))
    facts = application(city, plans=(plan(city),))
    chosen = reading(listing_counts_years=4)

    assert texts(ways_in_city2city(facts, interpretations=chosen)) == [[]]
    assert civil_date("2026-01-08") == DAY


@pytest.mark.parametrize(("count", "complete"), [(6, True), (7, False)])
def test_ways_of_more_towns_than_are_searched_are_not_called_all(
    count: int,
    complete: bool,
) -> None:
    towns = together(*(town(figure(10_000), name=f"Town {n}") for n in range(count)))
    rulebook = book(ShareOfInhabitants(least_percent=51, rule=URBAN))
    ways = find_ways(rulebook, rulebook.assess(towns, on=DAY))

    assert ways.complete is complete
    assert bool(ways.ways) is complete
