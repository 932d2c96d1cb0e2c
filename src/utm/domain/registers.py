"""The two registers that are never merged, and the mission's own joint calls, as types."""

from __future__ import annotations

from attrs import frozen

from utm.domain.country_group import is_in_europe
from utm.domain.opportunity import Opportunity, ProviderLevel
from utm.errors import InvalidValueError

__all__ = ["InwardOpportunity", "JointCall", "OutwardAction", "RegisterEntry"]


@frozen(kw_only=True)
class OutwardAction:
    """Register A: an action of a country, region or city for cities outside Europe.

    Whether its country is a member state or associated on a day is judged on that day.

    Parameters
    ----------
    opportunity
        What is on offer, by a provider that is not international.

    Raises
    ------
    InvalidValueError
        The provider is international, or all listed places lie in Europe.
    """

    opportunity: Opportunity

    def __attrs_post_init__(self) -> None:
        if self.opportunity.provider.level is ProviderLevel.INTERNATIONAL:
            _refuse(self.opportunity, "is international and belongs into register B")
        if _reaches_nobody(self.opportunity, in_europe=False):
            _refuse(self.opportunity, "reaches no place outside Europe")


@frozen(kw_only=True)
class InwardOpportunity:
    """Register B: an international opportunity for cities in Europe.

    Parameters
    ----------
    opportunity
        What is on offer, by an international provider.

    Raises
    ------
    InvalidValueError
        The provider is not international, or no listed place lies in Europe.
    """

    opportunity: Opportunity

    def __attrs_post_init__(self) -> None:
        if self.opportunity.provider.level is not ProviderLevel.INTERNATIONAL:
            _refuse(self.opportunity, "is not international and belongs into register A")
        if _reaches_nobody(self.opportunity, in_europe=True):
            _refuse(self.opportunity, "reaches no place in Europe")


@frozen(kw_only=True)
class JointCall:
    """A joint call of the mission, for groups across its countries.

    Parameters
    ----------
    opportunity
        What is on offer, with rules for the consortium.

    Raises
    ------
    InvalidValueError
        There are no rules for a consortium.
    """

    opportunity: Opportunity

    def __attrs_post_init__(self) -> None:
        if self.opportunity.consortium is None:
            _refuse(self.opportunity, "has no rules for a consortium and is no joint call")


RegisterEntry = OutwardAction | InwardOpportunity | JointCall
"""An opportunity in the one register that it belongs to."""


def _reaches_nobody(opportunity: Opportunity, *, in_europe: bool) -> bool:
    """Tell whether places are stated and none of them lies where the register looks."""
    stated = opportunity.places
    return bool(stated) and not any(
        not places.countries or any(is_in_europe(each) is in_europe for each in places.countries)
        for places in stated
    )


def _refuse(opportunity: Opportunity, reason: str) -> None:
    raise InvalidValueError(kind="opportunity", value=opportunity.id.value, reason=reason)
