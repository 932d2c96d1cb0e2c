"""What happens between cities and city networks."""

from __future__ import annotations

from typing import TypeAlias

from attrs import frozen

from utm.domain import CityId, CountryCode, MembershipStatus, NetworkId, Source
from utm.errors import InvalidValueError

__all__ = ["CityEntered", "NetworkEntered", "NetworkEvent", "StandingTaken"]


@frozen(kw_only=True)
class NetworkEntered:
    """A city network is entered in the registry.

    Parameters
    ----------
    network
        Its key, e.g. ``gcom``.
    title
        Its name.
    """

    network: NetworkId
    title: str

    def __attrs_post_init__(self) -> None:
        if not self.title.strip():
            raise InvalidValueError(kind="network", value=self.title, reason="must have a name")

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"{self.title} was entered in the registry."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The network."""
        return (self.network.value,)


@frozen(kw_only=True)
class CityEntered:
    """A city is entered in the registry with its country."""

    city: CityId
    country: CountryCode

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"{self.city} ({self.country}) was entered in the registry."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The city."""
        return (self.city.value,)


@frozen(kw_only=True)
class StandingTaken:
    """A city stands in a network as told from this day on: it joins, is put on hold, leaves.

    Parameters
    ----------
    city, network
        Who and where.
    status
        The standing; ``WITHDRAWN`` and ``NOT_A_MEMBER`` end a membership.
    source
        Where it was read.
    """

    city: CityId
    network: NetworkId
    status: MembershipStatus
    source: Source

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"{self.city} is {self.status.value} in {self.network} ({self.source})."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The city and the network."""
        return (self.city.value, self.network.value)


NetworkEvent: TypeAlias = NetworkEntered | CityEntered | StandingTaken
"""Any of these; each can be asked for by a command."""
