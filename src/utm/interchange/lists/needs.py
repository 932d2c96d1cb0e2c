"""What cities ask research for, as a list."""

from __future__ import annotations

from utm.domain import ResearchNeed
from utm.interchange.lists.format import ListFormat

__all__ = ["NEEDS"]

NEEDS: ListFormat[ResearchNeed] = ListFormat(
    name="utm.needs",
    entries="needs",
    title="Research and innovation needs of cities",
    kind=ResearchNeed,
    key_of=lambda need: need.id.value,
)
"""Needs, each with its city, its day and its source."""
