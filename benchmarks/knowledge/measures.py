"""Two measures of a ranking, as trec_eval defines them."""

import math
from collections.abc import Mapping, Sequence


def average_precision(ranking: Sequence[str], gains: Mapping[str, int]) -> float:
    """Mean of the precision at each relevant text, those not found counting nothing."""
    found, total = 0, 0.0
    for place, text in enumerate(ranking, start=1):
        if gains.get(text, 0) > 0:
            found += 1
            total += found / place
    relevant = sum(gain > 0 for gain in gains.values())
    return total / relevant if relevant else 0.0


def ndcg(ranking: Sequence[str], gains: Mapping[str, int], *, depth: int) -> float:
    """Discounted gain of the first places as a share of the best possible; gains are linear."""
    best = sorted((gain for gain in gains.values() if gain > 0), reverse=True)
    ideal = _discounted(best[:depth])
    reached = _discounted([gains.get(text, 0) for text in ranking[:depth]])
    return reached / ideal if ideal else 0.0


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(place + 1) for place, gain in enumerate(gains, start=1))
