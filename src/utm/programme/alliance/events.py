"""What happens to the alliance: members and roles, contacts, brokerage, experts."""

from __future__ import annotations

from enum import Enum
from typing import TypeAlias

from attrs import frozen

from utm.domain import CityId, CountryCode, PairingId, TopicId
from utm.errors import InvalidValueError
from utm.programme.alliance.stakeholders import (
    DialogueHeld,
    GovernmentLevel,
    LiaisonHeld,
    StakeholderEntered,
    StakeholderLeft,
)
from utm.programme.history import CitiesEntered

__all__ = [
    "AllianceEvent",
    "AllianceRole",
    "BrokerageClosed",
    "BrokerageRequested",
    "ConflictDeclared",
    "ContactKind",
    "ContactNamed",
    "ExpertAssigned",
    "ExpertRegistered",
    "ExpertReleased",
    "MemberKind",
    "MemberLeft",
    "RoleTaken",
]


class MemberKind(Enum):
    """What a member of the alliance is."""

    COUNTRY = "country"
    INITIATIVE = "initiative"
    OTHER_MISSION = "other mission"
    INTERNATIONAL_ORGANISATION = "international organisation"
    CITY_NETWORK = "city network"
    RESEARCH = "research"
    BUSINESS = "business"
    FINANCE = "finance"
    CIVIL_SOCIETY = "civil society"


class AllianceRole(Enum):
    """What a member does in the alliance."""

    CO_LEAD = "co-lead"
    CORE = "core member"
    SUPPORTING = "supporting member"


class ContactKind(Enum):
    """What a contact stands for."""

    GOVERNMENT = "government"
    MISSION_NETWORK = "national mission network"
    STAKEHOLDER = "stakeholder"


def _require(kind: str, text: str) -> None:
    if not text.strip():
        raise InvalidValueError(kind=kind, value=text, reason="must not be empty")


@frozen(kw_only=True)
class RoleTaken:
    """Somebody joins the alliance, or takes another role in it.

    Parameters
    ----------
    member
        Its name.
    kind
        What it is.
    role
        What it does from this day on.
    """

    member: str
    kind: MemberKind
    role: AllianceRole

    def __attrs_post_init__(self) -> None:
        _require("member", self.member)

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"{self.member} ({self.kind.value}) is {self.role.value} of the alliance."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The member."""
        return (self.member,)


@frozen(kw_only=True)
class MemberLeft:
    """A member leaves the alliance and its experts help no longer; what they did is kept."""

    member: str

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"{self.member} left the alliance."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The member."""
        return (self.member,)


@frozen(kw_only=True)
class ContactNamed:
    """An office becomes the contact for a country; no person is named.

    Parameters
    ----------
    country
        The country.
    kind, level
        What it stands for, at which level of government.
    office
        Name of the office. It takes the place of the one before of the same kind and level.
    """

    country: CountryCode
    kind: ContactKind
    level: GovernmentLevel
    office: str

    def __attrs_post_init__(self) -> None:
        _require("office", self.office)

    @property
    def sentence(self) -> str:
        """What happened."""
        return (
            f"{self.office} is the {self.level.value} contact ({self.kind.value}) "
            f"for {self.country}."
        )

    @property
    def concerns(self) -> tuple[str, ...]:
        """The country."""
        return (self.country.value,)


@frozen(kw_only=True)
class BrokerageRequested:
    """A city asks to be brought together with somebody who can help.

    Parameters
    ----------
    request
        Its key.
    city
        Who asks.
    topic
        About what.
    wish
        What it looks for, in words.
    """

    request: str
    city: CityId
    topic: TopicId
    wish: str

    def __attrs_post_init__(self) -> None:
        _require("wish", self.wish)

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"{self.city} asked for help on {self.topic}: {self.wish}."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The city."""
        return (self.city.value,)


@frozen(kw_only=True)
class BrokerageClosed:
    """A request ends, with an outcome: a success, or why not.

    Parameters
    ----------
    request
        Its key.
    outcome
        What came of it; it cannot be empty.
    partners
        Members of the alliance that were brought in; none if none was found.
    """

    request: str
    outcome: str
    partners: tuple[str, ...] = ()

    def __attrs_post_init__(self) -> None:
        _require("outcome", self.outcome)

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"Request {self.request} was closed: {self.outcome}."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The partners."""
        return self.partners


@frozen(kw_only=True)
class ExpertRegistered:
    """An expert of a member offers its time.

    Parameters
    ----------
    expert
        A key, not a name: personal data belong elsewhere.
    member
        Who sends the expert.
    topics
        What the expert knows, at least one.
    most_groups
        Groups that the expert will help at once.
    """

    expert: str
    member: str
    topics: tuple[TopicId, ...]
    most_groups: int = 2

    def __attrs_post_init__(self) -> None:
        _require("expert", self.expert)
        if not self.topics or self.most_groups < 1:
            raise InvalidValueError(
                kind="expert", value=self.expert, reason="must know something and have time"
            )

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"{self.member} offers expert {self.expert}."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The expert and who sends it."""
        return (self.expert, self.member)


@frozen(kw_only=True)
class ConflictDeclared:
    """An expert has a conflict of interest with a city, and helps no group of it any more."""

    expert: str
    city: CityId

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"Expert {self.expert} has a conflict of interest with {self.city}."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The expert and the city."""
        return (self.expert, self.city.value)


@frozen(kw_only=True)
class ExpertAssigned:
    """An expert is to help a group.

    Parameters
    ----------
    expert
        The expert.
    group
        The group.
    members
        Its cities.
    topics
        What it works on.
    """

    expert: str
    group: PairingId
    members: tuple[CityId, ...]
    topics: tuple[TopicId, ...]

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"Expert {self.expert} helps {self.group}."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The expert, the group and its cities."""
        return (self.expert, self.group.value, *(one.value for one in self.members))


@frozen(kw_only=True)
class ExpertReleased:
    """An expert no longer helps a group."""

    expert: str
    group: PairingId

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"Expert {self.expert} no longer helps {self.group}."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The expert and the group."""
        return (self.expert, self.group.value)


AllianceEvent: TypeAlias = (
    CitiesEntered
    | RoleTaken
    | MemberLeft
    | ContactNamed
    | BrokerageRequested
    | BrokerageClosed
    | ExpertRegistered
    | ConflictDeclared
    | ExpertAssigned
    | ExpertReleased
    | StakeholderEntered
    | StakeholderLeft
    | DialogueHeld
    | LiaisonHeld
)
"""Any of these; each can be asked for by a command."""
