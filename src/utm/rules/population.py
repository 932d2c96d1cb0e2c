"""The criterion of a least number of inhabitants."""

from __future__ import annotations

from attrs import evolve, frozen

from utm.domain.city import City, PopulationFigure
from utm.domain.consortium import Consortium
from utm.domain.evidence import Source, UnknownReason
from utm.domain.stated_gap import GapTopic
from utm.rules.case import Case, examine
from utm.rules.combinators import Composable
from utm.rules.evidence import MissingEvidence
from utm.rules.finding import Finding
from utm.rules.identity import doubt_identity
from utm.rules.inhabitants import InhabitantSpan, span_of
from utm.rules.interpretations import (
    ConflictReading,
    Interpretations,
    PopulationReading,
    TownsReading,
)
from utm.rules.parameter import (
    Number,
    Parameter,
    describe,
    number_for,
    require_numbers,
    value_for,
)
from utm.rules.statements import in_canonical_order
from utm.rules.verdict import Verdict, all_of

__all__ = ["MinimumPopulation", "own_readings", "read_inhabitants"]


@frozen(kw_only=True)
class MinimumPopulation(Composable):
    """At least so many inhabitants.

    Several figures, each with basis and year, are read together under
    `PopulationReading`. Figures on either
    side of the floor leave the answer unknown (conflicting), both cited. A
    settlement below the floor does not prove that its municipality is below.
    A figure with a doubt is cited and left aside.

    Parameters
    ----------
    id
        Key of the criterion.
    floor_inhabitants
        The least number that is enough, from 1 up; or a `Parameter` of such numbers. A
        finding then names the one that holds for the city.
    source
        Where it is written.
    """

    id: str
    floor_inhabitants: Number
    source: Source | None = None

    def __attrs_post_init__(self) -> None:
        require_numbers(self.floor_inhabitants, kind="floor of inhabitants", least=1)

    @property
    def parts(self) -> tuple[()]:
        """None: it is a criterion."""
        return ()

    @property
    def requirement(self) -> str:
        """What is asked."""
        return f"at least {describe(self.floor_inhabitants, unit=' inhabitants')}"

    @property
    def floor(self) -> int | None:
        """The floor if it is the same always and for everybody; the rule of a finding has one."""
        return self.floor_inhabitants if isinstance(self.floor_inhabitants, int) else None

    def floor_for(self, case: Case) -> int:
        """Find the floor that holds for the city of a case."""
        return number_for(self.floor_inhabitants, case)

    def settled(self, case: Case) -> MinimumPopulation:
        """Give the criterion with the one floor that holds for the city of a case, as cited."""
        if not isinstance(self.floor_inhabitants, Parameter):
            return self
        held = value_for(self.floor_inhabitants, case)
        return evolve(self, floor_inhabitants=held.value, source=held.source)

    def examine(self, case: Case) -> Finding:
        """Answer for a city, or for a consortium as the reading of towns says."""
        subject = case.subject
        if isinstance(subject, Consortium):
            return self._examine_towns(case, subject)
        if isinstance(self.floor_inhabitants, Parameter):
            return self.settled(case).examine(case)
        return self._examine_city(case, subject)

    def _examine_city(self, case: Case, city: City) -> Finding:
        floor = self.floor_for(case)
        known = case.known(city.populations)
        if city.identity is not None:
            return doubt_identity(self, case, city.identity, evidence=known)
        beyond = _beyond_doubt(known)
        span = span_of(city, beyond, case.interpretations)
        verdict = _compare(span, floor)
        note = _explain(span, floor, verdict, known)
        if len(beyond) < len(known):
            doubts = _explain_doubts(known)
            note = f"{note}; {doubts}" if note else doubts
        missing: tuple[MissingEvidence, ...] = ()
        if verdict is Verdict.UNKNOWN:
            reason = _reason(span, known, floor)
            gap = case.stated_gap(GapTopic.INHABITANTS)
            ask = _request(case)
            lack = case.lacks("number of inhabitants", reason, ask=ask, note=note, gap=gap)
            missing = (lack,)
        return case.finding(
            self,
            verdict,
            evidence=in_canonical_order(known),
            note=note,
            missing=missing,
            readings=_readings(case),
        )

    def _examine_towns(self, case: Case, consortium: Consortium) -> Finding:
        parts = tuple(examine(self, case.about(town)) for town in consortium.members)
        spans = [read_inhabitants(case, town) for town in consortium.members]
        floors = {self.floor_for(case.about(town)) for town in consortium.members}
        total = _agreed(*[_compare(_sum(spans), floor) for floor in sorted(floors)])
        reading = case.interpretations.towns
        each = all_of(part.verdict for part in parts)
        excused = all_of(part.effective for part in parts)
        if reading is TownsReading.EACH:
            verdict, effective, note = each, excused, "each town must reach the floor"
        elif reading is TownsReading.SUM:
            verdict = effective = total
            note = "the towns are counted together"
        else:
            verdict, effective = _agreed(each, total), _agreed(excused, total)
            note = "the call does not say whether each town or their sum must reach the floor"
        missing: tuple[MissingEvidence, ...] = ()
        if effective is Verdict.UNKNOWN:
            settled = reading is not TownsReading.UNSETTLED or each is total
            missing = _missing_of_towns(case, parts, settled=settled)
        told = self.settled(case.about(consortium.members[0])) if len(floors) == 1 else self
        return case.finding(
            told,
            verdict,
            note=note,
            missing=missing,
            parts=parts,
            readings=_readings(case),
            effective=effective,
            firm=effective,
        )


def read_inhabitants(case: Case, city: City) -> InhabitantSpan:
    """Read the inhabitants of a city as a case knows them; nothing if its identity is in doubt."""
    figures: tuple[PopulationFigure, ...] = ()
    if city.identity is None:
        figures = case.known(city.populations)
    return span_of(city, _beyond_doubt(figures), case.interpretations)


def _beyond_doubt(figures: tuple[PopulationFigure, ...]) -> tuple[PopulationFigure, ...]:
    return tuple([figure for figure in figures if not figure.doubt])


def _compare(span: InhabitantSpan, floor: int) -> Verdict:
    if span.fewest >= floor:
        return Verdict.MET
    if span.most is not None and span.most < floor:
        return Verdict.UNMET
    return Verdict.UNKNOWN


def _sum(spans: list[InhabitantSpan]) -> InhabitantSpan:
    ends = [span.most for span in spans]
    bounded = [end for end in ends if end is not None]
    return InhabitantSpan(
        fewest=sum(span.fewest for span in spans),
        most=sum(bounded) if len(bounded) == len(ends) else None,
    )


def _agreed(*answers: Verdict) -> Verdict:
    return answers[0] if len(set(answers)) == 1 else Verdict.UNKNOWN


def _reason(span: InhabitantSpan, known: tuple[PopulationFigure, ...], floor: int) -> UnknownReason:
    if span.straddles(floor):
        return UnknownReason.CONFLICTING
    return UnknownReason.NOT_VERIFIED if known else UnknownReason.NOT_REPORTED


def _explain(
    span: InhabitantSpan, floor: int, verdict: Verdict, figures: tuple[PopulationFigure, ...]
) -> str:
    if verdict is Verdict.UNMET and span.most is not None:
        return f"{floor - span.most:,} short of {floor:,}"
    if verdict is not Verdict.UNKNOWN:
        return ""
    if span.straddles(floor):
        low, high = span.points[0], span.points[-1]
        return f"the sources conflict: {low:,} and {high:,} lie on either side of {floor:,}"
    if span.settlement_only:
        return "only a smaller area was counted, and the area that it governs may be larger"
    if span.larger_only:
        return "only a larger area was counted"
    return "no figure describes the area in question" if figures else ""


def _explain_doubts(figures: tuple[PopulationFigure, ...]) -> str:
    return "; ".join(
        sorted(f"{f.inhabitants:,} is left aside: {f.doubt}" for f in figures if f.doubt)
    )


def _request(case: Case) -> str:
    reading = case.interpretations.population
    if reading is PopulationReading.OWN_AREA:
        return "ask for the latest official count of the area that the applicant governs"
    return f"ask for an official count of the {reading.value}"


def _missing_of_towns(
    case: Case, parts: tuple[Finding, ...], *, settled: bool
) -> tuple[MissingEvidence, ...]:
    if not settled:
        return (
            case.lacks(
                "whether each town or their sum must reach the floor",
                UnknownReason.NOT_SETTLED,
                ask="ask the programme's authority for a ruling",
            ),
        )
    if any(part.missing for part in parts):
        return ()  # the towns say it themselves
    return (case.lacks("sum of the inhabitants", UnknownReason.CONFLICTING, ask=_request(case)),)


def own_readings(readings: Interpretations) -> tuple[str, ...]:
    """Name the readings on which an answer for one city rests."""
    if readings.conflict is ConflictReading.STAYS_UNKNOWN:
        return _NAME_OF[readings.population]
    return (*_NAME_OF[readings.population], f"conflict: {readings.conflict.value}")


def _readings(case: Case) -> tuple[str, ...]:
    names = own_readings(case.interpretations)
    if isinstance(case.subject, Consortium):
        return (*names, f"towns: {case.interpretations.towns.value}")
    return names


_NAME_OF = {reading: (f"population: {reading.value}",) for reading in PopulationReading}
