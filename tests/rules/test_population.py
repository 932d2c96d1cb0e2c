import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.subjects import (
    CENSUS,
    DAY,
    DISTRICT,
    MUNICIPALITY,
    REGISTER,
    SETTLEMENT,
    UNSTATED,
    book,
    figure,
    reading,
    together,
    town,
)
from utm.domain import (
    City,
    Consortium,
    GovernmentKind,
    PopulationBasis,
    PopulationFigure,
    Unknown,
    UnknownReason,
)
from utm.errors import InvalidValueError
from utm.rules import (
    ConflictReading,
    Finding,
    Interpretations,
    MinimumPopulation,
    PopulationReading,
    TownsReading,
    Verdict,
)
from utm.testing.rules import population_figures

FLOOR = MinimumPopulation(id="population", floor_inhabitants=50_000)


def judge(subject: City | Consortium, readings: Interpretations | None = None) -> Finding:
    return book(FLOOR).assess(subject, on=DAY, interpretations=readings).finding


def reasons(finding: Finding) -> tuple[UnknownReason, ...]:
    return finding.reasons


@pytest.mark.parametrize(
    ("inhabitants", "verdict"),
    [(0, Verdict.UNMET), (49_999, Verdict.UNMET), (50_000, Verdict.MET), (50_001, Verdict.MET)],
)
def test_the_floor_itself_is_enough(inhabitants: int, verdict: Verdict) -> None:
    assert judge(town(figure(inhabitants))).verdict is verdict


def test_unreported_population_is_unknown_not_unmet() -> None:
    finding = judge(town())

    assert finding.verdict is Verdict.UNKNOWN
    assert reasons(finding) == (UnknownReason.NOT_REPORTED,)


def test_a_settlement_below_the_floor_does_not_prove_that_its_municipality_is() -> None:
    finding = judge(town(figure(37_475, SETTLEMENT)))

    assert finding.verdict is Verdict.UNKNOWN
    assert reasons(finding) == (UnknownReason.NOT_VERIFIED,)
    assert "may be larger" in finding.sentence


def test_a_settlement_at_the_floor_proves_that_its_municipality_is() -> None:
    assert judge(town(figure(50_000, SETTLEMENT))).verdict is Verdict.MET


def test_a_figure_of_the_municipality_outweighs_a_smaller_settlement() -> None:
    finding = judge(town(figure(40_604, SETTLEMENT), figure(152_309)))

    assert finding.verdict is Verdict.MET
    assert len(finding.evidence) == 2


def test_a_district_below_the_floor_proves_that_its_municipality_is() -> None:
    assert judge(town(figure(42_000, DISTRICT))).verdict is Verdict.UNMET


def test_a_district_above_the_floor_proves_nothing_of_its_municipality() -> None:
    finding = judge(town(figure(82_675, DISTRICT)))

    assert finding.verdict is Verdict.UNKNOWN
    assert "only a larger area" in finding.note


def test_a_district_above_the_floor_does_not_save_a_municipality_below() -> None:
    assert judge(town(figure(14_497), figure(82_675, DISTRICT))).verdict is Verdict.UNMET


def test_the_district_counts_where_a_district_governs() -> None:
    district = town(figure(82_675, DISTRICT), government=GovernmentKind.DISTRICT)

    assert judge(district).verdict is Verdict.MET


def test_an_agglomeration_is_cited_and_settles_nothing() -> None:
    finding = judge(town(figure(114_405, PopulationBasis.URBAN_AGGLOMERATION)))

    assert finding.verdict is Verdict.UNKNOWN
    assert reasons(finding) == (UnknownReason.NOT_VERIFIED,)
    assert len(finding.evidence) == 1


def test_two_figures_on_either_side_conflict_and_both_are_cited() -> None:
    finding = judge(town(figure(41_175, SETTLEMENT), figure(51_000, UNSTATED, source=REGISTER)))

    assert finding.verdict is Verdict.UNKNOWN
    assert reasons(finding) == (UnknownReason.CONFLICTING,)
    assert {piece.source for piece in finding.evidence} == {CENSUS, REGISTER}
    assert "41,175 and 51,000 lie on either side of 50,000" in finding.sentence


def test_a_settlement_larger_than_its_municipality_is_a_conflict() -> None:
    assert reasons(judge(town(figure(70_991, SETTLEMENT), figure(40_000)))) == (
        UnknownReason.CONFLICTING,
    )


def test_a_doubtful_figure_is_cited_and_left_aside() -> None:
    doubtful = figure(1_177_700, doubt="looks like a misplaced digit")
    finding = judge(town(doubtful))

    assert finding.verdict is Verdict.UNKNOWN
    assert reasons(finding) == (UnknownReason.NOT_VERIFIED,)
    assert "1,177,700 is left aside: looks like a misplaced digit" in finding.sentence
    assert judge(town(doubtful, figure(49_999))).verdict is Verdict.UNMET


def test_a_place_that_is_not_certain_has_no_population() -> None:
    doubt = Unknown(reason=UnknownReason.AMBIGUOUS_ENTITY, note="three places")
    finding = judge(town(figure(207_980), identity=doubt))

    assert finding.verdict is Verdict.UNKNOWN
    assert reasons(finding) == (UnknownReason.AMBIGUOUS_ENTITY,)
    assert finding.needed[0].fact == "which place is meant"
    assert "207,980" in finding.sentence


@pytest.mark.parametrize(
    ("conflict", "verdict"),
    [
        (ConflictReading.STAYS_UNKNOWN, Verdict.UNKNOWN),
        (ConflictReading.LATEST, Verdict.MET),
        (ConflictReading.ALL_MUST_PASS, Verdict.UNMET),
        (ConflictReading.ANY_MAY_PASS, Verdict.MET),
        (ConflictReading.PREFERRED_ISSUER, Verdict.UNMET),
    ],
)
def test_a_policy_resolves_a_conflict_and_is_named(
    conflict: ConflictReading, verdict: Verdict
) -> None:
    city = town(figure(49_000, year=2011), figure(52_000, year=2021, source=REGISTER))
    finding = judge(city, reading(conflict=conflict, preferred_issuers=("Statistics office",)))

    assert finding.verdict is verdict
    named = any(conflict.value in name for name in finding.readings)
    assert named is (conflict is not ConflictReading.STAYS_UNKNOWN)


def test_a_named_basis_leaves_all_others_out() -> None:
    city = town(figure(40_604, SETTLEMENT), figure(152_309))

    by_settlement = judge(city, reading(population=PopulationReading.SETTLEMENT))
    by_district = judge(city, reading(population=PopulationReading.DISTRICT))

    assert by_settlement.verdict is Verdict.UNMET
    assert by_district.verdict is Verdict.UNKNOWN
    assert by_settlement.readings == ("population: settlement",)


@given(st.lists(population_figures(), max_size=4), st.lists(population_figures(), max_size=3))
def test_more_figures_never_turn_yes_into_no(
    figures: list[PopulationFigure], more: list[PopulationFigure]
) -> None:
    fewer, all_of_them = judge(town(*figures)), judge(town(*figures, *more))

    assert {fewer.verdict, all_of_them.verdict} != {Verdict.MET, Verdict.UNMET}


@given(st.permutations([figure(n, b) for n in (40_000, 60_000) for b in PopulationBasis]))
def test_the_order_of_figures_is_irrelevant(figures: list[PopulationFigure]) -> None:
    in_order = [figure(n, b) for n in (40_000, 60_000) for b in PopulationBasis]

    assert judge(town(*figures)) == judge(town(*in_order))


@given(st.integers(0, 120_000), st.sampled_from((MUNICIPALITY, UNSTATED)))
def test_one_figure_of_its_own_decides_by_the_floor_alone(
    inhabitants: int, basis: PopulationBasis
) -> None:
    met = judge(town(figure(inhabitants, basis))).verdict is Verdict.MET

    assert met is (inhabitants >= 50_000)


def test_towns_below_the_floor_whose_sum_is_above_are_not_settled() -> None:
    towns = together(town(figure(30_000), name="Ena"), town(figure(30_000), name="Dva"))
    finding = judge(towns)

    assert finding.verdict is Verdict.UNKNOWN
    assert reasons(finding) == (UnknownReason.NOT_SETTLED,)
    assert judge(towns, reading(towns=TownsReading.SUM)).verdict is Verdict.MET
    assert judge(towns, reading(towns=TownsReading.EACH)).verdict is Verdict.UNMET


@pytest.mark.parametrize(("each", "verdict"), [(10_000, Verdict.UNMET), (50_000, Verdict.MET)])
def test_towns_are_settled_where_both_readings_agree(each: int, verdict: Verdict) -> None:
    towns = together(town(figure(each), name="Ena"), town(figure(each), name="Dva"))

    assert judge(towns).verdict is verdict


def test_the_failing_town_is_named() -> None:
    towns = together(town(figure(70_000), name="Ena"), town(figure(10_000), name="Dva"))
    finding = judge(towns, reading(towns=TownsReading.EACH))

    assert finding.verdict is Verdict.UNMET
    assert [leaf.subject_name for leaf in finding.decisive_leaves] == ["Dva"]
    assert "Dva" in finding.sentence


def test_a_sum_with_an_uncounted_town_is_met_once_the_others_suffice() -> None:
    uncounted = town(name="Dva")

    enough = together(town(figure(50_000), name="Ena"), uncounted)
    short = together(town(figure(49_999), name="Ena"), uncounted)

    assert judge(enough, reading(towns=TownsReading.SUM)).verdict is Verdict.MET
    assert judge(short, reading(towns=TownsReading.SUM)).verdict is Verdict.UNKNOWN


def test_an_uncertain_sum_says_what_is_missing() -> None:
    spread = (figure(20_000), figure(26_000, source=REGISTER))
    towns = together(town(*spread, name="Ena"), town(*spread, name="Dva"))
    finding = judge(towns, reading(towns=TownsReading.SUM))

    assert finding.verdict is Verdict.UNKNOWN
    assert [lack.fact for lack in finding.needed] == ["sum of the inhabitants"]


@pytest.mark.parametrize("floor", [0, -1, True, 50_000.0, "50.000", None])
def test_a_floor_that_is_no_number_of_people_is_refused(floor: object) -> None:
    with pytest.raises(InvalidValueError, match="whole number from 1 up"):
        MinimumPopulation(id="population", floor_inhabitants=floor)  # type: ignore[arg-type]
