"""Refusals: what may not be done, which requirement says so, and why here."""

from __future__ import annotations

from typing import TypeVar

from attrs import evolve, frozen

from utm.domain.evidence import Source
from utm.errors import CommandRefusedError, InvalidValueError

__all__ = ["Refusal", "Requirement", "granted"]

OutcomeT = TypeVar("OutcomeT")


@frozen(kw_only=True)
class Requirement:
    """Something that a lifecycle asks of every command.

    Parameters
    ----------
    id
        Its key: the lifecycle, a point, its name, e.g. ``cohort.one-active-membership``.
    text
        What is asked, as a clause: ``"a city has at most one active membership"``.
    source
        Where it is written, if it is not our own.
    """

    id: str
    text: str
    source: Source | None = None

    def refuse(self, reason: str) -> Refusal:
        """Refuse a command because of this requirement, for a reason given as a clause."""
        return Refusal(requirement=self, reason=reason)


@frozen(kw_only=True)
class Refusal:
    """A command that was not carried out; nothing of it was.

    It is an outcome and not an exception.

    Parameters
    ----------
    requirement
        What the command would have broken.
    reason
        Why, as a clause about this very case.
    place
        The command in words; empty until it is known.
    """

    requirement: Requirement
    reason: str
    place: str = ""

    def __attrs_post_init__(self) -> None:
        if not self.reason.strip():
            raise InvalidValueError(
                kind="refusal", value=self.requirement.id, reason="must give a reason"
            )

    @property
    def rule(self) -> str:
        """Key of the requirement."""
        return self.requirement.id

    @property
    def sentence(self) -> str:
        """The refusal in words: what was asked, why not, and which rule says so."""
        what = f"{self.place}: " if self.place else ""
        return f"{what}refused, since {self.reason} (rule {self.rule}: {self.requirement.text})."

    def at(self, place: str) -> Refusal:
        """Say where it happened; a place that is already known is kept behind it."""
        return evolve(self, place=f"{place}: {self.place}" if self.place else place)

    def __str__(self) -> str:
        return self.sentence


def granted(outcome: OutcomeT | Refusal) -> OutcomeT:
    """What was granted, where a refusal is no outcome that the caller can go on from.

    A refusal is a value, for those who want to look at it. A script that relies on being
    granted what it asks for would otherwise carry the refusal on, and stumble later.

    Raises
    ------
    CommandRefusedError
        It was refused: with what was asked, the reason and the rule.
    """
    if isinstance(outcome, Refusal):
        raise CommandRefusedError(
            place=outcome.place,
            reason=outcome.reason,
            rule=outcome.rule,
            text=outcome.requirement.text,
        )
    return outcome
