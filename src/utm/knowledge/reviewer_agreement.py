"""How far reviewers agree beyond chance: Krippendorff's alpha, computed exactly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from enum import Enum
from fractions import Fraction
from itertools import combinations, permutations

from attrs import frozen

from utm.domain.evidence import Unknown, UnknownReason

__all__ = ["Agreement", "Difference", "agreement"]

_PAIR = 2


class Difference(Enum):
    """How the distance between two scores is measured."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"


@frozen(kw_only=True)
class Agreement:
    """How far reviewers agree.

    Parameters
    ----------
    alpha
        1 is perfect agreement, 0 what chance would give, below 0 systematic disagreement;
        unknown where nothing can be compared or where every score is the same.
    difference
        How distances were measured.
    units
        Things that at least two reviewers scored.
    scores
        Scores given to them.
    """

    alpha: Fraction | Unknown
    difference: Difference
    units: int
    scores: int


def agreement(
    scores: Mapping[str, Sequence[int | None]], *, difference: Difference = Difference.ORDINAL
) -> Agreement:
    """Krippendorff's alpha of the scores of any number of reviewers.

    Alpha is one less the ratio of observed to expected disagreement. It admits more than
    two reviewers, reviewers who score different things, and missing scores, which a
    kappa does not.

    Parameters
    ----------
    scores
        For each thing that was scored, one score a reviewer; ``None`` where they gave none.
        The order of things and of reviewers changes nothing.
    difference
        Ordinal by default: the steps of a rubric have an order and no known width.

    Returns
    -------
    Agreement
        With alpha as an exact fraction. Time is quadratic in the number of distinct scores.

    References
    ----------
    K. Krippendorff, "Computing Krippendorff's Alpha-Reliability", University of
    Pennsylvania, 2011.
    """
    units = [[s for s in given if s is not None] for given in scores.values()]
    units = [given for given in units if len(given) >= _PAIR]
    together: dict[tuple[int, int], Fraction] = {}
    for given in units:
        for pair in permutations(range(len(given)), _PAIR):
            key = (given[pair[0]], given[pair[1]])
            share = Fraction(1, len(given) - 1)
            together[key] = together.get(key, Fraction(0)) + share
    totals = Counter(score for given in units for score in given)
    return Agreement(
        alpha=_alpha(together, totals, difference),
        difference=difference,
        units=len(units),
        scores=sum(totals.values()),
    )


def _alpha(
    together: Mapping[tuple[int, int], Fraction], totals: Counter[int], difference: Difference
) -> Fraction | Unknown:
    if not totals:
        return Unknown(
            reason=UnknownReason.NOT_REPORTED, note="nothing was scored by two reviewers"
        )
    n = sum(totals.values())
    pairs = list(combinations(sorted(totals), _PAIR))
    squares = {(a, b): _squared_distance(a, b, totals, difference) for a, b in pairs}
    expected = sum(totals[a] * totals[b] * squares[a, b] for a, b in pairs)
    if not expected:
        return Unknown(
            reason=UnknownReason.NOT_SETTLED,
            note="every score is the same, so that chance cannot be told from agreement",
        )
    observed = sum(together.get((a, b), Fraction(0)) * squares[a, b] for a, b in pairs)
    return 1 - (n - 1) * observed / expected


def _squared_distance(
    low: int, high: int, totals: Counter[int], difference: Difference
) -> Fraction:
    if difference is Difference.NOMINAL:
        return Fraction(1)
    if difference is Difference.INTERVAL:
        return Fraction((high - low) ** 2)
    between = sum(count for score, count in totals.items() if low <= score <= high)
    return (between - Fraction(totals[low] + totals[high], 2)) ** 2
