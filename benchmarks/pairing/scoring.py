"""What a group is worth, written a third time, for searches that ask a million times.

Written from the formulas in docs/explanation/pairing.md and from nothing else: it shares no
code with the search of the library, nor with the definition by which results are verified.
Tests compare all three. All numbers are whole.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from fractions import Fraction
from itertools import combinations
from zoneinfo import ZoneInfo

from utm.pairing import ExchangeRule, FocusKind, LanguageRule, Participant, Problem

MILLION = 1_000_000
THOUSAND = 1_000
MOST_REMEMBERED = 400_000
INCOMES = ("low", "lower middle", "upper middle", "high")
Members = tuple[int, ...]
Scored = tuple[int, int]  # worth in millionths, number of the focus


class Scorer:
    """Worth and rules of groups, by the numbers of their members in the order of ids."""

    def __init__(self, problem: Problem) -> None:
        self.policy = policy = problem.policy
        self.people = sorted(problem.participants, key=lambda one: one.id)
        self.ids = [one.id for one in self.people]
        self.number = {name: index for index, name in enumerate(self.ids)}
        count = len(self.ids)
        self.foci = _foci(self.people, single=policy.focus is FocusKind.TOPIC)
        self.themes = [theme for theme, _ in self.foci]
        self._read_exchange()
        self.priority = [0] * count
        for first in policy.priorities:
            self.priority[self.number[first.participant]] = round(first.worth * MILLION)
        self.country = [one.country for one in self.people]
        codes = sorted({code for one in self.people for code in one.languages or ()})
        bit = {code: 1 << index for index, code in enumerate(codes)}
        self.spoken = [
            None if one.languages is None else sum(bit[code] for code in one.languages)
            for one in self.people
        ]
        self.code_of_bit = {value: code for code, value in bit.items()}
        self.hours = [_office_minutes(one, policy) for one in self.people]
        self._read_named_rules(problem)
        self._context = _Context(self.people, problem, self.hours)
        self._ties: dict[tuple[int, int, int], bool] = {}
        self._known: dict[tuple[Members, int], int | None] = {}

    def _read_exchange(self) -> None:
        """Needs as lists of topic and weight, and by topic how often help fails, in thousandths."""
        ladder = [round(chance * THOUSAND) for chance in self.policy.helpfulness]
        self.needs: list[list[list[tuple[object, int]]]] = []
        self.fails: list[list[dict[object, int]]] = []
        for _, topics in self.foci:
            inside = set(topics)
            self.needs.append(
                [
                    [
                        (need.topic, round(need.weight_share * MILLION))
                        for need in one.needs
                        if need.topic in inside
                    ]
                    for one in self.people
                ]
            )
            self.fails.append(
                [
                    {
                        offer.topic: THOUSAND - ladder[offer.maturity - 1]
                        for offer in one.offers
                        if offer.topic in inside
                    }
                    for one in self.people
                ]
            )

        self._active = [
            frozenset(
                focus
                for focus in range(len(self.foci))
                if self.needs[focus][one] or self.fails[focus][one]
            )
            for one in range(len(self.people))
        ]

    def _read_named_rules(self, problem: Problem) -> None:
        policy, number = self.policy, self.number
        self.apart = {tuple(sorted(number[name] for name in e.members)) for e in policy.exclusions}
        self.conflicts: dict[int, list[tuple[frozenset[int], int]]] = {}
        for conflict in policy.conflicts:
            members = frozenset(number[name] for name in conflict.members)
            for member in members:
                self.conflicts.setdefault(member, []).append((members, conflict.most_together))
        self.locks: dict[int, frozenset[int]] = {}
        for lock in policy.locks:
            together = frozenset(number[name] for name in lock.members)
            self.locks |= dict.fromkeys(together, together)
        self.language_rule = (
            LanguageRule.ALL if policy.language_capacities else policy.common_language
        )
        self.repeats = {
            tuple(sorted(number[name] for name in pair)) for pair in problem.earlier_pairs
        }

    # worth

    def gains(self, members: Members, focus: int) -> list[int]:
        """What each member has, without its priority."""
        partners = len(members) - 1
        whole = THOUSAND**partners
        needs, fails = self.needs[focus], self.fails[focus]
        gained = []
        for me in members:
            learnt = 0
            for topic, weight in needs[me]:
                nobody = 1
                for other in members:
                    if other != me:
                        nobody *= fails[other].get(topic, THOUSAND)
                learnt += weight * (whole - nobody)
            gained.append(learnt // whole)
        for left, right in combinations(range(len(members)), 2):
            worth = self.pair_worth(members[left], members[right], focus) // partners
            gained[left] += worth
            gained[right] += worth
        return gained

    def pair_worth(self, left: int, right: int, focus: int) -> int:
        """What two are to each other by context and shared needs, to each of them."""
        worth = self._context.worth(left, right)
        weight = round(self.policy.shared_challenge * MILLION)
        if weight:
            both = self._overlap(left, right, focus)
            worth += weight * both // (6 * MILLION) * 6
        return worth

    def _overlap(self, left: int, right: int, focus: int) -> int:
        theirs = dict(self.needs[focus][right])
        return sum(min(w, theirs.get(topic, 0)) for topic, w in self.needs[focus][left])

    def worth(self, members: Members, focus: int) -> int | None:
        """The worth of a group under a focus, or ``None`` where a rule forbids it."""
        key = (members, focus)
        if key not in self._known:
            if len(self._known) > MOST_REMEMBERED:
                self._known.clear()
            self._known[key] = self._worth(members, focus)
        return self._known[key]

    def _worth(self, members: Members, focus: int) -> int | None:
        if not (self._may_meet(members) and self._is_connected(members, focus)):
            return None
        if not self._has_stakes(members, focus):
            return None
        gains = self.gains(members, focus)
        least = self.policy.least_benefit
        if least is not None and min(gains) < round(least * MILLION):
            return None
        return sum(gains) + sum(self.priority[member] for member in members)

    def best(self, members: Iterable[int]) -> Scored | None:
        """The best worth of a group over all foci, and that focus; ``None`` where there is none."""
        ordered = tuple(sorted(members))
        found = None
        for focus in self.shared_foci(ordered):
            worth = self.worth(ordered, focus)
            if worth is not None and (found is None or worth > found[0]):
                found = (worth, focus)
        return found

    def shared_foci(self, members: Members) -> Iterable[int]:
        """Foci under which all have a need or an offer, or all foci where no tie is asked for."""
        if self.policy.exchange is ExchangeRule.NOT_ASKED:
            return range(len(self.foci))
        common = self._active[members[0]]
        for member in members[1:]:
            common = common & self._active[member]
        return sorted(common)

    # rules

    def _may_meet(self, members: Members) -> bool:
        policy = self.policy
        if not policy.smallest_group <= len(members) <= policy.largest_group:
            return False
        countries = Counter(self.country[member] for member in members)
        if len(countries) < policy.fewest_countries:
            return False
        if policy.most_of_one_country is not None and (
            max(countries.values()) > policy.most_of_one_country
        ):
            return False
        return self._named_rules_hold(members) and self._can_talk(members)

    def _named_rules_hold(self, members: Members) -> bool:
        inside = set(members)
        for member in members:
            for others, most in self.conflicts.get(member, ()):
                if len(others & inside) > most:
                    return False
            if not self.locks.get(member, inside) <= inside:
                return False
        return not (self.apart and any(pair in self.apart for pair in combinations(members, 2)))

    def _can_talk(self, members: Members) -> bool:
        policy = self.policy
        if self.language_rule is not LanguageRule.NOT_ASKED:
            by_pair = self.language_rule is LanguageRule.PAIRWISE
            for some in combinations(members, 2) if by_pair else (members,):
                known = [self.spoken[one] for one in some if self.spoken[one] is not None]
                if len(known) < len(some) and not policy.admits_unknown:
                    return False
                if len(known) > 1 and not _all_bits(known):
                    return False
        least = policy.fewest_common_office_minutes
        if least:
            known = [self.hours[one] for one in members if self.hours[one] is not None]
            if len(known) < len(members) and not policy.admits_unknown:
                return False
            days = zip(*known, strict=True)
            if known and min(_all_bits(day).bit_count() for day in days) < least:
                return False
        return True

    def tied(self, left: int, right: int, focus: int) -> bool:
        """Whether one helps the other, or, where the policy says so, both need the same."""
        key = (left, right, focus) if left < right else (right, left, focus)
        if key not in self._ties:
            if len(self._ties) > MOST_REMEMBERED:
                self._ties.clear()
            self._ties[key] = self._tied(left, right, focus)
        return self._ties[key]

    def _tied(self, left: int, right: int, focus: int) -> bool:
        if (
            self.policy.exchange is ExchangeRule.HELP_OR_SHARED_NEED
            and self._overlap(left, right, focus) > 0
        ):
            return True
        needs, fails = self.needs[focus], self.fails[focus]
        return any(
            weight and fails[helper].get(topic, THOUSAND) < THOUSAND
            for helped, helper in ((left, right), (right, left))
            for topic, weight in needs[helped]
        )

    def _is_connected(self, members: Members, focus: int) -> bool:
        if self.policy.exchange is ExchangeRule.NOT_ASKED:
            return True
        reached, waiting = [members[0]], list(members[1:])
        for one in reached:
            near = [other for other in waiting if self.tied(one, other, focus)]
            reached += near
            waiting = [other for other in waiting if other not in near]
        return not waiting

    def _has_stakes(self, members: Members, focus: int) -> bool:
        least = round(self.policy.least_stake_share * MILLION)
        if not least:
            return True
        for member in members:
            weights = [weight for _, weight in self.needs[focus][member]]
            if sum(weights) + sum(weight > 0 for weight in weights) < least:
                return False
        return True

    # limits on all groups together

    def languages_of(self, members: Members) -> tuple[str, ...] | None:
        """The limited languages among which a group must choose; ``None`` for a free one."""
        limited = {capacity.language for capacity in self.policy.language_capacities}
        known = [self.spoken[one] for one in members if self.spoken[one] is not None]
        if not limited or not known:
            return None
        bits = _all_bits(known)
        common = [code for value, code in self.code_of_bit.items() if value & bits]
        return None if set(common) - limited else tuple(sorted(common))


def _all_bits(masks: Sequence[int]) -> int:
    common = masks[0]
    for mask in masks[1:]:
        common &= mask
    return common


def _foci(people: Sequence[Participant], *, single: bool) -> list[tuple[object, list[object]]]:
    topics = sorted({given.topic for one in people for given in (*one.needs, *one.offers)})
    if single:
        return [(topic.theme, [topic]) for topic in topics]
    themes = sorted({topic.theme for topic in topics})
    return [(theme, [topic for topic in topics if topic.theme == theme]) for theme in themes]


def _offsets(one: Participant, days: Sequence[object]) -> tuple[int, ...] | None:
    if one.timezone is None:
        return None
    zone = ZoneInfo(one.timezone)
    noons = [datetime(day.year, day.month, day.day, 12, tzinfo=zone) for day in days]
    return tuple(int(noon.utcoffset().total_seconds()) // 60 for noon in noons)


def _office_minutes(one: Participant, policy: object) -> tuple[int, ...] | None:
    """For each reference day the minutes of the UTC day in office, as bits."""
    offsets = _offsets(one, policy.reference_days)
    if offsets is None:
        return None
    key = (offsets, policy.office_opens_minute, policy.office_closes_minute)
    if key not in _MINUTES:
        _MINUTES[key] = tuple(
            sum(
                1 << ((minute - offset) % 1440)
                for minute in range(policy.office_opens_minute, policy.office_closes_minute)
            )
            for offset in offsets
        )
    return _MINUTES[key]


_MINUTES: dict[object, tuple[int, ...]] = {}


class _Context:
    """Worth of two to each other by where they are: looked up by kinds of nature and place."""

    def __init__(
        self, people: Sequence[Participant], problem: Problem, hours: Sequence[tuple | None]
    ) -> None:
        self._weights = weights = problem.policy.context
        policy = problem.policy
        self._office_day = policy.office_closes_minute - policy.office_opens_minute
        number = {name: index for index, name in enumerate(sorted(one.id for one in people))}
        self._repeats = {
            tuple(sorted(number[name] for name in pair)) for pair in problem.earlier_pairs
        }
        self._repeat_cost = 6 * (round(weights.repeat * MILLION) // 6)
        natures = [_nature(one, weights) for one in people]
        places = [
            (one.languages, _offsets(one, policy.reference_days), minutes)
            for one, minutes in zip(people, hours, strict=True)
        ]
        self._nature, self._by_nature = _table(natures, self._nature_worth)
        self._place, self._by_place = _table(places, self._place_worth)
        ladder = [round(chance * THOUSAND) for chance in policy.helpfulness]
        self._needs = [
            [(need.topic, round(need.weight_share * MILLION)) for need in one.needs]
            for one in people
        ]
        self._helps = [
            {offer.topic: ladder[offer.maturity - 1] for offer in one.offers} for one in people
        ]

    def worth(self, left: int, right: int) -> int:
        worth = (
            self._by_nature[self._nature[left]][self._nature[right]]
            + self._by_place[self._place[left]][self._place[right]]
        )
        if self._repeats and ((left, right) if left < right else (right, left)) in self._repeats:
            worth -= self._repeat_cost
        if self._weights.reciprocity:
            help_ = min(self._help(left, right), self._help(right, left))
            worth += self._part(self._weights.reciprocity, Fraction(help_, MILLION * THOUSAND))
        return worth

    def _help(self, learner: int, helper: int) -> int:
        """What one could learn from another alone, over all topics, in billionths."""
        chances = self._helps[helper]
        return sum(weight * chances.get(topic, 0) for topic, weight in self._needs[learner])

    def _nature_worth(self, left: tuple, right: tuple) -> int:
        weights, worth = self._weights, 0
        climates = left[0], right[0]
        if None not in climates and climates[0][0] == climates[1][0]:
            worth += self._part(weights.climate, Fraction(1 if climates[0] == climates[1] else 0.5))
        if left[1] is not None and right[1] is not None:
            steps = abs(left[1] - right[1])
            worth += self._part(weights.population, max(Fraction(0), 1 - Fraction(steps, 2)))
        for trait, weight in ((2, weights.coast), (3, weights.mountain), (4, weights.river)):
            if left[trait] is not None and left[trait] == right[trait]:
                worth += self._part(weight, Fraction(1))
        if left[5] is not None and right[5] is not None:
            worth += self._part(weights.income, 1 - Fraction(abs(left[5] - right[5]), 3))
        return worth

    def _place_worth(self, left: tuple, right: tuple) -> int:
        weights, worth = self._weights, 0
        if left[0] is not None and right[0] is not None and set(left[0]) & set(right[0]):
            worth += self._part(weights.language, Fraction(1))
        if left[1] is not None and right[1] is not None:
            minutes = min((a & b).bit_count() for a, b in zip(left[2], right[2], strict=True))
            worth += self._part(weights.office_hours, Fraction(minutes, self._office_day))
            turns = [abs(a - b) % 1440 for a, b in zip(left[1], right[1], strict=True)]
            apart = max(min(turn, 1440 - turn) for turn in turns)
            worth -= self._part(weights.hours_apart, Fraction(apart, 60))
        return worth

    @staticmethod
    def _part(weight: float, amount: Fraction) -> int:
        """A weight times an amount, down to a multiple of six millionths."""
        return int(amount * round(weight * MILLION) // 6) * 6


def _nature(one: Participant, weights: object) -> tuple:
    """What the context looks at, and nothing that has no weight."""
    bands = weights.population_bands
    return (
        one.climate if weights.climate else None,
        bisect_right(bands, one.population)
        if weights.population and one.population is not None
        else None,
        one.coast_km <= weights.coast_within_km
        if weights.coast and one.coast_km is not None
        else None,
        one.elevation_m >= weights.mountain_from_m
        if weights.mountain and one.elevation_m is not None
        else None,
        one.on_river if weights.river else None,
        INCOMES.index(one.income.value) if weights.income and one.income is not None else None,
    )


def _table(keys: Sequence[tuple], worth: object) -> tuple[list[int], list[list[int]]]:
    """Kinds of participants as numbers, and the worth of each two kinds."""
    kinds = {key: index for index, key in enumerate(dict.fromkeys(keys))}
    table = [[worth(left, right) for right in kinds] for left in kinds]
    return [kinds[key] for key in keys], table
