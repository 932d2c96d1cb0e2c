"""Judge every application, and say who takes part in the grouping and why."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from attrs import frozen
from pendulum import Date

from utm.domain import AdmissionOutcome, Application, Waiver
from utm.rules import Decision, Outcome, Rulebook

__all__ = ["Placement", "ScreenedApplication", "screen_applications"]


class Placement(Enum):
    """Whether an application takes part in the grouping, and on what ground."""

    MEETS_RULES = "meets the rules"
    ADMITTED = "admitted by the authority"
    PROVISIONAL = "provisional: evidence is missing"
    LEFT_OUT_FOR_EVIDENCE = "left out: evidence is missing"
    LEFT_OUT_BY_RULES = "left out: a rule is not met"
    LEFT_OUT_BY_AUTHORITY = "left out: refused by the authority"

    @property
    def takes_part(self) -> bool:
        """Whether the applicant is to be placed in a group."""
        return self in {Placement.MEETS_RULES, Placement.ADMITTED, Placement.PROVISIONAL}


@frozen(kw_only=True)
class ScreenedApplication:
    """An application with the decision under the rules and what follows for the grouping.

    Parameters
    ----------
    application
        What was applied for, with the evidence.
    decision
        The verdict of the rulebook; what the authority decided stands beside it.
    placement
        Whether, and on what ground, the applicant takes part.
    """

    application: Application
    decision: Decision
    placement: Placement


def screen_applications(
    applications: Iterable[Application],
    rulebook: Rulebook,
    *,
    on: Date,
    waivers: tuple[Waiver, ...] = (),
    place_incomplete: bool = True,
) -> tuple[ScreenedApplication, ...]:
    """Judge every application under the rules in force.

    An application is judged by the rules of the day on which it was submitted, or
    of ``on`` where that day is not known. The authority's own decision, if cited,
    decides who takes part; it never changes a verdict.

    Parameters
    ----------
    applications
        In any order.
    rulebook
        The rules.
    on
        Day of the judgement.
    waivers
        Exceptions that the authority has made.
    place_incomplete
        Whether an applicant whose evidence is incomplete takes part provisionally.
        Missing evidence is not a "no"; leave it out only for a final edition.

    Returns
    -------
    tuple of ScreenedApplication
        In the order of the applicants' keys.
    """
    screened = [
        _screen(application, rulebook, on, waivers, place_incomplete=place_incomplete)
        for application in applications
    ]
    return tuple(sorted(screened, key=lambda one: one.application.key.value))


def _screen(
    application: Application,
    rulebook: Rulebook,
    on: Date,
    waivers: tuple[Waiver, ...],
    *,
    place_incomplete: bool,
) -> ScreenedApplication:
    decision = rulebook.assess(application, on=application.submitted_on or on, waivers=waivers)
    return ScreenedApplication(
        application=application,
        decision=decision,
        placement=_placement(application, decision, place_incomplete=place_incomplete),
    )


def _placement(
    application: Application, decision: Decision, *, place_incomplete: bool
) -> Placement:
    authority = application.authority_decision
    if authority is not None and authority.outcome is AdmissionOutcome.REFUSED:
        return Placement.LEFT_OUT_BY_AUTHORITY
    if decision.outcome is Outcome.INELIGIBLE:
        return Placement.LEFT_OUT_BY_RULES if authority is None else Placement.ADMITTED
    if decision.outcome is not Outcome.INCOMPLETE:
        return Placement.MEETS_RULES
    if authority is not None:
        return Placement.ADMITTED
    return Placement.PROVISIONAL if place_incomplete else Placement.LEFT_OUT_FOR_EVIDENCE
