"""What must hold in a city for a practice to work there.

A condition is a sentence. Where the sentence can be checked against the facts of
a city it carries a requirement; where it cannot, it has none, and whether it
holds elsewhere stays unknown.
"""

from __future__ import annotations

from attrs import frozen

from utm.domain.city import GovernmentKind, IncomeGroup
from utm.domain.identifiers import NetworkId
from utm.domain.places import ClimateClass, CountryCode, LanguageCode
from utm.domain.prose import require_prose
from utm.errors import InvalidValueError

__all__ = [
    "ClimateAmong",
    "CoastBetween",
    "CountryAmong",
    "ElevationBetween",
    "EnablingCondition",
    "GovernmentAmong",
    "IncomeAmong",
    "InhabitantsBetween",
    "LanguageAmong",
    "NetworkMember",
    "Requirement",
]

_MAIN_GROUPS = frozenset("ABCDE")


def _require_some(values: tuple[object, ...], kind: str) -> None:
    if not values:
        raise InvalidValueError(kind=kind, value=(), reason="must name at least one")


def _require_range(lowest: int | None, below: int | None, kind: str) -> None:
    given = [bound for bound in (lowest, below) if bound is not None]
    if not given or any(type(bound) is not int for bound in given):
        raise InvalidValueError(kind=kind, value=given, reason="must have a whole number as bound")
    if lowest is not None and below is not None and below <= lowest:
        raise InvalidValueError(kind=kind, value=given, reason="must end above where it begins")


@frozen(kw_only=True)
class ClimateAmong:
    """The city's Köppen-Geiger class is one of these, or lies in one of these main groups.

    Parameters
    ----------
    classes
        Classes such as ``Csb``.
    main_groups
        First letters: A tropical, B dry, C temperate, D continental, E polar.
    """

    classes: tuple[ClimateClass, ...] = ()
    main_groups: tuple[str, ...] = ()

    def __attrs_post_init__(self) -> None:
        _require_some((*self.classes, *self.main_groups), "climate")
        if not _MAIN_GROUPS.issuperset(self.main_groups):
            raise InvalidValueError(
                kind="climate group", value=self.main_groups, reason="must be A, B, C, D or E"
            )


@frozen(kw_only=True)
class CoastBetween:
    """The distance to the sea lies in ``[from_kilometres, below_kilometres)``."""

    from_kilometres: int | None = None
    below_kilometres: int | None = None

    def __attrs_post_init__(self) -> None:
        _require_range(self.from_kilometres, self.below_kilometres, "distance to the sea")


@frozen(kw_only=True)
class ElevationBetween:
    """The height above the sea lies in ``[from_metres, below_metres)``."""

    from_metres: int | None = None
    below_metres: int | None = None

    def __attrs_post_init__(self) -> None:
        _require_range(self.from_metres, self.below_metres, "elevation")


@frozen(kw_only=True)
class InhabitantsBetween:
    """The number of inhabitants lies in ``[from_inhabitants, below_inhabitants)``."""

    from_inhabitants: int | None = None
    below_inhabitants: int | None = None

    def __attrs_post_init__(self) -> None:
        _require_range(self.from_inhabitants, self.below_inhabitants, "inhabitants")


@frozen(kw_only=True)
class GovernmentAmong:
    """The city is governed by one of these kinds of authority."""

    kinds: tuple[GovernmentKind, ...]

    def __attrs_post_init__(self) -> None:
        _require_some(self.kinds, "government")


@frozen(kw_only=True)
class IncomeAmong:
    """The city's country belongs to one of these income groups."""

    groups: tuple[IncomeGroup, ...]

    def __attrs_post_init__(self) -> None:
        _require_some(self.groups, "income group")


@frozen(kw_only=True)
class LanguageAmong:
    """One of these languages is official in the city's country."""

    languages: tuple[LanguageCode, ...]

    def __attrs_post_init__(self) -> None:
        _require_some(self.languages, "language")


@frozen(kw_only=True)
class CountryAmong:
    """The city lies in one of these countries, say because a law holds only there."""

    countries: tuple[CountryCode, ...]

    def __attrs_post_init__(self) -> None:
        _require_some(self.countries, "country")


@frozen(kw_only=True)
class NetworkMember:
    """The city is a signatory of a city network."""

    network: NetworkId


Requirement = (
    ClimateAmong
    | CoastBetween
    | ElevationBetween
    | InhabitantsBetween
    | GovernmentAmong
    | IncomeAmong
    | LanguageAmong
    | CountryAmong
    | NetworkMember
)
"""A condition in a form that can be checked against the facts of a city."""


@frozen(kw_only=True)
class EnablingCondition:
    """One thing that made the practice work where it was done.

    Parameters
    ----------
    statement
        The condition in words.
    requirement
        The same as data; ``None`` where no recorded fact of a city could settle it.
    """

    statement: str
    requirement: Requirement | None = None

    def __attrs_post_init__(self) -> None:
        require_prose(self.statement, kind="enabling condition")
