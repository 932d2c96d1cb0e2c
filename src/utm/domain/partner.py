"""Partners: organisations beside the cities that join, advise, research or pay."""

from __future__ import annotations

from enum import Enum
from typing import ClassVar

from attrs import frozen

from utm.domain.identifiers import Identifier, TopicId
from utm.domain.names import clean_name
from utm.domain.places import CountryCode
from utm.domain.prose import require_distinct

__all__ = ["ApplicantKind", "Partner", "PartnerId"]


@frozen(order=True)
class PartnerId(Identifier):
    """Key of a partner, e.g. ``vtt-finland``."""

    KIND: ClassVar[str] = "partner id"


class ApplicantKind(Enum):
    """What kind of organisation may ask for money or advice."""

    LOCAL_AUTHORITY = "local authority"
    REGIONAL_AUTHORITY = "regional authority"
    NATIONAL_AUTHORITY = "national authority"
    RESEARCH_ORGANISATION = "research organisation"
    COMPANY = "company"
    UTILITY = "utility"
    CIVIL_SOCIETY = "civil society"
    INTERNATIONAL_ORGANISATION = "international organisation"


@frozen(kw_only=True)
class Partner:
    """An organisation that can stand beside cities.

    Parameters
    ----------
    id
        Its key.
    name
        Its name.
    kind
        What it is.
    country
        Where it has its seat.
    topics
        What it can contribute to, each topic once.
    """

    id: PartnerId
    name: str
    kind: ApplicantKind
    country: CountryCode
    topics: tuple[TopicId, ...] = ()

    def __attrs_post_init__(self) -> None:
        clean_name(self.name, kind="name of a partner")
        require_distinct(self.topics, kind="topics of a partner")
