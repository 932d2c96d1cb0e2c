"""The three pillars of the mission, by which its activities are told."""

from __future__ import annotations

from enum import Enum

__all__ = ["MissionPillar"]


class MissionPillar(Enum):
    """What an activity of the mission is for."""

    INTEGRATED_APPROACH = "integrated approach and multi-level governance"
    KNOWLEDGE_AND_FUNDING = "evidence and good practice and funding"
    RESEARCH_NEEDS = "research and innovation needs"
