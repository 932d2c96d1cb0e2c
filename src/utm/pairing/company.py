"""Who must join two participants to make a group: rules that a whole group keeps, not any two.

That a group spans countries, that the exchange ties it together, that it holds a lock whole and
few enough of a conflict. Written apart from the search, to be compared with it.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from utm.pairing.definition import Definition

__all__ = ["Company"]

Truths = npt.NDArray[np.bool_]
Whole = npt.NDArray[np.int64]


class Company:
    """Rules on whole groups, for participants by their place in a list.

    Groups that pass may still break other rules; groups that do not pass break one.

    Parameters
    ----------
    definition
        Participants and rules.
    names
        The n participants, in the order of all arrays.
    tied
        Which two the exchange rule ties together under the focus, shape (n, n).

    Attributes
    ----------
    pairs
        Which two are a group, as far as this goes, shape (n, n).
    """

    def __init__(self, definition: Definition, names: list[str], tied: Truths) -> None:
        policy = definition.policy
        people = [definition.people[name] for name in names]
        countries = sorted({one.country for one in people})
        self._country: Whole = np.array(
            [countries.index(one.country) for one in people], dtype=np.int64
        )
        self._tied = tied
        self._fewest = policy.fewest_countries
        place = {name: index for index, name in enumerate(names)}
        self._mates: dict[int, set[int]] = {
            place[name]: {place[mate] for mate in lock.members if mate != name}
            for lock in policy.locks
            for name in lock.members
            if len(lock.members) > 1
        }
        self._conflicts: list[tuple[Truths, int]] = []
        self._conflicts_of: dict[int, list[int]] = {}
        for number, conflict in enumerate(policy.conflicts):
            held = [place[name] for name in conflict.members if name in place]
            self._conflicts.append((np.isin(np.arange(len(names)), held), conflict.most_together))
            for index in held:
                self._conflicts_of.setdefault(index, []).append(number)
        is_one = self._country[:, None] == self._country[None, :]
        self.pairs: Truths = tied & ~is_one if self._fewest > 1 else tied.copy()
        for index, mates in self._mates.items():
            others = [other for other in range(len(names)) if {other} != mates]
            self.pairs[index, others] = self.pairs[others, index] = False
        if self._fewest > 2:  # noqa: PLR2004
            self.pairs[:] = False

    def is_possible(self, apart: Truths) -> bool:
        """Return whether any two may meet, and enough countries have somebody that is tied."""
        some = np.logical_or.reduce(self._tied & ~apart, axis=1)
        return len(np.unique(self._country[some])) >= max(1, self._fewest) and bool(some.any())

    def thirds(self, i: int, j: int) -> Truths:
        """Return who makes a group with two; shape (n,)."""
        tied = self._tied
        free: Truths = tied[i] & tied[j]
        if tied[i, j]:
            free = tied[i] | tied[j]
        if self._lacks(i, j) > 0:
            free &= self._is_abroad(i, j)
        if self._lacks(i, j) > 1:
            free &= False
        for mate in self._mates_of(i, j):
            free &= np.arange(len(tied)) == mate
        return free & self._may_join(i, j)

    def sides(self, i: int, j: int, others: Whole) -> tuple[Whole, Whole]:
        """Return sets of others of which one from each makes a group with two, if any do.

        The first set is as small as can be said at once.
        """
        tied = self._tied
        others = others[self._may_join(i, j)[others]]
        mates = sorted(self._mates_of(i, j))
        if mates:
            wanted = [others[others == mate] for mate in mates]
            first, second = (*wanted, others)[:2]
            return (first, second) if len(mates) <= 2 else (others[:0], others)  # noqa: PLR2004
        first = others[tied[i, others] | tied[j, others]]
        lacks = self._lacks(i, j)
        abroad = others[self._is_abroad(i, j)[others]] if lacks > 0 else others
        if lacks > 1:
            others, first = abroad, first[self._is_abroad(i, j)[first]]
        return (abroad if len(abroad) < len(first) else first), others

    def fourths(self, i: int, j: int, first: Whole, second: Whole) -> Truths:
        """Return which two make a group with two; shape (first, second), each two once."""
        tied = self._tied
        ik, jk = tied[i, first][:, None], tied[j, first][:, None]
        il, jl = tied[i, second][None, :], tied[j, second][None, :]
        kl = tied[np.ix_(first, second)]
        free: Truths = (ik & jk & (il | jl | kl)) | (il & jl & (ik | jk | kl))
        free |= kl & ((ik & jl) | (il & jk))
        if tied[i, j]:
            free = ((ik | jk) & (il | jl | kl)) | ((il | jl) & kl)
        lacks = self._lacks(i, j)
        if lacks > 0:
            new = self._is_abroad(i, j)
            one, other = new[first][:, None], new[second][None, :]
            same = self._country[first][:, None] == self._country[second][None, :]
            free &= (one | other) if lacks == 1 else (one & other & ~same)
        for number in {*self._conflicts_of.get(i, ()), *self._conflicts_of.get(j, ())}:
            held, most = self._conflicts[number]
            count = held[[i, j]].sum() + held[first][:, None] + held[second][None, :]
            free &= count <= most
        return free & ~(np.isin(second, first)[None, :] & (first[:, None] > second[None, :]))

    def _lacks(self, i: int, j: int) -> int:
        """Return how many further countries a group with two needs."""
        return self._fewest - (1 if self._country[i] == self._country[j] else 2)

    def _is_abroad(self, i: int, j: int) -> Truths:
        abroad: Truths = (self._country != self._country[i]) & (self._country != self._country[j])
        return abroad

    def _mates_of(self, i: int, j: int) -> set[int]:
        """Return who must be with two."""
        return (self._mates.get(i, set()) | self._mates.get(j, set())) - {i, j}

    def _may_join(self, i: int, j: int) -> Truths:
        """Return who would not be one too many of a conflict that names one of two."""
        free = np.ones(len(self._tied), dtype=np.bool_)
        for number in {*self._conflicts_of.get(i, ()), *self._conflicts_of.get(j, ())}:
            held, most = self._conflicts[number]
            if int(held[[i, j]].sum()) >= most:
                free &= ~held
        return free
