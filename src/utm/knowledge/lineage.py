"""Which practices were made from which, and that none was made from itself by a detour."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from utm.domain.practice import PracticeId

__all__ = ["find_circle"]


def find_circle(
    start: PracticeId, builds_on: Callable[[PracticeId], Iterable[PracticeId]]
) -> tuple[PracticeId, ...]:
    """A shortest way from a practice back to itself through what it builds on.

    Parameters
    ----------
    start
        The practice.
    builds_on
        What a practice builds on directly.

    Returns
    -------
    tuple
        The practices on the way, beginning with the first; empty if there is no circle.
        Time grows with the practices that can be reached.
    """
    came_from: dict[PracticeId, PracticeId] = {}
    waiting = [start]
    for practice in waiting:
        for older in sorted(builds_on(practice)):
            if older == start:
                return _way_to(practice, start, came_from)
            if older not in came_from:
                came_from[older] = practice
                waiting.append(older)
    return ()


def _way_to(
    last: PracticeId, start: PracticeId, came_from: dict[PracticeId, PracticeId]
) -> tuple[PracticeId, ...]:
    way = [last]
    while way[-1] != start:
        way.append(came_from[way[-1]])
    return tuple(reversed(way))
