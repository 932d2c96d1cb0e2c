"""Actions that somebody pays or paid for, as a list."""

from __future__ import annotations

from utm.domain import FundedAction
from utm.interchange.lists.format import ListFormat

__all__ = ["FUNDED_ACTIONS"]

FUNDED_ACTIONS: ListFormat[FundedAction] = ListFormat(
    name="utm.funded-actions",
    entries="actions",
    title="Grants and activities: who pays whom, how much, where",
    kind=FundedAction,
    key_of=lambda action: action.id.value,
)
"""Funded actions as grants data and IATI files tell them; amounts are texts with a currency."""
