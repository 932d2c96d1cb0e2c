"""The analysis beside an SMT solver, which knows none of its ideas."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.rules.oracle import Oracle
from tests.rules.subjects import CALL, DAY, book, reading
from tests.rules.trees import nameless
from utm.domain import CountryCode, Period, civil_date
from utm.domain.city import DegreeOfUrbanisation
from utm.rules import (
    ForAll,
    MinimumPopulation,
    Parameter,
    ParameterValue,
    Relation,
    Rule,
    ShareOfInhabitants,
    TownsReading,
    Urbanised,
    Verdict,
    compare_rulebooks,
    compare_rules,
    find_example,
    find_flaws,
)
from utm.rules.analysis import FlawKind
from utm.rules.interpretations import OpenQuestion
from utm.rules.library import RULEBOOKS
from utm.rules.parameter import parameters_of
from utm.testing import laws
from utm.testing.rules import rules


def by_country(elsewhere: int, in_slovakia: int) -> Parameter:
    always = Period(start=civil_date("2000-01-01"))
    return Parameter(
        values=(
            ParameterValue(value=elsewhere, in_force=always, source=CALL),
            ParameterValue(
                value=in_slovakia, in_force=always, source=CALL, countries=(CountryCode("SK"),)
            ),
        )
    )


def require_agreement(
    first: Rule, second: Rule, *, towns: int, reading_of_towns: TownsReading = TownsReading.EACH
) -> None:
    readings = reading(equivalent_plan=OpenQuestion.DOES_NOT_COUNT, towns=reading_of_towns)
    found = compare_rules(first, second, on=DAY, towns=towns, interpretations=readings)
    oracle = Oracle(DAY, towns, reading=reading_of_towns)
    one, other = oracle.formula(first), oracle.formula(second)
    told = {
        "both": (found.both, (one, other)),
        "only the first": (found.only_first, (one, ~other)),
        "only the second": (found.only_second, (~one, other)),
        "neither": (found.neither, (~one, ~other)),
    }
    for name, (witness, formulas) in told.items():
        assert (witness is not None) == oracle.exists(*formulas), name
    laws.law_witnesses_are_true(book(first), book(second), found, on=DAY, interpretations=readings)


@settings(max_examples=12)
@given(rules(most_leaves=4), rules(most_leaves=3), st.sampled_from((1, 2)))
def test_comparisons_of_any_two_rules_agree_with_the_solver(
    first: Rule, second: Rule, towns: int
) -> None:
    require_agreement(nameless(first), nameless(second), towns=towns)


@settings(max_examples=12)
@given(
    least=st.integers(1, 100),
    other_least=st.integers(1, 100),
    floor=st.integers(1, 60),
    towns=st.sampled_from((2, 3)),
    inner=rules(most_leaves=1),
)
def test_shares_of_inhabitants_agree_with_the_solver(
    least: int, other_least: int, floor: int, towns: int, inner: Rule
) -> None:
    large = MinimumPopulation(id="", floor_inhabitants=floor)
    share = ShareOfInhabitants(least_percent=least, rule=large)
    other = ShareOfInhabitants(least_percent=other_least, rule=nameless(inner))
    if towns == 2:
        require_agreement(share, other, towns=2)
    else:
        require_agreement(share, ForAll(rule=nameless(inner)), towns=3)


@settings(max_examples=12)
@given(floor=st.integers(1, 90), other=st.integers(1, 90), inner=rules(most_leaves=2))
def test_floors_of_the_sum_of_two_towns_agree_with_the_solver(
    floor: int, other: int, inner: Rule
) -> None:
    assume(not parameters_of(inner))  # the sum across a border has no floor
    summed = MinimumPopulation(id="", floor_inhabitants=floor)
    each = ForAll(rule=MinimumPopulation(id="", floor_inhabitants=other))
    require_agreement(summed, each, towns=2, reading_of_towns=TownsReading.SUM)
    require_agreement(summed & each, nameless(inner), towns=2, reading_of_towns=TownsReading.SUM)


@settings(max_examples=15)
@given(st.integers(1, 90), st.integers(1, 90), st.integers(1, 90), st.sampled_from((1, 2)))
def test_floors_that_differ_by_country_agree_with_the_solver(
    elsewhere: int, in_slovakia: int, fixed: int, towns: int
) -> None:
    first = MinimumPopulation(id="", floor_inhabitants=by_country(elsewhere, in_slovakia))
    second = MinimumPopulation(id="", floor_inhabitants=fixed)
    require_agreement(first, second, towns=towns)


@settings(max_examples=12)
@given(rules(most_leaves=5), st.sampled_from((1, 2)))
def test_contradictions_and_tautologies_agree_with_the_solver(drawn: Rule, towns: int) -> None:
    rule = nameless(drawn)
    kinds = [flaw.kind for flaw in find_flaws(rule, on=DAY, towns=towns) if flaw.place == ()]
    oracle = Oracle(DAY, towns)
    formula = oracle.formula(rule)
    assert (FlawKind.CONTRADICTION in kinds) == (not oracle.exists(formula))
    assert (FlawKind.TAUTOLOGY in kinds) == (not oracle.exists(~formula))
    for met in (True, False):
        example = find_example(rule, on=DAY, met=met, towns=towns)
        assert (example is not None) == oracle.exists(formula if met else ~formula)
        if example is not None:
            readings = reading(equivalent_plan=OpenQuestion.DOES_NOT_COUNT, towns=TownsReading.EACH)
            decision = book(rule).assess(example, on=DAY, interpretations=readings)
            assert decision.finding.verdict is Verdict.of(met)


@pytest.mark.parametrize("towns", [1, 2])
def test_rulebooks_that_ship_relate_as_the_solver_says(towns: int) -> None:
    oracle = Oracle(DAY, towns)
    for first in RULEBOOKS:
        for second in RULEBOOKS:
            one, other = (oracle.formula(each.version_on(DAY).rule) for each in (first, second))
            found = compare_rulebooks(first, second, on=DAY, towns=towns)
            only_first, only_second = oracle.exists(one, ~other), oracle.exists(~one, other)
            assert (found.only_first is not None) == only_first
            assert (found.only_second is not None) == only_second
            assert (found.relation is Relation.EQUIVALENT) == (not only_first and not only_second)


def test_two_rural_towns_cannot_make_up_for_each_other() -> None:
    urban = Urbanised(id="", degrees=(DegreeOfUrbanisation.CITY, DegreeOfUrbanisation.TOWN))
    majority = ShareOfInhabitants(least_percent=51, rule=urban)
    minority = ShareOfInhabitants(least_percent=50, rule=~urban)

    found = compare_rules(majority, minority, on=DAY, towns=2)

    assert found.relation is Relation.DISJOINT
    assert found.neither is not None  # between the two lies more than a half and less than 51 %
    require_agreement(majority, minority, towns=2)
