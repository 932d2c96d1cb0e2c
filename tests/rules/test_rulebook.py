from collections.abc import Callable

import pendulum
import pytest
from attrs import evolve
from attrs.exceptions import FrozenInstanceError
from hypothesis import given
from hypothesis import strategies as st
from pendulum import Date

from tests.rules.subjects import (
    CALL,
    CENSUS,
    DAY,
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
from tests.searching import examples
from utm.domain import (
    AdmissionOutcome,
    Application,
    AuthorityDecision,
    Commitment,
    MembershipStatus,
    Period,
    Source,
    UnknownReason,
    WaiverCategory,
    civil_date,
)
from utm.errors import InvalidValueError
from utm.rules import (
    AllOf,
    CommitmentGiven,
    Interpretations,
    MinimumPopulation,
    Not,
    Outcome,
    Rule,
    Rulebook,
    RulebookVersion,
    TownsReading,
    Verdict,
    assess_many,
    find_coming_changes,
    record_decision,
    replay_record,
    replayed,
    screen,
)
from utm.testing import laws
from utm.testing.rules import applications_to_judge, completions_of, days, readings, rules

FLOOR = MinimumPopulation(id="population", floor_inhabitants=50_000)
ENGAGE = CommitmentGiven(id="engage", commitment=Commitment.ENGAGE)
BOTH = AllOf(id="all", parts=(FLOOR, ENGAGE))


def version(name: str, start: str, end: str | None, rule: Rule = FLOOR) -> RulebookVersion:
    period = Period(start=civil_date(start), end=civil_date(end) if end else None)
    return RulebookVersion(id=name, in_force=period, rule=rule, source=CALL)


def versions(*listed: RulebookVersion) -> Rulebook:
    return Rulebook(id="book", title="Book", versions=listed)


def test_versions_that_follow_each_other_pass() -> None:
    higher = MinimumPopulation(id="population", floor_inhabitants=60_000)
    rulebook = versions(
        version("one", "2023-01-01", "2024-01-01"), version("two", "2024-01-01", None, higher)
    )
    city = town(figure(55_000))

    assert rulebook.version_on(civil_date("2023-12-31")).id == "one"
    assert rulebook.version_on(civil_date("2024-01-01")).id == "two"
    assert rulebook.assess(city, on=civil_date("2023-12-31")).outcome is Outcome.ELIGIBLE
    assert rulebook.assess(city, on=civil_date("2024-01-01")).outcome is Outcome.INELIGIBLE


@pytest.mark.parametrize(
    ("end", "start", "fault"),
    [
        ("2024-01-01", "2024-01-02", "leave a gap"),
        ("2024-01-02", "2024-01-01", "overlap"),
        (None, "2024-01-01", "overlap"),
    ],
)
def test_no_gap_and_no_overlap_passes_construction(end: str | None, start: str, fault: str) -> None:
    with pytest.raises(InvalidValueError, match=fault):
        versions(version("one", "2023-01-01", end), version("two", start, None))


def test_two_versions_of_one_name_and_a_book_without_versions_are_refused() -> None:
    with pytest.raises(InvalidValueError, match="each named once"):
        versions(version("one", "2023-01-01", "2024-01-01"), version("one", "2024-01-01", None))
    with pytest.raises(InvalidValueError, match="at least one"):
        versions()


def test_a_name_that_stands_for_two_rules_is_refused() -> None:
    other = MinimumPopulation(id="population", floor_inhabitants=1)

    with pytest.raises(InvalidValueError, match="names two rules"):
        version("one", "2023-01-01", None, AllOf(parts=(FLOOR, other)))


def test_a_day_outside_all_versions_is_an_error_never_a_verdict() -> None:
    with pytest.raises(InvalidValueError, match="lies outside book"):
        versions(version("one", "2023-01-01", "2024-01-01")).assess(town(), on=DAY)


@pytest.mark.parametrize("day", [pendulum.datetime(2026, 1, 8), "2026-01-08", None])
def test_a_day_that_is_not_exactly_a_date_is_refused(day: object) -> None:
    with pytest.raises(InvalidValueError):
        book(FLOOR).assess(town(), on=day)  # type: ignore[arg-type]
    if day is not None:
        with pytest.raises(InvalidValueError):
            book(FLOOR).assess(town(), on=DAY, known_by=day)  # type: ignore[arg-type]


def test_an_application_is_judged_by_the_rules_of_the_day_of_its_submission() -> None:
    rulebook = versions(
        version("one", "2023-01-01", "2024-01-01"),
        version("two", "2024-01-01", None, ENGAGE),
    )
    facts = application(town(figure(60_000)), submitted_on=civil_date("2023-06-01"))

    decision = rulebook.assess(facts, on=DAY)

    assert decision.version.version == "one"
    assert decision.outcome is Outcome.ELIGIBLE
    assert decision.day == DAY


def test_an_ineligible_city_with_a_waiver_is_eligible_by_waiver_and_still_shown_unmet() -> None:
    city = town(figure(40_000))
    decision = book(FLOOR).assess(city, on=DAY, waivers=(waiver("population", city),))

    assert decision.outcome is Outcome.ELIGIBLE_BY_WAIVER
    assert decision.finding.verdict is Verdict.UNMET
    assert decision.finding.effective is Verdict.MET
    assert "waived by Secretariat: the district counts" in decision.sentence
    assert "does not meet" in decision.finding.sentence


def test_a_waiver_of_one_criterion_leaves_the_others() -> None:
    city = town(figure(40_000))
    excused = waiver("population", city, category=WaiverCategory.MITIGATED)
    decision = book(BOTH).assess(city, on=DAY, waivers=(excused,))

    assert decision.outcome is Outcome.INCOMPLETE
    assert [lack.fact for lack in decision.needed] == ["a commitment to engage"]
    assert [finding.rule_id for finding in decision.excused] == ["population"]


def test_a_waiver_of_the_whole_excuses_the_whole() -> None:
    city = town(figure(40_000))

    decision = book(BOTH).assess(city, on=DAY, waivers=(waiver("all", city),))

    assert decision.outcome is Outcome.ELIGIBLE_BY_WAIVER


def test_a_waiver_of_an_unknown_criterion_excuses_it() -> None:
    city = town()
    decision = book(FLOOR).assess(city, on=DAY, waivers=(waiver("population", city),))

    assert decision.outcome is Outcome.ELIGIBLE_BY_WAIVER
    assert decision.finding.verdict is Verdict.UNKNOWN
    assert decision.missing == ()


def test_a_waiver_of_somebody_else_or_of_another_criterion_changes_nothing() -> None:
    city = town(figure(40_000))
    others = (waiver("population", town(name="Espoo")), waiver("engage", city))

    assert book(BOTH).assess(city, on=DAY, waivers=others).outcome is Outcome.INELIGIBLE


def test_waivers_of_what_no_version_asks_are_refused_together_with_their_places() -> None:
    city = town(figure(40_000))
    slips = (waiver("populaton", city), waiver("engage", city), waiver("plann", city))
    judges: tuple[Callable[[], object], ...] = (
        lambda: book(BOTH).assess(city, on=DAY, waivers=slips),
        lambda: assess_many(book(BOTH), [application(city)], on=DAY, waivers=slips),
        lambda: find_coming_changes(
            book(BOTH), application(city), after=DAY, until=DAY.add(days=1), waivers=slips
        ),
    )
    for judge in judges:
        with pytest.raises(InvalidValueError, match="is no criterion of book, which asks") as told:
            judge()
        assert "waivers[0], waivers[2]" in str(told.value)
        assert "plann" in str(told.value)


def test_of_waivers_for_several_rulebooks_each_has_its_own() -> None:
    city = town(figure(40_000))
    for_both = (waiver("population", city), waiver("engage", city))

    assert book(FLOOR).own_waivers(for_both) == for_both[:1]
    assert book(BOTH).criteria == ("all", "population", "engage")


def test_a_decision_with_a_waiver_of_what_is_no_longer_asked_is_replayed_otherwise() -> None:
    city = town(figure(60_000))
    decision = book(BOTH).assess(city, on=DAY, waivers=(waiver("engage", city),))

    assert decision.outcome is Outcome.ELIGIBLE_BY_WAIVER
    assert not replayed(book(FLOOR), decision).faithful
    assert not replay_record(book(FLOOR), record_decision(decision)).faithful


def test_a_waiver_that_nobody_needs_leaves_no_trace_in_the_outcome() -> None:
    city = town(figure(60_000))
    decision = book(FLOOR).assess(city, on=DAY, waivers=(waiver("population", city),))

    assert decision.outcome is Outcome.ELIGIBLE
    assert decision.excused == ()


def test_a_waiver_for_the_consortium_excuses_its_towns() -> None:
    towns = together(town(figure(60_000), name="Ena"), town(figure(10_000), name="Dva"))
    decision = book(FLOOR).assess(
        towns,
        on=DAY,
        waivers=(waiver("population", towns),),
        interpretations=reading(towns=TownsReading.EACH),
    )

    assert decision.outcome is Outcome.ELIGIBLE_BY_WAIVER


def test_a_waiver_not_yet_known_does_not_apply() -> None:
    city = town(figure(40_000))
    late = waiver("population", city, issued_on=civil_date("2026-01-05"))

    known = book(FLOOR).assess(city, on=DAY, waivers=(late,), known_by=civil_date("2026-01-04"))

    assert known.outcome is Outcome.INELIGIBLE


@given(days(), days(), st.integers(1, 400))
def test_an_expired_waiver_never_applies(day: Date, issued_on: Date, length: int) -> None:
    city = application(town(figure(40_000)))
    excused = waiver(
        "population",
        city.cities[0],
        issued_on=issued_on,
        expires_on=issued_on.add(days=length),
    )

    decision = laws.law_expired_waiver_never_applies(book(FLOOR), city, excused, on=day)

    in_force = issued_on <= day < issued_on.add(days=length)
    assert (decision.outcome is Outcome.ELIGIBLE_BY_WAIVER) is in_force


def test_a_condition_counts_before_a_waiver() -> None:
    from utm.rules.library import COHORT_2023

    city = town(figure(40_000), memberships=(standing(MembershipStatus.COMMITTED),))
    facts = application(
        city, plans=(plan(city),), commitments=tuple(promise(each) for each in Commitment)
    )
    decision = COHORT_2023.assess(
        facts, on=civil_date("2025-08-01"), waivers=(waiver("population", city),)
    )

    assert decision.outcome is Outcome.CONDITIONAL
    assert len(decision.obligations) == 1


def test_what_the_authority_decided_stands_beside_and_changes_nothing() -> None:
    known = AuthorityDecision(
        outcome=AdmissionOutcome.ADMITTED, authority="Secretariat", source=Source(title="List")
    )
    facts = application(town(figure(40_000)))
    with_decision = evolve(facts, authority_decision=known)

    decision = book(FLOOR).assess(with_decision, on=DAY)

    assert decision.outcome is Outcome.INELIGIBLE
    assert decision.authority_decision == known
    assert decision.digest == book(FLOOR).assess(facts, on=DAY).digest


def test_the_record_changes_with_everything_that_a_decision_rests_on() -> None:
    city = town(figure(40_000))
    facts = application(city)
    first = book(FLOOR).assess(facts, on=DAY)
    changed = [
        book(MinimumPopulation(id="population", floor_inhabitants=1)).assess(facts, on=DAY),
        book(FLOOR).assess(application(town(figure(40_001))), on=DAY),
        book(FLOOR).assess(facts, on=DAY.add(days=1)),
        book(FLOOR).assess(facts, on=DAY, known_by=DAY),
        book(FLOOR).assess(facts, on=DAY, waivers=(waiver("population", city),)),
        book(FLOOR).assess(facts, on=DAY, interpretations=reading(listing_counts_years=1)),
        book(FLOOR).assess(evolve(facts, engaged_on=DAY), on=DAY),
        book(FLOOR).assess(application(city, plans=(plan(city),)), on=DAY),
        book(FLOOR, start="2001-01-01").assess(facts, on=DAY),
        evolve(first, library_version="9.9"),
    ]

    digests = [first.digest, *(decision.digest for decision in changed)]

    assert len(set(digests)) == len(digests)
    assert all(len(digest) == 64 for digest in digests)
    assert book(FLOOR).assess(facts, on=DAY).digest == first.digest


def test_the_library_version_recorded_is_the_one_that_is_distributed() -> None:
    from importlib.metadata import version as distributed

    assert book(FLOOR).assess(town(), on=DAY).library_version == distributed(
        "urban-transitions-mission"
    )


@examples(50)
@given(applications_to_judge(), rules(), days(), st.integers(0, 99))
def test_the_order_of_evidence_is_irrelevant(
    facts: Application, rule: Rule, day: Date, seed: int
) -> None:
    facts = evolve(facts, submitted_on=None)

    laws.law_order_of_evidence_is_irrelevant(book(nameless(rule)), facts, on=day, seed=seed)


@examples(50)
@given(st.data(), applications_to_judge(), rules(), days(), readings())
def test_no_completion_of_the_unknowns_flips_a_definite_verdict(
    data: st.DataObject, facts: Application, rule: Rule, day: Date, chosen: Interpretations
) -> None:
    facts = evolve(facts, submitted_on=None)
    whole = data.draw(completions_of(facts, day))

    laws.law_definite_stays_definite(
        book(nameless(rule)), facts, whole, on=day, interpretations=chosen
    )


def test_the_four_cases_of_missing_evidence() -> None:
    from utm.rules.library import COHORT_2023

    whole = town(figure(60_000), memberships=(standing(start="2015-01-01"),))
    promises = tuple(promise(each) for each in Commitment)
    day = civil_date("2023-07-01")

    def answer(facts: Application) -> Verdict:
        return COHORT_2023.assess(facts, on=day).finding.verdict

    no_plan = application(whole, commitments=promises)
    empty_plan = application(whole, commitments=promises, plans=())
    too_small = application(town(figure(40_000)))
    no_population = town(memberships=whole.memberships)
    no_count = application(no_population, commitments=promises, plans=(plan(no_population),))

    assert answer(no_plan) is Verdict.UNKNOWN
    assert answer(empty_plan) is Verdict.UNKNOWN
    assert answer(too_small) is Verdict.UNMET
    assert answer(no_count) is Verdict.UNKNOWN
    assert answer(application(whole, commitments=promises, plans=(plan(whole),))) is Verdict.MET


def test_a_screening_counts_outcomes_and_what_is_missing() -> None:
    cities = [
        town(figure(60_000), name="Ena"),
        town(figure(40_000), name="Dva"),
        town(name="Tri"),
        town(figure(40_000), figure(60_000, source=CALL), name="Quattro"),
    ]
    screening = screen(book(FLOOR).assess(city, on=DAY) for city in reversed(cities))

    assert [decision.subject_name for decision in screening.decisions] == [
        "Dva",
        "Ena",
        "Quattro",
        "Tri",
    ]
    assert screening.sentence == "4 applicants: 1 eligible, 2 incomplete, 1 ineligible."
    assert screening.missing_by_reason == {
        UnknownReason.NOT_REPORTED: 1,
        UnknownReason.CONFLICTING: 1,
    }
    assert [lack.subject_name for lack in screening.conflicts] == ["Quattro"]
    under = screening.leaves("population", Verdict.UNMET)
    assert [finding.subject_name for finding in under] == ["Dva"]
    assert [d.subject_name for d in screening.with_outcome(Outcome.ELIGIBLE)] == ["Ena"]


def test_evidence_is_cited_in_the_finding() -> None:
    (seen,) = book(FLOOR).assess(town(figure(60_000)), on=DAY).finding.evidence

    assert seen.source == CENSUS


def test_a_finding_cannot_be_changed() -> None:
    finding = book(FLOOR).assess(town(figure(55_000)), on=DAY).finding

    with pytest.raises(FrozenInstanceError):
        finding.verdict = Verdict.UNMET  # type: ignore[misc]

    assert evolve(finding, note="read anew") != finding
    assert {finding: 1}[evolve(finding)] == 1


def test_a_part_that_is_no_rule_is_refused_with_its_place() -> None:
    rule = Not(part=AllOf(parts=(Not(part="x"),)))  # type: ignore[arg-type]

    with pytest.raises(InvalidValueError, match=r"parts\[0\]\.parts\[0\]\.parts\[0\].*is no rule"):
        book(rule)
