"""What the world must do, as cited facts, and where a plan stands beside it."""

from __future__ import annotations

from attrs import frozen
from pendulum import Date

from utm.domain import Emissions, Source, Unknown, UnknownReason, YearlyEmissions
from utm.errors import InvalidValueError
from utm.programme.pathways.trajectory import Trajectory

__all__ = [
    "HALVING_BY_2030",
    "IPCC_2030",
    "IPCC_2035",
    "Benchmark",
    "BenchmarkComparison",
    "compare_with",
]


@frozen(kw_only=True)
class Benchmark:
    """A cut that the world needs, or that a campaign asks for.

    Parameters
    ----------
    title
        Its name.
    by_year
        The year by which.
    cut_share
        The cut as a share of the emissions of the base year, in (0, 1].
    source
        Where it is written.
    base_year
        Its base year; ``None`` where it leaves that to the city.
    low_share, high_share
        The range that the source gives around the cut, if it gives one.
    """

    title: str
    by_year: int
    cut_share: float
    source: Source
    base_year: int | None = None
    low_share: float | None = None
    high_share: float | None = None

    def __attrs_post_init__(self) -> None:
        if not 0 < self.cut_share <= 1:
            raise InvalidValueError(
                kind="benchmark", value=self.cut_share, reason="must cut a share in (0, 1]"
            )


_IPCC = Source(
    title="IPCC AR6 Synthesis Report, Summary for Policymakers, Table SPM.1",
    issuer="Intergovernmental Panel on Climate Change",
    published_on=Date(2023, 3, 20),
)
_IPCC_TITLE = "global greenhouse gases for 1.5 °C with no or limited overshoot"
IPCC_2030 = Benchmark(
    title=_IPCC_TITLE,
    by_year=2030,
    cut_share=0.43,
    low_share=0.34,
    high_share=0.60,
    base_year=2019,
    source=_IPCC,
)
"""Greenhouse gases of the world, 43 % (34-60) below 2019 by 2030 for 1.5 °C."""
IPCC_2035 = Benchmark(
    title=_IPCC_TITLE,
    by_year=2035,
    cut_share=0.60,
    base_year=2019,
    source=Source(
        title="Technical dialogue of the first global stocktake, synthesis report",
        issuer="UNFCCC",
        published_on=Date(2023, 9, 8),
    ),
)
"""Greenhouse gases of the world, 60 % below 2019 by 2035 for 1.5 °C, as the stocktake told it.

The stocktake took it over from the IPCC's Synthesis Report. The report's own range around
it is left out: it could not be compared with a copy of the table.
"""
HALVING_BY_2030 = Benchmark(
    title="halving by 2030",
    by_year=2030,
    cut_share=0.5,
    source=Source(
        title="Race to Zero criteria, version 3.0 (June 2022)",
        issuer="UNFCCC High-Level Climate Champions",
    ),
)
"""Half of the emissions of the base year, which is the city's own, by 2030."""


@frozen(kw_only=True)
class BenchmarkComparison:
    """A plan beside a benchmark.

    Parameters
    ----------
    benchmark
        What is asked.
    base
        The city's emissions to which the cut was applied.
    planned
        What the plan lets out in the benchmark's year.
    note
        Which base year was taken, and why, if it is not the benchmark's own.
    """

    benchmark: Benchmark
    base: YearlyEmissions
    planned: Emissions
    note: str = ""

    @property
    def allowed(self) -> Emissions:
        """What the benchmark would let out, rounded to the kilogram."""
        return self.base.emissions.scaled(1 - self.benchmark.cut_share)

    @property
    def excess(self) -> Emissions:
        """Planned less allowed emissions; negative where the plan goes further."""
        return self.planned - self.allowed

    @property
    def suffices(self) -> bool:
        """Whether the plan cuts at least as much."""
        return self.excess.kilograms_co2e <= 0

    @property
    def sentence(self) -> str:
        """The comparison in words, with its source."""
        asked = f"{self.benchmark.cut_share:.0%} below {self.base.year}"
        verdict = "as much or more" if self.suffices else f"too little by {self.excess}"
        note = f" {self.note}" if self.note else ""
        return (
            f"By {self.benchmark.by_year} the plan lets out {self.planned}; {asked} would be "
            f"{self.allowed} ({self.benchmark.title}, {self.benchmark.source}): "
            f"it cuts {verdict}.{note}"
        )


def compare_with(
    benchmark: Benchmark,
    trajectory: Trajectory,
    *,
    actual_in_base_year: YearlyEmissions | None = None,
) -> BenchmarkComparison | Unknown:
    """Compare a plan with what is asked of the world.

    Parameters
    ----------
    benchmark
        What is asked. That a city's share is the world's average is a simplification.
    trajectory
        The plan.
    actual_in_base_year
        The city's emissions in the benchmark's base year, where it names one that is not
        the plan's; without them the plan's own base year is taken, and the note says so.

    Returns
    -------
    BenchmarkComparison or Unknown
        Unknown where the plan says nothing of the benchmark's year.
    """
    year = benchmark.by_year
    if not trajectory.first_year <= year <= trajectory.last_year:
        return Unknown(
            reason=UnknownReason.NOT_APPLICABLE,
            note=f"the plan runs {trajectory.first_year}-{trajectory.last_year}, not over {year}",
        )
    base, note = trajectory.target.base, ""
    wanted = benchmark.base_year
    if wanted is not None and wanted != base.year:
        if actual_in_base_year is not None and actual_in_base_year.year == wanted:
            base = actual_in_base_year
        else:
            note = (
                f"Emissions of {wanted}, which the benchmark starts from, are not known; "
                f"those of {base.year} were taken."
            )
    return BenchmarkComparison(
        benchmark=benchmark, base=base, planned=trajectory.planned_in(year), note=note
    )
