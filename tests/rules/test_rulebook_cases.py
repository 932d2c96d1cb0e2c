import pytest
from attrs import evolve

from tests.rules.subjects import DAY, application, book, figure, town
from utm.errors import InvalidValueError
from utm.reference import rulebook_cases
from utm.rules import (
    ExpectedVerdict,
    MinimumPopulation,
    Outcome,
    Rulebook,
    RulebookCase,
    RulebookCases,
    Verdict,
    check_cases,
)
from utm.rules.library import CITY2CITY_2026, RULEBOOKS

RULE = MinimumPopulation(id="population", floor_inhabitants=50_000)


def case(key: str, inhabitants: int | None, outcome: Outcome, **more: object) -> RulebookCase:
    city = town() if inhabitants is None else town(figure(inhabitants))
    facts: dict[str, object] = {"reason": "so says the call", "on": DAY, **more}
    return RulebookCase(id=key, application=application(city), outcome=outcome, **facts)  # type: ignore[arg-type]


def cases(*some: RulebookCase) -> RulebookCases:
    return RulebookCases(rulebook="book", cases=some)


MET = case("large", 50_000, Outcome.ELIGIBLE)
UNMET = case("small", 49_999, Outcome.INELIGIBLE)
OPEN = case("silent", None, Outcome.INCOMPLETE)


@pytest.mark.parametrize("rulebook", RULEBOOKS, ids=lambda each: each.id)
def test_the_cases_of_every_rulebook_hold_and_show_every_answer_of_every_criterion(
    rulebook: Rulebook,
) -> None:
    report = check_cases(rulebook, rulebook_cases(rulebook.id))

    assert (report.failures, report.unseen) == ((), ())
    assert report.passed


def test_an_answer_that_no_case_shows_is_told_with_version_and_criterion() -> None:
    report = check_cases(book(RULE), cases(MET, OPEN))

    assert [str(each) for each in report.unseen] == ["only: no case shows 'population' unmet"]
    assert not report.passed
    assert check_cases(book(RULE), cases(MET, UNMET, OPEN)).passed


def test_a_case_that_is_answered_otherwise_is_told_with_its_reason() -> None:
    wrong = evolve(
        MET,
        outcome=Outcome.INELIGIBLE,
        verdicts=(
            ExpectedVerdict(criterion="population", verdict=Verdict.UNMET),
            ExpectedVerdict(criterion="elsewhere", verdict=Verdict.MET),
        ),
    )
    told = [str(each) for each in check_cases(book(RULE), cases(wrong)).failures]

    assert told[0].startswith("large: expected ineligible, found: Turku: eligible")
    assert told[1].startswith("large: 'population' should be unmet: Turku meets")
    assert told[2].startswith("large: criterion: 'elsewhere' is none of population")
    assert all(each.endswith("the case says: so says the call") for each in told)


def test_a_case_outside_all_versions_fails() -> None:
    early = evolve(MET, on=DAY.subtract(years=50))
    (failure,) = check_cases(book(RULE), cases(early)).failures

    assert "no version is in force" in str(failure)


def test_a_changed_floor_is_caught_by_the_cases() -> None:
    version = CITY2CITY_2026.versions[0]
    population, *others = version.rule.parts
    laxer = evolve(population, floor_inhabitants=49_999)  # type: ignore[type-var, call-arg]
    rule = evolve(version.rule, parts=(laxer, *others))  # type: ignore[type-var, call-arg]
    changed = evolve(CITY2CITY_2026, versions=(evolve(version, rule=rule),))

    failures = check_cases(changed, rulebook_cases("city2city-2026")).failures

    assert [failure.case.id for failure in failures] == ["one-inhabitant-short"] * 2


def test_cases_of_another_rulebook_or_of_one_name_are_refused() -> None:
    with pytest.raises(InvalidValueError, match="not those of book"):
        check_cases(book(RULE), evolve(cases(MET), rulebook="other"))
    with pytest.raises(InvalidValueError, match="name two cases alike"):
        cases(MET, MET)
    with pytest.raises(InvalidValueError, match="has no reason"):
        case("x", 1, Outcome.INELIGIBLE, reason=" ")


def test_a_rulebook_without_cases_has_none() -> None:
    with pytest.raises(InvalidValueError, match="is none of"):
        rulebook_cases("unheard-of")
