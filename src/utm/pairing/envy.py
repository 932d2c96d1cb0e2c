"""Who would rather have the place of another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from attrs import frozen

from utm.pairing.arrays import Booleans, FocusArrays, Integers, PairingArrays
from utm.pairing.columns import admissible, learning_and_worth
from utm.pairing.context import millionths
from utm.pairing.group import Group
from utm.pairing.policy import FocusKind

__all__ = ["Envy", "envies"]


@frozen(kw_only=True, order=True)
class Envy:
    """The place that a participant would most like to have instead of another.

    Parameters
    ----------
    participant
        Who would gain.
    place_of
        Whose place it would take, in a group that every rule would then still admit.
    more
        How much more it would gain there than now, in millionths; above zero.
    places
        In how many places it would gain more than now.
    """

    participant: str
    place_of: str
    more: int
    places: int


def envies(
    arrays: PairingArrays, groups: Sequence[Group], now: Mapping[str, int]
) -> tuple[Envy, ...]:
    """Return the envious with the place that each would like most, by id.

    Parameters
    ----------
    arrays
        A problem in which everybody is a class of its own.
    groups
        The groups.
    now
        What everybody has, in millionths.

    Notes
    -----
    Every participant is tried in every place: time grows with n² times the topics.
    """
    has = np.array([now[arrays.ids[members[0]]] for members in arrays.class_members])
    best = np.zeros(arrays.copies, dtype=np.int64)
    places = np.zeros(arrays.copies, dtype=np.int64)
    whose: dict[int, str] = {}
    for name, gains in _gains(arrays, groups):
        more = gains - has
        places += more > 0
        for row in np.flatnonzero(more > best).tolist():
            whose[row] = name
        best = np.maximum(best, more)
    return tuple(
        sorted(
            Envy(
                participant=arrays.ids[arrays.class_members[row][0]],
                place_of=name,
                more=int(best[row]),
                places=int(places[row]),
            )
            for row, name in whose.items()
        )
    )


def _gains(arrays: PairingArrays, groups: Sequence[Group]) -> Iterator[tuple[str, Integers]]:
    """Yield for each place what everybody would gain in it, or a number below any gain."""
    copy_of = {arrays.ids[each[0]]: number for number, each in enumerate(arrays.class_members)}
    for group in groups:
        foci = [focus for focus in arrays.foci if _is_focus_of(arrays, focus, group)]
        inside = [copy_of[name] for name in group.members]
        strangers = np.setdiff1d(np.arange(arrays.copies), inside)
        for name in group.members:
            others = [copy for copy in inside if copy != copy_of[name]]
            members = np.column_stack([strangers, np.tile(others, (len(strangers), 1))])
            gains = np.full(arrays.copies, np.iinfo(np.int32).min, dtype=np.int64)
            for focus in foci:
                allowed, gained = _with_each(arrays, focus, members)
                gains[strangers[allowed]] = gained[allowed]
            yield name, gains


def _is_focus_of(arrays: PairingArrays, focus: FocusArrays, group: Group) -> bool:
    single = arrays.policy.focus is FocusKind.TOPIC
    return focus.theme == group.theme and (not single or focus.topics == group.focus_topics)


def _with_each(
    arrays: PairingArrays, focus: FocusArrays, members: Integers
) -> tuple[Booleans, Integers]:
    """Return which groups every rule admits, and what the first member gains in each."""
    learning, pairs = learning_and_worth(focus, members)
    gained = learning + pairs
    allowed = admissible(arrays, focus, members)
    least = arrays.policy.least_benefit
    if least is not None:
        allowed &= (gained >= millionths(least)).all(axis=1)
    return allowed, gained[:, 0]
