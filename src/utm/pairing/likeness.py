"""Likeness of context and hours in common of two participants, by the book.

The definition that verification relies on: one pair at a time, in exact fractions, the
office hours minute by minute. The search computes the same from arrays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from fractions import Fraction
from functools import reduce
from math import floor
from typing import TypeVar

from utm.domain.city import IncomeGroup
from utm.domain.time_zone_data import read_zone
from utm.pairing.group import UNIT
from utm.pairing.pair_parts import own_worths
from utm.pairing.participant import Participant
from utm.pairing.problem import Problem

__all__ = ["PairLikeness"]

_T = TypeVar("_T")

_DAY = 24 * 60
_INCOME_LADDER = (
    IncomeGroup.LOW,
    IncomeGroup.LOWER_MIDDLE,
    IncomeGroup.UPPER_MIDDLE,
    IncomeGroup.HIGH,
)


class PairLikeness:
    """Parts of the context of any two participants of a problem.

    Parameters
    ----------
    problem
        The problem.
    """

    def __init__(self, problem: Problem) -> None:
        self._policy = problem.policy
        self._people = {p.id: p for p in problem.participants}
        self._repeats = frozenset(problem.earlier_pairs)
        self._offsets = {p.id: self._offsets_of(p) for p in problem.participants}
        self._minutes = {p.id: self._office_minutes_of(p) for p in problem.participants}
        self._own = own_worths(self._policy.pair_parts, problem.participants)
        self._known: dict[tuple[str, str], Mapping[str, int]] = {}

    def _offsets_of(self, participant: Participant) -> tuple[int, ...] | None:
        if participant.timezone is None:
            return None
        zone = read_zone(participant.timezone)
        offsets: list[int] = []
        for day in self._policy.reference_days:
            noon = datetime(day.year, day.month, day.day, 12, tzinfo=zone)
            ahead = noon.utcoffset() or timedelta()
            offsets.append(int(ahead.total_seconds()) // 60)
        return tuple(offsets)

    def _office_minutes_of(self, participant: Participant) -> tuple[int, ...] | None:
        """Return for each reference day the office minutes of the UTC day, as bits."""
        offsets = self._offsets_of(participant)
        if offsets is None:
            return None
        opens, closes = self._policy.office_opens_minute, self._policy.office_closes_minute
        return tuple(
            sum(1 << minute for minute in range(_DAY) if opens <= (minute + ahead) % _DAY < closes)
            for ahead in offsets
        )

    def office_minutes(self, member: str) -> tuple[int, ...] | None:
        """Return the office minutes of each reference day as bits; ``None`` where unknown."""
        return self._minutes[member]

    def common_office_minutes(self, members: Iterable[str]) -> int | None:
        """Return the office minutes in common on the worst day; ``None`` where one is unknown."""
        days = [self._minutes[member] for member in members]
        known = [day for day in days if day is not None]
        if len(known) < len(days):
            return None
        together = (reduce(int.__and__, masks) for masks in zip(*known, strict=True))
        return min(int(minutes).bit_count() for minutes in together)

    def common_languages(self, members: Iterable[str]) -> tuple[str, ...] | None:
        """Return the languages that all speak; ``None`` where those of one are unknown."""
        spoken = [self._people[member].languages for member in members]
        known = [set(languages) for languages in spoken if languages is not None]
        if len(known) < len(spoken):
            return None
        return tuple(sorted(language for language in known[0] if all(language in k for k in known)))

    def minutes_apart(self, left: str, right: str) -> int | None:
        """Return how far two clocks differ on the worst day; ``None`` where one is unknown."""
        mine, theirs = self._offsets[left], self._offsets[right]
        if mine is None or theirs is None:
            return None
        apart = [abs(i - j) % _DAY for i, j in zip(mine, theirs, strict=True)]
        return max(min(minutes, _DAY - minutes) for minutes in apart)

    def parts(self, left: str, right: str) -> Mapping[str, int]:
        """Return what each part is worth to each of two, in millionths, multiples of six."""
        key = (min(left, right), max(left, right))
        if key not in self._known:
            self._known[key] = self._parts(*key)
        return self._known[key]

    def _parts(self, left: str, right: str) -> Mapping[str, int]:
        weights = self._policy.context
        found: dict[str, int] = {}
        for part, likeness in self._likeness(left, right).items():
            weight = round(getattr(weights, part) * UNIT)
            if weight > 0:
                found[part] = 6 * floor(likeness * weight / 6)
        for part, cost in self._costs(left, right).items():
            weight = round(getattr(weights, part) * UNIT)
            if weight > 0:
                found[part] = -6 * floor(cost * weight / 6)
        for part, worths in self._own.items():
            found[part] = worths.get((left, right), 0)
        return found

    def _costs(self, left: str, right: str) -> Mapping[str, Fraction]:
        apart = self.minutes_apart(left, right)
        return {
            "hours_apart": Fraction(apart or 0, 60),
            "repeat": Fraction(int((left, right) in self._repeats)),
        }

    def _likeness(self, left: str, right: str) -> Mapping[str, Fraction]:
        a, b = self._people[left], self._people[right]
        weights = self._policy.context
        near, high = weights.coast_within_km, weights.mountain_from_m
        common = self.common_office_minutes((left, right))
        office_day = self._policy.office_closes_minute - self._policy.office_opens_minute
        return {
            "climate": _climate(a.climate, b.climate),
            "population": self._population(a.population, b.population),
            "coast": _same(a.coast_km, b.coast_km, lambda km: km <= near),
            "mountain": _same(a.elevation_m, b.elevation_m, lambda metres: metres >= high),
            "river": _same(a.on_river, b.on_river, bool),
            "income": _income(a.income, b.income),
            "language": Fraction(bool(self.common_languages((left, right)))),
            "office_hours": Fraction(common or 0, office_day),
            "reciprocity": min(self._help(a, b), self._help(b, a)),
        }

    def _help(self, learner: Participant, helper: Participant) -> Fraction:
        """Return what one could learn from another alone, over all topics, from 0 to 1."""
        ladder = self._policy.helpfulness
        chance = {o.topic: round(ladder[o.maturity - 1] * 1_000) for o in helper.offers}
        return sum(
            (
                Fraction(round(need.weight_share * UNIT) * chance.get(need.topic, 0), UNIT * 1_000)
                for need in learner.needs
            ),
            Fraction(0),
        )

    def _population(self, left: int | None, right: int | None) -> Fraction:
        if left is None or right is None:
            return Fraction(0)
        edges = self._policy.context.population_bands
        steps = sum(min(left, right) < edge <= max(left, right) for edge in edges)
        return max(Fraction(0), 1 - Fraction(steps, 2))


def _climate(left: str | None, right: str | None) -> Fraction:
    if left is None or right is None or left[0] != right[0]:
        return Fraction(0)
    return Fraction(1) if left == right else Fraction(1, 2)


def _income(left: IncomeGroup | None, right: IncomeGroup | None) -> Fraction:
    if left is None or right is None:
        return Fraction(0)
    return 1 - Fraction(abs(_INCOME_LADDER.index(left) - _INCOME_LADDER.index(right)), 3)


def _same(left: _T | None, right: _T | None, holds: Callable[[_T], bool]) -> Fraction:
    if left is None or right is None:
        return Fraction(0)
    return Fraction(holds(left) == holds(right))
