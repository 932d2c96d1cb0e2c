"""BM25 in the form of SQLite's FTS5: what a term adds to the score of a text."""

from __future__ import annotations

import math

from attrs import field, frozen

__all__ = ["Bm25"]

_SATURATION = 1.2  # k1: how soon a further occurrence stops counting
_LENGTH_WEIGHT = 0.75  # b: how much a long text is marked down
_RAREST = 1e-6


@frozen(kw_only=True)
class Bm25:
    """The score of texts of which some are held.

    Parameters
    ----------
    texts
        How many texts there are.
    length
        Terms of all of them together.
    shortest
        No text has fewer terms than this.

    References
    ----------
    S. Robertson and H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond",
    Foundations and Trends in Information Retrieval 3(4), 2009.
    """

    texts: int
    length: int
    shortest: int = 0
    _mean: float = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "_mean", self.length / max(1, self.texts))

    def rarity(self, holders: int) -> float:
        """What a term is worth that so many texts hold; next to nothing from half of them on."""
        rarity = math.log((self.texts - holders + 0.5) / (holders + 0.5))
        return rarity if rarity > 0 else _RAREST

    def gain(self, rarity: float, frequency: int, length: int) -> float:
        """What a term adds that occurs so often in a text of so many terms."""
        # Written as SQLite writes it, so that both round in the same places.
        marked_down = 1 - _LENGTH_WEIGHT + _LENGTH_WEIGHT * length / self._mean
        saturated = (frequency * (_SATURATION + 1.0)) / (frequency + _SATURATION * marked_down)
        return rarity * saturated

    def most(self, rarity: float, frequency: int | None = None) -> float:
        """What a term can add at most in any text, where it occurs so often or less."""
        if frequency is None:
            return rarity * (_SATURATION + 1.0)
        return self.gain(rarity, frequency, max(frequency, self.shortest))
