"""A city: what is known of it, figure by figure, with the sources."""

from __future__ import annotations

from enum import Enum

from attrs import field, frozen
from pendulum import Date

from utm.domain.dates import Period, require_date
from utm.domain.evidence import Observation, Source, Unknown, UnknownReason
from utm.domain.identifiers import CityId, ExternalId, NetworkId
from utm.domain.kinds import require_kinds
from utm.domain.names import clean_name, fold_name
from utm.domain.places import ClimateClass, Coordinates, CountryCode, LanguageCode, TimeZone
from utm.errors import InvalidValueError

__all__ = [
    "City",
    "DegreeOfUrbanisation",
    "GovernmentKind",
    "IncomeGroup",
    "MembershipStatus",
    "NetworkMembership",
    "PopulationBasis",
    "PopulationFigure",
]

_NOT_REPORTED = Unknown(reason=UnknownReason.NOT_REPORTED)


class GovernmentKind(Enum):
    """Kind of local government that speaks for the city."""

    MUNICIPALITY = "municipality"
    DISTRICT = "district"
    COUNTY = "county"
    METROPOLITAN_AUTHORITY = "metropolitan authority"
    REGION = "region"


class PopulationBasis(Enum):
    """The area whose inhabitants were counted."""

    SETTLEMENT = "settlement"
    MUNICIPALITY = "municipality"
    URBAN_AGGLOMERATION = "urban agglomeration"
    DISTRICT = "district"
    COUNTY = "county"
    UNSTATED = "unstated"


class DegreeOfUrbanisation(Enum):
    """Class of a local unit by density and size, as the UN and Eurostat define it."""

    CITY = 1
    TOWN = 2
    RURAL = 3


class IncomeGroup(Enum):
    """World Bank income group of the city's country."""

    LOW = "low"
    LOWER_MIDDLE = "lower middle"
    UPPER_MIDDLE = "upper middle"
    HIGH = "high"


@frozen(kw_only=True)
class PopulationFigure:
    """One published number of inhabitants.

    Parameters
    ----------
    inhabitants
        The number, not negative.
    basis
        The area that was counted.
    source
        Where it was read.
    year
        Year that the figure describes; ``None`` where the source gives none.
    doubt
        Why the figure should not be used, if a reader found it implausible.
    """

    inhabitants: int
    basis: PopulationBasis
    source: Source
    year: int | None = None
    doubt: str = ""

    def __attrs_post_init__(self) -> None:
        if type(self.inhabitants) is not int or self.inhabitants < 0:
            raise InvalidValueError(
                kind="population", value=self.inhabitants, reason="must be a whole number from 0 up"
            )
        if self.year is not None and (type(self.year) is not int or not 1800 <= self.year <= 2200):  # noqa: PLR2004
            raise InvalidValueError(
                kind="year of a population", value=self.year, reason="must lie in 1800-2200"
            )
        require_kinds(self)


class MembershipStatus(Enum):
    """Where a city stands in a network."""

    COMMITTED = "committed"
    SIGNATORY = "signatory"
    ON_HOLD = "on hold"
    WITHDRAWN = "withdrawn"
    NOT_A_MEMBER = "not a member"


@frozen(kw_only=True)
class NetworkMembership:
    """A city's standing in a city network over a period.

    Parameters
    ----------
    network
        The network, e.g. ``gcom``.
    status
        The standing.
    source
        Where it was read.
    period
        The days on which it is known to hold; ``None`` where the source gives no days.
    listed_on
        Day of the list or snapshot on which the standing was seen, if the source is one.
    promised_by
        For a commitment: the day by which the city has promised to sign.
    """

    network: NetworkId
    status: MembershipStatus
    source: Source
    period: Period | None = None
    listed_on: Date | None = None
    promised_by: Date | None = None

    def __attrs_post_init__(self) -> None:
        for name in ("listed_on", "promised_by"):
            if getattr(self, name) is not None:
                require_date(getattr(self, name), kind=f"{name} of a membership")
        require_kinds(self)


@frozen(kw_only=True)
class City:
    """A city as the library knows it.

    What is not known is an `Unknown` with its
    reason, never a guess. Several figures for one fact stand side by side.

    Parameters
    ----------
    id
        Key of the city in this library.
    name
        Its name, in its usual spelling.
    country
        Its country.
    aliases
        Other spellings that people use.
    government
        Kind of local government.
    identifiers
        Keys that others gave it, at most one a namespace.
    populations
        Published figures, each with basis, year and source.
    coordinates
        Where it lies.
    timezone
        Its time zone.
    climate
        Its Köppen-Geiger class, given only where sources agree.
    elevation_metres
        Height above the sea in metres.
    coast_kilometres
        Approximate distance to the sea in kilometres.
    languages
        Official languages of its country, in order of their standing.
    income
        Income group of its country.
    memberships
        Its standing in city networks.
    identity
        ``None`` when it is certain which place is meant; else why not.
    notes
        What a reader must know before using the facts.
    urbanisation
        Its degree of urbanisation, as observed.
    """

    id: CityId
    name: str
    country: CountryCode
    aliases: tuple[str, ...] = ()
    government: GovernmentKind | Unknown = _NOT_REPORTED
    identifiers: tuple[ExternalId, ...] = ()
    populations: tuple[PopulationFigure, ...] = ()
    coordinates: Coordinates | Unknown = _NOT_REPORTED
    timezone: TimeZone | Unknown = _NOT_REPORTED
    climate: ClimateClass | Unknown = _NOT_REPORTED
    elevation_metres: int | Unknown = _NOT_REPORTED
    coast_kilometres: int | Unknown = _NOT_REPORTED
    languages: tuple[LanguageCode, ...] = ()
    income: IncomeGroup | Unknown = _NOT_REPORTED
    memberships: tuple[NetworkMembership, ...] = ()
    identity: Unknown | None = None
    notes: tuple[str, ...] = field(default=())
    urbanisation: Observation[DegreeOfUrbanisation] | Unknown = _NOT_REPORTED

    def __attrs_post_init__(self) -> None:
        require_kinds(self)
        if isinstance(self.urbanisation, Observation):
            _require_degree(self.urbanisation.value)
        if clean_name(self.name, kind="city name") != self.name:
            raise InvalidValueError(
                kind="city name", value=self.name, reason="has stray spaces or is not normalised"
            )
        if self.id.country != self.country:
            raise InvalidValueError(
                kind="city id", value=self.id.value, reason=f"does not begin with {self.country}"
            )
        namespaces = [identifier.namespace for identifier in self.identifiers]
        if len(set(namespaces)) < len(namespaces):
            raise InvalidValueError(
                kind="identifiers", value=namespaces, reason="name one namespace twice"
            )

    @property
    def names(self) -> frozenset[str]:
        """All its names, folded for comparison."""
        return frozenset(fold_name(name) for name in (self.name, *self.aliases))

    def identifier(self, namespace: str) -> str | None:
        """Look up the key that somebody gave it, e.g. ``city.identifier("geonames")``."""
        for identifier in self.identifiers:
            if identifier.namespace == namespace:
                return identifier.value
        return None


def _require_degree(value: object) -> None:
    if not isinstance(value, DegreeOfUrbanisation):
        raise InvalidValueError(
            kind="urbanisation", value=value, reason="is no DegreeOfUrbanisation"
        )
