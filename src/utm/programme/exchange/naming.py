"""Participants of an edition, as events name them."""

from __future__ import annotations

from typing import TypeAlias

from utm.domain import CityId, ConsortiumId

__all__ = ["ParticipantId", "keys_of", "names_of"]

ParticipantId: TypeAlias = CityId | ConsortiumId
"""Key of a participant of an edition."""


def keys_of(members: tuple[ParticipantId, ...], *others: str) -> tuple[str, ...]:
    """Whom an event concerns: members, then others."""
    return (*(member.value for member in members), *others)


def names_of(members: tuple[ParticipantId, ...]) -> str:
    """Members in words."""
    return ", ".join(member.value for member in members)
