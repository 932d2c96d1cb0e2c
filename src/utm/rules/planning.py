"""The criterion of a climate action plan that covers the whole city."""

from __future__ import annotations

from attrs import frozen

from utm.domain.city import City
from utm.domain.consortium import Consortium
from utm.domain.evidence import Source, Unknown, UnknownReason
from utm.domain.kinds import require_kinds
from utm.domain.plan import ClimatePlan, PlanCoverage, PlanKind, PlanMode
from utm.domain.stated_gap import GapTopic
from utm.errors import InvalidValueError
from utm.rules.case import Case, Rule
from utm.rules.combinators import Composable
from utm.rules.conclusion import conclude
from utm.rules.finding import Finding
from utm.rules.identity import doubt_identity
from utm.rules.interpretations import OpenQuestion
from utm.rules.statements import in_canonical_order
from utm.rules.terms import require_terms
from utm.rules.verdict import Verdict, all_of, any_of

__all__ = ["WholeCityPlan"]

_RULING = "ask the programme's authority for a ruling"
_FACT = "climate action plan that covers the whole city"


@frozen(kw_only=True)
class _Doubt:
    """Why one plan does not settle the question, or does not meet it."""

    verdict: Verdict
    reason: UnknownReason | None = None
    note: str = ""
    ask: str = ""
    reading: str = ""


@frozen(kw_only=True)
class WholeCityPlan(Composable):
    """A climate action plan, in force on the day, that covers the whole city.

    One plan that qualifies is enough. No plan shown leaves the answer unknown; a statement
    that there is none (`PlanKind.NONE`) makes it unmet. Where such a statement stands
    beside a plan that may qualify, the two conflict.

    Parameters
    ----------
    id
        Key of the criterion.
    kinds
        Kinds that the call accepts by name; of any other kind it is a question of
        interpretation whether it is equivalent.
    own_for_towns
        Whether each town of a consortium must have its own plan.
    source
        Where it is written.
    """

    id: str
    kinds: tuple[PlanKind, ...]
    own_for_towns: bool = False
    source: Source | None = None

    def __attrs_post_init__(self) -> None:
        require_terms(self.kinds, PlanKind, kind="kind of plan")
        require_kinds(self)
        if not self.kinds or len(set(self.kinds)) < len(self.kinds):
            raise InvalidValueError(
                kind="kinds of plan", value=self.kinds, reason="must name each kind once"
            )
        if PlanKind.NONE in self.kinds:
            raise InvalidValueError(
                kind="kinds of plan", value=PlanKind.NONE.value, reason="is no kind of plan"
            )

    @property
    def parts(self) -> tuple[()]:
        """None: it is a criterion."""
        return ()

    @property
    def requirement(self) -> str:
        """What is asked."""
        return f"a {_FACT}"

    def questions(self, case: Case) -> tuple[tuple[Rule, Case], ...]:
        """Ask it of every town of a consortium; of a city it is a criterion of its own."""
        if isinstance(case.subject, Consortium):
            return tuple([(self, case.about(town)) for town in case.cities])
        return ()

    def combine(self, verdicts: tuple[Verdict, ...], case: Case) -> Verdict:  # noqa: ARG002
        """Met if every town meets it."""
        return all_of(verdicts)

    def examine(self, case: Case) -> Finding:
        """Answer for a city, or for each town of a consortium."""
        subject = case.subject
        if isinstance(subject, Consortium):
            return conclude(self, case)
        return self._examine_city(case, subject)

    def _examine_city(self, case: Case, city: City) -> Finding:
        of_city = [plan for plan in case.application.plans if city.id in plan.covers]
        plans = case.known(tuple(of_city))
        if city.identity is not None:
            return doubt_identity(self, case, city.identity, evidence=plans)
        if not plans:
            ask = "ask for the plan, its day of adoption and the area that it covers"
            gap = case.stated_gap(GapTopic.PLAN)
            lack = case.lacks(_FACT, UnknownReason.NOT_REPORTED, ask=ask, gap=gap)
            return case.finding(self, Verdict.UNKNOWN, note="no plan was shown", missing=(lack,))
        doubts_of = [self._doubts_about(plan, case) for plan in plans]
        if doubts_of == [[]]:
            return case.finding(self, Verdict.MET, evidence=plans)
        answers = [all_of([doubt.verdict for doubt in doubts]) for doubts in doubts_of]
        verdict = any_of(answers)
        if verdict is not Verdict.UNMET and any(_is_denial(plan, case) for plan in plans):
            return self._conflict(case, plans)
        deciding = [
            doubt
            for doubts, answer in zip(doubts_of, answers, strict=True)
            if answer is verdict
            for doubt in doubts
        ]
        shown = [doubt for doubt in deciding if doubt.verdict is verdict]
        lacks = {
            case.lacks(_FACT, doubt.reason, ask=doubt.ask, note=doubt.note)
            for doubt in shown
            if doubt.reason is not None and verdict is Verdict.UNKNOWN
        }
        return case.finding(
            self,
            verdict,
            evidence=in_canonical_order(plans),
            note="; ".join(sorted({doubt.note for doubt in shown if doubt.note})),
            missing=tuple(sorted(lacks, key=str)),
            readings=tuple(sorted({doubt.reading for doubt in deciding if doubt.reading})),
        )

    def _conflict(self, case: Case, plans: tuple[ClimatePlan, ...]) -> Finding:
        note = "the sources conflict: one shows a plan, another says that there is none"
        lack = case.lacks(
            _FACT, UnknownReason.CONFLICTING, ask="ask the applicant which holds", note=note
        )
        evidence = in_canonical_order(plans)
        return case.finding(self, Verdict.UNKNOWN, evidence=evidence, note=note, missing=(lack,))

    def _doubts_about(self, plan: ClimatePlan, case: Case) -> list[_Doubt]:
        if _is_denial(plan, case):
            return [_Doubt(verdict=Verdict.UNMET, note="it was stated that there is no plan")]
        ended = _judge_days(plan, case)
        if plan.is_absence and ended is not None:
            return [ended]
        doubts = (
            ended,
            self._judge_kind(plan, case),
            _judge_coverage(plan),
            self._judge_ownership(plan, case),
        )
        return [doubt for doubt in doubts if doubt is not None]

    def _judge_kind(self, plan: ClimatePlan, case: Case) -> _Doubt | None:
        if plan.kind in self.kinds:
            return None
        return _open_question(
            case.interpretations.equivalent_plan,
            note=f"the call does not name plans of the kind '{plan.kind.value}'",
            name="equivalent plan",
        )

    def _judge_ownership(self, plan: ClimatePlan, case: Case) -> _Doubt | None:
        together = isinstance(case.application.applicant, Consortium)
        alone = len(plan.covers) == 1 and plan.mode is not PlanMode.JOINT
        if alone or plan.mode is PlanMode.INDIVIDUAL or not (self.own_for_towns and together):
            return None
        return _open_question(
            case.interpretations.joint_plan,
            note="the call does not say whether a joint plan is a town's own",
            name="joint plan as a town's own",
        )


def _is_denial(plan: ClimatePlan, case: Case) -> bool:
    over = plan.expires_on is not None and plan.expires_on <= case.day
    return plan.is_absence and not over


def _judge_days(plan: ClimatePlan, case: Case) -> _Doubt | None:
    if plan.adopted_on is not None and plan.adopted_on > case.day:
        return _Doubt(verdict=Verdict.UNMET, note=f"the plan is adopted on {plan.adopted_on} only")
    if plan.expires_on is not None and plan.expires_on <= case.day:
        what = "the statement that there is no plan" if plan.is_absence else "the plan"
        return _Doubt(
            verdict=Verdict.UNKNOWN,
            reason=UnknownReason.EXPIRED,
            note=f"{what} ended on {plan.expires_on}",
            ask="ask for the plan that holds now",
        )
    return None


def _judge_coverage(plan: ClimatePlan) -> _Doubt | None:
    coverage = plan.coverage
    if isinstance(coverage, Unknown):
        return _Doubt(
            verdict=Verdict.UNKNOWN,
            reason=coverage.reason,
            note=coverage.note or "it is not known how much of the city the plan covers",
            ask="ask for the area that the plan covers",
        )
    if coverage is PlanCoverage.WHOLE_CITY:
        return None
    part = "one sector" if coverage is PlanCoverage.SECTOR else "a part of the city"
    return _Doubt(verdict=Verdict.UNMET, note=f"the plan covers {part} only")


def _open_question(reading: OpenQuestion, *, note: str, name: str) -> _Doubt:
    shown = f"{name}: {reading.value}"
    if reading is OpenQuestion.UNSETTLED:
        return _Doubt(
            verdict=Verdict.UNKNOWN,
            reason=UnknownReason.NOT_SETTLED,
            note=note,
            ask=_RULING,
            reading=shown,
        )
    return _Doubt(verdict=Verdict.of(reading is OpenQuestion.COUNTS), reading=shown)
