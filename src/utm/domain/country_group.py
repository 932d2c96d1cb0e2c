"""Groups of countries whose members come and go: the Union, those associated to a programme."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve, frozen
from pendulum import Date

from utm.domain.countries import all_countries
from utm.domain.dates import Period, require_date
from utm.domain.evidence import Source
from utm.domain.places import CountryCode
from utm.errors import InvalidValueError

__all__ = ["EUROPEAN_UNION", "CountryGroup", "GroupMember", "is_in_europe"]


@frozen(kw_only=True, order=True)
class GroupMember:
    """A country and the days on which it belongs.

    Parameters
    ----------
    country
        The country.
    period
        The days, half-open.
    """

    country: CountryCode
    period: Period


@frozen(kw_only=True)
class CountryGroup:
    """A named group of countries, with who belonged to it when.

    Parameters
    ----------
    name
        What it is called.
    members
        Countries with their periods; a country that left and came back stands twice.
    source
        Where it was read.

    Raises
    ------
    InvalidValueError
        Two periods of one country overlap.
    """

    name: str
    members: tuple[GroupMember, ...]
    source: Source

    def __attrs_post_init__(self) -> None:
        by_country: dict[CountryCode, list[Period]] = {}
        for member in self.members:
            periods = by_country.setdefault(member.country, [])
            if any(period.overlaps(member.period) for period in periods):
                raise InvalidValueError(
                    kind="group of countries",
                    value=member.country.value,
                    reason="belongs twice on one day",
                )
            periods.append(member.period)

    def members_on(self, day: Date) -> tuple[CountryCode, ...]:
        """Countries that belong on a day, by code."""
        require_date(day)
        return tuple(sorted(m.country for m in self.members if day in m.period))

    def joined_by(self, members: Iterable[GroupMember], *, called: str = "") -> CountryGroup:
        """The group with further members, such as countries associated to a programme.

        Parameters
        ----------
        members
            Who joins, and when.
        called
            What the larger group is called; as before if nothing is given.

        Raises
        ------
        InvalidValueError
            One of them belongs already on some of its days.
        """
        return evolve(self, name=called or self.name, members=(*self.members, *members))

    def has_ever_had(self, country: CountryCode) -> bool:
        """Tell whether a country belonged on any day."""
        return any(member.country == country for member in self.members)


_ACCESSIONS = {
    "1958-01-01": "BE DE FR IT LU NL",
    "1973-01-01": "DK GB IE",
    "1981-01-01": "GR",
    "1986-01-01": "ES PT",
    "1995-01-01": "AT FI SE",
    "2004-05-01": "CY CZ EE HU LT LV MT PL SI SK",
    "2007-01-01": "BG RO",
    "2013-07-01": "HR",
}
_LEFT = {"GB": Date(2020, 2, 1)}

EUROPEAN_UNION = CountryGroup(
    name="European Union and the Communities before it",
    members=tuple(
        GroupMember(
            country=CountryCode(code),
            period=Period(start=Date.fromisoformat(day), end=_LEFT.get(code)),
        )
        for day, codes in _ACCESSIONS.items()
        for code in codes.split()
    ),
    source=Source(title="Treaties of accession; withdrawal agreement of the United Kingdom"),
)
"""Member states with the days of their accession; the United Kingdom until 31 January 2020."""

_EUROPE = frozenset(each.alpha2 for each in all_countries() if each.region == "Europe") | {"CY"}


def is_in_europe(country: CountryCode) -> bool:
    """Tell whether a country lies in Europe: Europe of UN M49, and Cyprus.

    M49 puts Cyprus, a member of the Union, in Western Asia. Türkiye and the South Caucasus
    lie outside by this definition, whatever programmes they are associated to.
    """
    return country.value in _EUROPE
