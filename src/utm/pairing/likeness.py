"""Likeness of context and hours in common of two participants, by the book.

The definition that verification relies on: one pair at a time, in exact fractions, the
office hours minute by minute. The search computes the same from arrays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from fractions import Fraction
from functools import reduce
from typing import TypeVar

from utm.domain.city import IncomeGroup
from utm.domain.time_zone_data import read_zone
from utm.pairing.group import UNIT
from utm.pairing.pair_parts import own_worths
from utm.pairing.participant import Participant
from utm.pairing.problem import Problem

__all__ = ["PairLikeness"]

_T = TypeVar("_T")

_Share = Callable[[Participant, Participant], Fraction]

_DAY = 24 * 60
_STEP = 6
_CERTAIN = 1_000
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
        zones = {p.timezone for p in problem.participants}
        offsets = {zone: self._offsets_of(zone) for zone in zones}
        minutes = {zone: self._office_minutes_at(offsets[zone]) for zone in zones}
        self._offsets = {p.id: offsets[p.timezone] for p in problem.participants}
        self._minutes = {p.id: minutes[p.timezone] for p in problem.participants}
        self._needs = {
            p.id: [(need.topic, round(need.weight_share * UNIT)) for need in p.needs]
            for p in problem.participants
        }
        ladder = [round(chance * _CERTAIN) for chance in self._policy.helpfulness]
        self._chances = {
            p.id: {offer.topic: ladder[offer.maturity - 1] for offer in p.offers}
            for p in problem.participants
        }
        likenesses: dict[str, _Share] = {
            "climate": lambda a, b: _climate(a.climate, b.climate),
            "population": lambda a, b: self._population(a.population, b.population),
            "coast": self._coast,
            "mountain": self._mountain,
            "river": lambda a, b: _same(a.on_river, b.on_river, bool),
            "income": lambda a, b: _income(a.income, b.income),
            "language": lambda a, b: Fraction(bool(self.common_languages((a.id, b.id)))),
            "office_hours": self._office_hours,
            "reciprocity": lambda a, b: min(self._help(a.id, b.id), self._help(b.id, a.id)),
        }
        costs: dict[str, _Share] = {
            "hours_apart": lambda a, b: Fraction(self.minutes_apart(a.id, b.id) or 0, 60),
            "repeat": lambda a, b: Fraction((a.id, b.id) in self._repeats),
        }
        self._likenesses = self._weighed(likenesses)
        self._costs = self._weighed(costs)
        self._own = own_worths(self._policy.pair_parts, problem.participants)
        self._known: dict[tuple[str, str], Mapping[str, int]] = {}

    def _offsets_of(self, timezone: str | None) -> tuple[int, ...] | None:
        if timezone is None:
            return None
        zone = read_zone(timezone)
        offsets: list[int] = []
        for day in self._policy.reference_days:
            noon = datetime(day.year, day.month, day.day, 12, tzinfo=zone)
            ahead = noon.utcoffset() or timedelta()
            offsets.append(int(ahead.total_seconds()) // 60)
        return tuple(offsets)

    def _office_minutes_at(self, offsets: tuple[int, ...] | None) -> tuple[int, ...] | None:
        """Return for each reference day the office minutes of the UTC day, as bits."""
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

    def _weighed(self, shares: Mapping[str, _Share]) -> list[tuple[str, int, _Share]]:
        """Return the parts that count, with their weights in millionths."""
        context = self._policy.context
        weighed = [(part, round(getattr(context, part) * UNIT), shares[part]) for part in shares]
        return [each for each in weighed if each[1] > 0]

    def _parts(self, left: str, right: str) -> Mapping[str, int]:
        a, b = self._people[left], self._people[right]
        found: dict[str, int] = {}
        for part, weight, share in self._likenesses:
            found[part] = _sixfold(share(a, b), weight)
        for part, weight, share in self._costs:
            found[part] = -_sixfold(share(a, b), weight)
        for part, worths in self._own.items():
            found[part] = worths.get((left, right), 0)
        return found

    def _coast(self, a: Participant, b: Participant) -> Fraction:
        near = self._policy.context.coast_within_km
        return _same(a.coast_km, b.coast_km, lambda km: km <= near)

    def _mountain(self, a: Participant, b: Participant) -> Fraction:
        high = self._policy.context.mountain_from_m
        return _same(a.elevation_m, b.elevation_m, lambda metres: metres >= high)

    def _office_hours(self, a: Participant, b: Participant) -> Fraction:
        common = self.common_office_minutes((a.id, b.id))
        office_day = self._policy.office_closes_minute - self._policy.office_opens_minute
        return Fraction(common or 0, office_day)

    def _help(self, learner: str, helper: str) -> Fraction:
        """Return what one could learn from another alone, over all topics, from 0 to 1."""
        chance = self._chances[helper]
        helped = sum(weight * chance.get(topic, 0) for topic, weight in self._needs[learner])
        return Fraction(helped, UNIT * _CERTAIN)

    def _population(self, left: int | None, right: int | None) -> Fraction:
        if left is None or right is None:
            return Fraction(0)
        edges = self._policy.context.population_bands
        steps = sum(min(left, right) < edge <= max(left, right) for edge in edges)
        return max(Fraction(0), 1 - Fraction(steps, 2))


def _sixfold(share: Fraction, weight: int) -> int:
    """Return a share of a weight, rounded down to a multiple of six."""
    return share.numerator * weight // (share.denominator * _STEP) * _STEP


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
