"""What overrides cost by what is known now: of needs, and of who is still there."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen
from pendulum import Date

from utm.domain import PairingId
from utm.pairing import Problem
from utm.programme.exchange.group_events import (
    MembersChanged,
)
from utm.programme.exchange.lifecycle import EditionEvent, EditionHistory
from utm.programme.exchange.naming import (
    ParticipantId,
)
from utm.programme.exchange.overriding import worth_of
from utm.programme.exchange.state import EditionState
from utm.programme.exchange.wishes import problem_with_wishes
from utm.programme.history import Entry

__all__ = ["OverridePrice", "reprice_overrides"]


@frozen(kw_only=True)
class OverridePrice:
    """What one override cost when it was made, and what it costs by what is known now.

    Parameters
    ----------
    entry
        Its number in the history.
    on, why
        Its day and reason.
    price_then
        What was reckoned then, in millionths of one fully met need.
    price_now
        The same by what participants have said since, among those who have not left.
    """

    entry: int
    on: Date
    why: str
    price_then: int
    price_now: int

    @property
    def sentence(self) -> str:
        """Both prices in words."""
        now = "the same" if self.price_now == self.price_then else f"{self.price_now} millionths"
        return (
            f"The override of {self.on} ({self.why}) cost {self.price_then} millionths then, "
            f"and {now} by what is known now."
        )


def reprice_overrides(history: EditionHistory, problem: Problem) -> tuple[OverridePrice, ...]:
    """Reckon the price of every override again.

    What is recorded stays as it is: it was known to those who decided. The groups that each
    override changed are compared as they were before and after it, without those who have
    left the edition since.

    Parameters
    ----------
    history
        The edition.
    problem
        The grouping problem under which its groups were formed; what participants have said
        since is regarded.

    Returns
    -------
    tuple of OverridePrice
        In the order of the history.
    """
    now = problem_with_wishes(history.state, problem)
    left = set(history.state.withdrawn)
    found: list[OverridePrice] = []
    state: EditionState = history.lifecycle.start
    for entry in history.standing:
        action = entry.command.action
        if isinstance(action, MembersChanged):
            concerned = [state.group(key) for key, _ in action.changes]
            before = [(group.id, group.members) for group in concerned if group is not None]
            price = _worth(state, now, before, left) - _worth(state, now, action.changes, left)
            found.append(
                OverridePrice(
                    entry=entry.number,
                    on=entry.command.on,
                    why=entry.command.why,
                    price_then=action.price,
                    price_now=price,
                )
            )
        state = _after(history, state, entry)
    return tuple(found)


def _after(
    history: EditionHistory, state: EditionState, entry: Entry[EditionEvent, EditionEvent]
) -> EditionState:
    for event in entry.events:
        state = history.lifecycle.apply(state, event, entry.command)
    return state


def _worth(
    state: EditionState,
    problem: Problem,
    groups: Iterable[tuple[PairingId, tuple[ParticipantId, ...]]],
    left: set[ParticipantId],
) -> int:
    present = [(key, tuple(one for one in members if one not in left)) for key, members in groups]
    return worth_of(
        problem,
        [
            (group.theme, members)
            for key, members in present
            if (group := state.group(key)) and len(members) >= max(2, problem.policy.smallest_group)
        ],
    )
