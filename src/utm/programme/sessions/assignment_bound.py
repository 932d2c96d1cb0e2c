"""How good the sharing out of facilitators can be at all: a score that none can beat."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import evolve

from utm.programme.meeting_rules import MeetingRules
from utm.programme.sessions.facilitator import Facilitator
from utm.programme.sessions.plan import NOTHING, SessionsScore
from utm.programme.sessions.problem import SessionGroup, SessionsProblem

__all__ = ["bound_of_assignments"]


def bound_of_assignments(
    groups: Iterable[SessionGroup],
    facilitators: Iterable[Facilitator],
    rules: MeetingRules,
    *,
    most_labels: int = 2_000,
) -> SessionsScore:
    """A score that no year of these groups beats, whoever leads which of them.

    Every group is placed alone with each facilitator that could lead it, over the whole year,
    and the smallest score is taken. The sum is a bound: clashes and limits of load can only
    make a year worse. Compare it with the score of a plan made after
    [assign_facilitators][utm.programme.sessions.assign_facilitators], which looks at four
    weeks only: where both have the same largest burden, no sharing out asks less of the city
    that bears most.

    Parameters
    ----------
    groups
        In any order. Who has a facilitator keeps it.
    facilitators
        In any order. If they may not lead all groups together, a group may also be led by
        nobody.
    rules
        The programme year and what is asked of the meetings.
    most_labels
        Limit of the search for each group, see `search_meetings`.

    Returns
    -------
    SessionsScore
        Of all plans in which every group has its meetings that fits with anybody.

    Notes
    -----
    One exact search for each pair of a group and a facilitator; those with clocks that are
    alike are searched again.
    """
    # NumPy is imported with the search only, so that the types stay cheap to import.
    from utm.programme.sessions.agents import GroupAgent  # noqa: PLC0415

    ordered = sorted(groups, key=lambda one: one.key)
    people = tuple(sorted(facilitators, key=lambda one: one.key))
    total = NOTHING
    for group in ordered:
        least: SessionsScore | None = None
        for leader in _leaders(group, ordered, people):
            led = evolve(group, facilitator=leader)
            problem = SessionsProblem(rules=rules, groups=(led,), facilitators=people)
            placed = GroupAgent.of(led, problem, most_labels=most_labels).place(frozenset())
            if placed is not None and (least is None or placed.bound < least):
                least = placed.bound
        total += least or NOTHING
    return total


def _leaders(
    group: SessionGroup, groups: list[SessionGroup], people: tuple[Facilitator, ...]
) -> Iterator[str]:
    if group.facilitator:
        yield group.facilitator
        return
    yield from (who.key for who in people)
    if sum(who.most_groups for who in people) < len(groups):
        yield ""
