"""The registry of city networks as it stands: who is where, since when, and what is covered."""

from __future__ import annotations

from attrs import frozen
from pendulum import Date

from utm.domain import CityId, CountryCode, MembershipStatus, NetworkId, Period
from utm.programme.alliance import Alliance, ContactKind, GovernmentLevel

__all__ = ["CountryCoverage", "NetworkRegistry", "Standing", "cover_countries"]

_MEMBERS = {MembershipStatus.COMMITTED, MembershipStatus.SIGNATORY, MembershipStatus.ON_HOLD}


@frozen(kw_only=True)
class Standing:
    """Where a city stands in a network from a day on, until another standing is taken."""

    city: CityId
    network: NetworkId
    status: MembershipStatus
    since: Date

    @property
    def is_membership(self) -> bool:
        """Whether the city belongs to the network: committed, signatory, or on hold."""
        return self.status in _MEMBERS


@frozen(kw_only=True)
class NetworkRegistry:
    """The registry as its history left it.

    Parameters
    ----------
    networks
        Key and name of each, as entered.
    cities
        Key and country of each, as entered.
    standings
        Every standing ever taken, in order.
    """

    networks: tuple[tuple[NetworkId, str], ...] = ()
    cities: tuple[tuple[CityId, CountryCode], ...] = ()
    standings: tuple[Standing, ...] = ()

    def standing(self, city: CityId, network: NetworkId, on: Date) -> Standing | None:
        """The standing of a city in a network at the end of a day; ``None`` if none is known."""
        found = [
            one
            for one in self.standings
            if one.city == city and one.network == network and one.since <= on
        ]
        return found[-1] if found else None

    def members(self, network: NetworkId, on: Date) -> tuple[CityId, ...]:
        """The cities that belong to a network at the end of a day, by key."""
        held = (self.standing(city, network, on) for city, _ in self.cities)
        return tuple(sorted(one.city for one in held if one is not None and one.is_membership))

    def networks_of(self, city: CityId, on: Date) -> tuple[NetworkId, ...]:
        """The networks that a city belongs to at the end of a day, by key."""
        held = (self.standing(city, network, on) for network, _ in self.networks)
        return tuple(sorted(one.network for one in held if one is not None and one.is_membership))

    def memberships(self, city: CityId, network: NetworkId) -> tuple[Period, ...]:
        """The periods for which a city has belonged to a network; the last may be open."""
        periods: list[Period] = []
        since: Date | None = None
        for one in self.standings:
            if one.city != city or one.network != network:
                continue
            if one.is_membership and since is None:
                since = one.since
            elif not one.is_membership and since is not None:
                if since < one.since:
                    periods.append(Period(start=since, end=one.since))
                since = None
        if since is not None:
            periods.append(Period(start=since))
        return tuple(periods)


@frozen(kw_only=True)
class CountryCoverage:
    """What the mission can turn to in a country.

    Parameters
    ----------
    country
        The country.
    networks
        Networks with the number of their cities there; those without any are left out.
    levels
        Levels of government with a contact.
    mission_network
        Office of the national mission network; empty where there is none.
    """

    country: CountryCode
    networks: tuple[tuple[NetworkId, int], ...]
    levels: tuple[GovernmentLevel, ...]
    mission_network: str

    @property
    def gaps(self) -> tuple[str, ...]:
        """What is missing, as clauses."""
        missing = [
            f"no {level.value} contact" for level in GovernmentLevel if level not in self.levels
        ]
        if not self.mission_network:
            missing.append("no national mission network")
        if not self.networks:
            missing.append("no city in a network")
        return tuple(missing)


def cover_countries(
    registry: NetworkRegistry, alliance: Alliance, *, on: Date
) -> tuple[CountryCoverage, ...]:
    """Say for each country of the registry which networks, levels and contacts there are.

    Parameters
    ----------
    registry
        Cities and networks.
    alliance
        The contacts that stand; take that of the same day, see ``History.as_of``.
    on
        The day.
    """
    countries = sorted({country for _, country in registry.cities})
    levels = dict(alliance.coverage(countries))
    offices = {
        one.country: one.office
        for one in sorted(alliance.contacts, key=lambda one: (one.level.value, one.office))
        if one.kind is ContactKind.MISSION_NETWORK
    }
    home = dict(registry.cities)
    covered: list[CountryCoverage] = []
    for country in countries:
        counts = [
            (network, sum(home[city] == country for city in registry.members(network, on)))
            for network, _ in sorted(registry.networks)
        ]
        covered.append(
            CountryCoverage(
                country=country,
                networks=tuple((network, count) for network, count in counts if count),
                levels=levels[country],
                mission_network=offices.get(country, ""),
            )
        )
    return tuple(covered)
