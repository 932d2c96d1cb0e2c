"""What an override costs, and who could best repair a group, by the grouping's own score."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import frozen

from utm.domain import PairingId, ThemeId
from utm.errors import InvalidValueError
from utm.pairing import Evaluation, Problem, ProposedGroup, evaluate
from utm.programme.exchange.naming import (
    ParticipantId,
)
from utm.programme.exchange.state import EditionState, GroupState
from utm.programme.exchange.wishes import problem_with_wishes

__all__ = ["RepairOption", "price_of_override", "repair_options", "rules_broken_by", "worth_of"]


@frozen(kw_only=True)
class RepairOption:
    """Somebody who could join a group at risk, or a small one.

    Parameters
    ----------
    member
        Who would join.
    score
        Worth of the group with that member, in millionths.
    violations
        Hard rules of the grouping that the group would break; none for the best options.
    """

    member: ParticipantId
    score: int
    violations: tuple[str, ...]


def price_of_override(
    state: EditionState,
    problem: Problem,
    changes: Sequence[tuple[PairingId, tuple[ParticipantId, ...]]],
) -> int:
    """What a change of members takes from the worth of the grouping.

    Parameters
    ----------
    state
        The edition before the change.
    problem
        The grouping problem, policy included, under which the groups were formed.
    changes
        Groups with the members that they shall have instead.

    Returns
    -------
    int
        Worth before less worth after, in millionths of one fully met need, of the groups
        concerned; negative if the change is a gain.

    Raises
    ------
    InvalidValueError
        The edition has no such group, or a member is no participant of the problem.
    """
    problem = problem_with_wishes(state, problem)
    groups = [_group(state, key) for key, _ in changes]
    before = worth_of(problem, [(group.theme, group.members) for group in groups])
    after = worth_of(
        problem,
        [(group.theme, members) for group, (_, members) in zip(groups, changes, strict=True)],
    )
    return before - after


def rules_broken_by(
    state: EditionState,
    problem: Problem,
    changes: Sequence[tuple[PairingId, tuple[ParticipantId, ...]]],
) -> tuple[str, ...]:
    """Which hard rules of the grouping a change of members would break.

    People may decide so nevertheless; whoever asks for an override should know it, and say
    so in the reason.

    Parameters
    ----------
    state, problem, changes
        As for [price_of_override][utm.programme.exchange.price_of_override].

    Returns
    -------
    tuple of str
        A sentence for each, led by its group; those that the group breaks today are left out.

    Raises
    ------
    InvalidValueError
        As for [price_of_override][utm.programme.exchange.price_of_override].
    """
    problem = problem_with_wishes(state, problem)
    broken: list[str] = []
    for key, members in changes:
        group = _group(state, key)
        today = _violations(problem, group.theme, group.members)
        broken += [
            f"{key}: {one}"
            for one in _violations(problem, group.theme, members)
            if one not in today
        ]
    return tuple(broken)


def _violations(
    problem: Problem, theme: ThemeId, members: tuple[ParticipantId, ...]
) -> tuple[str, ...]:
    judged = _worth(problem, [(theme, members)])
    return tuple(one for each in judged.groups for one in each.violations)


def repair_options(
    state: EditionState,
    problem: Problem,
    key: PairingId,
    *,
    candidates: Iterable[ParticipantId] | None = None,
) -> tuple[RepairOption, ...]:
    """Who could join a group, the best first: no other group is touched.

    Parameters
    ----------
    state
        The edition.
    problem
        The grouping problem under which the groups were formed.
    key
        The group.
    candidates
        Who may join; by default everybody without a group that has not left.

    Returns
    -------
    tuple of RepairOption
        First those that break no hard rule, by score; ties by key.
    """
    problem = problem_with_wishes(state, problem)
    group = _group(state, key)
    known = {participant.id for participant in problem.participants}
    free = state.ungrouped if candidates is None else tuple(candidates)
    options: list[RepairOption] = []
    for member in free:
        if member.value not in known or member in group.members:
            continue
        judged = _worth(problem, [(group.theme, (*group.members, member))])
        broken = tuple(one for each in judged.groups for one in each.violations)
        options.append(RepairOption(member=member, score=_score(judged), violations=broken))
    return tuple(
        sorted(options, key=lambda one: (len(one.violations), -one.score, one.member.value))
    )


def _group(state: EditionState, key: PairingId) -> GroupState:
    group = state.group(key)
    if group is None:
        raise InvalidValueError(kind="group", value=key.value, reason=f"is not in {state.id}")
    return group


def worth_of(problem: Problem, groups: Sequence[tuple[ThemeId, tuple[ParticipantId, ...]]]) -> int:
    """What some groups are worth together, in millionths of one fully met need."""
    return _score(_worth(problem, groups))


def _worth(
    problem: Problem, groups: Sequence[tuple[ThemeId, tuple[ParticipantId, ...]]]
) -> Evaluation:
    return evaluate(
        problem,
        [
            ProposedGroup(theme=theme, members=tuple(sorted(member.value for member in members)))
            for theme, members in groups
            if members
        ],
    )


def _score(evaluation: Evaluation) -> int:
    return sum(one.group.score for one in evaluation.groups)
