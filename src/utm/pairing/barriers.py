"""Which participants can never share a group, whoever else joins them.

Some rules are broken for good: no further member mends an exclusion, a missing language or
missing office time, nor too many from one country. Written apart from the search, to be
compared with it.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
import numpy.typing as npt

from utm.pairing.definition import Definition
from utm.pairing.policy import LanguageRule

__all__ = ["Barriers"]

Truths = npt.NDArray[np.bool_]
Reals = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

_DAY = 24 * 60


class Barriers:
    """Rules that no further member can mend, for participants by their place in a list.

    Groups that pass may still break other rules; groups that do not pass break one.

    Attributes
    ----------
    apart
        Which two can never be in one group, shape (n, n); true on the diagonal.

    Parameters
    ----------
    definition
        Participants and rules.
    names
        The n participants, in the order of all arrays.
    """

    def __init__(self, definition: Definition, names: list[str]) -> None:
        policy = definition.policy
        people = [definition.people[name] for name in names]
        self._all_speak = (
            policy.common_language is LanguageRule.ALL or policy.language_capacities != ()
        )
        self._most = policy.most_of_one_country
        countries = sorted({one.country for one in people})
        self._country: Whole = np.array(
            [countries.index(one.country) for one in people], dtype=np.int64
        )
        self._speaks = _speech(definition, names)
        self._hours = _Hours(definition, names)
        self.apart = _apart_by_name(definition, names) | ~self._hours.pairs()
        if self._all_speak or policy.common_language is LanguageRule.PAIRWISE:
            self.apart |= self._speaks @ self._speaks.T < 1
        if self._most == 1 or policy.fewest_countries >= policy.largest_group:
            self.apart |= self._country[:, None] == self._country[None, :]

    def thirds(self, i: int, j: int) -> Truths:
        """Return who may join two; shape (n,)."""
        free: Truths = ~(self.apart[i] | self.apart[j])
        free &= self._hours.thirds(i, j)
        if self._all_speak:
            free &= self._speaks @ (self._speaks[i] * self._speaks[j]) > 0
        if self._most == 2 and self._country[i] == self._country[j]:  # noqa: PLR2004
            free &= self._country != self._country[i]
        return free

    def fourths(self, i: int, j: int, first: Whole, second: Whole) -> Truths:
        """Return which of two sets may join two together; shape (first, second)."""
        free = ~self.apart[np.ix_(first, second)]
        free &= self._hours.fourths(i, j, first, second)
        if self._all_speak:
            both = self._speaks[i] * self._speaks[j]
            free &= (self._speaks[first] * both) @ self._speaks[second].T > 0
        if self._most is not None:
            for one, two in ((i, j), (j, i)):
                same = (self._country == self._country[one]).astype(np.int64)
                count = 1 + int(self._country[one] == self._country[two])
                free &= count + same[first][:, None] + same[second][None, :] <= self._most
        return free


def _apart_by_name(definition: Definition, names: list[str]) -> Truths:
    """Return which two may not meet by name: exclusions, and locks too large to join.

    Of those who are alike only some stand among the names.
    """
    place = {name: index for index, name in enumerate(names)}
    apart = np.eye(len(names), dtype=np.bool_)
    for exclusion in definition.policy.exclusions:
        first, second = (place[name] for name in exclusion.members)
        apart[first, second] = apart[second, first] = True
    for conflict in definition.policy.conflicts:
        if conflict.most_together == 1:
            held = [place[name] for name in conflict.members if name in place]
            apart[np.ix_(held, held)] = True
    shared = [lock for lock in definition.policy.locks if len(lock.members) > 1]
    for one, other in combinations(shared, 2):
        if len(one.members) + len(other.members) <= definition.policy.largest_group:
            continue
        for left in one.members:
            for right in other.members:
                apart[place[left], place[right]] = True
                apart[place[right], place[left]] = True
    return apart


def _speech(definition: Definition, names: list[str]) -> Reals:
    """Return who speaks what, shape (n, languages); the unknown all or nothing, by policy."""
    spoken = [definition.people[name].languages for name in names]
    codes = sorted({code for languages in spoken for code in languages or ()})
    speaks = np.zeros((len(names), len(codes) + 1), dtype=np.float64)
    for row, languages in enumerate(spoken):
        if languages is None:
            speaks[row] = definition.policy.admits_unknown
        else:
            speaks[row, [codes.index(code) for code in languages]] = 1
    return speaks


class _Hours:
    """Office minutes in common, by kinds of participants whose clocks agree."""

    def __init__(self, definition: Definition, names: list[str]) -> None:
        self._least = definition.policy.fewest_common_office_minutes
        days = len(definition.policy.reference_days)
        masks = [definition.likeness.office_minutes(name) for name in names]
        kinds = list(dict.fromkeys(masks))
        self._kind: Whole = np.array([kinds.index(mask) for mask in masks], dtype=np.int64)
        self._open: Reals = np.zeros((days, len(kinds), _DAY), dtype=np.float64)
        for row, kind in enumerate(kinds):
            if kind is None:
                self._open[:, row] = definition.policy.admits_unknown
                continue
            for day, mask in enumerate(kind):
                self._open[day, row] = [mask >> minute & 1 for minute in range(_DAY)]
        self._known: dict[tuple[int, int], Truths] = {}

    def pairs(self) -> Truths:
        """Return which two have enough in common; shape (n, n)."""
        enough = self._suffices(self._open)
        wide: Truths = enough[np.ix_(self._kind, self._kind)]
        return wide

    def thirds(self, i: int, j: int) -> Truths | bool:
        """Return who has enough in common with two; shape (n,)."""
        if self._least == 0:
            return True
        both = self._with_two(int(self._kind[i]), int(self._kind[j]))
        alone: Truths = both.diagonal()[self._kind]
        return alone

    def fourths(self, i: int, j: int, first: Whole, second: Whole) -> Truths | bool:
        """Return which of two sets have enough in common with two."""
        if self._least == 0:
            return True
        both = self._with_two(int(self._kind[i]), int(self._kind[j]))
        wide: Truths = both[np.ix_(self._kind[first], self._kind[second])]
        return wide

    def _with_two(self, one: int, two: int) -> Truths:
        """Return which kinds have enough in common with two kinds, shape (kinds, kinds)."""
        key = (min(one, two), max(one, two))
        if key not in self._known:
            both: Reals = self._open * (self._open[:, [one]] * self._open[:, [two]])
            self._known[key] = self._suffices(both)
        return self._known[key]

    def _suffices(self, some: Reals) -> Truths:
        minutes: Reals = some @ self._open.transpose(0, 2, 1)
        enough: Truths = np.all(minutes >= self._least, axis=0)
        return enough
