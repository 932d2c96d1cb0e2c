"""After a withdrawal: what the engine would do across groups, as commands with their price."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import evolve, frozen
from pendulum import Date

from utm.domain import Pairing, PairingId
from utm.pairing import (
    BoundScope,
    Evaluation,
    Group,
    Lock,
    Problem,
    ProposedGroup,
    Result,
    Statistics,
    Status,
    StopCriterion,
    evaluate,
    repair,
)
from utm.pairing.policy import Conflict
from utm.programme.exchange.group_events import (
    Dissolution,
    GroupFormed,
    Joining,
    Transfer,
    Withdrawal,
)
from utm.programme.exchange.lifecycle import EditionEvent, EditionHistory
from utm.programme.exchange.naming import (
    ParticipantId,
)
from utm.programme.exchange.participation_events import WaitingEnded
from utm.programme.exchange.requirements import MEMBER
from utm.programme.exchange.state import EditionState, GroupStage, GroupState
from utm.programme.exchange.wishes import problem_with_wishes
from utm.programme.history import Command, Refusal

__all__ = ["WithdrawalPlan", "plan_withdrawal"]


@frozen(kw_only=True)
class WithdrawalPlan:
    """One way to go on after a withdrawal; nothing of it has been recorded yet.

    Parameters
    ----------
    touched
        Other groups at work whose members change.
    history
        The history with the withdrawal and everything that follows in this plan.
    entries
        How many entries are new, the withdrawal among them.
    worth_before, worth_after
        Worth of all groups at work, in millionths of one fully met need.
    """

    touched: tuple[PairingId, ...]
    history: EditionHistory
    entries: int
    worth_before: int
    worth_after: int

    @property
    def price(self) -> int:
        """What the grouping loses by the withdrawal and the plan together, in millionths."""
        return self.worth_before - self.worth_after

    @property
    def waiting(self) -> tuple[ParticipantId, ...]:
        """Who waits for a group afterwards."""
        return self.history.state.waiting

    def betters(self, other: WithdrawalPlan) -> bool:
        """Whether it is worth more than another plan, or leaves fewer without a group."""
        fewer = len(self.waiting) < len(other.waiting)
        return fewer or self.worth_after > other.worth_after

    @property
    def sentences(self) -> tuple[str, ...]:
        """What would happen, in order."""
        new = self.history.entries[-self.entries :]
        return tuple(event.sentence for entry in new for event in entry.events)


def plan_withdrawal(
    history: EditionHistory,
    problem: Problem,
    member: ParticipantId,
    *,
    by: str,
    on: Date,
    why: str,
    most_touched: int = 2,
    stop: StopCriterion | None = None,
    seed: int = 0,
) -> tuple[WithdrawalPlan, ...] | Refusal:
    """Let a participant withdraw, and plan how its group goes on.

    Parameters
    ----------
    history
        The edition.
    problem
        The grouping problem under which the groups were formed. What participants have
        said since stands in the history and is regarded, late entrants included.
    member
        Who withdraws.
    by, on, why
        Who asks, on which day, for which reason.
    most_touched
        How many other groups at work may change at most.
    stop, seed
        As for [repair][utm.pairing.repair].

    Returns
    -------
    tuple of WithdrawalPlan or Refusal
        The plans by how many other groups they touch, each worth more than the one before
        or leaving fewer without a group.
        The first touches none: those who wait join, or the group is dissolved if it is
        too small. Who waits for a group leaves, which touches nobody. Where no groups keep
        the hard rules, e.g. since of a late entrant no needs are known, the one plan is the
        withdrawal alone, and people decide how its group goes on. A refusal if the
        withdrawal is refused.

    Notes
    -----
    Groups that have ended stay as they are. One solution of the engine for every count
    of groups, see its notes on how near the best they are.
    """
    problem = problem_with_wishes(history.state, problem)
    group = history.state.group_of(member)
    if group is None and member in history.state.ungrouped:
        return _plan_leaving(history, problem, member, _Asked(by=by, on=on, why=why))
    if group is None:
        return MEMBER.refuse(f"{member} is in no group at work").at(f"withdrawal of {member}")
    asked = _Asked(by=by, on=on, why=why)
    begun = history.record(asked.command(Withdrawal(group=group.id, member=member)))
    if isinstance(begun, Refusal):
        return begun
    now = _problem_now(begun.state, problem)
    standing = _evaluated(now, begun.state)
    before = _evaluated(problem, history.state).score
    earlier = _as_result([one.group for one in standing.groups])
    plans: list[WithdrawalPlan] = []
    left = _left_alone(begun.state)
    for touched in range(most_touched + 1 if left else 1):
        # Without touching others a home cannot be asked for; otherwise it is the purpose.
        asked_for = _placing(now, left) if touched else now
        found = repair(asked_for, earlier, most_broken=touched, stop=stop, seed=seed)
        if found.result.status in {Status.INFEASIBLE, Status.UNDECIDED}:
            continue
        followed = _followed(begun, found.result.groups, asked)
        if followed is None:
            continue
        after = _evaluated(now, followed.state).score
        plan = WithdrawalPlan(
            touched=_touched(begun.state, followed.state, besides=group.id),
            history=_priced(history, followed, before - after),
            entries=len(followed.entries) - len(history.entries),
            worth_before=before,
            worth_after=after,
        )
        if not plans or plan.betters(plans[-1]):
            plans.append(plan)
    return tuple(plans) or (_withdrawal_alone(history, begun, before, now),)


def _withdrawal_alone(
    history: EditionHistory, begun: EditionHistory, before: int, now: Problem
) -> WithdrawalPlan:
    """Nothing but the withdrawal: for groups that the hard rules of the grouping do not allow."""
    after = _evaluated(now, begun.state).score
    return WithdrawalPlan(
        touched=(),
        history=_priced(history, begun, before - after),
        entries=len(begun.entries) - len(history.entries),
        worth_before=before,
        worth_after=after,
    )


def _plan_leaving(
    history: EditionHistory, problem: Problem, member: ParticipantId, asked: _Asked
) -> tuple[WithdrawalPlan, ...] | Refusal:
    """Who waits for a group leaves without touching anybody."""
    followed = history.record(asked.command(WaitingEnded(participant=member)))
    if isinstance(followed, Refusal):
        return followed
    worth = _evaluated(problem, history.state).score
    return (
        WithdrawalPlan(
            touched=(), history=followed, entries=1, worth_before=worth, worth_after=worth
        ),
    )


@frozen(kw_only=True)
class _Asked:
    by: str
    on: Date
    why: str

    def command(self, action: EditionEvent) -> Command[EditionEvent]:
        return Command(action=action, by=self.by, on=self.on, why=self.why)


def _priced(history: EditionHistory, followed: EditionHistory, price: int) -> EditionHistory:
    """The same plan, with its price in the withdrawal that begins it."""
    for entry in followed.standing[len(history.standing) :]:
        action = entry.command.action
        if isinstance(action, Withdrawal):
            action = evolve(action, price=price)
        following = history.record(evolve(entry.command, action=action))
        if isinstance(following, Refusal):  # pragma: no cover - it was granted without a price
            return followed
        history = following
    return history


def _open_groups(state: EditionState) -> tuple[GroupState, ...]:
    return tuple(group for group in state.groups if group.stage.is_open)


def _left_alone(state: EditionState) -> tuple[str, ...]:
    """Members of groups at risk, who need a home."""
    at_risk = [one for one in state.groups if one.stage is GroupStage.AT_RISK]
    return tuple(sorted(member.value for group in at_risk for member in group.members))


def _placing(problem: Problem, members: Iterable[str]) -> Problem:
    """The problem in which these must be placed."""
    policy = problem.policy
    locked = {name for lock in policy.locks for name in lock.members}
    new = [
        Lock(members=(name,), reason="its group is too small")
        for name in members
        if name not in locked
    ]
    return evolve(problem, policy=evolve(policy, locks=(*policy.locks, *new)))


def _problem_now(state: EditionState, problem: Problem) -> Problem:
    """The problem of those who are in a group at work, or wait for one."""
    present = {one.value for group in _open_groups(state) for one in group.members}
    present |= {one.value for one in state.ungrouped}
    kept = tuple(one for one in problem.participants if one.id in present)
    names = {one.id for one in kept}
    policy = problem.policy
    return evolve(
        problem,
        participants=kept,
        earlier_pairs=tuple(pair for pair in problem.earlier_pairs if set(pair) <= names),
        policy=evolve(
            policy,
            locks=tuple(one for one in policy.locks if set(one.members) <= names),
            exclusions=tuple(one for one in policy.exclusions if set(one.members) <= names),
            conflicts=tuple(_among(one, names) for one in policy.conflicts if _bites(one, names)),
            priorities=tuple(one for one in policy.priorities if one.participant in names),
        ),
    )


def _bites(conflict: Conflict, names: set[str]) -> bool:
    return len(names & set(conflict.members)) > conflict.most_together


def _among(conflict: Conflict, names: set[str]) -> Conflict:
    return evolve(conflict, members=tuple(one for one in conflict.members if one in names))


def _evaluated(problem: Problem, state: EditionState) -> Evaluation:
    smallest = max(2, problem.policy.smallest_group)
    return evaluate(
        problem,
        [
            ProposedGroup(theme=group.theme, members=tuple(one.value for one in group.members))
            for group in _open_groups(state)
            if len(group.members) >= smallest
        ],
    )


def _as_result(groups: Sequence[Group]) -> Result:
    """The groups as they stand, in the form in which the engine takes an earlier plan."""
    score = sum(group.score for group in groups)
    return Result(
        status=Status.STOPPED,
        groups=tuple(sorted(groups)),
        unmatched=(),
        score=score,
        bound=score,
        price_bound=score,
        scope=BoundScope.ALL_ADMISSIBLE,
        prices=(),
        infeasible_because=(),
        notes=(),
        seed=0,
        statistics=Statistics(pricing_rounds=0, columns=0),
    )


def _touched(
    before: EditionState, after: EditionState, *, besides: PairingId
) -> tuple[PairingId, ...]:
    changed: list[PairingId] = []
    for group in _open_groups(before):
        now = after.group(group.id)
        same = now is not None and set(now.members) == set(group.members)
        if not same and group.id != besides:
            changed.append(group.id)
    return tuple(sorted(changed))


def _followed(
    history: EditionHistory, groups: Iterable[Group], asked: _Asked
) -> EditionHistory | None:
    """Carry out whatever leads to the planned groups; ``None`` if no order of it is granted."""
    waiting = _actions(history.state, groups)
    while waiting:
        for action in waiting:
            following = history.record(asked.command(action))
            if not isinstance(following, Refusal):
                history = following
                waiting.remove(action)
                break
        else:
            return None
    return history


def _actions(state: EditionState, groups: Iterable[Group]) -> list[EditionEvent]:
    """What turns the groups at work into the planned ones, those that end first."""
    ids = {key.value: key for key, _ in state.participants}
    planned = [(group, {ids[name] for name in group.members}) for group in groups]
    successor = _successors(state, planned)
    ended = [one for one in _open_groups(state) if one.id not in successor and one.members]
    actions: list[EditionEvent] = [Dissolution(group=one.id) for one in ended]
    home = {
        member: group.id
        for group in _open_groups(state)
        if group.id in successor
        for member in group.members
    }
    for key, place in sorted(successor.items()):
        for member in sorted(planned[place][1], key=lambda one: one.value):
            origin = home.get(member)
            if origin is None:
                actions.append(Joining(group=key, member=member))
            elif origin != key:
                actions.append(Transfer(member=member, source=origin, target=key))
    new = [group for at, (group, _) in enumerate(planned) if at not in successor.values()]
    for number, group in enumerate(new, start=len(state.groups) + 1):
        actions.append(GroupFormed(group=_pairing(state, group, number, ids)))
    return actions


def _successors(
    state: EditionState, planned: Sequence[tuple[Group, set[ParticipantId]]]
) -> dict[PairingId, int]:
    """Which planned group each group at work goes on as: of its theme, with most in common."""
    candidates = sorted(
        (-len(members & set(group.members)), group.id, at)
        for group in _open_groups(state)
        for at, (plan, members) in enumerate(planned)
        if plan.theme == group.theme and members & set(group.members)
    )
    chosen: dict[PairingId, int] = {}
    for _, key, at in candidates:
        if key not in chosen and at not in chosen.values():
            chosen[key] = at
    return chosen


def _pairing(
    state: EditionState, group: Group, number: int, ids: dict[str, ParticipantId]
) -> Pairing:
    taken = {one.id for one in state.groups}
    key = PairingId(f"{state.id}-new-{number:02d}")
    while key in taken:
        number += 1
        key = PairingId(f"{state.id}-new-{number:02d}")
    return Pairing(
        id=key,
        theme=group.theme,
        focus=", ".join(topic.value for topic in group.focus_topics),
        topics=group.focus_topics,
        members=tuple(ids[name] for name in group.members),
    )
