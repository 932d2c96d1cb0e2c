import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from pendulum import Date

from tests.rules.subjects import (
    DAY,
    application,
    book,
    figure,
    plan,
    promise,
    reading,
    standing,
    town,
    waiver,
)
from tests.rules.trees import nameless
from utm.domain import Application, Commitment, MembershipStatus, Waiver, civil_date
from utm.errors import InvalidValueError
from utm.reference import city2city_2026
from utm.rules import (
    AllOf,
    CommitmentGiven,
    Decision,
    MinimumPopulation,
    Outcome,
    Rule,
    compare_decisions,
    compare_many,
    find_coming_changes,
)
from utm.rules.library import CITY2CITY_2026, COHORT_2023, HELPDESK
from utm.rules.library.helpdesk import COHORT
from utm.testing.rules import applications_to_judge, days, readings, rules

FLOOR = MinimumPopulation(id="population", floor_inhabitants=50_000)
LOWER = MinimumPopulation(id="population", floor_inhabitants=40_000)
ENGAGE = CommitmentGiven(id="engage", commitment=Commitment.ENGAGE)


def judged(rule: Rule, *cities: object) -> list[Decision]:
    return [book(rule).assess(city, on=DAY) for city in cities]  # type: ignore[arg-type]


ENA, DVA, TRI = (
    town(figure(60_000), name="Ena"),
    town(figure(45_000), name="Dva"),
    town(name="Tri"),
)


def test_the_matrix_holds_everybody_once_with_the_cities_behind_every_cell() -> None:
    impact = compare_many(judged(FLOOR, ENA, DVA, TRI), judged(LOWER, TRI, DVA, ENA))

    assert len(impact.matrix) == len(Outcome) ** 2
    assert impact.matrix[Outcome.INELIGIBLE, Outcome.ELIGIBLE] == (DVA.id,)
    assert impact.matrix[Outcome.INCOMPLETE, Outcome.INCOMPLETE] == (TRI.id,)
    assert sum(len(cities) for cities in impact.matrix.values()) == 3
    assert impact.sentence == "1 of 3 change: 1 from ineligible to eligible."


def test_a_transition_says_which_criterion_turned() -> None:
    (before,), (after,) = judged(AllOf(parts=(FLOOR, ENGAGE)), DVA), judged(LOWER, DVA)

    assert compare_decisions(before, after).sentence == (
        "Dva: ineligible becomes eligible: at least 40,000 inhabitants (unmet, then met); "
        "a commitment to engage (unknown, then not asked)."
    )


def test_a_transition_without_change_says_so() -> None:
    (before,) = judged(FLOOR, ENA)

    transition = compare_decisions(before, before)

    assert transition.sentence == "Ena stays eligible."
    assert transition.turned == ()


def test_decisions_about_others_cannot_be_compared() -> None:
    (ena,), (dva,) = judged(FLOOR, ENA), judged(FLOOR, DVA)

    with pytest.raises(InvalidValueError, match="two applicants"):
        compare_decisions(ena, dva)
    with pytest.raises(InvalidValueError, match="one side only"):
        compare_many([ena], [dva])
    with pytest.raises(InvalidValueError, match="two about one applicant"):
        compare_many([ena, evolve(ena, day=DAY.add(days=1))], [ena])


def test_the_register_under_city2city_and_under_the_cohort_call() -> None:
    facts = [evolve(each, submitted_on=None) for each in city2city_2026().applications]
    impact = compare_many(
        [CITY2CITY_2026.assess(each, on=DAY) for each in facts],
        [COHORT_2023.assess(each, on=DAY) for each in facts],
    )

    assert impact.changed == ()  # nothing is public that the two calls would judge differently


def test_a_promise_to_sign_moves_from_conditional_to_ineligible_under_city2city() -> None:
    city = town(figure(60_000), memberships=(standing(MembershipStatus.COMMITTED),))
    facts = application(city, plans=(plan(city),), commitments=(promise(),))
    transition = compare_decisions(
        COHORT_2023.assess(facts, on=DAY), CITY2CITY_2026.assess(facts, on=DAY)
    )

    assert transition.sentence.startswith("Turku: conditional becomes ineligible")


def test_the_helpdesk_asks_for_membership_of_the_cohort_besides() -> None:
    signed = standing(start="2015-01-01")
    member = evolve(signed, network=COHORT)
    promises = tuple(promise(each) for each in Commitment)

    def ask(*memberships: object) -> Outcome:
        city = town(figure(60_000), memberships=memberships)  # type: ignore[arg-type]
        facts = application(city, plans=(plan(city),), commitments=promises)
        return HELPDESK.assess(facts, on=DAY).outcome

    assert ask(signed) is Outcome.INCOMPLETE
    assert ask(signed, member) is Outcome.ELIGIBLE
    (finding,) = HELPDESK.assess(town(), on=DAY).finding_of("cohort-member")
    assert '"a member of the cohort of the Urban Transitions Mission"' in finding.sentence


def test_the_deadline_that_stood_on_a_day_is_the_last_one_known_then() -> None:
    def last_day(day: str) -> Date | None:
        deadline = COHORT_2023.deadline_on(civil_date(day))
        assert deadline is not None
        return deadline.last_day

    assert COHORT_2023.deadline_on(civil_date("2023-05-31")) is None
    assert last_day("2023-06-01") == civil_date("2023-08-21")
    assert last_day("2023-08-22") == civil_date("2023-09-21")
    assert last_day("2023-09-22") is None


def test_a_waiver_a_plan_and_a_grace_run_out_by_themselves() -> None:
    city = town(figure(40_000), memberships=(standing(MembershipStatus.COMMITTED),))
    facts = application(
        city,
        plans=(plan(city, expires_on=civil_date("2026-02-01")),),
        commitments=(promise(),),
        engaged_on=civil_date("2026-01-01"),
    )
    excused = waiver("population", city, expires_on=civil_date("2026-03-01"))
    coming = find_coming_changes(
        COHORT_2023, facts, after=DAY, until=civil_date("2027-01-08"), waivers=(excused,)
    )

    assert [change.sentence.partition(":")[0] for change in coming] == [
        "On 2026-02-01, Turku",
        "On 2026-03-01, Turku",
        "On 2026-04-02, Turku stays ineligible",
    ]
    assert [change.transition.after.outcome for change in coming] == [
        Outcome.INCOMPLETE,
        Outcome.INELIGIBLE,
        Outcome.INELIGIBLE,
    ]
    assert "committed to sign within 3 months (met, then unmet)" in coming[-1].sentence


def test_a_waiver_of_a_combination_is_told_when_it_runs_out_though_the_outcome_stays() -> None:
    city = town()
    either = AllOf(id="serious", title="serious about it", parts=(FLOOR, ENGAGE))
    rulebook = book(AllOf(parts=(either, evolve(ENGAGE, id="again"))))
    excused = waiver("serious", city, expires_on=civil_date("2026-03-01"))
    coming = find_coming_changes(
        rulebook,
        application(city),
        after=DAY,
        until=civil_date("2026-06-01"),
        waivers=(excused,),
    )

    assert [change.sentence for change in coming] == [
        "On 2026-03-01, Turku stays incomplete: serious about it (met, then unknown)."
    ]


@settings(max_examples=25)
@given(st.data(), applications_to_judge(), rules(most_leaves=4), days())
def test_no_coming_change_is_overlooked(
    data: st.DataObject, facts: Application, rule: Rule, start: Date
) -> None:
    chosen, length = data.draw(readings()), data.draw(st.integers(0, 120))
    facts = evolve(facts, submitted_on=data.draw(st.none() | st.just(start.subtract(days=40))))
    rulebook, until = book(nameless(rule)), start.add(days=length)

    coming = find_coming_changes(rulebook, facts, after=start, until=until, interpretations=chosen)

    def answers(day: Date) -> list[object]:
        decision = rulebook.assess(facts, on=day, interpretations=chosen)
        leaves = [one for one in decision.finding.walk() if not one.parts]
        return [decision.outcome, *((one.verdict, one.firm) for one in leaves)]

    every_day = [start.add(days=n) for n in range(length + 1)]
    answered = [answers(day) for day in every_day]
    changing = [
        day
        for day, one, other in zip(every_day[1:], answered, answered[1:], strict=False)
        if one != other
    ]
    assert [change.day for change in coming] == changing


@pytest.mark.parametrize("until", ["2026-01-07", "2126-02-08"])
def test_a_horizon_in_the_past_or_beyond_a_century_is_refused(until: str) -> None:
    with pytest.raises(InvalidValueError, match="within 100 years"):
        find_coming_changes(book(FLOOR), application(ENA), after=DAY, until=civil_date(until))


def test_a_list_ceases_to_count_by_itself() -> None:
    city = town(figure(60_000), memberships=(standing(listed="2022-12-01"),))
    facts = application(city, plans=(plan(city),))
    coming = find_coming_changes(
        CITY2CITY_2026,
        facts,
        after=civil_date("2025-12-01"),
        until=civil_date("2027-12-01"),
        interpretations=reading(listing_counts_years=4),
    )

    assert [change.day for change in coming] == [civil_date("2026-12-02")]
    assert isinstance(waiver("population", city), Waiver)
