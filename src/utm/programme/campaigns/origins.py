"""How far practice from Europe was shown, and how far practice from elsewhere."""

from __future__ import annotations

from attrs import frozen

from utm.domain.countries import country_of
from utm.programme.campaigns.lifecycle import Campaign, Campaigns

__all__ = ["OriginReach", "reach_by_origin"]

_EUROPE, _ELSEWHERE = "Europe", "other regions"


@frozen(kw_only=True)
class OriginReach:
    """Campaigns that showed practice from one part of the world.

    Parameters
    ----------
    origin
        ``"Europe"`` or ``"other regions"``.
    campaigns
        How many there were, those too that also showed practice from the other part.
    at_least_people
        The largest count of any of their channels; ``None`` while nothing was counted.
        Counts are not added up, since one person may be reached by several.
    uncounted
        Campaigns with a channel whose reach is not known.
    """

    origin: str
    campaigns: int
    at_least_people: int | None
    uncounted: int

    @property
    def sentence(self) -> str:
        """The reach in words."""
        reach = "nobody counted" if self.at_least_people is None else f"{self.at_least_people:,}"
        word = "campaign" if self.campaigns == 1 else "campaigns"
        return (
            f"Practice from {self.origin}: {self.campaigns} {word}, people reached at least: "
            f"{reach}; not fully counted: {self.uncounted}."
        )


def reach_by_origin(campaigns: Campaigns) -> tuple[OriginReach, OriginReach]:
    """Set campaigns that show practice from Europe beside those from other regions.

    A campaign that names no country whose practice it shows is in neither.
    """
    europe = [one for one in campaigns.campaigns if True in _in_europe(one)]
    elsewhere = [one for one in campaigns.campaigns if False in _in_europe(one)]
    return _reach(_EUROPE, europe), _reach(_ELSEWHERE, elsewhere)


def _in_europe(campaign: Campaign) -> set[bool]:
    countries = (country_of(code.value) for code in campaign.terms.shows)
    return {country.region == _EUROPE for country in countries if country is not None}


def _reach(origin: str, campaigns: list[Campaign]) -> OriginReach:
    counts = [count.value for one in campaigns for _, count in one.reach]
    return OriginReach(
        origin=origin,
        campaigns=len(campaigns),
        at_least_people=max(counts, default=None),
        uncounted=sum(bool(one.unreported) for one in campaigns),
    )
