"""Ranks of things whose scores are known only between bounds."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["rank_spans", "span_in_words"]


def rank_spans(bounds: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Best and worst rank of each, from 1, given its lowest and highest score.

    Others with the same score share a rank. Takes time quadratic in the number of things.
    """
    return [
        (
            1 + sum(1 for other_low, _ in bounds if other_low > high),
            1 + sum(1 for j, (_, other_high) in enumerate(bounds) if j != i and other_high > low),
        )
        for i, (low, high) in enumerate(bounds)
    ]


def span_in_words(best: int, worst: int) -> str:
    """A span of ranks in words: ``2``, or ``1 to 3``."""
    return str(best) if best == worst else f"{best} to {worst}"
