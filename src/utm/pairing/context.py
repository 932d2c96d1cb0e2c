"""Likeness of context between every two participants, as tables of whole numbers.

Every entry is a multiple of six millionths, so that the mean over one, two or three
partners is a whole number and nothing is lost when parts are added.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from utm.domain.city import IncomeGroup
from utm.pairing.hours import SLOT_MINUTES, offset_minutes
from utm.pairing.pairs import NamedPairs, PairTable, kinds_of
from utm.pairing.participant import Participant
from utm.pairing.policy import ContextWeights, Policy

__all__ = [
    "CONTEXT_PARTS",
    "common_slots",
    "context_tables",
    "millionths",
    "shared_language_table",
]

Matrix = npt.NDArray[np.int64]

CONTEXT_PARTS = (
    "climate",
    "population",
    "coast",
    "mountain",
    "river",
    "income",
    "language",
    "office_hours",
    "reciprocity",
    "hours_apart",
    "repeat",
)
"""Names of the parts of the context, in the order in which they are told."""

_UNIT = 1_000_000
_STEP = 6
_CERTAIN = 1_000
_UNKNOWN = -1
_INCOME = {group: rank for rank, group in enumerate(IncomeGroup)}


def millionths(weight: float) -> int:
    """Quantise a weight: the nearest whole millionth, halves to the even one."""
    return round(weight * _UNIT)


def context_tables(
    participants: Sequence[Participant],
    policy: Policy,
    slots: npt.NDArray[np.bool_],
    repeats: Sequence[tuple[int, int]],
) -> Mapping[str, PairTable | NamedPairs]:
    """Return for each part that counts what it is worth to any two, in millionths.

    Parameters
    ----------
    participants
        *n* participants.
    policy
        Its context weights; parts of weight zero are left out.
    slots
        Office slots of shape (n, days, 96).
    repeats
        Indices of any two who were in one group before.

    Returns
    -------
    Tables over kinds of participants. Time and memory grow with n, and with the square
    of the number of kinds for each part.
    """
    weights = policy.context
    likeness: dict[str, Callable[[], PairTable | NamedPairs]] = {
        "climate": lambda: _climate(participants, weights),
        "population": lambda: _population(participants, weights),
        "coast": lambda: _sameness(
            [
                None if p.coast_km is None else p.coast_km <= weights.coast_within_km
                for p in participants
            ],
            weights.coast,
        ),
        "mountain": lambda: _sameness(
            [
                None if p.elevation_m is None else p.elevation_m >= weights.mountain_from_m
                for p in participants
            ],
            weights.mountain,
        ),
        "river": lambda: _sameness([p.on_river for p in participants], weights.river),
        "income": lambda: _income(participants, weights),
        "language": lambda: _language(participants, weights),
        "office_hours": lambda: _office_hours(participants, policy, slots),
        "reciprocity": lambda: _reciprocity(participants, policy),
        "hours_apart": lambda: _hours_apart(participants, policy),
        "repeat": lambda: _repeat(len(participants), repeats, weights),
    }
    return {
        part: likeness[part]() for part in CONTEXT_PARTS if millionths(getattr(weights, part)) > 0
    }


def _scaled(numerators: Matrix, denominator: int, weight: float) -> Matrix:
    scaled: Matrix = millionths(weight) * numerators // (denominator * _STEP) * _STEP
    return scaled


def _table(facts: Sequence[Hashable], table_of: Callable[[list[int]], Matrix]) -> PairTable:
    """Return a table over different facts, from a participant with each."""
    kinds, first = kinds_of(facts)
    return PairTable(kinds=kinds, table=table_of(first))


def _climate(participants: Sequence[Participant], weights: ContextWeights) -> PairTable:
    classes = sorted({p.climate for p in participants if p.climate is not None})
    groups = sorted({name[0] for name in classes})
    number = {name: index for index, name in enumerate(classes)}
    of_class = np.array(
        [_UNKNOWN if p.climate is None else number[p.climate] for p in participants], dtype=np.int64
    )
    of_group = np.array(
        [_UNKNOWN if p.climate is None else groups.index(p.climate[0]) for p in participants],
        dtype=np.int64,
    )

    def table_of(first: list[int]) -> Matrix:
        mine, main = of_class[first], of_group[first]
        halves = (mine[:, None] == mine[None, :]).astype(np.int64)
        halves += main[:, None] == main[None, :]
        halves *= (mine[:, None] != _UNKNOWN) & (mine[None, :] != _UNKNOWN)
        return _scaled(halves, 2, weights.climate)

    return _table(of_class.tolist(), table_of)


def _population(participants: Sequence[Participant], weights: ContextWeights) -> PairTable:
    bands = np.array(
        [
            _UNKNOWN
            if p.population is None
            else bisect_right(weights.population_bands, p.population)
            for p in participants
        ],
        dtype=np.int64,
    )

    def table_of(first: list[int]) -> Matrix:
        band = bands[first]
        halves = np.maximum(0, 2 - np.abs(band[:, None] - band[None, :])).astype(np.int64)
        halves *= (band[:, None] != _UNKNOWN) & (band[None, :] != _UNKNOWN)
        return _scaled(halves, 2, weights.population)

    return _table(bands.tolist(), table_of)


def _sameness(facts: Sequence[bool | None], weight: float) -> PairTable:
    values = np.array([_UNKNOWN if fact is None else int(fact) for fact in facts], dtype=np.int64)

    def table_of(first: list[int]) -> Matrix:
        value = values[first]
        same = (value[:, None] == value[None, :]) & (value[:, None] != _UNKNOWN)
        return _scaled(same.astype(np.int64), 1, weight)

    return _table(values.tolist(), table_of)


def _income(participants: Sequence[Participant], weights: ContextWeights) -> PairTable:
    ranks = np.array(
        [_UNKNOWN if p.income is None else _INCOME[p.income] for p in participants], dtype=np.int64
    )
    steps = len(_INCOME) - 1

    def table_of(first: list[int]) -> Matrix:
        rank = ranks[first]
        thirds = (steps - np.abs(rank[:, None] - rank[None, :])).astype(np.int64)
        thirds *= (rank[:, None] != _UNKNOWN) & (rank[None, :] != _UNKNOWN)
        return _scaled(thirds, steps, weights.income)

    return _table(ranks.tolist(), table_of)


def _language(participants: Sequence[Participant], weights: ContextWeights) -> PairTable:
    shared = shared_language_table(participants, unknown=False)
    return PairTable(kinds=shared.kinds, table=_scaled(shared.table, 1, weights.language))


def shared_language_table(participants: Sequence[Participant], *, unknown: bool) -> PairTable:
    """Return 1 for any two who share a language; where either's are not known, ``unknown``."""

    def table_of(first: list[int]) -> Matrix:
        spoken = [participants[place].languages for place in first]
        names = sorted({name for languages in spoken for name in languages or ()})
        speaks = np.array(
            [[name in (languages or ()) for name in names] for languages in spoken],
            dtype=np.float64,
        ).reshape(len(spoken), len(names))
        known = np.array([languages is not None for languages in spoken], dtype=np.bool_)
        both = known[:, None] & known[None, :]
        return np.where(both, speaks @ speaks.T > 0, unknown).astype(np.int64)

    return _table([p.languages for p in participants], table_of)


def common_slots(slots: npt.NDArray[np.bool_]) -> Matrix:
    """Return the slots that any two rows have in common on the worst day, shape (k, k)."""
    common = np.full((len(slots), len(slots)), np.iinfo(np.int64).max, dtype=np.int64)
    for day in range(slots.shape[1]):
        open_then = slots[:, day, :].astype(np.float64)
        common = np.minimum(common, (open_then @ open_then.T).astype(np.int64))
    return common


def _office_hours(
    participants: Sequence[Participant], policy: Policy, slots: npt.NDArray[np.bool_]
) -> PairTable:
    office_day = policy.office_closes_minute - policy.office_opens_minute

    def table_of(first: list[int]) -> Matrix:
        zones = [participants[place].timezone for place in first]
        known = np.array([zone is not None for zone in zones], dtype=np.bool_)
        common = common_slots(slots[first])
        common *= known[:, None] & known[None, :]
        return _scaled(common * SLOT_MINUTES, office_day, policy.context.office_hours)

    return _table([p.timezone for p in participants], table_of)


def _hours_apart(participants: Sequence[Participant], policy: Policy) -> PairTable:
    def table_of(first: list[int]) -> Matrix:
        zones = [participants[place].timezone for place in first]
        known = np.array([zone is not None for zone in zones], dtype=np.bool_)
        worst = np.zeros((len(zones), len(zones)), dtype=np.int64)
        for day in policy.reference_days:
            ahead = np.array(
                [0 if zone is None else offset_minutes(zone, day) for zone in zones],
                dtype=np.int64,
            )
            apart = np.abs(ahead[:, None] - ahead[None, :]) % (24 * 60)
            worst = np.maximum(worst, np.minimum(apart, 24 * 60 - apart))
        worst *= known[:, None] & known[None, :]
        return -_scaled(worst, 60, policy.context.hours_apart)

    return _table([p.timezone for p in participants], table_of)


def _repeat(count: int, repeats: Sequence[tuple[int, int]], weights: ContextWeights) -> NamedPairs:
    cost = -int(_scaled(np.ones(1, dtype=np.int64), 1, weights.repeat)[0])
    met = {(min(pair), max(pair)) for pair in repeats}
    return NamedPairs.made(count, [(left, right, cost) for left, right in sorted(met)])


def _reciprocity(participants: Sequence[Participant], policy: Policy) -> PairTable:
    """Return the lesser of what each of two could learn from the other, by needs and offers."""
    kinds, first = kinds_of([(p.needs, p.offers) for p in participants])
    named = [need.topic for row in first for need in participants[row].needs]
    named += [offer.topic for row in first for offer in participants[row].offers]
    topics = {topic: number for number, topic in enumerate(dict.fromkeys(named))}
    needs = np.zeros((len(first), len(topics)), dtype=np.float64)
    chances = np.zeros_like(needs)
    for kind, row in enumerate(first):
        for need in participants[row].needs:
            needs[kind, topics[need.topic]] = millionths(need.weight_share)
        for offer in participants[row].offers:
            chance = round(policy.helpfulness[offer.maturity - 1] * _CERTAIN)
            chances[kind, topics[offer.topic]] = chance
    learnt = (needs @ chances.T).astype(np.int64)  # whole numbers below 2**53
    mutual = np.minimum(learnt, learnt.T)
    return PairTable(
        kinds=kinds, table=_scaled(mutual, _UNIT * _CERTAIN, policy.context.reciprocity)
    )
