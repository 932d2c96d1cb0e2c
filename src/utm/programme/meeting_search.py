"""The best meetings of one group: an exact search over days and cumulative burdens.

The score of :class:`~utm.programme.MeetingScore` is minimised in stages.

1. A table over days gives the fewest meetings that must lie outside somebody's
   preferred hours.
2. Suffixes of the year are built from the last meeting back to the first. All suffixes
   with equal cumulative burdens share a *label*; of them only the most even spacing is
   kept for each first day. A label is dropped on a day as soon as a lower bound on the
   rest shows that somebody's burden would exceed a cap. The cap starts at the bound for
   the whole year and rises to the next possible value until a plan exists, so that the
   first plan found has the smallest largest burden.
3. Among the labels of whole years the smallest total, then the most even spacing wins.
4. The plan is read off forwards, at each meeting the earliest start that keeps the score.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
from attrs import frozen

from utm.programme.meeting_bounds import NEVER, BurdenBound, Costs, OfferTable, table_of
from utm.programme.meeting_rules import MeetingRules
from utm.programme.meeting_slots import Burdens, Slots

__all__ = ["Found", "search_meetings"]

_Days = npt.NDArray[np.bool_]

_Label = tuple[int, Burdens]
"""Meetings outside of preferred hours, and the cumulative burden of each member."""

_Level = dict[_Label, Costs]
"""For each label of the suffixes from one meeting on, the unevenness by day of that meeting."""


@frozen(kw_only=True)
class Found:
    """The best meetings.

    Parameters
    ----------
    starts
        Instants in minutes, in order.
    is_proven_best
        ``False`` when labels had to be dropped because there were too many.
    """

    starts: tuple[int, ...]
    is_proven_best: bool


def search_meetings(slots: Slots, rules: MeetingRules, *, most_labels: int = 5_000) -> Found | None:
    """Find the meetings with the smallest score, of equal ones the earliest.

    Parameters
    ----------
    slots
        What is on offer, from :func:`~utm.programme.meeting_slots.slots_of`.
    rules
        Number and spacing of the meetings.
    most_labels
        How many labels are kept at most for each meeting; with more of them the search
        goes on with the smallest, and its result is not proven.

    Returns
    -------
    Found or None
        ``None`` when the days on offer do not admit the number and spacing.

    Notes
    -----
    With ``d`` days, ``g`` possible gaps and ``v`` different burdens on offer a label takes
    ``O(d (g + v))`` time. Groups of two to four members have few labels, since what a
    later start saves one member it costs another.
    """
    if not slots:
        return None
    table = table_of(slots, rules)
    outside_by_day = table.cheapest_by_day(np.array([int(any(offer)) for offer in table.offers]))
    outside_before = table.cheapest_before(outside_by_day)
    fewest_outside = int((outside_before[-1] + outside_by_day).min())
    if fewest_outside >= NEVER:
        return None
    return _Search(
        table=table,
        bound=BurdenBound.over(table),
        outside_before=outside_before,
        fewest_outside=fewest_outside,
        most_labels=most_labels,
    ).run()


@frozen(kw_only=True, eq=False)
class _Search:
    table: OfferTable
    bound: BurdenBound
    outside_before: Costs
    fewest_outside: int
    most_labels: int

    def run(self) -> Found:
        """Raise the cap until a plan exists, then read it off."""
        cap = self.bound.of_all_plans
        while True:
            levels, next_cap, is_exact = self._levels_under(cap)
            if levels[0]:
                starts = self._read_off(levels)
                return Found(starts=starts, is_proven_best=is_exact)
            cap = next_cap if is_exact else max(next_cap, 2 * cap)

    def _levels_under(self, cap: int) -> tuple[list[_Level], int, bool]:
        """Build all labels under a cap.

        Returns the levels by ordinal from 0, the smallest bound above the cap among what
        was dropped, and whether nothing was dropped for want of room.
        """
        nobody = (0,) * len(self.table.offers[0])
        followers: _Level = {(0, nobody): np.zeros(self.table.length, dtype=np.int64)}
        levels: list[_Level] = []
        next_cap, is_exact = NEVER, True
        for ordinal in reversed(range(self.table.rules.number)):
            extended, above = self._extended(followers, cap)
            level, above_bound = self._bounded(extended, ordinal, cap)
            next_cap = min(next_cap, above, above_bound)
            if len(level) > self.most_labels:
                kept = sorted(level, key=_size_of)[: self.most_labels]
                level, is_exact = {label: level[label] for label in kept}, False
            levels.insert(0, level)
            followers = {label: self.table.cheapest_after(level[label]) for label in level}
        return levels, next_cap, is_exact

    def _extended(self, followers: _Level, cap: int) -> tuple[_Level, int]:
        """Put one more meeting before each suffix."""
        level: _Level = {}
        next_cap = NEVER
        for (outside, burdens), costs in followers.items():
            for offer, offered in zip(self.table.offers, self.table.is_offered, strict=True):
                label = (outside + any(offer), _sum(burdens, offer))
                if label[0] > self.fewest_outside:
                    continue
                if max(label[1]) > cap:
                    next_cap = min(next_cap, max(label[1]))
                    continue
                extended = np.where(offered, costs, NEVER)
                known = level.get(label)
                level[label] = extended if known is None else np.minimum(known, extended)
        return level, next_cap

    def _bounded(self, level: _Level, ordinal: int, cap: int) -> tuple[_Level, int]:
        """Drop labels on the days on which no beginning of the year goes with them."""
        kept: _Level = {}
        next_cap = NEVER
        for (outside, burdens), costs in level.items():
            few_outside = outside + self.outside_before[ordinal] <= self.fewest_outside
            possible = (costs < NEVER) & few_outside
            if not possible.any():
                continue
            bounds = self.bound.of_plans_ending_in(burdens, ordinal)
            low = possible & (bounds <= cap)
            high = bounds[possible & ~low]
            next_cap = min(next_cap, int(high.min()) if high.size else NEVER)
            if low.any():
                kept[outside, burdens] = np.where(low, costs, NEVER)
        return kept, next_cap

    def _read_off(self, levels: list[_Level]) -> tuple[int, ...]:
        """The earliest plan among those with the best score."""
        smallest_total = min(sum(burdens) for _, burdens in levels[0])
        finals = {
            label: costs for label, costs in levels[0].items() if sum(label[1]) == smallest_total
        }
        best = min(int(costs.min()) for costs in finals.values())
        reach = {label: costs == best for label, costs in finals.items()}
        starts: list[int] = []
        for ordinal, level in enumerate(levels):
            column, live = _earliest(reach)
            rest = levels[ordinal + 1] if ordinal + 1 < len(levels) else None
            start, successors = self._earliest_start(column, live, level, rest)
            starts.append(start)
            if rest is not None:
                due = int(level[live[0]][column])
                reach = {label: self._due_after(column, rest[label], due) for label in successors}
        return tuple(starts)

    def _earliest_start(
        self, column: int, live: Iterable[_Label], level: _Level, rest: _Level | None
    ) -> tuple[int, list[_Label]]:
        """The first start of a day that some live label allows, and what must follow it."""
        successors: dict[int, list[_Label]] = {}
        for label in live:
            due = int(level[label][column])
            for offer, start in self.table.slots[self.table.first_day + column].items():
                after = (label[0] - any(offer), _difference(label[1], offer))
                if self._goes_on(column, after, rest, due):
                    successors.setdefault(start, []).append(after)
        start = min(successors)
        return start, successors[start]

    def _goes_on(self, column: int, after: _Label, rest: _Level | None, due: int) -> bool:
        if rest is None:
            return after[0] == 0 and not any(after[1])
        return after in rest and bool(self._due_after(column, rest[after], due).any())

    def _due_after(self, column: int, costs: Costs, due: int) -> _Days:
        """The days of the next meeting with which the unevenness due is reached exactly."""
        gaps = np.arange(self.table.length) - column
        rules = self.table.rules
        is_spaced = (gaps >= rules.minimum_spacing_days) & (gaps <= rules.maximum_spacing_days)
        is_due: _Days = is_spaced & (costs + (rules.number * gaps - rules.days) ** 2 == due)
        return is_due


def _earliest(reach: dict[_Label, _Days]) -> tuple[int, list[_Label]]:
    """The first day that some label reaches, and the labels that reach it."""
    column = min(int(days.argmax()) for days in reach.values() if days.any())
    return column, [label for label, days in reach.items() if days[column]]


def _sum(left: Burdens, right: Burdens) -> Burdens:
    return tuple(map(int.__add__, left, right))


def _difference(left: Burdens, right: Burdens) -> Burdens:
    return tuple(map(int.__sub__, left, right))


def _size_of(label: _Label) -> tuple[int, int, int, Burdens]:
    outside, burdens = label
    return outside, max(burdens), sum(burdens), burdens
