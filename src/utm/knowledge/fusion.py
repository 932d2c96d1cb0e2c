"""Several rankings made into one: reciprocal rank fusion, in whole numbers."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

__all__ = ["fuse", "shared_ranks"]

KeyT = TypeVar("KeyT", bound=Hashable)

_UNIT = 1_000_000
_DAMPING = 60


def shared_ranks(scores: Mapping[KeyT, int]) -> dict[KeyT, int]:
    """Rank from 1 by score, highest first; equal scores share the best of their ranks."""
    ordered = sorted(scores.values(), reverse=True)
    first: dict[int, int] = {}
    for rank, score in enumerate(ordered, start=1):
        first.setdefault(score, rank)
    return {key: first[score] for key, score in scores.items()}


def fuse(rankings: Sequence[tuple[int, Mapping[KeyT, int]]]) -> dict[KeyT, int]:
    """Add up what each ranking gives: its weight in millionths, divided by 60 and the rank.

    What a ranking does not hold gets nothing from it. The order of the rankings and of their
    keys changes nothing.

    Parameters
    ----------
    rankings
        Weights from 0 up, each with ranks from 1 up by key.

    Returns
    -------
    dict
        Scores in millionths, never negative; for one ranking they fall with its ranks.

    References
    ----------
    G. V. Cormack, C. L. A. Clarke and S. Büttcher, "Reciprocal Rank Fusion outperforms
    Condorcet and individual Rank Learning Methods", SIGIR 2009, which found 60.
    """
    scores: dict[KeyT, int] = {}
    for weight, ranks in rankings:
        for key, rank in ranks.items():
            scores[key] = scores.get(key, 0) + weight * _UNIT // (_DAMPING + rank)
    return scores
