import json

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.subjects import (
    CALL,
    DAY,
    application,
    book,
    figure,
    standing,
    together,
    town,
)
from utm.domain import (
    City,
    CityId,
    CountryCode,
    MembershipStatus,
    NetworkId,
    Period,
    PlanKind,
    Source,
    civil_date,
)
from utm.errors import InvalidInputError, InvalidValueError
from utm.rules import (
    MinimumPopulation,
    NetworkSignatory,
    Outcome,
    Parameter,
    ParameterValue,
    Rulebook,
    RulebookVersion,
    ShareOfInhabitants,
    Verdict,
    VerdictTable,
    WholeCityPlan,
    compare_rulebooks,
    find_coming_changes,
    find_flaws,
    find_ways,
    read_rulebook,
    replay_under,
    write_rulebook,
)
from utm.rules.analysis import Relation
from utm.testing import laws
from utm.testing.rules import days, numbers

NOTICE = Source(title="Notice of the national contact point")


def during(start: str, end: str | None = None) -> Period:
    return Period(start=civil_date(start), end=civil_date(end) if end else None)


def held(
    value: int,
    start: str = "2000-01-01",
    end: str | None = None,
    *,
    programmes: tuple[str, ...] = (),
    countries: tuple[str, ...] = (),
    source: Source = CALL,
) -> ParameterValue:
    return ParameterValue(
        value=value,
        in_force=during(start, end),
        source=source,
        programmes=programmes,
        countries=tuple(CountryCode(code) for code in countries),
    )


def parameter(*values: ParameterValue) -> Parameter:
    return Parameter(values=values)


def in_slovakia(name: str, inhabitants: int) -> City:
    return City(
        id=CityId.of("SK", name),
        name=name,
        country=CountryCode("SK"),
        populations=(figure(inhabitants),),
    )


FLOOR = parameter(
    held(50_000, end="2026-01-01"),
    held(60_000, start="2026-01-01"),
    held(10_000, countries=("SK",), source=NOTICE),
)
RULE = MinimumPopulation(id="population", floor_inhabitants=FLOOR, source=CALL)


def test_the_narrowest_value_that_holds_on_the_day_counts() -> None:
    floor = parameter(
        held(50_000),
        held(40_000, programmes=("exchange",)),
        held(10_000, start="2024-01-01", countries=("SK",)),
        held(5_000, start="2024-01-01", programmes=("exchange",), countries=("SK",)),
    )
    slovakia = CountryCode("SK")

    def value(day: str, programme: str = "", country: CountryCode | None = None) -> int:
        return floor.value_on(civil_date(day), programme=programme, country=country).value

    assert value("2025-01-01") == 50_000
    assert value("2025-01-01", "exchange") == 40_000
    assert value("2025-01-01", country=slovakia) == 10_000
    assert value("2025-01-01", "exchange", slovakia) == 5_000
    assert value("2023-12-31", "exchange", slovakia) == 40_000
    assert value("2025-01-01", "other", CountryCode("FI")) == 50_000


def test_a_day_outside_all_values_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="1999-12-31' lies outside"):
        FLOOR.value_on(civil_date("1999-12-31"))


@pytest.mark.parametrize(
    ("values", "told"),
    [
        (
            (held(1, end="2024-01-01"), held(2, start="2024-01-02")),
            "for everybody else leave a gap between 2024-01-01 and 2024-01-02",
        ),
        (
            (held(1, end="2024-01-02"), held(2, start="2024-01-01")),
            "for everybody else overlap between 2024-01-02 and 2024-01-01",
        ),
        ((held(1), held(2)), "for everybody else overlap between no end"),
        ((held(1, countries=("SK",)),), "must have a value for everybody"),
        (
            (
                held(1),
                held(2, end="2020-01-01", countries=("SK", "CZ")),
                held(3, start="2021-01-01", countries=("SK",)),
            ),
            "in SK leave a gap between 2020-01-01 and 2021-01-01",
        ),
        (
            (held(1), held(2, programmes=("x",)), held(3, countries=("SK",))),
            "two values hold in SK under x from 2000-01-01: add one that names both",
        ),
    ],
)
def test_a_gap_an_overlap_or_a_doubt_between_values_is_refused(
    values: tuple[ParameterValue, ...], told: str
) -> None:
    with pytest.raises(InvalidValueError) as caught:
        parameter(*values)
    assert told in str(caught.value)


def test_all_problems_of_a_parameter_are_told_at_once() -> None:
    with pytest.raises(InvalidValueError) as caught:
        parameter(
            held(2, end="2020-01-01", countries=("SK",)),
            held(3, start="2021-01-01", countries=("SK",)),
        )
    assert "everybody" in caught.value.reason
    assert "in SK leave a gap" in caught.value.reason


@pytest.mark.parametrize("value", [0, -1, True, 50_000.0, "50.000", float("nan")])
def test_a_value_that_is_no_such_number_is_refused(value: object) -> None:
    with pytest.raises(InvalidValueError, match=r"floor of inhabitants|cannot be its value"):
        MinimumPopulation(id="p", floor_inhabitants=parameter(evolve(held(1), value=value)))


def test_a_parameter_must_hold_on_every_day_of_its_version() -> None:
    with pytest.raises(InvalidValueError, match="does not hold on every day of version only"):
        book(MinimumPopulation(id="p", floor_inhabitants=parameter(held(5, start="2001-01-01"))))


def test_a_finding_names_the_one_floor_of_the_city_and_where_that_is_written() -> None:
    decision = book(RULE).assess(in_slovakia("Trnava", 9_000), on=DAY)
    (finding,) = decision.finding_of("population")

    assert finding.verdict is Verdict.UNMET
    assert finding.threshold.requirement == "at least 10,000 inhabitants"
    assert finding.threshold.source == NOTICE
    assert "1,000 short of 10,000" in finding.sentence
    assert book(RULE).assess(in_slovakia("Trnava", 10_000), on=DAY).outcome is Outcome.ELIGIBLE


def test_the_floor_is_that_of_the_day_of_submission() -> None:
    city = town(figure(55_000))
    early = application(city, submitted_on=civil_date("2025-12-31"))
    late = application(city, submitted_on=civil_date("2026-01-01"))

    assert book(RULE).assess(early, on=DAY).outcome is Outcome.ELIGIBLE
    assert book(RULE).assess(late, on=DAY).outcome is Outcome.INELIGIBLE
    assert book(RULE).assess(city, on=DAY).outcome is Outcome.INELIGIBLE


def test_the_boundary_holds_for_each_value() -> None:
    for value in FLOOR.values:
        city = town(figure(value.value)) if not value.countries else in_slovakia("T", value.value)
        short = evolve(city, populations=(figure(value.value - 1),))
        on = value.in_force.start
        assert book(RULE).assess(city, on=on).finding.verdict is Verdict.MET
        assert book(RULE).assess(short, on=on).finding.verdict is Verdict.UNMET


def test_two_rulebooks_share_a_parameter_and_differ_by_programme() -> None:
    floor = parameter(held(50_000), held(40_000, programmes=("exchange",)))
    rule = MinimumPopulation(id="population", floor_inhabitants=floor)
    cohort, exchange = (evolve(book(rule), id=key) for key in ("cohort", "exchange"))
    city = town(figure(45_000))

    assert cohort.assess(city, on=DAY).outcome is Outcome.INELIGIBLE
    assert exchange.assess(city, on=DAY).outcome is Outcome.ELIGIBLE
    found = compare_rulebooks(cohort, exchange, on=DAY)
    assert found.relation is Relation.IMPLIES
    assert found.only_second is not None
    laws.law_witnesses_are_true(cohort, exchange, found, on=DAY)


def test_replay_under_another_version_takes_the_nearest_day_of_that_version() -> None:
    floor = parameter(held(50_000, "2020-01-01", "2026-01-01"), held(60_000, "2026-01-01"))
    versions = tuple(
        RulebookVersion(id=key, in_force=period, source=CALL, rule=RULE_OF(floor))
        for key, period in (
            ("old", during("2020-01-01", "2026-01-01")),
            ("new", during("2026-01-01")),
        )
    )
    rulebook = Rulebook(id="book", title="Book", versions=versions)
    decision = rulebook.assess(town(figure(55_000)), on=civil_date("2025-06-01"))

    changed = replay_under(rulebook, decision, version="new")

    assert "eligible becomes ineligible" in changed.sentence
    assert "at least 60,000 inhabitants" in changed.sentence


def RULE_OF(floor: Parameter) -> MinimumPopulation:  # noqa: N802 - the rule of a floor
    return MinimumPopulation(id="population", floor_inhabitants=floor)


def test_the_day_on_which_a_floor_changes_is_foreseen() -> None:
    city = application(town(figure(55_000)))

    (coming,) = find_coming_changes(
        book(RULE), city, after=civil_date("2025-12-01"), until=civil_date("2026-02-01")
    )

    assert coming.day == civil_date("2026-01-01")
    assert coming.transition.after.outcome is Outcome.INELIGIBLE


def test_a_consortium_across_a_border_is_judged_town_by_town() -> None:
    finnish, slovak = town(figure(70_000)), in_slovakia("Trnava", 20_000)
    decision = book(RULE).assess(together(finnish, slovak), on=DAY)
    (whole, *each) = decision.finding_of("population")

    assert [finding.verdict for finding in each] == [Verdict.MET, Verdict.MET]
    assert whole.verdict is Verdict.MET
    assert "60,000" in whole.rule.requirement


def test_a_grace_and_a_share_may_differ_too() -> None:
    grace = NetworkSignatory(
        id="signatory",
        network=NetworkId("gcom"),
        network_name="Covenant",
        grace_months=parameter(held(0), held(3, countries=("FI",))),
    )
    committed = town(figure(1), memberships=(standing(MembershipStatus.COMMITTED),))
    assert book(grace).assess(committed, on=DAY).outcome is Outcome.CONDITIONAL

    share = ShareOfInhabitants(
        rule=MinimumPopulation(id="floor", floor_inhabitants=50),
        least_percent=parameter(held(51), held(90, countries=("SK",))),
    )
    finnish = together(town(figure(80), name="A"), town(figure(20), name="B"))
    slovak = together(in_slovakia("A", 80), in_slovakia("B", 20))
    both = together(town(figure(80), name="A"), in_slovakia("B", 20))
    verdicts = [
        book(share).assess(each, on=DAY).finding.verdict for each in (finnish, slovak, both)
    ]
    assert verdicts == [Verdict.MET, Verdict.UNMET, Verdict.UNKNOWN]


@pytest.mark.parametrize("on", ["2025-06-01", "2026-06-01"])
def test_quick_verdicts_are_those_of_the_findings(on: str) -> None:
    day = civil_date(on)
    applications = [
        application(city, submitted_on=submitted)
        for city in (
            *(town(figure(count)) for count in (9_999, 10_000, 50_000, 60_000)),
            *(in_slovakia("T", count) for count in (9_999, 10_000, 50_000, 60_000)),
            town(),
        )
        for submitted in (None, civil_date("2025-12-31"), civil_date("2026-01-01"))
    ]
    rulebook = book(RULE)
    laws.law_many_are_judged_as_one(rulebook, applications, on=day)
    version = rulebook.versions[0]
    table = VerdictTable(applications, version=rulebook.stamp(version), on=day)
    assert table.verdicts(RULE) == tuple(
        rulebook.assess(each, on=day).finding.verdict for each in applications
    )


def test_ways_and_obstacles_speak_of_the_floor_of_the_city() -> None:
    rulebook = book(RULE)
    short = find_ways(rulebook, rulebook.assess(in_slovakia("T", 9_000), on=DAY))
    assert [obstacle.short_inhabitants for obstacle in short.obstacles] == [1_000]

    uncounted = evolve(in_slovakia("T", 1), populations=())
    ways = find_ways(rulebook, rulebook.assess(uncounted, on=DAY))
    assert "at least 10,000" in ways.ways[0].sentence


def test_a_floor_that_makes_no_difference_in_any_country_is_a_flaw() -> None:
    rule = RULE & MinimumPopulation(id="low", floor_inhabitants=10_000)
    assert [flaw.rule.id for flaw in find_flaws(rule, on=DAY)] == ["low"]
    needed = RULE & MinimumPopulation(id="low", floor_inhabitants=10_001)
    assert find_flaws(needed, on=DAY) == ()


@given(numbers(st.sampled_from((40_000, 50_000, 60_000))), days())
def test_every_parameter_survives_its_notation(number: object, day: object) -> None:
    rule = MinimumPopulation(id="population", floor_inhabitants=number)  # type: ignore[arg-type]
    laws.law_rulebook_survives_its_notation(book(rule))


def test_bad_values_in_a_document_are_told_with_their_places() -> None:
    document = json.loads(write_rulebook(book(RULE & promise_rule())))
    values = document["versions"][0]["rule"]["parts"][0]["floor_inhabitants"]["values"]
    values[0]["value"] = "50.000"
    values[1]["in_force"] = {"start": "2026"}
    values[2]["countries"] = ["XX"]

    with pytest.raises(InvalidInputError) as caught:
        read_rulebook(json.dumps(document))

    place = "$.versions[0].rule.parts[0].floor_inhabitants.values"
    assert [problem.path for problem in caught.value.problems] == [
        f"{place}[0].value",
        f"{place}[1].in_force.start",
        f"{place}[2].countries[0]",
    ]


def promise_rule() -> WholeCityPlan:
    return WholeCityPlan(id="plan", kinds=(PlanKind.SECAP,))


def test_a_gap_in_a_document_is_told_with_its_place() -> None:
    document = json.loads(write_rulebook(book(RULE)))
    values = document["versions"][0]["rule"]["floor_inhabitants"]["values"]
    values[1]["in_force"]["start"] = "2026-01-02"

    with pytest.raises(InvalidInputError, match="leave a gap between 2026-01-01 and 2026-01-02"):
        read_rulebook(json.dumps(document))
