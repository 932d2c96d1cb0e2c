from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from pendulum import Date

from tests.rules.subjects import DAY, application, book, figure, plan, promise, standing, town
from tests.rules.trees import nameless
from tests.searching import examples
from utm.domain import Application, Commitment, MembershipStatus, PlanCoverage, civil_date
from utm.interchange import from_json, to_json
from utm.rules import (
    AllOf,
    AnyOf,
    AtLeast,
    CommitmentGiven,
    DecisionRecord,
    MinimumPopulation,
    Not,
    Outcome,
    Rule,
    Verdict,
    find_residual,
    find_unseen,
    record_decision,
    replay_record,
    replay_under,
    replayed,
)
from utm.rules.library import CITY2CITY_2026, COHORT_2023
from utm.testing.rules import applications_to_judge, completions_of, days, rules

FLOOR = MinimumPopulation(id="population", floor_inhabitants=50_000)
ENGAGE = CommitmentGiven(id="engage", commitment=Commitment.ENGAGE)
RESOURCES = CommitmentGiven(id="resources", commitment=Commitment.ALLOCATE_RESOURCES)


def residual(rule: Rule, facts: Application, on: Date = DAY) -> Rule | Verdict:
    return find_residual(rule, book(rule).assess(facts, on=on).case)


@examples(50)
@given(applications_to_judge(), days())
def test_a_replay_of_the_same_record_is_faithful(facts: Application, day: Date) -> None:
    facts = evolve(facts, submitted_on=None)
    rulebook = book(COHORT_2023.versions[0].rule)

    again = replayed(rulebook, rulebook.assess(facts, on=day))

    assert again.faithful
    assert "stands" in again.sentence


def test_a_replay_by_another_library_says_so() -> None:
    recorded = evolve(book(FLOOR).assess(town(figure(60_000)), on=DAY), library_version="0.0")
    again = replayed(book(FLOOR), recorded)

    assert not again.faithful
    assert "library: 0.0, then" in again.sentence


def test_a_replay_with_changed_rules_is_not_faithful() -> None:
    recorded = book(FLOOR).assess(town(figure(55_000)), on=DAY)
    higher = book(MinimumPopulation(id="population", floor_inhabitants=60_000))

    again = replayed(higher, recorded)

    assert not again.faithful
    assert "outcome: eligible, then ineligible" in again.sentence


def test_a_replay_under_another_version_says_what_changes() -> None:
    city = town(figure(60_000), memberships=(standing(start="2015-01-01"),))
    facts = application(city, plans=(plan(city),), commitments=(promise(),))
    recorded = COHORT_2023.assess(facts, on=civil_date("2023-07-01"))

    transition = replay_under(COHORT_2023, recorded, version="rolling")

    assert recorded.outcome is Outcome.INCOMPLETE
    assert transition.sentence == (
        "Turku: incomplete becomes eligible: "
        "a commitment to allocate resources (unknown, then not asked)."
    )


def test_what_was_known_on_a_day_can_be_judged_again() -> None:
    late = figure(60_000, source=evolve(figure(1).source, retrieved_on=civil_date("2026-03-02")))
    facts = application(town(late))

    then = book(FLOOR).assess(facts, on=civil_date("2026-03-01"), known_by=civil_date("2026-03-01"))
    now = book(FLOOR).assess(facts, on=civil_date("2026-03-01"))

    assert then.outcome is Outcome.INCOMPLETE
    assert now.outcome is Outcome.ELIGIBLE
    assert replayed(book(FLOOR), then).faithful


def test_the_residual_asks_for_what_is_open_alone() -> None:
    facts = application(town(figure(60_000)))

    assert residual(AllOf(parts=(FLOOR, ENGAGE)), facts) == ENGAGE
    assert residual(AllOf(parts=(FLOOR, ENGAGE, RESOURCES)), facts) == ENGAGE & RESOURCES
    assert residual(AnyOf(parts=(Not(part=FLOOR), ENGAGE)), facts) == ENGAGE
    assert residual(AtLeast(parts=(FLOOR, ENGAGE, RESOURCES), count=2), facts) == (
        ENGAGE | RESOURCES
    )
    assert residual(FLOOR, facts) is Verdict.MET
    assert residual(Not(part=ENGAGE), facts) == Not(part=ENGAGE)


@settings(max_examples=40)
@given(st.data(), applications_to_judge(), rules(), days())
def test_the_residual_answers_as_the_whole_rule_whatever_becomes_known(
    data: st.DataObject, facts: Application, drawn: Rule, day: Date
) -> None:
    rule = nameless(drawn)
    facts = evolve(facts, submitted_on=None)
    left = residual(rule, facts, day)
    whole = data.draw(completions_of(facts, day))
    answer = book(rule).assess(whole, on=day).finding.verdict

    if isinstance(left, Verdict):
        if left is not Verdict.UNKNOWN:
            assert answer is left
    else:
        assert book(left).assess(whole, on=day).finding.verdict is answer


def test_answers_that_no_case_has_shown_are_told() -> None:
    version = CITY2CITY_2026.versions[0]
    signed = town(figure(60_000), memberships=(standing(start="2015-01-01"),))
    left = town(figure(1), memberships=(standing(MembershipStatus.WITHDRAWN),))
    cases = [
        application(town()),
        application(signed, plans=(plan(signed),)),
        application(left),
    ]
    decisions = [CITY2CITY_2026.assess(case, on=DAY) for case in cases]

    assert [(rule.id, verdict) for rule, verdict in find_unseen(version, decisions)] == [
        ("whole-city-plan", Verdict.UNMET)
    ]
    partial = application(left, plans=(plan(left, coverage=PlanCoverage.PARTIAL),))
    decisions.append(CITY2CITY_2026.assess(partial, on=DAY))
    assert find_unseen(version, decisions) == ()


@examples(50)
@given(applications_to_judge(), days())
def test_a_decision_on_file_is_read_as_it_was_and_stands(facts: Application, day: Date) -> None:
    facts = evolve(facts, submitted_on=None)
    rulebook = book(COHORT_2023.versions[0].rule)
    decision = rulebook.assess(facts, on=day)

    on_file = from_json(DecisionRecord, to_json(record_decision(decision)))
    replay = replay_record(rulebook, on_file)

    assert replay.faithful
    assert replay.now.digest == decision.digest


def test_a_decision_on_file_under_changed_rules_names_the_criterion_and_keeps_its_facts() -> None:
    record = record_decision(book(FLOOR).assess(town(figure(55_000)), on=DAY))
    higher = book(MinimumPopulation(id="population", floor_inhabitants=60_000))

    replay = replay_record(higher, record)

    assert replay.facts_stand
    assert not replay.faithful
    assert "population: met, then unmet" in replay.sentence
    assert "outcome: eligible, then ineligible" in replay.sentence
