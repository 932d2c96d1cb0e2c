"""Likeness of context between every two participants, as integer matrices.

Every entry is a multiple of six millionths, so that the mean over one, two or three
partners is a whole number and nothing is lost when parts are added.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from utm.domain.city import IncomeGroup
from utm.pairing.hours import SLOT_MINUTES, offset_minutes
from utm.pairing.participant import Participant
from utm.pairing.policy import ContextWeights, Policy

__all__ = ["CONTEXT_PARTS", "context_matrices", "millionths", "shared_language_matrix"]

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
    "hours_apart",
    "repeat",
)
"""Names of the parts of the context, in the order in which they are told."""

_UNIT = 1_000_000
_STEP = 6
_UNKNOWN = -1
_INCOME = {group: rank for rank, group in enumerate(IncomeGroup)}


def millionths(weight: float) -> int:
    """Quantise a weight: the nearest whole millionth, halves to the even one."""
    return round(weight * _UNIT)


def context_matrices(
    participants: Sequence[Participant],
    policy: Policy,
    slots: npt.NDArray[np.bool_],
    repeats: Sequence[tuple[int, int]],
) -> Mapping[str, Matrix]:
    """Return for each part that counts a symmetric matrix of millionths.

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
    Matrices of shape (n, n). Time and memory grow with n² for each part.
    """
    weights = policy.context
    likeness: dict[str, Callable[[], Matrix]] = {
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
        "language": lambda: _scaled(
            shared_language_matrix(participants, unknown=False).astype(np.int64),
            1,
            weights.language,
        ),
        "office_hours": lambda: _office_hours(participants, policy, slots),
        "hours_apart": lambda: _hours_apart(participants, policy),
        "repeat": lambda: _repeat(len(participants), repeats, weights),
    }
    return {
        part: likeness[part]() for part in CONTEXT_PARTS if millionths(getattr(weights, part)) > 0
    }


def _scaled(numerators: Matrix, denominator: int, weight: float) -> Matrix:
    scaled: Matrix = millionths(weight) * numerators // (denominator * _STEP) * _STEP
    return scaled


def _climate(participants: Sequence[Participant], weights: ContextWeights) -> Matrix:
    classes = sorted({p.climate for p in participants if p.climate is not None})
    groups = sorted({name[0] for name in classes})
    of_class = np.array(
        [_UNKNOWN if p.climate is None else classes.index(p.climate) for p in participants]
    )
    of_group = np.array(
        [_UNKNOWN if p.climate is None else groups.index(p.climate[0]) for p in participants]
    )
    halves = (of_class[:, None] == of_class[None, :]).astype(np.int64)
    halves += of_group[:, None] == of_group[None, :]
    halves *= (of_class[:, None] != _UNKNOWN) & (of_class[None, :] != _UNKNOWN)
    return _scaled(halves, 2, weights.climate)


def _population(participants: Sequence[Participant], weights: ContextWeights) -> Matrix:
    bands = np.array(
        [
            _UNKNOWN
            if p.population is None
            else bisect_right(weights.population_bands, p.population)
            for p in participants
        ]
    )
    halves = np.maximum(0, 2 - np.abs(bands[:, None] - bands[None, :])).astype(np.int64)
    halves *= (bands[:, None] != _UNKNOWN) & (bands[None, :] != _UNKNOWN)
    return _scaled(halves, 2, weights.population)


def _sameness(facts: Sequence[bool | None], weight: float) -> Matrix:
    value = np.array([_UNKNOWN if fact is None else int(fact) for fact in facts])
    same = (value[:, None] == value[None, :]) & (value[:, None] != _UNKNOWN)
    return _scaled(same.astype(np.int64), 1, weight)


def _income(participants: Sequence[Participant], weights: ContextWeights) -> Matrix:
    rank = np.array([_UNKNOWN if p.income is None else _INCOME[p.income] for p in participants])
    steps = len(_INCOME) - 1
    thirds = (steps - np.abs(rank[:, None] - rank[None, :])).astype(np.int64)
    thirds *= (rank[:, None] != _UNKNOWN) & (rank[None, :] != _UNKNOWN)
    return _scaled(thirds, steps, weights.income)


def shared_language_matrix(
    participants: Sequence[Participant], *, unknown: bool
) -> npt.NDArray[np.bool_]:
    """Return which two share a language; where either's are not known, ``unknown``."""
    names = sorted({name for p in participants for name in p.languages or ()})
    speaks = np.zeros((len(participants), len(names)), dtype=np.float64)
    known = np.array([p.languages is not None for p in participants], dtype=np.bool_)
    for row, participant in enumerate(participants):
        for name in participant.languages or ():
            speaks[row, names.index(name)] = 1.0
    both = known[:, None] & known[None, :]
    return np.where(both, speaks @ speaks.T > 0, unknown)


def _office_hours(
    participants: Sequence[Participant], policy: Policy, slots: npt.NDArray[np.bool_]
) -> Matrix:
    shape = (len(participants), len(participants))
    common = np.full(shape, np.iinfo(np.int64).max, dtype=np.int64)
    for day in range(slots.shape[1]):
        open_then = slots[:, day, :].astype(np.float64)
        common = np.minimum(common, (open_then @ open_then.T).astype(np.int64))
    known = np.array([p.timezone is not None for p in participants], dtype=np.bool_)
    common *= known[:, None] & known[None, :]
    office_day = policy.office_closes_minute - policy.office_opens_minute
    return _scaled(common * SLOT_MINUTES, office_day, policy.context.office_hours)


def _hours_apart(participants: Sequence[Participant], policy: Policy) -> Matrix:
    worst = np.zeros((len(participants), len(participants)), dtype=np.int64)
    known = np.array([p.timezone is not None for p in participants], dtype=np.bool_)
    for day in policy.reference_days:
        ahead = np.array(
            [0 if p.timezone is None else offset_minutes(p.timezone, day) for p in participants]
        )
        apart = np.abs(ahead[:, None] - ahead[None, :]) % (24 * 60)
        worst = np.maximum(worst, np.minimum(apart, 24 * 60 - apart))
    worst *= known[:, None] & known[None, :]
    return -_scaled(worst, 60, policy.context.hours_apart)


def _repeat(n: int, repeats: Sequence[tuple[int, int]], weights: ContextWeights) -> Matrix:
    met = np.zeros((n, n), dtype=np.int64)
    for left, right in repeats:
        met[left, right] = met[right, left] = 1
    return -_scaled(met, 1, weights.repeat)
