"""The best meetings of one group: an exact search over days and cumulative burdens.

The score of `MeetingScore` is minimised in stages.

1. A table over days gives the fewest meetings that must be on other dates than agreed;
   none when nothing was agreed before.
2. Suffixes of the year are built from the last meeting back to the first. All suffixes
   with equal cumulative burdens share a *label*; of them only the most even spacing is
   kept for each first day. A label is dropped on a day when another asks no more of
   anybody, or when a lower bound shows that with it somebody's burden would exceed that of
   a plan already found; that plan comes from a first glance with few labels.
3. Among the labels of whole years the smallest largest burden wins, then the smallest
   second largest, and so on; then what is asked of a facilitator, then the most even
   spacing.
4. The plan is read off forwards, at each meeting the earliest start that keeps the score.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
from attrs import frozen

from utm.programme.meeting_bounds import NEVER, BurdenBound, Costs, OfferTable, table_of
from utm.programme.meeting_rules import MeetingRules
from utm.programme.meeting_slots import Burdens, Offer, Slots

__all__ = ["Found", "search_meetings"]

_GLANCE = 30
"""Labels kept for each meeting while looking for a first plan."""

_SCORE_TERMS = 3
"""Terms of a label's size that belong to the score: changes, burdens, those of guides."""

_Days = npt.NDArray[np.bool_]

_Label = tuple[int, Burdens]
"""Meetings on other dates than agreed, and the cumulative burden of each attendee."""

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
    fewest_changes, least_largest
        No plan has fewer changes; none with as few has a smaller largest burden of a
        member. The second is exact only if the plan is proven best.
    """

    starts: tuple[int, ...]
    is_proven_best: bool
    fewest_changes: int
    least_largest: int


def search_meetings(
    slots: Slots,
    rules: MeetingRules,
    *,
    guides: int = 0,
    number: int | None = None,
    begins_on: int | None = None,
    most_labels: int = 2_000,
) -> Found | None:
    """Find the meetings with the smallest score, of equal ones the earliest.

    Parameters
    ----------
    slots
        What is on offer, see `Candidates.slots`.
    rules
        Number and spacing of the meetings.
    guides
        How many of the burdens, the last ones, are those of facilitators: they count
        after those of the members.
    number
        How many of the meetings of the rules are to be chosen; ``None`` for all.
    begins_on
        The only day, since 1970, on which the first of them may be, if it is fixed: that
        of the last meeting that was held.
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
    table = table_of(slots, rules, number=number or rules.number, begins_on=begins_on)
    changes_by_day = table.cheapest_by_day(np.array([changed for changed, _ in table.offers]))
    changes_before = table.cheapest_before(changes_by_day)
    on_last = np.where(table.may_be[-1], changes_by_day, NEVER)
    fewest_changes = int((changes_before[-1] + on_last).min())
    if fewest_changes >= NEVER:
        return None
    members = len(table.offers[0][1]) - guides
    return _Search(
        table=table,
        members=members,
        bound=BurdenBound.over(table, members),
        changes_before=changes_before,
        fewest_changes=fewest_changes,
        most_labels=most_labels,
    ).run()


@frozen(kw_only=True, eq=False)
class _Search:
    table: OfferTable
    members: int
    bound: BurdenBound
    changes_before: Costs
    fewest_changes: int
    most_labels: int

    def run(self) -> Found:
        """Glance for a cap, search under it, and read the best plan off."""
        glance, glance_is_exact = self._levels_under(NEVER, min(_GLANCE, self.most_labels))
        if glance_is_exact:
            return self._found(glance, is_exact=True)
        cap = self._largest(self._best_final(glance[0]))
        levels, is_exact = self._levels_under(cap, self.most_labels)
        if not levels[0] or self._size_of(self._best_final(levels[0])) > self._size_of(
            self._best_final(glance[0])
        ):
            levels = glance
        return self._found(levels, is_exact=is_exact)

    def _found(self, levels: list[_Level], *, is_exact: bool) -> Found:
        largest = self._largest(self._best_final(levels[0]))
        return Found(
            starts=self._read_off(levels),
            is_proven_best=is_exact,
            fewest_changes=self.fewest_changes,
            least_largest=largest if is_exact else self.bound.of_all_plans,
        )

    def _levels_under(self, cap: int, most_labels: int) -> tuple[list[_Level], bool]:
        """Build the labels under a cap, by ordinal from 0.

        Tells with them whether nothing had to be dropped for want of room.
        """
        nobody = (0,) * len(self.table.offers[0][1])
        followers: _Level = {(0, nobody): np.zeros(self.table.length, dtype=np.int64)}
        levels: list[_Level] = []
        is_exact = True
        for ordinal in reversed(range(self.table.number)):
            level, bounds = self._bounded(self._extended(followers, cap), ordinal, cap)
            level = _undominated(level)
            if len(level) > most_labels:
                kept = sorted(level, key=lambda label: (bounds[label], self._size_of(label)))
                level, is_exact = {label: level[label] for label in kept[:most_labels]}, False
            levels.insert(0, level)
            followers = {label: self.table.cheapest_after(level[label]) for label in level}
        return levels, is_exact

    def _extended(self, followers: _Level, cap: int) -> _Level:
        """Put one more meeting before each suffix."""
        level: _Level = {}
        for (changes, burdens), costs in followers.items():
            for (changed, asked), offered in zip(
                self.table.offers, self.table.is_offered, strict=True
            ):
                label = (changes + changed, _sum(burdens, asked))
                if label[0] > self.fewest_changes or self._largest(label) > cap:
                    continue
                extended = np.where(offered, costs, NEVER)
                known = level.get(label)
                level[label] = extended if known is None else np.minimum(known, extended)
        return level

    def _bounded(self, level: _Level, ordinal: int, cap: int) -> tuple[_Level, dict[_Label, int]]:
        """Drop labels on the days on which no beginning of the year goes with them.

        Gives with each label that is left its smallest bound on the largest burden.
        """
        kept: _Level = {}
        smallest: dict[_Label, int] = {}
        for label, costs in level.items():
            few_changes = label[0] + self.changes_before[ordinal] <= self.fewest_changes
            bounds = self.bound.of_plans_ending_in(label[1], ordinal)
            may_be = self.table.may_be[ordinal]
            possible = (costs < NEVER) & few_changes & (bounds <= cap) & may_be
            if possible.any():
                kept[label] = np.where(possible, costs, NEVER)
                smallest[label] = int(bounds[possible].min())
        return kept, smallest

    def _read_off(self, levels: list[_Level]) -> tuple[int, ...]:
        """The earliest plan among those with the best score."""
        score = self._size_of(self._best_final(levels[0]))[:_SCORE_TERMS]
        finals = {
            label: costs
            for label, costs in levels[0].items()
            if self._size_of(label)[:_SCORE_TERMS] == score
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
            on_offer: dict[Offer, int] = self.table.slots[self.table.first_day + column]
            for (changed, asked), start in on_offer.items():
                after = (label[0] - changed, _difference(label[1], asked))
                if self._goes_on(column, after, rest, due):
                    successors.setdefault(start, []).append(after)
        start = min(successors)
        return start, successors[start]

    def _largest(self, label: _Label) -> int:
        return max(label[1][: self.members])

    def _size_of(self, label: _Label) -> tuple[int, Burdens, int, Burdens]:
        changes, burdens = label
        ranked = tuple(sorted(burdens[: self.members], reverse=True))
        return changes, ranked, sum(burdens[self.members :]), burdens

    def _best_final(self, finals: _Level) -> _Label:
        """The label of whole years with the smallest burdens."""
        return min(finals, key=self._size_of)

    def _goes_on(self, column: int, after: _Label, rest: _Level | None, due: int) -> bool:
        if rest is None:
            return after[0] == 0 and not any(after[1])
        return after in rest and bool(self._due_after(column, rest[after], due).any())

    def _due_after(self, column: int, costs: Costs, due: int) -> _Days:
        """The days of the next meeting with which the unevenness due is reached exactly."""
        gaps = np.arange(self.table.length) - column
        rules = self.table.rules
        is_spaced = (gaps >= rules.minimum_spacing_days) & (gaps <= rules.maximum_spacing_days)
        is_due: _Days = is_spaced & (costs + self.table.unevenness_of_gaps(gaps) == due)
        return is_due


def _earliest(reach: dict[_Label, _Days]) -> tuple[int, list[_Label]]:
    """The first day that some label reaches, and the labels that reach it."""
    column = min(int(days.argmax()) for days in reach.values() if days.any())
    return column, [label for label, days in reach.items() if days[column]]


def _undominated(level: _Level) -> _Level:
    """Drop labels on the days on which another asks no more of anybody.

    The rest of the year can go with either, and the total would be larger with the one
    that asks more; so no best plan is lost.
    """
    labels = sorted(level, key=lambda label: (sum(label[1]), label))
    asks = np.array([(changes, *burdens) for changes, burdens in labels], dtype=np.int64)
    is_reached = np.array([level[label] < NEVER for label in labels])
    kept: _Level = {}
    for row, label in enumerate(labels):
        no_more = (asks[:row] <= asks[row]).all(axis=1)
        alone = is_reached[row] & ~is_reached[:row][no_more].any(axis=0)
        if alone.any():
            kept[label] = np.where(alone, level[label], NEVER)
    return kept


def _sum(left: Burdens, right: Burdens) -> Burdens:
    return tuple(map(int.__add__, left, right))


def _difference(left: Burdens, right: Burdens) -> Burdens:
    return tuple(map(int.__sub__, left, right))
