"""Decisions judged again: the same from the record, or openly under other rules."""

from __future__ import annotations

from attrs import frozen

from utm.rules.decision import Decision
from utm.rules.impact import Transition, compare_decisions
from utm.rules.rulebook import Rulebook

__all__ = ["Replay", "replay_under", "replayed"]


@frozen(kw_only=True)
class Replay:
    """A recorded decision beside the one that the same record leads to now.

    Parameters
    ----------
    recorded
        The decision as it was recorded.
    now
        The decision as it is made again.
    """

    recorded: Decision
    now: Decision

    @property
    def faithful(self) -> bool:
        """Whether everything is the same: rules, facts, day, readings, library and answers."""
        same_record = self.recorded.digest == self.now.digest
        return same_record and self.recorded.finding == self.now.finding

    @property
    def sentence(self) -> str:
        """What came of it, in one sentence."""
        name = self.recorded.subject_name
        if self.faithful:
            return f"{name}: replayed, record {self.recorded.digest[:16]} stands."
        changes = [
            f"{what}: {old}, then {new}"
            for what, old, new in (
                ("library", self.recorded.library_version, self.now.library_version),
                ("record", self.recorded.digest[:16], self.now.digest[:16]),
                ("outcome", self.recorded.outcome.value, self.now.outcome.value),
            )
            if old != new
        ]
        return f"{name}: replayed otherwise: {'; '.join(changes) or 'the findings differ'}."


def replayed(rulebook: Rulebook, recorded: Decision) -> Replay:
    """Judge again what was judged, under the version of the same name.

    Raises
    ------
    InvalidValueError
        The rulebook has no version of that name.
    """
    return Replay(recorded=recorded, now=_judge_again(rulebook, recorded, recorded.version.version))


def replay_under(rulebook: Rulebook, recorded: Decision, *, version: str) -> Transition:
    """Judge the same facts on the same day under another version, and say what changes.

    Raises
    ------
    InvalidValueError
        The rulebook has no version of that name.
    """
    return compare_decisions(recorded, _judge_again(rulebook, recorded, version))


def _judge_again(rulebook: Rulebook, recorded: Decision, version: str) -> Decision:
    return rulebook.judge(
        recorded.application,
        version=rulebook.version(version),
        on=recorded.day,
        waivers=rulebook.own_waivers(recorded.waivers),
        interpretations=recorded.interpretations,
        known_by=recorded.known_by,
    )
