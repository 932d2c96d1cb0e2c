"""Stakeholders of the mission beside its members, and the dialogues that it holds."""

from __future__ import annotations

from enum import Enum

from attrs import frozen

from utm.domain import CityId, CountryCode
from utm.errors import InvalidValueError

__all__ = [
    "DialogueHeld",
    "DialogueTopic",
    "GovernmentLevel",
    "LiaisonHeld",
    "StakeholderEntered",
    "StakeholderKind",
    "StakeholderLeft",
]


class GovernmentLevel(Enum):
    """Level of government of a contact, or at which a stakeholder acts."""

    LOCAL = "local"
    REGIONAL = "regional"
    NATIONAL = "national"
    SUPRANATIONAL = "supranational"


class StakeholderKind(Enum):
    """The spectrum of stakeholders that the centre serves."""

    LOCAL_AUTHORITY = "local authority"
    INTERNATIONAL_ORGANISATION = "international organisation"
    RESEARCH = "research"
    PRIVATE_SECTOR = "private sector"
    CIVIL_SOCIETY = "civil society"


class DialogueTopic(Enum):
    """What national engagement is about."""

    INNOVATION = "innovation"
    CLIMATE_FINANCE = "climate finance"
    COLLABORATIVE_GOVERNANCE = "collaborative governance"


def _require_name(name: str) -> None:
    if not name.strip():
        raise InvalidValueError(kind="stakeholder", value=name, reason="must not be empty")


@frozen(kw_only=True)
class StakeholderEntered:
    """An organisation is entered in the register of stakeholders; no person is named.

    Parameters
    ----------
    stakeholder
        Its name.
    kind
        What it is.
    level
        The level of government at which it acts.
    country
        Where it acts; ``None`` if that is in several countries.
    """

    stakeholder: str
    kind: StakeholderKind
    level: GovernmentLevel
    country: CountryCode | None = None

    def __attrs_post_init__(self) -> None:
        _require_name(self.stakeholder)

    @property
    def sentence(self) -> str:
        """What happened."""
        where = "" if self.country is None else f" in {self.country}"
        return (
            f"{self.stakeholder} ({self.kind.value}, {self.level.value}{where}) became a "
            "stakeholder."
        )

    @property
    def concerns(self) -> tuple[str, ...]:
        """The stakeholder."""
        return (self.stakeholder,)


@frozen(kw_only=True)
class StakeholderLeft:
    """A stakeholder is no longer one; it stays in the history."""

    stakeholder: str

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"{self.stakeholder} is no longer a stakeholder."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The stakeholder."""
        return (self.stakeholder,)


@frozen(kw_only=True)
class DialogueHeld:
    """Cities spoke with national governments, with members of the alliance, or with both.

    Parameters
    ----------
    topic
        What about.
    cities
        At least one, each once.
    governments
        Countries whose national government took part.
    members
        Members of the alliance that took part.
    """

    topic: DialogueTopic
    cities: tuple[CityId, ...]
    governments: tuple[CountryCode, ...] = ()
    members: tuple[str, ...] = ()

    def __attrs_post_init__(self) -> None:
        for parties in (self.cities, self.governments, self.members):
            if len(set(parties)) < len(parties):
                raise InvalidValueError(
                    kind="dialogue", value=self.topic.value, reason="names a party twice"
                )
        if not self.cities or not (self.governments or self.members):
            raise InvalidValueError(
                kind="dialogue",
                value=self.topic.value,
                reason="needs a city, and a government or a member of the alliance",
            )

    @property
    def sentence(self) -> str:
        """What happened."""
        others = [f"the government of {country}" for country in self.governments]
        others += self.members
        cities = ", ".join(city.value for city in self.cities)
        return f"{cities} spoke with {', '.join(others)} about {self.topic.value}."

    @property
    def concerns(self) -> tuple[str, ...]:
        """All parties."""
        return (
            *(city.value for city in self.cities),
            *(country.value for country in self.governments),
            *self.members,
        )


@frozen(kw_only=True)
class LiaisonHeld:
    """The mission itself spoke with somebody: a co-lead, a network, another mission.

    Parameters
    ----------
    partners
        At least one, each once: members of the alliance, stakeholders, or offices that are
        contacts of a country.
    purpose
        What for, e.g. ``"coordination"``.
    """

    partners: tuple[str, ...]
    purpose: str

    def __attrs_post_init__(self) -> None:
        if not self.partners or len(set(self.partners)) < len(self.partners):
            raise InvalidValueError(
                kind="liaison", value=self.purpose, reason="must name partners, each once"
            )

    @property
    def sentence(self) -> str:
        """What happened."""
        return f"The mission spoke with {', '.join(self.partners)}: {self.purpose}."

    @property
    def concerns(self) -> tuple[str, ...]:
        """The partners."""
        return self.partners
