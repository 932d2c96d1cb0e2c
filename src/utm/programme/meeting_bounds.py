"""Arrays over days: what is on offer, the spacing of meetings, and bounds on burdens."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import numpy.typing as npt
from attrs import frozen
from numpy.lib.stride_tricks import sliding_window_view

from utm.programme.meeting_rules import MeetingRules
from utm.programme.meeting_slots import Burdens, Offer, Slots

__all__ = ["NEVER", "BurdenBound", "Costs", "OfferTable", "table_of"]

Costs = npt.NDArray[np.int64]
"""Whole numbers, one a day, or one a row and day; `NEVER` where nothing is possible."""

NEVER = 1 << 40
"""More than any sum of costs."""

_SETS_OF_ALL_SIZES_UP_TO = 5


@frozen(kw_only=True, eq=False)
class OfferTable:
    """The slots of a group as arrays over all days from the first to the last on offer.

    Parameters
    ----------
    first_day
        The UTC day of column 0, in days since 1970.
    slots
        What the table was made from.
    offers
        What is on offer on some day, each once, sorted.
    is_offered
        Shape (offers, days).
    may_be
        Shape (meetings, days): whether the meeting of that ordinal may be on that day.
    rules
        Spacing of the meetings, and their number in the whole year.
    """

    first_day: int
    slots: Slots
    offers: tuple[Offer, ...]
    is_offered: npt.NDArray[np.bool_]
    may_be: npt.NDArray[np.bool_]
    rules: MeetingRules

    @property
    def number(self) -> int:
        """Number of meetings to choose."""
        return int(self.may_be.shape[0])

    @property
    def length(self) -> int:
        """Number of days."""
        return int(self.is_offered.shape[1])

    def cheapest_by_day(self, costs: npt.NDArray[np.int64]) -> Costs:
        """The smallest cost of what is on offer on each day, given one cost an offer."""
        cheapest: Costs = np.where(self.is_offered, costs[:, None], NEVER).min(axis=0)
        return cheapest

    def cheapest_before(self, by_day: Costs) -> Costs:
        """The smallest cost of the meetings before a given one, by its ordinal and day.

        Shape (meetings, days); row ``j`` holds the cost of ``j`` earlier meetings.
        """
        rows = [np.zeros(self.length, dtype=np.int64)]
        for ordinal in range(1, self.number):
            allowed = np.where(self.may_be[ordinal - 1], by_day, NEVER)
            until = np.minimum(rows[-1] + allowed, NEVER)
            rows.append(self._best_within_gap(until[::-1], even=False)[::-1])
        return np.stack(rows)

    def cheapest_after(self, following: Costs) -> Costs:
        """The most even continuation after a meeting, by its day.

        Parameters
        ----------
        following
            Unevenness of the rest of the year, by the day of the next meeting.

        Returns
        -------
        Costs
            The same including the gap to the next meeting, by the day of this one.
        """
        return self._best_within_gap(following, even=True)

    def unevenness_of_gaps(self, gaps: Costs) -> Costs:
        """What gaps in days add to `MeetingRules.unevenness`."""
        unevenness: Costs = (self.rules.number * gaps - self.rules.days) ** 2
        return unevenness

    def _best_within_gap(self, costs: Costs, *, even: bool) -> Costs:
        shortest = self.rules.minimum_spacing_days
        longest = min(self.rules.maximum_spacing_days, self.length)
        if shortest > longest:
            return np.full(self.length, NEVER, dtype=np.int64)
        padded = np.full(self.length + longest, NEVER, dtype=np.int64)
        padded[: self.length] = costs
        width = longest - shortest + 1
        windows = sliding_window_view(padded[shortest:], width)[: self.length]
        if even:
            windows = windows + self.unevenness_of_gaps(np.arange(shortest, longest + 1))
        best: Costs = np.minimum(windows.min(axis=1), NEVER)
        return best


def table_of(
    slots: Slots, rules: MeetingRules, *, number: int, begins_on: int | None = None
) -> OfferTable:
    """Lay slots out as arrays; there must be at least one.

    Parameters
    ----------
    slots
        What is on offer.
    rules
        Spacing of the meetings, and their number in the whole year.
    number
        How many of them are to be chosen.
    begins_on
        The only day on which the first of them may be, if it is fixed.
    """
    first_day, last_day = min(slots), max(slots)
    offers = tuple(sorted({offer for on_day in slots.values() for offer in on_day}))
    row_of = {offer: row for row, offer in enumerate(offers)}
    is_offered = np.zeros((len(offers), last_day - first_day + 1), dtype=np.bool_)
    for day, on_day in slots.items():
        for offer in on_day:
            is_offered[row_of[offer], day - first_day] = True
    may_be = np.ones((number, last_day - first_day + 1), dtype=np.bool_)
    if begins_on is not None:
        may_be[0] = np.arange(first_day, last_day + 1) == begins_on
    return OfferTable(
        first_day=first_day,
        slots=slots,
        offers=offers,
        is_offered=is_offered,
        may_be=may_be,
        rules=rules,
    )


@frozen(kw_only=True, eq=False)
class BurdenBound:
    """Lower bounds on the largest cumulative burden of any member in a plan.

    In any plan the burdens of a set of members add up to at least the cheapest sum for
    that set, so one of them bears at least that sum divided by their number. The sets
    are all of them for up to five members, otherwise singles, pairs and everybody.

    Parameters
    ----------
    members
        Shape (sets, members), 1 for those in the set.
    before
        Shape (sets, meetings, days): the cheapest sum of a set over all meetings
        before a given one.
    of_all_plans
        The bound for the whole year; `NEVER` or more when no plan exists.
    """

    members: npt.NDArray[np.int64]
    before: npt.NDArray[np.int64]
    of_all_plans: int

    @classmethod
    def over(cls, table: OfferTable, members: int) -> BurdenBound:
        """Compute the bounds for a table, one pass over its days a set and meeting.

        The first ``members`` burdens are those of members.
        """
        sets = _sets_of(members)
        burdens = np.array([burdens[:members] for _, burdens in table.offers], dtype=np.int64)
        sums = burdens @ sets.T
        by_day = [table.cheapest_by_day(costs) for costs in sums.T]
        before = np.stack([table.cheapest_before(costs) for costs in by_day])
        last = np.where(table.may_be[-1], np.stack(by_day), NEVER)
        whole = (before[:, -1, :] + last).min(axis=1)
        shares = -(-whole // sets.sum(axis=1))
        return cls(members=sets, before=before, of_all_plans=int(shares.max()))

    def of_plans_ending_in(self, burdens: Burdens, ordinal: int) -> Costs:
        """The bound for plans whose last meetings ask these burdens in sum.

        Parameters
        ----------
        burdens
            Sum over the meetings from ``ordinal``, counted from 0, to the last.
        ordinal
            The first of those meetings.

        Returns
        -------
        Costs
            By the day of that first meeting.
        """
        own = self.members @ np.array(burdens[: self.members.shape[1]], dtype=np.int64)
        sums = own[:, None] + self.before[:, ordinal, :]
        shares = -(-sums // self.members.sum(axis=1)[:, None])
        bound: Costs = shares.max(axis=0)
        return bound


def _sets_of(count: int) -> npt.NDArray[np.int64]:
    sizes = range(1, count + 1) if count <= _SETS_OF_ALL_SIZES_UP_TO else (1, 2, count)
    chosen = [members for size in sizes for members in combinations(range(count), size)]
    sets = np.zeros((len(chosen), count), dtype=np.int64)
    for row, members in enumerate(chosen):
        sets[row, list(members)] = 1
    return sets
