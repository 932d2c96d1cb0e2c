"""A problem as arrays of whole numbers: what the search works on.

Participants that no rule and no score can tell apart form one *class*. The search forms
groups of classes; a class of many appears in the arrays as at most four *copies*, as no
group holds more.

Learning needs products of up to three chances. Weights are whole millionths and
chances whole thousandths, so products are whole numbers below 2**53 and double
precision holds every one of them, and every sum in any order, exactly.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
from attrs import frozen

from utm.domain.identifiers import ThemeId, TopicId
from utm.pairing.pairs import FORBIDDEN, NamedPairs, PairFacets, PairTable
from utm.pairing.policy import ExchangeRule, Policy

__all__ = ["Booleans", "Floats", "FocusArrays", "Integers", "PairingArrays", "Statuses"]

Floats = npt.NDArray[np.float64]
_STEP = 6
_CERTAIN = 1_000

Integers = npt.NDArray[np.int64]
Booleans = npt.NDArray[np.bool_]
Statuses = npt.NDArray[np.int8]


@frozen(kw_only=True, eq=False)
class FocusArrays:
    """One possible focus of a group. All arrays are indexed by copy.

    Parameters
    ----------
    theme
        The theme of the focus.
    topics
        The *t* topics on which members gain.
    needs
        Weights in millionths, shape (n, t).
    misses
        Chances in thousandths that a member does *not* help, shape (n, t).
    pairs
        Likeness of context of any two in millionths, multiples of six, and which two must
        not be together.
    shared_challenge
        Worth of a whole need in common, in millionths.
    can_be_tied
        Which copies the exchange rule ties to anybody, shape (n,).
    fits
        Which copies may be in a group under this focus at all, shape (n,).
    exchange
        What ties two together.
    working_languages
        Columns of the languages of which all members must speak one; ``None`` where the
        policy does not ask in which language a group works.
    """

    theme: ThemeId
    topics: tuple[TopicId, ...]
    needs: Floats
    misses: Floats
    pairs: PairFacets
    shared_challenge: int
    can_be_tied: Booleans
    fits: Booleans
    exchange: ExchangeRule
    working_languages: Integers | None = None

    def overlap(self, left: Integers, right: Integers) -> Integers:
        """Return how much two need the same, in millionths; indices broadcast."""
        left, right = np.broadcast_arrays(left, right)
        found = np.zeros(left.shape, dtype=np.float64)
        for column in self.needs.T:
            found += np.minimum(column[left], column[right])
        return found.astype(np.int64)

    def shared(self, left: Integers, right: Integers) -> Integers:
        """Return the worth to each of facing the same needs, in millionths."""
        if self.shared_challenge == 0:
            return np.zeros(np.broadcast_shapes(np.shape(left), np.shape(right)), dtype=np.int64)
        worth = self.shared_challenge * self.overlap(left, right)
        return worth // (1_000_000 * _STEP) * _STEP

    def pair_worth(self, left: Integers, right: Integers) -> Integers:
        """Return what two are worth to each other beside learning; far below zero if apart."""
        return self.pairs.of(left, right) + self.shared(left, right)

    def together(self, left: Integers, right: Integers) -> Booleans:
        """Return which two may be in one group; nobody with itself."""
        allowed: Booleans = self.pairs.of(left, right) > FORBIDDEN // 2
        return allowed & self.fits[left] & self.fits[right] & np.not_equal(left, right)

    def tied(self, left: Integers, right: Integers) -> Booleans:
        """Return which two the exchange rule ties together."""
        left, right = np.broadcast_arrays(left, right)
        if self.exchange is ExchangeRule.NOT_ASKED:
            return np.ones(left.shape, dtype=np.bool_)
        tied = np.zeros(left.shape, dtype=np.bool_)
        for needs, misses in zip(self.needs.T > 0, self.misses.T < _CERTAIN, strict=True):
            tied |= (needs[left] & misses[right]) | (misses[left] & needs[right])
            if self.exchange is ExchangeRule.HELP_OR_SHARED_NEED:
                tied |= needs[left] & needs[right]
        return tied


@frozen(kw_only=True, eq=False)
class PairingArrays:
    """A whole problem, compiled.

    Parameters
    ----------
    policy
        The policy, for the rules on whole groups.
    ids
        Ids of all participants in rising order.
    class_members
        For each class the indices into ``ids``.
    class_of
        Class of each copy, shape (n,).
    places
        How many participants each class holds, or in how many groups its only participant
        may be; then how many groups each capacity admits: a capacity is one more class, of
        which some groups take a place.
    several
        Which copies are of somebody who may be in several groups, shape (n,).
    capacities
        Names of the capacities, as `Definition.capacities` has them.
    uses
        Classes of the capacities that a group takes a place of, by focus, padded with
        -1, shape (foci, u) with u up to 3.
    conflicts
        Which copies each conflict of the policy names, shape (conflicts, n).
    countries
        A number for the country of each copy.
    languages
        Which languages each copy speaks, shape (n, languages). The last stands for any
        other, spoken by those whose languages are unknown where the policy admits them.
    slots
        Office slots of each copy, shape (n, days, 96).
    lock_of
        Index of the lock that holds each copy, or -1.
    must
        Worth of placing a class that must be placed, above all scores together; otherwise 0.
    bonus
        The same and the priority of the class.
    most_loss
        No grouping scores less than minus this, in millionths.
    context
        Parts of the context in millionths.
    foci
        Every focus under which a group may stand.
    """

    policy: Policy
    ids: tuple[str, ...]
    class_members: tuple[tuple[int, ...], ...]
    class_of: Integers
    places: Integers
    several: Booleans
    capacities: tuple[str, ...]
    uses: Integers
    conflicts: Booleans
    countries: Integers
    languages: Booleans
    slots: Booleans
    lock_of: Integers
    must: Integers
    bonus: Integers
    most_loss: int
    context: Mapping[str, PairTable | NamedPairs]
    foci: tuple[FocusArrays, ...]

    @property
    def copies(self) -> int:
        """Rows of the arrays."""
        return len(self.class_of)

    @property
    def classes(self) -> int:
        """Kinds of participants that differ, and capacities."""
        return len(self.places)

    @property
    def seats(self) -> Integers:
        """How many participants each class holds, without capacities."""
        return self.places[: len(self.class_members)]

    @property
    def total_bonus(self) -> int:
        """Bonus of a grouping that places everybody who must be placed."""
        return int((self.must * self.places).sum())

    @property
    def least_complete(self) -> int:
        """Return what any grouping that places everybody who must be placed is worth at least.

        Bonus included. Who must be placed may cost the others more than all groups gain, and
        a grouping that leaves one of them out is worth less than this.
        """
        return self.total_bonus - self.most_loss

    def is_closed(self, number: int) -> bool:
        """Return whether a capacity that each group under a focus needs has no place at all."""
        used = self.uses[number][self.uses[number] >= 0]
        return bool((self.places[used] == 0).any())

    def toll(self, number: int, prices: Integers) -> int:
        """Return what a group under a focus pays for capacities, at prices by class."""
        used = self.uses[number][self.uses[number] >= 0]
        return int((prices - self.bonus)[used].sum())
