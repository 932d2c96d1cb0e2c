"""Locks while groups are put together: who is locked comes with the whole lock, or not at all."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from utm.pairing.arrays import Booleans, Integers, PairingArrays

__all__ = ["Together"]

_NOBODY, _ELSEWHERE = -1, -2


class Together:
    """The locks of a problem, told in places: numbers among some copies.

    Parameters
    ----------
    arrays
        The problem.
    rows
        The copies that are looked at, rising.
    """

    def __init__(self, arrays: PairingArrays, rows: Integers) -> None:
        self._places = len(rows)
        self._most = arrays.policy.largest_group
        lock = arrays.lock_of[rows]
        self._has_locks = bool((lock >= 0).any())
        self._mates = np.full((len(rows), 4), _NOBODY, dtype=np.int64)
        place = {int(copy): number for number, copy in enumerate(rows.tolist())}
        held: dict[int, list[int]] = {}
        for copy in np.flatnonzero(arrays.lock_of >= 0).tolist():
            held.setdefault(int(arrays.lock_of[copy]), []).append(place.get(copy, _ELSEWHERE))
        for number in np.flatnonzero(lock >= 0).tolist():
            mates = held[int(lock[number])]
            self._mates[number, : len(mates)] = mates

    def whole(self, groups: Integers) -> Iterator[Integers]:
        """Yield groups with everybody whom a lock brings along, those of one size together.

        Groups that then are too large, or whose lock holds somebody out of reach, are left out.
        """
        if not self._has_locks:
            yield groups
            return
        mates = self._mates[groups].reshape(len(groups), 4 * groups.shape[1])
        reachable = (mates != _ELSEWHERE).all(axis=1)
        yield from self._by_size(np.concatenate([groups, mates], axis=1)[reachable])

    def intact(self, parts: Integers) -> Iterator[Integers]:
        """Yield parts of groups without those whose lock they do not hold whole, by size."""
        if not self._has_locks:
            yield parts
            return
        mates = self._mates[parts]
        here = (mates[:, :, :, None] == parts[:, None, None, :]).any(axis=3)
        is_whole: Booleans = (here | (mates == _NOBODY)).all(axis=2)
        yield from self._by_size(np.where(is_whole, parts, _NOBODY))

    def _by_size(self, members: Integers) -> Iterator[Integers]:
        """Yield rows of places, padded or repeated, as rising rows of one length each."""
        rows = np.sort(np.where(members == _NOBODY, self._places, members), axis=1)
        rows[:, 1:][rows[:, 1:] == rows[:, :-1]] = self._places
        rows = np.sort(rows, axis=1)
        sizes = (rows < self._places).sum(axis=1)
        for size in range(1, self._most + 1):
            if (sizes == size).any():
                yield rows[sizes == size][:, :size]
