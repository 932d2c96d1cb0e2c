"""Trajectories, gaps, benchmarks, priorities: golden numbers and laws."""

from itertools import pairwise, permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pendulum import Date

from utm.domain import (
    Emissions,
    EmissionTarget,
    Observation,
    Source,
    Unknown,
    UnknownReason,
    YearlyEmissions,
)
from utm.errors import InvalidValueError
from utm.programme.pathways import (
    HALVING_BY_2030,
    IPCC_2030,
    WORLD_FACTS,
    BenchmarkComparison,
    CandidateAction,
    Gap,
    PriorityWeights,
    Trajectory,
    TrajectoryKind,
    WorldFact,
    compare_with,
    cut_needed,
    gap_on,
    prioritise,
    progress,
)

SOURCE = Source(title="plan")


def tonnes(number: float) -> Emissions:
    return Emissions.of_tonnes(number)


def yearly(year: int, number: float) -> YearlyEmissions:
    return YearlyEmissions(year=year, emissions=tonnes(number))


def target(base: float = 1000, residual: float = 100, first: int = 2020, last: int = 2040):
    return EmissionTarget(
        base=yearly(first, base), target_year=last, residual=tonnes(residual), source=SOURCE
    )


def seen(year: int, number: float, recorded_on: Date | None = None) -> Observation[YearlyEmissions]:
    return Observation(value=yearly(year, number), source=SOURCE, recorded_on=recorded_on)


TARGETS = st.builds(
    target,
    base=st.integers(1, 10**7),
    residual=st.integers(1, 10**7),
    first=st.integers(2000, 2020),
    last=st.integers(2021, 2060),
)


@given(TARGETS, st.sampled_from(TrajectoryKind))
def test_a_trajectory_begins_at_its_base_and_ends_at_its_residual(
    aim: EmissionTarget, kind: TrajectoryKind
) -> None:
    way = Trajectory(target=aim, kind=kind)

    assert way.planned_in(aim.base.year) == aim.base.emissions
    assert abs((way.planned_in(aim.target_year) - aim.residual).kilograms_co2e) <= 1


@given(TARGETS)
def test_a_linear_trajectory_cuts_the_same_every_year_and_lies_above_a_constant_rate(
    aim: EmissionTarget,
) -> None:
    line = Trajectory(target=aim)
    curve = Trajectory(target=aim, kind=TrajectoryKind.CONSTANT_RATE)
    years = range(aim.base.year, aim.target_year + 1)
    steps = [(line.planned_in(b) - line.planned_in(a)).kilograms_co2e for a, b in pairwise(years)]

    assert max(steps) - min(steps) <= 1
    for year in years:  # the geometric mean is never above the arithmetic one
        assert (line.planned_in(year) - curve.planned_in(year)).kilograms_co2e >= -1


@given(TARGETS, st.data())
def test_cumulative_emissions_add_up_over_any_cut(aim: EmissionTarget, data: st.DataObject) -> None:
    way = Trajectory(target=aim)
    middle = data.draw(st.integers(aim.base.year, aim.target_year - 1))
    first, last = aim.base.year, aim.target_year

    whole = way.cumulative(first_year=first, last_year=last)
    parts = way.cumulative(first_year=first, last_year=middle) + way.cumulative(
        first_year=middle + 1, last_year=last
    )

    assert whole == parts


def test_a_trajectory_passes_through_its_milestones() -> None:
    way = Trajectory(target=target(), milestones=(yearly(2030, 800),))

    assert way.planned_in(2025) == tonnes(900)
    assert way.planned_in(2030) == tonnes(800)
    assert way.planned_in(2035) == tonnes(450)


@pytest.mark.parametrize("milestones", [(2020,), (2041,), (2030, 2025), (2030, 2030)])
def test_milestones_out_of_order_are_refused(milestones: tuple[int, ...]) -> None:
    with pytest.raises(InvalidValueError):
        Trajectory(target=target(), milestones=tuple(yearly(y, 500) for y in milestones))


def test_no_constant_rate_reaches_zero() -> None:
    with pytest.raises(InvalidValueError):
        Trajectory(target=target(residual=0), kind=TrajectoryKind.CONSTANT_RATE)


def test_a_year_outside_of_the_plan_has_no_planned_emissions() -> None:
    with pytest.raises(InvalidValueError):
        Trajectory(target=target()).planned_in(2041)


def test_the_gap_on_a_day_knows_nothing_of_later_reports_and_of_the_running_year() -> None:
    way = Trajectory(target=target())
    reports = [
        seen(2021, 990),
        seen(2022, 930, Date(2024, 5, 1)),
        seen(2022, 920, Date(2025, 1, 1)),
        seen(2025, 1),
    ]

    assert gap_on(way, reports, on=Date(2024, 4, 30)) == Gap(
        year=2021, actual=tonnes(990), planned=tonnes(955)
    )
    before = gap_on(way, reports, on=Date(2024, 12, 31))
    corrected = gap_on(way, reports, on=Date(2025, 12, 31))
    assert isinstance(before, Gap)
    assert isinstance(corrected, Gap)
    assert before.excess == tonnes(20)
    assert corrected.excess == tonnes(10)
    assert corrected.sentence.endswith("920 t CO2e, 10 t CO2e over the planned path.")


def test_without_any_inventory_the_gap_is_unknown_and_not_zero() -> None:
    gap = gap_on(Trajectory(target=target()), [], on=Date(2025, 1, 1))

    assert isinstance(gap, Unknown)
    assert gap.reason is UnknownReason.NOT_REPORTED


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(1, 40))
def test_the_cut_that_is_needed_suffices_and_a_smaller_one_does_not(
    now: int, then: int, years: int
) -> None:
    aim = target(base=10**6, residual=then, first=2000, last=2020 + years)
    needed = cut_needed(yearly(2020, now), aim)
    left = tonnes(now).kilograms_co2e - years * needed.a_year.kilograms_co2e

    assert left <= aim.residual.kilograms_co2e
    if needed.a_year.kilograms_co2e:
        assert left + years > aim.residual.kilograms_co2e
    if needed.rate_share is not None and now > then:
        assert now * (1 - needed.rate_share) ** years == pytest.approx(then)
    assert (needed.rate_share is None) == (then == 0)


def test_missing_years_lie_between_their_neighbours_and_are_named() -> None:
    way = Trajectory(target=target())
    reports = [seen(2020, 1000), seen(2023, 910)]

    told = progress(way, reports, first_year=2020, last_year=2023, on=Date(2025, 1, 1))

    assert told.missing_years == (2021, 2022)
    assert told.actual_bounds == (tonnes(1000 + 910 * 3), tonnes(1000 * 3 + 910))
    assert "missing years (2021, 2022)" in told.sentence


def test_missing_years_at_an_end_leave_the_sum_unknown() -> None:
    way = Trajectory(target=target())

    told = progress(way, [seen(2020, 1)], first_year=2020, last_year=2022, on=Date(2025, 1, 1))

    assert told.unbounded_years == (2021, 2022)
    assert told.actual_bounds is None
    assert "is not known, since 2021, 2022 is missing" in told.sentence


def test_a_report_without_unit_and_year_is_refused() -> None:
    bare: Any = Observation(value=412.5, source=SOURCE)
    with pytest.raises(InvalidValueError, match="give unit and year"):
        gap_on(Trajectory(target=target()), [bare], on=Date(2026, 1, 1))


def test_two_reports_of_one_day_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(InvalidValueError):
        gap_on(
            Trajectory(target=target()),
            [seen(2021, 1), seen(2021, 2)],
            on=Date(2025, 1, 1),
        )


def test_a_correction_settles_a_contradiction_in_whatever_order_it_is_given() -> None:
    may, june = Date(2022, 5, 1), Date(2022, 6, 1)
    reports = [seen(2021, 1, may), seen(2021, 2, may), seen(2021, 3, june)]
    way = Trajectory(target=target())

    for order in permutations(reports):
        found = gap_on(way, order, on=Date(2025, 1, 1))
        assert isinstance(found, Gap)
        assert found.actual == tonnes(3)
        with pytest.raises(InvalidValueError, match="contradict"):
            gap_on(way, order, on=may)


def test_a_plan_that_halves_by_2030_suffices_and_one_that_cuts_less_does_not() -> None:
    enough = compare_with(HALVING_BY_2030, Trajectory(target=target(residual=0)))
    slow = compare_with(HALVING_BY_2030, Trajectory(target=target()))

    assert isinstance(enough, BenchmarkComparison)
    assert isinstance(slow, BenchmarkComparison)
    assert enough.suffices
    assert enough.excess == tonnes(0)
    assert not slow.suffices
    assert slow.excess == tonnes(50)
    assert HALVING_BY_2030.source.title in slow.sentence


def test_a_base_year_that_is_not_the_benchmarks_is_said() -> None:
    compared = compare_with(IPCC_2030, Trajectory(target=target()))
    better = compare_with(
        IPCC_2030, Trajectory(target=target()), actual_in_base_year=yearly(2019, 1200)
    )

    assert isinstance(compared, BenchmarkComparison)
    assert isinstance(better, BenchmarkComparison)
    assert "Emissions of 2019" in compared.note
    assert better.allowed == tonnes(1200 * 0.57)
    assert better.note == ""


def test_a_plan_that_says_nothing_of_2030_is_not_compared() -> None:
    assert isinstance(compare_with(HALVING_BY_2030, Trajectory(target=target(last=2029))), Unknown)


def action(key: str, cost: int | None, cut: float | None, *benefits: str) -> CandidateAction:
    unknown = Unknown(reason=UnknownReason.NOT_REPORTED)
    return CandidateAction(
        id=key,
        name=key,
        cost_euros=unknown if cost is None else cost,
        cut_a_year=unknown if cut is None else tonnes(cut),
        co_benefits=benefits,
    )


ACTIONS = st.lists(
    st.builds(
        action,
        st.sampled_from("abcdefgh"),
        st.one_of(st.none(), st.integers(0, 10**6)),
        st.one_of(st.none(), st.integers(0, 10**4)),
    ),
    min_size=1,
    unique_by=lambda one: one.id,
)


def test_an_action_that_is_better_in_everything_is_first_under_every_weighting() -> None:
    ranked = prioritise([action("worse", 9, 1), action("better", 1, 9, "jobs")])

    assert [one.action.id for one in ranked] == ["better", "worse"]
    assert ranked[0].first_of == ranked[0].weightings == 231
    assert (
        ranked[0].sentence
        == "better: rank 1; over 231 weightings rank 1, and first in 231 of them."
    )


def test_an_unknown_cost_makes_the_rank_a_span() -> None:
    ranked = {
        one.action.id: one
        for one in prioritise([action("a", 1, 5), action("b", 9, 5), action("x", None, 5)])
    }

    assert (ranked["x"].best_rank, ranked["x"].worst_rank) == (1, 2)
    assert ranked["x"].score_low < ranked["x"].score_high


@given(ACTIONS, st.randoms())
def test_ranks_do_not_depend_on_the_order_and_hold_within_all_weightings(
    actions: list[CandidateAction], random: object
) -> None:
    ranked = prioritise(actions, step_percent=10)
    shuffled = sorted(actions, key=lambda _: random.random())  # type: ignore[attr-defined]

    assert prioritise(shuffled, step_percent=10) == ranked
    for one in ranked:
        assert one.best_rank_of_all <= one.best_rank <= one.worst_rank <= one.worst_rank_of_all
        assert one.worst_rank_of_all <= len(actions)


PRICED = st.lists(
    st.builds(action, st.sampled_from("abcdefgh"), st.integers(0, 10**5), st.just(1)),
    min_size=1,
    unique_by=lambda one: one.id,
)


@given(PRICED)
def test_ranks_are_those_of_a_recount_by_hand(actions: list[CandidateAction]) -> None:
    ranked = prioritise(
        actions,
        PriorityWeights(cost_percent=100, cut_percent=0, co_benefits_percent=0),
        step_percent=50,
    )
    costs = [a.cost_euros for a in actions if isinstance(a.cost_euros, int)]
    spread = max(costs) - min(costs)
    for one in ranked:
        assert isinstance(one.action.cost_euros, int)
        if spread:
            assert one.best_rank == 1 + sum(1 for cost in costs if cost < one.action.cost_euros)


@pytest.mark.parametrize("shares", [(50, 50, 50), (-10, 90, 20), (0, 0, 0)])
def test_weights_that_do_not_sum_to_a_hundred_are_refused(shares: tuple[int, int, int]) -> None:
    with pytest.raises(InvalidValueError):
        PriorityWeights(
            cost_percent=shares[0], cut_percent=shares[1], co_benefits_percent=shares[2]
        )


def test_a_step_that_does_not_divide_a_hundred_is_refused() -> None:
    with pytest.raises(InvalidValueError):
        prioritise([action("a", 1, 1)], step_percent=7)


def test_every_fact_of_the_world_is_a_share_with_its_source_and_none_stands_twice() -> None:
    assert {(fact.of_what, fact.above_share) for fact in WORLD_FACTS} == {
        ("the CO2 emissions of the world", 0.70),
        ("the energy that the world uses", 0.65),
    }
    for fact in WORLD_FACTS:
        assert fact.source.issuer in fact.sentence
        assert fact.source.locator
    for share, of_what in ((0.0, "energy"), (1.0, "energy"), (0.5, " ")):
        with pytest.raises(InvalidValueError):
            WorldFact(of_what=of_what, above_share=share, source=SOURCE)
