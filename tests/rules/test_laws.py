"""The public laws that no other file of tests holds the library to, and that they can fail."""

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from pendulum import Date

from tests.rules.subjects import DAY, GCOM, application, book, figure, promise, standing, town
from tests.rules.trees import nameless
from utm.domain import Commitment, MembershipStatus, add_months, civil_date
from utm.rules import (
    CommitmentGiven,
    MinimumPopulation,
    NetworkSignatory,
    Relation,
    Rule,
    compare_rules,
)
from utm.rules.library import CITY2CITY_2026, COHORT_2023, RULEBOOKS
from utm.rules.rulebook import Rulebook
from utm.testing import laws
from utm.testing.irrelevance import with_irrelevant_evidence
from utm.testing.rules import applications_to_judge, days, rules


@settings(max_examples=30)
@given(rules(), applications_to_judge(), days(), st.data())
def test_irrelevant_evidence_changes_no_finding(
    rule: Rule, facts: object, day: Date, data: st.DataObject
) -> None:
    more = data.draw(with_irrelevant_evidence(facts))  # type: ignore[arg-type]
    laws.law_irrelevant_evidence_changes_nothing(book(nameless(rule)), facts, more, on=day)  # type: ignore[arg-type]


def test_the_law_of_irrelevant_evidence_tells_evidence_that_matters() -> None:
    rule = MinimumPopulation(id="population", floor_inhabitants=5)
    with pytest.raises(AssertionError, match="became"):
        laws.law_irrelevant_evidence_changes_nothing(
            book(rule), application(town()), application(town(figure(5))), on=DAY
        )


@pytest.mark.parametrize("rulebook", [COHORT_2023, CITY2CITY_2026], ids=lambda each: each.id)
def test_the_floor_of_every_call_is_sharp(rulebook: Rulebook) -> None:
    laws.law_floor_is_sharp(
        rulebook,
        "population",
        lambda count: application(town(figure(count))),
        floor=50_000,
        on=DAY,
    )
    with pytest.raises(AssertionError, match="49,999"):
        laws.law_floor_is_sharp(
            rulebook,
            "population",
            lambda count: application(town(figure(count))),
            floor=49_999,
            on=DAY,
        )


def committed(engaged_on: Date) -> object:
    city = town(
        figure(60_000), memberships=(standing(MembershipStatus.COMMITTED, start="2000-01-01"),)
    )
    return application(city, engaged_on=engaged_on)


@given(days(), st.integers(1, 24))
def test_a_time_of_grace_ends_with_its_last_day(engaged_on: Date, months: int) -> None:
    rule = NetworkSignatory(id="s", network=GCOM, network_name="Covenant", grace_months=months)
    laws.law_grace_ends_with_its_last_day(
        book(rule),
        "s",
        committed(engaged_on),  # type: ignore[arg-type]
        months=months,
    )


@pytest.mark.parametrize(
    ("start", "last"), [("2023-11-30", "2024-02-29"), ("2024-11-30", "2025-02-28")]
)
def test_three_months_from_30_november_end_on_the_last_day_of_february(
    start: str, last: str
) -> None:
    assert add_months(civil_date(start), 3) == civil_date(last)
    laws.law_grace_ends_with_its_last_day(
        COHORT_2023,
        "gcom-signatory",
        committed(civil_date(start)),  # type: ignore[arg-type]
        months=3,
    )


@settings(max_examples=15)
@given(
    rules(most_leaves=3),
    rules(most_leaves=3),
    st.lists(applications_to_judge().filter(lambda one: len(one.cities) == 1), max_size=6),
    st.sampled_from(RULEBOOKS),
)
def test_what_is_seen_is_what_the_analysis_allows(
    one: Rule, other: Rule, seen: list[object], shipped: Rulebook
) -> None:
    first, second = nameless(one), nameless(other)
    inhabited = [
        evolve(each, submitted_on=None)  # type: ignore[type-var]
        for each in seen
        if all(f.inhabitants for c in each.cities for f in c.populations)  # type: ignore[attr-defined]
    ]
    for pair in ((book(first), book(second)), (book(first), shipped)):
        comparison = compare_rules(pair[0].versions[0].rule, pair[1].version_on(DAY).rule, on=DAY)
        laws.law_comparison_agrees_with_brute_force(*pair, comparison, inhabited, on=DAY)  # type: ignore[arg-type]


def test_the_law_of_brute_force_tells_a_comparison_that_is_wrong() -> None:
    engage = CommitmentGiven(id="", commitment=Commitment.ENGAGE)
    floor = MinimumPopulation(id="", floor_inhabitants=5)
    right = compare_rules(engage, floor, on=DAY)
    wrong = evolve(right, relation=Relation.IMPLIES, only_first=None)
    city = application(town(figure(4)), commitments=(promise(),))
    laws.law_comparison_agrees_with_brute_force(book(engage), book(floor), right, [city], on=DAY)
    with pytest.raises(AssertionError, match="judged met and unmet"):
        laws.law_comparison_agrees_with_brute_force(
            book(engage), book(floor), wrong, [city], on=DAY
        )
