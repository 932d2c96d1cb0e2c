"""The rulebooks that ship, on the real register: what is known, what is not, and why."""

import pytest

from tests.rules.subjects import (
    MUNICIPALITY,
    SETTLEMENT,
    UNSTATED,
    application,
    figure,
    plan,
    promise,
    standing,
    town,
)
from utm.domain import Commitment, MembershipStatus, UnknownReason, civil_date
from utm.errors import InvalidValueError
from utm.reference import city2city_2026
from utm.rules import Interpretations, Outcome, Screening, Verdict, screen
from utm.rules.library import CITY2CITY_2026, COHORT_2023, RULEBOOKS, find_rulebook

CLOSING = civil_date("2026-01-08")


def screening(readings: Interpretations | None = None) -> Screening:
    facts = city2city_2026().applications
    return screen(CITY2CITY_2026.assess(f, on=CLOSING, interpretations=readings) for f in facts)


def names(screened: Screening, rule: str, verdict: Verdict) -> set[str]:
    return {finding.subject_name for finding in screened.leaves(rule, verdict)}


def test_public_evidence_alone_leaves_most_cities_incomplete() -> None:
    counts = screening().counts

    assert counts[Outcome.INCOMPLETE] == 47
    assert counts[Outcome.INELIGIBLE] == 4


def test_four_cities_are_under_the_floor_and_the_sources_of_a_fifth_conflict() -> None:
    screened = screening()

    assert names(screened, "population", Verdict.UNMET) == {
        "Chefchaouen",
        "Dhankuta",
        "Leh",
        "Strășeni",
    }
    assert [lack.subject_name for lack in screened.conflicts] == ["Poti"]


def test_seven_cities_are_under_the_floor_on_figures_of_settlements() -> None:
    from utm.rules import PopulationReading

    screened = screening(Interpretations(population=PopulationReading.SETTLEMENT))

    assert names(screened, "population", Verdict.UNMET) == {
        "Cascais",
        "Chefchaouen",
        "Dhankuta",
        "Guimarães",
        "Leh",
        "Poti",
        "Strășeni",
    }


def test_it_is_told_who_is_under_the_floor_on_which_basis() -> None:
    below = screening().names_below_floor

    assert len(below[SETTLEMENT]) == 7
    assert set(below[SETTLEMENT]) > set(below[MUNICIPALITY])
    assert set(below[MUNICIPALITY]) == {"Chefchaouen", "Dhankuta", "Leh", "Strășeni"}
    assert below[UNSTATED] == ("Strășeni",)


def test_two_names_stand_for_several_places() -> None:
    unclear = [
        lack.subject_name
        for lack in screening().missing
        if lack.reason is UnknownReason.AMBIGUOUS_ENTITY
    ]

    assert unclear == ["Ablekuma", "Yenişehir"]


def test_a_listing_of_2022_shows_no_standing_in_2026_and_is_cited() -> None:
    screened = screening()
    unverified = screened.leaves("gcom-signatory", Verdict.UNKNOWN)

    assert len(unverified) == 51
    assert names(screened, "gcom-signatory", Verdict.MET) == set()
    (istanbul,) = [f for f in unverified if f.subject_name == "Istanbul"]
    assert istanbul.reasons == (UnknownReason.NOT_VERIFIED,)
    assert istanbul.evidence


def test_a_listing_counts_where_the_programme_reads_it_so() -> None:
    screened = screening(Interpretations(listing_counts_years=4))

    met = screened.leaves("gcom-signatory", Verdict.MET)
    assert len(met) == 38
    assert all("a listing counts for 4 years" in finding.readings for finding in met)


def test_that_the_programme_admitted_them_changes_no_finding() -> None:
    decisions = screening().with_outcome(Outcome.INELIGIBLE)

    assert all(decision.authority_decision is not None for decision in decisions)


def test_a_city_with_everything_shown_is_eligible() -> None:
    city = town(figure(60_000), memberships=(standing(start="2015-01-01"),))

    assert (
        CITY2CITY_2026.assess(application(city, plans=(plan(city),)), on=CLOSING).outcome
        is Outcome.ELIGIBLE
    )


def test_a_promise_to_sign_opens_the_cohort_and_not_city2city() -> None:
    city = town(figure(60_000), memberships=(standing(MembershipStatus.COMMITTED),))
    promises = tuple(promise(each) for each in Commitment)
    facts = application(city, plans=(plan(city),), commitments=promises)

    assert COHORT_2023.assess(facts, on=CLOSING).outcome is Outcome.CONDITIONAL
    assert CITY2CITY_2026.assess(facts, on=CLOSING).outcome is Outcome.INELIGIBLE


def test_city2city_does_not_ask_for_the_promises_of_the_cohort_call() -> None:
    city = town(figure(60_000), memberships=(standing(start="2015-01-01"),))
    facts = application(city, plans=(plan(city),))
    in_2023 = civil_date("2023-07-01")

    assert CITY2CITY_2026.assess(facts, on=CLOSING).outcome is Outcome.ELIGIBLE
    assert COHORT_2023.assess(facts, on=in_2023).outcome is Outcome.INCOMPLETE


def test_the_deadline_of_2023_moved_and_then_went() -> None:
    last_days = [deadline.last_day for deadline in COHORT_2023.deadlines]

    assert last_days == [civil_date("2023-08-21"), civil_date("2023-09-21"), None]


@pytest.mark.parametrize("rulebook", RULEBOOKS, ids=lambda book: book.id)
def test_every_rulebook_is_found_by_its_id_and_cites_every_criterion(rulebook: object) -> None:
    assert find_rulebook(rulebook.id) is rulebook  # type: ignore[attr-defined]
    for version in rulebook.versions:  # type: ignore[attr-defined]
        decision = rulebook.judge(town(), version=version, on=version.in_force.start)  # type: ignore[attr-defined]
        assert all(finding.threshold.source is not None for finding in decision.finding.walk())


def test_an_unknown_rulebook_is_an_error_that_names_those_that_exist() -> None:
    with pytest.raises(InvalidValueError, match="city2city-2026"):
        find_rulebook("city2city")
