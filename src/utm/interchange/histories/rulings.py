"""Rulings of a call: written as what was judged, and judged anew when they are read."""

from __future__ import annotations

from typing import TypeAlias

from attrs import evolve, frozen
from pendulum import Date

from utm.domain import Application, Waiver
from utm.errors import InvalidValueError
from utm.programme.calls import (
    Amendment,
    CallEvent,
    EvidenceSupplied,
    Extension,
    FormIssue,
    Launch,
    Retraction,
    ReviewStart,
    RollingReview,
    Ruling,
    Submission,
)
from utm.rules import Interpretations, Rulebook

__all__ = ["CallAction", "RecordedRuling", "in_call", "of_call"]


@frozen(kw_only=True)
class RecordedRuling:
    """All that a decision rests on, and the digest that proves it the same.

    Parameters
    ----------
    application
        The facts that were judged.
    version
        Name of the version of the rulebook that was applied.
    day, known_by, interpretations, waivers, library_version
        As in [Decision][utm.rules.Decision].
    digest
        The digest of the decision.
    """

    application: Application
    version: str
    day: Date
    known_by: Date | None
    interpretations: Interpretations
    waivers: tuple[Waiver, ...]
    library_version: str
    digest: str


CallAction: TypeAlias = (
    Launch
    | Extension
    | RollingReview
    | Amendment
    | FormIssue
    | Submission
    | EvidenceSupplied
    | ReviewStart
    | RecordedRuling
    | Retraction
)
"""What a document of a call may ask for."""


def of_call(action: CallEvent) -> CallAction:
    """An event of a call as a document writes it."""
    if not isinstance(action, Ruling):
        return action
    decision = action.decision
    return RecordedRuling(
        application=decision.application,
        version=decision.version.version,
        day=decision.day,
        known_by=decision.known_by,
        interpretations=decision.interpretations,
        waivers=decision.waivers,
        library_version=decision.library_version,
        digest=decision.digest,
    )


def in_call(rulebook: Rulebook, action: CallAction) -> CallEvent:
    """What a document says of a call, as its history knows it.

    Raises
    ------
    InvalidValueError
        The rulebook has no such version, or it decides otherwise than was recorded.
    """
    if not isinstance(action, RecordedRuling):
        return action
    judged = rulebook.judge(
        action.application,
        version=rulebook.version(action.version),
        on=action.day,
        waivers=action.waivers,
        interpretations=action.interpretations,
        known_by=action.known_by,
    )
    decision = evolve(judged, library_version=action.library_version)
    if decision.digest != action.digest:
        raise InvalidValueError(
            kind="digest of a ruling",
            value=action.digest,
            reason=f"is not that of the facts, which is {decision.digest}",
        )
    return Ruling(decision=decision)
