"""Organisations beside the cities, as a list."""

from __future__ import annotations

from utm.domain import Partner
from utm.interchange.lists.format import ListFormat

__all__ = ["PARTNERS"]

PARTNERS: ListFormat[Partner] = ListFormat(
    name="utm.partners",
    entries="partners",
    title="Organisations that can stand beside cities",
    kind=Partner,
    key_of=lambda partner: partner.id.value,
)
"""Partners, each with its kind, its country and what it can contribute to."""
