"""How well a practice is shown to work, and how far it has come."""

from __future__ import annotations

from enum import Enum

from attrs import frozen

from utm.domain.evidence import Source
from utm.domain.prose import require_prose

__all__ = ["EvidenceStrength", "PracticeEvidence", "Readiness"]


class EvidenceStrength(Enum):
    """How strongly something shows an effect, weakest first.

    The order follows the idea of ladders of evidence such as Nesta's Standards of
    Evidence (Puttick and Ludlow, 2013): a told effect, a written one, a change
    measured from a baseline, a change compared with places without the practice,
    and one that others have seen again elsewhere.
    """

    TOLD = "told"
    DOCUMENTED = "documented"
    MEASURED = "measured"
    COMPARED = "compared"
    REPLICATED = "replicated"

    @property
    def rank(self) -> int:
        """Position from 1 (told) to 5 (replicated)."""
        return list(EvidenceStrength).index(self) + 1


class Readiness(Enum):
    """How far a practice has come from research to deployment.

    The steps gather the nine technology readiness levels (TRL) of the European
    framework programmes: research 1-3, prototype 4-5, pilot 6-7, deployed 8-9;
    widespread means deployed in several cities.
    """

    RESEARCH = "research"
    PROTOTYPE = "prototype"
    PILOT = "pilot"
    DEPLOYED = "deployed"
    WIDESPREAD = "widespread"

    @property
    def rank(self) -> int:
        """Position from 1 (research) to 5 (widespread)."""
        return list(Readiness).index(self) + 1


@frozen(kw_only=True)
class PracticeEvidence:
    """One piece of evidence for a practice.

    Parameters
    ----------
    statement
        What it shows.
    strength
        How strongly.
    source
        Where it can be read.
    """

    statement: str
    strength: EvidenceStrength
    source: Source

    def __attrs_post_init__(self) -> None:
        require_prose(self.statement, kind="evidence of a practice")
