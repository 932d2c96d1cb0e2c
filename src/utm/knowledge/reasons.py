"""Reasons for a recommendation: data that can be checked, each with its points."""

from __future__ import annotations

from attrs import frozen

from utm.domain.identifiers import CityId, ThemeId, TopicId
from utm.domain.practice import PracticeId
from utm.domain.practice_evidence import EvidenceStrength, Readiness
from utm.knowledge.context_likeness import Likeness
from utm.knowledge.transferability import ConditionFinding

__all__ = [
    "HasComeFar",
    "LikeContext",
    "NearToOthers",
    "Reason",
    "ReusedElsewhere",
    "SameChallenge",
    "ShownByEvidence",
    "WouldNeedAdapting",
]


@frozen(kw_only=True)
class SameChallenge:
    """It answers topics that the city needs, or other topics of the same themes."""

    points: int
    topics: tuple[TopicId, ...]
    themes: tuple[ThemeId, ...]

    def __str__(self) -> str:
        if not self.topics:
            return f"belongs to the same theme: {', '.join(map(str, self.themes))}"
        return f"answers what is needed: {', '.join(map(str, self.topics))}"


@frozen(kw_only=True)
class LikeContext:
    """It was done in a city whose context is compared with that of the asking one."""

    points: int
    origin: CityId
    likeness: Likeness

    def __str__(self) -> str:
        low, high = self.likeness.lowest // 10_000, self.likeness.highest // 10_000
        told = f"{low} %" if low == high else f"{low} to {high} %"
        return f"was done in {self.origin}, whose context is {told} alike"


@frozen(kw_only=True)
class ShownByEvidence:
    """Its best piece of evidence is of this strength."""

    points: int
    strength: EvidenceStrength

    def __str__(self) -> str:
        return f"its effect is {self.strength.value}"


@frozen(kw_only=True)
class HasComeFar:
    """It has come this far from research to deployment."""

    points: int
    readiness: Readiness

    def __str__(self) -> str:
        return f"its readiness: {self.readiness.value}"


@frozen(kw_only=True)
class ReusedElsewhere:
    """These cities learned it from others, and reuse it on the day."""

    points: int
    adopters: tuple[CityId, ...]

    def __str__(self) -> str:
        return f"is reused by {', '.join(map(str, self.adopters))}"


@frozen(kw_only=True)
class WouldNeedAdapting:
    """Not all of its enabling conditions are known to hold in the city."""

    points: int
    unmet: tuple[ConditionFinding, ...]
    unknown: tuple[ConditionFinding, ...]

    def __str__(self) -> str:
        return f"conditions: {len(self.unmet)} unmet, {len(self.unknown)} unknown here"


@frozen(kw_only=True)
class NearToOthers:
    """Practices recommended before it come from the same place."""

    points: int
    practices: tuple[PracticeId, ...]

    def __str__(self) -> str:
        return f"comes from where these come from: {', '.join(map(str, self.practices))}"


Reason = (
    SameChallenge
    | LikeContext
    | ShownByEvidence
    | HasComeFar
    | ReusedElsewhere
    | WouldNeedAdapting
    | NearToOthers
)
"""Why a practice is recommended, or what speaks against it."""
