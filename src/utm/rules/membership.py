"""The criterion of standing in a city network, with or without a period of grace."""

from __future__ import annotations

from typing import assert_never

from attrs import evolve, frozen
from pendulum import Date

from utm.domain.city import City, MembershipStatus
from utm.domain.consortium import Consortium
from utm.domain.dates import add_months
from utm.domain.evidence import Source, UnknownReason
from utm.domain.identifiers import NetworkId
from utm.domain.stated_gap import GapTopic
from utm.rules.case import Case, Rule
from utm.rules.combinators import Composable
from utm.rules.conclusion import conclude
from utm.rules.evidence import MissingEvidence, Obligation
from utm.rules.finding import Finding
from utm.rules.identity import doubt_identity
from utm.rules.interpretations import GraceClock, OpenQuestion
from utm.rules.parameter import (
    Number,
    Parameter,
    describe,
    number_for,
    require_numbers,
    value_for,
)
from utm.rules.standing import Standing, standing_of
from utm.rules.terms import require_terms
from utm.rules.verdict import Verdict, all_of

__all__ = ["NetworkSignatory"]

_LONGEST_GRACE_MONTHS = 120


@frozen(kw_only=True)
class NetworkSignatory(Composable):
    """A signatory of a network on the day, or one that promises to sign in time.

    With ``grace_months`` above 0, a city that has committed meets the criterion
    until the last day of grace, with an obligation that names that day; after
    it the criterion is unmet by itself. The months run from the day of
    engagement (or of submission, by interpretation); before that day they are
    counted as if it engaged on the day of the decision.

    Parameters
    ----------
    id
        Key of the criterion.
    network
        Key of the network.
    network_name
        Its name in words.
    role
        What one is called who belongs to it.
    grace_months
        Calendar months of grace, 0 to 120; 0 means none. Or a `Parameter` of such numbers.
    source
        Where it is written.
    """

    id: str
    network: NetworkId
    network_name: str
    role: str = "signatory"
    grace_months: Number = 0
    source: Source | None = None

    def __attrs_post_init__(self) -> None:
        require_terms((self.network,), NetworkId, kind="network")
        require_numbers(
            self.grace_months, kind="months of grace", least=0, most=_LONGEST_GRACE_MONTHS
        )

    @property
    def parts(self) -> tuple[()]:
        """None: it is a criterion."""
        return ()

    @property
    def requirement(self) -> str:
        """What is asked."""
        if not self.grace_months:
            return f"a {self.role} of the {self.network_name}"
        one = self.grace_months == 1
        months = "one month" if one else describe(self.grace_months, unit=" months")
        return f"a {self.role} of the {self.network_name}, or committed to sign within {months}"

    def grace_for(self, case: Case) -> int:
        """Find the months of grace that hold for the city of a case."""
        return number_for(self.grace_months, case)

    def settled(self, case: Case) -> NetworkSignatory:
        """Give the criterion with the one grace that holds for the city of a case, as cited."""
        if not isinstance(self.grace_months, Parameter):
            return self
        held = value_for(self.grace_months, case)
        return evolve(self, grace_months=held.value, source=held.source)

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
        if isinstance(self.grace_months, Parameter):
            return self.settled(case).examine(case)
        return self._examine_city(case, subject)

    def _examine_city(self, case: Case, city: City) -> Finding:
        standing = standing_of(case, city, self.network)
        answer = standing.answer
        if city.identity is not None:
            return doubt_identity(self, case, city.identity, evidence=standing.evidence)
        match answer:
            case UnknownReason():
                return self._unknown(case, standing, answer, note=standing.note)
            case MembershipStatus.SIGNATORY:
                return self._answer(case, standing, Verdict.MET)
            case MembershipStatus.WITHDRAWN | MembershipStatus.NOT_A_MEMBER:
                note = "it has withdrawn" if answer.value == "withdrawn" else "it never joined"
                return self._answer(case, standing, Verdict.UNMET, note=note)
            case MembershipStatus.ON_HOLD:
                return self._examine_on_hold(case, standing)
            case MembershipStatus.COMMITTED:
                return self._examine_promise(case, standing)
            case _:  # pragma: no cover
                assert_never(answer)

    def _examine_on_hold(self, case: Case, standing: Standing) -> Finding:
        reading = case.interpretations.on_hold
        readings = (f"signatory on hold: {reading.value}",)
        if reading is OpenQuestion.UNSETTLED:
            note = "the call does not say whether a signatory on hold is a signatory"
            reason = UnknownReason.NOT_SETTLED
            return self._unknown(case, standing, reason, note=note, readings=readings)
        verdict = Verdict.of(reading is OpenQuestion.COUNTS)
        return self._answer(case, standing, verdict, note="it is on hold", readings=readings)

    def _examine_promise(self, case: Case, standing: Standing) -> Finding:
        grace_months = self.grace_for(case)
        if not grace_months:
            note = "it has committed and not signed, and the call gives no time of grace"
            return self._answer(case, standing, Verdict.UNMET, note=note)
        clock = case.interpretations.grace_clock
        readings = (f"grace runs from: {clock.value}",)
        started_on = _start_of_grace(case, clock)
        starts_on = started_on or case.day
        due_on = add_months(starts_on, grace_months)
        if case.day > due_on:
            note = f"it has committed, and the time of grace ended on {due_on}"
            return self._answer(case, standing, Verdict.UNMET, note=note, readings=readings)
        if standing.promised_by is not None and standing.promised_by > due_on:
            note = f"it promises to sign by {standing.promised_by}, after {due_on}"
            return self._answer(case, standing, Verdict.UNMET, note=note, readings=readings)
        obligation = Obligation(
            criterion=self.id,
            subject=case.subject.id,
            subject_name=case.subject.name,
            duty=f"sign the {self.network_name}",
            due_on=due_on,
            starts_on=starts_on,
            presumed=started_on is None,
        )
        return self._answer(
            case,
            standing,
            Verdict.MET,
            note=f"it has committed and must sign by {due_on}",
            readings=readings,
            obligations=(obligation,),
        )

    def _answer(
        self,
        case: Case,
        standing: Standing,
        verdict: Verdict,
        *,
        note: str = "",
        readings: tuple[str, ...] = (),
        obligations: tuple[Obligation, ...] = (),
        missing: tuple[MissingEvidence, ...] = (),
    ) -> Finding:
        return case.finding(
            self,
            verdict,
            evidence=standing.evidence,
            note=note,
            missing=missing,
            obligations=obligations,
            readings=(*standing.readings, *readings),
        )

    def _unknown(
        self,
        case: Case,
        standing: Standing,
        reason: UnknownReason,
        *,
        note: str,
        readings: tuple[str, ...] = (),
    ) -> Finding:
        ask = (
            "ask the programme's authority for a ruling"
            if reason is UnknownReason.NOT_SETTLED
            else "ask for the letter of commitment or the network's confirmation with its day"
        )
        gap = case.stated_gap(GapTopic.STANDING, self.network)
        missing = case.lacks(self._fact(case), reason, ask=ask, note=note, gap=gap)
        return self._answer(
            case, standing, Verdict.UNKNOWN, note=note, readings=readings, missing=(missing,)
        )

    def _fact(self, case: Case) -> str:
        return f"standing in the {self.network_name} on {case.day}"


def _start_of_grace(case: Case, clock: GraceClock) -> Date | None:
    application = case.application
    started_on = (
        application.submitted_on if clock is GraceClock.SUBMISSION else application.engaged_on
    )
    return started_on if started_on is not None and started_on <= case.day else None
