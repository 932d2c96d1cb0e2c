"""Opportunities of both registers as a list."""

from __future__ import annotations

from attrs import frozen
from pendulum import Date

from utm.domain import InwardOpportunity, JointCall, OutwardAction
from utm.funding import Listing
from utm.interchange.lists.format import ListFormat
from utm.rules import Rulebook

__all__ = ["OPPORTUNITIES", "OpportunityEntry"]


@frozen(kw_only=True)
class OpportunityEntry:
    """An entry of a register, and what its provider asks besides.

    Parameters
    ----------
    entry
        The opportunity, as register A (``outward_action``), register B
        (``inward_opportunity``) or as a joint call (``joint_call``).
    beside
        Criteria that do not follow from the record, as a rulebook, if there are any.
    """

    entry: OutwardAction | InwardOpportunity | JointCall
    beside: Rulebook | None = None

    def listing(self, *, on: Date) -> Listing:
        """List it under the rulebook that follows from it, with the criteria of a day beside.

        Raises
        ------
        InvalidValueError
            The rulebook beside it is not in force on that day.
        """
        rule = None if self.beside is None else self.beside.version_on(on).rule
        return Listing.listed(self.entry, beside=rule)


OPPORTUNITIES: ListFormat[OpportunityEntry] = ListFormat(
    name="utm.opportunities",
    entries="opportunities",
    title="Funding and advice for cities, in two registers that stay apart",
    kind=OpportunityEntry,
    key_of=lambda one: one.entry.opportunity.id.value,
)
"""Opportunities: amounts are texts with a currency and never binary fractions."""
