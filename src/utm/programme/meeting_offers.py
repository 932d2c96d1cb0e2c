"""What each possible start asks of everybody, as arrays, and the slots worth a search."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
from attrs import evolve, frozen

from utm.programme.meeting_rules import MeetingRules
from utm.programme.meeting_slots import LocalClock, Offer, Slots, starts_of
from utm.programme.time_zones import MINUTES_A_DAY, Window

__all__ = ["Candidates", "candidates_of", "last_held"]

Minutes = npt.NDArray[np.int64]


@frozen(kw_only=True, eq=False)
class Candidates:
    """Every start that suits everybody, with its burdens.

    Parameters
    ----------
    starts
        Shape (starts,), ascending.
    burdens
        Shape (starts, attendees), in minutes.
    clocks
        The attendees.
    duration_minutes
        Length of a meeting.
    """

    starts: Minutes
    burdens: Minutes
    clocks: tuple[LocalClock, ...]
    duration_minutes: int

    def without(self, busy: Iterable[Window]) -> Candidates:
        """Those whose meetings do not overlap with some windows."""
        windows = list(busy)
        if not windows:
            return self
        keep = np.ones(len(self.starts), dtype=np.bool_)
        for begins, ends in windows:
            low = np.searchsorted(self.starts, begins - self.duration_minutes, side="right")
            high = np.searchsorted(self.starts, ends, side="left")
            keep[low:high] = False
        return self.only(keep.tolist())

    def on_days(self, days: Iterable[int]) -> Candidates:
        """Those that start on some UTC days, in days since 1970."""
        wanted = np.array(sorted(days), dtype=np.int64)
        return self.only(np.isin(self.starts // MINUTES_A_DAY, wanted).tolist())

    def only(self, kept: Iterable[bool]) -> Candidates:
        """Those that are kept, one truth a start."""
        keep = np.array(list(kept), dtype=np.bool_)
        return evolve(self, starts=self.starts[keep], burdens=self.burdens[keep])

    def slots(
        self,
        *,
        agreed: Iterable[int] | None = None,
        held: Sequence[int] = (),
        held_on: Sequence[int] = (),
    ) -> Slots:
        """The starts worth considering on each UTC day.

        Of two starts on one day that ask the same the earlier is kept; a start that asks
        more of somebody and less of nobody than another of that day is dropped. Neither
        can be part of a best plan, since spacing looks at the day alone.

        Parameters
        ----------
        agreed
            Starts that were agreed before; every other one counts as a change. ``None``
            when nothing was agreed, so that nothing is a change.
        held
            Starts of meetings that were held. On the day of the last of them nothing is
            on offer but what they ask together, and before it nothing at all.
        held_on
            UTC days, since 1970, of meetings that were held at hours that are not known;
            of them no burden is known.
        """
        changed = np.zeros(len(self.starts), dtype=np.int64)
        if agreed is not None:
            changed = (~np.isin(self.starts, np.array(sorted(agreed), dtype=np.int64))).astype(
                np.int64
            )
        days = self.starts // MINUTES_A_DAY
        is_free = (self.burdens.sum(axis=1) + changed) == 0
        bounds = np.flatnonzero(np.diff(days)) + 1
        slots: Slots = {}
        for first, last in zip([0, *bounds], [*bounds, len(days)], strict=True):
            if first < last:
                slots[int(days[first])] = self._of_day(int(first), int(last), is_free, changed)
        return self._with_held(slots, held, held_on) if held or held_on else slots

    def _of_day(
        self, first: int, last: int, is_free: npt.NDArray[np.bool_], changed: Minutes
    ) -> dict[Offer, int]:
        free = np.flatnonzero(is_free[first:last])
        if len(free):
            at = first + int(free[0])
            return {(0, (0,) * self.burdens.shape[1]): int(self.starts[at])}
        offers: dict[Offer, int] = {}
        rows = zip(changed[first:last].tolist(), self.burdens[first:last].tolist(), strict=True)
        for at, (change, burdens) in enumerate(rows, start=first):
            offers.setdefault((change, tuple(burdens)), int(self.starts[at]))
        return _without_dominated(offers)

    def _with_held(self, slots: Slots, held: Sequence[int], held_on: Sequence[int]) -> Slots:
        last_day, anchor = last_held(held, held_on)
        asked = tuple(
            sum(clock.burden_minutes(start, start + self.duration_minutes) for start in held)
            for clock in self.clocks
        )
        after = {day: offers for day, offers in slots.items() if day > last_day}
        return {last_day: {(0, asked): anchor}, **after}


def last_held(held: Sequence[int], held_on: Sequence[int]) -> tuple[int, int]:
    """UTC day of the last meeting that was held, and an instant on it: its start if known."""
    last_day = max([*(start // MINUTES_A_DAY for start in held), *held_on])
    on_it = [start for start in held if start // MINUTES_A_DAY == last_day]
    return last_day, max(on_it, default=last_day * MINUTES_A_DAY)


def candidates_of(clocks: Sequence[LocalClock], rules: MeetingRules) -> Candidates:
    """Look every start up on every clock."""
    starts = np.array(starts_of(clocks, rules), dtype=np.int64)
    columns = [_burdens_on(clock, starts, rules.duration_minutes) for clock in clocks]
    burdens = np.stack(columns, axis=1) if columns else np.zeros((len(starts), 0), dtype=np.int64)
    return Candidates(
        starts=starts,
        burdens=burdens,
        clocks=tuple(clocks),
        duration_minutes=rules.duration_minutes,
    )


def _burdens_on(clock: LocalClock, starts: Minutes, duration_minutes: int) -> Minutes:
    ends = starts + duration_minutes
    opens = np.array([spell[0] for spell in clock.spells], dtype=np.int64)
    offsets = np.array([spell[2] for spell in clock.spells], dtype=np.int64)
    at = np.searchsorted(opens, starts, side="right") - 1
    first = starts + offsets[at]
    from_minute = first % MINUTES_A_DAY
    hours = clock.attendee.hours
    burdens: Minutes = np.maximum(0, hours.preferred_from - from_minute) + np.maximum(
        0, from_minute + duration_minutes - hours.preferred_to
    )
    # During a clock change the readings do not rise evenly, so each is looked up.
    for index in np.flatnonzero(at != np.searchsorted(opens, ends - 1, side="right") - 1):
        burdens[index] = clock.burden_minutes(int(starts[index]), int(ends[index]))
    return burdens


def _without_dominated(offers: dict[Offer, int]) -> dict[Offer, int]:
    kept: dict[Offer, int] = {}
    for offer in sorted(offers, key=lambda each: (each[0], sum(each[1]), each[1])):
        change, burdens = offer
        if not any(
            before <= change and all(map(int.__le__, other, burdens)) for before, other in kept
        ):
            kept[offer] = offers[offer]
    return kept
