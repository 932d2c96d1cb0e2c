"""What the others of a group lose if one of them leaves."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from utm.errors import InvalidInputError
from utm.pairing.evaluation import ProposedGroup, evaluate
from utm.pairing.group import UNIT, Group
from utm.pairing.input_problem import check_is_answer, near_name, problem_at
from utm.pairing.problem import Problem
from utm.pairing.result import Result

__all__ = ["Departure", "Loss", "departures"]


@frozen(kw_only=True, order=True)
class Loss:
    """What one member gains with another and without it.

    Parameters
    ----------
    participant
        Its id.
    before, after
        Its own gain in the group as it is and in what is left of it, in millionths,
        priorities not counted; zero after where the rest may not stand as a group.
    """

    participant: str
    before: int
    after: int

    @property
    def loss(self) -> int:
        """What it loses in millionths; below zero where it gains."""
        return self.before - self.after


@frozen(kw_only=True)
class Departure:
    """One group without one of its members.

    Parameters
    ----------
    leaving
        Who leaves.
    group
        The group as it is.
    rest
        What is left of it, under its best focus; ``None`` where it may not stand as a group.
    broken
        The rules that forbid the rest to stand: empty where it may.
    losses
        Everybody who is left, by id.
    """

    leaving: str
    group: Group
    rest: Group | None
    broken: tuple[str, ...]
    losses: tuple[Loss, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """All of that, to be read aloud."""
        return tuple(_sentences(self))


def departures(problem: Problem, result: Result, leaving: str) -> tuple[Departure, ...]:
    """Say what the others lose if a participant leaves its group and nothing else changes.

    Parameters
    ----------
    problem, result
        A problem and its result.
    leaving
        The id of a participant.

    Returns
    -------
    tuple of Departure
        One for each group that holds it; none where it is in no group.

    Raises
    ------
    InvalidInputError
        It is not a participant of the problem, or the result is that of another.

    Notes
    -----
    The rest is judged by the rules on a single group, under each focus; a lock with the
    one who leaves is still asked for. Counted exactly, nothing is searched: what a whole
    new grouping could give the others is the answer of `repair`.
    """
    known = {participant.id for participant in problem.participants}
    if leaving not in known:
        remedy = near_name(leaving, known)
        fault = problem_at("$.leaving", leaving, "is not a participant", remedy)
        raise InvalidInputError((fault,))
    check_is_answer(problem, result)
    groups = [group for group in result.groups if leaving in group.members]
    return tuple(_departure(problem, group, leaving) for group in groups)


def _departure(problem: Problem, group: Group, leaving: str) -> Departure:
    left = tuple(name for name in group.members if name != leaving)
    rest, broken = _standing(problem, left)
    before = {score.member: score.gain for score in group.member_scores}
    after = {score.member: score.gain for score in rest.member_scores} if rest else {}
    return Departure(
        leaving=leaving,
        group=group,
        rest=rest,
        broken=broken,
        losses=tuple(
            Loss(participant=name, before=before[name], after=after.get(name, 0)) for name in left
        ),
    )


def _standing(problem: Problem, left: tuple[str, ...]) -> tuple[Group | None, tuple[str, ...]]:
    """Return the rest under its best focus, or the rules that it breaks."""
    if len(left) == 1:
        return None, (f"{left[0]} would be alone.",)
    evaluated = evaluate(problem, [ProposedGroup(members=left)]).groups[0]
    if evaluated.violations:
        return None, evaluated.violations
    return evaluated.group, ()


def _sentences(found: Departure) -> Iterator[str]:
    names = " and ".join(loss.participant for loss in found.losses)
    if found.rest is None:
        yield f"Without {found.leaving} the rest may not stand as a group: {names}."
        yield from found.broken
    else:
        worth, was = found.rest.score / UNIT, found.group.score / UNIT
        yield f"Without {found.leaving}, {names} may go on: worth {worth:.3f} instead of {was:.3f}."
    for loss in found.losses:
        before, after = loss.before / UNIT, loss.after / UNIT
        yield f"{loss.participant} gains {after:.3f} instead of {before:.3f}."
