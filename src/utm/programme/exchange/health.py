"""A group's health in one sentence, and what to do next."""

from __future__ import annotations

from enum import Enum

from attrs import frozen
from pendulum import Date

from utm.domain import PairingId
from utm.domain.dates import require_date
from utm.programme.exchange.state import EditionState, EditionTerms, GroupStage, GroupState

__all__ = ["GroupHealth", "HealthGrade", "health_of", "health_of_all"]

_SILENT_DAYS = 120


class HealthGrade(Enum):
    """How a group is doing, the most urgent first."""

    AT_RISK = "at risk"
    CANNOT_COMPLETE = "cannot be completed in time"
    BEHIND = "behind"
    NOT_BEGUN = "not begun"
    ON_COURSE = "on course"
    READY = "ready to be completed"
    ENDED = "ended"


@frozen(kw_only=True)
class GroupHealth:
    """How a group is doing on a day.

    Parameters
    ----------
    group
        The group.
    on
        The day.
    grade
        How it is doing.
    finding
        Why, as a clause.
    next_step
        What to do next, as an instruction.
    """

    group: PairingId
    on: Date
    grade: HealthGrade
    finding: str
    next_step: str

    @property
    def sentence(self) -> str:
        """The health in one sentence, and what to do next."""
        return f"{self.group} is {self.grade.value}: {self.finding}; {self.next_step}."


def health_of(group: GroupState, terms: EditionTerms, *, on: Date) -> GroupHealth:
    """Tell how a group is doing on a day, from what has happened so far.

    A group is behind when fewer meetings were held than the share of its year that has
    passed asks for, rounded down, or when nothing was held for 120 days.

    Parameters
    ----------
    group
        The group as it stands on that day.
    terms
        What the edition asks of it.
    on
        The day.
    """
    require_date(on)
    if group.stage is GroupStage.AT_RISK:
        missing = terms.smallest_group - len(group.members)
        return _tell(
            group,
            on,
            HealthGrade.AT_RISK,
            f"{len(group.members)} of at least {terms.smallest_group} members are left",
            f"let {missing} join, or dissolve the group",
        )
    if not group.stage.is_open:
        ended = f"{group.stage.value} on {group.ended_on}"
        return _tell(group, on, HealthGrade.ENDED, ended, _after_the_end(group))
    if group.kickoff_on is None:
        what = "hold the kickoff" if group.facilitator else "assign a facilitator"
        return _tell(group, on, HealthGrade.NOT_BEGUN, "there was no kickoff", what)
    return _at_work(group, terms, group.kickoff_on, on)


def health_of_all(state: EditionState, *, on: Date) -> tuple[GroupHealth, ...]:
    """Tell how every group of an edition is doing, the most urgent first."""
    urgency = list(HealthGrade)
    told = [health_of(group, state.terms, on=on) for group in state.groups]
    return tuple(sorted(told, key=lambda one: (urgency.index(one.grade), one.group)))


def _at_work(group: GroupState, terms: EditionTerms, began: Date, on: Date) -> GroupHealth:
    held = group.meetings_in_time(terms)
    last_day = began.add(days=terms.within_days)
    count = f"{held} of {terms.fewest_meetings} meetings were held"
    if held >= terms.fewest_meetings:
        what = "complete it" if group.showcased_on else "let it show its work, then complete it"
        return _tell(group, on, HealthGrade.READY, count, what)
    if on > last_day:
        finding = f"{count} by {last_day}, the last day of its year"
        return _tell(group, on, HealthGrade.CANNOT_COMPLETE, finding, "agree how it ends")
    days_left = (last_day - on).days + (not group.meetings or group.meetings[-1].on < on)
    if days_left < terms.fewest_meetings - held:
        finding = f"{count}, and no more than {days_left} can follow by {last_day}"
        return _tell(group, on, HealthGrade.CANNOT_COMPLETE, finding, "agree how it ends")
    overdue = [one for one in group.actions if one.is_overdue(on)]
    reminder = f", and ask {overdue[0].owner} for this: {overdue[0].action}" if overdue else ""
    what = f"hold meeting {held + 1} by {_due(began, terms, held + 1)}{reminder}"
    silent = (on - (group.meetings[-1].on if group.meetings else began)).days
    expected = terms.fewest_meetings * (on - began).days // terms.within_days
    if held < expected or silent > _SILENT_DAYS:
        finding = f"{count} where {expected} were due, the last {silent} days ago"
        if not group.meetings:
            finding = f"{count} where {expected} were due, {silent} days after the kickoff"
        must = f"{terms.fewest_meetings - held} must fit by {last_day}"
        what = f"hold meeting {held + 1} now; {must}{reminder}"
        return _tell(group, on, HealthGrade.BEHIND, finding, what)
    return _tell(group, on, HealthGrade.ON_COURSE, count, what)


def _due(began: Date, terms: EditionTerms, number: int) -> Date:
    return began.add(days=number * terms.within_days // terms.fewest_meetings)


def _after_the_end(group: GroupState) -> str:
    if group.stage is GroupStage.DISSOLVED:
        return "look for a place for its members" if group.members else "nothing is left to do"
    return "nothing is left to do" if group.showcased_on else "let it show its work"


def _tell(
    group: GroupState, on: Date, grade: HealthGrade, finding: str, next_step: str
) -> GroupHealth:
    return GroupHealth(group=group.id, on=on, grade=grade, finding=finding, next_step=next_step)
