from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.subjects import DAY, GCOM, book
from tests.rules.trees import nameless
from utm.domain import Commitment, MembershipStatus, PlanKind
from utm.errors import InvalidValueError
from utm.rules import (
    AllOf,
    AnyOf,
    AtLeast,
    CommitmentGiven,
    Flaw,
    FlawKind,
    ForAtLeast,
    Interpretations,
    MinimumPopulation,
    NetworkSignatory,
    Not,
    OpenQuestion,
    Relation,
    Rule,
    ShareOfInhabitants,
    TownsReading,
    Verdict,
    WholeCityPlan,
    compare_rules,
    find_flaws,
)
from utm.rules.bounds import gather_rules
from utm.rules.diagrams import FALSE, TRUE, Diagrams
from utm.rules.library import CITY2CITY_2026, COHORT_2023, HELPDESK, RULEBOOKS
from utm.rules.worlds import Worlds
from utm.testing import laws
from utm.testing.rules import rules

ENGAGE = CommitmentGiven(id="", commitment=Commitment.ENGAGE)
RESOURCES = CommitmentGiven(id="", commitment=Commitment.ALLOCATE_RESOURCES)
CITY2CITY = CITY2CITY_2026.versions[0].rule
CALL_2023, ROLLING = (version.rule for version in COHORT_2023.versions)


def floor(inhabitants: int) -> MinimumPopulation:
    return MinimumPopulation(id="", floor_inhabitants=inhabitants)


def grace(months: int) -> NetworkSignatory:
    return NetworkSignatory(id="", network=GCOM, network_name="Covenant", grace_months=months)


def flaws(rule: Rule) -> list[tuple[FlawKind, tuple[int, ...]]]:
    return [(flaw.kind, flaw.place) for flaw in find_flaws(rule, on=DAY)]


def test_passing_city2city_does_not_imply_passing_the_call_of_2023() -> None:
    found = compare_rules(CITY2CITY, CALL_2023, on=DAY)

    assert found.relation is Relation.OVERLAPPING
    assert found.only_first is not None
    assert any(not promise.given for promise in found.only_first.commitments)
    assert found.only_second is not None
    (city,) = found.only_second.cities
    assert [m.status for m in city.memberships] == [MembershipStatus.COMMITTED]
    laws.law_witnesses_are_true(book(CITY2CITY), book(CALL_2023), found, on=DAY)


def test_the_call_of_2023_is_stricter_than_rolling_admission() -> None:
    assert compare_rules(CALL_2023, ROLLING, on=DAY).relation is Relation.IMPLIES
    assert compare_rules(ROLLING, CALL_2023, on=DAY).relation is Relation.IMPLIED


def test_access_to_the_helpdesk_implies_the_criteria_of_the_cohort() -> None:
    helpdesk = HELPDESK.versions[0].rule

    assert compare_rules(helpdesk, CALL_2023, on=DAY).relation is Relation.IMPLIES


@pytest.mark.parametrize(
    ("first", "second", "relation"),
    [
        (floor(50_000), floor(50_000), Relation.EQUIVALENT),
        (floor(50_000), floor(49_999), Relation.IMPLIES),
        (floor(50_000), Not(part=floor(50_000)), Relation.DISJOINT),
        (floor(50_000), ENGAGE, Relation.OVERLAPPING),
        (grace(3), grace(4), Relation.IMPLIES),
        (grace(0), grace(1), Relation.IMPLIES),
        (Not(part=AllOf(parts=(ENGAGE, RESOURCES))), ~ENGAGE | ~RESOURCES, Relation.EQUIVALENT),
        (
            WholeCityPlan(id="", kinds=(PlanKind.SECAP,)),
            WholeCityPlan(id="", kinds=(PlanKind.SECAP, PlanKind.CAP2)),
            Relation.IMPLIES,
        ),
    ],
)
def test_relations_are_told_apart(first: Rule, second: Rule, relation: Relation) -> None:
    found = compare_rules(first, second, on=DAY)

    assert found.relation is relation
    laws.law_witnesses_are_true(book(first), book(second), found, on=DAY)


@settings(max_examples=20)
@given(rules(most_leaves=4), rules(most_leaves=3))
def test_relations_agree_with_judging_every_city_that_the_rules_tell_apart(
    one: Rule, other: Rule
) -> None:
    first, second = nameless(one), nameless(other)
    found = compare_rules(first, second, on=DAY)
    laws.law_witnesses_are_true(book(first), book(second), found, on=DAY)

    leaves = [e for rule in (first, second) for e in gather_rules(rule) if not e.parts]
    worlds = Worlds(
        leaves, DAY, towns=1, readings=Interpretations(equivalent_plan=OpenQuestion.DOES_NOT_COUNT)
    )
    readings = Interpretations(equivalent_plan=OpenQuestion.DOES_NOT_COUNT)
    seen = set()
    for values in product(*(range(size) for size in worlds.sizes)):
        city = worlds.application(values)
        judged = [
            book(rule).assess(city, on=DAY, interpretations=readings).finding.verdict
            for rule in (first, second)
        ]
        assert Verdict.UNKNOWN not in judged
        seen.add(tuple(verdict is Verdict.MET for verdict in judged))
    exist = {
        (True, True): found.both,
        (True, False): found.only_first,
        (False, True): found.only_second,
        (False, False): found.neither,
    }
    assert {pair for pair, witness in exist.items() if witness is not None} == seen


def test_a_contradiction_and_a_tautology_are_found() -> None:
    assert flaws(floor(50_000) & ~floor(40_000)) == [(FlawKind.CONTRADICTION, ())]
    assert flaws(ENGAGE | ~ENGAGE) == [(FlawKind.TAUTOLOGY, ())]


def test_a_part_that_another_implies_is_found_with_that_other() -> None:
    (flaw,) = find_flaws(floor(50_000) & ENGAGE & floor(40_000), on=DAY)

    assert (flaw.kind, flaw.place) == (FlawKind.IMPLIED, (2,))
    assert flaw.implied_by == floor(50_000)
    assert str(flaw) == (
        "at least 40,000 inhabitants: another part implies it: at least 50,000 inhabitants"
    )


def test_a_flaw_is_shown_by_an_applicant() -> None:
    (flaw,) = find_flaws(floor(50_000) & ENGAGE & floor(40_000), on=DAY)

    assert flaw.witness is not None
    ((figure,),) = (city.populations for city in flaw.witness.cities)
    assert 40_000 <= figure.inhabitants < 50_000
    (same, _) = find_flaws(ENGAGE & ENGAGE, on=DAY)
    assert same.witness is None


@settings(max_examples=60)
@given(rules(most_leaves=5), st.sampled_from((1, 2)))
def test_who_shows_a_flaw_is_judged_as_the_flaw_says(drawn: Rule, towns: int) -> None:
    whole = nameless(drawn)
    readings = Interpretations(equivalent_plan=OpenQuestion.DOES_NOT_COUNT, towns=TownsReading.EACH)

    for flaw in find_flaws(whole, on=DAY, towns=towns):
        constant = {FlawKind.CONTRADICTION: Verdict.UNMET, FlawKind.TAUTOLOGY: Verdict.MET}
        other = flaw.implied_by if flaw.kind is FlawKind.IMPLIED else whole
        assert other is not None
        if flaw.witness is None:
            assert flaw.kind not in constant
            if towns == 1:
                found = compare_rules(flaw.rule, other, on=DAY)
                assert found.relation is Relation.EQUIVALENT
            continue
        if towns > 1 and flaw.place:
            continue  # it may speak of one of the towns alone
        own, others = (
            book(rule, start=str(DAY))
            .assess(flaw.witness, on=DAY, interpretations=readings)
            .finding.verdict
            for rule in (flaw.rule, other)
        )
        assert own is constant[flaw.kind] if flaw.kind in constant else own is not others
        assert Verdict.UNKNOWN not in (own, others)


def test_a_branch_that_nobody_needs_is_found() -> None:
    rule = AllOf(parts=(ENGAGE, AnyOf(parts=(ENGAGE, RESOURCES))))

    assert flaws(rule) == [(FlawKind.IMPLIED, (1,))]


def test_a_branch_that_nobody_can_reach_is_found() -> None:
    rule = AnyOf(parts=(ENGAGE, AllOf(parts=(floor(50_000), Not(part=floor(40_000))))))

    assert flaws(rule) == [(FlawKind.CONTRADICTION, (1,))]


def test_a_part_without_effect_that_no_sibling_implies_is_found() -> None:
    rule = AllOf(parts=(ENGAGE, RESOURCES, AnyOf(parts=(ENGAGE, floor(5)))))

    assert (FlawKind.IMPLIED, (2,)) in flaws(rule)
    nested = AllOf(parts=(ENGAGE, AnyOf(parts=(RESOURCES, Not(part=ENGAGE)))))
    assert flaws(nested) == [(FlawKind.REDUNDANT, (1, 1))]


def test_more_towns_than_one_cannot_be_met_by_a_city_alone() -> None:
    assert flaws(ForAtLeast(rule=ENGAGE, count=2)) == [(FlawKind.CONTRADICTION, ())]
    assert flaws(ShareOfInhabitants(rule=ENGAGE, least_percent=51)) == []


def test_at_least_is_what_it_says() -> None:
    parts = (ENGAGE, RESOURCES, floor(5))
    pairs = (ENGAGE & RESOURCES) | (ENGAGE & floor(5)) | (RESOURCES & floor(5))

    found = compare_rules(AtLeast(parts=parts, count=2), pairs, on=DAY)

    assert found.relation is Relation.EQUIVALENT


@pytest.mark.parametrize("rulebook", RULEBOOKS, ids=lambda each: each.id)
def test_no_rulebook_that_ships_has_a_flaw(rulebook: object) -> None:
    for version in rulebook.versions:  # type: ignore[attr-defined]
        assert find_flaws(version.rule, on=version.in_force.start) == ()


def test_a_flaw_is_data() -> None:
    assert Flaw(kind=FlawKind.REDUNDANT, place=(1,), rule=ENGAGE) == Flaw(
        kind=FlawKind.REDUNDANT, place=(1,), rule=ENGAGE
    )


class Foreign:
    id = "foreign"
    requirement = "something foreign"
    source = None
    parts: tuple[Rule, ...] = ()


def test_a_rule_of_somebody_else_cannot_be_analysed() -> None:
    with pytest.raises(InvalidValueError, match="cannot be analysed"):
        find_flaws(AllOf(parts=(ENGAGE, Foreign())), on=DAY)  # type: ignore[arg-type]


TABLES = st.lists(st.booleans(), min_size=12, max_size=12)


def built(diagrams: Diagrams, table: list[bool]) -> int:
    node = FALSE
    for (a, b, c), truth in zip(product(range(2), range(3), range(2)), table, strict=True):
        if truth:
            one = diagrams.variable(0, [v == a for v in range(2)])
            two = diagrams.variable(1, [v == b for v in range(3)])
            three = diagrams.variable(2, [v == c for v in range(2)])
            cube = diagrams.conjunction(one, diagrams.conjunction(two, three))
            node = diagrams.disjunction(node, cube)
    return node


@given(TABLES, TABLES)
def test_diagrams_are_equal_exactly_if_their_tables_are(
    first: list[bool], second: list[bool]
) -> None:
    diagrams = Diagrams((2, 3, 2))
    one, other = built(diagrams, first), built(diagrams, second)
    worlds = list(product(range(2), range(3), range(2)))

    assert (one == other) is (first == second)
    assert [diagrams.holds(one, world) for world in worlds] == first
    both = [a and b for a, b in zip(first, second, strict=True)]
    assert diagrams.conjunction(one, other) == built(diagrams, both)
    assert diagrams.negation(one) == built(diagrams, [not truth for truth in first])
    assert diagrams.at_least(2, [one, other, TRUE]) == diagrams.disjunction(one, other)
    example = diagrams.example(one)
    assert (example is None) is not any(first)
    assert example is None or diagrams.holds(one, example)


def test_over_three_towns_whose_inhabitants_are_compared_a_result_says_that_it_is_likely() -> None:
    share = ShareOfInhabitants(least_percent=51, rule=floor(50_000))
    same = AllOf(parts=(share, share))

    assert [compare_rules(share, ENGAGE, on=DAY, towns=n).is_exact for n in (1, 2, 3)] == [
        True,
        True,
        False,
    ]
    assert compare_rules(floor(50_000), ENGAGE, on=DAY, towns=3).is_exact
    for towns, exact in ((2, True), (3, False)):
        found = find_flaws(same, on=DAY, towns=towns)
        assert [flaw.is_exact for flaw in found] == [exact, exact]
        assert ("(likely: not every population was tried)" in str(found[0])) is not exact
