"""Identifiers as classes: a city id never passes for a topic id."""

from __future__ import annotations

import hashlib
import re
from typing import ClassVar, Self

from attrs import field, frozen

from utm.domain.countries import country_of
from utm.domain.names import fold_name
from utm.domain.places import CountryCode
from utm.errors import InvalidValueError

__all__ = [
    "ApplicationId",
    "CallId",
    "CityId",
    "ConsortiumId",
    "EditionId",
    "ExternalId",
    "Identifier",
    "NetworkId",
    "PairingId",
    "PlanId",
    "ThemeId",
    "TopicId",
]

_MAXIMUM_LENGTH = 120
_LONGEST_NAME_IN_A_KEY = 80
_SLUG = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*")


@frozen(order=True)
class Identifier:
    """A stable key: lower-case words joined by hyphens or points, at most 120 characters.

    Parameters
    ----------
    value
        The key, exactly. Use `parse` for text that a person typed.

    Raises
    ------
    InvalidValueError
        The text does not fit the grammar.
    """

    GRAMMAR: ClassVar[re.Pattern[str]] = _SLUG
    KIND: ClassVar[str] = "identifier"

    value: str = field()

    def __attrs_post_init__(self) -> None:
        if type(self.value) is not str or not self.GRAMMAR.fullmatch(self.value):
            raise InvalidValueError(
                kind=self.KIND, value=self.value, reason="is not of the form 'some-words'"
            )
        if len(self.value) > _MAXIMUM_LENGTH:
            raise InvalidValueError(
                kind=self.KIND, value=self.value, reason=f"is over {_MAXIMUM_LENGTH} characters"
            )

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an identifier tolerantly: ``" FI-Turku "`` becomes ``fi-turku``."""
        return cls(fold_name(text).replace(" ", "-"))

    def __str__(self) -> str:
        return self.value


@frozen(order=True)
class CityId(Identifier):
    """Key of a city: its country's code in lower case, then its name, e.g. ``fi-turku``.

    Raises
    ------
    InvalidValueError
        The text does not fit the grammar, or begins with the code of no `CountryCode`.
    """

    GRAMMAR: ClassVar[re.Pattern[str]] = re.compile(r"[a-z]{2}-[a-z0-9]+(?:-[a-z0-9]+)*")
    KIND: ClassVar[str] = "city id"

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        if country_of(self._code) is None:
            raise InvalidValueError(
                kind=self.KIND, value=self.value, reason="begins with no ISO 3166-1 alpha-2 code"
            )

    @property
    def country(self) -> CountryCode:
        """The country that it begins with."""
        return CountryCode(self._code)

    @property
    def _code(self) -> str:
        return self.value[:2].upper()

    @classmethod
    def of(cls, country: str, name: str) -> CityId:
        """Make the key of a city from its ISO country and its name.

        Names in other scripts, or too long for a key, end in ten digits of
        their SHA-256 instead, so that every name has one key.
        """
        folded = fold_name(name)
        words = "-".join(re.findall(r"[a-z0-9]+", folded))
        if len(words) > _LONGEST_NAME_IN_A_KEY or not re.fullmatch(r"[a-z0-9 ]+", folded):
            distinct = (folded or name).encode("utf-8", "surrogatepass")
            kept = words[:_LONGEST_NAME_IN_A_KEY].strip("-")
            digest = hashlib.sha256(distinct).hexdigest()[:10]
            words = f"{kept}-{digest}" if kept else digest
        return cls(f"{country.lower()}-{words}")


@frozen(order=True)
class ConsortiumId(Identifier):
    """Key of a consortium of towns that apply together."""

    KIND: ClassVar[str] = "consortium id"


@frozen(order=True)
class ThemeId(Identifier):
    """Key of a main theme, e.g. ``mobility``."""

    KIND: ClassVar[str] = "theme id"


@frozen(order=True)
class TopicId(Identifier):
    """Key of a topic: its theme, a point, its name, e.g. ``mobility.cycling``."""

    GRAMMAR: ClassVar[re.Pattern[str]] = re.compile(
        r"[a-z0-9]+(?:-[a-z0-9]+)*\.[a-z0-9]+(?:-[a-z0-9]+)*"
    )
    KIND: ClassVar[str] = "topic id"

    @property
    def theme(self) -> ThemeId:
        """The theme that the topic belongs to."""
        return ThemeId(self.value.partition(".")[0])


@frozen(order=True)
class ApplicationId(Identifier):
    """Key of an application."""

    KIND: ClassVar[str] = "application id"


@frozen(order=True)
class CallId(Identifier):
    """Key of a call for applications, e.g. ``city2city-2026``."""

    KIND: ClassVar[str] = "call id"


@frozen(order=True)
class EditionId(Identifier):
    """Key of one edition of a programme, e.g. ``city2city-2026``."""

    KIND: ClassVar[str] = "edition id"


@frozen(order=True)
class PairingId(Identifier):
    """Key of a group of cities within an edition, e.g. ``city2city-2026-07``."""

    KIND: ClassVar[str] = "pairing id"


@frozen(order=True)
class PlanId(Identifier):
    """Key of a climate action plan."""

    KIND: ClassVar[str] = "plan id"


@frozen(order=True)
class NetworkId(Identifier):
    """Key of a city network, e.g. ``gcom``."""

    KIND: ClassVar[str] = "network id"


@frozen(order=True)
class ExternalId:
    """A key that somebody else gave, with the name of who gave it.

    Parameters
    ----------
    namespace
        Who gave the key, e.g. ``geonames``, ``unlocode``, ``fips``.
    value
        The key, kept as text so that no leading zero is lost.
    """

    namespace: str
    value: str

    def __attrs_post_init__(self) -> None:
        if not _SLUG.fullmatch(self.namespace):
            raise InvalidValueError(
                kind="namespace", value=self.namespace, reason="is not of the form 'some-words'"
            )
        if not self.value or self.value != self.value.strip() or not self.value.isprintable():
            raise InvalidValueError(
                kind="external id", value=self.value, reason="must be printable and not empty"
            )

    def __str__(self) -> str:
        return f"{self.namespace}:{self.value}"
